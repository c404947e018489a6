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
  /// One sheet of paper holds 24; more than ten are printed in parts.
  static let most = 240

  var routes: [Route] { [.get(Self.path, ReadLedger.self, labels)] }

  @Sendable func labels(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let query = RecordRoutes.query(request, .asset)
    let page = try await store.all(.asset, query, limit: Self.most, in: scope)
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
    return .sheet(
      PrintSheet(
        say("機器のラベル", "Device labels"),
        subtitle: say(
          "\(page.records.count)枚（一度に\(Self.most)枚まで。一覧で絞り込んで印刷します）",
          "\(page.records.count), at most \(Self.most) at once"
        ),
        printed: request.printedBy,
        backAddress: RecordPath.list(Kind.asset.key, query),
        contents: "<ul class=\"labels\">\(labels)</ul>"
      )
    )
  }
}
