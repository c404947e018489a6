import Time

/// The 47 ways in and out, among them those that nobody remembered.
struct DemoConnections {
  private static let header = [
    "所管部署", "ベンダ名", "システム名・医療機器名", "外部接続の有無", "用途", "接続形態", "回線種類", "接続の仕組み", "外部接点機器", "ファームウェア", "設置場所",
    "接続元制限", "認証方式", "接続先", "ログの保存場所", "その他対策", "脆弱性指摘の有無／パッチ", "構成図", "端末一覧", "最終確認日", "チェックリスト提出", "備考",
  ]

  private var random: DemoRandom
  private let today: LocalDate
  private var rows: [[String]] = []

  init(random: DemoRandom, today: LocalDate) {
    self.random = random
    self.today = today
  }

  mutating func first() -> DemoTable {
    rows = (0..<38).map { line($0, confirmed: random.number(20...420)) }
    return DemoTable(kind: "connections", file: "外部接続棚卸し表.csv", header: Self.header, rows: rows)
  }

  /// What the yearly walk round the server room and the wards brought to light.
  mutating func found(in month: Int) -> DemoTable {
    let made = month == 12 ? forgotten() : unclear()
    rows += made
    return DemoTable(
      kind: "connections",
      file: month == 12 ? "外部接続_現地調査.csv" : "外部接続_追加分.csv",
      header: Self.header,
      rows: made
    )
  }

  private mutating func line(_ index: Int, confirmed days: Int) -> [String] {
    let system = DemoNames.systems[index * 3 % 58]
    let device = random.pick([
      ("FortiGate 100F", "FortiOS 7.6.4"), ("FortiGate 60F", "FortiOS 7.4.8"), ("YAMAHA RTX830", "Rev.15.02.31"),
      ("業者ルータ", "Rev.14.01.42"), ("終端装置（支給品）", ""),
    ])
    let mechanism = random.pick(["IPsec-VPN", "IPsec-VPN", "SSL-VPN", "https", "RDP", "専用線"])
    let day = today.adding(days: -days)
    return [
      system.department, DemoNames.vendors[system.vendor].name, "\(system.name) 保守回線", "有",
      random.pick(["リモート保守", "リモート保守", "データ送信", "画像送受信"]), random.pick(["必要時", "必要時", "常時"]),
      random.pick(["フレッツ光", "フレッツ光", "IP-VPN", "専用線"]), mechanism, device.0, device.1,
      random.pick(["本館2階 サーバ室", "本館1階 EPS", "ONU横"]), "有",
      random.pick(["多要素", "証明書", "ID/パスワード", "ID/パスワード"]), random.pick(["装置のみ", "部門ＬＡＮ", "電子カルテ系"]),
      random.pick(["院内ログサーバ", "装置内", ""]), random.pick(["使用時のみ電源ON", "作業ごとに申請", ""]),
      random.pick(["指摘なし", "指摘あり・適用済", "指摘なし"]), random.chance(80) ? "有" : "無", random.chance(70) ? "有" : "無",
      "\(day.year)/\(day.month)/\(day.day)", random.chance(75) ? "済" : "未", "",
    ]
  }

  private func forgotten() -> [[String]] {
    [
      [
        "透析室", "有限会社いずみ医療電子", "透析管理 保守回線", "有", "リモート保守", "常時", "フレッツ光", "SSL-VPN", "FortiGate 60F", "FortiOS 6.4.5",
        "透析室 機械室", "無", "共通ID", "電子カルテ系", "", "", "指摘あり・未適用", "無", "無", "2024/3/8", "未", "現地調査で判明。契約書に記載なし",
      ],
      [
        "放射線科", "東都放射線機器株式会社", "CT装置 2号機", "有", "リモート保守", "常時", "LTE", "不明", "USBドングル", "不明", "CT操作室", "不明", "不明",
        "不明", "", "", "不明", "無", "無", "", "未", "情報部門を通らない無線",
      ],
      [
        "施設課", "中央空調設備株式会社", "空調監視 遠隔回線", "有", "リモート監視", "常時", "ISDN", "なし", "業者ルータ", "不明", "地下1階 中央監視室", "無", "なし",
        "部門ＬＡＮ", "", "", "不明", "無", "無", "2019/6/1", "未", "契約者が退職",
      ],
      [
        "栄養管理室", "ナカツ給食サービス株式会社", "給食管理 保守回線", "有", "リモート保守", "必要時", "フレッツ光", "RDP", "YAMAHA RTX810",
        "Rev.11.01.34", "栄養管理室", "有", "ID/パスワード", "装置のみ", "装置内", "事業者のデータセンター経由", "指摘なし", "有", "無", "2026/6/2", "済", "",
      ],
    ]
  }

  private func unclear() -> [[String]] {
    [
      ("放射線科", "南関東MRサービス株式会社", "マンモグラフィ装置"), ("集中治療室", "山手検体システム株式会社", "血液ガス分析装置"),
      ("眼科外来", "株式会社眼科機器", "眼底カメラ"), ("臨床工学室", "日ノ出輸液機器株式会社", "輸液ポンプ管理サーバ"),
      ("病理診断科", "株式会社アーク病理", "自動染色装置"),
    ].map { department, vendor, system in
      [
        department == "眼科外来" ? "外来" : department, vendor, system, "不明", "", "", "", "", "", "", "", "", "", "", "", "",
        "", "", "", "", "未",
        "保守回線の記録がない装置",
      ]
    }
  }

  /// Reviews of a month: somebody looked, and wrote down that they did.
  mutating func edits(on day: LocalDate) -> [(person: Int, event: DemoHospital.Event)] {
    guard !rows.isEmpty else { return [] }
    return (0..<random.number(1...3)).map { _ in
      let row = rows[random.number(0...min(rows.count, 38) - 1)]
      return (
        0,
        .edit(kind: "connection", record: row[2], field: "last_confirmed_on", value: day.iso, reason: "担当部署と事業者に確認")
      )
    }
  }

  /// Yesterday morning's entries, so that the change log is alive.
  func latest() -> [DemoHospital.Event] {
    [
      .edit(
        kind: "connection",
        record: "給食管理 保守回線",
        field: "last_confirmed_on",
        value: today.adding(days: -1).iso,
        reason: "事業者の回答書を受領"
      ),
      .edit(
        kind: "connection",
        record: "透析管理 保守回線",
        field: "remarks",
        value: "事業者に更新の見積もりを依頼した",
        reason: nil
      ),
    ]
  }
}
