import Design
import HTML
import Packs
import Text
import Time
import Web

/// `/checklists/drafts/:draft/preview`: every item as it will be answered. Nothing here is kept.
struct DraftPreviewPage {
  let kept: KeptDraft
  /// What the draft would become, or why it cannot yet.
  let checklist: Result<Checklist, PackError>
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    .page(
      Page(
        say("答える画面での見え方", "As it will be answered"),
        lead: HTML(text: say("見るだけの画面です。入力しても保存されません。", "Only to look at. Nothing typed here is kept.")),
        crumbs: [
          Crumb(say("点検表の管理", "Checklist packs"), PackPath.list),
          Crumb(
            kept.draft.head.title.shown[language].isEmpty
              ? kept.draft.head.pack : kept.draft.head.title.shown[language],
            DraftPath.draft(kept.id)
          ),
        ],
        main:
          "\(contents)<p>\(Button.link(say("下書きに戻る", "Back to the draft"), DraftPath.draft(kept.id), look: .secondary))</p>"
      ),
      current: "assessment.packs"
    )
  }

  private var contents: HTML {
    switch checklist {
    case .failure(let error):
      Banner(
        .info,
        say("直すところがあるため、まだ表示できません。", "It cannot be shown yet, since something is to mend."),
        detail: "<p>\(Localized(ja: error.reason.ja, en: error.reason.en)[language])</p>"
      ).html(language)
    case .success(let checklist):
      checklist.sections.map { section($0, checklist) }.joined()
    }
  }

  private func section(_ section: ChecklistSection, _ checklist: Checklist) -> HTML {
    let items = section.items.map { item -> HTML in
      let when: HTML =
        checklist.condition(item).map { "<p class=\"note\">\(say("\($0.ja)に尋ねます。", "Asked \($0.en)."))</p>" } ?? .empty
      var fields = AnswerFields(item: item, language: language).fields(
        "value-\(item.key)",
        "\(item.name[language])　\(item.text[language])",
        chosen: "",
        absent: "absent-\(item.key)"
      )
      if item.format.kind == .yesNo {
        fields.append(
          .date("target-\(item.key)", say("目標日（「いいえ」のとき）", "Target date (for a no)"), language: language)
        )
      }
      return "\(when)\(each: fields, { $0.html(language) })"
    }
    return """
      <section><h2>\(section.heading(language))</h2><div class="form">\(items.joined())</div></section>
      """
  }
}
