import Records
import Text
import Time

extension ConnectionWorry {
  /// Judges a record of the kind `connection`. `boundary` is the asset it ends at, where the ledger knows one.
  package static func score(
    _ connection: Record,
    boundary: Record? = nil,
    today: LocalDate,
    endOfSupport: @escaping SupportEnd = { _ in nil },
    weights: WorryWeights = .standard
  ) -> ConnectionWorry {
    var assessment = WorryAssessment(
      connection: connection,
      boundary: boundary,
      today: today,
      endOfSupport: endOfSupport,
      weights: weights
    )
    assessment.run()
    let reasons = assessment.reasons.sorted { $0.points > $1.points }
    let score = reasons.reduce(0) { $0 + $1.points }
    return ConnectionWorry(level: weights.level(of: score), score: score, reasons: reasons)
  }
}

/// Goes through the rules for one connection.
private struct WorryAssessment {
  let connection: Record
  let boundary: Record?
  let today: LocalDate
  let endOfSupport: SupportEnd
  let weights: WorryWeights
  var reasons: [ConnectionWorry.Reason] = []

  mutating func run() {
    switch connection["has_connection"] {
    case "no", "na":
      doubtNone()
      return
    case "yes": break
    case Unknown.value:
      add(
        .existenceUnknown,
        ja: "外部とつながっているかどうかが「不明」です。現地で配線と装置を確かめてください。",
        en: "Nobody knows whether it is connected to the outside. Look at the cables and the device."
      )
    default:
      add(
        .existenceUnrecorded,
        ja: "外部とつながっているかどうかが記入されていません。",
        en: "It is not recorded whether it is connected to the outside."
      )
    }
    restriction()
    authentication()
    device()
    line()
    mechanism()
    patches()
    papers()
  }

  /// 「なし」 beside a line, a device and a mechanism is worth a second look.
  private mutating func doubtNone() {
    let signs = ["line_type", "mechanism", "boundary_device", "boundary_asset"].filter {
      guard let value = connection.known($0) else { return false }
      return value != "none"
    }
    guard connection["has_connection"] == "no", !signs.isEmpty else { return }
    let names = signs.compactMap { Kind.connection[field: $0]?.label }
    add(
      .saidToBeNone,
      ja: "「なし」とされていますが、\(names.map(\.ja).joined(separator: "・"))が書かれています。どちらが正しいか確かめてください。",
      en:
        "It is said to be none, yet \(names.map { $0.en.lowercased() }.joined(separator: ", ")) is recorded. Find out which is right."
    )
  }

  private mutating func restriction() {
    switch connection["source_restriction"] {
    case "yes", "na": break
    case "no":
      add(.unrestricted, ja: "接続元の制限がなく、どこからでも入口まで届きます。", en: "No source restriction: anybody can reach the door.")
    case Unknown.value:
      add(.restrictionUnknown, ja: "接続元の制限があるか「不明」です。", en: "It is unknown whether sources are restricted.")
    default: add(.restrictionUnrecorded, ja: "接続元の制限が記入されていません。", en: "The source restriction is not recorded.")
    }
    guard connection["mode"] == "always" else { return }
    add(.alwaysOn, ja: "常時つながっています。", en: "It is always on.")
    if connection["source_restriction"] != "yes" {
      add(
        .alwaysOnUnrestricted,
        ja: "常時接続なのに、接続元を絞っていることが確かめられていません。",
        en: "Always on, and not known to be restricted to certain sources."
      )
    }
  }

  private mutating func authentication() {
    switch connection["authentication"] {
    case "none": add(.noAuthentication, ja: "認証がありません。", en: "There is no authentication.")
    case "shared_id":
      add(.sharedID, ja: "共通のIDを使い回しています。誰が入ったか分かりません。", en: "A shared ID: nobody can tell who came in.")
    case "password": add(.passwordOnly, ja: "IDとパスワードだけの認証です。", en: "ID and password only.")
    case Unknown.value: add(.authenticationUnknown, ja: "認証方式が「不明」です。", en: "The authentication is unknown.")
    case nil: add(.authenticationUnrecorded, ja: "認証方式が記入されていません。", en: "The authentication is not recorded.")
    default: break
    }
  }

  private mutating func device() {
    let name = connection.known("boundary_device") ?? boundary?.title
    if name == nil {
      if connection.isUnknown("boundary_device") || connection.isUnknown("boundary_asset") {
        add(.deviceUnknown, ja: "外部との接点になる機器が「不明」です。", en: "The boundary device is unknown.")
      } else {
        add(.deviceUnrecorded, ja: "外部との接点になる機器が記入されていません。", en: "The boundary device is not recorded.")
      }
    }
    let firmware = connection.known("firmware") ?? boundary?.known("os")
    if let end = supportEnd(firmware) {
      let days = end.date.days(since: today)
      if days < 0 {
        add(
          .unsupported,
          ja: "\(end.product.ja)のサポートは\(end.date.shown(.era, ja: true))に終了しています。",
          en: "Support of \(end.product.en) ended on \(end.date.english)."
        )
      } else if days <= weights.supportWarningDays {
        add(
          .supportEndsSoon,
          ja: "\(end.product.ja)のサポートがあと\(days)日で終了します。",
          en: "Support of \(end.product.en) ends in \(days) days."
        )
      }
    } else if name != nil, firmware == nil {
      add(
        .firmwareUnknown,
        ja: "接点の機器のファームウェアの版が分かりません。",
        en: "The firmware version of the boundary device is not known."
      )
    }
  }

  private func supportEnd(_ firmware: String?) -> (product: Localized, date: LocalDate)? {
    let name = connection.known("boundary_device") ?? boundary?.title ?? "接点の機器"
    if let date = connection.date("firmware_support_ends_on") ?? boundary?.date("support_ends_on") {
      return (Localized(both: firmware ?? name), date)
    }
    for text in [firmware, boundary?.known("model"), connection.known("boundary_device")] {
      if let text, let end = endOfSupport(text) { return end }
    }
    return nil
  }

  private mutating func line() {
    switch connection["line_type"] {
    case "lte":
      add(
        .mobileLine,
        ja: "LTEなどの無線回線で、院内のネットワーク管理を通りません。",
        en: "A mobile line that bypasses the hospital's own network."
      )
    case "isdn":
      add(
        .isdnLine,
        ja: "ISDN回線が残っています。今も使われているか確かめてください。",
        en: "An ISDN line is still there. Find out whether it is used."
      )
    case "phone": add(.telephoneLine, ja: "電話回線からの接続です。", en: "Reached over a telephone line.")
    case "media": add(.mediaByHand, ja: "USBメモリなどの媒体でやり取りしています。", en: "Data are exchanged on media by hand.")
    case Unknown.value, nil: add(.lineUnknown, ja: "回線の種類が分かりません。", en: "The kind of line is not known.")
    default: break
    }
    let isEasilyForgotten = ["lte", "isdn", "phone"].contains(connection["line_type"] ?? "")
    if isEasilyForgotten, daysSinceConfirmed.map({ $0 > weights.confirmedForDays }) ?? true {
      add(
        .forgottenLine,
        ja: "1年以上だれも確認していない回線です。忘れられているおそれがあります。",
        en: "Nobody has confirmed this line for over a year. It may be forgotten."
      )
    }
  }

  private mutating func mechanism() {
    switch connection["mechanism"] {
    case "rdp": add(.remoteDesktop, ja: "リモートデスクトップで画面を操作できます。", en: "Remote desktop gives full control of a screen.")
    case "remote_tool":
      add(.remoteTool, ja: "遠隔操作ツールで画面を操作できます。", en: "A remote control tool gives control of a screen.")
    case "ssl_vpn":
      add(.remoteAccessVPN, ja: "SSL-VPNは装置の弱点をねらわれやすい方式です。", en: "SSL VPN devices are a favourite target.")
    case "none" where !["leased", "ip_vpn", "media"].contains(connection["line_type"] ?? ""):
      add(.plain, ja: "暗号化などの仕組みがありません。", en: "Nothing protects the traffic.")
    case Unknown.value, nil: add(.mechanismUnknown, ja: "接続の仕組みが分かりません。", en: "The mechanism is not known.")
    default:
      if connection["encrypted"] == "no" { add(.plain, ja: "通信が暗号化されていません。", en: "The traffic is not encrypted.") }
    }
    if let reach = connection.known("destination"), Self.everywhere.contains(where: { Fold.key(reach).contains($0) }) {
      add(
        .reachesEverything,
        ja: "院内のどこにでも届きます（接続先：\(reach)）。",
        en: "It reaches the whole hospital network (\(reach))."
      )
    }
  }

  private mutating func patches() {
    let text = [connection.known("vulnerability_state"), connection.known("patch_state")].compactMap { $0 }
      .joined(separator: "・")
    let key = Fold.key(text)
    if Self.unpatched.contains(where: { key.contains($0) }) {
      add(.unpatched, ja: "指摘された脆弱性の修正が済んでいません（\(text)）。", en: "A known weakness is not fixed (\(text)).")
    } else if connection.isUnknown("vulnerability_state") || connection.isUnknown("patch_state") {
      add(.patchUnknown, ja: "脆弱性の修正が済んでいるか「不明」です。", en: "It is unknown whether known weaknesses are fixed.")
    }
  }

  private mutating func papers() {
    if let days = daysSinceConfirmed {
      if days > weights.confirmedForDays {
        add(.confirmedLongAgo, ja: "最後の確認から\(days)日たっています。", en: "Last confirmed \(days) days ago.")
      }
    } else {
      add(.neverConfirmed, ja: "確認した日の記録がありません。", en: "There is no record of anybody confirming it.")
    }
    if connection["checklist_state"] == "not_submitted" {
      add(.noChecklist, ja: "事業者のチェックリストが未提出です。", en: "The vendor has not handed in the checklist.")
    }
  }

  private var daysSinceConfirmed: Int? { connection.date("last_confirmed_on").map { today.days(since: $0) } }

  private mutating func add(_ rule: WorryRule, ja: String, en: String) {
    guard let points = weights.points[rule], points > 0 else { return }
    reasons.append(ConnectionWorry.Reason(rule: rule, points: points, text: Localized(ja: ja, en: en)))
  }

  /// Folded words for a destination that is no destination.
  private static let everywhere = ["全体", "全て", "すべて", "制限なし", "院内lan", "any", "all"].map { Fold.key($0) }
  private static let unpatched = ["未適用", "未対応", "未実施", "未更新", "適用なし", "適用していない", "未パッチ", "unpatched", "notapplied"]
    .map { Fold.key($0) }
}
