import Time

/// Who answered at a vendor, on which day, and how the answers came.
package struct VendorReply: Sendable, Hashable {
  package let way: VendorForm.Way
  package let respondent: String
  package let on: LocalDate

  package init(_ way: VendorForm.Way, _ respondent: String, on: LocalDate) {
    self.way = way
    self.respondent = respondent
    self.on = on
  }

  /// As the journal keeps it.
  var text: String { "\(respondent), \(way.rawValue), \(on.iso)" }

  /// Characters of who answered.
  static let longestName = 200

  /// The same with what is wrong: nobody named, or a day that is still to come.
  func check(on today: LocalDate) throws(AnswerProblems) {
    var problems = AnswerProblems()
    if respondent.isEmpty || respondent.count > Self.longestName {
      problems.add("respondent", "事業者の誰が答えたかを入力してください。", "Say who at the vendor answered.")
    }
    if on > today {
      problems.add("repliedOn", "答えた日は今日までの日にしてください。", "The day of the answer lies in the future.")
    }
    guard problems.list.isEmpty else { throw problems }
  }
}
