import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The administrator's and the safety manager's first page: what to do and why, then what the records show of each one's
/// own work.
struct HomePage {
  let role: Role
  let board: HomeBoard
  let facts: [Fact]
  let changes: [RecentChange]
  let isEmpty: Bool
  let paper: PrintLine
  let request: WebRequest
  /// What stands above the list: messages and the change between roles.
  var head: HTML = .empty
  /// What only this role looks at: who is connected now, or how far the departments are.
  var own: HTML = .empty

  private var language: Language { request.language }
  private var today: LocalDate { request.now.day }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    .page(
      Page(
        say("ホーム", "Home"),
        heading: isEmpty ? say("はじめに", "First steps") : say("今日やること", "What to do today"),
        lead: isEmpty ? nil : HTML(text: summary),
        main: isEmpty
          ? "\(firstSteps)\(paper.html)"
          : "\(head)\(ContradictionNote(facts: facts, language: language).html)\(DutyList(duties: board.top, request: request).html)\(more)\(own)\(paper.html)\(numbers)\(log)"
      ),
      current: "home"
    )
  }

  private var summary: String {
    let (late, week) = (board.overdue, board.week)
    if board.total == 0 {
      return say("今日中にしなければならないことはありません。", "Nothing has to be done today.")
    }
    let lateText = late == 0 ? "" : say("期限を過ぎたものが\(late)件あります。", "\(late) overdue, ")
    let weekText =
      week == 0
      ? say("1週間以内のものはありません。", "none due within a week.")
      : say("1週間以内のものが\(week)件あります。", "\(week) due within a week.")
    return lateText + weekText
      + say("上から順に進めれば、優先度どおりです。", " From the top is the order of urgency.")
  }

  private var more: HTML? {
    board.total > board.top.count
      ? """
      <p><a href="/duties">\(say("すべてのやること \(board.total.grouped)件", "All \(board.total.grouped) things to do"))</a></p>
      """ : nil
  }

  /// What the administrator wants to know of the house at a glance; where a house records other things, what comes first.
  private static let machines = [
    "ledger.assets.total", "ledger.connections.total", "ledger.connections.unknown", "ledger.connections.unrestricted",
    "ledger.connections.weakAuthentication", "ledger.assets.endOfSupport", "ledger.sightings.unlisted",
    "ledger.evidence.incomplete", "ledger.contracts.gaps", "vulnerability.exposed",
  ]

  /// What the safety manager answers for: self-checks, vendors who owe an answer, what waits for an approval, and terms that
  /// run out.
  private static let promises = [
    "ledger.enquiries.overdue", "assessment.vendorForms.open", "vulnerability.overdue", "vulnerability.accepted",
    "organization.cuts.unapproved", "ledger.finds.unchecked", "organization.posts.withoutDeputy",
    "organization.contacts.unverified", "ledger.contracts.expiring", "ledger.contracts.gaps",
    "organization.qualifications.expiring", "organization.regulations.reviewDue",
    "organization.training.late", "organization.regulations.unread", "organization.actions.overdue",
    "ledger.evidence.incomplete",
  ]

  /// The rounds that are owed now, before all that follows.
  private static func isRound(_ fact: Fact) -> Bool {
    fact.key.hasPrefix("assessment.") && fact.key.hasSuffix(".open") && fact.key != "assessment.vendorForms.open"
  }

  private static let most = 10

  /// Pure: at most ten of the facts, in the order of what the role looks at first.
  static func shown(_ role: Role, _ facts: [Fact]) -> [Fact] {
    let rounds = role == .safetyManager ? facts.filter(isRound) : []
    let keys = role == .safetyManager ? promises : machines
    let byKey = Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Array((rounds + keys.compactMap { byKey[$0] }).prefix(most))
    let taken = Set(known.map(\.key))
    return known + facts.filter { !taken.contains($0.key) }.prefix(most - known.count)
  }

  private var numbers: HTML {
    let clock = request.now.clock
    let time = say("\(today.month)月\(today.day)日 \(clock) 時点", "as of \(today.english) \(clock)")
    let heading =
      role == .safetyManager
      ? say("約束と期限", "Promises and terms") : say("台帳が示していること", "What the ledger shows")
    return """
      <h2>\(heading)<span class="sub">\(time)</span></h2>\
      \(FactNumbers(facts: Self.shown(role, facts), language: language).html)\
      <p><a href="/facts">\(say("すべての数字と根拠", "All figures and what is behind them"))</a></p>\(readiness)\(backup)
      """
  }

  /// How far the papers for an inspection are, in a sentence.
  private var readiness: HTML? {
    guard role == .safetyManager, let fact = facts.first(where: { $0.key == Self.readinessKey }) else { return nil }
    return """
      <p>\(fact.explanation[language]) <a href="\(fact.link)">\(say("検査の資料を見る", "See the papers"))</a></p>
      """
  }

  /// The self-checks' own fact about the papers for an inspection.
  static let readinessKey = "assessment.inspection.ready"

  /// Whether the records would survive the machine.
  private var backup: HTML? {
    facts.first { $0.key == HomePage.backupKey }.map { fact in
      """
      <p>\(fact.isWorry ? Chip(say("要確認", "Check"), .orange).html + " " : .empty)\(fact.explanation[language]) \
      <a href="\(fact.link)">\(say("バックアップの手順", "How backups are made"))</a></p>
      """
    }
  }

  /// The program's own fact about its backup.
  static let backupKey = "installation.backup.age"

  private var log: HTML? {
    guard !changes.isEmpty else { return nil }
    let events = changes.map { change in
      let who = say("（\(change.actor)）", "(\(change.actor))")
      return HistoryList.Event(
        shown: shown(change.at),
        machine: change.at.iso,
        text:
          " <a href=\"\(change.link)\">\(change.title[language])</a> <span class=\"nb\">\(who)</span>"
      )
    }
    return "<h2>\(say("最近の変更", "Latest changes"))</h2>\(HistoryList(events).html)"
  }

  private func shown(_ at: Instant) -> String {
    let clock = at.clock
    switch today.days(since: at.day) {
    case 0: return clock
    case 1: return say("昨日 \(clock)", "yesterday \(clock)")
    default: return request.dates.brief(at, today: today)
    }
  }

  /// A hospital that has just begun: three steps, each with its button.
  private var firstSteps: HTML {
    let steps: [(String, String, String, String)] = [
      (
        say("外部接続の一覧を取り込む", "Import your external connections"),
        say(
          "いまある一覧表を、そのままの形で入れてください。わからない欄は「不明」のままでかまいません。",
          "Drop in the list as it is. What is unknown may stay unknown."
        ), "/ledger/import?kind=connection",
        say("取り込む", "Import")
      ),
      (
        say("機器の台帳を取り込む", "Import your device ledger"),
        say("Excel でも CSV でも読み取ります。問題は行と列で示します。", "Excel or CSV. Problems are named by row and column."),
        "/ledger/import?kind=asset", say("取り込む", "Import")
      ),
      (
        say("一緒に使う人を追加する", "Add the people you work with"),
        say("システム担当、安全管理責任者、部門責任者。", "System staff, the safety manager, department heads."), "/settings/users",
        say("追加", "Add")
      ),
    ]
    return TodoList(
      steps.enumerated().map { index, step in
        TodoList.Item(
          due: say("手順\(index + 1)", "Step \(index + 1)"),
          title: step.0,
          address: step.2,
          why: step.1,
          action: step.3
        )
      }
    ).html
  }
}

/// Things to do, one line each: when, what and why, and where to press.
struct DutyList {
  let duties: [Duty]
  let request: WebRequest

  private var language: Language { request.language }

  var html: HTML {
    if duties.isEmpty {
      let time = request.now.clock
      return EmptyState(
        Localized(ja: "やることはありません。", en: "There is nothing to do.")[language],
        Localized(ja: "最終確認 \(time)", en: "Checked at \(time)")[language]
      ).html(language)
    }
    return TodoList(duties.map(item)).html
  }

  private func item(_ duty: Duty) -> TodoList.Item {
    let late = request.now.day.days(since: duty.due)
    let due =
      language == .ja
      ? "\(request.dates.brief(duty.due, today: request.now.day))（\(duty.due.weekdayName)）"
      : duty.due.english
    return TodoList.Item(
      due: due,
      overdue: late > 0
        ? Localized(ja: "\(late.grouped)日超過", en: "\(late.english("day", "days")) late")[language] : nil,
      title: duty.title[language],
      address: duty.link,
      why: duty.reason[language],
      action: duty.action[language]
    )
  }
}

/// Figures with their population, each a link to its list.
struct FactNumbers {
  let facts: [Fact]
  let language: Language

  var html: HTML {
    Numbers(
      facts.map { fact in
        Numbers.Item(
          fact.label[language],
          value: fact.unit == .days ? fact.figure[language] : fact.value.grouped,
          of: fact.unit == .days ? "" : fact.population.map { "/ \($0.grouped)" } ?? "",
          address: fact.link,
          isWorrying: fact.isWorry && fact.value > 0
        )
      }
    ).html
  }
}
