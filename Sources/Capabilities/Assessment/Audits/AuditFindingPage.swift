import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/audits/:id/findings/:finding`: what does not conform, what is done about it, and who looks whether it helped.
struct AuditFindingPage: AuditView {
  let audit: Audit
  let finding: AuditFinding
  let people: [(id: String, name: String)]
  let typed: WebForm?
  let errors: [FieldError]
  let shelf: ChecklistShelf
  let request: WebRequest

  private var path: String { AuditPath.finding(audit.id, finding.id) }
  private var may: Bool { mayChange(audit) }
  private var isOwner: Bool { finding.row["owner"] == request.session?.userID && audit.state == .open }

  var response: WebResponse {
    let stage = finding.stage
    let forms: HTML =
      switch stage {
      case .unplanned: may ? "\(planning(isOpen: true))\(accepting)" : .empty
      case .planned: "\(finishing)\(may ? "\(planning(isOpen: false))\(accepting)" : HTML.empty)"
      case .done: may ? "\(verifying)\(planning(isOpen: false))\(accepting)" : .empty
      case .verified, .accepted, .withdrawn: .empty
      }
    return .page(
      Page(
        say("指摘：\(title(finding, audit))", "Finding: \(title(finding, audit))"),
        lead: HTML(text: audit.name),
        crumbs: [homeCrumb, Crumb(audit.name, AuditPath.audit(audit.id))],
        errors: errors,
        main: "\(lines)\(forms)"
      ),
      current: "assessment.audits",
      status: errors.isEmpty ? nil : 422
    )
  }

  private var lines: HTML {
    let row = finding.row
    let pairs: [(String, String)] = [
      (say("不適合の内容", "Nonconformity"), row.text("what")), (say("原因", "Cause"), row.text("cause")),
      (say("是正処置", "Corrective action"), row.text("action")), (say("担当者", "Responsible"), row.text("owner_name")),
      (say("期限", "Due"), day(finding.dueOn)), (say("完了した日", "Done on"), day(row.day("done_on"))),
      (say("したこと", "What was done"), row.text("done_note")),
      (say("確かめた人", "Verified by"), "\(row.text("verified_by"))　\(day(row.day("verified_on")))"),
      (say("確認の内容", "Verification"), row.text("verified_note")),
      (say("受け入れた人", "Accepted by"), "\(row.text("accepted_by"))　\(day(row.day("accepted_on")))"),
      (say("受け入れの理由", "Why accepted"), row.text("accepted_reason")),
      (say("取り下げた人", "Withdrawn by"), "\(row.text("withdrawn_by"))　\(day(row.day("withdrawn_on")))"),
      (say("取り下げの理由", "Why withdrawn"), row.text("withdrawn_reason")),
    ]
    let filled = pairs.filter { !$0.1.isEmpty && $0.1 != "　" }.map { KeyValues.Line($0.0, text: $0.1) }
    let grade = finding.grade.map { KeyValues.Line(say("重さ", "Grade"), chip($0)) }
    return KeyValues([KeyValues.Line(say("状態", "State"), chip(finding))] + [grade].compactMap(\.self) + filled).html
  }

  private func value(_ field: String, _ stored: String?) -> String {
    typed.map { $0.contains(field) ? $0.text(field) : stored ?? "" } ?? stored ?? ""
  }

  private func frame(_ verb: String, _ fields: [FormField], _ button: String, isMain: Bool = true) -> HTML {
    FormFrame(
      action: "\(path)/\(verb)",
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(button, look: isMain ? .primary : .secondary)
    ).html(language)
  }

  private func planning(isOpen: Bool) -> HTML {
    let row = finding.row
    let form = frame(
      "plan",
      [
        .lines("cause", say("なぜ起きたか（原因）", "Cause"), value: value("cause", row["cause"]), rows: 3, required: true),
        .lines(
          "action",
          say("是正処置", "Corrective action"),
          value: value("action", row["action"]),
          rows: 3,
          required: true
        ),
        .select(
          "owner",
          say("担当者", "Responsible"),
          [Design.Choice("", "")] + people.map { Design.Choice($0.id, $0.name) },
          chosen: value("owner", row["owner"]),
          required: true
        ),
        .date(
          "due_on",
          say("期限", "Due"),
          value: value("due_on", finding.dueOn.map(request.dates.typed)),
          language: language,
          required: true
        ),
        .hidden("version", String(row.version)),
      ],
      say("是正処置を保存", "Store the action"),
      isMain: isOpen
    )
    let title = say("是正処置を決める", "Plan corrective action")
    guard !isOpen else { return "<section><h2>\(title)</h2>\(form)</section>" }
    let isWrong = errors.contains { ["cause", "action", "owner", "due_on"].contains($0.field) }
    return """
      <details\(if: isWrong, " open")><summary>\(say("是正処置を改める", "Change the action"))</summary>\(form)</details>
      """
  }

  private var finishing: HTML? {
    guard may || isOwner else { return nil }
    let form = frame(
      "done",
      [.lines("note", say("何をしたか", "What was done"), value: value("note", nil), rows: 3, required: true)],
      say("完了を記録", "Record that it is done")
    )
    return "<section><h2>\(say("是正処置を終える", "Finish the action"))</h2>\(form)</section>"
  }

  private var verifying: HTML {
    let title = say("処置を確かめる", "Verify the action")
    let own = [finding.row["owner"], finding.row["done_id"]].compactMap(\.self)
    let may = auditorChoices(audit).filter { choice in
      !audit.auditors.contains { $0.id == choice.value && $0.account.map(own.contains) == true }
    }
    guard !may.isEmpty else {
      let words = say(
        "担当者ではない監査人が確かめます。",
        "An auditor who does not own the action looks whether it helped."
      )
      return "<section><h2>\(title)</h2><p>\(words)</p></section>"
    }
    let form = frame(
      "verify",
      [
        .radios(
          "auditor",
          say("監査人", "Auditor"),
          may,
          chosen: value("auditor", may.count == 1 ? may[0].value : nil),
          required: true
        ),
        .radios(
          "effective",
          say("処置の効き目", "Did it help?"),
          [
            Design.Choice("yes", say("効いている", "Yes, it helps")),
            Design.Choice("no", say("足りない（やり直す）", "No, to be done again")),
          ],
          chosen: value("effective", "yes"),
          across: true
        ),
        .lines(
          "verified_note",
          say("何を見て確かめたか", "What was looked at"),
          value: value("verified_note", nil),
          rows: 3,
          required: true
        ),
      ],
      say("確認を記録", "Record the verification")
    )
    return "<section><h2>\(title)</h2>\(form)</section>"
  }

  private var accepting: HTML {
    let form = frame(
      "accept",
      [
        .lines(
          "accepted_reason",
          say("受け入れる理由", "Why it is accepted"),
          value: value("accepted_reason", nil),
          rows: 2,
          required: true
        )
      ],
      say("受け入れる", "Accept"),
      isMain: false
    )
    let isWrong = errors.contains { $0.field == "accepted_reason" }
    return """
      <details\(if: isWrong, " open")><summary>\(say("是正せずに受け入れる", "Accept without correcting"))</summary>\(form)</details>
      """
  }
}
