import Design
import HTML
import Nouns
import Records
import Text
import Web

/// `/ledger/asset/labels`: labels for devices, each with a code that opens its record.
struct LabelRoutes: Sendable {
  let store: RecordStore

  static let path = "/ledger/asset/labels"
  /// Five sheets of 24: more are printed in parts, so that a page of drawings stays light.
  static let part = 120

  var routes: [Route] { [.get(Self.path, ReadLedger.self, labels)] }

  @Sendable func labels(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var query = RecordRoutes.query(request, .asset)
    query.offset = query.offset / query.pageSize * Self.part
    query.pageSize = Self.part
    let page = try await store.list(.asset, query, in: scope)
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let host = "\(request.isSecure ? "https" : "http")://\(request.headers["host"] ?? "localhost")"
    let labels = page.records.map { asset -> HTML in
      let address = host + RecordPath.record(Kind.asset.key, asset.id)
      let code = QRDrawing(text: address, label: say("「\(asset.title)」の記録を開くQRコード", "Code of “\(asset.title)”")).html
      return """
        <li>\(code)<b>\(asset.known("asset_number") ?? "")</b><span>\(asset.title(language))</span>\
        <span class="sub">\(asset.known("department").flatMap { page.titles[$0] })</span></li>
        """
    }
    let pager = Pager(
      address: request.address(Self.path),
      number: query.offset / Self.part + 1,
      size: Self.part,
      total: page.total
    )
    return .sheet(
      PrintSheet(
        say("機器のラベル", "Device labels"),
        subtitle: say(
          "全\(page.total)枚のうち\(page.records.count)枚（一度に\(Self.part)枚まで）",
          "\(page.records.count) of \(page.total), at most \(Self.part) at once"
        ),
        printed: request.printedBy,
        backAddress: RecordPath.list(Kind.asset.key, query),
        contents: "<div class=\"noprint\">\(pager.links(language))</div><ul class=\"labels\">\(labels)</ul>"
      )
    )
  }
}
