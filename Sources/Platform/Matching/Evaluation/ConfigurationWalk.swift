import Advisories

/// Evaluates the configurations of one advisory over all components of one asset, in three values and in one walk over the
/// bytes; only criteria of products that the asset has are looked into (C1–C4).
struct ConfigurationWalk {
  /// What the asset has of one product of the advisory.
  private struct Product {
    let part: Part
    let vendor: UnsafeBufferPointer<UInt8>
    let product: UnsafeBufferPointer<UInt8>
    /// In `AssetComponents.places.components`.
    let places: Range<Int>
  }

  /// A criterion that a component fulfils or may fulfil.
  private struct Candidate {
    let component: Int
    var truth: Truth
    let criterion: CompactCriterion
    let question: OpenQuestion?
    let node: Int
  }

  private struct Node {
    let junction: Junction
    let isNegated: Bool
    var value: Truth
    /// The platform whose presence is open, or taken for granted.
    var open: Int?
    var assumed: Int?
    /// What is open about a component that is there.
    var question: OpenQuestion?
    /// The one component by which it holds, where it is the platform `-` of that component's own product; nil else.
    var ownPlatform: Int?
    var ownPlatformProduct = 0
  }

  private let asset: AssetComponents
  private var products: [Product] = []
  private var nodes: [Node] = []
  private var candidates: [Candidate] = []
  private var junction = Junction.or
  private var isNegated = false
  /// At most one a component; hardly ever more than one or two.
  private var hits: [ConfigurationHit] = []
  /// Whether nobody asks which components are hit and why: then the walk ends with the first that is hit for sure.
  private let isBrief: Bool
  private var certainty: Certainty?
  /// Components whose Windows build a range of its own build line rules out, and those that a range of another line leaves
  /// open: for who is both, the other line says nothing.
  private var ruledOut: Set<Int> = []
  private var leftOpen: Set<Int> = []
  /// Who was found to be both by a walk before this one.
  private let settled: Set<Int>

  /// What is hit, each component at most once.
  static func hits(_ configurations: CompactConfigurations, _ asset: AssetComponents) -> [ConfigurationHit] {
    guard !configurations.isEmpty else { return [] }
    return walked(configurations, asset, isBrief: false).hits
  }

  /// How sure it is that any component is hit, nil where none is: the best of `hits`, without making them.
  static func certainty(_ configurations: CompactConfigurations, _ asset: AssetComponents) -> Certainty? {
    guard !configurations.isEmpty else { return nil }
    return walked(configurations, asset, isBrief: true).certainty
  }

  private static func walked(
    _ configurations: CompactConfigurations,
    _ asset: AssetComponents,
    isBrief: Bool
  ) -> ConfigurationWalk {
    var walk = ConfigurationWalk(asset, isBrief: isBrief)
    walk.run(configurations)
    let settled = walk.ruledOut.intersection(walk.leftOpen)
    // Which of two ranges comes first is chance, so that only a second walk knows.
    if settled.isEmpty { return walk }
    walk = ConfigurationWalk(asset, isBrief: isBrief, settled: settled)
    walk.run(configurations)
    return walk
  }

  private init(_ asset: AssetComponents, isBrief: Bool, settled: Set<Int> = []) {
    self.asset = asset
    self.isBrief = isBrief
    self.settled = settled
  }

  private mutating func run(_ configurations: CompactConfigurations) {
    var isConcerned = false
    // As many as most advisories name.
    products.reserveCapacity(8)
    // The bytes of the table stay where they are as long as the walk does.
    configurations.withWalk(eachProduct: { part, vendor, product, isVulnerable in
      let places = asset.places(part, vendor, product)
      if isVulnerable, !places.isEmpty { isConcerned = true }
      products.append(Product(part: part, vendor: vendor, product: product, places: places))
    }) { walk in
      guard isConcerned else { return }
      nodes.reserveCapacity(4)
      candidates.reserveCapacity(8)
      while certainty != .confirmed, let step = walk.next() {
        switch step {
        case .configuration(let junction, let isNegated):
          endConfiguration()
          self.junction = junction
          self.isNegated = isNegated
        case .node(let junction, let isNegated):
          nodes.append(Node(junction: junction, isNegated: isNegated, value: junction == .or ? .no : .yes))
        case .criterion(let criterion): take(criterion)
        }
      }
      endConfiguration()
    }
  }

  private mutating func take(_ criterion: CompactCriterion) {
    guard products.indices.contains(criterion.product), !nodes.isEmpty else { return }
    let node = nodes.count - 1
    let places = products[criterion.product].places
    guard !places.isEmpty else {
      // Without AND nothing that is absent matters.
      if junction == .and || nodes[node].junction == .and { takeAbsent(criterion, node) }
      return
    }
    let part = products[criterion.product].part
    let isAlternative = isAlternative(node)
    var best = CriterionCheck.no
    for place in places {
      let index = asset.places.components[place]
      let check = self.check(criterion, part, index)
      if check.truth > best.truth { best = check }
      guard criterion.isVulnerable, check.truth != .no else { continue }
      // Nothing else has a say in what counts by itself.
      if isBrief, isAlternative {
        certainty = check.truth == .yes ? .confirmed : .conditional
        if check.truth == .yes { return }
        continue
      }
      candidates.append(
        Candidate(component: index, truth: check.truth, criterion: criterion, question: check.question, node: node)
      )
    }
    // What every criterion says matters only where something must hold beside it.
    if isAlternative { return }
    keepPlatform(criterion, best.truth, node)
    add(best.truth, to: node)
    if best.truth == .unknown { nodes[node].question = nodes[node].question ?? best.question }
  }

  private mutating func check(_ criterion: CompactCriterion, _ part: Part, _ index: Int) -> CriterionCheck {
    let component = asset.prepared[index]
    let check = CriterionCheck(criterion, part: part, against: component)
    guard component.build != nil else { return check }
    switch check.buildLine(criterion, component) {
    case .ruledOut: ruledOut.insert(index)
    case .other where settled.contains(index): return .no
    case .other: leftOpen.insert(index)
    case nil: break
    }
    return check
  }

  /// Whether a criterion of the node counts by itself: there is no AND and no NOT about it.
  private func isAlternative(_ node: Int) -> Bool {
    junction == .or && !isNegated && nodes[node].junction == .or && !nodes[node].isNegated
  }

  /// `iphone_os:-` beside `iphone_os` below 4.1 speaks of the device: a product is not its own platform.
  private mutating func keepPlatform(_ criterion: CompactCriterion, _ truth: Truth, _ node: Int) {
    guard truth == .yes else { return }
    let places = products[criterion.product].places
    if !criterion.isVulnerable, criterion.versionKind == 1, places.count == 1, nodes[node].value != .yes {
      nodes[node].ownPlatform = asset.places.components[places.lowerBound]
      nodes[node].ownPlatformProduct = criterion.product
    } else {
      nodes[node].ownPlatform = nil
    }
  }

  private mutating func takeAbsent(_ criterion: CompactCriterion, _ node: Int) {
    let product = products[criterion.product]
    let presence = asset.presence(
      product.part,
      vendor: String(decoding: product.vendor, as: UTF8.self),
      product: String(decoding: product.product, as: UTF8.self)
    )
    switch presence {
    case .absent: add(.no, to: node)
    case .unknown:
      add(.unknown, to: node)
      nodes[node].open = nodes[node].open ?? criterion.product
    case .present:
      // Of the family a version is only known where the platform does not ask for one.
      let isEnough = criterion.versionKind < 2 && criterion.lower == nil && criterion.upper == nil
      add(isEnough ? .yes : .unknown, to: node)
      if !isEnough { nodes[node].open = nodes[node].open ?? criterion.product }
    case .assumed:
      add(.yes, to: node)
      nodes[node].assumed = nodes[node].assumed ?? criterion.product
    }
  }

  private mutating func add(_ truth: Truth, to node: Int) {
    nodes[node].value = nodes[node].junction == .or ? nodes[node].value || truth : nodes[node].value && truth
  }

  private mutating func endConfiguration() {
    defer {
      nodes.removeAll(keepingCapacity: true)
      candidates.removeAll(keepingCapacity: true)
    }
    guard !isNegated, !candidates.isEmpty else { return }
    for candidate in candidates where certainty != .confirmed && !nodes[candidate.node].isNegated { keep(candidate) }
  }

  /// The worth of a candidate: its own truth, with that of all that must hold beside it.
  private mutating func keep(_ candidate: Candidate) {
    var truth = candidate.truth
    var question = candidate.question
    var assumed: Int?
    for (index, node) in nodes.enumerated() {
      let isOwn = index == candidate.node
      guard isOwn ? node.junction == .and : junction == .and else { continue }
      var value = node.isNegated ? !node.value : node.value
      if !isOwn, value == .yes, node.ownPlatform == candidate.component {
        value = .unknown
        question = isBrief ? nil : .companion(name(node.open ?? node.ownPlatformProduct))
      }
      if value == .unknown, truth == .yes, !isBrief {
        question = node.open.map { .companion(name($0)) } ?? node.question ?? question
      }
      truth = truth && value
      if value == .yes, let taken = node.assumed { assumed = taken }
    }
    guard truth != .no else { return }
    let certainty: Certainty = truth == .yes ? .confirmed : .conditional
    if isBrief {
      if self.certainty != .confirmed { self.certainty = certainty }
      return
    }
    let place = hits.firstIndex { $0.component == candidate.component }
    let fixed = fixedVersion(candidate, truth)
    if let place, hits[place].certainty == .confirmed || certainty == .conditional {
      if let fixed, hits[place].certainty == certainty, !hits[place].fixedVersions.contains(fixed) {
        hits[place].fixedVersions.append(fixed)
      }
      return
    }
    let hit = ConfigurationHit(
      component: candidate.component,
      certainty: certainty,
      criterion: candidate.criterion.decoded(name(candidate.criterion.product)),
      question: certainty == .confirmed ? nil : question,
      assumed: assumed.map(name),
      fixedVersions: fixed.map { [$0] } ?? []
    )
    if let place { hits[place] = hit } else { hits.append(hit) }
  }

  private func fixedVersion(_ candidate: Candidate, _ truth: Truth) -> String? {
    guard let upper = candidate.criterion.upper, !candidate.criterion.isUpperIncluded else { return nil }
    return String(decoding: upper, as: UTF8.self)
  }

  private func name(_ index: Int) -> ProductName {
    let product = products[index]
    return ProductName(
      product.part,
      vendor: String(decoding: product.vendor, as: UTF8.self),
      product: String(decoding: product.product, as: UTF8.self)
    )
  }
}
