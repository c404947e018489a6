import Text

extension Measure {
  /// What the figures mean, in a sentence that people would say: nothing is 「ありません」, not 「0件です」.
  func sentence(_ value: Int, _ population: Int?) -> Localized {
    if population == 0, let nobody = Self.nobody[table] { return nobody }
    if value == 0, let none = Self.none[key] { return none }
    return explanation(value, population ?? value)
  }

  /// `assets` of `ledger.assets.missing`.
  private var table: String { key.split(separator: ".").dropFirst().first.map(String.init) ?? "" }

  /// Where there is nothing to speak of.
  private static let nobody: [String: Localized] = [
    "assets": Localized(ja: "対象になる機器は台帳にありません。", en: "The ledger holds no device this applies to."),
    "connections": Localized(ja: "対象になる外部接続は台帳にありません。", en: "The ledger holds no connection this applies to."),
    "vendors": Localized(ja: "事業者はまだ台帳にありません。", en: "The ledger holds no vendors yet."),
    "enquiries": Localized(ja: "事業者への照会はまだありません。", en: "No vendor was asked yet."),
    "systems": Localized(ja: "対象になるシステムは台帳にありません。", en: "The ledger holds no system this applies to."),
    "disposals": Localized(ja: "廃棄の記録は台帳にありません。", en: "The ledger holds no disposals."),
    "evidence": Localized(ja: "控えの要る外部接続は台帳にありません。", en: "The ledger holds no connection that needs a sheet."),
    "information": Localized(ja: "情報資産はまだ台帳にありません。", en: "The ledger holds no information assets yet."),
    "clouds": Localized(ja: "クラウドサービスはまだ台帳にありません。", en: "The ledger holds no cloud services yet."),
    "people": Localized(ja: "在籍している職員は台帳にありません。", en: "The ledger holds nobody who works here."),
  ]

  private static let none: [String: Localized] = [
    "ledger.assets.total": Localized(ja: "機器はまだ台帳にありません。", en: "The ledger holds no devices yet."),
    "ledger.assets.endOfSupport": Localized(
      ja: "サポートの終わったOSやファームウェアを使っている機器はありません。",
      en: "No device runs an OS or firmware past support."
    ),
    "ledger.assets.withoutVersion": Localized(
      ja: "OS・ファームウェアの欄が空か不明の機器はありません。",
      en: "The OS or firmware of every device is filled in."
    ),
    "ledger.assets.withoutAntivirus": Localized(
      ja: "ウイルス対策のない端末・サーバはありません。",
      en: "Every computer has antivirus."
    ),
    "ledger.assets.incomplete": Localized(ja: "大事な項目が空いている機器はありません。", en: "No device lacks an essential field."),
    "ledger.assets.duplicates": Localized(
      ja: "管理番号・製造番号・MACアドレスが重なっている機器はありません。",
      en: "No two devices share an asset number, serial number or MAC address."
    ),
    "ledger.assets.missing": Localized(ja: "所在が分からない機器はありません。", en: "Every device can be found."),
    "ledger.assets.unconfirmed": Localized(
      ja: "どの機器も、この1年に確認した記録があります。\(Confirmations.rule.ja)",
      en: "Every device has a record of being seen within a year. \(Confirmations.rule.en)"
    ),
    "ledger.assets.ownerLeft": Localized(
      ja: "退職した人が管理者のままの機器はありません。",
      en: "No device names an owner who has left."
    ),
    "ledger.connections.total": Localized(
      ja: "外部につながっているもの、そのおそれがあるものは台帳にありません。",
      en: "The ledger holds nothing that is, or may be, connected to the outside."
    ),
    "ledger.connections.unknown": Localized(
      ja: "分からないことが残る外部接続はありません。",
      en: "No connection leaves anything essential open."
    ),
    "ledger.connections.unrestricted": Localized(
      ja: "接続元を制限していない外部接続はありません。",
      en: "No connection accepts any source."
    ),
    "ledger.connections.weakAuthentication": Localized(
      ja: "共通のIDや、認証なしで入れる外部接続はありません。",
      en: "No connection uses a shared ID or no authentication."
    ),
    "ledger.connections.alwaysOn": Localized(ja: "常時つながる外部接続はありません。", en: "No connection is always on."),
    "ledger.connections.mobile": Localized(
      ja: "無線（LTEなど）やISDNの外部接続はありません。",
      en: "There are no mobile or ISDN lines."
    ),
    "ledger.connections.unconfirmed": Localized(
      ja: "どの外部接続も、この1年に確認した記録があります。",
      en: "Every connection has a record of being confirmed within a year."
    ),
    "ledger.connections.unsupported": Localized(
      ja: "接点の機器のサポートが終わった外部接続はありません。",
      en: "No connection ends at a device past support."
    ),
    "ledger.vendors.total": Localized(ja: "事業者はまだ台帳にありません。", en: "The ledger holds no vendors yet."),
    "ledger.vendors.withoutContact": Localized(
      ja: "電話もメールも分からない事業者はありません。",
      en: "Every vendor has a telephone number or e-mail address."
    ),
    "ledger.systems.singleSignOn": Localized(
      ja: "シングルサインオンのシステムはありません。",
      en: "No system is recorded as under single sign-on."
    ),
    "ledger.systems.signOnUnknown": Localized(
      ja: "どのシステムも、シングルサインオンかどうかが分かっています。",
      en: "Every system says whether it is under single sign-on, and by what."
    ),
    "ledger.systems.sharedAccounts": Localized(
      ja: "複数の人が同じアカウントを使うシステムはありません。",
      en: "No system is known to be used under shared accounts."
    ),
    "ledger.people.total": Localized(ja: "在籍している職員は台帳にありません。", en: "The ledger holds nobody who works here."),
    "ledger.people.leaving": Localized(ja: "30日以内に退職する職員はいません。", en: "Nobody leaves within 30 days."),
    "ledger.people.withoutReading": Localized(ja: "フリガナのない職員はいません。", en: "Everybody has a reading."),
  ]
}
