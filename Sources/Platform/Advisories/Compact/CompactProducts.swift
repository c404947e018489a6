/// The table of products at the front of compact configurations.
package struct CompactProducts {
  package struct Entry {
    package let part: Part
    package let vendor: UnsafeBufferPointer<UInt8>
    package let product: UnsafeBufferPointer<UInt8>
    package let isVulnerable: Bool

    @inlinable
    init(part: Part, vendor: UnsafeBufferPointer<UInt8>, product: UnsafeBufferPointer<UInt8>, isVulnerable: Bool) {
      self.part = part
      self.vendor = vendor
      self.product = product
      self.isVulnerable = isVulnerable
    }
  }

  @usableFromInline var reader: CompactBytes
  @usableFromInline var left: Int
  @usableFromInline var vendor: UnsafeBufferPointer<UInt8>

  @inlinable
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    reader = CompactBytes(bytes)
    vendor = UnsafeBufferPointer(start: nil, count: 0)
    left = 0
    guard reader.byte() == 1, let count = reader.number() else { return }
    left = count
  }

  /// Where the criteria begin; to be asked when `next` has answered nil.
  @inlinable
  var end: Int { left == 0 ? reader.position : reader.bytes.count }

  @inlinable
  mutating func next() -> Entry? {
    guard left > 0, let flags = reader.byte() else { return nil }
    let part: Part = flags & 3 == 0 ? .application : flags & 3 == 1 ? .operatingSystem : .hardware
    if flags & 8 == 0 {
      guard let text = reader.text() else { return nil }
      vendor = text
    }
    guard let product = reader.text() else { return nil }
    left -= 1
    return Entry(part: part, vendor: vendor, product: product, isVulnerable: flags & 4 != 0)
  }
}
