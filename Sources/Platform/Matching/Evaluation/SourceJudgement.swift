import Advisories

/// Several sources, one verdict. A supplier's word on its own product goes first; where sources contradict each other, a person
/// decides.
struct SourceJudgement {
  private let views: [SourceView]
  private let component: PreparedComponent

  init(_ views: [SourceView], _ component: PreparedComponent) {
    self.views = views
    self.component = component
  }

  var verdict: (Answer.Verdict, OpenQuestion?) {
    let isDenied = views.contains { $0.verdict == .notAffected }
    let isAffected = views.contains { $0.verdict == .affected }
    if views.contains(where: isSuppressing) { return (.suppressed, nil) }
    if views.contains(where: { $0.verdict == .underInvestigation }), !isAffected {
      return (.affected(.conditional), .underInvestigation)
    }
    let questions = views.compactMap { view -> OpenQuestion? in
      if case .possible(let question) = view.verdict { question } else { nil }
    }
    if isAffected {
      if isDenied { return (.affected(.conditional), .sourcesDisagree) }
      if component.component.confidence != .certain { return (.affected(.conditional), .product) }
      if component.component.carriesBackports { return (.affected(.conditional), .backports) }
      // Only NVD knows what must be there beside; who lists versions alone does not contradict it.
      if let companion = questions.first(where: \.isCompanion) { return (.affected(.conditional), companion) }
      if isByNameAlone { return (.affected(.conditional), .versionIncomparable) }
      return (.affected(.confirmed), nil)
    }
    if let question = questions.first {
      // A source with ranges knows more than one that names the product alone, or a build line of Windows that is not this.
      if isDenied, questions.allSatisfy({ $0 == .productOnly || ($0 == .windowsBuild && isBuildKnown) }) {
        return (.notAffected, nil)
      }
      // Who cannot compare the version contradicts nobody: it stays open, but what must be looked up is the order of versions.
      if isDenied, questions.allSatisfy({ $0 == .productOnly || $0 == .versionIncomparable }) {
        return (.affected(.conditional), .versionIncomparable)
      }
      return (.affected(.conditional), isDenied ? .sourcesDisagree : question)
    }
    return isDenied ? (.notAffected, nil) : (.notListed, nil)
  }

  private var isBuildKnown: Bool { component.build?.revision != nil }

  /// Whether a year is all that says yes, while another source counts in numbers that it cannot be held against.
  private var isByNameAlone: Bool {
    views.allSatisfy { $0.verdict != .affected || $0.isByYear }
      && views.contains { $0.verdict == .possible(.versionIncomparable) || $0.verdict == .notListed }
  }

  /// A supplier's statement (CSAF, VEX) that it does not concern this version.
  private func isSuppressing(_ view: SourceView) -> Bool {
    view.isSupplier && (view.verdict == .fixed || view.verdict == .notAffected)
  }
}

extension OpenQuestion {
  var isCompanion: Bool { if case .companion = self { true } else { false } }
}
