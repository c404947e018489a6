import Blobs
import Nouns
import Text
import Web

/// `/api/v1/withdrawn-files`: which files were withdrawn, and withdrawing one by its hash.
struct FileAPI: Sendable {
  let files: StoredFiles

  private static let group = EndpointGroup("files", Localized(ja: "ファイルの取り下げ", en: "Withdrawal of files"))

  private static let shape = Schema.object([
    .always("sha256", .text), .always("name", .text), .always("type", .choice(MediaKind.allCases.map(\.rawValue))),
    .always("size", .count), .always("withdrawnAt", .instant), .always("withdrawnBy", .text),
    .always("reason", .text),
    .always("places", .list(.object([.always("what", .text), .always("link", .text)]))),
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/withdrawn-files",
        ReadJournal.self,
        Endpoint(
          "listWithdrawnFiles",
          Self.group,
          Localized(ja: "取り下げたファイル", en: "Files that were withdrawn, the newest first"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.shape, total: true), Localized(ja: "ファイル", en: "The files"))]
        )
      ) { call, scope in
        try call.page(of: try await files.withdrawn(in: scope)) { file, writer in
          writer.object { Self.write(file, call.language, to: &$0) }
        }
      },
      .api(
        .post,
        "/withdrawn-files",
        WithdrawFiles.self,
        Endpoint(
          "withdrawFile",
          Self.group,
          Localized(ja: "ファイルの内容を取り下げる（元に戻せません）", en: "Take the content of a file out of the store for good"),
          body: .json(
            .object([
              .always("sha256", .text(upTo: 64, from: 64)),
              .always("reason", .text(upTo: StoredFiles.longestReason, from: 1)),
            ])
          ),
          answers: [.json(Self.shape, Localized(ja: "取り下げたファイル", en: "What is left of it"))],
          problems: [404, 409]
        ),
        withdraw
      ),
    ]
  }

  @Sendable private func withdraw(_ call: APICall, _ scope: Scope<WithdrawFiles>) async throws -> WebResponse {
    do {
      let file = try await files.withdraw(
        call.json["sha256"]?.text ?? "",
        reason: call.json["reason"]?.text ?? "",
        in: scope
      )
      return call.answer { Self.write(file, call.language, to: &$0) }
    } catch StoredFiles.Refusal.noReason {
      throw WebError.invalid(
        [("/reason", Localized(ja: "取り下げる理由を入力してください。", en: "Say why it is withdrawn."))],
        call.language
      )
    } catch StoredFiles.Refusal.notFound {
      throw WebError.notFound(Localized(ja: "このファイル", en: "This file"))
    } catch StoredFiles.Refusal.already(let gone) {
      throw WebError.conflict(gone.message, remedy: Localized(ja: "すでに取り下げられています。", en: "Nothing is left to do."))
    }
  }

  private static func write(_ file: StoredFiles.Standing, _ language: Language, to writer: inout JSONWriter) {
    writer.member("sha256", file.hash)
    writer.member("name", file.name)
    writer.member("type", file.type.rawValue)
    writer.member("size", file.size)
    writer.member("withdrawnAt", file.withdrawn?.at)
    writer.member("withdrawnBy", file.withdrawn?.by)
    writer.member("reason", file.withdrawn?.reason)
    writer.array("places") { writer in
      for use in file.uses {
        writer.object { writer in
          writer.member("what", use.what[language])
          writer.member("link", use.link)
        }
      }
    }
  }
}
