/// Reads numbers and texts out of bytes that may be damaged: nil instead of a trap.
@usableFromInline
package struct CompactBytes {
  @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
  @usableFromInline var position: Int

  @inlinable
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  @inlinable
  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    position += 1
    return bytes[position - 1]
  }

  /// LEB128, at most 2³⁵.
  @inlinable
  mutating func number() -> Int? {
    var value = 0
    var shift = 0
    while let byte = byte(), shift < 35 {
      value |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  @inlinable
  mutating func text(_ count: Int) -> UnsafeBufferPointer<UInt8>? {
    guard count <= bytes.count - position else { return nil }
    position += count
    return UnsafeBufferPointer(rebasing: bytes[(position - count)..<position])
  }

  @inlinable
  mutating func text() -> UnsafeBufferPointer<UInt8>? {
    guard let count = number() else { return nil }
    return text(count)
  }
}
