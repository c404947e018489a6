import Nouns
import Text
import Time

/// What opens the items that one department or vendor is asked for, to whoever holds it, inside the hospital and without an
/// account: these items, what was said by the link, and nothing else. Only the hash of its token is kept.
package struct AskedLink: Sendable, Hashable {
  package let facility: FacilityID
  package let pack: String
  package let period: String
  /// `d:` and the id of a department, or `v:` and that of a vendor.
  package let whom: String
  package let madeAt: Instant
  package let madeBy: String

  /// The last day on which it opens the items: as that of a vendor's form.
  func lastDay(due: LocalDate, in year: FiscalYear) -> LocalDate {
    VendorLink.lastDay(made: madeAt.day, due: due, in: year)
  }
}

/// What came by a link in answer to one item. It is no answer of the hospital's: somebody in charge looks at it and takes it
/// over, or answers otherwise.
package struct AskedReply: Sendable, Hashable {
  package let item: String
  /// Who was asked, as in `AskedLink`.
  package let whom: String
  package let value: AnswerValue
  package let target: LocalDate?
  package let remarks: String
  /// The person who answered.
  package let respondent: String
  package let savedAt: Instant
  /// When it was sent; nil while it is only saved.
  package let sentAt: Instant?
  /// Who made it the hospital's answer, and when; nil where nobody has.
  package let takenBy: String?
  package let takenAt: Instant?
  package let version: Int

  /// The reply where it answers what is asked now: nothing that an answer from before has settled.
  func standing(_ assignment: Assignment, _ answer: GivenAnswer?) -> AskedReply? {
    guard let answer, !assignment.isAnswered(by: answer) else { return self }
    return savedAt > answer.answeredAt ? self : nil
  }

  /// As a form has it.
  var answer: FormAnswer { FormAnswer(value, checkedOn: savedAt.day, target: target, remarks: remarks) }
}
