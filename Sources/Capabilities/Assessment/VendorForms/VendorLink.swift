import Nouns
import Text
import Time

/// What opens one vendor's form for whoever holds it, at a terminal inside the hospital and without an account: this form,
/// its own answers, and nothing else. Only the hash of its token is kept, so that nobody can read the link out of the
/// database.
package struct VendorLink: Sendable, Hashable {
  package let facility: FacilityID
  package let pack: String
  package let period: String
  package let vendor: String
  package let madeAt: Instant
  package let madeBy: String

  /// The last day on which it opens the form. Answers that are late are still wanted, a link that is open for ever is not:
  /// it ends when the vendor would be reminded again, two weeks after the answers are due, or after it was made where that is
  /// later. A form that nobody noted as handed over counts as handed over with its link. Nothing outlasts the round.
  package func lastDay(due: LocalDate?, in year: FiscalYear) -> LocalDate {
    Self.lastDay(made: madeAt.day, due: due ?? madeAt.day.adding(days: VendorForms.usualDays), in: year)
  }

  /// The same of any link that was made on a day, for answers that are due.
  static func lastDay(made: LocalDate, due: LocalDate, in year: FiscalYear) -> LocalDate {
    min(max(due, made).adding(days: VendorForms.reminderDays), year.last)
  }
}
