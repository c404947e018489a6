import Design
import Records
import SQL
import Text
import Time

/// One number the ledger can prove: which rows count, of how many, and what it means. All measures of one table are
/// counted in a single statement.
struct Measure: Sendable {
  let key: String
  let label: Localized
  /// Which rows it speaks of; nil where the value has no whole.
  let population: SQL?
  let condition: SQL
  let isWorry: Bool
  let link: String
  /// The sentence, given value and population.
  let explanation: @Sendable (Int, Int) -> Localized

  init(
    _ key: String,
    ja: String,
    en: String,
    of population: SQL?,
    where condition: SQL,
    isWorry: Bool = true,
    link: String,
    explanation: @escaping @Sendable (Int, Int) -> Localized
  ) {
    self.key = key
    label = Localized(ja: ja, en: en)
    self.population = population
    self.condition = condition
    self.isWorry = isWorry
    self.link = link
    self.explanation = explanation
  }
}

/// The texts of operating systems and firmware whose support has ended, as they stand in the ledger today.
struct PastSupport: Sendable {
  let assets: [String]
  let connections: [String]
}

enum Measures {
  /// Neither recorded nor known.
  static func open(_ column: String) -> SQL { "(\(name: column) IS NULL OR \(name: column) = '?')" }

  static let assetKept: SQL = "(state IS NULL OR state <> 'disposed')"
  static let computers: SQL = "category IN ('server', 'terminal', 'virtual')"

  static func assets(facility: String, today: LocalDate, past: PastSupport) -> [Measure] {
    assetSoftware(today, past) + assetPrograms + assetRecords(facility) + assetWhereabouts(facility, today)
  }

  private static func assetSoftware(_ today: LocalDate, _ past: PastSupport) -> [Measure] {
    let versioned: SQL = "\(assetKept) AND (category IS NULL OR category <> 'printer')"
    let ended: SQL = """
      (support_ends_on < \(today.iso) OR ((support_ends_on IS NULL OR support_ends_on = '?') AND os IN (\(list: past.assets))))
      """
    return [
      Measure(
        "ledger.assets.total",
        ja: "機器",
        en: "Devices",
        of: nil,
        where: assetKept,
        isWorry: false,
        link: "/ledger/asset"
      ) { value, _ in Localized(ja: "台帳にある機器は\(value.grouped)台です。", en: "The ledger holds \(value.grouped) devices.") },
      Measure(
        "ledger.assets.endOfSupport",
        ja: "サポートの終わった機器（台帳）",
        en: "Devices of the ledger past support",
        of: assetKept,
        where: "\(assetKept) AND \(ended)",
        link: "/ledger/quality/asset/pastSupport"
      ) { value, of in
        Localized(
          ja: "台帳の機器\(of.grouped)台のうち\(value.grouped)台は、台帳の期限かOSの名前から見て、OSやファームウェアのサポートが終わっています。",
          en:
            "Of \(of.grouped) devices of the ledger, \(value.english("runs", "run")) an OS or firmware past support, by the ledger's "
            + "date or the name of the OS."
        )
      },
      Measure(
        "ledger.assets.withoutVersion",
        ja: "OSの欄が空か不明の機器",
        en: "Devices whose OS is empty or unknown",
        of: versioned,
        where: "\(versioned) AND \(open("os"))",
        link: "/ledger/asset?f.os=!&f.os=%3F"
      ) { value, of in
        Localized(
          ja: "プリンタを除く台帳の機器\(of.grouped)台のうち\(value.grouped)台は、OS・ファームウェアの欄が未記入か不明です。脆弱性の情報と照らし合わせられません。",
          en:
            "Of \(of.grouped) devices of the ledger, printers left out, \(value.english("has", "have")) an empty or unknown OS, so "
            + "advisories cannot be matched."
        )
      },
    ]
  }

  /// What is on computers.
  private static let assetPrograms: [Measure] = [
    Measure(
      "ledger.assets.withoutAntivirus",
      ja: "ウイルス対策のない端末・サーバ",
      en: "Computers without antivirus",
      of: "\(assetKept) AND \(computers)",
      where: "\(assetKept) AND \(computers) AND (antivirus = 'none' OR \(open("antivirus")))",
      link: "/ledger/asset?f.category=server&f.category=terminal&f.antivirus=none&f.antivirus=!&f.antivirus=%3F"
    ) { value, of in
      Localized(
        ja: "端末・サーバ\(of.grouped)台のうち\(value.grouped)台は、ウイルス対策が未導入か、分かっていません。",
        en: "Of \(of.grouped) computers, \(value.english("has", "have")) no antivirus, or nobody knows."
      )
    },
    Measure(
      "ledger.assets.withoutSoftware",
      ja: "ソフトウェアの一覧がない端末・サーバ",
      en: "Computers without a list of software",
      of: "\(assetKept) AND \(computers)",
      where: """
        \(assetKept) AND \(computers) AND NOT EXISTS (SELECT 1 FROM software s
          WHERE s.facility = asset.facility AND s.asset_id = asset.id AND s.archived_at IS NULL)
        """,
      isWorry: false,
      link: "/ledger/software"
    ) { value, of in
      Localized(
        ja: "端末・サーバ\(of.grouped)台のうち\(value.grouped)台は、入っているソフトウェアの一覧がありません。",
        en: "Of \(of.grouped) computers, \(value.english("has", "have")) no list of the software on them."
      )
    },
  ]

  private static func assetRecords(_ facility: String) -> [Measure] {
    let essential = Kind.asset.fields.filter { $0.weight == .essential }.map { "\(name: $0.key) IS NULL" as SQL }
    return [
      Measure(
        "ledger.assets.incomplete",
        ja: "大事な項目が空いている機器",
        en: "Devices with essential fields missing",
        of: assetKept,
        where: "\(assetKept) AND (\(essential.joined(separator: " OR ")))",
        link: "/ledger/quality/asset/essentialMissing"
      ) { value, of in
        Localized(
          ja: "\(of.grouped)台のうち\(value.grouped)台は、大事な項目のどれかが未記入です。",
          en: "Of \(of.grouped) devices, \(value.english("lacks", "lack")) an essential field."
        )
      },
      Measure(
        "ledger.assets.duplicates",
        ja: "重複のおそれがある機器",
        en: "Devices that may be listed twice",
        of: assetKept,
        where:
          "\(assetKept) AND (\(shared("asset_number", facility)) OR \(shared("serial_number", facility)) OR \(shared("mac_address", facility)))",
        link: "/ledger/quality/asset/duplicate"
      ) { value, _ in
        Localized(
          ja: "\(value.grouped)台の機器が、同じ管理番号・製造番号・MACアドレスをほかの記録と共有しています。",
          en: "\(value.grouped) devices share an asset number, serial number or MAC address with another record."
        )
      },
    ]
  }

  private static func assetWhereabouts(_ facility: String, _ today: LocalDate) -> [Measure] {
    let yearAgo = today.adding(days: -365)
    return [
      Measure(
        "ledger.assets.missing",
        ja: "所在が分からない機器",
        en: "Devices not to be found",
        of: assetKept,
        where: "state = 'missing'",
        link: "/ledger/asset?f.state=missing"
      ) { value, of in
        Localized(
          ja: "\(of.grouped)台のうち\(value.grouped)台は所在が分かりません。",
          en: "Of \(of.grouped) devices, \(value.grouped) cannot be found."
        )
      },
      Measure(
        "ledger.assets.unconfirmed",
        ja: "1年以上確認していない機器",
        en: "Devices not confirmed for a year",
        of: assetKept,
        where: "\(assetKept) AND NOT (\(Confirmations.condition(facility, since: yearAgo)))",
        isWorry: false,
        link: "/ledger/quality/asset/stale"
      ) { value, of in
        Localized(
          ja: "\(of.grouped)台のうち\(value.grouped)台は、この1年に確認した記録がありません。\(Confirmations.rule.ja)",
          en:
            "Of \(of.grouped) devices, \(value.english("has", "have")) no record of being seen within a year. \(Confirmations.rule.en)"
        )
      },
      Measure(
        "ledger.assets.ownerLeft",
        ja: "管理者が退職した機器",
        en: "Devices whose owner has left",
        of: assetKept,
        where: """
          \(assetKept) AND owner_id IN (SELECT person.id FROM person
          WHERE person.facility = \(facility) AND person.left_on < \(today.iso))
          """,
        link: "/ledger/asset?sort=owner"
      ) { value, _ in
        Localized(
          ja: "\(value.grouped)台の機器は、管理者がすでに退職しています。",
          en: "\(value.grouped) devices name an owner who has left."
        )
      },
    ]
  }

  /// Another record has the same value. The facility is bound, not taken from the outer row, so the inner statement runs
  /// once.
  private static func shared(_ column: String, _ facility: String) -> SQL {
    """
    \(name: column) IN (SELECT twin.\(name: column) FROM asset AS twin
    WHERE twin.facility = \(facility) AND twin.archived_at IS NULL AND twin.\(name: column) <> '?'
    AND (twin.state IS NULL OR twin.state <> 'disposed') GROUP BY twin.\(name: column) HAVING count(*) > 1)
    """
  }

  static let connected: SQL = "(has_connection IS NULL OR has_connection NOT IN ('no', 'na'))"

  static func connections(today: LocalDate, past: PastSupport) -> [Measure] {
    connectionDoors() + connectionCare(today, past)
  }

  private static func connectionDoors() -> [Measure] {
    let unclear: SQL = """
      (\(open("has_connection")) OR \(open("source_restriction")) OR \(open("authentication"))
      OR (\(open("boundary_device")) AND \(open("boundary_asset"))))
      """
    return [
      Measure(
        "ledger.connections.total",
        ja: "外部接続",
        en: "External connections",
        of: "1 = 1",
        where: connected,
        isWorry: false,
        link: "/ledger/connection"
      ) { value, of in
        Localized(
          ja: "調べた\(of.grouped)件のうち、外部につながっている、またはそのおそれがあるものは\(value.grouped)件です。",
          en: "Of \(of.grouped) entries, \(value.grouped) are, or may be, connected to the outside."
        )
      },
      Measure(
        "ledger.connections.unknown",
        ja: "分からないことが残る外部接続",
        en: "External connections with something unknown",
        of: connected,
        where: "\(connected) AND \(unclear)",
        link: "/ledger/connection/worries"
      ) { value, of in
        Localized(
          ja: "外部接続\(of.grouped)件のうち\(value.grouped)件は、つながりの有無・接続元の制限・認証・接点の機器のどれかが不明か未記入です。",
          en:
            "Of \(of.grouped) connections, \(value.english("leaves open whether it exists", "leave open whether they exist")), who may come in, how, or through which device."
        )
      },
      Measure(
        "ledger.connections.unrestricted",
        ja: "接続元の制限がない外部接続",
        en: "Connections open to any source",
        of: connected,
        where: "\(connected) AND source_restriction = 'no'",
        link: "/ledger/connection?f.source_restriction=no"
      ) { value, of in
        Localized(
          ja: "外部接続\(of.grouped)件のうち\(value.grouped)件は、接続元を制限していません。",
          en: "Of \(of.grouped) connections, \(value.grouped) accept any source."
        )
      },
      Measure(
        "ledger.connections.weakAuthentication",
        ja: "共通ID・認証なしの外部接続",
        en: "Connections with a shared ID or none",
        of: connected,
        where: "\(connected) AND authentication IN ('shared_id', 'none')",
        link: "/ledger/connection?f.authentication=shared_id&f.authentication=none"
      ) { value, of in
        Localized(
          ja: "外部接続\(of.grouped)件のうち\(value.grouped)件は、共通のIDか、認証なしで入れます。",
          en: "Of \(of.grouped) connections, \(value.grouped) use a shared ID or no authentication."
        )
      },
    ]
  }

  private static func connectionCare(_ today: LocalDate, _ past: PastSupport) -> [Measure] {
    let yearAgo = today.adding(days: -365).iso
    let ended: SQL = "(firmware_support_ends_on < \(today.iso) OR firmware IN (\(list: past.connections)))"
    return [
      Measure(
        "ledger.connections.alwaysOn",
        ja: "常時つながる外部接続",
        en: "Connections always on",
        of: connected,
        where: "\(connected) AND mode = 'always'",
        isWorry: false,
        link: "/ledger/connection?f.mode=always"
      ) { value, of in
        Localized(
          ja: "外部接続\(of.grouped)件のうち\(value.grouped)件は、常時つながっています。",
          en: "Of \(of.grouped) connections, \(value.english("is", "are")) always on."
        )
      },
      Measure(
        "ledger.connections.mobile",
        ja: "LTE・ISDNの外部接続",
        en: "LTE and ISDN connections",
        of: connected,
        where: "\(connected) AND line_type IN ('lte', 'isdn')",
        isWorry: false,
        link: "/ledger/connection?f.line_type=lte&f.line_type=isdn"
      ) { value, of in
        Localized(
          ja: "外部接続\(of.grouped)件のうち\(value.grouped)件は、院内のネットワーク管理を通らない無線やISDNの回線です。",
          en:
            "Of \(of.grouped) connections, \(value.english("is a mobile or ISDN line that bypasses", "are mobile or ISDN lines that bypass")) the network team."
        )
      },
      Measure(
        "ledger.connections.unconfirmed",
        ja: "1年以上確認していない外部接続",
        en: "Connections not confirmed for a year",
        of: connected,
        where: "\(connected) AND (\(open("last_confirmed_on")) OR last_confirmed_on < \(yearAgo))",
        link: "/ledger/connection?f.last_confirmed_on=!&f.last_confirmed_on=%3F&f.last_confirmed_on=%3C\(yearAgo)"
      ) { value, of in
        Localized(
          ja: "外部接続\(of.grouped)件のうち\(value.grouped)件は、この1年に確認した記録がありません。",
          en:
            "Of \(of.grouped) connections, \(value.english("has", "have")) no record of being confirmed within a year."
        )
      },
      Measure(
        "ledger.connections.unsupported",
        ja: "接点の機器のサポートが終わった外部接続",
        en: "Connections on unsupported devices",
        of: connected,
        where: "\(connected) AND \(ended)",
        link: "/ledger/connection/worries"
      ) { value, of in
        Localized(
          ja: "外部接続\(of.grouped)件のうち\(value.grouped)件は、接点の機器のファームウェアのサポートが終わっています。",
          en: "Of \(of.grouped) connections, \(value.grouped) end at a device whose firmware is past support."
        )
      },
    ]
  }

  static let vendors = [
    Measure(
      "ledger.vendors.total",
      ja: "事業者",
      en: "Vendors",
      of: nil,
      where: "1 = 1",
      isWorry: false,
      link: "/ledger/vendor"
    ) { value, _ in Localized(ja: "台帳にある事業者は\(value.grouped)社です。", en: "The ledger holds \(value.grouped) vendors.") },
    Measure(
      "ledger.vendors.withoutContact",
      ja: "連絡先のない事業者",
      en: "Vendors without a contact",
      of: "1 = 1",
      where: "\(open("phone")) AND \(open("emergency_phone")) AND \(open("email"))",
      link: "/ledger/vendor?f.phone=!&f.phone=%3F"
    ) { value, of in
      Localized(
        ja: "\(of.grouped)社のうち\(value.grouped)社は、電話もメールも分かりません。いざというときに連絡できません。",
        en: "Of \(of.grouped) vendors, \(value.english("has", "have")) neither telephone nor e-mail."
      )
    },
  ]

  static func people(today: LocalDate) -> [Measure] {
    let here: SQL = "(left_on IS NULL OR left_on = '?' OR left_on >= \(today.iso))"
    let soon = today.adding(days: 30).iso
    return [
      Measure(
        "ledger.people.total",
        ja: "職員",
        en: "People",
        of: nil,
        where: here,
        isWorry: false,
        link: "/ledger/person"
      ) { value, _ in
        Localized(ja: "在籍している職員は\(value.grouped)人です。", en: "\(value.grouped) people work here.")
      },
      Measure(
        "ledger.people.leaving",
        ja: "30日以内に退職する職員",
        en: "People leaving within 30 days",
        of: here,
        where: "left_on >= \(today.iso) AND left_on <= \(soon)",
        isWorry: false,
        link: "/ledger/person?f.left_on=%3E\(today.iso)&sort=left_on"
      ) { value, _ in
        Localized(
          ja: "\(value.grouped)人が30日以内に退職します。機器の返却と権限の削除を準備します。",
          en: "\(value.grouped) people leave within 30 days. Plan the return of devices and the removal of rights."
        )
      },
      Measure(
        "ledger.people.withoutReading",
        ja: "フリガナのない職員",
        en: "People without a reading",
        of: here,
        where: "\(here) AND \(open("reading"))",
        isWorry: false,
        link: "/ledger/person?f.reading=!"
      ) { value, of in
        Localized(
          ja: "\(of.grouped)人のうち\(value.grouped)人にフリガナがありません。",
          en: "Of \(of.grouped) people, \(value.english("has", "have")) no reading."
        )
      },
    ]
  }
}
