import Packs
import Text

/// A line of the papers for a survey by a contractor, from the pack `surveys/contractor.yaml`.
struct SurveyPaper: Sendable {
  /// 依頼書, 作業手順書, 誓約書, 技術面の確認票.
  enum Part: String, Sendable, CaseIterable { case request, procedure, pledge, review }

  let part: Part
  let text: Localized

  static let all: [SurveyPaper] = Packs.require(path, read)
  static let pack: Pack = Packs.require(path) { $0 }

  private static let path = "surveys/contractor.yaml"

  private static func read(_ pack: Pack) throws(PackError) -> [SurveyPaper] {
    var papers: [SurveyPaper] = []
    for entry in pack.entries {
      try entry.allow(["part", "text"])
      let named = try entry.text("part")
      guard let part = Part(rawValue: named) else {
        throw entry.wrong(
          "part",
          ja: "「part」は request、procedure、pledge、review のどれかです（\(named)）。",
          en: "‘part’ is request, procedure, pledge or review, not \(named)"
        )
      }
      papers.append(SurveyPaper(part: part, text: Localized(try entry.words("text"))))
    }
    return papers
  }
}
