import Journal
import Nouns
import OpenID
import SQL
import Sealing
import Synchronization
import Text
import Time
import Web

/// The provider of OpenID Connect that a facility signs in with.
struct ProviderChoice: Sendable, Hashable {
  var isOn = false
  /// What the button on the sign-in page says: 「病院アカウント」.
  var label = ""
  var settings = OpenIDSettings(issuer: "", clientID: "")
  /// Under which address browsers reach these pages; the provider sends people back there.
  var address = ""
  var version = 0
  var hasSecret = false

  /// Where the provider sends people back: to be registered there.
  var redirect: String { "\(address)\(ProviderRoutes.returnPath)" }

  func check() throws(Problems) {
    var problems: [Problem] = []
    func add(_ field: String, _ ja: String, _ en: String) { problems.append(Problem(field, Localized(ja: ja, en: en))) }
    func isAddress(_ text: String) -> Bool {
      text.hasPrefix("https://") || text.hasPrefix("http://127.0.0.1:") || text.hasPrefix("http://localhost:")
    }
    if !isAddress(settings.issuer) {
      add("issuer", "https:// から始まる発行者（issuer）のアドレスを入力してください。", "Enter the issuer's address, from https://.")
    }
    if settings.clientID.isEmpty { add("client", "クライアントIDを入力してください。", "Enter the client ID.") }
    if !isAddress(address) || address.hasSuffix("/") {
      add(
        "address",
        "この画面のアドレスを、https:// から（最後の「/」なしで）入力してください。",
        "Enter the address of these pages from https://, without a last slash."
      )
    }
    if label.isEmpty || label.count > 40 {
      add("label", "サインインのボタンの名前を40文字以内で入力してください。", "Name the button in at most 40 characters.")
    }
    if !settings.authorityFile.isEmpty, !settings.authorityFile.hasPrefix("/") {
      add("authorityFile", "証明書のファイルは「/」から始まるパスで入力してください。", "Enter the file's full path from “/”.")
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }
}

/// Providers with what they said of themselves, one for each setting; kept while the program runs.
final class KnownProviders: Sendable {
  private let known = Mutex<[OpenIDSettings: OpenIDProvider]>([:])

  func provider(_ settings: OpenIDSettings, clock: Clock) -> OpenIDProvider {
    known.withLock { known in
      if let provider = known[settings] { return provider }
      // Old settings are of no use any more; a house has few facilities.
      if known.count > 50 { known = [:] }
      let provider = OpenIDProvider(settings, clock: clock)
      known[settings] = provider
      return provider
    }
  }
}

/// Why a provider's answer did not sign anybody in.
enum ProviderRefusal: Error, Sendable {
  /// The step is unknown, used already, too old, or another browser's.
  case step
  /// The person is known to the provider and linked to no account here.
  case notLinked
  /// The identity is linked to another account.
  case linkedElsewhere
  case failed(Localized)

  var message: Localized {
    switch self {
    case .step:
      Localized(
        ja: "サインインの手続きが途中で切れました。はじめからやり直してください。",
        en: "The sign-in was interrupted. Start again."
      )
    case .notLinked:
      Localized(
        ja: "このアカウントは、まだ櫓のアカウントと結び付けられていません。櫓のパスワードでサインインし、「アカウント」→「院内の認証」で結び付けてください。",
        en: "It is not linked to an account here yet. Sign in with your password, then link it under Your account."
      )
    case .linkedElsewhere:
      Localized(
        ja: "院内のこのアカウントは、ほかの櫓のアカウントに結び付いています。管理者に知らせてください。",
        en: "It is linked to another account here. Tell your administrator."
      )
    case .failed(let message): message
    }
  }
}

extension Identity {
  func provider(_ facility: FacilityID) async throws -> ProviderChoice? {
    let row = try await database.read(.facility(facility.rawValue)) { tx in
      try tx.row("SELECT * FROM provider WHERE facility = \(facility.rawValue)")
    }
    guard let row else { return nil }
    let sealed = try row.optionalBytes("sealed_secret")
    return ProviderChoice(
      isOn: try row.bool("is_on"),
      label: try row.text("label"),
      settings: OpenIDSettings(
        issuer: try row.text("issuer"),
        clientID: try row.text("client"),
        clientSecret: try sealed.map {
          String(decoding: try seal.open($0, for: Self.secretPurpose(facility)), as: UTF8.self)
        } ?? "",
        authorityFile: try row.text("authority_file")
      ),
      address: try row.text("address"),
      version: try row.integer("version"),
      hasSecret: sealed != nil
    )
  }

  /// An empty secret keeps the one that is stored. Throws `Problems`, `SettingsConflict`.
  func save(_ choice: ProviderChoice, in scope: Scope<ManageSettings>, visit: Visit) async throws {
    try choice.check()
    let facility = scope.facility
    let old = try await provider(facility)
    guard choice.version == old?.version ?? 0 else { throw SettingsConflict() }
    let isNewSecret = !choice.settings.clientSecret.isEmpty
    let secret = isNewSecret ? choice.settings.clientSecret : old?.settings.clientSecret ?? ""
    let sealed = secret.isEmpty ? nil : try seal.close(secret, for: Self.secretPurpose(facility))
    func fields(_ choice: ProviderChoice) -> [(String, String)] {
      [
        ("isOn", String(choice.isOn)), ("label", choice.label), ("issuer", choice.settings.issuer),
        ("client", choice.settings.clientID), ("authorityFile", choice.settings.authorityFile),
        ("address", choice.address),
      ]
    }
    let before = Dictionary(uniqueKeysWithValues: old.map(fields) ?? [])
    var changes = fields(choice).compactMap { name, value -> (String, String?, String?)? in
      before[name] == value ? nil : (name, before[name], value)
    }
    if isNewSecret { changes.append(("secret", nil, "••••")) }
    guard !changes.isEmpty else { return }
    let entry = note(
      "provider.changed",
      (type: "provider", id: facility.rawValue, title: choice.label),
      in: facility,
      by: scope.actor,
      visit,
      changes: changes
    )
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run("DELETE FROM provider WHERE facility = \(facility.rawValue)")
      try tx.run(
        """
        INSERT INTO provider (facility, is_on, label, issuer, client, sealed_secret, authority_file, address, version)
        VALUES (\(facility.rawValue), \(choice.isOn), \(choice.label), \(choice.settings.issuer),
          \(choice.settings.clientID), \(sealed), \(choice.settings.authorityFile), \(choice.address),
          \(choice.version + 1))
        """
      )
      try tx.record([entry])
    }
  }

  // MARK: The way there and back

  /// Seconds from leaving for the provider to coming back.
  private static let providerSeconds = 600

  /// Begins: answers where the browser goes, and the token that ties the way back to this browser. `account` is who
  /// wants to be linked, nil for a sign-in.
  func beginProvider(
    _ choice: ProviderChoice,
    in facility: FacilityID,
    account: String?,
    next: String?,
    at now: Instant
  ) async throws -> (address: String, browser: Token) {
    let ties = OpenIDProvider.Ties(from: entropy)
    let browser = Token(from: entropy)
    let provider = providers.provider(choice.settings, clock: clock)
    let address: String
    do {
      address = try await provider.address(ties, redirect: choice.redirect)
    } catch let error as OpenIDError {
      throw ProviderRefusal.failed(error.message)
    }
    let state = Hash.sha256Hex(Array(ties.state.utf8))
    let sealed = try seal.close("\(ties.nonce) \(ties.verifier)", for: Self.tiesPurpose(facility, state))
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run(
        """
        DELETE FROM provider_step WHERE facility = \(facility.rawValue)
          AND at < \(now.adding(seconds: -Self.providerSeconds))
        """
      )
      try tx.run(
        """
        INSERT INTO provider_step (facility, state_hash, browser_hash, sealed_ties, account, next, at)
        VALUES (\(facility.rawValue), \(state), \(browser.hash), \(sealed), \(account ?? ""), \(next ?? ""), \(now))
        """
      )
    }
    return (address, browser)
  }

  /// What somebody came back with, and whom it was for.
  struct ProviderReturn: Sendable {
    let facility: FacilityID
    let person: OpenIDPerson
    /// Who wants to be linked, nil for a sign-in.
    let account: String?
    let next: String?
  }

  /// Ends: a step is used up by looking at it, so an answer works once. Throws `ProviderRefusal`.
  func endProvider(state: String, code: String, browser: Token, at now: Instant) async throws -> ProviderReturn {
    let hash = Hash.sha256Hex(Array(state.utf8))
    let row = try await database.write(.everyFacility) { tx -> Row? in
      let row = try tx.row("SELECT * FROM provider_step WHERE state_hash = \(hash)")
      try tx.run("DELETE FROM provider_step WHERE state_hash = \(hash)")
      return row
    }
    guard let row, try row.text("browser_hash") == browser.hash,
      try row.instant("at") > now.adding(seconds: -Self.providerSeconds)
    else { throw ProviderRefusal.step }
    let facility = FacilityID(rawValue: try row.text("facility"))
    guard let choice = try await provider(facility), choice.isOn else { throw ProviderRefusal.step }
    let opened = try seal.open(try row.bytes("sealed_ties"), for: Self.tiesPurpose(facility, hash))
    let parts = String(decoding: opened, as: UTF8.self).split(separator: " ").map(String.init)
    guard parts.count == 2 else { throw ProviderRefusal.step }
    let ties = OpenIDProvider.Ties(state: state, nonce: parts[0], verifier: parts[1])
    do {
      let person = try await providers.provider(choice.settings, clock: clock)
        .person(code: code, ties, redirect: choice.redirect)
      let (account, next) = (try row.text("account"), try row.text("next"))
      return ProviderReturn(
        facility: facility,
        person: person,
        account: account.isEmpty ? nil : account,
        next: next.isEmpty ? nil : next
      )
    } catch let error as OpenIDError {
      throw ProviderRefusal.failed(error.message)
    }
  }

  /// Opens a session for whoever is linked to the person. The provider may have asked for a second factor; where the
  /// account has one here, it is asked for all the same.
  func signIn(_ back: ProviderReturn, visit: Visit) async throws -> Opened {
    let facility = back.facility.rawValue
    return try await database.write(.everyFacility) { tx in
      let linked = try tx.row(
        """
        SELECT account FROM outside_identity WHERE facility = \(facility) AND source = 'openid'
          AND issuer = \(back.person.issuer) AND subject = \(back.person.subject)
        """
      )?.text("account")
      guard let linked, let account = try tx.account(linked, in: back.facility) else {
        throw ProviderRefusal.notLinked
      }
      guard account.lockedAt == nil else { throw SignInRefusal.locked }
      try tx.run(
        """
        UPDATE outside_identity SET used_at = \(visit.now) WHERE facility = \(facility) AND source = 'openid'
          AND issuer = \(back.person.issuer) AND subject = \(back.person.subject)
        """
      )
      return try pass(nil, to: account.hasSecondFactor ? .code : .full, account, visit, tx, reason: "openid")
    }
  }

  /// Ties the person of the provider to one's own account; the one before is let go.
  func link(_ back: ProviderReturn, to session: Session, visit: Visit) async throws {
    guard back.account == session.userID, back.facility == session.facility else { throw ProviderRefusal.step }
    let account = try await ownAccount(session)
    let facility = back.facility.rawValue
    let entry = note(
      "account.linked-outside",
      account,
      by: account.actor,
      visit,
      changes: [("identity", nil, "\(back.person.issuer) \(back.person.subject)")]
    )
    do {
      try await database.write(.facility(facility)) { tx in
        try tx.run(
          """
          DELETE FROM outside_identity WHERE facility = \(facility) AND source = 'openid' AND account = \(account.id)
          """
        )
        try tx.run(
          """
          INSERT INTO outside_identity (facility, source, issuer, subject, account, name, created_at)
          VALUES (\(facility), 'openid', \(back.person.issuer), \(back.person.subject), \(account.id),
            \(back.person.name ?? back.person.subject), \(visit.now))
          """
        )
        try tx.record([entry])
      }
    } catch StorageError.uniqueViolation {
      throw ProviderRefusal.linkedElsewhere
    }
  }

  func unlinkProvider(_ session: Session, visit: Visit) async throws {
    let account = try await ownAccount(session)
    let entry = note("account.unlinked-outside", account, by: account.actor, visit)
    try await database.write(.facility(session.facility.rawValue)) { tx in
      let count = try tx.run(
        """
        DELETE FROM outside_identity
        WHERE facility = \(session.facility.rawValue) AND source = 'openid' AND account = \(account.id)
        """
      )
      if count > 0 { try tx.record([entry]) }
    }
  }

  /// What the provider calls the person one is linked to.
  func linkedName(_ session: Session) async throws -> String? {
    try await database.read(.facility(session.facility.rawValue)) { tx in
      try tx.row(
        """
        SELECT name FROM outside_identity
        WHERE facility = \(session.facility.rawValue) AND source = 'openid' AND account = \(session.userID)
        """
      )?.text("name")
    }
  }

  static func resealProviders(_ work: inout Resealing, in tx: any Transaction) throws {
    for row in try tx.rows("SELECT facility, sealed_secret FROM provider WHERE sealed_secret IS NOT NULL") {
      let facility = FacilityID(rawValue: try row.text("facility"))
      guard let sealed = try work.renew(try row.bytes("sealed_secret"), for: secretPurpose(facility)) else { continue }
      try tx.run("UPDATE provider SET sealed_secret = \(sealed) WHERE facility = \(facility.rawValue)")
    }
    // Steps on the way to a provider live ten minutes, and nobody is on the way while nothing serves.
    try tx.run("DELETE FROM provider_step")
  }

  private static func secretPurpose(_ facility: FacilityID) -> String {
    "identity.provider.secret/\(facility.rawValue)"
  }

  private static func tiesPurpose(_ facility: FacilityID, _ state: String) -> String {
    "identity.provider.ties/\(facility.rawValue)/\(state)"
  }
}
