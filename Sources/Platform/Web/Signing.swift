import Crypto
import FoundationEssentials
import Sealing

/// Signs what browsers keep for us, each purpose apart.
struct Signing: Sendable {
  private let key: SymmetricKey

  init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

  func signature(_ text: String, for purpose: String) -> [UInt8] {
    // No purpose holds a NUL, so no two pairs of purpose and text sign alike.
    Array(HMAC<SHA256>.authenticationCode(for: Array("\(purpose)\u{0}\(text)".utf8), using: key))
  }

  /// `text.signature`, where `text` is base64url.
  func sign(_ payload: [UInt8], for purpose: String) -> String {
    let text = Base64URL.encode(payload)
    return "\(text).\(Base64URL.encode(signature(text, for: purpose)))"
  }

  func open(_ signed: String, for purpose: String) -> [UInt8]? {
    guard let dot = signed.lastIndex(of: ".") else { return nil }
    let text = String(signed[..<dot])
    guard let given = Base64URL.decode(signed[signed.index(after: dot)...]),
      Hash.areEqual(given, signature(text, for: purpose))
    else { return nil }
    return Base64URL.decode(text)
  }
}

/// The token against forged requests. A session brings its own; for strangers' forms the token is the signature of a
/// random cookie, which another site can neither read nor make.
struct FormToken: Sendable {
  static let cookie = "yagura-form"

  let text: String
  /// To set where the stranger had none yet.
  let newCookie: SetCookie?

  init(session: Session?, cookie: String?, signing: Signing, entropy: Entropy) {
    if let session {
      text = session.csrf
      newCookie = nil
      return
    }
    if let cookie, let bytes = Base64URL.decode(cookie), bytes.count == 16 {
      text = Base64URL.encode(signing.signature(cookie, for: "form"))
      newCookie = nil
    } else {
      let fresh = Base64URL.encode(entropy.bytes(16))
      text = Base64URL.encode(signing.signature(fresh, for: "form"))
      newCookie = SetCookie(Self.cookie, fresh)
    }
  }

  /// A token just made was never given to anybody, so no form can carry it.
  func accepts(_ given: String?) -> Bool {
    guard newCookie == nil, let given else { return false }
    return Hash.areEqual(Array(given.utf8), Array(text.utf8))
  }
}

extension Flash {
  static let cookie = "yagura-flash"
  /// Browsers drop cookies over 4,096 bytes.
  private static let limit = 3600

  func cookie(_ signing: Signing) -> SetCookie? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Encoding strings cannot fail; a message too long to carry is dropped, since what it tells is done already.
    guard let payload = try? encoder.encode(self) else { return nil }
    let value = signing.sign(Array(payload), for: "flash")
    return value.utf8.count <= Self.limit ? SetCookie(Self.cookie, value, maxAge: 60) : nil
  }

  static func read(_ cookie: String, _ signing: Signing) -> Flash? {
    guard let payload = signing.open(cookie, for: "flash") else { return nil }
    // Signed by us, so it reads unless it comes from another version, whose message may be dropped.
    return try? JSONDecoder().decode(Flash.self, from: Data(payload))
  }
}
