import Advisories

/// A fingerprint of what a match depends on, so that only pairs of which one side has changed are matched again. Stable from
/// run to run and from machine to machine; no defence against someone who wants two contents to look alike.
package struct ContentKey: Sendable, Hashable {
  package let high: UInt64
  package let low: UInt64

  /// Thirty-two hexadecimal digits.
  package var text: String { Self.hex(high) + Self.hex(low) }

  /// Grows when the same content is judged differently by a new edition of the program.
  package static let edition: UInt8 = 2

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
      + (component.carriesBackports ? "\u{1f}backports" : "")
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
