import Design
import Nouns
import Text
import Time

/// What there is to decide about the self-checks, made from the rounds by fixed rules.
extension Decision {
  /// What a director's page is made of.
  package struct Basis: Sendable {
    /// Answers that claim more than the records show, or than a vendor says.
    package var contradicted: [(checklist: Localized, count: Int, link: String)] = []
    /// Noes whose target date has passed, and noes without one, of the form of the year.
    package var late = 0
    package var undated = 0
    package var formLink = ""
    package var measures: [MeasureRanking.Line] = []
    package var measuresLink = ""

    package init() {}
  }

  /// At most three, the most pressing first: answers that do not hold, promises that were not kept, then the measures that
  /// raise the level most for what they take. Fewer where there is less to decide.
  package static func three(_ basis: Basis) -> [Decision] {
    var decisions: [Decision] = []
    let contradicted = basis.contradicted.reduce(0) { $0 + $1.count }
    if contradicted > 0, let first = basis.contradicted.first {
      decisions.append(
        Decision(
          title: Localized(
            ja: "記録と違う答え\(contradicted)件を、だれが、いつまでに正すか",
            en: "Who mends \(contradicted) contradicted answers, by when"
          ),
          reason: Localized(
            ja:
              "「できている」とした答えを、病院の記録や事業者の答えが裏付けていません（\(basis.contradicted.map { "\($0.checklist.ja) \($0.count)件" }.joined(separator: "、"))）。",
            en:
              "What was answered goes beyond what the records or the vendors say (\(basis.contradicted.map { "\($0.checklist.en): \($0.count)" }.joined(separator: "; ")))."
          ),
          link: first.link
        )
      )
    }
    if basis.late + basis.undated > 0 {
      decisions.append(
        Decision(
          title: Localized(
            ja: "「いいえ」の項目の目標日と担当を決め直すか",
            en: "New target dates and owners for items answered no"
          ),
          reason: Localized(
            ja: [
              basis.late > 0 ? "目標日を過ぎたものが\(basis.late)件" : "", basis.undated > 0 ? "目標日のないものが\(basis.undated)件" : "",
            ].filter { !$0.isEmpty }.joined(separator: "、") + "あります。",
            en: [
              basis.late > 0 ? basis.late.english("is past its target date", "are past their target date") : "",
              basis.undated > 0 ? basis.undated.english("has no target date", "have no target date") : "",
            ].filter { !$0.isEmpty }.joined(separator: ", ") + "."
          ),
          link: basis.formLink
        )
      )
    }
    for line in basis.measures.prefix(max(0, 3 - decisions.count)) {
      decisions.append(order(line, basis.measuresLink))
    }
    return decisions
  }

  private static func order(_ line: MeasureRanking.Line, _ link: String) -> Decision {
    let (title, weight) = (line.measure.title, line.weight)
    let lift = line.liftsWeakest
    return Decision(
      title: weight.cost == .none
        ? Localized(ja: "「\(title.ja)」に担当者の時間を充てるか", en: "Give people time for “\(title.en)”")
        : Localized(ja: "「\(title.ja)」に費用を充てるか", en: "Pay for “\(title.en)”"),
      reason: Localized(
        ja:
          "\(line.measure.act.ja)目標まで、項目を合わせて\(line.lack)段階足りません。目安は\(weight.label.ja)。\(lift ? "いちばん弱いところが上がります。" : "")",
        en:
          "\(line.measure.act.en) Its items together are \(line.lack) levels short of the goal. It takes: \(weight.label.en).\(lift ? " It lifts the weakest link." : "")"
      ),
      link: link
    )
  }
}
