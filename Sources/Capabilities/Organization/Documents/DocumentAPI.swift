import Blobs
import Nouns
import Records
import Text
import Time
import Web

/// Files of forms and regulations for programs: list the versions, hand one in, fetch one.
struct DocumentAPI: Sendable {
  let documents: DocumentStore

  private static let group = EndpointGroup(
    "documents",
    Localized(ja: "書類原本と規程のファイル", en: "Files of forms and regulations")
  )

  private static let file = Schema.object([
    .always("id", .id), .always("use", .choice(DocumentFile.Use.allCases.map(\.rawValue))), .always("version", .count),
    .always("name", .text), .always("type", .choice(MediaKind.allCases.map(\.rawValue))), .always("size", .count),
    .always("sha256", .text), .always("note", .text), .always("addedAt", .instant), .always("addedBy", .text),
    .always("withdrawnAt", .optional(.instant)),
  ])

  private static let place: [EndpointParameter] = [
    .path("kind", .choice(DocumentFile.kinds), Localized(ja: "記録の種類", en: "The kind of record")),
    .path("record", .id, Localized(ja: "記録の番号", en: "The record's id")),
  ]

  private static let types = MediaKind.allCases.map(\.rawValue)

  var routes: [Route] {
    [
      .api(
        .get,
        "/files/:kind/:record",
        ReadLedger.self,
        Endpoint(
          "listFiles",
          Self.group,
          Localized(ja: "ファイルのすべての版", en: "All versions of a record's files, newest first"),
          parameters: Self.place + [.limit, .cursor],
          answers: [.json(.page(of: Self.file, total: true), Localized(ja: "ファイル", en: "The files"))]
        )
      ) { call, scope in
        let kind = try kind(call)
        let files = try await found { try await documents.files(of: call["record"], kind, in: scope) }
        return try call.page(of: files) { file, writer in writer.object { Self.write(file, to: &$0) } }
      },
      .api(
        .post,
        "/files/:kind/:record",
        EditLedger.self,
        Endpoint(
          "addFile",
          Self.group,
          Localized(ja: "新しい版を預ける", en: "Hand in a further version, at most 20 MB"),
          parameters: Self.place + [
            .query(
              "use",
              .choice(DocumentFile.Use.allCases.map(\.rawValue)),
              Localized(ja: "原本か印刷用原版か", en: "Original or print master"),
              isRequired: true
            ),
            .query("name", .text(upTo: 200, from: 1), Localized(ja: "ファイル名", en: "The file's name"), isRequired: true),
            .query("note", .text(upTo: 500), Localized(ja: "変わったところ", en: "What changed")),
          ],
          body: .file(["application/octet-stream"] + Self.types),
          answers: [.json(Self.file, Localized(ja: "預かった版", en: "The version kept"), status: 201)],
          takesKey: true
        ),
        add
      ),
      .api(
        .get,
        "/file/:id",
        ReadLedger.self,
        Endpoint(
          "getFile",
          Self.group,
          Localized(ja: "ファイルそのもの", en: "The bytes of one version"),
          parameters: [.path("id", .id, Localized(ja: "ファイルの番号", en: "The file's id"))],
          answers: [.file(Self.types, Localized(ja: "ファイル", en: "The file"))]
        )
      ) { call, scope in
        guard let (file, bytes) = try await documents.read(call["id"], in: scope) else { throw WebError.notFound() }
        return .file(bytes, name: file.downloadName, type: file.type.rawValue)
      },
    ]
  }

  private func kind(_ call: APICall) throws -> Kind {
    guard let kind = documents.records.catalogue.kind(call["kind"]) else { throw WebError.notFound() }
    return kind
  }

  @Sendable private func add(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try kind(call)
    let use = call.query("use").flatMap(DocumentFile.Use.init) ?? .original
    let upload: DocumentUpload
    do throws(DocumentUpload.Refusal) {
      upload = try DocumentUpload(call.request.body, name: call.query("name") ?? "")
    } catch {
      throw WebError.invalid([(pointer: "", reason: error.reason)], call.language)
    }
    let file = try await found {
      try await documents.add(upload, as: use, note: call.query("note") ?? "", to: call["record"], kind, in: scope)
    }
    return call.answer(status: 201) { Self.write(file, to: &$0) }
  }

  private static func write(_ file: DocumentFile, to writer: inout JSONWriter) {
    writer.member("id", file.id)
    writer.member("use", file.use.rawValue)
    writer.member("version", file.version)
    writer.member("name", file.name)
    writer.member("type", file.type.rawValue)
    writer.member("size", file.size)
    writer.member("sha256", file.hash)
    writer.member("note", file.note)
    writer.member("addedAt", file.addedAt.iso)
    writer.member("addedBy", file.addedBy)
    writer.member("withdrawnAt", file.withdrawnAt)
  }
}
