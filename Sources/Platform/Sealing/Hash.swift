import Crypto

/// SHA-256 of bytes, and comparing without telling where two values differ.
package enum Hash {
  /// 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Array(hash.finalize())
  }

  package static func sha256(_ text: String) -> [UInt8] { sha256(Array(text.utf8)) }

  package static func sha256Hex(_ bytes: [UInt8]) -> String { Hex.encode(sha256(bytes)) }

  /// Takes the same time wherever the first difference is; only the length shows.
  package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}

/// A random value that stands for a session, an invitation or a link: the bearer holds `text`, the database only
/// `hash`.
package struct Token: Sendable, Hashable {
  /// 43 characters of base64url, 256 bits of chance.
  package let text: String

  package init(from entropy: Entropy) { text = Base64URL.encode(entropy.bytes(32)) }

  /// A token as somebody sent it; nil where it cannot be one.
  package init?(reading text: some StringProtocol) {
    guard text.utf8.count == 43, Base64URL.decode(text)?.count == 32 else { return nil }
    self.text = String(text)
  }

  /// What is stored: SHA-256 in hexadecimal. No salt is needed, as 256 bits cannot be tried out.
  package var hash: String { Hash.sha256Hex(Array(text.utf8)) }
}

/// SHA-256 of bytes that come in pieces.
package struct RunningHash {
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ bytes: [UInt8]) { hash.update(data: bytes) }

  package func finish() -> [UInt8] { Array(hash.finalize()) }
}
