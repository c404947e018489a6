import Nouns
import SQL
import Sealing
import Text
import Time

/// A key that lets a program act for somebody, within what it was made for and for a limited time.
package struct APIToken: Sendable, Hashable {
  package let id: String
  package let facility: FacilityID
  /// The account it acts for.
  package let account: String
  package let accountName: String
  /// What it is for: 「資産管理ツールの連携」.
  package let name: String
  /// Of what the owner may do, what the token may.
  package let permissions: [Permission]
  package let createdAt: Instant
  package let createdBy: String
  package let expiresAt: Instant
  package let usedAt: Instant?
  /// The address it was last used from.
  package let usedFrom: String?
  package let revokedAt: Instant?
  package let revokedBy: String?

  package enum State: String, Sendable { case active, expired, revoked }

  package func state(at now: Instant) -> State {
    revokedAt != nil ? .revoked : expiresAt <= now ? .expired : .active
  }

  /// What every token begins with, so that it is recognised where it should not be: in a log, in a repository.
  static let mark = "yagura_"
  /// The choices of the page, in days. None lives longer than the last.
  package static let lifetimes = [30, 90, 180, 365]

  static let columns: SQL = """
    t.facility, t.id, t.account, a.name AS account_name, t.name, t.permissions, t.created_at, t.created_by, t.expires_at,
    t.used_at, t.used_from, t.revoked_at, t.revoked_by
    """

  init(_ row: Row) throws {
    id = try row.text("id")
    facility = FacilityID(rawValue: try row.text("facility"))
    account = try row.text("account")
    accountName = try row.text("account_name")
    name = try row.text("name")
    permissions = Self.permissions(try row.text("permissions"))
    createdAt = try row.instant("created_at")
    createdBy = try row.text("created_by")
    expiresAt = try row.instant("expires_at")
    usedAt = try row.optionalInstant("used_at")
    usedFrom = try row.optionalText("used_from")
    revokedAt = try row.optionalInstant("revoked_at")
    revokedBy = try row.optionalText("revoked_by")
  }

  /// Those that a later version took away are left out.
  static func permissions(_ text: String) -> [Permission] {
    text.split(separator: " ").compactMap { Permission(rawValue: String($0)) }
  }
}

/// A token as somebody asked for it; one that exists may be made.
package struct APITokenDraft: Sendable, Hashable {
  package let name: String
  package let permissions: [Permission]
  package let days: Int

  /// `signedIn` comes with every other permission. Throws `Problems` with every reason.
  package init(name: String, permissions: [String], days: Int) throws(Problems) {
    var problems: [Problem] = []
    self.name = Width.trimmed(name)
    if self.name.isEmpty || self.name.count > 100 {
      problems.append(
        Problem(
          "name",
          Localized(
            ja: "用途が分かる名前を100文字以内で入力してください。",
            en: "Enter a name of at most 100 characters that says what it is for."
          )
        )
      )
    }
    let known = permissions.compactMap(Permission.init)
    // A vendor's account does not hold it: its token does a vendor's own work and nothing else.
    let isVendors = known.contains(.requestWork) && known.allSatisfy { $0 == .requestWork || $0 == .seeHome }
    let wanted = isVendors ? Set(known) : Set(known).union([.signedIn])
    self.permissions = Permission.allCases.filter(wanted.contains)
    if known.isEmpty || known.count != permissions.count {
      problems.append(Problem("permission", Localized(ja: "できることを1つ以上選んでください。", en: "Choose what it may do.")))
    }
    self.days = days
    if !(1...(APIToken.lifetimes.last ?? 365)).contains(days) {
      problems.append(Problem("days", Localized(ja: "有効期間は1〜365日にしてください。", en: "Choose a lifetime of 1 to 365 days.")))
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }
}

extension Permission {
  /// What it lets somebody do, for the page of tokens.
  package var label: Localized {
    switch self {
    case .signedIn: Localized(ja: "自分の情報とジョブを見る", en: "See oneself and one's jobs")
    case .readLedger: Localized(ja: "台帳を見る", en: "Read the registers")
    case .editLedger: Localized(ja: "台帳を変更する", en: "Change the registers")
    case .importLedger: Localized(ja: "ファイルを取り込み、書き出す", en: "Import and export files")
    case .readJournal: Localized(ja: "変更の記録を見る", en: "Read the journal")
    case .readVulnerabilities: Localized(ja: "脆弱性を見る", en: "Read vulnerabilities")
    case .editVulnerabilities: Localized(ja: "脆弱性への対応を決める", en: "Decide on vulnerabilities")
    case .manageFeeds: Localized(ja: "脆弱性データを取り込む", en: "Load vulnerability feeds")
    case .manageUsers: Localized(ja: "利用者を管理する", en: "Manage users")
    case .manageSettings: Localized(ja: "設定を変更する", en: "Change settings")
    case .handleReports: Localized(ja: "異常の知らせを見て片付ける", en: "See and settle reports of problems")
    case .readMetrics: Localized(ja: "稼働状況の数値（/metrics）を見る", en: "Read the server's figures (/metrics)")
    case .answerChecks: Localized(ja: "点検に答える", en: "Answer checklists")
    case .manageDuties: Localized(ja: "やることを追加・変更する", en: "Add and change things to do")
    case .seeHome: Localized(ja: "ホームを見る", en: "See the home page")
    case .withdrawFiles: Localized(ja: "ファイルを取り下げる", en: "Withdraw files")
    case .requestWork: Localized(ja: "自社の作業を申請・報告する", en: "Ask for one's own work and report it")
    }
  }
}
