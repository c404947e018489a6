/// A walk through compact configurations.
package struct CompactWalk {
  package enum Step {
    case configuration(Junction, isNegated: Bool)
    /// A node of the configuration just met.
    case node(Junction, isNegated: Bool)
    /// A criterion of the node just met.
    case criterion(CompactCriterion)
  }

  @usableFromInline var reader: CompactBytes
  @usableFromInline var product: Int

  @inlinable
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var table = CompactProducts(bytes)
    while table.next() != nil {}
    self.init(bytes, from: table.end)
  }

  /// `start` is where the criteria begin.
  @inlinable
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    reader = CompactBytes(bytes, start)
    product = 0
  }

  /// Nil at the end, and where the bytes are damaged.
  @inlinable
  package mutating func next() -> Step? {
    guard let head = reader.byte() else { return nil }
    guard head & 0x80 != 0 else {
      let junction: Junction = head & 1 == 0 ? .or : .and
      return head & 4 == 0
        ? .configuration(junction, isNegated: head & 2 != 0) : .node(junction, isNegated: head & 2 != 0)
    }
    if head & 2 == 0 {
      guard let index = reader.number() else { return nil }
      product = index
    }
    var criterion = CompactCriterion(product: product, isVulnerable: head & 1 != 0, versionKind: head >> 2 & 3)
    if criterion.versionKind == 2 {
      guard let version = reader.text() else { return nil }
      criterion.version = version
    }
    if head & 0x10 != 0 {
      guard let length = reader.number(), let text = reader.text(length >> 1) else { return nil }
      criterion.lower = text
      criterion.isLowerIncluded = length & 1 != 0
    }
    if head & 0x20 != 0 {
      guard let length = reader.number(), let text = reader.text(length >> 1) else { return nil }
      criterion.upper = text
      criterion.isUpperIncluded = length & 1 != 0
    }
    if head & 0x40 != 0 {
      guard let mask = reader.byte() else { return nil }
      let start = reader.position
      for bit in 0..<7 where mask & (1 << UInt8(bit)) != 0 {
        guard let length = reader.number(), reader.text(max(0, length - 2)) != nil else { return nil }
      }
      criterion.attributeMask = mask
      criterion.attributes = UnsafeBufferPointer(rebasing: reader.bytes[start..<reader.position])
    }
    return .criterion(criterion)
  }
}
