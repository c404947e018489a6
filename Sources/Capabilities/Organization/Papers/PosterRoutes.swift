import Design
import HTML
import Nouns
import Records
import Text
import Web

/// `/organization/poster`: 5ヶ条 (付録4) for the wall, with the hospital's own telephones and a code that opens 異常を知らせる.
struct PosterRoutes: Sendable {
  let records: RecordStore
  let papers: PaperStore

  var routes: [Route] { [.get(OrganizationPath.poster, SignedIn.self, poster)] }

  @Sendable func poster(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let own = Scope<ReadLedger>.operatorOf(scope.facility, as: scope.actor, request: scope.request)
    let posts = try await ChartReading.posts(records, own).filter {
      [.systemStaff, .safetyManager, .planner].contains($0.role)
    }
    let rules = FiveRules.all.map {
      "<li><b>\($0.rule[language])</b><span class=\"sub\">\($0.why[language])</span></li>" as HTML
    }
    let address = Self.address(request, scope.facility)
    let code = QRDrawing(text: address, label: say("「異常を知らせる」の画面を開くQRコード", "Code that opens “report a problem”")).html
    return .sheet(
      PrintSheet(
        say("サイバーセキュリティ対策5ヶ条", "Five rules of cybersecurity"),
        subtitle: say("端末の近くに貼ってください。", "For the wall beside the computer."),
        printed: request.printedBy,
        backAddress: request.may(.readLedger) ? OrganizationPath.response : "/",
        contents: """
          <ol class="poster">\(rules)</ol><h2>\(say("おかしいと思ったら", "When something is odd"))</h2>\
          \(FirstLines(phones: posts, language: language).html)<p>\(code)</p><p>\(address)</p>\
          \(PackNote(FiveRules.pack, language: language).html)
          """
      )
    )
  }

  /// As this very browser reaches the program.
  static func address(_ request: WebRequest, _ facility: FacilityID) -> String {
    let host = request.headers["host"] ?? "localhost"
    return "\(request.isSecure ? "https" : "http")://\(host)"
      + Address(OrganizationPath.report).setting("h", facility.rawValue).text
  }
}
