/// The bytes of a written version that say which version it is (V1): without `v`, `Ver.`, `Rev.`, epoch, build and notes.
struct VersionSpan {
  var start: Int
  var end: Int
  /// False where the text is not a version: empty, without a digit, a range, a sentence, two dots in a row.
  var isReadable: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, rule: VersionRule) {
    start = 0
    end = bytes.count
    isReadable = false
    while start < end, bytes[start] <= 32 { start += 1 }
    while end > start, bytes[end - 1] <= 32 { end -= 1 }
    if rule == .rpm || rule == .dpkg {
      isReadable = start < end && Self.check(bytes, start, end, plusIsMeant: true)
      return
    }
    skipPrefix(bytes)
    skipEpoch(bytes)
    cut(bytes, keepsBuild: rule == .vsphere || rule == .citrix)
    while end > start, bytes[end - 1] <= 32 || bytes[end - 1] == 46 { end -= 1 }
    isReadable = Self.check(bytes, start, end, plusIsMeant: false)
  }

  /// Drops `v`, `Ver.`, `Version`, `Rev.`, `Release`, `R`, `NS` in front of a digit.
  private mutating func skipPrefix(_ bytes: UnsafeBufferPointer<UInt8>) {
    var at = start
    while at < end, VersionCursor.isLetter(bytes[at]) { at += 1 }
    guard at > start, at - start <= 8 else { return }
    guard Self.prefixes.contains(VersionWords.key(bytes[start..<at])) else { return }
    while at < end, bytes[at] == 46 || bytes[at] == 32 || bytes[at] == 58 || bytes[at] == 45 { at += 1 }
    if at < end, VersionCursor.isDigit(bytes[at]) { start = at }
  }

  private static let prefixes: Set<UInt64> = Set(
    ["v", "ver", "version", "rev", "revision", "release", "rel", "r", "ns", "firmware"].map { word in
      word.utf8.reduce(0) { $0 << 8 | UInt64($1) }
    }
  )

  /// Drops the epoch of a Debian version: `7:5.1.6`.
  private mutating func skipEpoch(_ bytes: UnsafeBufferPointer<UInt8>) {
    var at = start
    while at < end, VersionCursor.isDigit(bytes[at]) { at += 1 }
    if at > start, at + 1 < end, bytes[at] == 58, VersionCursor.isDigit(bytes[at + 1]) { start = at + 1 }
  }

  /// Ends the version before `,build0304`, ` build1639`, ` (GA)`, `+metadata`.
  private mutating func cut(_ bytes: UnsafeBufferPointer<UInt8>, keepsBuild: Bool) {
    for at in start..<end where at > start {
      switch bytes[at] {
      case 44, 43:
        end = at
        return
      case 45 where !keepsBuild && at + 6 <= end:
        // 7.0.12-build0523
        if VersionWords.key(bytes[(at + 1)..<(at + 6)]) == Self.build {
          end = at
          return
        }
      case 32, 40:
        var next = at
        while next < end, bytes[next] == 32 || bytes[next] == 40 { next += 1 }
        let isNote =
          bytes[at...].prefix(next - at).contains(40) && bytes[at] == 32 && next < end
          && VersionCursor.isLetter(bytes[next])
        let isBuild = !keepsBuild && next + 5 <= end && VersionWords.key(bytes[next..<next + 5]) == Self.build
        if isNote || isBuild {
          end = at
          return
        }
      default: break
      }
    }
  }

  private static let build = "build".utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }

  private static func check(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, plusIsMeant: Bool) -> Bool {
    var hasDigit = false
    var hasSpace = false
    for at in start..<end {
      let byte = bytes[at]
      if VersionCursor.isDigit(byte) {
        hasDigit = true
      } else if byte == 46 {
        // 10.0.20348..2762: a part is missing, and nobody knows which.
        if at + 1 < end, bytes[at + 1] == 46 { return false }
      } else if byte == 32 {
        hasSpace = true
      } else if byte >= 128 || byte < 32 || byte == 42 || (byte >= 60 && byte <= 63) {
        return false
      }
    }
    guard hasDigit else { return false }
    return !(hasSpace && isSentence(bytes, start, end)) && !isHash(bytes, start, end)
  }

  /// A commit: seven hexadecimal digits or more, letters among them, no separators.
  private static func isHash(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 7 else { return false }
    var letters = 0
    var changes = 0
    for at in start..<end {
      let byte = bytes[at]
      let isHex = VersionCursor.isDigit(byte) || (97...102).contains(byte | 0x20)
      guard isHex else { return false }
      if VersionCursor.isLetter(byte) { letters += 1 }
      if at > start, VersionCursor.isLetter(byte) != VersionCursor.isLetter(bytes[at - 1]) { changes += 1 }
    }
    return end - start >= 40 || (letters > 0 && changes >= 2)
  }

  /// Words that speak of more than one version.
  private static func isSentence(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end {
      var stop = at
      while stop < end, VersionCursor.isLetter(bytes[stop]) { stop += 1 }
      if stop - at >= 2, stop - at <= 8, sentenceWords.contains(VersionWords.key(bytes[at..<stop])) { return true }
      at = max(stop, at + 1)
    }
    return false
  }

  private static let sentenceWords: Set<UInt64> = Set(
    ["before", "prior", "earlier", "later", "through", "to", "and", "or", "up", "all", "from", "until", "below"].map {
      $0.utf8.reduce(0) { $0 << 8 | UInt64($1) }
    }
  )
}
