import Crypto
import Sealing
import Text

/// Draws a sample that anybody can draw again: items are put in the order of the SHA-256 of seed, line feed and key, and
/// the first so many are taken. Whoever has the seed and the list needs nothing but `sha256sum`.
package enum AuditDraw {
  package static func draw(_ keys: [String], count: Int, seed: String) -> [String] {
    let order = keys.map { (key: $0, hash: hash($0, seed: seed)) }.sorted { ($0.hash, $0.key) < ($1.hash, $1.key) }
    let chosen = Set(order.prefix(max(0, count)).map(\.key))
    return keys.filter(chosen.contains)
  }

  /// In hexadecimal.
  static func hash(_ key: String, seed: String) -> String {
    Hex.encode(SHA256.hash(data: Array("\(seed)\n\(key)".utf8)))
  }

  /// The rule as it is kept beside the seed: the same in every language.
  package static func rule(_ count: Int, of all: Int, seed: String) -> String {
    "SHA-256(\(seed) LF item): \(count) / \(all)"
  }
}
