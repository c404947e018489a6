/// Walks the runs of digits and letters of a version; everything between is a separator (V2). Makes nothing.
struct VersionCursor {
  enum Kind { case number, word, end }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let limit: Int
  private(set) var kind = Kind.end
  private(set) var start: Int
  private(set) var end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ span: VersionSpan) {
    self.bytes = bytes
    limit = span.end
    start = span.start
    end = span.start
    advance()
  }

  @inline(__always)
  mutating func advance() {
    var at = end
    while at < limit, !Self.isDigit(bytes[at]), !Self.isLetter(bytes[at]) { at += 1 }
    start = at
    guard at < limit else {
      kind = .end
      end = at
      return
    }
    if Self.isDigit(bytes[at]) {
      kind = .number
      while at < limit, Self.isDigit(bytes[at]) { at += 1 }
      end = at
      // Leading zeros say nothing: 01 is 1. A zero alone becomes an empty run.
      while start < end, bytes[start] == 48 { start += 1 }
    } else {
      kind = .word
      while at < limit, Self.isLetter(bytes[at]) { at += 1 }
      end = at
    }
  }

  var isZero: Bool { kind == .number && start == end }

  /// The number, or nil when it does not fit.
  var number: Int? {
    guard kind == .number, end - start <= 18 else { return nil }
    var value = 0
    for index in start..<end { value = value * 10 + Int(bytes[index] - 48) }
    return value
  }

  /// Whether a digit stands right behind the run.
  var isFollowedByDigit: Bool { end < limit && Self.isDigit(bytes[end]) }

  /// The first eight letters in small, for the table of words.
  var wordKey: UInt64 { VersionWords.key(bytes[start..<min(end, start + 8)]) }

  /// Numbers of any length: more digits is more, else byte by byte.
  @inline(__always)
  func compareNumber(_ other: VersionCursor) -> VersionOrder {
    let length = end - start
    let otherLength = other.end - other.start
    if length != otherLength { return VersionOrder(length, otherLength) }
    for index in 0..<length where bytes[start + index] != other.bytes[other.start + index] {
      return bytes[start + index] < other.bytes[other.start + index] ? .less : .greater
    }
    return .equal
  }

  /// Words by their letters, capitals as small ones.
  func compareWord(_ other: VersionCursor) -> VersionOrder {
    let length = end - start
    let otherLength = other.end - other.start
    for index in 0..<min(length, otherLength) {
      let left = bytes[start + index] | 0x20
      let right = other.bytes[other.start + index] | 0x20
      if left != right { return left < right ? .less : .greater }
    }
    return VersionOrder(length, otherLength)
  }

  var wordLength: Int { end - start }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
}
