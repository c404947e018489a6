import Advisories

/// A fingerprint of what a match depends on, so that only pairs of which one side has changed are matched again. Stable from
/// run to run and from machine to machine; no defence against someone who wants two contents to look alike.
package struct ContentKey: Sendable, Hashable {
  package let high: UInt64
  package let low: UInt64

  /// Thirty-two hexadecimal digits.
  package var text: String { Self.hex(high) + Self.hex(low) }

  /// Grows when the same content is judged differently by a new edition of the program.
  package static let edition: UInt8 = 1

  /// Of all components of an asset, whatever their order.
  package init(_ components: [Component]) {
    var hash = ContentHash()
    for text in components.map(Self.text).sorted() { hash.add(text) }
    self = hash.key
  }

  /// Of everything in an advisory that a match depends on: texts, scores and dates are not part of it.
  package init(_ advisory: Advisory) {
    var hash = ContentHash()
    hash.add(advisory.id)
    hash.add("\(advisory.state.rawValue)\(advisory.isDisputed)")
    hash.add(advisory.configurations.bytes)
    for product in advisory.affected { hash.add(product) }
    for statement in advisory.statements {
      hash.add(statement.product)
      for text in [statement.verdict.rawValue, statement.justification ?? "", statement.remedy ?? ""] { hash.add(text) }
    }
    self = hash.key
  }

  /// Of several contents together, in their order: all advisories of one vulnerability, a rule pack's edition beside.
  package init(_ keys: [ContentKey]) {
    var hash = ContentHash()
    for key in keys { hash.add(key.text) }
    self = hash.key
  }

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  private static func text(_ component: Component) -> String {
    "\(component.name)\u{1f}\(component.writtenVersion ?? "")\u{1f}\(component.confidence.rawValue)"
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// FNV-1a twice, from different beginnings.
struct ContentHash {
  private var high: UInt64 = 0xcbf2_9ce4_8422_2325
  private var low: UInt64 = 0x8422_2325_cbf2_9ce4

  init() { add([ContentKey.edition]) }

  mutating func add(_ text: String) {
    for byte in text.utf8 { step(byte) }
    step(0x1e)
  }

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { step(byte) }
    step(0x1e)
  }

  mutating func add(_ product: AffectedProduct) {
    for text in [product.vendor, product.product, product.source] { hash(text) }
    for name in product.names {
      hash(name.product.vendor)
      hash(name.product.product)
      step(name.product.part.rawValue)
    }
    step(product.defaultStatus.rawValue)
    for platform in product.platforms { hash(platform) }
    for statement in product.statements {
      step(statement.status.rawValue)
      switch statement.extent {
      case .single(let text): hash("=" + text)
      case .text(let text): hash("~" + text)
      case .all: hash("*")
      case .range(let range):
        for bound in [range.lower, range.upper] {
          hash(bound.map { ($0.isIncluded ? "i" : "x") + $0.version } ?? "-")
        }
      }
      hash(statement.scheme ?? "")
      for change in statement.changes {
        hash(change.at)
        step(change.status.rawValue)
      }
    }
  }

  private mutating func hash(_ text: String) { add(text) }

  private mutating func step(_ byte: UInt8) {
    high = (high ^ UInt64(byte)) &* 0x100_0000_01b3
    low = (low ^ UInt64(byte ^ 0x5c)) &* 0x9e37_79b9_7f4a_7c15
    low ^= low >> 29
  }

  var key: ContentKey { ContentKey(high: high, low: low) }
}
