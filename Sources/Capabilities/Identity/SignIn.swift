import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Web

/// Why somebody is not let in. The words never tell whether the account exists.
package enum SignInRefusal: Error, Sendable, Hashable {
  /// User name or password or code.
  case wrong
  /// Seconds to wait after too many wrong ones.
  case wait(Int)
  /// Told only to those who know the password.
  case locked
  case oneTimePasswordExpired
  /// There are several facilities and none was chosen.
  case noFacility
  /// The first step was too long ago.
  case stepExpired
  /// The directory cannot be asked; accounts of this program itself still work.
  case directoryDown
  /// The directory knows the person, but none of the groups has a role here.
  case noRole

  package var message: Localized {
    switch self {
    case .wrong:
      Localized(
        ja: "ユーザー名かパスワードが違います。大文字・小文字と、全角・半角を確かめてください。",
        en: "The user name or the password is wrong. Check capitals and the input mode."
      )
    case .wait(let seconds):
      Localized(
        ja: "続けて間違えたため、しばらくサインインできません。\(Self.words(seconds).ja)待ってから、もう一度お試しください。",
        en: "Too many wrong attempts. Wait \(Self.words(seconds).en), then try again."
      )
    case .locked:
      Localized(
        ja: "このアカウントは管理者が停止しています。システム管理者に連絡してください。",
        en: "This account is locked by an administrator. Please contact your system administrator."
      )
    case .oneTimePasswordExpired:
      Localized(
        ja: "仮パスワードの期限が切れています。システム管理者に新しい仮パスワードを頼んでください。",
        en: "The one-time password has expired. Ask your system administrator for a new one."
      )
    case .noFacility: Localized(ja: "施設を選んでください。", en: "Choose the facility.")
    case .directoryDown:
      Localized(
        ja: "院内の認証サーバーに確認できないため、サインインできません。しばらくしてから、もう一度お試しください。櫓にパスワードを持つ管理者はサインインできます。",
        en:
          "The hospital's directory cannot be asked. Try again later. Administrators with a password here can sign in."
      )
    case .noRole:
      Localized(
        ja: "このアカウントには、櫓を使う権限がまだありません。システム管理者に連絡してください。",
        en: "This account has no role here yet. Contact your system administrator."
      )
    case .stepExpired:
      Localized(
        ja: "時間がたったため、もう一度ユーザー名とパスワードを入力してください。",
        en: "Too much time has passed. Enter the user name and the password again."
      )
    }
  }

  static func words(_ seconds: Int) -> Localized {
    seconds < 60
      ? Localized(ja: "\(seconds)秒", en: "\(seconds) seconds")
      : Localized(ja: "\((seconds + 59) / 60)分", en: "\((seconds + 59) / 60) minutes")
  }
}

/// A step that was passed: the token for the cookie, and what comes next.
struct Opened: Sendable, Hashable {
  let token: Token
  let stage: Stage
  let language: Language
}

extension Identity {
  /// Seconds from the first step of signing in to its last.
  static let stepSeconds = 600

  /// Bytes; no account has one as long, and hashing costs.
  static let longestPassword = 1024

  /// Checks user name and password. The attempt counts as failed before the password is looked at, so that many at the
  /// same time cannot outrun the lock.
  func signIn(
    userName: String,
    password: String,
    facility chosen: FacilityID?,
    visit: Visit
  ) async throws -> Opened {
    let facility = try await self.facility(chosen)
    // Longer ones no account has; what is typed there is cut rather than looked at.
    let key = Account.key(of: String(userName.prefix(200)))
    let subject = Self.subject(of: key, in: facility)
    let attempt = try await beginAttempt(subject: subject, visit)
    let found = try await database.read(.facility(facility.rawValue)) { tx -> (Account, String)? in
      guard let account = try tx.accounts(in: facility, key: key).first,
        let hash = try tx.currentHash(of: account.id, in: facility)
      else { return nil }
      return (account, hash)
    }
    let isTooLong = password.utf8.count > Self.longestPassword
    guard let (account, hash) = found else {
      if let directory = try await activeDirectory(facility) {
        let typed = TypedSignIn(userName: userName, password: password, subject: subject, attempt: attempt)
        return try await signIn(typed, by: directory, in: facility, visit)
      }
      if !isTooLong { try await passwords.verifyAgainstNothing(password) }
      try await noteFailure(of: subject, account: nil, in: facility, visit)
      throw SignInRefusal.wrong
    }
    let outcome = isTooLong ? .wrong : try await passwords.verify(password, against: hash)
    guard outcome.isRight else {
      try await noteFailure(of: subject, account: account, in: facility, visit)
      throw SignInRefusal.wrong
    }
    guard account.lockedAt == nil else { throw SignInRefusal.locked }
    if let until = account.oneTimeUntil, until <= visit.now { throw SignInRefusal.oneTimePasswordExpired }
    let better = outcome == .right(needsRehash: true) ? try await passwords.hash(password) : nil
    let stage: Stage = account.hasSecondFactor ? .code : account.oneTimeUntil == nil ? .full : .password
    return try await database.write(.everyFacility) { tx in
      if let better {
        try tx.run(
          """
          UPDATE credential SET hash = \(better)
          WHERE facility = \(facility.rawValue) AND account = \(account.id) AND hash = \(hash)
          """
        )
      }
      return try pass(attempt, to: stage, account, visit, tx)
    }
  }

  /// Checks the code of the second factor, or a recovery code in its place.
  func signIn(code: String, step: Token, visit: Visit) async throws -> Opened {
    let (row, account) = try await self.step(step, .code, visit)
    let facility = row.facility
    // The same count as for the password: who guesses codes is stopped just as soon.
    let attempt = try await beginAttempt(subject: Self.subject(of: account), visit)
    let stage: Stage = account.oneTimeUntil == nil ? .full : .password
    let opened = try await database.write(.everyFacility) { tx -> Opened? in
      guard try acceptCode(code, of: account, visit, tx) else { return nil }
      try tx.run("DELETE FROM session WHERE facility = \(facility.rawValue) AND id = \(row.id)")
      return try pass(attempt, to: stage, account, visit, tx)
    }
    guard let opened else {
      try await noteFailure(of: Self.subject(of: account), account: account, in: facility, visit)
      throw SignInRefusal.wrong
    }
    return opened
  }

  /// Takes the new password of somebody who signed in with one that was issued.
  func signIn(newPassword: String, step: Token, visit: Visit) async throws -> Opened {
    let (row, account) = try await self.step(step, .password, visit)
    let hash = try await checkedHash(of: newPassword, for: account)
    return try await database.write(.everyFacility) { tx in
      try tx.replacePassword(
        hash,
        id: ids.next(),
        of: account.id,
        in: account.facility,
        oneTimeUntil: nil,
        at: visit.now
      )
      try tx.record([note("account.password-changed", account, by: account.actor, visit)])
      try tx.endSessions(of: account.id, in: account.facility)
      try tx.run("DELETE FROM session WHERE facility = \(account.facility.rawValue) AND id = \(row.id)")
      return try pass(nil, to: .full, account, visit, tx)
    }
  }

  /// Where somebody stands who has begun to sign in.
  func step(_ token: Token, _ stage: Stage, _ visit: Visit) async throws -> (SessionRow, Account) {
    let found = try await database.read(.everyFacility) { tx -> (SessionRow, Account)? in
      guard let row = try tx.session(token, at: visit.now, idleSeconds: settings.idleSeconds), row.stage == stage,
        let account = try tx.account(row.account, in: row.facility), account.lockedAt == nil
      else { return nil }
      return (row, account)
    }
    guard let found else { throw SignInRefusal.stepExpired }
    return found
  }

  private func facility(_ chosen: FacilityID?) async throws -> FacilityID {
    let all = try await facilities()
    if let chosen, all.contains(where: { $0.id == chosen }) { return chosen }
    guard all.count == 1, let only = all.first else { throw SignInRefusal.noFacility }
    return only.id
  }

  /// Notes a failed attempt, unless one must wait. Answers its id, to be turned into a success.
  func beginAttempt(subject: String, _ visit: Visit) async throws -> String {
    let id = ids.next()
    let subject = Hash.sha256Hex(Array(subject.utf8))
    let wait = try await database.write(.everyFacility) { tx -> Int in
      let wait = try max(
        tx.wait(of: .account, subject: subject, now: visit.now),
        tx.wait(of: .address, address: visit.network, now: visit.now)
      )
      if wait == 0 {
        try tx.run(
          """
          INSERT INTO sign_in_attempt (id, subject, address, at, succeeded)
          VALUES (\(id), \(subject), \(visit.network), \(visit.now), \(false))
          """
        )
      }
      return wait
    }
    guard wait == 0 else { throw SignInRefusal.wait(wait) }
    return id
  }

  /// Right, but no sign-in: neither counts against the account nor clears what counted before.
  func forget(attempt: String) async throws {
    try await database.write(.everyFacility) { tx in
      try tx.run("DELETE FROM sign_in_attempt WHERE id = \(attempt)")
    }
  }

  /// A session for somebody whom the set-up has just made.
  func open(_ account: Account, _ visit: Visit) async throws -> Opened {
    try await database.write(.everyFacility) { tx in try pass(nil, to: .full, account, visit, tx) }
  }

  /// Opens the next stage with a new token: none is carried from before a password to after it.
  func pass(
    _ attempt: String?,
    to stage: Stage,
    _ account: Account,
    _ visit: Visit,
    _ tx: any Transaction,
    reason: String? = nil
  ) throws -> Opened {
    if let attempt {
      if stage == .code {
        // Half way in neither counts against the account nor clears what counted before.
        try tx.run("DELETE FROM sign_in_attempt WHERE id = \(attempt)")
      } else {
        try tx.run("UPDATE sign_in_attempt SET succeeded = \(true) WHERE id = \(attempt)")
      }
    }
    let token = Token(from: entropy)
    let seconds = stage == .full ? settings.longestSeconds : Self.stepSeconds
    try tx.removeEnded(at: visit.now, idleSeconds: settings.idleSeconds)
    try tx.insertSession(
      id: ids.next(),
      token: token,
      csrf: Base64URL.encode(entropy.bytes(24)),
      stage: stage,
      account: account.id,
      in: account.facility,
      endsAt: visit.now.adding(seconds: seconds),
      visit: visit
    )
    if stage == .full {
      try tx.run(
        """
        UPDATE account SET signed_in_at = \(visit.now)
        WHERE facility = \(account.facility.rawValue) AND id = \(account.id)
        """
      )
      try tx.run("DELETE FROM sign_in_attempt WHERE at < \(visit.now.adding(days: -90))")
      try tx.record([note("account.signed-in", account, by: account.actor, visit, reason: reason)])
    }
    return Opened(token: token, stage: stage, language: account.language)
  }
}

extension Account {
  var actor: Actor { Actor(id: id, name: name) }
}
