import Crypto
import FoundationEssentials

/// Closes secrets (TOTP seeds, passwords of mail relays and directories) so that the database alone does not tell
/// them.
///
/// An envelope is: version (1 byte), name of the key (4), nonce (12), AES-256-GCM ciphertext, tag (16). The purpose
/// is bound as associated data, so a sealed value moved to another column or account does not open there.
package struct Seal: Sendable {
  private let current: SymmetricKey
  private let currentName: [UInt8]
  /// By name: keys that were in use before and still open what they sealed.
  private let known: [[UInt8]: SymmetricKey]

  package init(_ key: SealingKey, older: [SealingKey] = []) {
    current = Self.derived(key)
    currentName = key.identifier
    var known: [[UInt8]: SymmetricKey] = [:]
    for key in older + [key] { known[key.identifier] = Self.derived(key) }
    self.known = known
  }

  /// `purpose` says what the secret is and whose, for example `identity.totp/ACCOUNT`.
  package func close(_ secret: [UInt8], for purpose: String) throws(SealError) -> [UInt8] {
    do {
      let head = [Self.version] + currentName
      let box = try AES.GCM.seal(secret, using: current, authenticating: head + Array(purpose.utf8))
      return head + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    } catch {
      throw .failed
    }
  }

  package func close(_ secret: String, for purpose: String) throws(SealError) -> [UInt8] {
    try close(Array(secret.utf8), for: purpose)
  }

  package func open(_ envelope: [UInt8], for purpose: String) throws(SealError) -> [UInt8] {
    guard envelope.count >= 33, envelope[0] == Self.version else { throw .notAnEnvelope }
    guard let key = known[Array(envelope[1..<5])] else { throw .otherKey }
    do {
      let box = try AES.GCM.SealedBox(
        nonce: AES.GCM.Nonce(data: envelope[5..<17]),
        ciphertext: envelope[17..<(envelope.count - 16)],
        tag: envelope[(envelope.count - 16)...]
      )
      let opened = try AES.GCM.open(box, using: key, authenticating: envelope[..<5] + Array(purpose.utf8))
      return Array(opened)
    } catch {
      throw .altered
    }
  }

  /// True where the envelope was made with a key that has been replaced since.
  package func wantsResealing(_ envelope: [UInt8]) -> Bool {
    envelope.count < 5 || Array(envelope[1..<5]) != currentName
  }

  private static let version: UInt8 = 1

  private static func derived(_ key: SealingKey) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: key.bytes),
      info: Array("yagura seal 1".utf8),
      outputByteCount: 32
    )
  }
}

package enum SealError: Error, Sendable, Hashable {
  /// The bytes have not the form of an envelope of a version we know.
  case notAnEnvelope
  /// Sealed with a key that is not in the key folder.
  case otherKey
  /// Changed since, or sealed for another purpose.
  case altered
  case failed
}
