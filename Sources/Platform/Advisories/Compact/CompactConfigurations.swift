/// The configurations of one advisory in few bytes, for there are a million criteria in a hundred thousand advisories
/// and most are never looked at. A reader writes the bytes straight from its file; a matcher walks or decodes those it
/// needs.
///
/// The bytes, edition 1; numbers are LEB128, texts a number and that many bytes of UTF-8:
///
///     edition = 1
///     number of products, and for each
///       flags: bits 0–1 part (0 a, 1 o, 2 h), bit 2 some criterion on it is vulnerable, bit 3 vendor as before
///       vendor (text, unless as before), product (text)
///     then, up to the end, one after another
///       0000 00nj  a configuration, 0000 01nj a node of it: j 1 for AND, n negated
///       1aul vvsp  a criterion of the node:
///                  p vulnerable, s product as of the criterion before, vv version (0 ANY, 1 NA, 2 a value, 3 unknown),
///                  l and u bounds follow, a attributes follow; behind it in this order
///                  index of the product (unless s), version (text, if a value),
///                  lower and upper bound (length times 2, plus 1 where included, and the bytes),
///                  a byte with a bit for each attribute that is not ANY (update, edition, language, sw_edition,
///                  target_sw, target_hw, other), and for each 0 for NA, 1 for unknown, else length plus 2 and bytes
///
/// No configurations at all are no bytes. All values are lower-case and unescaped, bounds are as written.
package struct CompactConfigurations: Sendable, Hashable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package init(_ configurations: [Configuration]) {
    let encoder = CompactEncoder()
    for configuration in configurations {
      encoder.beginConfiguration(configuration.junction, isNegated: configuration.isNegated)
      for node in configuration.nodes {
        encoder.beginNode(node.junction, isNegated: node.isNegated)
        for criterion in node.criteria { encoder.add(criterion) }
      }
    }
    self = encoder.finish()
  }

  package static let none = CompactConfigurations(bytes: [])

  package var isEmpty: Bool { bytes.isEmpty }

  /// The products that the criteria name, each once, in the order of their index (`CompactCriterion.product`).
  /// `isVulnerable` says whether some criterion names it as broken; else it is only a platform. Allocates nothing; the
  /// buffers are good inside the call only. Damaged bytes end the walk early.
  @inlinable
  package func forEachProduct(
    _ body: (
      _ part: Part, _ vendor: UnsafeBufferPointer<UInt8>, _ product: UnsafeBufferPointer<UInt8>, _ isVulnerable: Bool
    ) throws -> Void
  ) rethrows {
    try bytes.withUnsafeBufferPointer { buffer in
      var table = CompactProducts(buffer)
      while let entry = table.next() { try body(entry.part, entry.vendor, entry.product, entry.isVulnerable) }
    }
  }

  /// The names of the products, by index.
  package var products: [ProductName] {
    var names: [ProductName] = []
    forEachProduct { part, vendor, product, _ in
      names.append(
        ProductName(
          part,
          vendor: String(decoding: vendor, as: UTF8.self),
          product: String(decoding: product, as: UTF8.self)
        )
      )
    }
    return names
  }

  /// Walks through configurations, nodes and criteria without taking them apart. What the walk tells is good inside the
  /// call only.
  @inlinable
  package func withWalk<Result>(_ body: (inout CompactWalk) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { buffer in
      var walk = CompactWalk(buffer)
      return try body(&walk)
    }
  }

  /// The same, with the products first, as `forEachProduct` tells them: the table is read once.
  @inlinable
  package func withWalk<Result>(
    eachProduct: (
      _ part: Part, _ vendor: UnsafeBufferPointer<UInt8>, _ product: UnsafeBufferPointer<UInt8>, _ isVulnerable: Bool
    ) throws -> Void,
    _ body: (inout CompactWalk) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { buffer in
      var table = CompactProducts(buffer)
      while let entry = table.next() {
        try eachProduct(entry.part, entry.vendor, entry.product, entry.isVulnerable)
      }
      var walk = CompactWalk(buffer, from: table.end)
      return try body(&walk)
    }
  }

  /// Everything taken apart. Damaged bytes yield what stands before the damage.
  package func decoded() -> [Configuration] {
    let names = products
    var configurations: [Configuration] = []
    var nodes: [CriteriaNode] = []
    var criteria: [Criterion] = []
    var configuration: (junction: Junction, isNegated: Bool)?
    var node: (junction: Junction, isNegated: Bool)?
    func endNode() {
      if let node { nodes.append(CriteriaNode(node.junction, isNegated: node.isNegated, criteria)) }
      criteria = []
      node = nil
    }
    func endConfiguration() {
      endNode()
      if let configuration {
        configurations.append(Configuration(configuration.junction, isNegated: configuration.isNegated, nodes))
      }
      nodes = []
    }
    withWalk { walk in
      while let step = walk.next() {
        switch step {
        case .configuration(let junction, let isNegated):
          endConfiguration()
          configuration = (junction, isNegated)
        case .node(let junction, let isNegated):
          endNode()
          node = (junction, isNegated)
        case .criterion(let criterion):
          guard names.indices.contains(criterion.product) else { return }
          criteria.append(criterion.decoded(names[criterion.product]))
        }
      }
    }
    endConfiguration()
    return configurations
  }
}
