import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/audits`: every audit with how far it is.
struct AuditListPage: AuditView {
  let audits: [Audit]
  let shelf: ChecklistShelf
  let request: WebRequest

  var response: WebResponse {
    var table = DataTable<Audit>(
      id: "audits",
      caption: say("監査", "Audits"),
      address: Address(AuditPath.list),
      columns: [
        .init("name", say("監査", "Audit")) { "<a href=\"\(AuditPath.audit($0.id))\">\($0.name)</a>" },
        .init("kind", say("種類", "Kind")) { HTML(text: $0.kind.label[language]) },
        .init("state", say("状態", "State")) { chip($0.state) },
        .init("period", say("期間", "Period")) { HTML(text: period($0)) },
        .init("sample", say("結果／項目", "Results / items"), isNumeric: true) {
          "\($0.sample.count - $0.unchecked) / \($0.sample.count)"
        },
        .init("findings", say("未処理／指摘", "Open / findings"), isNumeric: true) { audit in
          "\(audit.findings.count(where: \.isOpen)) / \(audit.findings.count)"
        },
      ],
      rows: audits,
      rowID: \.id,
      rowName: \.name
    )
    table.isDense = true
    table.empty = EmptyState(
      say("監査はまだありません。", "There is no audit yet."),
      say(
        "計画を立て、独立した監査人が項目を確かめ、指摘の是正まで見届けます。",
        "Plan one; independent auditors look at items and follow findings up until they are settled."
      )
    )
    let new: HTML? =
      request.may(.answerChecks)
      ? Button.link(say("監査を計画", "Plan an audit"), AuditPath.list + "/new", size: .small) : nil
    return .page(
      Page(
        say("監査", "Audits"),
        lead: HTML(
          text: say("答えや記録を、当事者でない人が確かめます。", "Somebody who did not do the work looks at answers and records.")
        ),
        actions: new,
        main: table.html(language)
      ),
      current: "assessment.audits"
    )
  }
}

/// The plan of an audit, new or changed.
struct AuditPlanPage: AuditView {
  let audit: Audit?
  /// What was typed, where it was not kept.
  let typed: WebForm?
  let errors: [FieldError]
  let shelf: ChecklistShelf
  let request: WebRequest

  private func value(_ field: String, _ stored: String?) -> String { typed?.text(field) ?? stored ?? "" }

  var response: WebResponse {
    let title = audit == nil ? say("監査を計画", "Plan an audit") : say("計画を変更", "Change the plan")
    let packs = shelf.hospital.map { Choice($0.id, $0.name[language]) }
    let fields: [FormField] = [
      .text("name", say("監査の名前", "Name"), value: value("name", audit?.name), required: true, width: .full),
      .radios(
        "kind",
        say("種類", "Kind"),
        Audit.Kind.allCases.map { Choice($0.rawValue, $0.label[language]) },
        chosen: value("kind", audit?.kind.rawValue ?? Audit.Kind.internal.rawValue),
        across: true
      ),
      .lines("purpose", say("目的", "Purpose"), value: value("purpose", audit?.row["purpose"]), rows: 3),
      .select(
        "pack",
        say("対象の点検表", "Checklist to look at"),
        [Choice("", say("なし（記録だけを選ぶ）", "None (records only)"))] + packs,
        chosen: value("pack", audit?.row["pack"]),
        support: say("いまの版の項目から、見るものを抽出するか選びます。", "Items of its present edition are drawn or chosen.")
      ),
      .text(
        "round",
        say("回（空ならいまの回）", "Round (that of today if empty)"),
        value: value("round", audit?.row["round"]),
        support: say("例：2026、毎月の点検は 2026-11", "As 2026, or 2026-11 for a monthly check"),
        width: .short
      ),
      .date(
        "starts_on",
        say("始める日", "Begins on"),
        value: value("starts_on", audit?.startsOn.map(request.dates.typed)),
        language: language
      ),
      .date(
        "ends_on",
        say("終える日", "Ends on"),
        value: value("ends_on", audit?.endsOn.map(request.dates.typed)),
        language: language,
        required: true
      ),
      .hidden("version", value("version", audit.map { String($0.row.version) })),
    ]
    return .page(
      Page(
        title,
        crumbs: [homeCrumb] + [audit.map { Crumb($0.name, AuditPath.audit($0.id)) }].compactMap(\.self),
        errors: errors,
        main: FormFrame(
          action: audit.map { AuditPath.audit($0.id) } ?? AuditPath.list,
          csrf: request.csrf,
          fields: fields.map { $0.withError(from: errors) },
          buttons: Button.submit(say("計画を保存", "Store the plan"))
        ).html(language)
      ),
      current: "assessment.audits",
      status: errors.isEmpty ? nil : 422
    )
  }
}
