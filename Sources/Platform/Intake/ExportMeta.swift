import Tabular
import Text

/// The hidden sheet of our own export: what each record was when it was written, so that a file that comes back can be
/// compared three ways (as exported, as in the file, as in the ledger).
package struct ExportMeta: Sendable {
  package static let sheetName = "_yagura"
  /// The visible column that carries the record's id.
  package static let idHeader = SystemHeader.id

  package var kind: String
  /// RFC 3339.
  package var exportedAt: String
  package var records: [String: BaseRecord]

  package struct BaseRecord: Sendable, Hashable {
    package var version: Int
    /// In stored form, as `ExistingRecord.values`; empty ones may be left out.
    package var values: [String: String]

    package init(version: Int, values: [String: String]) {
      self.version = version
      self.values = values
    }
  }

  package init(kind: String, exportedAt: String, records: [String: BaseRecord]) {
    self.kind = kind
    self.exportedAt = exportedAt
    self.records = records
  }

  /// The rows of the hidden sheet, all text.
  package func rows(fields: [String]) -> [[String]] {
    var rows = [["yagura", "1", kind, exportedAt], ["id", "version"] + fields]
    for (id, record) in records.sorted(by: { $0.key < $1.key }) {
      rows.append([id, String(record.version)] + fields.map { record.values[$0] ?? "" })
    }
    return rows
  }

  /// Nil when the workbook is not an export of ours.
  package init?(_ workbook: Workbook) {
    guard let sheet = workbook.sheets.first(where: { $0.name == Self.sheetName }), let head = sheet.rows.first,
      head[0].text == "yagura", head[1].text == "1", sheet.rows.count >= 2
    else { return nil }
    let fields = sheet.rows[1].cells.map(\.text)
    guard fields.starts(with: ["id", "version"]) else { return nil }
    var records: [String: BaseRecord] = [:]
    for row in sheet.rows.dropFirst(2) {
      let id = row[0].text
      guard !id.isEmpty, let version = Int(row[1].text) else { continue }
      var values: [String: String] = [:]
      for (column, field) in fields.enumerated().dropFirst(2) where !row[column].isEmpty {
        values[field] = row[column].text
      }
      records[id] = BaseRecord(version: version, values: values)
    }
    self.init(kind: head[2].text, exportedAt: head[3].text, records: records)
  }
}
