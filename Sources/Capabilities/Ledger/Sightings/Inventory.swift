import Intake
import Records
import Tabular
import Text
import Time

/// 端末一覧: what asset tools write out. Not a ledger of its own: its rows are sightings, compared with the assets.
package enum Inventory {
  package static let schema = IntakeSchema(
    kind: "inventory",
    fields: fields.map { $0.intake() } + [
      IntakeField(
        key: "seen_at",
        label: Localized(ja: "最終稼働日時", en: "Last seen"),
        type: .moment,
        synonyms: [
          "最終稼働日", "最終ログオン日時", "最終ログオン", "最終ログオン時刻", "最終接続日時", "最終接続", "最終起動日時", "最終通信日時", "最終検出日時", "最終収集日時", "収集日時",
          "取得日時",
          "インベントリ取得日時", "インベントリ収集日時", "最終更新日時", "最終応答日時", "最終確認日時", "更新日時", "検出日時", "Last Seen", "LastSeen",
          "Last Logon", "Last Contact",
          "Last Online", "Last Check-in", "Last Inventory", "Last Scan", "Collected At", "Last Communication",
          "Last Boot",
        ]
      )
    ],
    identity: [
      IdentityRule("serial_number", label: Localized(ja: "シリアル番号", en: "serial number")),
      IdentityRule("mac_address", label: Localized(ja: "MACアドレス", en: "MAC address")),
      IdentityRule("host_name", label: Localized(ja: "コンピューター名", en: "computer name")),
    ]
  )

  private static let asset = Kind.asset

  private static let fields =
    ["host_name", "ip_address", "mac_address", "serial_number", "os", "manufacturer", "model"].compactMap {
      asset[field: $0]
    }
    + [
      Field(
        "user_name",
        ja: "ログオンユーザー",
        en: "Logged-on user",
        .identifier,
        group: "basic",
        synonyms:
          "ログオンユーザ|ログオンユーザー名|ログオンユーザ名|ログインユーザー|ログインユーザ|ログインユーザー名|最終ログオンユーザー|最終ログオンユーザ|ユーザー名|ユーザ名|ユーザー|ユーザ|利用者|使用者|"
          + "アカウント|User|User Name|Username|Logon User|Last User|Last Logged On User|Current User"
      ),
      Field(
        "os_build",
        ja: "OSビルド番号",
        en: "OS build",
        .identifier,
        group: "basic",
        synonyms: "OSビルド|ビルド番号|ビルド|OSバージョン|OSのバージョン|カーネルバージョン|OS Build|Build|Build Number|OS Version|Version|Kernel"
      ),
      Field(
        "antivirus",
        ja: "ウイルス対策ソフト",
        en: "Antivirus software",
        .text,
        group: "basic",
        synonyms:
          "ウイルス対策|ウィルス対策ソフト|ウィルス対策|アンチウイルス|アンチウイルスソフト|AV|AVソフト|セキュリティソフト|セキュリティ製品|Antivirus|AntiVirus Software|AV|Endpoint Protection|"
          + "Security Software"
      ),
      Field(
        "pattern_date",
        ja: "パターンファイル日付",
        en: "Signature date",
        .date,
        group: "basic",
        synonyms: "パターン日付|定義ファイル日付|定義ファイル|定義ファイルバージョン日付|ウイルス定義日付|ウイルス定義ファイル日付|パターンファイル|パターン更新日|シグネチャ日付|Pattern Date|"
          + "Definition Date|Signature Date|Virus Definition|DAT Date"
      ),
      Field(
        "asset_number",
        ja: "管理番号",
        en: "Asset number",
        .identifier,
        group: "basic",
        synonyms: "資産番号|資産管理番号|機器番号|ラベル番号|Asset No|Asset Tag|Asset Number"
      ),
      Field(
        "memory",
        ja: "メモリ",
        en: "Memory",
        .text,
        group: "basic",
        synonyms: "メモリ容量|メモリサイズ|物理メモリ|RAM|Memory|Memory Size"
      ),
      Field("processor", ja: "CPU", en: "Processor", .text, group: "basic", synonyms: "プロセッサ|CPU名|Processor|CPU Name"),
      Field(
        "group",
        ja: "グループ",
        en: "Group",
        .text,
        group: "basic",
        synonyms: "部署|部門|所属|ワークグループ|ドメイン|ドメイン名|組織|管理グループ|Group|Domain|Workgroup|OU|Department"
      ),
    ]

  /// A row of the file as something seen. Where it does not say when, it was when the file was made.
  package static func seen(_ row: IntakeRow, fileTime: Instant) -> Seen {
    func known(_ field: String) -> String? {
      guard let value = row.values[field], !value.isUnknown, !value.stored.isEmpty else { return nil }
      return value.stored
    }
    var details = row.extras
    for field in ["os_build", "antivirus", "pattern_date", "asset_number", "model", "memory", "processor", "group"] {
      if let value = known(field) { details[field] = value }
    }
    let macs = SightingMatch.parts(known("mac_address"))
    let addresses = SightingMatch.parts(known("ip_address")).filter { $0 != "DHCP" }
    return Seen(
      ipAddress: addresses.first,
      macAddress: macs.first,
      hostName: known("host_name"),
      serialNumber: known("serial_number"),
      os: known("os"),
      user: known("user_name"),
      maker: known("manufacturer"),
      details: details,
      seenAt: known("seen_at").flatMap(moment) ?? fileTime,
      line: row.number
    )
  }

  /// Reads `Instant.iso`, the stored form of a moment.
  private static func moment(_ text: String) -> Instant? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T"), let day = LocalDate(iso: text.prefix(10)) else {
      return nil
    }
    func two(_ at: Int) -> Int? { Int(String(decoding: bytes[at..<at + 2], as: UTF8.self)) }
    guard let hour = two(11), let minute = two(14), let second = two(17), hour < 24, minute < 60, second < 60 else {
      return nil
    }
    // `Instant(day, hour:)` counts from midnight in Japan, nine hours before midnight of UTC.
    return Instant(day, hour: hour + 9, minute: minute, second: second)
  }
}

/// nmap reports, DHCP leases and ARP tables.
extension Seen {
  package init(_ host: SeenHost, fileTime: Instant) {
    var details: [String: String] = [:]
    let open = host.ports.filter { $0.state.isEmpty || $0.state == "open" }
    if !open.isEmpty {
      details["ports"] = open.prefix(50).map {
        let what = [$0.service, $0.product, $0.version].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        return "\($0.number)/\($0.transport)" + (what.isEmpty ? "" : " \(what)")
      }.joined(separator: ", ")
    }
    self.init(
      ipAddress: host.ip,
      macAddress: host.mac,
      hostName: host.hostName,
      os: host.os,
      maker: host.vendor,
      details: details,
      seenAt: host.seenAt ?? fileTime,
      line: host.line
    )
  }
}
