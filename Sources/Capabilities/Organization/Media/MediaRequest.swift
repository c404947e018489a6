import Nouns
import Text
import Time

/// USB・データ持ち出しの申請: somebody asks to take data out of the house, somebody else decides, and it comes back.
package struct MediaRequest: Sendable, Hashable {
  /// On what the data leave.
  package enum Medium: String, Sendable, CaseIterable {
    case usb, disk, computer, paper, sending, other

    package var label: Localized {
      switch self {
      case .usb: Localized(ja: "USBメモリ・SDカード", en: "USB stick or card")
      case .disk: Localized(ja: "外付けディスク・DVD", en: "External disk or DVD")
      case .computer: Localized(ja: "ノートPC・タブレット", en: "Laptop or tablet")
      case .paper: Localized(ja: "紙", en: "Paper")
      case .sending: Localized(ja: "メール・クラウドなどで送る", en: "Sent by mail, cloud and the like")
      case .other: Localized(ja: "その他", en: "Other")
      }
    }
  }

  package enum Protection: String, Sendable, CaseIterable {
    case encrypted, locked, none

    package var label: Localized {
      switch self {
      case .encrypted: Localized(ja: "暗号化する", en: "Encrypted")
      case .locked: Localized(ja: "パスワードか鍵をかける", en: "Password or lock")
      case .none: Localized(ja: "何もしない", en: "Nothing")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable {
    case waiting, approved, refused, returned, withdrawn

    package var label: Localized {
      switch self {
      case .waiting: Localized(ja: "承認待ち", en: "Waits for approval")
      case .approved: Localized(ja: "持ち出し中", en: "Approved")
      case .refused: Localized(ja: "認められなかった", en: "Refused")
      case .returned: Localized(ja: "返却・消去済み", en: "Returned")
      case .withdrawn: Localized(ja: "取り下げ", en: "Withdrawn")
      }
    }
  }

  package let id: String
  package let requestedAt: Instant
  package let account: String
  /// Of whoever asks, as it was then.
  package let name: String
  /// The department's id; nil for none.
  package let department: String?
  package let draft: MediaDraft
  package let state: State
  package let decidedAt: Instant?
  package let decidedBy: String?
  /// What whoever decided wrote.
  package let note: String
  package let endedAt: Instant?
  package let endedBy: String?

  /// Approved, and not back on its last day.
  package func isLate(on today: LocalDate) -> Bool { state == .approved && draft.until < today }

  /// As the journal calls it.
  var title: String { "\(draft.medium.label.ja)（\(name)）" }
}

/// What is asked for, checked.
package struct MediaDraft: Sendable, Hashable {
  package let medium: MediaRequest.Medium
  /// The number or name of the medium; may stay empty.
  package let label: String
  package let contents: String
  /// Whether data of patients or staff are among it.
  package let isPersonal: Bool
  /// Of how many people; nil where it is not known.
  package let headCount: Int?
  package let purpose: String
  package let destination: String
  package let from: LocalDate
  package let until: LocalDate
  package let protection: MediaRequest.Protection

  static let longestLine = 200
  static let longestText = 1_000
  /// Beyond a year it is asked for anew.
  static let mostDays = 366

  package struct Refusal: Error, Sendable {
    package let fields: [(field: String, reason: Localized)]
  }

  /// Reads what was typed, by the name of the field. Throws every field that is missing or wrong.
  package init(_ typed: [String: String], today: LocalDate) throws(Refusal) {
    var wrong: [(field: String, reason: Localized)] = []
    func add(_ field: String, _ ja: String, _ en: String) { wrong.append((field, Localized(ja: ja, en: en))) }
    func text(_ field: String) -> String { Width.trimmed(typed[field] ?? "") }
    let medium = MediaRequest.Medium(rawValue: text("medium"))
    if medium == nil { add("medium", "持ち出す方法を選んでください。", "Choose what the data leave on.") }
    let protection = MediaRequest.Protection(rawValue: text("protection"))
    if protection == nil { add("protection", "守り方を選んでください。", "Choose how they are protected.") }
    let personal = ["yes": true, "no": false][text("personal")]
    if personal == nil { add("personal", "個人の情報を含むかを選んでください。", "Say whether personal data are among them.") }
    if text("contents").isEmpty { add("contents", "何を持ち出すかを入力してください。", "Say which data.") }
    if text("purpose").isEmpty { add("purpose", "何のためかを入力してください。", "Say what for.") }
    if text("destination").isEmpty { add("destination", "どこへ持ち出すかを入力してください。", "Say where to.") }
    for (field, limit) in [
      ("label", Self.longestLine), ("destination", Self.longestLine), ("contents", Self.longestText),
      ("purpose", Self.longestText),
    ] where text(field).count > limit {
      add(field, "\(limit)文字までで入力してください。", "At most \(limit) characters.")
    }
    let count = text("headCount")
    let number = Int(Width.halved(count).filter { $0 != "," })
    if !count.isEmpty, number.map({ !(0...1_000_000_000).contains($0) }) ?? true {
      add("headCount", "人数は数字で入力してください。例：120", "Write the number in digits, as 120.")
    }
    let from = JapaneseDate.read(text("from"), today: today).day
    let until = JapaneseDate.read(text("until"), today: today).day
    if from == nil { add("from", Self.noDay.ja, Self.noDay.en) }
    if until == nil { add("until", Self.noDay.ja, Self.noDay.en) }
    if let from, let until {
      if until < from { add("until", "始める日より後の日にしてください。", "It must not lie before the first day.") }
      if until < today { add("until", "今日より後の日にしてください。", "Choose today or later.") }
      if until.days(since: from) > Self.mostDays { add("until", "1年以内にしてください。", "At most a year.") }
    }
    guard wrong.isEmpty, let medium, let protection, let personal, let from, let until else {
      throw Refusal(fields: wrong)
    }
    self.init(
      medium: medium,
      label: text("label"),
      contents: text("contents"),
      isPersonal: personal,
      headCount: number,
      purpose: text("purpose"),
      destination: text("destination"),
      from: from,
      until: until,
      protection: protection
    )
  }

  /// As it was stored.
  init(
    medium: MediaRequest.Medium,
    label: String,
    contents: String,
    isPersonal: Bool,
    headCount: Int?,
    purpose: String,
    destination: String,
    from: LocalDate,
    until: LocalDate,
    protection: MediaRequest.Protection
  ) {
    self.medium = medium
    self.label = label
    self.contents = contents
    self.isPersonal = isPersonal
    self.headCount = headCount
    self.purpose = purpose
    self.destination = destination
    self.from = from
    self.until = until
    self.protection = protection
  }

  private static let noDay = Localized(
    ja: "日付を読み取れません。2026/11/21 や 令和8年11月21日 のように入力してください。",
    en: "This is no date. Write it like 2026-11-21 or 21 Nov 2026."
  )
}
