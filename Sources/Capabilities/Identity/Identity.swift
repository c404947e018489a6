import Nouns
import SQL
import Sealing
import Text
import Time
import Web

/// Who people are: accounts, roles, passwords, second factors, sessions, and the first set-up of an installation.
package struct Identity: Sendable {
  package struct Settings: Sendable {
    /// A session without a request for so long ends.
    package var idleSeconds = 30 * 60
    /// And every session after so long.
    package var longestSeconds = 12 * 3600
    /// How recent a password must be for the management of users.
    package var recentSeconds = 10 * 60
    /// How long a password that somebody else issued may wait for its one use.
    package var oneTimeSeconds = 7 * 86_400
    /// What strangers must know to set up from another machine; nil where only this machine may.
    package var setUpCode: String?

    package init() {}
  }

  /// A set-up code to print at start: three groups of four.
  package static func makeSetUpCode(_ entropy: Entropy = .system) -> String {
    let letters = Array(Base32.encode(entropy.bytes(8)).prefix(12))
    return stride(from: 0, to: 12, by: 4).map { String(letters[$0..<($0 + 4)]) }.joined(separator: "-")
  }

  /// A department to which a role can be limited; the ledger keeps them.
  package struct Department: Sendable, Hashable {
    package let id: String
    package let name: String

    package init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  let database: any Database
  let settings: Settings
  let clock: Clock
  let ids: IDMaker
  let entropy: Entropy
  let passwords: PasswordHash
  let seal: Seal
  let providers = KnownProviders()
  let refusals = RefusalLog()
  let departments: @Sendable (FacilityID) async throws -> [Department]

  package init(
    database: any Database,
    seal: Seal,
    settings: Settings = Settings(),
    clock: Clock,
    ids: IDMaker,
    entropy: Entropy = .system,
    passwords: PasswordHash = PasswordHash(),
    departments: @escaping @Sendable (FacilityID) async throws -> [Department] = { _ in [] }
  ) {
    self.database = database
    self.seal = seal
    self.settings = settings
    self.clock = clock
    self.ids = ids
    self.entropy = entropy
    self.passwords = passwords
    self.departments = departments
  }

  package static let migrations = IdentityMigrations.all

  package var capability: Capability {
    Capability(
      name: "identity",
      migrations: Self.migrations,
      routes: SignInRoutes(identity: self).routes + SetUpRoutes(identity: self).routes
        + AccountRoutes(identity: self).routes + UserRoutes(identity: self).routes
        + FacilityRoutes(identity: self).routes + LinkRoutes(identity: self).routes
        + SignInLogRoutes(identity: self).routes + DirectoryRoutes(identity: self).routes
        + ProviderRoutes(identity: self).routes + TokenRoutes(identity: self).routes
        + AccountAPI(identity: self).routes + FacilityAPI(identity: self).routes
        + OwnAccountAPI(identity: self).routes + SignInAPI(identity: self).routes + OutsideAPI(identity: self).routes,
      menu: [
        MenuItem(
          key: "identity.facility",
          section: .settings,
          label: Localized(ja: "施設", en: "Facility"),
          path: "/settings/facility",
          needs: .manageSettings,
          order: 10
        ),
        MenuItem(
          key: "identity.sign-ins",
          section: .settings,
          label: Localized(ja: "サインインの記録", en: "Sign-in log"),
          path: "/settings/sign-ins",
          needs: .manageUsers,
          order: 30
        ),
        MenuItem(
          key: "identity.tokens",
          section: .settings,
          label: Localized(ja: "APIトークン", en: "API tokens"),
          path: TokenRoutes.path,
          needs: .manageSettings,
          order: 40
        ),
        MenuItem(
          key: "identity.outside",
          section: .settings,
          label: Localized(ja: "院内の認証との連携", en: "Single sign-on"),
          path: "/settings/directory",
          needs: .manageSettings,
          order: 25
        ),
        MenuItem(
          key: "identity.users",
          section: .settings,
          label: Localized(ja: "利用者", en: "Users"),
          path: "/settings/users",
          needs: .manageUsers,
          order: 20
        ),
      ]
    )
  }

  /// What the web shell asks about sessions.
  package var sessions: SessionSource {
    SessionSource(
      find: { token, now in try await findSession(token, now) },
      setLanguage: { session, language in try await setLanguage(language, of: session) },
      holders: { facility, permission in try await holders(of: permission, in: facility) },
      bearer: { token, address, now in try await findBearer(token, address, now) },
      once: once,
      refused: { try await note($0) }
    )
  }

  /// All facilities by name.
  package func facilities() async throws -> [Facility] {
    try await database.read(.everyFacility) { tx in try tx.facilities() }
  }
}
