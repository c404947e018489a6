import Records
import Text
import Time

/// 接点の控え: what must be at hand about one way in or out in the first hour of an incident, and what is still missing.
/// Pure: made from a connection, its evidence record and the device's ledger entry.
package struct Evidence: Sendable {
  /// What a sheet needs to be complete. Some of it may already stand in the connection or the device's own record.
  package enum Item: String, Sendable, CaseIterable {
    case model, firmware, firmwareChecked, configurationHash, configurationDate, supportNumber, supportPhone, signIns,
      logPlace, howToCut

    package var label: Localized {
      switch self {
      case .model: Localized(ja: "機種", en: "Model")
      case .firmware: Localized(ja: "ファームウェアの版", en: "Firmware")
      case .firmwareChecked: Localized(ja: "版を確かめた日", en: "Version checked on")
      case .configurationHash: Localized(ja: "設定のハッシュ", en: "Hash of the configuration")
      case .configurationDate: Localized(ja: "設定を保存した日", en: "Configuration saved on")
      case .supportNumber: Localized(ja: "保守の契約・受付番号", en: "Support number")
      case .supportPhone: Localized(ja: "支援の電話", en: "Support telephone")
      case .signIns: Localized(ja: "ログインできる人", en: "Who may log in")
      case .logPlace: Localized(ja: "ログの場所と日数", en: "Place and days of logs")
      case .howToCut: Localized(ja: "切り離し方", en: "How to disconnect")
      }
    }

    /// Where the item stands in the evidence record.
    package var field: String {
      switch self {
      case .model: "model"
      case .firmware: "firmware"
      case .firmwareChecked: "firmware_on"
      case .configurationHash: "configuration_hash"
      case .configurationDate: "configuration_on"
      case .supportNumber: "support_number"
      case .supportPhone: "support_phone"
      case .signIns: "sign_ins"
      case .logPlace: "log_place"
      case .howToCut: "how_to_cut"
      }
    }
  }

  package let connection: Record
  package let record: Record?
  /// What is known, by item.
  package let values: [Item: String]

  package init(connection: Record, record: Record?, device: Record?) {
    self.connection = connection
    self.record = record
    var values: [Item: String] = [:]
    for item in Item.allCases { values[item] = record?.known(item.field) }
    values[.model] = values[.model] ?? device?.known("model") ?? connection.known("boundary_device")
    values[.firmware] = values[.firmware] ?? connection.known("firmware") ?? device?.known("os")
    values[.logPlace] = values[.logPlace] ?? connection.known("log_place")
    self.values = values
  }

  package var missing: [Item] { Item.allCases.filter { values[$0] == nil } }
  package var isComplete: Bool { missing.isEmpty }

  /// A connection that somebody says does not exist needs no sheet; 「不明」 does.
  package static func isNeeded(_ connection: Record) -> Bool {
    connection.archivedAt == nil && !["no", "na"].contains(connection["has_connection"] ?? "")
  }
}
