import ArgumentParser
import Assessment
import Text
import Time

/// Who answered for the vendor that is asked for an item, on which day, and how it came.
struct VendorReplyOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Help.text("事業者に頼んだ項目なら、事業者の誰が答えたか", "Who answered at the vendor that is asked")))
  var respondent: String?
  @Option(help: ArgumentHelp(Help.text("事業者が答えた日（年-月-日）。書かなければ今日", "Day of its answer, YYYY-MM-DD; today without")))
  var repliedOn: String?
  @Option(help: "file | paper | telephone") var way = VendorForm.Way.paper.rawValue

  /// Throws `CommandProblem.badInput`.
  func check() throws(CommandProblem) {
    _ = try AssessCommand.day(repliedOn, "--replied-on")
    guard let way = VendorForm.Way(rawValue: way), VendorForm.Way.byHand.contains(way) else {
      let all = VendorForm.Way.byHand.map(\.rawValue).joined(separator: ", ")
      throw .badInput(Localized(ja: "--way は \(all) のどれかです。", en: "--way is one of \(all)."))
    }
  }

  /// Nil where the hospital answers itself.
  func reply(today: LocalDate) -> VendorReply? {
    respondent.map { who in
      VendorReply(VendorForm.Way(rawValue: way) ?? .paper, who, on: repliedOn.flatMap(LocalDate.init(iso:)) ?? today)
    }
  }
}
