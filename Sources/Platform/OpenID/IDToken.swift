import Foundation
import JWTKit
import Time

/// The claims of an ID token that say for whom and until when it holds (OpenID Connect Core §2).
struct IDToken: JWTPayload {
  let iss: String
  let sub: String
  let aud: Audience
  let exp: Double
  let iat: Double
  let nonce: String?
  let azp: String?
  let nbf: Double?
  let name: String?
  let preferred_username: String?

  /// One or several.
  struct Audience: Codable, Sendable {
    let values: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        values = [try container.decode(String.self)]
      } catch is DecodingError {
        values = try container.decode([String].self)
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(values)
    }
  }

  /// What depends on our own clock and settings is checked by `check`, with reasons of its own.
  func verify(using algorithm: some JWTAlgorithm) async throws {}

  /// How far clocks may differ, in seconds.
  static let skew = 60.0
  /// A token is for signing in right now.
  static let longestAge = 3600.0

  func check(_ settings: OpenIDSettings, nonce wanted: String, now: Instant) throws(OpenIDError) {
    let now = Double(now.milliseconds) / 1000
    guard iss == settings.issuer else { throw .token(.issuer) }
    guard aud.values.contains(settings.clientID) else { throw .token(.audience) }
    // Where a token is for several, it says to whom it was given (§3.1.3.7).
    guard aud.values.count == 1 || azp == settings.clientID, azp == nil || azp == settings.clientID else {
      throw .token(.audience)
    }
    guard exp > now - Self.skew else { throw .token(.expired) }
    guard iat < now + Self.skew, (nbf ?? 0) < now + Self.skew else { throw .token(.early) }
    guard iat > now - Self.longestAge else { throw .token(.expired) }
    guard nonce == wanted else { throw .token(.nonce) }
    guard !sub.isEmpty, sub.utf8.count <= 255 else { throw .token(.subject) }
  }
}
