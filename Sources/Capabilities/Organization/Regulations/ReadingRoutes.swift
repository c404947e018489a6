import Blobs
import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/regulations`: what every member of staff must have read, and 「読みました」 for each version.
struct ReadingRoutes: Sendable {
  let records: RecordStore
  let readings: ReadingStore
  let documents: DocumentStore

  var routes: [Route] {
    [
      .get(OrganizationPath.reading, SignedIn.self, list),
      .post(OrganizationPath.reading + "/confirm", SignedIn.self, confirm),
      .get(OrganizationPath.reading + "/:regulation/file", SignedIn.self, file),
    ]
  }

  /// Those in force that staff confirm. Read in the program's name: they are meant for everybody.
  func toRead(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> [Record] {
    let own = Scope<ReadLedger>.operatorOf(scope.facility, as: scope.actor, request: scope.request)
    return try await records.all(.regulation, ListQuery(filters: ["must_read": [.value("yes")]]), limit: 500, in: own)
      .records.filter { $0.date("effective_on").map { $0 <= request.now.day } ?? true }
  }

  static func version(_ regulation: Record) -> String { regulation.known("version") ?? "1" }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let confirmed = try await readings.confirmed(in: scope)
    let regulations = try await toRead(request, scope)
    let files = try await documents.newest(.regulation, in: scope)
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let blocks = regulations.map { regulation -> HTML in
      let version = Self.version(regulation)
      let isRead = confirmed[regulation.id]?.contains(version) ?? false
      let state =
        isRead ? Chip(say("確認済み", "Confirmed"), .green).html : Chip(say("まだ確認していません", "Not confirmed"), .orange).html
      let lines = (regulation.known("contents") ?? "").split(separator: "\n").map { "<p>\(String($0))</p>" as HTML }
      let place = regulation.known("place").map { "<p>\(say("保管場所：", "Kept at: "))\($0)</p>" as HTML }
      let button: HTML? =
        isRead
        ? nil
        : FormFrame(
          action: OrganizationPath.reading + "/confirm",
          csrf: request.csrf,
          fields: [
            FormField("id", "", .hidden(value: regulation.id)), FormField("version", "", .hidden(value: version)),
          ],
          buttons: Button.submit(say("読みました", "I have read it"), look: .secondary, size: .small)
        ).html(language)
      return """
        <section class="block"><h2>\(regulation.title(language)) <span class="sub">\(say("第\(version)版", "version \(version)"))</span></h2>\
        <p>\(state)</p>\(lines)\(Self.link(files[regulation.id], regulation.id, language))\(place)\(button)</section>
        """
    }
    let empty = EmptyState(
      say("読んで確認する規程はありません。", "There is nothing to read and confirm."),
      say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
    ).html(language)
    return .page(
      Page(
        say("読んで確認する規程", "Regulations to read"),
        lead: HTML(
          text: say(
            "読んだら「読みました」を押してください。版が変わると、もう一度確認します。",
            "Press “I have read it” once you have. A new version asks again."
          )
        ),
        main: blocks.isEmpty ? empty : blocks.joined()
      ),
      current: "organization.reading"
    )
  }

  private static func link(_ file: DocumentFile?, _ regulation: String, _ language: Language) -> HTML? {
    file.map { file in
      """
      <p><a href="\(OrganizationPath.reading)/\(Address.encoded(regulation))/file">\(file.name)</a> \
      <span class="nb">\(DocumentSection.size(file.size))</span></p>
      """
    }
  }

  /// The whole text, for everybody who has to read it; other regulations are for those who read the registers.
  @Sendable func file(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let isMeant = try await toRead(request, scope).contains { $0.id == request["regulation"] }
    guard isMeant, let file = try await documents.newest(.regulation, in: scope)[request["regulation"]],
      let (_, bytes) = try await documents.bytes(of: file, scope.facility.rawValue)
    else { throw WebError.notFound(Localized(ja: "このファイル", en: "This file")) }
    return .file(bytes, name: file.downloadName, type: file.type.rawValue)
  }

  @Sendable func confirm(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let form = try request.form()
    let regulations = try await toRead(request, scope)
    guard let regulation = regulations.first(where: { $0.id == form.text("id") }),
      Self.version(regulation) == form.text("version")
    else {
      return .redirect(
        to: OrganizationPath.reading,
        flash: Flash(
          .problem,
          Localized(ja: "この規程は変わりました。いまの版を読んでから押してください。", en: "This regulation has changed. Read the version in force.")
        )
      )
    }
    try await readings.confirm(
      regulation.id,
      version: Self.version(regulation),
      title: regulation.title,
      in: scope
    )
    return .redirect(
      to: OrganizationPath.reading,
      flash: .done(
        Localized(
          ja: "「\(regulation.title(.ja))」を読んだと記録しました。",
          en: "Recorded that you read “\(regulation.title(.en))”."
        )
      )
    )
  }
}
