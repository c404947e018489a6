import Text
import Time

/// What somebody answered to an item, and what the records said at that moment.
package struct GivenAnswer: Sendable, Hashable {
  package let item: String
  package let topic: String
  package let value: AnswerValue
  /// Why it differs from what the records say; empty where it does not.
  package let reason: String
  package let remarks: String
  /// 1回目: when it was checked.
  package let checkedOn: LocalDate
  /// Who checked it the first time; nil where that was not kept.
  package let checkedBy: String?
  /// 目標日: by when a no shall be a yes.
  package let target: LocalDate?
  /// 2回目.
  package let secondValue: AnswerValue?
  package let secondOn: LocalDate?
  /// Who checked it the second time; nil where nobody did.
  package let secondBy: String?
  /// What the records said when it was answered, nil where they could not tell.
  package let suggested: AnswerValue?
  /// The reason of that, in both languages as one text (Japanese, line feed, English).
  package let basis: String
  package let answeredAt: Instant
  /// Who changed it last.
  package let answeredBy: String
  package let version: Int
  /// What spoke against 該当なし by the records when it was answered, as the beginning of a sentence; nil where nothing did.
  package var applying: Localized?

  /// What counts now: the second check where there is one.
  package var latest: AnswerValue { secondValue ?? value }
}

/// An answer as it was typed, before it is kept.
package struct AnswerDraft: Sendable, Hashable {
  package var value: AnswerValue
  package var reason = ""
  package var remarks = ""
  package var target: LocalDate?
  package var secondValue: AnswerValue?
  /// The day on the form that came back; nil for today.
  package var checkedOn: LocalDate?
  package var secondOn: LocalDate?
  /// What stands there now; nil where there is no answer yet.
  package var version: Int?

  /// What will count: the second check where there is one.
  var latest: AnswerValue { secondValue ?? value }

  package init(_ value: AnswerValue) { self.value = value }

  /// Another value for what stands there: remarks, target date and second check stay until they are named. The reason
  /// stays with the value that it was given for.
  package init(changing current: GivenAnswer?, to value: AnswerValue) {
    self.value = value
    guard let current else { return }
    if current.value == value { reason = current.reason }
    remarks = current.remarks
    target = current.target
    secondValue = current.secondValue
    version = current.version
  }
}
