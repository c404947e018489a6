import Text
import Time

/// One filled-in line of a form as the official sheet has it, whoever filled it in: hospital or vendor.
package struct FormAnswer: Sendable, Hashable {
  package var value: AnswerValue
  /// 1回目: when it was checked.
  package var checkedOn: LocalDate?
  /// 目標日: by when a no shall be a yes.
  package var target: LocalDate?
  /// 2回目.
  package var second: AnswerValue?
  package var secondOn: LocalDate?
  package var remarks: String

  package init(
    _ value: AnswerValue,
    checkedOn: LocalDate? = nil,
    target: LocalDate? = nil,
    second: AnswerValue? = nil,
    secondOn: LocalDate? = nil,
    remarks: String = ""
  ) {
    self.value = value
    self.checkedOn = checkedOn
    self.target = target
    self.second = second
    self.secondOn = secondOn
    self.remarks = remarks
  }

  /// What counts now: the second check where there is one.
  package var latest: AnswerValue { second ?? value }
}

extension GivenAnswer {
  package var onForm: FormAnswer {
    FormAnswer(value, checkedOn: checkedOn, target: target, second: secondValue, secondOn: secondOn, remarks: remarks)
  }
}

extension AnswerValue {
  /// Reads what people write into a form: はい, ○, 済, いいえ, ×, 該当なし, レベル2, 2. Nil where it is none of them, and for
  /// 「はい・いいえ」, which nobody has circled.
  package init?(written text: String, _ kind: AnswerKind = .yesNo) {
    let key = Fold.key(text)
    let words: [(AnswerValue, [String])] = [
      (.yes, ["はい", "○", "〇", "◯", "yes", "y", "済", "実施済", "実施している"]),
      (.no, ["いいえ", "×", "✕", "✗", "no", "n", "未", "未実施", "実施していない"]),
      (.notApplicable, ["該当なし", "対象外", "該当しない", "na", "n/a", "notapplicable", "not applicable"]),
    ]
    if let word = words.first(where: { $0.1.contains { Fold.key($0) == key } }) {
      self = word.0
    } else {
      guard kind == .level else { return nil }
      let digits = Width.halved(text).filter { $0.isASCII && $0.isNumber }
      guard digits.count == 1, let level = AnswerValue(text: digits), key.count <= 8 else { return nil }
      self = level
    }
    switch self {
    case .yes, .no: guard kind == .yesNo else { return nil }
    default: break
    }
  }
}
