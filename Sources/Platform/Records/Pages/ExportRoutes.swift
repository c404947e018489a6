import Nouns
import Text
import Web

/// `/ledger/:kind/export`: the list as it is filtered, as a file that can come back.
package struct ExportRoutes: Sendable {
  let exports: RecordExport

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
