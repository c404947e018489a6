import Advisories
import Text

/// Turns the parts of an explanation into sentences.
enum ExplanationSentences {
  static func sentence(_ answer: Answer) -> Localized {
    let explanation = answer.explanation
    let what = name(explanation)
    switch answer.verdict {
    case .affected(.confirmed): return affected(explanation, what)
    case .affected(.conditional):
      let question =
        explanation.sourcesDisagree
        ? disagreement(explanation) : explanation.question?.title ?? Localized(ja: "", en: "")
      return Localized(
        ja: "\(what.ja)は該当する可能性があります。\(question.ja)",
        en: "\(what.en) may be affected. \(question.en)"
      )
    case .notAffected:
      return Localized(ja: "\(what.ja)は該当しません。", en: "\(what.en) is not affected.")
    case .notListed:
      let ended = explanation.endedCycle.map { cycle in
        Localized(
          ja: "\(cycle.label) \(cycle.cycle) はサポートが終わっているため、調べられていない可能性があります。",
          en: " \(cycle.label) \(cycle.cycle) is out of support, so nobody may have looked."
        )
      }
      return Localized(
        ja: "\(what.ja)の系統は、どの情報源の対象範囲にも載っていません。安全とは言えません。" + (ended?.ja ?? ""),
        en: "No source lists the branch of \(what.en). That does not make it safe." + (ended?.en ?? "")
      )
    case .suppressed:
      let view = explanation.sources.first { $0.verdict == .fixed || $0.verdict == .notAffected }
      let why = view?.justification ?? ""
      return Localized(
        ja: "\(view?.title ?? "")が、\(what.ja)は\(view?.verdict == .fixed ? "修正済み" : "影響を受けない")と公表しています"
          + (why.isEmpty ? "。" : "（\(why)）。"),
        en: "\(view?.title ?? "") states that \(what.en) is "
          + (view?.verdict == .fixed ? "fixed" : "not affected") + (why.isEmpty ? "." : " (\(why)).")
      )
    }
  }

  static func lines(_ answer: Answer) -> [Localized] {
    let explanation = answer.explanation
    var lines = [sentence(answer)]
    for view in explanation.sources { lines.append(line(view)) }
    if let assumed = explanation.assumed {
      lines.append(
        Localized(
          ja: "機器本体の型番は確認できていませんが、\(assumed.vendor) の対象機種（\(assumed.product)）とみなしています。",
          en:
            "The model is not confirmed; it is taken for one of \(assumed.vendor)'s models concerned (\(assumed.product))."
        )
      )
    }
    if !explanation.fixedVersions.isEmpty {
      let versions = explanation.fixedVersions.joined(separator: "、")
      lines.append(
        Localized(
          ja: "\(versions) で修正されています。",
          en: "Fixed in \(explanation.fixedVersions.joined(separator: ", "))."
        )
      )
    }
    if let cycle = explanation.endedCycle, answer.verdict != .notListed {
      lines.append(
        Localized(
          ja: "\(cycle.label) \(cycle.cycle) はサポートが終わっています。",
          en: "\(cycle.label) \(cycle.cycle) is out of support."
        )
      )
    }
    if explanation.isDisputed {
      lines.append(
        Localized(ja: "この脆弱性には異議が出ています（disputed）。", en: "This vulnerability is disputed.")
      )
    }
    return lines
  }

  /// Who says yes, who leaves it open and who says no, by name. A source that cannot tell has not said yes.
  private static func disagreement(_ explanation: Explanation) -> Localized {
    func names(_ include: (SourceView) -> Bool) -> [String] {
      Set(explanation.sources.filter(include).map(\.title)).sorted()
    }
    let opinions: [(names: [String], said: Localized)] = [
      (names { $0.verdict == .affected }, Localized(ja: "該当する", en: "that it is affected")),
      (names(\.isOpen), Localized(ja: "要確認", en: "that it may be")),
      (
        names { $0.verdict == .notAffected || $0.verdict == .fixed },
        Localized(ja: "該当しない", en: "that it is not")
      ),
    ]
    let said = opinions.filter { !$0.names.isEmpty }
    let ja = said.map { "\($0.names.joined(separator: "・"))は\($0.said.ja)" }.joined(separator: "、")
    let en = said.map { "\($0.names.joined(separator: ", ")) \($0.names.count == 1 ? "says" : "say") \($0.said.en)" }
      .joined(separator: "; ")
    return Localized(ja: "情報源によって判断が分かれています。\(ja)としています。", en: "The sources disagree: \(en).")
  }

  private static func affected(_ explanation: Explanation, _ what: Localized) -> Localized {
    let view = explanation.sources.first { $0.verdict == .affected }
    let sources = explanation.sources.filter { $0.verdict == .affected }.map(\.title)
    let who = Set(sources).sorted().joined(separator: "、")
    guard let range = view?.range, range.lower != nil || range.upper != nil else {
      return Localized(ja: "\(what.ja)は該当します（\(who)）。", en: "\(what.en) is affected (\(who)).")
    }
    return Localized(
      ja: "\(what.ja)は、該当範囲「\(range.words.ja)」に入っています（\(who)）。",
      en: "\(what.en) lies in the affected range “\(range.words.en)” (\(who))."
    )
  }

  private static func line(_ view: SourceView) -> Localized {
    let range = view.range.map { " \($0.words.ja)" } ?? ""
    let english = view.range.map { " (\($0.words.en))" } ?? ""
    switch view.verdict {
    case .affected: return Localized(ja: "\(view.title)：該当\(range)", en: "\(view.title): affected\(english)")
    case .possible(let question):
      return Localized(ja: "\(view.title)：要確認。\(question.title.ja)", en: "\(view.title): open. \(question.title.en)")
    case .notAffected: return Localized(ja: "\(view.title)：該当しない\(range)", en: "\(view.title): not affected\(english)")
    case .notListed: return Localized(ja: "\(view.title)：この系統は載っていない", en: "\(view.title): this branch is not listed")
    case .fixed: return Localized(ja: "\(view.title)：修正済み\(range)", en: "\(view.title): fixed\(english)")
    case .underInvestigation: return Localized(ja: "\(view.title)：調査中", en: "\(view.title): under investigation")
    }
  }

  private static func name(_ explanation: Explanation) -> Localized {
    let product = "\(explanation.product.vendor) \(explanation.product.product)"
    guard let version = explanation.version else { return Localized(both: product) }
    return Localized(both: "\(product) \(version)")
  }
}
