import Foundation
import Sealing
import Support
import Testing
import Time
import Transfer

@testable import OpenID

/// Code with PKCE against a real small provider, and every way in which its answer can be wrong.
@Suite struct OpenIDTests {
  static let redirect = "https://yagura.hospital.local/sign-in/provider/return"

  func settings(_ provider: Provider) -> OpenIDSettings {
    OpenIDSettings(issuer: provider.issuer, clientID: "yagura", clientSecret: "provider-secret")
  }

  func query(_ address: String) -> [String: String] {
    let items = URLComponents(string: address)?.queryItems ?? []
    return Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  /// Through the provider and back: the code.
  func code(_ client: OpenIDProvider, _ provider: Provider, _ ties: OpenIDProvider.Ties) async throws -> String {
    let address = try await client.address(ties, redirect: Self.redirect)
    let back = try await provider.visit(address)
    #expect(query(back)["state"] == ties.state)
    return query(back)["code"] ?? ""
  }

  @Test func aPersonComesBackAsThemselves() async throws {
    let provider = try await Provider()
    let client = OpenIDProvider(settings(provider), clock: .system)
    let ties = OpenIDProvider.Ties(from: .system)
    let address = try await client.address(ties, redirect: Self.redirect)
    #expect(!address.contains(ties.verifier))
    let code = try await code(client, provider, ties)
    let person = try await client.person(code: code, ties, redirect: Self.redirect)
    #expect(person == OpenIDPerson(issuer: provider.issuer, subject: "id-sato", name: "sato"))
    // A code works once.
    await #expect(throws: OpenIDError.code("400")) {
      try await client.person(code: code, ties, redirect: Self.redirect)
    }
    // Somebody else's code without the verifier it was asked with.
    let second = try await self.code(client, provider, ties)
    let stranger = OpenIDProvider.Ties(state: ties.state, nonce: ties.nonce, verifier: "guessed")
    await #expect(throws: OpenIDError.code("400")) {
      try await client.person(code: second, stranger, redirect: Self.redirect)
    }
    await provider.stop()
    await #expect(throws: OpenIDError.transfer(.unreachable("Couldn't connect to server"))) {
      try await client.person(code: second, ties, redirect: Self.redirect)
    }
  }

  @Test(arguments: [
    ("nonce", OpenIDError.Fault.nonce), ("no-nonce", .nonce), ("audience", .audience), ("two-audiences", .audience),
    ("other-party", .audience), ("issuer", .issuer), ("expired", .expired), ("old", .expired), ("future", .early),
    ("none", .algorithm), ("shared", .algorithm), ("signature", .signature), ("changed", .signature),
    ("unknown-key", .key), ("subject", .subject),
  ])
  func aTokenThatIsWrongIsRefused(lie: String, fault: OpenIDError.Fault) async throws {
    let provider = try await Provider()
    let client = OpenIDProvider(settings(provider), clock: .system)
    let ties = OpenIDProvider.Ties(from: .system)
    let code = try await code(client, provider, ties)
    try await provider.lie(lie)
    await #expect(throws: OpenIDError.token(fault), "\(lie)") {
      try await client.person(code: code, ties, redirect: Self.redirect)
    }
    await provider.stop()
  }

  @Test func whatIsUnusualButRightIsTaken() async throws {
    let provider = try await Provider()
    let client = OpenIDProvider(settings(provider), clock: .system)
    // A clock that is a little off, a token for several that names us, and a key the provider has just changed to.
    for lie in ["skew", "named-party", "new-key"] {
      let ties = OpenIDProvider.Ties(from: .system)
      let code = try await code(client, provider, ties)
      try await provider.lie(lie)
      #expect(try await client.person(code: code, ties, redirect: Self.redirect).subject == "id-sato", "\(lie)")
    }
    await provider.stop()
  }

  @Test func anotherIssuersDescriptionIsRefused() async throws {
    let provider = try await Provider()
    try await provider.lie("description")
    let client = OpenIDProvider(settings(provider), clock: .system)
    await #expect { try await client.discovery() } throws: { error in
      guard case OpenIDError.discovery = error else { return false }
      return true
    }
    await provider.stop()
  }

  @Test(arguments: ["http://login.example", "ftp://127.0.0.1", "file:///etc/passwd", "http://127.0.0.1@evil.example"])
  func onlyEncryptedProvidersAreCalled(issuer: String) async throws {
    let client = OpenIDProvider(OpenIDSettings(issuer: issuer, clientID: "x"), clock: .system)
    await #expect(throws: OpenIDError.transfer(.insecure)) {
      try await client.discovery()
    }
  }

  @Test(arguments: ["", "a", "a.b", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJSUzI1NiJ9.%%%.x"])
  func whatIsNoTokenIsRefused(text: String) async throws {
    let provider = try await Provider()
    let client = OpenIDProvider(settings(provider), clock: .system)
    await #expect(throws: OpenIDError.self) { try await client.person(token: text, nonce: "x") }
    await provider.stop()
  }
}
