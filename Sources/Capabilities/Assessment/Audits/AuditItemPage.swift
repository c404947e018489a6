import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/audits/:id/items/:item`: one thing to look at, what was found, and what was seen.
struct AuditItemPage: AuditView {
  let audit: Audit
  let item: SampledItem
  let involved: [AuditIndependence.Involved]
  let attachments: [Attachment]
  let typed: WebForm?
  /// What was typed to attach evidence, where it was not kept.
  let attaching: WebForm?
  let problems: AnswerProblems
  let errors: [FieldError]
  let shelf: ChecklistShelf
  let request: WebRequest

  private var path: String { AuditPath.item(audit.id, item.id) }
  private var may: Bool { mayChange(audit) }
  private var choices: [Design.Choice] { auditorChoices(audit, involved: involved) }
  /// Auditors work on the items of their audit, whatever else they may.
  private var isAuditing: Bool { audit.state == .open && ownAuditor(audit) != nil }

  var response: WebResponse {
    .page(
      Page(
        title(item, audit),
        lead: HTML(text: audit.name),
        crumbs: [homeCrumb, Crumb(audit.name, AuditPath.audit(audit.id))],
        errors: errors + problems.errors(language),
        main: "\(facts)\(may || isAuditing ? form : .empty)\(drop)\(evidence)"
      ),
      current: "assessment.audits",
      status: errors.isEmpty && problems.list.isEmpty ? nil : 422
    )
  }

  private var facts: HTML {
    let address =
      item.isRecord ? item.item : AssessmentPath.item(audit.row.text("pack"), item.item, audit.row.text("round"))
    let link = item.isRecord ? say("記録を開く", "Open the record") : say("点検の答えを開く", "Open the answer")
    var lines = [
      KeyValues.Line(say("結果", "Result"), chip(item.result)),
      KeyValues.Line(say("確かめるもの", "What to look at"), "<a href=\"\(address)\">\(link)</a>"),
    ]
    let people = involved.map { say("\($0.name)さんが\($0.part.label.ja)", "\($0.name) \($0.part.label.en)") }
    if !people.isEmpty {
      lines.append(
        KeyValues.Line(say("当事者（監査できない人）", "Who has a part in it"), text: people.joined(separator: say("、", "; ")))
      )
    }
    if item.result != nil {
      let by = "\(item.row.text("auditor_name"))　\(day(item.row.day("checked_on")))"
      let told = [
        (say("見たもの", "Seen"), item.row.text("seen")), (say("所見", "Note"), item.row.text("note")),
        (say("監査人", "Auditor"), by),
      ]
      lines += told.filter { !$0.1.isEmpty }.map { KeyValues.Line($0.0, text: $0.1) }
    }
    for finding in audit.findings where finding.row.text("sample") == item.id {
      lines.append(
        KeyValues.Line(
          say("指摘", "Finding"),
          "\(chip(finding)) <a href=\"\(AuditPath.finding(audit.id, finding.id))\">\(say("是正処置を開く", "Corrective action"))</a>"
        )
      )
    }
    return KeyValues(lines).html
  }

  private var form: HTML {
    let auditors = choices
    let title = say("結果を記録", "Record the result")
    guard !auditors.isEmpty else {
      return "<section><h2>\(title)</h2><p>\(noForm[language])</p></section>"
    }
    let only = auditors.count == 1 ? auditors[0].value : ""
    var fields: [FormField] = [
      .radios(
        "auditor",
        say("監査人", "Auditor"),
        auditors,
        chosen: typed?.text("auditor") ?? item.row["auditor"] ?? only
      ),
      .radios(
        "result",
        say("結果", "Result"),
        SampledItem.Result.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
        chosen: typed?.text("result") ?? item.result?.rawValue,
        required: true
      ),
      .lines(
        "seen",
        say("何を見て判断したか", "What was seen"),
        value: typed?.text("seen") ?? item.row.text("seen"),
        rows: 3,
        required: true,
        support: say("文書の名前と版、画面、聞いた人など。", "Documents with their edition, screens, who was asked.")
      ),
      .lines(
        "remark",
        say("所見（適合でないときは、どこが違うか）", "Note (unless it conforms: what differs)"),
        value: typed?.text("remark") ?? item.row.text("note"),
        rows: 3
      ),
      .hidden("version", String(item.row.version)),
    ]
    if mayWithdraw { fields.insert(withdrawal, at: fields.count - 1) }
    let frame = FormFrame(
      action: path,
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(say("結果を保存", "Store the result"))
    )
    return "<section><h2>\(title)</h2>\(frame.html(language))</section>"
  }

  /// Whether another result would take a finding back.
  private var mayWithdraw: Bool {
    audit.standingFinding(of: item)?.stage == .unplanned
  }

  private var withdrawal: FormField {
    .lines(
      "withdrawn_reason",
      say("指摘を取り下げる理由（適合か観察事項に直すとき）", "Why the finding is withdrawn (if the result conforms after all)"),
      value: typed?.text("withdrawn_reason") ?? "",
      rows: 2,
      support: say("指摘は消えず、「取り下げ」として報告書に残ります。", "It stays in the report, as withdrawn.")
    )
  }

  /// Why the reader records nothing here.
  private var noForm: Localized {
    if audit.auditors.isEmpty { return Localized(ja: "監査人を先に加えてください。", en: "Name an auditor first.") }
    let barred = ownAuditor(audit).map { ($0.name, AuditIndependence.conflicts($0, with: involved)) }
    if let (name, parts) = barred, !parts.isEmpty { return AuditIndependence.words(name, parts) }
    return Localized(ja: "結果は監査人本人が記録します。", en: "The auditors record their results in person.")
  }

  private var drop: HTML? {
    guard may, item.result == nil, !item.isDrawn else { return nil }
    return Button.post(say("見る項目から外す", "Take it off"), path + "/drop", csrf: request.csrf, look: .secondary)
  }

  private var evidence: HTML {
    AttachmentView(
      attachments: attachments,
      address: path,
      today: today,
      mayChange: may || (isAuditing && !choices.isEmpty),
      typed: attaching,
      problems: problems,
      request: request,
      isSeen: true
    ).html
  }
}
