import Nouns
import Packs
import Text
import Time

/// The checks before and after long holidays: which runs of days off there are, and what the pack
/// `calendar/long-holidays.yaml` asks for around them.
package struct LongHolidays: Sendable {
  package enum Moment: String, Sendable { case before, after }

  /// One check of the pack.
  package struct Check: Sendable, Hashable {
    package let key: String
    /// The number of the rule among the nine.
    package let rule: Int
    package let role: Role
    package let moment: Moment
    /// Working days: before counts back from the last working day, after counts on from the first.
    package let days: Int
    /// How many days the holiday has at least.
    package let least: Int
    package let title: Localized
    package let why: Localized
  }

  package static let checks: [Check] = Packs.require("calendar/long-holidays.yaml", read)
  package static let pack: Pack = Packs.require("calendar/long-holidays.yaml") { $0 }

  /// How long before it begins a check shows among what is to do, and how long after it ends it stays.
  static let ahead = 21
  static let behind = 14

  package let calendar: HolidayCalendar

  package init(calendar: HolidayCalendar) { self.calendar = calendar }

  /// Runs of at least `least` days off that touch the given days, in order.
  package func runs(from first: LocalDate, to last: LocalDate, least: Int) -> [ClosedRange<LocalDate>] {
    var runs: [ClosedRange<LocalDate>] = []
    var day = first
    while day <= last {
      guard !calendar.isWorkingDay(day) else {
        day = day.adding(days: 1)
        continue
      }
      var start = day
      var end = day
      // A calendar without any working day ends somewhere.
      while !calendar.isWorkingDay(start.adding(days: -1)), day.days(since: start) < 60 {
        start = start.adding(days: -1)
      }
      while !calendar.isWorkingDay(end.adding(days: 1)), end.days(since: day) < 60 { end = end.adding(days: 1) }
      if end.days(since: start) + 1 >= least { runs.append(start...end) }
      day = end.adding(days: 1)
    }
    return runs
  }

  /// What is to be checked around these days, done or not.
  package func duties(from first: LocalDate, to last: LocalDate, today: LocalDate) -> [Duty] {
    guard let least = Self.checks.map(\.least).min() else { return [] }
    return runs(from: first.adding(days: -Self.behind), to: last.adding(days: Self.ahead), least: least)
      .flatMap { run in
        Self.checks.filter { run.upperBound.days(since: run.lowerBound) + 1 >= $0.least }
          .map { duty($0, run, today) }
      }
  }

  /// What is to do now: what lies not too far ahead and not too long ago.
  package func duties(on today: LocalDate) -> [Duty] {
    duties(from: today, to: today, today: today).filter { duty in
      duty.due >= today.adding(days: -Self.behind) && duty.due <= today.adding(days: Self.ahead)
    }
  }

  func due(_ check: Check, _ run: ClosedRange<LocalDate>) -> LocalDate {
    switch check.moment {
    case .before:
      var day = calendar.previousWorkingDay(onOrBefore: run.lowerBound.adding(days: -1))
      for _ in 1..<max(1, check.days) { day = calendar.previousWorkingDay(onOrBefore: day.adding(days: -1)) }
      return day
    case .after:
      var day = calendar.nextWorkingDay(onOrAfter: run.upperBound.adding(days: 1))
      for _ in 1..<max(1, check.days) { day = calendar.nextWorkingDay(onOrAfter: day.adding(days: 1)) }
      return day
    }
  }

  private func duty(_ check: Check, _ run: ClosedRange<LocalDate>, _ today: LocalDate) -> Duty {
    let due = due(check, run)
    let id = "calendar.holiday.\(run.lowerBound.iso).\(check.moment.rawValue).\(check.key)"
    let (first, last) = (run.lowerBound, run.upperBound)
    let span = Localized(
      ja: "\(first.month)月\(first.day)日〜\(last.month)月\(last.day)日の休み",
      en: "Holidays of \(first.english) to \(last.english)"
    )
    var duty = Duty(
      id: id,
      title: check.title,
      owner: check.role,
      due: due,
      state: due < today ? .overdue : .open,
      reason: Localized(ja: "\(span.ja)：\(check.why.ja)", en: "\(span.en): \(check.why.en)"),
      link: "/duties/\(id)",
      action: Localized(ja: "開く", en: "Open"),
      rank: 3
    )
    duty.isByHand = true
    return duty
  }

  private static func read(_ pack: Pack) throws(PackError) -> [Check] {
    var checks: [Check] = []
    for entry in pack.entries {
      try entry.allow(["key", "rule", "role", "when", "days", "least", "title", "why"])
      guard let role = Role(rawValue: try entry.text("role")) else {
        throw entry.wrong("role", ja: "「role」は役割の名前です。", en: "‘role’ is a role")
      }
      guard let moment = Moment(rawValue: try entry.text("when")) else {
        throw entry.wrong("when", ja: "「when」は before か after です。", en: "‘when’ is before or after")
      }
      let key = try entry.text("key")
      guard !checks.contains(where: { $0.key == key && $0.moment == moment }) else {
        throw entry.wrong("key", ja: "「\(key)」が2つあります。", en: "two checks are called \(key)")
      }
      checks.append(
        Check(
          key: key,
          rule: try entry.number("rule"),
          role: role,
          moment: moment,
          days: try entry.number("days"),
          least: try entry.number("least"),
          title: Localized(try entry.words("title")),
          why: Localized(try entry.words("why"))
        )
      )
    }
    return checks
  }
}
