import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/audits/:id/print`: the report of an audit on A4 with boxes for approval.
struct AuditSheet: AuditView {
  let audit: Audit
  let involved: [String: [AuditIndependence.Involved]]
  let attachments: [String: [Attachment]]
  let shelf: ChecklistShelf
  let request: WebRequest

  var response: WebResponse {
    .sheet(
      PrintSheet(
        say("監査報告書", "Audit report"),
        subtitle: audit.name,
        printed: request.printedBy,
        stamps: language == .ja ? ["病院長", "安全管理\u{200B}責任者", "監査人"] : ["Director", "Safety manager", "Auditor"],
        backAddress: AuditPath.audit(audit.id),
        contents: "\(plan)\(results)\(findings)\(conclusion)"
      )
    )
  }

  private func block(_ title: String, _ body: HTML) -> HTML {
    "<section class=\"block\"><h2>\(title)</h2>\(body)</section>"
  }

  private var plan: HTML {
    let auditors = audit.auditors.map { $0.label(language) }.joined(separator: say("、", ", "))
    let pairs: [(String, String)] = [
      (say("種類", "Kind"), audit.kind.label[language]), (say("目的", "Purpose"), audit.row.text("purpose")),
      (say("対象", "Scope"), scope(audit)), (say("期間", "Period"), period(audit)), (say("監査人", "Auditors"), auditors),
      (say("標本の引き方", "Sample"), AuditDraw.words(audit.row.text("rule"), seed: audit.row.text("seed"))[language]),
      (say("状態", "State"), audit.state.label[language]),
    ]
    return block(
      say("計画", "Plan"),
      KeyValues(pairs.filter { !$0.1.isEmpty }.map { KeyValues.Line($0.0, text: $0.1) }).html
    )
  }

  private var results: HTML {
    let counts = SampledItem.Result.allCases.map { result in
      "\(result.label[language]) \(audit.sample.count { $0.result == result })"
    }
    let rows = audit.sample.map { item -> HTML in
      let files = (attachments[item.id] ?? []).map {
        "<br><span class=\"sub\">\($0.shownTitle(language)) <code>\($0.hash.prefix(16))…</code></span>" as HTML
      }
      return """
        <tr><th scope="row">\(title(item, audit))</th><td>\(item.result?.label[language] ?? say("未確認", "Not looked at"))</td>\
        <td>\(item.row.text("seen"))\(files.joined())</td><td>\(item.row.text("note"))</td>\
        <td>\(item.row.text("auditor_name"))<br>\(day(item.row.day("checked_on")))</td></tr>
        """
    }
    let heads = [
      say("項目", "Item"), say("結果", "Result"), say("見たもの", "Seen"), say("所見", "Note"), say("監査人", "Auditor"),
    ]
    return block(
      say("結果", "Results"),
      """
      <p>\(counts.joined(separator: say("、", ", ")))（\(say("全\(audit.sample.count)項目", "of \(audit.sample.count) items"))）</p>\
      \(table(heads, rows))
      """
    )
  }

  private var findings: HTML {
    let title = say("指摘と是正処置", "Findings and corrective action")
    guard !audit.findings.isEmpty else { return block(title, "<p>\(say("ありません。", "None."))</p>") }
    let rows = audit.findings.map { finding -> HTML in
      let row = finding.row
      let settled =
        switch finding.stage {
        case .withdrawn: "\(row.text("withdrawn_by")) \(day(row.day("withdrawn_on"))) \(row.text("withdrawn_reason"))"
        case .accepted: "\(row.text("accepted_by")) \(day(row.day("accepted_on"))) \(row.text("accepted_reason"))"
        default: "\(row.text("verified_by")) \(day(row.day("verified_on"))) \(row.text("verified_note"))"
        }
      return """
        <tr><th scope="row">\(self.title(finding, audit))<br>\
        <span class="sub">\(finding.grade.map { "\($0.label[language])\(language.colon)" } ?? "")\(row.text("what"))</span></th>\
        <td>\(row.text("cause"))</td><td>\(row.text("action"))<br>\(row.text("owner_name"))　\(day(finding.dueOn))</td>\
        <td>\(row.text("done_note"))　\(day(row.day("done_on")))</td>\
        <td>\(finding.stage.label[language])<br>\(settled)</td></tr>
        """
    }
    let heads = [
      say("指摘", "Finding"), say("原因", "Cause"), say("是正処置・担当・期限", "Action, owner, due"), say("完了", "Done"),
      say("確認", "Verification"),
    ]
    return block(title, table(heads, rows))
  }

  private var conclusion: HTML {
    let text = audit.row.text("conclusion")
    let end = audit.row.day("closed_on").map { "\(day($0))　\(audit.row.text("closed_by"))" } ?? ""
    return block(
      say("結論", "Conclusion"),
      "<p>\(text.isEmpty ? say("監査は終わっていません。", "The audit is not over.") : text)</p><p>\(end)</p>"
    )
  }

  private func table(_ heads: [String], _ rows: [HTML]) -> HTML {
    """
    <table class="dense"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML }.joined())</tr></thead>\
    <tbody>\(rows.joined())</tbody></table>
    """
  }
}
