import Nouns
import Text
import Time

/// One time that a checklist was gone through: a fiscal year or a month.
package struct Round: Sendable {
  package let checklist: Checklist
  /// `2026` or `2026-11`.
  package let period: String
  /// By the key of the item.
  package let answers: [String: GivenAnswer]
  package let lockedAt: Instant?
  package let lockedBy: String?
  /// SHA-256 of the locked answers, in hexadecimal.
  package let digest: String?
  package let version: Int

  /// A round that nobody has answered yet.
  init(of checklist: Checklist, period: String) {
    self.init(
      checklist: checklist,
      period: period,
      answers: [:],
      lockedAt: nil,
      lockedBy: nil,
      digest: nil,
      version: 0
    )
  }

  init(
    checklist: Checklist,
    period: String,
    answers: [String: GivenAnswer],
    lockedAt: Instant?,
    lockedBy: String?,
    digest: String?,
    version: Int
  ) {
    self.checklist = checklist
    self.period = period
    self.answers = answers
    self.lockedAt = lockedAt
    self.lockedBy = lockedBy
    self.digest = digest
    self.version = version
  }

  /// The fiscal year it lies in.
  package func year(startMonth: Int) -> FiscalYear {
    let parts = period.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2, let day = LocalDate(year: parts[0], month: parts[1], day: 1) else {
      return FiscalYear(startYear: parts.first ?? 0, startMonth: startMonth)
    }
    return FiscalYear(containing: day, startMonth: startMonth)
  }

  /// The first day of the time that a period stands for; nil for what is no period.
  static func begin(of period: String, startMonth: Int) -> LocalDate? {
    let parts = period.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first else { return nil }
    guard parts.count == 2 else { return FiscalYear(startYear: year, startMonth: startMonth).first }
    return LocalDate(year: year, month: parts[1], day: 1)
  }

  /// The last day of the time it stands for: of its fiscal year, or the one before the next round begins.
  private func lastDay(startMonth: Int) -> LocalDate? {
    guard let begin = Self.begin(of: period, startMonth: startMonth) else { return nil }
    guard period.contains("-") else { return year(startMonth: startMonth).last }
    let months = checklist.months.isEmpty ? Array(1...12) : checklist.months
    let next = months.first { $0 > begin.month }
    let year = next == nil ? begin.year + 1 : begin.year
    return LocalDate(year: year, month: next ?? months[0], day: 1)?.adding(days: -1)
  }

  /// Whether its time has passed: another round is the one of this day.
  func isOver(on day: LocalDate, startMonth: Int) -> Bool {
    guard checklist.year != nil else { return period < checklist.period(on: day, fiscalYearStart: startMonth) }
    return lateness(day, startMonth: startMonth) != nil
  }

  /// Whether it stands as the records said when it was answered: what they say today is of today, and what was locked does
  /// not change.
  func isSettled(on day: LocalDate, startMonth: Int) -> Bool {
    lockedAt != nil || isOver(on: day, startMonth: startMonth)
  }

  /// Said of a check that was made after the time it is for, 「令和7年度の後の確認」, wherever it is shown: a late form is a
  /// form, but says that it is late. Nil for a check in time.
  func lateness(_ day: LocalDate?, startMonth: Int) -> Localized? {
    guard let day, let last = lastDay(startMonth: startMonth), day > last else { return nil }
    let name = name(startMonth: startMonth)
    return Localized(ja: "\(name.ja)の後の確認", en: "checked after \(name.en)")
  }

  /// 「令和8年度」 or 「2026年11月」.
  package func name(startMonth: Int) -> Localized { Self.name(of: period, startMonth: startMonth) }

  /// The same of any period, `2026` or `2026-11`.
  package static func name(of period: String, startMonth: Int) -> Localized {
    let parts = period.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2, (1...12).contains(parts[1]) else {
      let year = FiscalYear(startYear: parts.first ?? 0, startMonth: startMonth)
      return Localized(ja: year.eraLabel, en: year.english)
    }
    return Month(year: parts[0], month: parts[1]).name
  }

  /// Whether the gate question ended the form.
  package var isEnded: Bool { checklist.gate.flatMap { answers[$0.key] }?.latest == .no }

  /// What is asked: see `Checklist.asked`.
  package var asked: [ChecklistItem] { checklist.asked { answers[$0]?.latest } }

  /// What was answered to what is asked: answers to items that a gate or a parent closed since stay kept and say nothing.
  package var askedAnswers: [String: GivenAnswer] {
    let keys = Set(asked.map(\.key))
    return answers.filter { keys.contains($0.key) }
  }

  /// Children whose parent is not answered so: neither open nor no.
  package var notAsked: [ChecklistItem] {
    guard !isEnded else { return [] }
    let keys = Set(asked.map(\.key))
    return checklist.items.filter { !keys.contains($0.key) }
  }
}

/// An item of a round with what was answered and what the records say to it.
package struct ItemStanding: Sendable {
  package enum State: String, Sendable, CaseIterable {
    /// The answer claims more than the records show, or than a vendor says.
    case contradicted
    /// The records say something else than when it was answered.
    case moved
    /// Nobody answered, and the records cannot.
    case open
    /// Nobody answered; the records suggest an answer that waits to be confirmed.
    case suggested
    case answered
  }

  package let item: ChecklistItem
  package let suggestion: Suggestion
  package let answer: GivenAnswer?
  /// The last answer to it in a round before this one, of this checklist or its editions.
  package let earlier: EarlierAnswer?
  /// Vendors that say no to the same topic in their forms.
  package var objections: [VendorObjection] = []
  /// What is attached to the answer.
  package let attachments: [Attachment]
  /// Whether a second person has confirmed the answer as it is.
  package let isConfirmed: Bool

  /// Whether it still waits for a second person.
  package var waitsForSecond: Bool { item.needsSecond && answer != nil && !isConfirmed }

  /// Whether a vendor's no stands against the hospital's yes.
  package var isObjected: Bool { answer?.latest == .yes && !objections.isEmpty }

  /// Whether the answer claims more than the records show, or leaves out what by the records applies.
  package var isBeyondRecords: Bool {
    guard let answer else { return false }
    if answer.latest == .notApplicable { return suggestion.applying != nil }
    return item.isBeyond(answer.latest, shown: suggestion.proven)
  }

  /// What was answered before and may be answered again without looking further: nobody answered yet, and the records
  /// cannot tell.
  var carried: EarlierAnswer? {
    state == .open ? earlier : nil
  }

  /// What was answered before and claims more than the records show now.
  var outdated: EarlierAnswer? {
    guard answer == nil, let earlier, let shown = suggestion.answer, earlier.value.claimsMore(than: shown) else {
      return nil
    }
    return earlier
  }

  package var state: State {
    guard let answer else { return suggestion.answer == nil ? .open : .suggested }
    if isObjected || isBeyondRecords { return .contradicted }
    guard let shown = suggestion.proven else { return .answered }
    return answer.suggested != nil && answer.suggested != shown && answer.latest != shown ? .moved : .answered
  }
}

extension Month {
  /// 「2026年11月」.
  var name: Localized {
    Localized(ja: "\(year)年\(month)月", en: "\(LocalDate.englishMonths[first.month - 1]) \(year)")
  }
}
