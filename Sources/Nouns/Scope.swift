import Text

/// The tenant: a hospital, clinic, pharmacy, vendor or hub.
package struct FacilityID: RawRepresentable, Sendable, Hashable, Codable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// Who acts: a person with an account, or the installation itself (a job, a command).
package struct Actor: Sendable, Hashable {
  /// The account's id, or `system`.
  package let id: String
  /// As it is shown in histories, kept as it was at the time.
  package let name: String

  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// Work that nobody ordered by hand.
  package static let system = Actor(id: "system", name: "Yagura")
}

/// The roles of a facility (reference: navigation by role). One person may hold several, also limited to a department.
package enum Role: String, Sendable, CaseIterable, Codable {
  case director, safetyManager, administrator, departmentHead, staff, vendor

  package var label: Localized {
    switch self {
    case .director: Localized(ja: "病院長・経営層", en: "Director")
    case .safetyManager: Localized(ja: "医療情報システム安全管理責任者", en: "Safety manager")
    case .administrator: Localized(ja: "システム管理者", en: "System administrator")
    case .departmentHead: Localized(ja: "部門責任者", en: "Department head")
    case .staff: Localized(ja: "一般職員", en: "Staff")
    case .vendor: Localized(ja: "事業者", en: "Vendor")
    }
  }
}

/// What somebody may do. Each has one type of `Permit`, which a `Scope` carries.
package enum Permission: String, Sendable, CaseIterable, Codable {
  /// To have an account that works: the home page, one's own settings.
  case signedIn
  case readLedger, editLedger
  /// Imports, undo of imports, export of whole ledgers.
  case importLedger
  case readJournal
  case readVulnerabilities
  /// Names, findings, requests to vendors, patches: the work on vulnerabilities.
  case editVulnerabilities
  /// The feeds of the installation: imports, roll-back.
  case manageFeeds
  case manageUsers
  case manageSettings
  /// To read and close what staff report as odd.
  case handleReports
  /// The program's own figures (`/metrics`), for whoever watches the server.
  case readMetrics
  /// To answer checklists, confirm what the records say, lock and reopen rounds.
  case answerChecks
  /// To give work to others: hand-made duties.
  case manageDuties
  /// The first page, which everybody who signs in has; a vendor's says nothing internal.
  case seeHome
  /// To take the content of a file out for good that should never have been kept.
  case withdrawFiles
  /// To ask for work on devices that one's company maintains, to do it and to report it: a vendor's account.
  case requestWork
}

extension Role {
  /// Deny by default: what is not named here is not allowed.
  package var permissions: Set<Permission> {
    switch self {
    case .director:
      [.seeHome, .signedIn, .readLedger, .readJournal, .readVulnerabilities, .manageDuties, .handleReports]
    case .safetyManager, .administrator:
      [
        .seeHome, .signedIn, .readLedger, .editLedger, .importLedger, .readJournal, .readVulnerabilities,
        .editVulnerabilities, .answerChecks, .manageFeeds, .manageUsers, .manageSettings, .manageDuties, .readMetrics,
        .handleReports, .withdrawFiles,
      ]
    case .departmentHead: [.seeHome, .signedIn, .readLedger, .editLedger, .readVulnerabilities]
    case .staff: [.seeHome, .signedIn]
    case .vendor: [.seeHome, .requestWork]
    }
  }
}

/// One role held by one account, in the whole facility or in one department only.
package struct Grant: Sendable, Hashable, Codable {
  package let role: Role
  /// The id of a department in the ledger, nil for the whole facility.
  package let department: String?

  package init(role: Role, department: String? = nil) {
    self.role = role
    self.department = department
  }
}

/// A permission as a type, so that a function can demand it in its signature.
package protocol Permit: Sendable {
  static var permission: Permission { get }
}

package enum SignedIn: Permit { package static let permission = Permission.signedIn }
package enum ReadLedger: Permit { package static let permission = Permission.readLedger }
package enum EditLedger: Permit { package static let permission = Permission.editLedger }
package enum ImportLedger: Permit { package static let permission = Permission.importLedger }
package enum ReadJournal: Permit { package static let permission = Permission.readJournal }
package enum ReadVulnerabilities: Permit { package static let permission = Permission.readVulnerabilities }
package enum EditVulnerabilities: Permit { package static let permission = Permission.editVulnerabilities }
package enum AnswerChecks: Permit { package static let permission = Permission.answerChecks }
package enum ManageFeeds: Permit { package static let permission = Permission.manageFeeds }
package enum ManageUsers: Permit { package static let permission = Permission.manageUsers }
package enum ManageDuties: Permit { package static let permission = Permission.manageDuties }
package enum SeeHome: Permit { package static let permission = Permission.seeHome }
package enum HandleReports: Permit { package static let permission = Permission.handleReports }
package enum ManageSettings: Permit { package static let permission = Permission.manageSettings }
package enum WithdrawFiles: Permit { package static let permission = Permission.withdrawFiles }
package enum RequestWork: Permit { package static let permission = Permission.requestWork }
package enum ReadMetrics: Permit { package static let permission = Permission.readMetrics }

/// Proof that somebody may do `P` in a facility, and where in it. Stores demand it; only `Scope.init(of:…)` makes one, and
/// it throws `Denied` where the grants do not say so.
package struct Scope<P: Permit>: Sendable {
  package let facility: FacilityID
  package let actor: Actor
  /// The departments the permission reaches, nil for all.
  package let departments: Set<String>?
  /// Ties what is recorded to the request or command that did it.
  package let request: String
  /// Everything the grants allow, nil for all: a kind of record may ask for more than its page.
  fileprivate let permissions: Set<Permission>?

  package init(of grants: [Grant], facility: FacilityID, actor: Actor, request: String) throws(Denied) {
    let holding = grants.filter { $0.role.permissions.contains(P.permission) }
    guard !holding.isEmpty else { throw Denied(permission: P.permission) }
    self.facility = facility
    self.actor = actor
    self.request = request
    departments = holding.contains { $0.department == nil } ? nil : Set(holding.compactMap(\.department))
    permissions = grants.reduce(into: []) { $0.formUnion($1.role.permissions) }
  }

  /// Whether whoever holds this may also do that.
  package func holds(_ permission: Permission) -> Bool { permissions?.contains(permission) ?? true }

  fileprivate init(
    facility: FacilityID,
    actor: Actor,
    departments: Set<String>?,
    request: String,
    permissions: Set<Permission>?
  ) {
    self.facility = facility
    self.actor = actor
    self.departments = departments
    self.request = request
    self.permissions = permissions
  }

  /// The operator at the machine's own command line, or the program's own work: may do everything in the facility.
  package static func operatorOf(_ facility: FacilityID, as actor: Actor, request: String) -> Scope<P> {
    Scope(facility: facility, actor: actor, departments: nil, request: request, permissions: nil)
  }
}

extension Scope where P == EditLedger {
  /// Whoever may edit may read the same.
  package var reading: Scope<ReadLedger> { Scope<ReadLedger>.narrowed(from: self) }
}

extension Scope where P == ImportLedger {
  package var editing: Scope<EditLedger> { Scope<EditLedger>.narrowed(from: self) }
  package var reading: Scope<ReadLedger> { Scope<ReadLedger>.narrowed(from: self) }
}

extension Scope where P == EditVulnerabilities {
  /// Whoever may edit may read the same.
  package var reading: Scope<ReadVulnerabilities> { Scope<ReadVulnerabilities>.narrowed(from: self) }
}

extension Scope where P == AnswerChecks {
  /// Whoever answers may read what the answers rest on.
  package var reading: Scope<ReadLedger> { Scope<ReadLedger>.narrowed(from: self) }
}

extension Scope where P == ManageFeeds {
  package var reading: Scope<ReadVulnerabilities> { Scope<ReadVulnerabilities>.narrowed(from: self) }
}

extension Scope where P == ReadVulnerabilities {
  /// Every role that reads vulnerabilities reads the ledger too, with the same limits.
  package var ledger: Scope<ReadLedger> { Scope<ReadLedger>.narrowed(from: self) }
}

extension Scope {
  fileprivate static func narrowed<Q: Permit>(from other: Scope<Q>) -> Scope<P> {
    Scope(
      facility: other.facility,
      actor: other.actor,
      departments: other.departments,
      request: other.request,
      permissions: other.permissions
    )
  }
}

package struct Denied: Error, Sendable, Equatable {
  package let permission: Permission
  package init(permission: Permission) { self.permission = permission }
}
