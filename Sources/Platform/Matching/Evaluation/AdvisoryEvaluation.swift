import Advisories
import Synchronization
import Time

/// Evaluates what all sources say of one vulnerability for one asset, and explains the answer. A class, since it is handed on
/// millions of times, and to several cores at once.
package final class AdvisoryEvaluation: Sendable {
  package let asset: AssetComponents
  private let renames: ProductRenames
  private let support: SupportIndex
  private let today: LocalDate
  private let resolve: @Sendable (_ vendor: String, _ product: String) -> [ProductName]
  /// Made when the first source speaks by a list of its own: of most assets none does.
  private let evaluations = Mutex<[StatementEvaluation]?>(nil)

  /// `support` holds release lines, for the remark on versions that nobody lists; their ends are held against `today`.
  /// `resolve` tells what a dictionary takes the words of a vendor and a product for (JVN writes Japanese names).
  package init(
    _ asset: AssetComponents,
    support: SupportIndex = .empty,
    today: LocalDate,
    renames: ProductRenames = .shared,
    resolve: @escaping @Sendable (_ vendor: String, _ product: String) -> [ProductName] = { _, _ in [] }
  ) {
    self.asset = asset
    self.support = support
    self.today = today
    self.renames = renames
    self.resolve = resolve
  }

  private func statementEvaluations() -> [StatementEvaluation] {
    evaluations.withLock { kept in
      if let kept { return kept }
      let platforms = PlatformFit(asset)
      let made = asset.prepared.map { StatementEvaluation($0, on: platforms, renames: renames, resolve: resolve) }
      kept = made
      return made
    }
  }

  /// The answers of all sources together, one for each component that any of them speaks of. The advisories are of one
  /// vulnerability, from several feeds. A rejected one has no answers (C5).
  package func answers(_ advisories: [Advisory]) -> [Answer] { answers(advisories, [:], affectedOnly: false) }

  /// The same, but only where something concerns the asset (確定 or 要確認): what a comparison of many assets asks for. Whether
  /// a version is merely not listed is not looked into.
  package func affected(_ advisories: [Advisory]) -> [Answer] {
    answers(advisories, [:], affectedOnly: true).filter { $0.certainty != nil }
  }

  /// The same, with what concerns the asset by one source and is denied by the supplier of the product (CSAF, VEX): such an
  /// answer is `suppressed` and says why. `stated` is what the maker of the asset says of its components, by their index.
  package func concerned(_ advisories: [Advisory], stated: [Int: ComponentStatement] = [:]) -> [Answer] {
    answers(advisories, stated, affectedOnly: true).filter { $0.certainty != nil || $0.isDenied }
  }

  /// How sure it is that any component is concerned, nil where none is. What one list of configurations alone says is read
  /// by the quick walk; several sources are judged together, so that `affected[]` counts where there is no configuration.
  package func certainty(_ advisories: [Advisory]) -> Certainty? {
    func speaks(_ one: Advisory) -> Bool {
      !one.configurations.isEmpty || !one.affected.isEmpty || !one.statements.isEmpty
    }
    let speaking = advisories.count == 1 ? advisories : advisories.filter(speaks)
    if speaking.count == 1, speaking[0].affected.isEmpty, speaking[0].statements.isEmpty {
      return speaking[0].state == .rejected ? nil : asset.certainty(speaking[0].configurations)
    }
    let found = affected(speaking).compactMap(\.certainty)
    return found.contains(.confirmed) ? .confirmed : found.first
  }

  private func answers(
    _ advisories: [Advisory],
    _ stated: [Int: ComponentStatement],
    affectedOnly: Bool
  ) -> [Answer] {
    guard !advisories.contains(where: { $0.state == .rejected }) else { return [] }
    let isDisputed = advisories.contains(where: \.isDisputed)
    let walks = advisories.map { ConfigurationWalk.hits($0.configurations, asset) }
    let sayMore = advisories.contains { !$0.affected.isEmpty || !$0.statements.isEmpty }
    let evaluations = sayMore ? statementEvaluations() : []
    // Of the dozens of programs of a device an advisory hits one: the others are not looked at.
    let concerned: [Int]
    if affectedOnly, !sayMore {
      concerned = Set(walks.joined().map(\.component)).union(stated.keys).sorted()
    } else {
      concerned = Array(asset.prepared.indices)
    }
    var answers: [Answer] = []
    for index in concerned {
      var hit: ConfigurationHit?
      var views: [SourceView] = []
      var silent: [Int] = []
      for place in advisories.indices {
        if let found = walks[place].first(where: { $0.component == index }) {
          if hit == nil || found.certainty == .confirmed { hit = found }
          views.append(Self.view(found, of: advisories[place].feed))
        } else {
          silent.append(place)
        }
        if sayMore { views += statements(advisories[place], evaluations[index]) }
      }
      if let own = stated[index] { views.append(own.view) }
      let component = asset.prepared[index]
      // A source that does not list the version matters where another does.
      if !affectedOnly || views.contains(where: \.isAffirmative) {
        views += silent.compactMap { missed(advisories[$0], component) }
      }
      guard !views.isEmpty else { continue }
      answers.append(answer(index, component, views, hit, isDisputed: isDisputed))
    }
    return answers
  }

  private func statements(_ advisory: Advisory, _ evaluation: StatementEvaluation) -> [SourceView] {
    var views: [SourceView] = []
    var sources: [String] = []
    for product in advisory.affected where !sources.contains(product.source) { sources.append(product.source) }
    for source in sources {
      if let view = evaluation.view(advisory.affected.filter { $0.source == source }, source: source) {
        views.append(view)
      }
    }
    return views + advisory.statements.compactMap(evaluation.view)
  }

  private static func view(_ hit: ConfigurationHit, of feed: FeedKind) -> SourceView {
    SourceView(
      source(feed),
      hit.certainty == .confirmed ? .affected : .possible(hit.question ?? .productOnly),
      range: hit.criterion.range ?? single(hit.criterion),
      fixedVersions: hit.fixedVersions
    )
  }

  private static func single(_ criterion: Criterion) -> VersionRange? {
    if case .value(let version) = criterion.name.version { .only(version) } else { nil }
  }

  private static func source(_ feed: FeedKind) -> String {
    switch feed {
    case .nvdOverlay: "nvdOverlay"
    default: "nvd"
    }
  }

  /// The configurations name the product, but none of their ranges holds the version.
  private func missed(_ advisory: Advisory, _ component: PreparedComponent) -> SourceView? {
    guard !advisory.configurations.isEmpty else { return nil }
    let own = renames.names(of: component.product)
    guard
      advisory.configurations.products.contains(where: { name in
        own.contains { $0.vendor == name.vendor && $0.product == name.product }
      })
    else { return nil }
    var ranges: [VersionRange] = []
    for configuration in advisory.configurations.decoded() {
      for criterion in configuration.nodes.flatMap(\.criteria) where criterion.isVulnerable {
        guard
          own.contains(where: {
            $0.vendor == criterion.name.product.vendor && $0.product == criterion.name.product.product
          })
        else { continue }
        if let range = criterion.range ?? Self.single(criterion) { ranges.append(range) }
      }
    }
    guard !ranges.isEmpty else { return nil }
    return SourceView(
      Self.source(advisory.feed),
      RangeListing.verdict(component, outside: ranges)
    )
  }

  /// Releases that the end of one source's range alone does not show to exist, but that another source ends at, too.
  private static func proven(_ views: [SourceView]) -> [String] {
    views.flatMap { view in
      view.unprovenFixes.filter { fix in views.contains { $0.source != view.source && $0.unprovenFixes.contains(fix) } }
    }
  }

  private func answer(
    _ index: Int,
    _ component: PreparedComponent,
    _ views: [SourceView],
    _ hit: ConfigurationHit?,
    isDisputed: Bool
  ) -> Answer {
    let version = component.versionKind == .value ? component.component.writtenVersion ?? component.version.raw : nil
    var explanation = Explanation(product: component.product, version: version, sources: views)
    explanation.criterion = hit?.criterion
    explanation.assumed = hit?.assumed
    explanation.isDisputed = isDisputed
    for fixed in views.flatMap(\.fixedVersions) + Self.proven(views) where !explanation.fixedVersions.contains(fixed) {
      explanation.fixedVersions.append(fixed)
    }
    explanation.endedCycle = version.flatMap { _ in
      support.ended(component.product, version: component.version.raw, on: today)
    }
    let (verdict, question) = SourceJudgement(views, component).verdict
    explanation.question = question
    explanation.sourcesDisagree = question == .sourcesDisagree
    return Answer(component: index, verdict: verdict, explanation: explanation)
  }
}
