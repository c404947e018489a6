import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/connection/absences`: systems and modalities of which nobody said whether they are maintained from outside.
struct AbsenceRoutes: Sendable {
  let store: RecordStore

  static let path = "/ledger/connection/absences"
  /// Questions on one page, and of each kind in all.
  static let part = 50
  static let most = 1_000

  var routes: [Route] {
    [.get(Self.path, ReadLedger.self, list), .post(Self.path, EditLedger.self, answer)]
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let all = try await store.absences(limit: Self.most, in: scope)
    let page = Pager(
      address: request.address(Self.path),
      number: Int(request.query["page"] ?? "") ?? 1,
      size: Self.part,
      total: all.count
    )
    let absences = page.part(of: all)
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    var table = DataTable<Absence>(
      id: "absences",
      caption: say("保守回線の記録がないもの", "Without a recorded line"),
      address: Address(Self.path),
      columns: [
        .init("name", say("システム・装置", "System or device")) { absence in
          "<a href=\"\(RecordPath.record(absence.kind, absence.id))\">\(absence.title)</a>"
        }, .init("department", say("部署", "Department")) { HTML(text: $0.department) },
        .init("vendor", say("事業者", "Vendor")) { HTML(text: $0.vendor) },
        .init("answer", say("確かめた結果", "Answer")) { absence in
          guard request.may(.editLedger) else { return .empty }
          let new = Address(RecordPath.new("connection"))
            .setting(absence.kind == "system" ? "system" : "boundary_asset", absence.id)
            .setting("system_name", absence.title)
          let no = Button.post(
            say("回線なし", "No line"),
            Address(Self.path).setting("kind", absence.kind).setting("id", absence.id).text,
            csrf: request.csrf,
            look: .secondary,
            size: .small,
            context: absence.title
          )
          return Button.link(
            say("回線を登録", "Add the line"),
            new.text,
            look: .secondary,
            size: .small,
            context: absence.title
          )
            + no
        },
      ],
      rows: absences,
      rowID: \.id,
      rowName: \.title
    )
    table.pager = page
    table.empty = EmptyState(
      say("どのシステムと検査装置にも、保守回線の有無が記録されています。", "Of every system and modality somebody said whether there is a line."),
      say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
    )
    return .page(
      Page(
        say("保守回線の記録がないもの", "Without a recorded line"),
        lead: HTML(
          text: say(
            "記録がないことは、回線がないことではありません。事業者に聞くか、現地を見て、「回線なし」か回線を記録してください。",
            "No record does not mean no line. Ask the vendor or look, and record the line or that there is none."
          )
        ),
        crumbs: [Crumb(Kind.connection.plural[language], RecordPath.list("connection"))],
        main: table.html(language)
      ),
      current: "ledger.connection"
    )
  }

  /// 「回線なし」 is a record of its own: who said so and when.
  @Sendable func answer(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    guard let kind = [Kind.system, .asset].first(where: { $0.key == request.query.text("kind") }) else {
      throw WebError.badRequest(
        Localized(ja: "どのシステム・装置の答えか分かりません。", en: "It is not said which system or device this answers for."),
        remedy: Localized(ja: "一覧の行のボタンを使ってください。", en: "Use the button of a line in the list.")
      )
    }
    let (record, made) = try await found {
      try await store.answerAbsence(kind, request.query.text("id"), on: request.now.day, in: scope)
    }
    return .redirect(
      to: Self.path,
      flash: .done(
        Localized(
          ja: "「\(record.title(.ja))」に回線がないことを記録しました。",
          en: "Recorded that “\(record.title(.en))” has no line."
        ),
        action: made.lastSet.map { ChangeRoutes.undoAction($0) }
      )
    )
  }
}
