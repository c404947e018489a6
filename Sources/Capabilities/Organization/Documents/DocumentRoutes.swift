import Blobs
import Design
import HTML
import Nouns
import Records
import Text
import Web

/// Originals and print masters of forms and regulations: hand one in, take any version out.
struct DocumentRoutes: Sendable {
  let documents: DocumentStore

  static func path(_ kind: Kind, _ record: String) -> String {
    "/organization/files/\(kind.key)/\(Address.encoded(record))"
  }

  static func file(_ id: String) -> String { "/organization/file/\(Address.encoded(id))" }

  var routes: [Route] {
    [
      .get("/organization/files/:kind/:record", EditLedger.self, form),
      .post("/organization/files/:kind/:record", EditLedger.self, add).accepting(bytes: BlobStore.limit + (1 << 20)),
      .get("/organization/file/:id", ReadLedger.self, read),
    ]
  }

  private func kind(_ request: WebRequest) throws -> Kind {
    guard DocumentFile.kinds.contains(request["kind"]), let kind = documents.records.catalogue.kind(request["kind"])
    else { throw WebError.notFound() }
    return kind
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try kind(request)
    let record = try await found { try await documents.records.find(kind, id: request["record"], in: scope.reading) }
    return page(kind, record.record, .original, "", nil, request)
  }

  @Sendable func add(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try kind(request)
    let record = try await found { try await documents.records.find(kind, id: request["record"], in: scope.reading) }
      .record
    let form = try request.form()
    let use = DocumentFile.Use(rawValue: form.text("use")) ?? .original
    do {
      let sent = form.file("file")
      let upload = try DocumentUpload(sent?.bytes ?? [], name: sent?.name ?? "")
      let file = try await found {
        try await documents.add(upload, as: use, note: form.text("note"), to: record.id, kind, in: scope)
      }
      return .redirect(
        to: RecordPath.record(kind.key, record.id),
        flash: .done(
          Localized(
            ja: "「\(file.name)」を\(use.label.ja)として預かりました（\(file.version)番目）。",
            en: "“\(file.name)” is kept as \(use.label.en.lowercased()) no. \(file.version)."
          )
        )
      )
    } catch let refusal as DocumentUpload.Refusal {
      return page(kind, record, use, form.text("note"), refusal.reason, request)
    } catch let again as WithdrawnAgain {
      return page(kind, record, use, form.text("note"), again.message, request)
    }
  }

  private func page(
    _ kind: Kind,
    _ record: Record,
    _ use: DocumentFile.Use,
    _ note: String,
    _ error: Localized?,
    _ request: WebRequest
  ) -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let uses = [
      Design.Choice(
        DocumentFile.Use.original.rawValue,
        DocumentFile.Use.original.label[language],
        support: say("直すときに使うファイルです（Word、Excelなど）。", "What is edited when it changes, as Word or Excel.")
      ),
      Design.Choice(
        DocumentFile.Use.master.rawValue,
        DocumentFile.Use.master.label[language],
        support: say("そのまま印刷するファイルです（PDFなど）。", "What is printed as it is, as PDF.")
      ),
    ]
    var file = FormField("file", say("ファイル", "File"), .file(accept: nil, many: false))
    file.required = true
    file.support = say(
      "PDF、Word、Excel、PowerPoint、JPEG、PNG、WebP。20MBまで。マクロの入ったものは預かれません。",
      "PDF, Word, Excel, PowerPoint, JPEG, PNG or WebP up to 20 MB, without macros."
    )
    file.error = error?[language]
    let fields: [FormField] = [
      file,
      FormField("use", say("何のファイルか", "What it is"), .radios(uses, chosen: use.rawValue, across: false)),
      .text(
        "note",
        say("変わったところ", "What changed"),
        value: note,
        support: say("例：保険証の欄をなくした", "As: field of the insurance card removed")
      ),
    ]
    var form = FormFrame(
      action: Self.path(kind, record.id),
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("預ける", "Keep it"))
        + Button.link(say("キャンセル", "Cancel"), RecordPath.record(kind.key, record.id), look: .text)
    )
    form.isMultipart = true
    return .page(
      Page(
        say("ファイルを預ける", "Add a file"),
        lead: HTML(
          text: say(
            "前の版は消えません。この画面が使えないときのために、同じものをネットワークから切り離した媒体にも置いてください。",
            "Earlier versions stay. Keep a copy on a medium off the network too, for when this page cannot be seen."
          )
        ),
        crumbs: [
          Crumb(kind.plural[language], RecordPath.list(kind.key)),
          Crumb(record.title(language), RecordPath.record(kind.key, record.id)),
        ],
        errors: fields.errors,
        main: form.html(language)
      ),
      current: "ledger." + kind.key
    )
  }

  /// Always a download: nothing that was handed in is shown as a page of ours.
  @Sendable func read(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    guard let (file, bytes) = try await documents.read(request["id"], in: scope) else {
      throw WebError.notFound(Localized(ja: "このファイル", en: "This file"))
    }
    return .file(bytes, name: file.downloadName, type: file.type.rawValue)
  }
}
