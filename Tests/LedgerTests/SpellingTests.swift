import Intake
import Ledger
import Records
import Tabular
import Testing
import Text
import Time

/// Ledgers of other hospitals, as people write them: the mapping must find every column and take no wrong one.
@Suite struct SpellingTests {
  @Test(arguments: [
    (
      "assets",
      [
        "No.": nil, "資産管理番号": "asset_number", "機器種別": "category", "品名": "name", "PC名": "host_name",
        "メーカ名": "manufacturer",
        "型式": "model", "S/N": "serial_number", "OSバージョン": "os", "EOS": "support_ends_on", "ウィルス対策ソフト": "antivirus",
        "Windows更新日": "last_patched_on", "IP": "ip_address", "物理アドレス": "mac_address", "所属部署": "department",
        "設置室": "location",
        "使用者": "owner", "稼働状況": "state", "納入業者": nil, "購入日": "installed_on",
        "リース満了日": "contract_ends_on",
        "棚卸日": "last_seen_on", "摘要": "remarks",
      ] as [String: String?]
    ),
    (
      "assets",
      [
        "Asset Tag": "asset_number", "Device Type": "category", "Hostname": "host_name", "Manufacturer": "manufacturer",
        "Model Name": "model", "Serial Number": "serial_number", "Operating System": "os",
        "End of Support": "support_ends_on",
        "Antivirus": "antivirus", "Last Patched": "last_patched_on", "IPv4 Address": "ip_address",
        "MAC Address": "mac_address",
        "Department": "department", "Location": "location", "Assigned To": "owner", "Status": "state",
        "Supplier": "maintenance_vendor",
        "Purchase Date": "installed_on", "Notes": "remarks",
      ]
    ),
    (
      "connections",
      [
        "管理部門": "department", "保守会社名": "vendor", "対象システム": "system_name", "外部接続有無": "has_connection", "接続目的": "purpose",
        "常時/都度": "mode", "回線種別": "line_type", "接続方式": "mechanism", "VPN装置名": "boundary_device", "FWバージョン": "firmware",
        "サポート期限": "firmware_support_ends_on", "機器設置場所": "place", "接続元IP制限": "source_restriction",
        "認証方法": "authentication",
        "アクセス範囲": "destination", "開放ポート": "destination_ports", "ログ保存場所": "log_place", "暗号化の有無": "encrypted",
        "構成図の有無": "diagram", "端末一覧の有無": "terminal_list", "最終見直し日": "last_confirmed_on", "備考欄": "remarks",
      ]
    ),
    (
      "people",
      [
        "社員番号": "staff_number", "職員氏名": "name", "カナ氏名": "reading", "所属部署": "department", "職種名": "occupation",
        "職位": "post",
        "入職日": "joined_on", "退職予定日": "left_on", "メールアドレス": "email", "内線番号": "phone", "雇用形態": "employment",
      ]
    ),
    (
      "vendors",
      [
        "会社名": "name", "法人番号": "corporate_number", "担当者名": "contact_name", "TEL": "phone", "緊急連絡先": "emergency_phone",
        "メールアドレス": "email", "住所": "address", "契約満了日": "contract_ends_on",
      ]
    ),
    (
      "systems",
      [
        "システム名称": "name", "種別": "category", "主管部署": "department", "管理者": "owner", "優先度": "importance",
        "個人情報の有無": "patient_data",
        "バージョン": "version", "ベンダー名": "vendor", "稼働日": "started_on", "契約終了日": "contract_ends_on",
      ]
    ),
  ])
  func otherHospitalsHeadersAreKnown(_ importName: String, _ headers: [String: String?]) throws {
    let kind = try #require(World.catalogue.importKind(importName)?.kind)
    let names = headers.keys.sorted()
    let rows = (1...4).map { number in names.map { Self.sample(headers[$0] ?? nil, kind, number) } }
    let csv = ([names] + rows).map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    let workbook = try TableReader.read(Array(csv.utf8), name: "ledger.csv")
    let result = Intake.read(
      workbook,
      schema: kind.intakeSchema(in: World.catalogue),
      options: IntakeOptions(today: WorryTests.today)
    )
    for name in names { #expect(result.mapping[name] ?? nil == headers[name] ?? nil, "\(name)") }
  }

  /// What one hospital means by them is not what another does: they are asked about, never taken for granted.
  @Test(arguments: [
    ("assets", "納入業者", "みなと電機", "maintenance_vendor"), ("assets", "購入先", "みなと電機", "maintenance_vendor"),
    ("assets", "リース会社", "みなとリース", "maintenance_vendor"), ("assets", "取扱店", "みなと電機", "maintenance_vendor"),
    ("assets", "氏名", "山田 太郎", "owner"), ("assets", "通番", "PC-77", "asset_number"),
    ("assets", "更新予定", "2027/3/31", "contract_ends_on"), ("assets", "その他", "窓際", "remarks"),
    ("connections", "会社名", "みなと電機", "vendor"), ("connections", "更新日", "2026/3/31", "last_confirmed_on"),
    ("connections", "その他", "夜間のみ", "remarks"),
  ])
  func whatMayMeanSomethingElseIsAskedAbout(
    _ importName: String,
    _ header: String,
    _ cell: String,
    _ field: String
  ) throws {
    let kind = try #require(World.catalogue.importKind(importName)?.kind)
    let own = importName == "assets" ? ("機器名称,型番", "端末,X-100") : ("接続番号,システム名", "N1,透析")
    let csv = "\(own.0),\(header)\r\n" + String(repeating: "\(own.1),\(cell)\r\n", count: 3)
    let workbook = try TableReader.read(Array(csv.utf8), name: "ledger.csv")
    let result = Intake.read(
      workbook,
      schema: kind.intakeSchema(in: World.catalogue),
      options: IntakeOptions(today: WorryTests.today)
    )
    let column = try #require(result.mappings.first?.columns.first { $0.header == header })
    #expect(column.field == nil && column.suggested == field, "\(column)")
    // Said once, it is used.
    let said = IntakeOptions(today: WorryTests.today, given: [header: field])
    let again = Intake.read(workbook, schema: kind.intakeSchema(in: World.catalogue), options: said)
    #expect(again.mappings.first?.columns.first { $0.header == header }?.field == field)
  }

  /// A floor or a ward is where a thing stands.
  @Test(arguments: ["設置フロア", "設置病棟"], ["assets", "connections"])
  func wardsAndFloorsArePlaces(_ header: String, _ importName: String) throws {
    let kind = try #require(World.catalogue.importKind(importName)?.kind)
    let csv = "機器名称,\(header)\r\n" + (1...3).map { "端末\($0),\($0)階\r\n" }.joined()
    let workbook = try TableReader.read(Array(csv.utf8), name: "ledger.csv")
    let result = Intake.read(
      workbook,
      schema: kind.intakeSchema(in: World.catalogue),
      options: IntakeOptions(today: WorryTests.today)
    )
    #expect(result.mapping[header] == (importName == "assets" ? "location" : "place"))
  }

  /// A wrong field is worse than none: these look like one and are another thing.
  @Test(arguments: [
    ("assets", "廃棄", "○"), ("assets", "更新予定年度", "令和9年度"), ("assets", "保証期間", "5年"), ("assets", "購入金額", "120000"),
    ("assets", "リース会社", "みなとリース"), ("assets", "耐用年数", "5"), ("assets", "台数", "3"), ("assets", "HDD容量", "512GB"),
    ("connections", "回線事業者", "NTT東日本"), ("connections", "接続時間帯", "9:00-17:00"), ("connections", "月額料金", "5000"),
    ("people", "異動日", "2026/04/01"), ("people", "生年月日", "1980/01/01"), ("people", "性別", "女"), ("people", "資格", "認定看護師"),
    ("vendors", "業者コード", "A001"), ("vendors", "資本金", "1000"),
  ])
  func whatIsAnotherThingIsTakenForNone(_ importName: String, _ header: String, _ cell: String) throws {
    let kind = try #require(World.catalogue.importKind(importName)?.kind)
    let known = kind.fields.filter { $0.isRequired || $0.weight == .essential }.prefix(4)
    let names = known.map(\.label.ja) + [header]
    let rows = (1...4).map { number in known.map { Self.sample($0.key, kind, number) } + [cell] }
    let csv = ([names] + rows).map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    let workbook = try TableReader.read(Array(csv.utf8), name: "ledger.csv")
    let result = Intake.read(
      workbook,
      schema: kind.intakeSchema(in: World.catalogue),
      options: IntakeOptions(today: WorryTests.today)
    )
    #expect(result.mapping[header] ?? nil == nil)
    for field in known { #expect(result.mapping[field.label.ja] == .some(field.key)) }
  }

  /// A plausible cell.
  private static func sample(_ field: String?, _ kind: Kind, _ number: Int) -> String {
    guard let field, let known = kind[field: field] else { return "\(number)" }
    switch known.type {
    case .text, .multiline: return field == "reading" ? "ヤマダ タロウ" : "\(known.label.ja)の例\(number)"
    case .identifier: return "AB\(1000 + number)"
    case .choice(let choices): return choices[number % choices.count].label.ja
    case .yesNoUnknown: return number % 2 == 0 ? "有" : "無"
    case .date: return "202\(number)/04/01"
    case .number: return "\(number)"
    case .ip: return "10.1.2.\(number)"
    case .mac: return "00:1B:44:11:3A:B\(number)"
    case .phone: return "045-123-456\(number)"
    case .email: return "u\(number)@example.test"
    case .reference: return "\(known.label.ja)\(number)"
    }
  }
}
