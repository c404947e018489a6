import Blobs
import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/files/:hash`: what a file is, who cites it, and the form that withdraws it; `/files`: everything that was withdrawn.
struct FileRoutes: Sendable {
  let files: StoredFiles

  var routes: [Route] {
    [
      .get(FileWithdrawal.list, ReadJournal.self, list),
      .get("/files/:hash", WithdrawFiles.self, show),
      .post("/files/:hash/withdraw", WithdrawFiles.self, withdraw),
    ]
  }

  private func standing(_ request: WebRequest, _ scope: Scope<WithdrawFiles>) async throws -> StoredFiles.Standing {
    guard let file = try await files.find(request["hash"], in: scope) else {
      throw WebError.notFound(Localized(ja: "このファイル", en: "This file"))
    }
    return file
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<WithdrawFiles>) async throws -> WebResponse {
    FilePage(file: try await standing(request, scope), request: request).response
  }

  @Sendable func withdraw(_ request: WebRequest, _ scope: Scope<WithdrawFiles>) async throws -> WebResponse {
    let file = try await standing(request, scope)
    let reason = try request.form().text("reason")
    do {
      let gone = try await files.withdraw(file.hash, reason: reason, in: scope)
      return .redirect(
        to: FileWithdrawal.path(file.hash),
        flash: .done(
          Localized(
            ja: "「\(gone.name)」を取り下げました。だれが、いつ、なぜ取り下げたかは記録に残ります。",
            en: "“\(gone.name)” is withdrawn. Who did it, when and why stays on record."
          )
        )
      )
    } catch StoredFiles.Refusal.noReason {
      let error = Localized(ja: "取り下げる理由を入力してください。", en: "Say why it is withdrawn.")
      return FilePage(file: file, request: request, error: error).response
    } catch StoredFiles.Refusal.already(let gone) {
      return .redirect(to: FileWithdrawal.path(file.hash), flash: Flash(.notice, gone.message))
    } catch StoredFiles.Refusal.notFound {
      throw WebError.notFound(Localized(ja: "このファイル", en: "This file"))
    }
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadJournal>) async throws -> WebResponse {
    let all = try await files.withdrawn(in: scope)
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    var table = DataTable<StoredFiles.Standing>(
      id: "withdrawn",
      caption: say("取り下げたファイル", "Withdrawn files"),
      address: Address(FileWithdrawal.list),
      columns: [
        .init("name", say("ファイル", "File")) { file in
          request.may(.withdrawFiles)
            ? "<a href=\"\(FileWithdrawal.path(file.hash))\">\(file.name)</a>" : HTML(text: file.name)
        },
        .init("at", say("取り下げた日時", "Withdrawn")) { file in
          HTML(text: file.withdrawn.map { request.dates.time($0.at) } ?? "")
        },
        .init("by", say("取り下げた人", "By")) { HTML(text: $0.withdrawn?.by ?? "") },
        .init("reason", say("理由", "Reason"), isLong: true) { HTML(text: $0.withdrawn?.reason ?? "") },
        .init("uses", say("付いていたところ", "Where it was"), isLong: true) { file in
          file.uses.map { use -> HTML in "<a href=\"\(use.link)\">\(use.what[request.language])</a>" }
            .joined(separator: "、")
        },
      ],
      rows: all,
      rowID: \.hash,
      rowName: \.name
    )
    table.empty = EmptyState(
      say("取り下げたファイルはありません。", "No file was withdrawn."),
      say(
        "まちがえて付けたファイルは、付けたところの「ファイルを取り下げる」から内容を消せます。",
        "A file attached by mistake is withdrawn where it is attached."
      )
    )
    return .page(
      Page(
        say("取り下げたファイル", "Withdrawn files"),
        lead: HTML(
          text: say(
            "内容は残っていません。ハッシュ値、名前、だれが、いつ、なぜ取り下げたかだけが残ります。",
            "Their content is gone; hash, name, who, when and why stay."
          )
        ),
        crumbs: [Crumb(say("変更と取り消し", "Changes and undo"), RecordPath.changes)],
        main: table.html(request.language)
      ),
      current: "ledger.changes"
    )
  }
}

/// One file: what it is, what cites it, and either the form or what became of it.
struct FilePage {
  let file: StoredFiles.Standing
  let request: WebRequest
  var error: Localized?

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let field = reasonField
    return .page(
      Page(
        file.withdrawn == nil ? say("ファイルの取り下げ", "Withdraw a file") : say("取り下げたファイル", "Withdrawn file"),
        lead: HTML(
          text: file.withdrawn == nil
            ? say(
              "まちがえて付けた個人情報などのファイルの内容を、このシステムから消します。元に戻せません。",
              "Takes the content of a file attached by mistake out of this system. It cannot be undone."
            )
            : say("内容は、もうこのシステムに残っていません。", "Its content is no longer kept in this system.")
        ),
        crumbs: [Crumb(say("取り下げたファイル", "Withdrawn files"), FileWithdrawal.list)],
        errors: [field].errors,
        main: "\(about)\(uses)\(file.withdrawn == nil ? form(field) : .empty)"
      ),
      current: "ledger.changes"
    )
  }

  private var about: HTML {
    var lines = [
      KeyValues.Line(say("名前", "Name"), text: file.name),
      KeyValues.Line(say("大きさ", "Size"), text: say("\(file.size.grouped)バイト", "\(file.size.grouped) bytes")),
      KeyValues.Line(say("預かった日時", "Kept since"), text: request.dates.time(file.storedAt)),
      KeyValues.Line("SHA-256", "<code class=\"wrapall\">\(file.hash)</code>"),
    ]
    if let gone = file.withdrawn {
      lines += [
        KeyValues.Line(say("取り下げた日時", "Withdrawn"), text: request.dates.time(gone.at)),
        KeyValues.Line(say("取り下げた人", "By"), text: gone.by),
        KeyValues.Line(say("理由", "Reason"), text: gone.reason),
      ]
    }
    return KeyValues(lines).html
  }

  private var uses: HTML {
    let items = file.uses.map { use -> HTML in
      "<li><a href=\"\(use.link)\">\(use.what[language])</a><span class=\"sub\">\(use.name)</span></li>"
    }
    return "<h2>\(say("このファイルが付いているところ", "Where it is attached"))</h2><ul class=\"log\">\(items.joined())</ul>"
  }

  private var reasonField: FormField {
    var field = FormField.text(
      "reason",
      say("取り下げる理由", "Why it is withdrawn"),
      required: true,
      support: say("例：患者の氏名が写っていた。個人情報そのものは書かないでください。", "Do not write personal data here."),
      width: .full
    )
    field.error = error?[language]
    return field
  }

  private func form(_ field: FormField) -> HTML {
    let notes = [
      say("上のすべてのところで「取り下げ」と表示され、開けなくなります。", "All of the above say that it was withdrawn and open it no more."),
      say(
        "これを根拠にした点検の答えは、新しい根拠を付けるまで期限切れとして扱います。",
        "Answers it proved count as stale until something else is attached."
      ),
      say("同じ内容のファイルは、もう受け付けません。", "The same content is not taken again."),
      say("すでに取ったバックアップには残っています。保存期間を決めて廃棄してください。", "Backups made before still hold it; dispose of them in time."),
    ]
    let frame = FormFrame(
      action: FileWithdrawal.path(file.hash) + "/withdraw",
      csrf: request.csrf,
      fields: [field],
      buttons: Button.submit(say("内容を消して取り下げる", "Withdraw it"), look: .danger)
        + Button.link(say("キャンセル", "Cancel"), file.uses.first?.link ?? FileWithdrawal.list, look: .text)
    )
    return """
      <h2>\(say("取り下げるとどうなるか", "What follows"))</h2>\
      <ul>\(each: notes, { "<li>\($0)</li>" })</ul>\(frame.html(language))
      """
  }
}
