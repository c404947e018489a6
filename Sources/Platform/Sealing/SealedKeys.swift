import FoundationEssentials
import Text

/// The three keys of an installation under a passphrase, for a backup: Argon2id makes the key (RFC 9106), AES-256-GCM
/// closes. One JSON document; the parameters stand in it, and what opens with other ones was altered.
package struct SealedKeys: Sendable, Codable {
  /// Of the passphrase, in characters.
  package static let shortestPassphrase = 12

  let format: String
  let memory, passes, lanes: Int
  let salt: String
  let envelope: String

  private struct Content: Codable {
    let sealing, signing, agreement: String
  }

  private static let format = "yagura-keys-1"
  private static let purpose = "backup.keys"

  package init(
    _ ring: KeyRing,
    passphrase: String,
    _ parameters: PasswordHash.Parameters = .standard,
    entropy: Entropy = .system
  ) throws {
    let salt = entropy.bytes(16)
    let content = Content(
      sealing: Base64URL.encode(ring.sealing.bytes),
      signing: Base64URL.encode(ring.signing.bytes),
      agreement: Base64URL.encode(ring.agreement.bytes)
    )
    let seal = try Self.seal(passphrase, salt, parameters)
    format = Self.format
    (memory, passes, lanes) = (parameters.memory, parameters.passes, parameters.lanes)
    self.salt = Base64URL.encode(salt)
    envelope = Base64URL.encode(try seal.close(Array(try JSONEncoder().encode(content)), for: Self.purpose))
  }

  /// Throws `SealError` where the passphrase is another or the file was altered.
  package func open(passphrase: String) throws -> KeyRing {
    let parameters = PasswordHash.Parameters(memory: memory, passes: passes, lanes: lanes)
    guard format == Self.format, parameters.isAcceptable, let salt = Base64URL.decode(salt),
      let envelope = Base64URL.decode(envelope)
    else { throw SealError.notAnEnvelope }
    let opened = try Self.seal(passphrase, salt, parameters).open(envelope, for: Self.purpose)
    let content = try JSONDecoder().decode(Content.self, from: Data(opened))
    guard let sealing = Base64URL.decode(content.sealing).flatMap(SealingKey.init(bytes:)),
      let signing = Base64URL.decode(content.signing).flatMap(SigningKey.init(bytes:)),
      let agreement = Base64URL.decode(content.agreement).flatMap(AgreementKey.init(bytes:))
    else { throw SealError.altered }
    return KeyRing(sealing: sealing, signing: signing, agreement: agreement)
  }

  private static func seal(
    _ passphrase: String,
    _ salt: [UInt8],
    _ parameters: PasswordHash.Parameters
  ) throws -> Seal {
    let bytes = try PasswordHash.derive(Array(passphrase.utf8), salt: salt, parameters)
    guard let key = SealingKey(bytes: bytes) else { throw SealError.failed }
    return Seal(key)
  }
}
