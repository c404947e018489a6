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

  /// What a kept rule says, for people; the rule itself where it is none of ours.
  static func words(_ rule: String, seed: String) -> Localized {
    let head = "SHA-256(\(seed) LF item): "
    let numbers = rule.hasPrefix(head) ? rule.dropFirst(head.count).split(separator: " / ").map(String.init) : []
    guard numbers.count == 2 else { return Localized(both: rule) }
    return Localized(
      ja: "\(numbers[1])項目から\(numbers[0])項目を、乱数の種「\(seed)」で抽出（種と項目の番号のSHA-256の順。同じ種なら同じ標本になります）",
      en:
        "\(numbers[0]) of \(numbers[1]) items by the seed “\(seed)” (in the order of the SHA-256 of seed and item: the same seed draws the same)"
    )
  }
}
