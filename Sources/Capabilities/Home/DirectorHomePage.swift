import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The director's home and its sheet: is it all right, what is overdue, what is to decide and to pay for.
struct DirectorHomePage {
  /// What the whole hospital has to do.
  let all: HomeBoard
  /// What waits for the director.
  let own: HomeBoard
  /// What the self-checks call for.
  let decisions: [Decision]
  let facts: [Fact]
  let head: HTML
  let paper: PrintLine
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  private static let doors = [
    "ledger.connections.unrestricted", "ledger.connections.weakAuthentication", "ledger.connections.unsupported",
  ]

  enum Standing: String { case green, yellow, red }

  /// Red: something is overdue by more than a week's work, or doors to the outside are open without limits. Yellow: something
  /// is overdue or wrong. A plain rule that can be said in a sentence, not a score.
  static func standing(overdue: Int, worries: [Fact]) -> Standing {
    if overdue > 5 || worries.contains(where: { doors.contains($0.key) }) { return .red }
    return overdue > 0 || !worries.isEmpty ? .yellow : .green
  }

  /// What costs money to mend: replacement, contracts, support.
  private static let costly = [
    "ledger.assets.endOfSupport", "ledger.connections.unsupported", "ledger.assets.withoutAntivirus",
    "ledger.contracts.gaps", "ledger.contracts.expiring",
  ]

  /// What weighs most, in this order: answers that do not hold, since the director signs them; doors to the outside;
  /// weaknesses under attack or overdue; whether the records would survive.
  private static let grave =
    [ContradictionNote.key] + doors + ["vulnerability.exposed", "vulnerability.overdue", HomePage.backupKey]

  private var worries: [Fact] { Self.ordered(facts) }

  /// What is wrong, the gravest first. Pure.
  static func ordered(_ facts: [Fact]) -> [Fact] {
    let wrong = facts.filter { $0.isWorry && $0.value > 0 }
    let byKey = Dictionary(wrong.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    return grave.compactMap { byKey[$0] } + wrong.filter { !grave.contains($0.key) }
  }

  var response: WebResponse {
    .page(
      Page(
        say("ホーム", "Home"),
        heading: say("いまの状態", "How we stand"),
        actions: Button.link(say("A4で印刷", "Print on A4"), "/home/print", look: .secondary, size: .small)
          + Button.link(
            say("点検の結果と決めること", "Self-checks and decisions"),
            "/assess/director",
            look: .secondary,
            size: .small
          ) + Button.link(say("委員会の資料", "Committee material"), "/ledger/meeting", look: .secondary, size: .small),
        main: "\(head)\(ContradictionNote(facts: facts, language: language).html)\(contents(isPaper: false))"
      ),
      current: "home"
    )
  }

  var sheet: WebResponse {
    .sheet(
      PrintSheet(
        say("サイバーセキュリティの状態", "State of cybersecurity"),
        subtitle: say("病院長・経営層向け", "For the director"),
        printed: request.dates.time(request.now),
        stamps: language == .ja ? ["病院長", "安全管理責任者", "担当"] : ["Director", "Safety manager", "Prepared by"],
        backAddress: "/",
        contents: "<div class=\"onepage\">\(contents(isPaper: true))</div>"
      )
    )
  }

  private func contents(isPaper: Bool) -> HTML {
    let decide: HTML =
      switch (own.top.isEmpty, decisions.isEmpty) {
      case (true, true): "<p>\(say("ありません。", "None."))</p>"
      case (true, false): checks(isPaper)
      default: "\(DutyList(duties: own.top, request: request).html)\(checks(isPaper))"
      }
    let late: HTML =
      all.top.isEmpty
      ? "<p>\(say("ありません。", "None."))</p>" : DutyList(duties: all.top, request: request).html
    let rest: HTML =
      !isPaper && all.total > all.top.count
      ? """
      <p><a href="/duties">\(say("すべてのやること \(all.total.grouped)件", "All \(all.total.grouped) things to do"))</a></p>
      """ : .empty
    let word: HTML = isPaper ? .empty : thanks
    return """
      \(state)\
      <section><h2>\(say("決めていただくこと", "For you to decide"))</h2>\(decide)</section>\
      <section><h2>\(say("病院全体で急ぐこと", "Most pressing in the hospital"))</h2>\(late)\(rest)</section>\
      \(inspection(isPaper))\
      <section><h2>\(say("費用の検討が要るもの", "What will cost money"))</h2>\(list(costs, isPaper))</section>\
      <section><h2>\(say("今年度の予算と執行", "This year's budget"))</h2>\(budget(isPaper))</section>\
      <section><h2>\(say("心配なこと", "Worries"))</h2>\(list(Array(worries.prefix(5)), isPaper))</section>\
      \(word)\(paper.html)
      """
  }

  /// 担当者へのねぎらい.
  private var thanks: HTML {
    let way = Button.link(say("ひとこと送る", "Send a word"), "/inbox/word", look: .secondary, size: .small)
    return """
      <section><h2>\(say("担当者へのねぎらい", "A word of thanks"))</h2>\
      <p>\(say("支えてくれている人の「お知らせ」に届きます。", "It arrives in the inbox of those who do the work."))</p>\
      <div class="btns">\(way)</div></section>
      """
  }

  /// What the self-checks call on the director to decide.
  private func checks(_ isPaper: Bool) -> HTML {
    guard !decisions.isEmpty else { return .empty }
    let lines = decisions.map { decision -> HTML in
      let title: HTML =
        isPaper
        ? "<b>\(decision.title[language])</b>"
        : "<a href=\"\(decision.link)\">\(decision.title[language])</a>"
      return "<li>\(title)<br>\(decision.reason[language])</li>"
    }
    return "<ol>\(lines)</ol>"
  }

  /// 立入検査の準備, in a sentence; nothing where this year has no form.
  private func inspection(_ isPaper: Bool) -> HTML {
    guard let fact = facts.first(where: { $0.key == HomePage.readinessKey }) else { return .empty }
    let way: HTML = isPaper ? .empty : " <a href=\"\(fact.link)\">\(say("準備の内訳を見る", "See what is missing"))</a>"
    return """
      <section><h2>\(say("立入検査の準備", "Ready for an inspection"))</h2><p>\(fact.explanation[language])\(way)</p></section>
      """
  }

  /// The organization's own fact about this year's budget.
  static let budgetKey = "organization.budget.spent"

  private func budget(_ isPaper: Bool) -> HTML {
    guard let fact = facts.first(where: { $0.key == Self.budgetKey }) else {
      return "<p>\(say("今年度の予算要求は記録されていません。", "No budget request of this year is recorded."))</p>"
    }
    let way: HTML = isPaper ? .empty : " <a href=\"\(fact.link)\">\(say("予算と執行を見る", "See the budget"))</a>"
    return "<p>\(fact.explanation[language])\(way)</p>"
  }

  private var costs: [Fact] { facts.filter { Self.costly.contains($0.key) && $0.value > 0 } }

  private func list(_ facts: [Fact], _ isPaper: Bool) -> HTML {
    if facts.isEmpty { return "<p>\(say("ありません。", "None."))</p>" }
    if isPaper {
      let figures = facts.map { fact in
        "\(fact.label[language]) \(fact.figure[language])"
      }
      return "<p>\(figures.joined(separator: say("、", "; ")))</p>"
    }
    return FactNumbers(facts: facts, language: language).html
  }

  private var state: HTML {
    let standing = Self.standing(overdue: all.overdue, worries: worries)
    let word: Localized =
      switch standing {
      case .green: Localized(ja: "おおむね良好です", en: "On the whole all right")
      case .yellow: Localized(ja: "注意が必要です", en: "Needs attention")
      case .red: Localized(ja: "対応が必要です", en: "Action is needed")
      }
    let late = say("期限を過ぎたやること \(all.overdue)件", "\(all.overdue) overdue")
    let worst = worries.prefix(2).map { say("\($0.label.ja) \($0.value)", "\($0.label.en): \($0.value)") }
    let why = ([late] + worst).joined(separator: say("、", ", "))
    return """
      <div class="state3 \(standing.rawValue)"><b>\(word[language])</b>\
      <p>\(say("理由：", "Because: "))\(why)</p></div>
      """
  }
}
