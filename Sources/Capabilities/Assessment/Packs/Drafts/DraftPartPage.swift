import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/checklists/drafts/:draft/:part/:id`: one part of a draft in a form, with what is wrong at its fields.
struct DraftPartPage {
  let kept: KeptDraft
  let part: ChecklistDraft.Part
  let section: Int?
  /// What was typed and not kept, put into the draft as it is now.
  var typed: ChecklistDraft?
  /// Why it was not kept.
  var conflict: DraftConflict?
  let facts: [(key: String, label: Localized)]
  /// Whether somebody has just saved it and is told what is left to mend.
  var isTold = false
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var draft: ChecklistDraft { typed ?? kept.draft }

  var response: WebResponse {
    // Nobody has written a blank head yet, so that nothing in it is wrong before it is saved.
    let isUntouched = part == .head && draft.head.isBlank && !isTold
    let problems = isUntouched ? [] : draft.problems(of: part)
    let errors = problems.map { FieldError($0.field, $0.text[language]) }
    let fields = DraftForm(draft: draft, facts: facts, language: language).fields(part, section: section).map {
      $0.withError(from: errors)
    }
    let general = problems.filter { problem in !fields.contains { $0.name == problem.field } }
    return .page(
      Page(
        title,
        crumbs: [
          Crumb(say("点検表の管理", "Checklist packs"), PackPath.list),
          Crumb(
            draft.head.title.shown[language].isEmpty ? draft.head.pack : draft.head.title.shown[language],
            DraftPath.draft(kept.id)
          ),
        ],
        errors: general.map { FieldError("", $0.text[language]) } + fields.errors,
        main: "\(refusal)\(form(fields))"
      ),
      current: "assessment.packs",
      status: conflict == nil ? nil : 409
    )
  }

  private var title: String {
    switch part {
    case .whole, .head: say("点検表について", "About the checklist")
    case .section(0): say("区分を加える", "Add a section")
    case .section: say("区分を直す", "Edit the section")
    case .item(0): say("項目を加える", "Add an item")
    case .item(let id): say("項目 \(draft.item(id)?.number ?? "") を直す", "Edit item \(draft.item(id)?.number ?? "")")
    case .topic(0): say("この点検表だけの話題を加える", "Add a topic of this checklist")
    case .topic: say("話題を直す", "Edit the topic")
    }
  }

  private var refusal: HTML {
    guard let conflict else { return .empty }
    return Banner(.warning, conflict.text[language], detail: now).html(language)
  }

  /// What stands there now, beside what was typed.
  private var now: HTML? {
    let fields = DraftForm(draft: kept.draft, facts: facts, language: language).fields(part, section: section)
    let lines = fields.compactMap { field -> HTML? in
      guard let value = Self.shown(field), !value.isEmpty else { return nil }
      return "<li>\(field.label)\(language.colon)\(value)</li>"
    }
    return lines.isEmpty ? nil : "<p>\(say("いまの内容", "As it is now"))</p><ul>\(lines.joined())</ul>"
  }

  private static func shown(_ field: FormField) -> String? {
    switch field.kind {
    case .text(let value, _, _, _), .lines(let value, _): return value
    case .select(let choices, let chosen): return choices.first { $0.value == chosen && !chosen.isEmpty }?.label
    case .radios(let choices, let chosen, _): return choices.first { $0.value == chosen }?.label
    case .checkboxes(let choices, let chosen, _):
      return choices.filter { chosen.contains($0.value) }.map(\.label).joined(separator: "、")
    case .file, .hidden, .group: return nil
    }
  }

  /// A field that one way of answering needs is seen while that is chosen, by style alone; where a browser cannot, and
  /// where something is wrong with it, it is seen always.
  private func shown(_ field: FormField) -> HTML {
    guard case .item = part, field.error == nil, let kind = DraftForm.kind(of: field.name) else {
      return field.html(language)
    }
    let isUsual = Checklist.Form(rawValue: draft.head.form)?.kind == kind
    return "<div class=\"of-kind of-\(kind.rawValue)\(if: isUsual, " of-usual")\">\(field.html(language))</div>"
  }

  private func form(_ fields: [FormField]) -> HTML {
    FormFrame(
      action: DraftPath.part(kept.id, part, in: section),
      csrf: request.csrf,
      fields: [.hidden("was", ChecklistDraftStore.mark(part, kept.draft))],
      more: fields.map(shown).joined(),
      buttons: Button.row(
        Button.submit(say("下書きに保存", "Keep in the draft")),
        Button.link(say("やめる", "Cancel"), DraftPath.draft(kept.id), look: .secondary)
      ),
      draft: "checklist-draft/\(kept.id)/\(part.path)"
    ).html(language)
  }
}
