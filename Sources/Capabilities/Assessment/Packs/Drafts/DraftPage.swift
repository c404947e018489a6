import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/checklists/drafts/:draft`: a draft with its sections and items in order, what is wrong, and how it ends.
struct DraftPage {
  let kept: KeptDraft
  /// The edition it would become.
  let edition: Int
  let request: WebRequest
  /// Why it was not published or discarded.
  var conflict: Localized?

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var draft: ChecklistDraft { kept.draft }
  private var mayEdit: Bool { request.may(.answerChecks) }

  var response: WebResponse {
    let problems = draft.problems()
    let title = draft.head.title.shown[language]
    let changed = request.dates.brief(kept.changedAt, today: request.now.day)
    return .page(
      Page(
        title.isEmpty ? say("名前のない点検表", "A checklist without a title") : title,
        lead: HTML(
          text: say(
            "下書き　\(draft.head.pack)　第\(edition)版になります。\(changed)に\(kept.changedBy)さんが保存しました。",
            "Draft of \(draft.head.pack), to become edition \(edition). Kept \(changed) by \(kept.changedBy)."
          )
        ),
        actions: """
          \(Button.link(say("答える画面で見る", "See it as it is answered"), DraftPath.verb(kept.id, "preview"), look: .secondary, size: .small))\
          \(Button.link(say("YAML を保存する", "Save the YAML"), DraftPath.verb(kept.id, "file"), look: .secondary, size: .small))
          """,
        crumbs: [Crumb(say("点検表の管理", "Checklist packs"), PackPath.list)],
        main: "\(refusal)\(wrong(problems))\(about)\(items(problems))\(topics)\(ending(problems))"
      ),
      current: "assessment.packs",
      status: conflict == nil ? nil : 409
    )
  }

  private var refusal: HTML {
    conflict.map { Banner(.warning, $0[language]).html(language) } ?? .empty
  }

  /// Each problem leads to its field.
  private func wrong(_ problems: [DraftProblem]) -> HTML {
    guard !problems.isEmpty else { return .empty }
    let lines = problems.map { problem -> HTML in
      let name = name(problem.part)
      guard problem.part != .whole else { return "<li>\(problem.text[language])</li>" }
      let place = "\(DraftPath.part(kept.id, problem.part))#field-\(problem.field)"
      return "<li><a href=\"\(place)\">\(name)</a>：\(problem.text[language])</li>"
    }
    return Banner(
      .info,
      say("公開する前に直すところ（\(problems.count)件）", "To mend before it is published (\(problems.count))"),
      detail: "<ul>\(lines.joined())</ul>"
    ).html(language)
  }

  private func name(_ part: ChecklistDraft.Part) -> String {
    switch part {
    case .whole: ""
    case .head: say("点検表について", "About the checklist")
    case .section(let id): say("区分 \(draft.section(id)?.number ?? "")", "Section \(draft.section(id)?.number ?? "")")
    case .item(let id): say("項目 \(draft.item(id)?.number ?? "")", "Item \(draft.item(id)?.number ?? "")")
    case .topic(let id):
      say("話題「\(draft.topic(id)?.title.ja ?? "")」", "Topic “\(draft.topic(id)?.title.shown.en ?? "")”")
    }
  }

  private func rounds(_ head: ChecklistDraft.Head) -> String {
    guard head.cycle == "month" else { return say("年度に1回", "Each fiscal year") }
    guard let months = head.months else { return say("毎月", "Each month") }
    return say("毎年 \(months) 月", "Each year in the months \(months)")
  }

  private var about: HTML {
    let head = draft.head
    func day(_ text: String) -> String { LocalDate(iso: text).map { request.dates.day($0) } ?? text }
    var lines = [
      KeyValues.Line(say("発行", "Publisher"), text: head.publisher),
      KeyValues.Line(say("出典", "Source"), text: head.sourceTitle),
      KeyValues.Line(say("有効期間", "Valid"), text: "\(day(head.validFrom))〜\(day(head.validTo))"),
      KeyValues.Line(
        say("答え方", "Answers"),
        text: Checklist.Form(rawValue: head.form)?.kind.label[language] ?? head.form
      ),
      KeyValues.Line(
        say("回", "Rounds"),
        text: rounds(head)
      ),
    ]
    if !draft.measures.isEmpty || !draft.outcomes.isEmpty {
      lines.append(
        .init(
          say("写し取ったもの", "Carried along"),
          text: say(
            "対策\(draft.measures.count)件、結果\(draft.outcomes.count)件（YAML で直せます）",
            "\(draft.measures.count) measures, \(draft.outcomes.count) outcomes (edit them in the YAML)"
          )
        )
      )
    }
    let edit: HTML =
      mayEdit
      ? Button.link(say("直す", "Edit"), DraftPath.part(kept.id, .head), look: .secondary, size: .small) : .empty
    return "<section><h2>\(say("点検表について", "About the checklist"))</h2>\(KeyValues(lines).html)\(edit)</section>"
  }

  // MARK: Sections and items

  private func items(_ problems: [DraftProblem]) -> HTML {
    let wrong = Set(problems.map(\.part))
    let sections = draft.sections.enumerated().map { place, section -> HTML in
      let title = "\(section.number)　\(section.title.shown[language])"
      let tools: HTML = mayEdit ? sectionTools(section, title, place) : .empty
      return """
        <section class="block"><h3>\(title)</h3>\(tools)\(table(section, wrong))</section>
        """
    }
    let more: HTML =
      mayEdit
      ? Button.row(
        Button.link(
          say("区分を加える", "Add a section"),
          DraftPath.part(kept.id, .section(0)),
          look: .secondary,
          size: .small
        )
      ) : .empty
    return "<section><h2>\(say("区分と項目", "Sections and items"))</h2>\(sections.joined())\(more)</section>"
  }

  private func sectionTools(_ section: ChecklistDraft.Section, _ title: String, _ place: Int) -> HTML {
    let part = ChecklistDraft.Part.section(section.id)
    var tools: [HTML] = [
      Button.link(
        say("項目を加える", "Add an item"),
        DraftPath.part(kept.id, .item(0), in: section.id),
        look: .secondary,
        size: .small,
        context: title
      ),
      Button.link(
        say("区分を直す", "Edit"),
        DraftPath.part(kept.id, part),
        look: .secondary,
        size: .small,
        context: title
      ),
    ]
    if place > 0 { tools.append(move(part, up: true, title)) }
    if place < draft.sections.count - 1 { tools.append(move(part, up: false, title)) }
    tools.append(remove(part, title))
    return "<div class=\"btns\">\(tools.joined())</div>"
  }

  private func table(_ section: ChecklistDraft.Section, _ wrong: Set<ChecklistDraft.Part>) -> HTML {
    typealias Column = DataTable<ChecklistDraft.Item>.Column
    var columns = [
      Column("number", say("番号", "Number")) { HTML(text: $0.number) },
      Column("text", say("問い", "Question"), isLong: true) { item in
        let part = ChecklistDraft.Part.item(item.id)
        let mark: HTML = wrong.contains(part) ? " \(Chip(say("直すところあり", "To mend"), .orange).html)" : .empty
        let text = item.text.shown[language].isEmpty ? say("（文なし）", "(no words)") : item.text.shown[language]
        guard mayEdit else { return "\(text)\(mark)" }
        return "<a href=\"\(DraftPath.part(kept.id, part))\">\(text)</a>\(mark)"
      },
      Column("kind", say("答え方", "Answer")) { item in
        let parent = item.parent.flatMap { draft.item($0) }
        let when: HTML =
          parent.map { above in
            let answers = draft.answers(above).filter { item.parentValues.contains($0.key) }.map { $0.label[language] }
            return
              "<span class=\"sub\">\(say("\(above.number) が「\(answers.joined(separator: "」か「"))」のとき", "if \(above.number) is \(answers.joined(separator: " or "))"))</span>"
          } ?? .empty
        return "\(draft.kind(item)?.label[language] ?? "")\(when)"
      },
    ]
    if mayEdit {
      columns.append(
        Column("tools", say("並べ替え・外す", "Order"), isLong: true) { item in
          let part = ChecklistDraft.Part.item(item.id)
          return
            "<div class=\"btns\">\(move(part, up: true, item.number))\(move(part, up: false, item.number))\(remove(part, item.number))</div>"
        }
      )
    }
    var table = DataTable<ChecklistDraft.Item>(
      id: "section-\(section.id)",
      caption: "\(section.number)　\(section.title.shown[language])",
      address: Address(DraftPath.draft(kept.id)),
      columns: columns,
      rows: section.items,
      rowID: { String($0.id) },
      rowName: \.number,
      empty: EmptyState(say("項目はまだありません。", "No items yet."), "")
    )
    table.isDense = true
    return table.html(language)
  }

  private func move(_ part: ChecklistDraft.Part, up: Bool, _ name: String) -> HTML {
    Button.post(
      up ? say("上へ", "Up") : say("下へ", "Down"),
      "\(DraftPath.verb(kept.id, "move"))?part=\(Percent.encode(part.path))&way=\(up ? "up" : "down")",
      csrf: request.csrf,
      look: .secondary,
      size: .small,
      context: name
    )
  }

  private func remove(_ part: ChecklistDraft.Part, _ name: String) -> HTML {
    let mark = ChecklistDraftStore.mark(part, draft)
    return Button.post(
      say("外す", "Remove"),
      "\(DraftPath.verb(kept.id, "remove"))?part=\(Percent.encode(part.path))&was=\(mark)",
      csrf: request.csrf,
      look: .secondary,
      size: .small,
      context: name
    )
  }

  private var topics: HTML {
    let lines = draft.topics.map { topic -> HTML in
      let part = ChecklistDraft.Part.topic(topic.id)
      let name: HTML =
        mayEdit
        ? "<a href=\"\(DraftPath.part(kept.id, part))\">\(topic.title.shown[language])</a>"
        : "\(topic.title.shown[language])"
      let tools: HTML = mayEdit ? remove(part, topic.title.shown[language]) : .empty
      return "<li>\(name)<span class=\"sub\">\(topic.key)</span>\(tools)</li>"
    }
    let list: HTML =
      lines.isEmpty
      ? "<p>\(say("ありません。ほかの点検表と同じ話題だけを使っています。", "None: all topics are shared with other checklists."))</p>"
      : "<ul class=\"log\">\(lines.joined())</ul>"
    let more: HTML =
      mayEdit
      ? Button.link(say("話題を加える", "Add a topic"), DraftPath.part(kept.id, .topic(0)), look: .secondary, size: .small)
      : .empty
    return "<section><h2>\(say("この点検表だけの話題", "Topics of this checklist"))</h2>\(list)\(more)</section>"
  }

  // MARK: The end

  private func ending(_ problems: [DraftProblem]) -> HTML {
    guard mayEdit else { return .empty }
    func form(_ verb: String, _ button: HTML) -> HTML {
      FormFrame(
        action: DraftPath.verb(kept.id, verb),
        csrf: request.csrf,
        fields: [.hidden("version", String(kept.version))],
        buttons: button
      ).html(language)
    }
    return """
      <section><h2>\(say("公開する", "Publish"))</h2><p>\(say(
        "公開すると第\(edition)版になり、内容は変えられません。直すときは次の版を作ります。答えは話題ごとに引き継がれます。",
        "It becomes edition \(edition) and never changes. To change it, make the next edition; answers carry over by topic."
      ))</p>\(form("publish", Button.submit(say("公開する", "Publish"))))\
      <details><summary>\(say("下書きを破棄する", "Discard the draft"))</summary>\
      <p>\(say("元に戻せません。要るかもしれないときは、先に YAML を保存してください。", "This cannot be undone. Save the YAML first if you may want it."))</p>\
      \(form("discard", Button.submit(say("破棄する", "Discard"), look: .danger)))</details></section>
      """
  }
}
