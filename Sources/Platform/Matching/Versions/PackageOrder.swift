/// The orders of the package managers, as their own programs have them.
enum PackageOrder {
  typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  /// `rpmvercmp` on epoch, version, release. An epoch or a release that only one side has does not count.
  static func rpm(_ left: Bytes, _ right: Bytes) -> VersionOrder {
    let one = Parts(left)
    let other = Parts(right)
    if let epoch = one.epoch, let otherEpoch = other.epoch, epoch != otherEpoch {
      return VersionOrder(epoch, otherEpoch)
    }
    let order = rpmPart(one.version, other.version)
    guard order == .equal, let release = one.release, let otherRelease = other.release else { return order }
    return rpmPart(release, otherRelease)
  }

  /// `verrevcmp` on epoch, upstream version, revision. An absent revision is 0; an epoch that only one side has does not
  /// count, for inventories drop it.
  static func dpkg(_ left: Bytes, _ right: Bytes) -> VersionOrder {
    let one = Parts(left)
    let other = Parts(right)
    if let epoch = one.epoch, let otherEpoch = other.epoch, epoch != otherEpoch {
      return VersionOrder(epoch, otherEpoch)
    }
    let order = dpkgPart(one.version, other.version)
    if order != .equal { return order }
    let none = one.version[one.version.endIndex...]
    return dpkgPart(one.release ?? none, other.release ?? none)
  }

  private struct Parts {
    var epoch: Int?
    var version: Bytes
    var release: Bytes?

    init(_ text: Bytes) {
      version = text
      if let colon = text.firstIndex(of: 58) {
        epoch = Int(String(decoding: text[..<colon], as: UTF8.self))
        version = text[(colon + 1)...]
      }
      if let dash = version.lastIndex(of: 45) {
        release = version[(dash + 1)...]
        version = version[..<dash]
      }
    }
  }

  private static func rpmPart(_ left: Bytes, _ right: Bytes) -> VersionOrder {
    var left = left
    var right = right
    while true {
      left = left.drop { !VersionCursor.isDigit($0) && !VersionCursor.isLetter($0) && $0 != 126 && $0 != 94 }
      right = right.drop { !VersionCursor.isDigit($0) && !VersionCursor.isLetter($0) && $0 != 126 && $0 != 94 }
      // A tilde sorts before everything, the end included; a caret after the end and before the rest.
      if left.first == 126 || right.first == 126 {
        if left.first != 126 { return .greater }
        if right.first != 126 { return .less }
        left = left.dropFirst()
        right = right.dropFirst()
        continue
      }
      if left.first == 94 || right.first == 94 {
        if left.isEmpty { return .less }
        if right.isEmpty { return .greater }
        if left.first != 94 { return .greater }
        if right.first != 94 { return .less }
        left = left.dropFirst()
        right = right.dropFirst()
        continue
      }
      guard let first = left.first, let otherFirst = right.first else { break }
      let isNumber = VersionCursor.isDigit(first)
      if isNumber != VersionCursor.isDigit(otherFirst) { return isNumber ? .greater : .less }
      let kind = isNumber ? VersionCursor.isDigit : VersionCursor.isLetter
      let run = left.prefix { kind($0) }
      let otherRun = right.prefix { kind($0) }
      let order = isNumber ? numbers(run, otherRun) : letters(run, otherRun)
      if order != .equal { return order }
      left = left[run.endIndex...]
      right = right[otherRun.endIndex...]
    }
    return left.isEmpty ? (right.isEmpty ? .equal : .less) : .greater
  }

  private static func dpkgPart(_ left: Bytes, _ right: Bytes) -> VersionOrder {
    var left = left
    var right = right
    while !left.isEmpty || !right.isEmpty {
      while (left.first.map { !VersionCursor.isDigit($0) } ?? false)
        || (right.first.map { !VersionCursor.isDigit($0) } ?? false)
      {
        let order = VersionOrder(weight(left.first), weight(right.first))
        if order != .equal { return order }
        left = left.dropFirst()
        right = right.dropFirst()
      }
      let run = left.prefix { VersionCursor.isDigit($0) }
      let otherRun = right.prefix { VersionCursor.isDigit($0) }
      let order = numbers(run, otherRun)
      if order != .equal { return order }
      left = left[run.endIndex...]
      right = right[otherRun.endIndex...]
    }
    return .equal
  }

  /// Tilde before the end, letters before all other signs. A digit counts as the end of a run of signs.
  private static func weight(_ byte: UInt8?) -> Int {
    guard let byte, !VersionCursor.isDigit(byte) else { return 0 }
    if byte == 126 { return -1 }
    return VersionCursor.isLetter(byte) ? Int(byte) : Int(byte) + 256
  }

  private static func numbers(_ left: Bytes, _ right: Bytes) -> VersionOrder {
    let one = left.drop { $0 == 48 }
    let other = right.drop { $0 == 48 }
    if one.count != other.count { return VersionOrder(one.count, other.count) }
    return letters(one, other)
  }

  private static func letters(_ left: Bytes, _ right: Bytes) -> VersionOrder {
    for (one, other) in zip(left, right) where one != other { return one < other ? .less : .greater }
    return VersionOrder(left.count, right.count)
  }
}
