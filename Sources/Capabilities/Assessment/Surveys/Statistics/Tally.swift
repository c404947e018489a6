/// What was answered, counted: for each column by stratum and value. Filled one respondent at a time from the packed
/// text; nothing of a respondent is kept but free text and numbers, without who.
package struct Tally: Sendable {
  /// One column of the questionnaire.
  package struct Column: Sendable {
    /// By stratum, then by choice.
    package fileprivate(set) var counts: [[Int]]
    /// By stratum: asked, but left empty.
    package fileprivate(set) var empty: [Int]
    /// By stratum: not asked.
    package fileprivate(set) var notAsked: [Int]
    /// By stratum: the numbers, in no order that says who.
    package fileprivate(set) var numbers: [[Int]]
    /// By stratum: how many answered at all; for several choices this is not the sum of the counts.
    package fileprivate(set) var answered: [Int]
  }

  package let strata: [String]
  package private(set) var columns: [Column]
  /// By stratum.
  package private(set) var respondents: [Int]

  private let readers: [Reader]
  private let stratumPlaces: [String: Int]

  /// What a value of a column is.
  private enum Reader: Sendable {
    case one([[UInt8]])
    case several([[UInt8]])
    case number
    case other
  }

  package init(_ questionnaire: Questionnaire, strata: [String]) {
    self.strata = strata
    stratumPlaces = Dictionary(strata.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
    respondents = Array(repeating: 0, count: strata.count)
    let questions = Dictionary(questionnaire.questions.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    let found = questionnaire.columns.map { questions[$0.question] }
    readers = found.map { question in
      let keys = (question?.choices ?? []).map { Array($0.key.utf8) }
      return switch question?.kind {
      case .yesNo, .choice, .matrix: .one(keys)
      case .choices: .several(keys)
      case .number: .number
      default: .other
      }
    }
    let none = Array(repeating: 0, count: strata.count)
    columns = found.map { question in
      Column(
        counts: Array(repeating: Array(repeating: 0, count: question?.choices.count ?? 0), count: strata.count),
        empty: none,
        notAsked: none,
        numbers: Array(repeating: [], count: strata.count),
        answered: none
      )
    }
  }

  /// Adds one respondent; one of a stratum that is not known is not counted.
  package mutating func add(packed text: String, stratum: String) {
    guard let place = stratumPlaces[stratum] else { return }
    respondents[place] += 1
    var text = text
    text.withUTF8 { bytes in
      var (column, start) = (0, 0)
      while column < columns.count {
        var end = start
        while end < bytes.count, bytes[end] != SurveyAnswers.separator { end += 1 }
        take(UnsafeBufferPointer(rebasing: bytes[min(start, bytes.count)..<end]), column, place)
        column += 1
        start = min(end + 1, bytes.count)
      }
    }
  }

  private mutating func take(_ value: UnsafeBufferPointer<UInt8>, _ column: Int, _ stratum: Int) {
    guard let first = value.first else {
      columns[column].empty[stratum] += 1
      return
    }
    if first == 0x1A {
      columns[column].notAsked[stratum] += 1
      return
    }
    columns[column].answered[stratum] += 1
    switch readers[column] {
    case .one(let keys):
      if let found = Self.find(value, keys) { columns[column].counts[stratum][found] += 1 }
    case .several(let keys):
      for part in value.split(separator: SurveyAnswers.inner) {
        if let found = Self.find(UnsafeBufferPointer(rebasing: part), keys) {
          columns[column].counts[stratum][found] += 1
        }
      }
    case .number:
      if let number = Int(String(decoding: value, as: UTF8.self)) { columns[column].numbers[stratum].append(number) }
    case .other: break
    }
  }

  private static func find(_ value: UnsafeBufferPointer<UInt8>, _ keys: [[UInt8]]) -> Int? {
    keys.firstIndex { $0.count == value.count && $0.elementsEqual(value) }
  }
}
