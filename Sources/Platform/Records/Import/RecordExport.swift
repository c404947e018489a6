import FoundationEssentials
import Intake
import Nouns
import Tabular
import Text
import Time

/// Records become files that come back unchanged: the same labels as the import knows, the record's id in a column of its
/// own, and in workbooks a hidden sheet with what each record was, for the comparison three ways.
package struct RecordExport: Sendable {
  let records: RecordStore

  package init(records: RecordStore) { self.records = records }

  package enum Format: String, Sendable, CaseIterable { case xlsx, csv, json }

  package struct File: Sendable {
    package let bytes: [UInt8]
    package let name: String
    package let type: String
  }

  package func file(
    _ kind: Kind,
    _ query: ListQuery = ListQuery(),
    as format: Format,
    in scope: Scope<ReadLedger>
  ) async throws -> File {
    let page = try await records.all(kind, query, in: scope)
    let now = records.clock.now()
    let name = SheetWriter.fileName(kind.plural.ja, at: now, ending: format.rawValue)
    switch format {
    case .xlsx:
      var options = SheetWriter.BookOptions(createdAt: now)
      options.metaRows = meta(page, at: now).rows(fields: kind.fields.map(\.key))
      return File(
        bytes: try SheetWriter.workbook([sheet(page)], options),
        name: name,
        type: ExportRoutes.workbookType
      )
    case .csv:
      // Unicode holds every character, so nothing can be refused.
      guard case .written(let bytes, _) = SheetWriter.text(sheet(page)) else { throw RecordError.notFound }
      return File(bytes: bytes, name: name, type: ExportRoutes.textType)
    case .json:
      return File(bytes: try json(page), name: name, type: "application/json")
    }
  }

  /// Columns the ledger has no field for follow behind, as they were in the file they came from.
  private func sheet(_ page: ListPage) -> SheetDraft {
    let kind = page.kind
    let extras = Set(page.records.flatMap { $0.extras.keys }).sorted()
    let columns =
      kind.fields.map { field in
        ColumnDraft(
          field.label.ja,
          kind: field.type == .date ? .date : .text,
          choices: field.choices.isEmpty ? [] : field.choices.map(\.label.ja) + [Unknown.label.ja]
        )
      } + extras.map { ColumnDraft($0) } + [ColumnDraft(ExportMeta.idHeader)]
    let rows = page.records.map { record -> [CellValue] in
      kind.fields.map { cell($0, record.values[$0.key], page.titles) }
        + extras.map { record.extras[$0].map { .text($0) } ?? .empty } + [.text(record.id)]
    }
    return SheetDraft(title: kind.plural.ja, columns: columns, rows: rows)
  }

  private func cell(_ field: Field, _ value: String?, _ titles: [String: String]) -> CellValue {
    guard let value, !value.isEmpty else { return .empty }
    if field.type == .date, let day = LocalDate(iso: value) { return .date(day, minutes: nil) }
    return .text(FieldRule.shown(field, value, titles: titles, in: .ja))
  }

  private func meta(_ page: ListPage, at now: Instant) -> ExportMeta {
    ExportMeta(
      kind: page.kind.importName,
      exportedAt: now.iso,
      records: Dictionary(
        page.records.map { ($0.id, ExportMeta.BaseRecord(version: $0.version, values: $0.values)) },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }

  private struct Line: Encodable {
    let id: String
    let version: Int
    let updatedAt: String
    let values: [String: String]
    let names: [String: String]
    let extras: [String: String]
  }

  /// Stored values under the fields' keys; what points to other records is an id, with its name beside it.
  private func json(_ page: ListPage) throws -> [UInt8] {
    let lines = page.records.map { record in
      var names: [String: String] = [:]
      for field in page.kind.references { names[field.key] = page.title(of: record.known(field.key)) }
      return Line(
        id: record.id,
        version: record.version,
        updatedAt: record.updatedAt.iso,
        values: record.values,
        names: names,
        extras: record.extras
      )
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return Array(try encoder.encode(lines)) + [10]
  }
}
