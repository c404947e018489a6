/// What the bytes of a version look like: which way of ordering it asks for when the product does not say.
struct VersionShape {
  /// Digits and dots only.
  var isPlain = true
  /// A year alone: `2019` names a product, not a state of it.
  var isYear = false
  var rule: VersionRule?

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ span: VersionSpan) {
    guard span.start < span.end else { return }
    for at in span.start..<span.end where !VersionCursor.isDigit(bytes[at]) && bytes[at] != 46 {
      isPlain = false
      break
    }
    let cursor = VersionCursor(bytes, span)
    if isPlain, span.end - span.start == 4, let number = cursor.number, (1990...2039).contains(number) { isYear = true }
    if isPlain {
      if Self.isWindowsBuild(cursor) { rule = .windows }
      if span.end - span.start == 8, NumbersOrder.date(cursor) != nil { rule = .date }
    } else {
      rule = Self.rule(UnsafeBufferPointer(rebasing: bytes[span.start..<span.end]), cursor)
    }
  }

  private static func isWindowsBuild(_ cursor: VersionCursor) -> Bool {
    var cursor = cursor
    guard let major = cursor.number else { return false }
    cursor.advance()
    if (10240...99999).contains(major) {
      // 19045.4170: build and revision alone.
      guard cursor.kind == .number else { return false }
      cursor.advance()
      return cursor.kind == .end
    }
    guard major == 10 || major == 6 else { return false }
    guard let minor = cursor.number, cursor.kind == .number, major == 10 ? minor == 0 : minor <= 3 else { return false }
    cursor.advance()
    guard let build = cursor.number, cursor.kind == .number else { return false }
    return major == 10 ? (10240...99999).contains(build) : (6000...9999).contains(build)
  }

  /// The rules of packages and of vSphere, told by signs that are cut off for all others. Nil for most.
  static func whole(_ text: UnsafeBufferPointer<UInt8>) -> VersionRule? {
    var isPlain = true
    for byte in text where !VersionCursor.isDigit(byte) && byte != 46 {
      isPlain = false
      break
    }
    if isPlain { return nil }
    if isPackage(text, [".el", ".fc", ".amzn", ".oe", ".suse"]) { return .rpm }
    if text.contains(126) || isPackage(text, ["+deb", "ubuntu", "+dfsg"]) { return .dpkg }
    return isPackage(text, [" build-"]) ? .vsphere : nil
  }

  /// `7:5.1.6`: with an epoch on both sides it counts.
  static func hasEpoch(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let colon = text.firstIndex(of: 58), colon > 0, colon <= 3 else { return false }
    return text[..<colon].allSatisfy(VersionCursor.isDigit)
  }

  private static func rule(_ text: UnsafeBufferPointer<UInt8>, _ cursor: VersionCursor) -> VersionRule? {
    if NumbersOrder.date(cursor) != nil { return .date }
    if NumbersOrder.windowsRelease(cursor) != nil { return .windowsRelease }
    if isTrain(text) { return .trains }
    return wordRule(text, cursor)
  }

  /// A package's tag with its digit behind: `.el7`.
  private static func isPackage(_ text: UnsafeBufferPointer<UInt8>, _ tags: [StaticString]) -> Bool {
    guard text.count >= 5 else { return false }
    for tag in tags {
      let letters = UnsafeBufferPointer(start: tag.utf8Start, count: tag.utf8CodeUnitCount)
      for start in 1..<text.count where start + letters.count < text.count {
        guard VersionCursor.isDigit(text[start + letters.count]) else { continue }
        if zip(letters, text[start...]).allSatisfy({ $0 == $1 | ($1 & 0x40) >> 1 }) { return true }
      }
    }
    return false
  }

  /// `15.2(4)M6`: a bracket closed, then letters.
  private static func isTrain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.first.map(VersionCursor.isDigit) ?? false, text.contains(40) else { return false }
    for at in text.indices.dropLast() where text[at] == 41 && VersionCursor.isLetter(text[at + 1]) { return true }
    return false
  }

  /// Rules told by the first word.
  private static func wordRule(_ text: UnsafeBufferPointer<UInt8>, _ cursor: VersionCursor) -> VersionRule? {
    var cursor = cursor
    let first = cursor.number
    var numbers = 0
    while cursor.kind == .number {
      numbers += 1
      cursor.advance()
    }
    if cursor.kind == .end {
      // 1.8.0_391
      return numbers >= 3 && first == 1 && text.count > 5 && text[5...].first == 95 ? .java : nil
    }
    let key = cursor.wordKey
    switch VersionWords.word(key).meaning {
    case 22 where numbers == 1 && (5...30).contains(first ?? 0): return .java
    default: break
    }
    // 19c, 9i; 11gR2 in one run of letters.
    guard numbers == 1, (8...30).contains(first ?? 0), NumbersOrder.isOracleLetter(key) else { return nil }
    let isRelease = cursor.wordLength == 2
    cursor.advance()
    return isRelease == (cursor.kind == .number) ? .oracle : nil
  }
}
