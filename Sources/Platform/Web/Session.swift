import Nouns
import Text
import Time

/// Somebody who has signed in, as a request sees it.
package struct Session: Sendable, Hashable {
  /// SHA-256 of the token in the cookie; the token itself is stored nowhere.
  package let tokenHash: String
  package let userID: String
  package let userName: String
  package let facility: FacilityID
  package let facilityName: String
  package let grants: [Grant]
  package let language: Language
  /// The synchroniser token every form of this session carries.
  package let csrf: String
  package let createdAt: Instant
  /// When a password or code was last given; user management wants it to be recent.
  package let authenticatedAt: Instant
  /// The earlier of the idle and the absolute end.
  package let expiresAt: Instant
  /// Seconds without a request after which the session ends.
  package let idleSeconds: Int
  /// The month in which the facility's fiscal year begins.
  package var fiscalYearStart = 4
  /// How this person likes dates, nil for what is usual in the language.
  package var dateStyle: DateStyle?
  /// Other facilities in which the same person has an account, to change to.
  package var otherFacilities: [OtherFacility] = []
  /// Where a second factor is set up that the facility wants of this person before they may do all that was granted; nil
  /// where nothing is missing.
  package var secondFactorPath: String?
  /// How many messages wait unread, nil where nobody counts.
  package var inbox: Inbox?

  /// Unread messages, for the head of every page.
  package struct Inbox: Sendable, Hashable {
    package let count: Int
    package let urgent: Int

    package init(count: Int, urgent: Int) {
      self.count = count
      self.urgent = urgent
    }
  }

  /// The token that stands for the person, nil where somebody signed in themselves.
  package var token: APIToken?

  /// What came with `Authorization: Bearer`.
  package struct APIToken: Sendable, Hashable {
    package let id: String
    package let name: String
    /// Of what its owner may do, what the token may.
    package let permissions: Set<Permission>

    package init(id: String, name: String, permissions: Set<Permission>) {
      self.id = id
      self.name = name
      self.permissions = permissions
    }
  }

  /// A facility to change to.
  package struct OtherFacility: Sendable, Hashable {
    package let id: FacilityID
    package let name: String

    package init(id: FacilityID, name: String) {
      self.id = id
      self.name = name
    }
  }

  package init(
    tokenHash: String,
    userID: String,
    userName: String,
    facility: FacilityID,
    facilityName: String,
    grants: [Grant],
    language: Language,
    csrf: String,
    createdAt: Instant,
    authenticatedAt: Instant,
    expiresAt: Instant,
    idleSeconds: Int
  ) {
    self.tokenHash = tokenHash
    self.userID = userID
    self.userName = userName
    self.facility = facility
    self.facilityName = facilityName
    self.grants = grants
    self.language = language
    self.csrf = csrf
    self.createdAt = createdAt
    self.authenticatedAt = authenticatedAt
    self.expiresAt = expiresAt
    self.idleSeconds = idleSeconds
  }

  /// As histories show it: a token by its owner and its own name.
  package var actor: Actor { Actor(id: userID, name: token.map { "\(userName)（API：\($0.name)）" } ?? userName) }

  package func may(_ permission: Permission) -> Bool {
    (token?.permissions.contains(permission) ?? true) && grants.contains { $0.role.permissions.contains(permission) }
  }

  /// Proof of permission, or `Denied`.
  package func scope<P: Permit>(_ permit: P.Type, request: String) throws(Denied) -> Scope<P> {
    guard may(P.permission) else { throw Denied(permission: P.permission) }
    return try Scope<P>(of: grants, facility: facility, actor: actor, request: request)
  }
}

/// What the web shell asks of whoever keeps the sessions (Identity).
package struct SessionSource: Sendable {
  /// The session of a cookie's token that has not ended, nil for any other. Also notes that it was used.
  package var find: @Sendable (_ token: String, _ now: Instant) async throws -> Session?
  /// Keeps the language for this account from now on.
  package var setLanguage: @Sendable (Session, Language) async throws -> Void
  /// Names of people who hold a permission, for 「この操作ができる人」; at most five.
  package var holders: @Sendable (FacilityID, Permission) async throws -> [String]
  /// The session of a token for programs, nil for one that is not known, has ended or was revoked. Also notes that it was
  /// used, and from where.
  package var bearer: @Sendable (_ token: String, _ address: String, _ now: Instant) async throws -> Session?
  /// Sees to it that a request sent twice is done once.
  package var once: OnceSource
  /// Puts on record that somebody was refused.
  package var refused: @Sendable (Refused) async throws -> Void

  /// A request of somebody who has signed in and may not do this.
  package struct Refused: Sendable {
    package let session: Session
    package let permission: Permission
    /// The pattern of its route, so that nothing that was typed goes on record.
    package let route: String
    package let address: String
    package let request: String
    package let at: Instant
  }

  package init(
    find: @escaping @Sendable (_ token: String, _ now: Instant) async throws -> Session?,
    setLanguage: @escaping @Sendable (Session, Language) async throws -> Void = { _, _ in },
    holders: @escaping @Sendable (FacilityID, Permission) async throws -> [String] = { _, _ in [] },
    bearer: @escaping @Sendable (_ token: String, _ address: String, _ now: Instant) async throws -> Session? = {
      _,
      _,
      _ in nil
    },
    once: OnceSource = .none,
    refused: @escaping @Sendable (Refused) async throws -> Void = { _ in }
  ) {
    self.find = find
    self.bearer = bearer
    self.once = once
    self.refused = refused
    self.setLanguage = setLanguage
    self.holders = holders
  }

  /// Nobody ever signs in.
  package static let none = SessionSource(find: { _, _ in nil })
}
