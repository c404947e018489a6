import Time

/// The devices: a first ledger, what was bought since, what changed, and what the agent inventory sees now.
struct DemoDevices {
  private static let header = [
    "管理番号", "区分", "機器名称", "ホスト名", "OS・ファームウェア", "型番", "メーカー", "設置部署", "保守業者", "システム", "IPアドレス", "MACアドレス",
    "製造番号", "設置場所", "導入年月日", "ウイルス対策", "最終パッチ適用日", "調達区分", "契約終了日", "備考",
  ]

  private struct Model {
    let category: String
    let name: String
    let maker: String
    let systems: [String]
  }

  private static let terminals = [
    Model(
      category: "端末",
      name: "VersaPro VKT16",
      maker: "NEC",
      systems: ["Windows 11 Pro 25H2", "Windows 11 Enterprise 24H2"]
    ),
    Model(
      category: "端末",
      name: "OptiPlex 3080",
      maker: "Dell",
      systems: ["Windows 11 Pro 25H2"]
    ),
    Model(
      category: "端末",
      name: "LIFEBOOK U9310",
      maker: "富士通",
      systems: ["Windows 10 Enterprise LTSC 2021", "Windows 10 Enterprise LTSC 2019"]
    ),
    Model(
      category: "端末",
      name: "ProDesk 400 G7",
      maker: "HP",
      systems: ["Windows 11 Pro 25H2"]
    ),
  ]
  private static let servers = [
    Model(
      category: "サーバ",
      name: "PRIMERGY RX2540 M6",
      maker: "富士通",
      systems: ["Windows Server 2022", "Windows Server 2019"]
    ),
    Model(
      category: "サーバ",
      name: "PowerEdge R740",
      maker: "Dell",
      systems: ["Windows Server 2019", "Windows Server 2022", "Windows Server 2016"]
    ),
    Model(
      category: "サーバ",
      name: "Express5800/R120h",
      maker: "NEC",
      systems: ["Red Hat Enterprise Linux 8", "Red Hat Enterprise Linux 9"]
    ),
  ]
  private static let networks = [
    Model(category: "NW機器", name: "Catalyst 9200L", maker: "Cisco", systems: ["IOS XE 17.9.5", "IOS XE 17.6.7"]),
    Model(
      category: "NW機器",
      name: "FortiGate 60F",
      maker: "Fortinet",
      systems: ["FortiOS 7.6.4", "FortiOS 7.4.8"]
    ),
    Model(category: "NW機器", name: "RTX830", maker: "ヤマハ", systems: ["Rev.15.02.31", "Rev.15.02.30"]),
    Model(category: "NW機器", name: "AT-x530L", maker: "アライドテレシス", systems: ["AW+ 5.5.3"]),
  ]
  private static let medical = [
    Model(
      category: "医療機器",
      name: "CT装置 Aquilion ONE",
      maker: "キヤノンメディカル",
      systems: ["Windows 10 IoT Enterprise LTSC 2019 (17763.8146)"]
    ),
    Model(
      category: "医療機器",
      name: "MRI装置 MAGNETOM Vida",
      maker: "シーメンス",
      systems: ["Windows 10 IoT Enterprise LTSC 2021 (19044.6691)"]
    ),
    Model(
      category: "医療機器",
      name: "超音波診断装置 LOGIQ E10",
      maker: "GEヘルスケア",
      systems: ["Windows 10 IoT Enterprise LTSC 2019 (17763.8146)"]
    ),
    Model(
      category: "医療機器",
      name: "生体情報モニタ CSM-1702",
      maker: "日本光電",
      systems: ["組込Linux", "組込Linux", "組込Linux", "組込Linux", "不明"]
    ),
    Model(category: "医療機器", name: "血液ガス分析装置 ABL90", maker: "ラジオメーター", systems: ["組込Linux", "組込Linux", "不明"]),
    Model(category: "医療機器", name: "輸液ポンプ TE-261", maker: "テルモ", systems: ["-"]),
    Model(category: "医療機器", name: "透析用監視装置 DCS-200Si", maker: "日機装", systems: ["組込Linux"]),
  ]
  private static let others = [
    Model(category: "プリンタ", name: "imageRUNNER C3530F", maker: "キヤノン", systems: ["-"]),
    Model(category: "プリンタ", name: "PX-S7110", maker: "エプソン", systems: ["-"]),
    Model(category: "IoT", name: "ネットワークカメラ WV-S1536", maker: "i-PRO", systems: ["Linux 組込"]),
    Model(category: "IoT", name: "環境センサー TR-72", maker: "ティアンドデイ", systems: ["-"]),
  ]

  private var random: DemoRandom
  private let start: LocalDate
  private let today: LocalDate
  private var counter = 0
  private var rows: [[String]] = []
  private var retired: Set<String> = []
  private var hasOldScanner = false

  init(random: DemoRandom, start: LocalDate, today: LocalDate) {
    self.random = random
    self.start = start
    self.today = today
  }

  /// The ledger of two years ago: 1,346 devices, 82 of them servers.
  mutating func first() -> DemoTable {
    var made: [[String]] = []
    for _ in 0..<82 { made.append(device(Self.servers, on: nil)) }
    for _ in 0..<820 { made.append(device(Self.terminals, on: nil)) }
    for _ in 0..<96 { made.append(device(Self.networks, on: nil)) }
    for _ in 0..<188 { made.append(device(Self.medical, on: nil)) }
    for _ in 0..<160 { made.append(device(Self.others, on: nil)) }
    rows = made
    return DemoTable(kind: "assets", file: "医療情報機器管理台帳.csv", header: Self.header, rows: made)
  }

  /// What was bought in a quarter.
  mutating func purchased(month: Int) -> DemoTable {
    let day = start.adding(days: month * 30)
    var made: [[String]] = []
    made.append(device(Self.servers, on: day))
    for _ in 0..<15 { made.append(device(Self.terminals, on: day)) }
    for _ in 0..<3 { made.append(device(Self.medical, on: day)) }
    made.append(device(Self.networks, on: day))
    made.append(device(Self.others, on: day))
    rows += made
    return DemoTable(
      kind: "assets",
      file: "納品機器_\(day.year)年\(day.month)月.csv",
      header: Self.header,
      rows: made
    )
  }

  private mutating func device(_ models: [Model], on day: LocalDate?) -> [String] {
    counter += 1
    let model = random.pick(models)
    let weighted = DemoNames.departments.flatMap { Array(repeating: $0.name, count: $0.weight) }
    let isServer = model.category == "サーバ"
    let department = isServer ? "医療情報部" : random.pick(weighted)
    let system = isServer ? random.pick(DemoNames.systems) : DemoNames.systems[counter % DemoNames.systems.count]
    let hasSystem = isServer || random.chance(40)
    let bought = day ?? start.adding(days: -random.number(40...2600))
    let prefix =
      switch model.category {
      case "サーバ": "SV"
      case "端末": "PC"
      case "NW機器": "NW"
      case "医療機器": "ME"
      case "プリンタ": "PR"
      default: "IO"
      }
    let hostName = "\(prefix)\(digits(counter, 4))"
    let hasAddress = model.systems != ["-"] || model.category == "プリンタ"
    // A few were never renewed: they make the list of what is past its support.
    let old = ["端末": "Windows 10 Pro 22H2", "サーバ": "Windows Server 2012 R2", "NW機器": model.systems[0]][model.category]
    var os = random.chance(4) ? old ?? random.pick(model.systems) : random.pick(model.systems)
    if model.name.hasPrefix("CT"), !hasOldScanner {
      // The maker of this one allows no update.
      hasOldScanner = true
      os = "Windows 10 IoT Enterprise LTSC 2019 (17763.7314)"
    }
    let patched = model.category == "端末" || isServer ? today.adding(days: -random.number(5...500)) : nil
    let procurement = random.pick(["購入", "購入", "リース", "リース", "レンタル"])
    // A rented device has a last day; a medical device now and then stands there to be tried.
    let isTried = model.category == "医療機器" && counter % 23 == 0
    let ends =
      isTried
      ? counter % 2 == 0 ? "" : today.adding(days: counter % 90 - 40).slashed
      : procurement == "レンタル" ? today.adding(days: counter * 7 % 1_300 + 8).slashed : ""
    // Drawn for nothing, so that a seed goes on making the same hospital.
    if !hasSystem { _ = random.number(36...38) }
    return [
      "YG\(digits(counter, 5))", model.category, name(model, department: department, counter),
      hasAddress ? hostName : "", os,
      model.name, model.maker, department, DemoNames.vendors[Self.maintainer(of: model, system.vendor)].name,
      hasSystem ? system.name : "", hasAddress ? address(model.category) : "", hasAddress ? mac() : "",
      random.chance(4) ? "" : String(random.number(100_000_000...999_999_999)), place(model.category, department),
      "\(bought.year)/\(bought.month)/\(bought.day)",
      model.category == "端末" || isServer ? (random.chance(92) ? "導入済" : "不明") : "対象外",
      patched.map { "\($0.year)/\($0.month)/\($0.day)" } ?? "", isTried ? "借用・デモ" : procurement, ends,
      random.chance(3) ? "更新予定あり" : "",
    ]
  }

  /// Who serves medical devices, by what they are; places in `DemoNames.vendors`.
  private static let makers = [
    "CT": 1, "MRI": 1, "超音波": 28, "生体情報": 21, "血液ガス": 14, "輸液": 20, "透析": 2,
  ]

  /// Whoever has a contract for such a thing: a server is served with its system, a PC by the one who delivers PCs.
  private static func maintainer(of model: Model, _ system: Int) -> Int {
    switch model.category {
    case "医療機器": makers.first { model.name.hasPrefix($0.key) }?.value ?? 7
    case "端末", "プリンタ": 37
    case "NW機器": 10
    case "IoT": model.name.contains("カメラ") ? 27 : 16
    default: system
    }
  }

  private func name(_ model: Model, department: String, _ number: Int) -> String {
    switch model.category {
    case "端末": "\(department) 端末\(digits(number % 100, 2))"
    case "サーバ": "サーバ\(digits(number, 3))"
    case "NW機器": "\(model.name) \(digits(number % 100, 2))号"
    default: "\(model.name) \(number % 9 + 1)号機"
    }
  }

  private mutating func address(_ category: String) -> String {
    let net =
      switch category {
      case "サーバ": 10
      case "NW機器": 1
      case "医療機器": 40
      case "プリンタ": 30
      case "IoT": 50
      default: 20
      }
    return "10.20.\(net + counter / 250).\(counter % 250 + 2)"
  }

  private mutating func mac() -> String {
    let hex = Array("0123456789ABCDEF")
    return (0..<6).map { index in
      index == 0 ? "02" : String([hex[random.number(0...15)], hex[random.number(0...15)]])
    }.joined(separator: ":")
  }

  private mutating func place(_ category: String, _ department: String) -> String {
    category == "サーバ"
      ? "本館2階 サーバ室" : "\(random.pick(["本館", "新館", "管理棟"]))\(random.number(1...5))階 \(department)"
  }

  /// A month's small changes: firmware, moves, disposals.
  mutating func edits(on day: LocalDate) -> [(person: Int, event: DemoHospital.Event)] {
    var made: [(Int, DemoHospital.Event)] = []
    let date = day.iso
    for _ in 0..<random.number(6...14) {
      let row = random.pick(rows)
      guard !retired.contains(row[0]) else { continue }
      switch random.number(0...3) {
      case 0:
        made.append(
          (1, .edit(kind: "asset", record: row[0], field: "last_patched_on", value: date, reason: "月例の更新"))
        )
      case 1:
        made.append((0, .edit(kind: "asset", record: row[0], field: "remarks", value: "現物を確認", reason: nil)))
      case 2:
        made.append(
          (1, .edit(kind: "asset", record: row[0], field: "location", value: "新館3階 \(row[7])", reason: "部署の移動"))
        )
      default:
        guard row[1] == "端末" || row[1] == "プリンタ" else { continue }
        retired.insert(row[0])
        made.append((0, .archive(kind: "asset", record: row[0], reason: "廃棄（消去証明あり）")))
      }
    }
    return made
  }

  /// PCs that missed the update of November 2025, and PCs on which no agent reports: with the gateway that a walk brings to
  /// light, eleven devices of which no version is known.
  static let behind = 37
  static let silent = 10

  /// Builds of Windows by the name of the release: with the update of November 2025 and without.
  private static let builds: [(name: String, current: String, behind: String)] = [
    ("25H2", "10.0.26200.7462", "10.0.26200.6899"), ("24H2", "10.0.26100.7462", "10.0.26100.6899"),
    ("LTSC 2021", "10.0.19044.6691", "10.0.19044.6456"), ("LTSC 2019", "10.0.17763.8146", "10.0.17763.7919"),
    ("22H2", "10.0.19045.6691", "10.0.19045.6456"),
  ]

  /// The build of a Windows as its agent reports it.
  private static func build(of os: String, isBehind: Bool) -> String {
    guard let known = builds.first(where: { os.contains($0.name) }) else { return "10.0.19045.6691" }
    return isBehind ? known.behind : known.current
  }

  static func isBehind(_ build: String) -> Bool { !builds.contains { $0.current == build } }

  /// What a PC has that missed no update, nil for other systems.
  static func currentBuild(of os: String) -> String? { builds.first { os.contains($0.name) }?.current }

  /// What a PC that is up to date now had before.
  static func former(build: String) -> String { builds.first { $0.current == build }?.behind ?? build }

  /// When a PC was last updated, as its agent says: those that missed an update say of when the one before was.
  private func updated(_ row: [String], isBehind: Bool) -> String {
    let number = Int(row[0].suffix(4)) ?? 0
    let day = today.adding(days: -(isBehind ? 61 + number % 40 : 6 + number % 23))
    return "\(day.year)/\(digits(day.month, 2))/\(digits(day.day, 2))"
  }

  /// What the agents of the asset tool report now: most terminals, and three nobody listed.
  mutating func inventory() -> DemoTable {
    var seen: [[String]] = []
    var (behind, silent) = (0, 0)
    for row in rows where row[1] == "端末" && !retired.contains(row[0]) && !row[10].isEmpty {
      if !random.chance(95), silent < Self.silent {
        silent += 1
        continue
      }
      let isBehind = behind < Self.behind && row[4].contains("Windows 11") && (Int(row[0].suffix(4)) ?? 0) % 12 == 3
      if isBehind { behind += 1 }
      let last = today.adding(days: -random.number(2...9))
      seen.append([
        row[3], "u\(random.number(1000...1899))", row[10], row[11], "Microsoft \(row[4])",
        Self.build(of: row[4], isBehind: isBehind), random.chance(97) ? "Apex One" : "なし",
        "\(last.year)/\(digits(last.month, 2))/\(digits(last.day, 2))",
        "\(last.year)/\(digits(last.month, 2))/\(digits(last.day, 2)) \(digits(random.number(8...18), 2)):15", row[12],
        updated(row, isBehind: isBehind),
      ])
    }
    for number in 0..<3 {
      seen.append([
        "DESKTOP-\(random.number(1000...9999))", "u1\(number)00", "10.20.23.\(200 + number)", mac(),
        "Microsoft Windows 11 Home",
        "10.0.22631.3737", "なし", "", "\(today.year)/\(digits(today.month, 2))/01 10:20",
        String(random.number(100_000_000...999_999_999)), "",
      ])
    }
    return DemoTable(
      kind: "inventory",
      file: "端末一覧_資産管理ツール.csv",
      header: [
        "コンピューター名", "ログオンユーザー", "IPアドレス", "MACアドレス", "OS名", "OSビルド番号", "ウイルス対策ソフト", "パターンファイル日付", "最終稼働日時",
        "シリアル番号", "最終パッチ適用日",
      ],
      rows: seen
    )
  }
}
