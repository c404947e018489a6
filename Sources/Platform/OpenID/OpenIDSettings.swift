/// The provider an installation signs in with (OpenID Connect Core 1.0) and what it knows us by.
package struct OpenIDSettings: Sendable, Hashable {
  /// `https://login.hospital.local/realms/main`, exactly as the provider writes itself.
  package var issuer: String
  package var clientID: String
  /// Empty for a client without one.
  package var clientSecret: String
  /// A PEM file of the authority to trust instead of the machine's own, or empty.
  package var authorityFile: String

  package init(issuer: String, clientID: String, clientSecret: String = "", authorityFile: String = "") {
    self.issuer = issuer
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.authorityFile = authorityFile
  }
}

/// What a provider says of itself (`/.well-known/openid-configuration`), as far as we use it.
package struct OpenIDDiscovery: Sendable, Hashable, Codable {
  package let issuer: String
  package let authorization_endpoint: String
  package let token_endpoint: String
  package let jwks_uri: String
}

/// Who somebody is by an ID token that was checked.
package struct OpenIDPerson: Sendable, Hashable {
  package let issuer: String
  /// The provider's own id of the person, which never changes.
  package let subject: String
  /// What the provider calls the person, for showing only.
  package let name: String?
}
