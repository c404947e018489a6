import Design
import HTML
import Journal
import Nouns
import Records
import Text
import Time
import Web

/// `/assess/:pack`: what needs a person first, then what the records answered.
struct RoundPage {
  let standing: Assessment.Standing
  let periods: [String]
  var assigned: [Assessment.AskedItem] = []
  /// When it was locked and reopened, the newest first.
  var locks: [JournalEntry] = []
  /// The checklists that answers were given to.
  let shelf: ChecklistShelf
  let request: WebRequest

  private var round: Round { standing.round }
  private var checklist: Checklist { round.checklist }
  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var mayAnswer: Bool { request.may(.answerChecks) && round.lockedAt == nil }

  var response: WebResponse {
    .page(
      Page(
        checklist.name[language],
        heading: standing.heading(language),
        lead: HTML(text: lead),
        actions: """
          \(Button.link(say("点数と傾向", "Scores and trend"), AssessmentPath.scores(checklist.id, round.period), look: .secondary, size: .small))\
          \(Button.link(say("Excelで書き出す", "Export as Excel"), path("file"), look: .secondary, size: .small))\
          \(Button.link(say("様式を印刷", "Print the form"), path("print"), look: .secondary, size: .small))\
          \(official)
          """,
        crumbs: [Crumb(say("自己点検", "Self-checks"), AssessmentPath.list)],
        main: """
          \(lockedNote)\(reopened)\(over)\(note)\(pendingNote)\(outcome)\(matrix)\
          \(group(.contradicted, say("記録と違う答え", "Answers that the records contradict")))\
          \(group(.moved, say("答えた後に記録が変わったもの", "Records that changed since")))\
          \(suggested)\(unchanged)\(group(.open, say("回答が要るもの", "What needs your answer")))\
          \(group(.answered, say("回答済み", "Answered")))\(askedOfOthers)\(notAsked)\(closing)\(papers)\(upload)\(others)\
          \(PackNote(checklist.pack, language: language).html)
          """
      ),
      current: "assessment.list"
    )
  }

  /// Forms of a fiscal year are published as workbooks.
  private var official: HTML? {
    guard checklist.year != nil else { return nil }
    return Button.link(
      say("公式の様式", "Official form"),
      AssessmentPath.official(checklist.id),
      look: .secondary,
      size: .small
    )
  }

  private func path(_ verb: String) -> String {
    "\(AssessmentPath.list)/\(checklist.id)/\(verb)?period=\(round.period)"
  }

  private var lead: String {
    let counting = standing.counting
    let done = counting.count { $0.answer != nil }
    let differing = standing.items.count { $0.outdated != nil }
    let aside =
      differing == 0 ? "" : say("（うち\(differing)は前の答えと違う）", " (\(differing) contradict the answer before)")
    return say(
      "\(counting.count)項目のうち\(done)項目に回答済み。確認待ち\(standing.count(.suggested))\(aside)、要回答\(standing.count(.open))、記録と違う\(standing.count(.contradicted))。",
      "\(done) of \(counting.count) answered; \(standing.count(.suggested)) to confirm\(aside), \(standing.count(.open)) to answer, \(standing.count(.contradicted)) contradicted."
    )
  }

  private var lockedNote: HTML {
    guard let at = round.lockedAt else { return .empty }
    let by = round.lockedBy ?? ""
    return Banner(
      .info,
      say(
        "\(request.dates.brief(at, today: request.now.day))に締めました（\(by)）。",
        "Locked \(request.dates.brief(at, today: request.now.day)) by \(by)."
      ),
      detail: "<span class=\"sub\">\(say("答えの指紋（SHA-256）", "Digest (SHA-256)"))：\(round.digest ?? "")</span>"
    ).html(language)
  }

  /// What was signed and opened again says so as long as it stands.
  private var reopened: HTML {
    guard locks.contains(where: { $0.kind == RoundStore.reopenedKind }) else { return .empty }
    let lines = locks.reversed().map { entry -> HTML in
      let day = request.dates.brief(entry.at, today: request.now.day)
      guard entry.kind == RoundStore.reopenedKind else {
        return "<li>\(say("\(day)に締めました（\(entry.actorName)）。", "Locked \(day) by \(entry.actorName)."))</li>"
      }
      let why = entry.reason ?? ""
      let words = say(
        "\(day)に\(entry.actorName)さんが開き直しました。理由：\(why)",
        "Reopened \(day) by \(entry.actorName). Reason: \(why)"
      )
      return "<li>\(words)</li>"
    }
    return Banner(
      .info,
      say("この点検は、締めた後に開き直されたことがあります。", "This round was reopened after it had been locked."),
      detail: "<ul>\(lines.joined())</ul>"
    ).html(language)
  }

  /// A round whose time has passed may still be answered, but not as if it were in time.
  private var over: HTML {
    guard mayAnswer, let late = standing.lateness(request.now.day) else { return .empty }
    return Self.lateNote(late, request)
  }

  static func lateNote(_ late: Localized, _ request: WebRequest) -> HTML {
    let day = request.dates.day(request.now.day)
    return Banner(
      .info,
      Localized(
        ja: "この回は終わっています。いま答えると、確認した日は今日（\(day)）になり、「\(late.ja)」と示します。",
        en: "This round is over. What is answered now has today (\(day)) as its day and is shown as “\(late.en)”."
      )[request.language]
    ).html(request.language)
  }

  private var note: HTML {
    checklist.note.map { Banner(.info, $0[language]).html(language) } ?? .empty
  }

  /// What follows from the answers, with the books to read.
  private var outcome: HTML {
    guard let outcome = round.outcome else { return .empty }
    let books = outcome.references.map { reference -> HTML in
      let address: HTML? = reference.address.map { "<br><span class=\"sub\">\($0)</span>" }
      return "<li>\(reference.title[language])\(address)</li>"
    }
    let isOpen = standing.items.contains { $0.answer == nil }
    let open: HTML? =
      isOpen
      ? "<p class=\"note\">\(say("答えていない項目があるあいだは、この編を読みます。", "As long as items are open, these books apply."))</p>"
      : nil
    return """
      <section><h2>\(say("いまの答えで読む編", "Books that apply by these answers"))</h2>\
      <p><b>\(outcome.title[language])</b></p>\(open)<ul>\(books.joined())</ul></section>
      """
  }

  private var pendingNote: HTML {
    let pending = checklist.items.count(where: \.isPending)
    guard pending > 0 else { return .empty }
    return Banner(
      .warning,
      say(
        "\(pending)項目の番号と文は、公式のファイルと照らし合わせるまで仮のものです。",
        "Number and wording of \(pending) items are provisional until compared with the official file."
      )
    ).html(language)
  }

  // MARK: Groups

  private func group(_ state: ItemStanding.State, _ title: String) -> HTML {
    group(state, title, standing.items.filter { $0.state == state && !isCarried($0) })
  }

  private func group(_ state: ItemStanding.State, _ title: String, _ lines: [ItemStanding]) -> HTML {
    guard !lines.isEmpty else { return .empty }
    let id = "checks-\(state.rawValue)"
    let item = DataTable<ItemStanding>.Column("item", say("項目", "Item"), isLong: true) { line in
      """
      <a href="\(AssessmentPath.item(checklist.id, line.item.key, round.period))">\(line.item.name[language])\
      　\(line.item.text[language])</a>
      """
    }
    let answer = DataTable<ItemStanding>.Column("answer", say("答え", "Answer")) { line in
      line.answer.map { AnswerChips.answer($0.latest, of: line.item, goal: checklist.goal, language) } ?? .empty
    }
    let shown = DataTable<ItemStanding>.Column("records", say("記録が示すこと", "What the records show"), isLong: true) {
      records($0)
    }
    var table = DataTable<ItemStanding>(
      id: id,
      caption: title,
      address: Address(AssessmentPath.round(checklist.id)),
      columns: [.open, .suggested].contains(state) ? [item, shown] : [item, answer, shown],
      rows: lines,
      rowID: \.item.key,
      rowName: { $0.item.name[language] }
    )
    table.isDense = true
    return "<section><h2 id=\"\(id)-head\">\(title)</h2>\(table.html(language))</section>"
  }

  private func records(_ line: ItemStanding) -> HTML {
    let chip: HTML =
      line.suggestion.answer.map { "\(AnswerChips.answer($0, goal: checklist.goal, language).html) " } ?? .empty
    guard line.isObjected else { return "\(chip)\(line.suggestion.reason[language])" }
    let vendors = line.objections.map(\.vendorName).joined(separator: say("、", ", "))
    let no = say("事業者は「いいえ」と答えています：\(vendors)。", "Vendors say no: \(vendors).")
    // What the records say is worth telling beside it only where they say something.
    return line.suggestion.answer == nil ? HTML(text: no) : "\(no)<br>\(chip)\(line.suggestion.reason[language])"
  }

  private var suggested: HTML {
    let title = say("記録から分かったもの", "What the records answer")
    guard mayAnswer else { return group(.suggested, title) }
    let alone = group(
      .suggested,
      say("開いて答えるもの（答えると、ほかの項目を尋ねなくなります）", "To be opened: the answer leaves other items unasked"),
      standing.items.filter { $0.state == .suggested && !standing.isConfirmable($0) }
    )
    return "\(alone)\(differing)\(confirmable(title))"
  }

  /// What was answered better before than the records show now: each is looked at before it is confirmed.
  private var differing: HTML {
    confirm(
      standing.items.filter { standing.isConfirmable($0) && $0.outdated != nil },
      "differs",
      say("前の答えと記録が違うもの", "What the records contradict of the answers before"),
      legend: say("記録のほうが正しいもの", "Where the records are right"),
      support: say(
        "前は、いま記録が示すより良く答えています。1つずつ確かめて印を付けるか、項目を開いて理由を付けて答えてください。",
        "Before, more was claimed than the records show. Look at each and tick it, or open it and answer with a reason."
      ),
      isChosen: false
    )
  }

  private func confirmable(_ title: String) -> HTML {
    confirm(
      standing.items.filter { standing.isConfirmable($0) && $0.outdated == nil },
      "item",
      title,
      legend: say("確かめたもの", "What you have looked at"),
      support: say(
        "違うと思うものは印を外し、項目を開いて理由を付けて答えてください。",
        "Clear what you disagree with, open it, and answer with a reason."
      ),
      isChosen: true
    )
  }

  /// What may be confirmed in one press.
  private func confirm(
    _ lines: [ItemStanding],
    _ name: String,
    _ title: String,
    legend: String,
    support: String,
    isChosen: Bool
  ) -> HTML {
    guard !lines.isEmpty else { return .empty }
    let choices = lines.map { line in
      Choice(
        line.item.key,
        "\(line.item.name[language])　\(line.item.text[language]) → \(line.suggestion.answer?.label[language] ?? "")",
        support: [line.suggestion.reason[language], before(line)].compactMap { $0 }.joined(separator: " ")
      )
    }
    let frame = FormFrame(
      action: "\(AssessmentPath.list)/\(checklist.id)/accept?period=\(round.period)",
      csrf: request.csrf,
      fields: [
        .checkboxes(name, legend, choices, chosen: isChosen ? Set(lines.map(\.item.key)) : [], support: support)
      ],
      buttons: Button.submit(say("記録のとおりに確定", "Confirm as the records say"))
    )
    let links = lines.map { line -> HTML in
      "<li><a href=\"\(AssessmentPath.item(checklist.id, line.item.key, round.period))\">\(line.item.name[language])</a></li>"
    }
    return """
      <section><h2>\(title)</h2>\(frame.html(language))\
      <details><summary>\(say("1つずつ開く", "Open one by one"))</summary><ul>\(links.joined())</ul></details></section>
      """
  }

  /// 「2026年10月2日（自己点検20問　2026年10月　4）には「レベル2」と答えていて、記録と違います。」
  private func before(_ line: ItemStanding) -> String? {
    line.outdated.map { earlier in
      let (day, source) = (request.dates.day(earlier.on), source(earlier, line))
      return say(
        "\(day)（\(source)）には「\(earlier.value.label.ja)」と答えていて、記録と違います。",
        "On \(day) (\(source)) it was answered “\(earlier.value.label.en)”, which the records contradict."
      )
    }
  }

  private func source(_ answer: EarlierAnswer, _ line: ItemStanding) -> String {
    shelf.source(of: answer, on: (checklist.id, line.item.key), startMonth: standing.fiscalYearStart)[language]
  }

  private func isCarried(_ line: ItemStanding) -> Bool { mayAnswer && standing.isCarriable(line) }

  /// What the records cannot tell and was answered before: whoever knows that nothing has changed says so once.
  private var unchanged: HTML {
    let lines = standing.items.filter(isCarried)
    guard !lines.isEmpty else { return .empty }
    let choices = lines.map { line in
      Choice(
        line.item.key,
        "\(line.item.name[language])　\(line.item.text[language]) → \(line.earlier.map { line.item.words($0.value)[language] } ?? "")",
        support: line.earlier.map { earlier in
          let (day, source) = (request.dates.day(earlier.on), source(earlier, line))
          return say("\(source)、\(day)の答え", "\(source), answered \(day)")
        }
      )
    }
    let frame = FormFrame(
      action: "\(AssessmentPath.list)/\(checklist.id)/accept?period=\(round.period)",
      csrf: request.csrf,
      fields: [
        .checkboxes(
          "carry",
          say("変わりがないもの", "What has not changed"),
          choices,
          chosen: [],
          support: say(
            "記録からは分かりません。変わりのない項目に印を付け、ほかは項目を開いて答えてください。",
            "No record tells. Tick what has not changed; open and answer the others."
          )
        )
      ],
      buttons: Button.submit(say("前と同じに答える", "Answer as before"))
    )
    let links = lines.map { line -> HTML in
      "<li><a href=\"\(AssessmentPath.item(checklist.id, line.item.key, round.period))\">\(line.item.name[language])　\(line.item.text[language])</a></li>"
    }
    return """
      <section><h2>\(say("前に答えたもの", "What was answered before"))</h2>\(frame.html(language))\
      <details><summary>\(say("1つずつ開く", "Open one by one"))</summary><ul>\(links.joined())</ul></details></section>
      """
  }

  /// Children whose parent is not answered so, with when they would be asked.
  private var notAsked: HTML {
    let items = round.notAsked
    guard !items.isEmpty else { return .empty }
    let lines = items.map { item -> HTML in
      let when = checklist.condition(item)?[language] ?? ""
      return
        "<li>\(item.name[language])　\(item.text[language])<span class=\"sub\">\(say("\(when)に尋ねます", "asked \(when)"))</span></li>"
    }
    return """
      <details><summary>\(say("いまの答えでは尋ねない項目（\(items.count)）", "Not asked by the answers so far (\(items.count))"))</summary>\
      <ul>\(lines.joined())</ul></details>
      """
  }

  private var askedOfOthers: HTML {
    AssignedView(
      lines: assigned,
      checklist: checklist,
      period: round.period,
      mayRemind: mayAnswer,
      request: request
    ).html
  }

  // MARK: The matrix

  /// 是正・発見・予防 × 組織・システム・人: the weakest answer of each cell.
  private var matrix: HTML {
    guard checklist.items.contains(where: { $0.row != nil }) else { return .empty }
    let row = DataTable<ChecklistItem.Row>.Column("row", say("観点", "Control")) { HTML(text: $0.label[language]) }
    let columns = checklist.sections.map { section in
      DataTable<ChecklistItem.Row>.Column(section.number, section.title[language]) { row in cell(section, row) }
    }
    var table = DataTable<ChecklistItem.Row>(
      id: "matrix",
      caption: say("3×3の表", "The 3 × 3 table"),
      address: Address(AssessmentPath.round(checklist.id)),
      columns: [row] + columns,
      rows: ChecklistItem.Row.allCases,
      rowID: \.rawValue,
      rowName: { $0.label[language] }
    )
    table.isDense = true
    return "<section><h2>\(say("3×3の表", "The 3 × 3 table"))</h2>\(table.html(language))</section>"
  }

  private func cell(_ section: ChecklistSection, _ row: ChecklistItem.Row) -> HTML {
    let lines = section.items.filter { $0.row == row }.compactMap { standing[$0.key] }
    return lines.map { line -> HTML in
      // What the records suggest is nobody's answer yet.
      let open: HTML =
        line.suggestion.answer.map { suggested in
          "\(Unknown.html(language))<span class=\"sub\">\(say("案：\(suggested.label.ja)", "suggested: \(suggested.label.en)"))</span>"
        } ?? Unknown.html(language)
      let chip = line.answer.map { AnswerChips.answer($0.latest, goal: checklist.goal, language).html } ?? open
      let address = AssessmentPath.item(checklist.id, line.item.key, round.period)
      return "<span class=\"nb\"><a href=\"\(address)\">\(line.item.name[language])</a> \(chip)</span>"
    }.joined(separator: " ")
  }

  // MARK: The end of a round

  private var closing: HTML {
    guard request.may(.answerChecks) else { return .empty }
    let action = "\(AssessmentPath.list)/\(checklist.id)"
    if round.lockedAt != nil {
      let frame = FormFrame(
        action: "\(action)/reopen?period=\(round.period)",
        csrf: request.csrf,
        fields: [.text("reason", say("開き直す理由", "Why it is reopened"), required: true)],
        buttons: Button.submit(say("開き直す", "Reopen"), look: .secondary)
      )
      return "<details><summary>\(say("点検を開き直す", "Reopen the round"))</summary>\(frame.html(language))</details>"
    }
    guard standing.count(.open, .suggested) == 0, !standing.items.isEmpty else { return .empty }
    let second = standing.items.filter(\.waitsForSecond)
    guard second.isEmpty else {
      let links = second.map { line -> HTML in
        "<a href=\"\(AssessmentPath.item(checklist.id, line.item.key, round.period))\">\(line.item.name[language])</a>"
      }
      return """
        <section><h2>\(say("2人目の確認を待っているもの", "What waits for a second person"))</h2>\
        <p>\(links.joined(separator: " "))</p></section>
        """
    }
    return """
      <section><h2>\(say("点検を締める", "Lock the round"))</h2><p>\(say(
        "締めると答えは変更できなくなり、印刷した様式と同じ内容であることを示せます。",
        "Locked answers no longer change, so that the printed form can be shown to be the same."
      ))</p>\(Button.post(say("締める", "Lock"), "\(action)/lock?period=\(round.period)", csrf: request.csrf, look: .secondary))</section>
      """
  }

  private var papers: HTML {
    guard checklist.year != nil else { return .empty }
    return """
      <section><h2>\(say("立入検査の資料", "Papers for the inspection"))</h2>\
      <p>\(Button.link(say("資料を開く", "Open the papers"), path("inspection"), look: .secondary))</p></section>
      """
  }

  /// The form filled in elsewhere comes back here.
  private var upload: HTML {
    guard mayAnswer else { return .empty }
    var frame = FormFrame(
      action: path("file"),
      csrf: request.csrf,
      fields: [.file("file", say("記入した様式（Excel）", "The form you filled in (Excel)"), accept: ".xlsx,.csv")],
      buttons: Button.submit(say("内容を確かめる", "Look at the contents"), look: .secondary)
    )
    frame.isMultipart = true
    return
      "<details><summary>\(say("Excelの様式から答えを取り込む", "Take in answers from an Excel form"))</summary>\(frame.html(language))</details>"
  }

  private var others: HTML {
    let more = periods.filter { $0 != round.period }
    guard !more.isEmpty else { return .empty }
    let links = more.map { period -> HTML in
      let name = Round.name(of: period, startMonth: standing.fiscalYearStart)[language]
      return "<li><a href=\"\(AssessmentPath.round(checklist.id, period))\">\(name)</a></li>"
    }
    return "<details><summary>\(say("ほかの回", "Other rounds"))</summary><ul>\(links.joined())</ul></details>"
  }
}
