import Crypto

/// The 32 bytes that seal secrets in the database. They never leave the key folder but in a backup under a
/// passphrase.
package struct SealingKey: Sendable {
  package let bytes: [UInt8]

  /// Nil unless there are 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  package init(from entropy: Entropy) { bytes = entropy.bytes(32) }

  /// 32 bytes for one other purpose (cookies, say), from which this key cannot be found.
  package func derived(_ purpose: String) -> [UInt8] {
    let key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: bytes),
      info: Array("yagura derived 1 \(purpose)".utf8),
      outputByteCount: 32
    )
    return key.withUnsafeBytes { Array($0) }
  }

  /// Names the key without telling it.
  var identifier: [UInt8] { Array(Hash.sha256(Array("yagura sealing key\0".utf8) + bytes).prefix(4)) }
}

/// An Ed25519 key that signs checkpoints of the journal and bundles.
package struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// Nil unless the 32 bytes are a key.
  package init?(bytes: [UInt8]) {
    // The only error says that the length is wrong, which nil says as well.
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { return nil }
    self.key = key
  }

  package init() { key = Curve25519.Signing.PrivateKey() }

  package var bytes: [UInt8] { Array(key.rawRepresentation) }

  package var publicKey: VerifyingKey { VerifyingKey(key: key.publicKey) }

  /// 64 bytes.
  package func sign(_ message: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: message)) }
}

/// The public half of a `SigningKey`: enough to check, not to sign.
package struct VerifyingKey: Sendable {
  private let key: Curve25519.Signing.PublicKey

  init(key: Curve25519.Signing.PublicKey) { self.key = key }

  package init?(bytes: [UInt8]) {
    // As above.
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return nil }
    self.key = key
  }

  package var bytes: [UInt8] { Array(key.rawRepresentation) }

  package func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    key.isValidSignature(signature, for: message)
  }

  /// SHA-256 of the key, the first 16 bytes in groups of four digits, for people to compare on paper.
  package var fingerprint: String {
    let digits = Array(Hex.encode(Hash.sha256(bytes).prefix(16)))
    return stride(from: 0, to: 32, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: "-")
  }
}

/// An X25519 key for which bundles are encrypted.
package struct AgreementKey: Sendable {
  private let key: Curve25519.KeyAgreement.PrivateKey

  package init?(bytes: [UInt8]) {
    // As above.
    guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes) else { return nil }
    self.key = key
  }

  package init() { key = Curve25519.KeyAgreement.PrivateKey() }

  package var bytes: [UInt8] { Array(key.rawRepresentation) }

  package var publicBytes: [UInt8] { Array(key.publicKey.rawRepresentation) }
}
