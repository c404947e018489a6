import Advisories

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
