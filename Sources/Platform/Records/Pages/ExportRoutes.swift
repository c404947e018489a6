import Nouns
import Tabular
import Text
import Web

/// `/ledger/:kind/export`: the list as it is filtered, as a file that can come back.
package struct ExportRoutes: Sendable {
  let exports: RecordExport

  package static let textType = "text/csv; charset=utf-8"
  package static let workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  var routes: [Route] { [.get("/ledger/:kind/export", ImportLedger.self, export).within(.seconds(120))] }

  @Sendable func export(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, exports.records.catalogue)
    var query = RecordRoutes.query(request, kind)
    query.offset = 0
    let format = RecordExport.Format(rawValue: request.query["format"] ?? "xlsx") ?? .xlsx
    let file = try await exports.file(kind, query, as: format, in: scope.reading)
    // Files of several facilities lie side by side on a desk.
    let facility = (request.session?.facilityName ?? "").filter { !"/\\:*?\"<>|".contains($0) }
    return .file(file.bytes, name: facility.isEmpty ? file.name : "\(facility)_\(file.name)", type: file.type)
  }
}

extension WebRequest {
  /// A sheet as a file to take away: a workbook, or CSV where the address says `format=csv`.
  package func file(of sheet: SheetDraft, name: String) throws -> WebResponse {
    guard query["format"] == "csv" else {
      return .file(
        try SheetWriter.workbook([sheet], SheetWriter.BookOptions(createdAt: now)),
        name: SheetWriter.fileName(name, at: now, ending: "xlsx"),
        type: ExportRoutes.workbookType
      )
    }
    switch SheetWriter.text(sheet) {
    case .written(let bytes, _):
      return .file(bytes, name: SheetWriter.fileName(name, at: now, ending: "csv"), type: ExportRoutes.textType)
    // UTF-8 has every character.
    case .unwritable: throw WebError.notFound()
    }
  }
}
