/// How the versions of a product are ordered. `shape` looks at the two texts where the product does not say.
package struct VersionScheme: Sendable, Hashable {
  /// `paloalto`, `ios`; the rule's own name where no product is meant.
  package let name: String
  /// Nil: told by the shape of the two versions.
  package let rule: VersionRule?

  package init(name: String, rule: VersionRule?) {
    self.name = name
    self.rule = rule
  }

  /// Chosen by the shape of what is compared.
  package static let shape = VersionScheme(name: "shape", rule: nil)

  package static let generic = VersionScheme(name: "generic", rule: .generic)

  /// The order of two written versions.
  package func compare(_ left: String, _ right: String) -> VersionOrder {
    compare(Version(left), Version(right))
  }

  /// The order of two versions read before.
  package func compare(_ left: Version, _ right: Version) -> VersionOrder {
    left.bytes.withUnsafeBufferPointer { one in
      right.bytes.withUnsafeBufferPointer { other in compare(one, other) }
    }
  }

  /// A version read before against a written one: nothing is allocated for a written one of plain ASCII.
  package func compare(_ left: Version, written right: String) -> VersionOrder {
    left.bytes.withUnsafeBufferPointer { one in
      let order = right.utf8.withContiguousStorageIfAvailable { other -> VersionOrder? in
        other.allSatisfy { $0 < 128 } ? compare(one, other) : nil
      }
      return order.flatMap { $0 } ?? compare(left, Version(right))
    }
  }

  /// A version read before against the bytes of a feed.
  func compare(_ left: Version, bytes right: UnsafeBufferPointer<UInt8>) -> VersionOrder {
    if rule == nil || rule == .generic,
      let order = left.bytes.withUnsafeBufferPointer({ PlainNumbers.compare($0, right) })
    {
      return order
    }
    for byte in right where byte >= 128 { return compare(left, Version(String(decoding: right, as: UTF8.self))) }
    return left.bytes.withUnsafeBufferPointer { compare($0, right) }
  }

  private func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> VersionOrder {
    let order = ordered(left, right)
    // What nobody can order still equals itself.
    return order == .unknown && Self.isSame(left, right) ? .equal : order
  }

  private func ordered(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> VersionOrder {
    var told = self.rule ?? VersionShape.whole(left) ?? VersionShape.whole(right)
    if told == nil, VersionShape.hasEpoch(left), VersionShape.hasEpoch(right) { told = .dpkg }
    let one = VersionSpan(left, rule: told ?? .generic)
    let other = VersionSpan(right, rule: told ?? .generic)
    // `7.x` is a branch, as `7.*` is: it stands nowhere among the versions.
    guard one.isReadable, other.isReadable, !Self.isBranch(left, one), !Self.isBranch(right, other) else {
      return .unknown
    }
    if let told { return compare(told, left, one, right, other) }
    let shape = VersionShape(left, one)
    let otherShape = VersionShape(right, other)
    if shape.rule == .windowsRelease || otherShape.rule == .windowsRelease || shape.isYear != otherShape.isYear {
      let order = compare(.windowsRelease, left, one, right, other)
      if order != .unknown { return order }
    }
    if shape.isYear != otherShape.isYear, !startsWithYear(left, one) || !startsWithYear(right, other) {
      return .unknown
    }
    return compare(Self.rule(shape, otherShape), left, one, right, other)
  }

  /// Rules that need both sides to look alike, and rules that one side alone asks for.
  private static func rule(_ left: VersionShape, _ right: VersionShape) -> VersionRule {
    if left.rule == right.rule { return left.rule ?? .generic }
    switch (left.rule, right.rule) {
    case (.date, _), (_, .date), (.windows, _), (_, .windows), (.windowsRelease, _), (_, .windowsRelease):
      return .generic
    case (let rule?, nil), (nil, let rule?): return rule
    default: return .generic
    }
  }

  private func compare(
    _ rule: VersionRule,
    _ left: UnsafeBufferPointer<UInt8>,
    _ one: VersionSpan,
    _ right: UnsafeBufferPointer<UInt8>,
    _ other: VersionSpan
  ) -> VersionOrder {
    var first = VersionCursor(left, one)
    var second = VersionCursor(right, other)
    switch rule {
    case .generic: return GenericOrder.compare(&first, &second, lettersArePatches: false)
    case .letters: return GenericOrder.compare(&first, &second, lettersArePatches: true)
    case .trains: return TrainOrder.compare(left, one, right, other)
    case .rpm: return PackageOrder.rpm(left[one.start..<one.end], right[other.start..<other.end])
    case .dpkg: return PackageOrder.dpkg(left[one.start..<one.end], right[other.start..<other.end])
    case .citrix: return Self.citrix(&first, &second)
    case .java: return Self.both(NumbersOrder.java(first), NumbersOrder.java(second), NumbersOrder.compare)
    case .windows:
      return Self.both(NumbersOrder.windows(first), NumbersOrder.windows(second), NumbersOrder.windows(_:_:))
    case .windowsRelease:
      return Self.both(NumbersOrder.windowsRelease(first), NumbersOrder.windowsRelease(second)) { VersionOrder($0, $1) }
    case .date: return Self.both(NumbersOrder.date(first), NumbersOrder.date(second), NumbersOrder.compare)
    case .vsphere:
      return Self.both(NumbersOrder.VSphere(first), NumbersOrder.VSphere(second)) { $0.compare($1) }
    case .oracle:
      return Self.both(NumbersOrder.oracle(first), NumbersOrder.oracle(second)) {
        $0.isQuarter == $1.isQuarter ? NumbersOrder.compare($0.numbers, $1.numbers) : .unknown
      }
    }
  }

  private static func both<Value>(
    _ left: Value?,
    _ right: Value?,
    _ compare: (Value, Value) -> VersionOrder
  ) -> VersionOrder {
    guard let left, let right else { return .unknown }
    return compare(left, right)
  }

  /// Numbers alone: `build` and `nc` are words of the writing, not of the version.
  private static func citrix(_ left: inout VersionCursor, _ right: inout VersionCursor) -> VersionOrder {
    var numbers: [[Int]] = [[], []]
    for (index, start) in [left, right].enumerated() {
      var cursor = start
      while cursor.kind != .end {
        if cursor.kind == .number {
          guard let number = cursor.number else { return .unknown }
          numbers[index].append(number)
        }
        cursor.advance()
      }
    }
    return NumbersOrder.compare(numbers[0], numbers[1])
  }

  private func startsWithYear(_ bytes: UnsafeBufferPointer<UInt8>, _ span: VersionSpan) -> Bool {
    VersionCursor(bytes, span).number.map { (1990...2100).contains($0) || $0 >= 19_900_101 } ?? false
  }

  /// Whether a text ends in `.x`.
  private static func isBranch(_ bytes: UnsafeBufferPointer<UInt8>, _ span: VersionSpan) -> Bool {
    span.end - span.start > 2 && bytes[span.end - 1] | 0x20 == 120 && bytes[span.end - 2] == 46
  }

  private static func isSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    !left.isEmpty && left.count == right.count
      && zip(left, right).allSatisfy { $0 == $1 || ($0 | 0x20 == $1 | 0x20 && VersionCursor.isLetter($0)) }
  }
}
