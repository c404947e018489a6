import Design
import HTML
import Text
import Time
import Web

/// A piece of work that a vendor does at the hospital.
package struct HomeWork: Sendable, Hashable {
  /// What is done to which device.
  package let title: Localized
  package let vendor: String
  package let day: LocalDate
  package let hours: Localized
  /// Where to come in; empty where nobody has said it.
  package let door: String
  package let state: Localized
  /// Whether it is under way now.
  package let isRunning: Bool
  package let link: String

  package init(
    title: Localized,
    vendor: String,
    day: LocalDate,
    hours: Localized,
    door: String,
    state: Localized,
    isRunning: Bool,
    link: String
  ) {
    self.title = title
    self.vendor = vendor
    self.day = day
    self.hours = hours
    self.door = door
    self.state = state
    self.isRunning = isRunning
    self.link = link
  }
}

/// What a vendor has asked the hospital for, and where it stands.
package struct HomeOwnWork: Sendable {
  /// Approved or under way, the soonest first.
  package let planned: [HomeWork]
  package let waiting: Int
  package let sentBack: Int
  /// Done or past, and not reported.
  package let owed: Int

  package init(planned: [HomeWork] = [], waiting: Int = 0, sentBack: Int = 0, owed: Int = 0) {
    self.planned = planned
    self.waiting = waiting
    self.sentBack = sentBack
    self.owed = owed
  }
}

/// 今日の作業 on the administrator's home: who works on what today.
struct TodayWork {
  let works: [HomeWork]
  let request: WebRequest

  /// Where requests are decided.
  static let path = "/works"
  private static let most = 5

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }

  var html: HTML {
    let heading: HTML = "<h2>\(say("今日の作業", "Work today"))</h2>"
    let way: HTML = "<a href=\"\(Self.path)\">\(say("作業申請の一覧", "All requests for work"))</a>"
    guard !works.isEmpty else {
      return "\(heading)<p>\(say("今日の作業の予定はありません。", "No work is planned for today.")) \(way)</p>"
    }
    let rows = works.prefix(Self.most).map { work -> HTML in
      let state = Chip(work.state[request.language], work.isRunning ? .yellow : .grey).html
      return """
        <li><span class="nb">\(work.hours[request.language])</span> <a href="\(work.link)">\(work.title[request.language])</a> \
        \(state)<span class="sub">\(work.vendor)</span></li>
        """
    }
    let rest = works.count - Self.most
    let more: HTML = rest > 0 ? "\(say("ほか\(rest)件。", "\(rest) more. "))" : .empty
    return "\(heading)<ul class=\"log\">\(rows)</ul><p>\(more)\(way)</p>"
  }
}

/// 作業申請 on a vendor's home: the button, what is approved with its door, and what is owed.
struct OwnWork {
  let work: HomeOwnWork
  let request: WebRequest

  static let path = "/own-works"
  private static let most = 3

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }

  var html: HTML {
    let counts = [
      work.owed > 0 ? say("報告待ち\(work.owed)件", "\(work.owed) to report") : nil,
      work.sentBack > 0 ? say("差し戻し\(work.sentBack)件", "\(work.sentBack) sent back") : nil,
      work.waiting > 0 ? say("承認待ち\(work.waiting)件", "\(work.waiting) waiting for approval") : nil,
    ].compactMap(\.self)
    let standing: HTML =
      counts.isEmpty
      ? "<p>\(say("報告待ち・承認待ちの申請はありません。", "Nothing is owed and nothing waits."))</p>"
      : "<p><a href=\"\(Self.path)\">\(counts.joined(separator: say("、", ", ")))</a></p>"
    return """
      <section><h2>\(say("作業申請", "Requests for work"))</h2>\(standing)\
      <div class="btns">\(Button.link(say("新しく申請", "Ask for work"), Self.path + "/new"))\
      \(Button.link(say("申請の一覧", "All requests"), Self.path, look: .secondary))</div>\
      <h3>\(say("承認された予定", "Approved"))</h3>\(planned)</section>
      """
  }

  private var planned: HTML {
    guard !work.planned.isEmpty else {
      return "<p>\(say("承認された予定はありません。", "Nothing is approved."))</p>"
    }
    let rows = work.planned.prefix(Self.most).map { work -> HTML in
      let day = request.dates.brief(work.day, today: request.now.day)
      let state: HTML = work.isRunning ? " " + Chip(work.state[request.language], .yellow).html : .empty
      let door =
        work.door.isEmpty
        ? say("受付：病院に確かめてください", "Where to come in: ask the hospital")
        : say("受付：\(work.door)", "Come in at: \(work.door)")
      return """
        <li><span class="nb">\(day)</span> <span class="nb">\(work.hours[request.language])</span> \
        <a href="\(work.link)">\(work.title[request.language])</a>\(state)<span class="sub">\(door)</span></li>
        """
    }
    return "<ul class=\"log\">\(rows)</ul>"
  }
}
