import Foundation
import JWTKit
import Sealing
import Synchronization
import Text
import Time
import Transfer

/// Signing in with a provider: authorization code with PKCE (RFC 7636), state and nonce, and the check of the ID token.
/// One for each provider is kept, since it remembers the provider's description and keys for an hour.
package final class OpenIDProvider: Sendable {
  private struct Known {
    var discovery: OpenIDDiscovery?
    var keys: JWKS?
    var readAt: Instant?
    /// When the keys were last fetched anew because a token named one we did not have.
    var soughtAt: Instant?
  }

  package let settings: OpenIDSettings
  private let transfer: HTTPTransfer
  private let clock: Clock
  private let known = Mutex(Known())

  /// How long the description and the keys are good, in seconds.
  package static let goodSeconds = 3600
  /// How often unknown keys and the beginning of a sign-in make us ask again, in seconds: strangers must not make us call
  /// the provider at will.
  private static let pauseSeconds = 60

  package init(_ settings: OpenIDSettings, clock: Clock) {
    self.settings = settings
    self.clock = clock
    transfer = HTTPTransfer(
      limits: TransferLimits(connectMilliseconds: 4_000, totalMilliseconds: 10_000, bytes: 256 << 10),
      trust: TransferTrust(authorityFile: settings.authorityFile.isEmpty ? nil : settings.authorityFile)
    )
  }

  /// What one sign-in is tied to: `state` and `nonce` come back, `verifier` is shown with the code.
  package struct Ties: Sendable, Hashable {
    package let state: String
    package let nonce: String
    package let verifier: String

    package init(from entropy: Entropy) {
      state = Base64URL.encode(entropy.bytes(32))
      nonce = Base64URL.encode(entropy.bytes(32))
      verifier = Base64URL.encode(entropy.bytes(32))
    }

    package init(state: String, nonce: String, verifier: String) {
      self.state = state
      self.nonce = nonce
      self.verifier = verifier
    }
  }

  /// Where the browser is sent. Throws `OpenIDError`: a provider that is down is told of here, in words, where the browser
  /// would only show its own error.
  package func address(_ ties: Ties, redirect: String) async throws -> String {
    let discovery = try await discovery(goodFor: Self.pauseSeconds)
    let challenge = Base64URL.encode(Hash.sha256(ties.verifier))
    let query = Self.form([
      ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", redirect),
      ("scope", "openid profile"), ("state", ties.state), ("nonce", ties.nonce), ("code_challenge", challenge),
      ("code_challenge_method", "S256"),
    ])
    let mark = discovery.authorization_endpoint.contains("?") ? "&" : "?"
    return discovery.authorization_endpoint + mark + query
  }

  /// Who came back with this code. Throws `OpenIDError`.
  package func person(code: String, _ ties: Ties, redirect: String) async throws -> OpenIDPerson {
    let discovery = try await discovery()
    var fields = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
      ("code_verifier", ties.verifier), ("client_id", settings.clientID),
    ]
    var headers = [
      (name: "Content-Type", value: "application/x-www-form-urlencoded"), (name: "Accept", value: "application/json"),
    ]
    if !settings.clientSecret.isEmpty {
      // client_secret_basic, with both parts encoded first (RFC 6749 §2.3.1).
      let pair = "\(Self.encoded(settings.clientID)):\(Self.encoded(settings.clientSecret))"
      headers.append((name: "Authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())"))
      fields.removeLast()
    }
    let body = Array(Self.form(fields).utf8)
    let answer = try await call(HTTPTransfer.Request(discovery.token_endpoint, headers: headers, body: body))
    guard answer.status == 200 else { throw OpenIDError.code("\(answer.status)") }
    struct Tokens: Decodable { let id_token: String }
    guard let tokens = Self.decode(Tokens.self, answer.body) else { throw OpenIDError.token(.form) }
    return try await person(token: tokens.id_token, nonce: ties.nonce)
  }

  /// Checks an ID token: signature by a key of the provider, issuer, audience, times, nonce.
  package func person(token: String, nonce: String) async throws -> OpenIDPerson {
    let header = try Self.header(token)
    let keys = try await keys(with: header.kid)
    let collection = JWTKeyCollection()
    do {
      try await collection.add(jwks: keys)
    } catch {
      throw OpenIDError.discovery("keys: \(error)")
    }
    let claims: IDToken
    do {
      claims = try await collection.verify(token, as: IDToken.self)
    } catch let error as JWTError {
      throw OpenIDError.token(error.errorType == .signatureVerificationFailed ? .signature : .key)
    } catch {
      throw OpenIDError.token(.form)
    }
    try claims.check(settings, nonce: nonce, now: clock.now())
    return OpenIDPerson(issuer: claims.iss, subject: claims.sub, name: claims.name ?? claims.preferred_username)
  }

  /// The provider's description, for the settings page too; asked for again when it is older than this many seconds.
  /// Throws `OpenIDError`.
  package func discovery(goodFor seconds: Int = goodSeconds) async throws -> OpenIDDiscovery {
    let now = clock.now()
    let kept = known.withLock { known -> OpenIDDiscovery? in
      guard let readAt = known.readAt, now < readAt.adding(seconds: seconds) else { return nil }
      return known.discovery
    }
    if let kept { return kept }
    let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
    let answer = try await call(HTTPTransfer.Request("\(base)/.well-known/openid-configuration"))
    guard answer.status == 200, let found = Self.decode(OpenIDDiscovery.self, answer.body) else {
      throw OpenIDError.discovery("\(answer.status)")
    }
    // Another issuer's description would let that issuer sign people in (Discovery §4.3).
    guard found.issuer == settings.issuer else { throw OpenIDError.discovery("issuer: \(found.issuer.prefix(200))") }
    let keys = try await fetchKeys(found)
    known.withLock {
      $0.discovery = found
      $0.keys = keys
      $0.readAt = now
    }
    return found
  }

  private func keys(with kid: String?) async throws -> JWKS {
    let discovery = try await discovery()
    let now = clock.now()
    let (kept, maySeek) = known.withLock { known in
      (known.keys, known.soughtAt.map { now >= $0.adding(seconds: Self.pauseSeconds) } ?? true)
    }
    if let kept, kid == nil || kept.keys.contains(where: { $0.keyIdentifier?.string == kid }) { return kept }
    guard maySeek else { throw OpenIDError.token(.key) }
    known.withLock { $0.soughtAt = now }
    // The provider may have changed its keys since.
    let fresh = try await fetchKeys(discovery)
    known.withLock { $0.keys = fresh }
    guard kid == nil || fresh.keys.contains(where: { $0.keyIdentifier?.string == kid }) else {
      throw OpenIDError.token(.key)
    }
    return fresh
  }

  private func fetchKeys(_ discovery: OpenIDDiscovery) async throws -> JWKS {
    let answer = try await call(HTTPTransfer.Request(discovery.jwks_uri))
    guard answer.status == 200, let list = Self.decode(KeyList.self, answer.body) else {
      throw OpenIDError.discovery("keys: \(answer.status)")
    }
    return JWKS(keys: list.keys.compactMap(\.key))
  }

  /// Keys of kinds we do not know, or without a name, are left out: a provider may have them for others.
  private struct KeyList: Decodable {
    struct Key: Decodable {
      let key: JWK?

      init(from decoder: any Decoder) throws {
        let read = try? JWK(from: decoder)  // of a kind we do not know
        key = read?.keyIdentifier == nil ? nil : read
      }
    }

    let keys: [Key]
  }

  private func call(_ request: HTTPTransfer.Request) async throws -> HTTPTransfer.Answer {
    do {
      do {
        return try await transfer.send(request)
      } catch TransferError.unreachable where request.body == nil {
        // A provider that drops a connection is asked once more: what is only read may be read twice.
        return try await transfer.send(request)
      }
    } catch let error as TransferError {
      throw OpenIDError.transfer(error)
    }
  }

  private struct Header: Decodable {
    let alg: String
    let kid: String?
  }

  /// `none` and the algorithms with a shared secret are refused before anything is looked at (RFC 8725 §3.1).
  private static let algorithms: Set = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
  ]

  private static func header(_ token: String) throws(OpenIDError) -> Header {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, token.utf8.count <= 64 << 10, let bytes = Base64URL.decode(parts[0]),
      let header = decode(Header.self, bytes)
    else { throw .token(.form) }
    guard algorithms.contains(header.alg) else { throw .token(.algorithm) }
    return header
  }

  private static func decode<T: Decodable>(_ type: T.Type, _ bytes: [UInt8]) -> T? {
    try? JSONDecoder().decode(type, from: Data(bytes))  // what cannot be read is said by the caller
  }

  static func form(_ fields: [(String, String)]) -> String {
    fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
  }

  /// All but the unreserved characters of RFC 3986.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { answer, byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: answer.unicodeScalars.append(Unicode.Scalar(byte))
      default: answer += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
