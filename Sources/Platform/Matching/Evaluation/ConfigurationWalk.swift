import Advisories

/// Evaluates the configurations of one advisory over all components of one asset, in three values and in one walk over the
/// bytes; only criteria of products that the asset has are looked into (C1–C4).
struct ConfigurationWalk {
  /// What the asset has of one product of the advisory.
  private struct Product {
    let part: Part
    let vendor: UnsafeBufferPointer<UInt8>
    let product: UnsafeBufferPointer<UInt8>
    let components: [Int]
    let presence: AssetComponents.Presence
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
  private(set) var hits: [Int: ConfigurationHit] = [:]

  /// The hits by component.
  static func hits(_ configurations: CompactConfigurations, _ asset: AssetComponents) -> [Int: ConfigurationHit] {
    guard !configurations.isEmpty else { return [:] }
    var walk = ConfigurationWalk(asset)
    return walk.run(configurations)
  }

  private init(_ asset: AssetComponents) { self.asset = asset }

  private mutating func run(_ configurations: CompactConfigurations) -> [Int: ConfigurationHit] {
    configurations.withWalk { walk in
      var isConcerned = false
      // The bytes of the table stay where they are as long as the walk does.
      configurations.forEachProduct { part, vendor, product, isVulnerable in
        let components = asset.components(part, vendor, product)
        if isVulnerable, !components.isEmpty { isConcerned = true }
        products.append(
          Product(part: part, vendor: vendor, product: product, components: components, presence: .unknown)
        )
      }
      guard isConcerned else { return }
      while let step = walk.next() {
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
    return hits
  }

  private mutating func take(_ criterion: CompactCriterion) {
    guard products.indices.contains(criterion.product), !nodes.isEmpty else { return }
    let product = products[criterion.product]
    let node = nodes.count - 1
    guard !product.components.isEmpty else {
      // Without AND nothing that is absent matters.
      if junction == .and || nodes[node].junction == .and { takeAbsent(criterion, node) }
      return
    }
    var best = CriterionCheck.no
    for index in product.components {
      let check = CriterionCheck(criterion, part: product.part, against: asset.prepared[index])
      if check.truth > best.truth { best = check }
      guard criterion.isVulnerable, check.truth != .no else { continue }
      candidates.append(
        Candidate(component: index, truth: check.truth, criterion: criterion, question: check.question, node: node)
      )
    }
    keepPlatform(criterion, best.truth, node)
    add(best.truth, to: node)
    if best.truth == .unknown { nodes[node].question = nodes[node].question ?? best.question }
  }

  /// `iphone_os:-` beside `iphone_os` below 4.1 speaks of the device: a product is not its own platform.
  private mutating func keepPlatform(_ criterion: CompactCriterion, _ truth: Truth, _ node: Int) {
    guard truth == .yes else { return }
    let components = products[criterion.product].components
    if !criterion.isVulnerable, criterion.versionKind == 1, components.count == 1, nodes[node].value != .yes {
      nodes[node].ownPlatform = components[0]
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
    for candidate in candidates where !nodes[candidate.node].isNegated { keep(candidate) }
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
        question = .companion(name(node.open ?? node.ownPlatformProduct))
      }
      if value == .unknown, truth == .yes {
        question = node.open.map { .companion(name($0)) } ?? node.question ?? question
      }
      truth = truth && value
      if value == .yes, let taken = node.assumed { assumed = taken }
    }
    guard truth != .no else { return }
    let certainty: Certainty = truth == .yes ? .confirmed : .conditional
    let known = hits[candidate.component]
    let fixed = fixedVersion(candidate, truth)
    if let known, known.certainty == .confirmed || certainty == .conditional {
      if let fixed, !known.fixedVersions.contains(fixed), known.certainty == certainty {
        hits[candidate.component]?.fixedVersions.append(fixed)
      }
      return
    }
    hits[candidate.component] = ConfigurationHit(
      component: candidate.component,
      certainty: certainty,
      criterion: candidate.criterion.decoded(name(candidate.criterion.product)),
      question: certainty == .confirmed ? nil : question,
      assumed: assumed.map(name),
      fixedVersions: fixed.map { [$0] } ?? []
    )
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
