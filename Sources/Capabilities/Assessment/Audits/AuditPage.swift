import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/audits/:id`: the plan, who audits, what is looked at, the findings, and the end.
struct AuditPage: AuditView {
  let audit: Audit
  let items: [(key: String, title: String)]
  /// The keys of those that a sample may be drawn of.
  let drawable: Set<String>
  /// Who has to do with each item.
  let involved: [String: [AuditIndependence.Involved]]
  /// Accounts that may audit.
  let people: [(id: String, name: String)]
  let typed: WebForm?
  let errors: [FieldError]
  let shelf: ChecklistShelf
  let request: WebRequest

  private var path: String { AuditPath.audit(audit.id) }
  private var may: Bool { mayChange(audit) }

  var response: WebResponse {
    let edit: HTML? =
      may ? Button.link(say("計画を変更", "Change the plan"), path + "/edit", look: .secondary, size: .small) : nil
    return .page(
      Page(
        audit.name,
        lead: HTML(
          text: say(
            "\(audit.kind.label.ja)。\(audit.sample.count)項目のうち\(audit.sample.count - audit.unchecked)項目を確かめ、指摘は\(audit.findingCount.ja)です。",
            "\(audit.kind.label.en). \(audit.sample.count - audit.unchecked) of \(audit.sample.count) items are looked at; findings: \(audit.findingCount.en)."
          )
        ),
        actions: """
          \(edit)\(Button.link(say("報告書を印刷", "Print the report"), path + "/print", look: .secondary, size: .small))
          """,
        crumbs: [homeCrumb],
        errors: errors,
        main: "\(plan)\(auditors)\(sample)\(choosing)\(findings)\(closing)"
      ),
      current: "assessment.audits",
      status: errors.isEmpty ? nil : 422
    )
  }

  private var plan: HTML {
    var lines = [
      KeyValues.Line(say("状態", "State"), chip(audit.state)),
      KeyValues.Line(say("対象", "Scope"), text: scope(audit)),
      KeyValues.Line(say("期間", "Period"), text: period(audit)),
    ]
    for (name, value) in [
      (say("目的", "Purpose"), audit.row.text("purpose")),
      (
        say("標本の引き方", "How the sample was drawn"),
        AuditDraw.words(audit.row.text("rule"), seed: audit.row.text("seed"))[language]
      ),
      (say("結論", "Conclusion"), audit.row.text("conclusion")), (say("理由", "Reason"), audit.row.text("reason")),
    ] where !value.isEmpty {
      lines.append(KeyValues.Line(name, text: value))
    }
    return KeyValues(lines).html
  }

  // MARK: Auditors

  private var auditors: HTML {
    let lines = audit.auditors.map { auditor -> HTML in
      let against = audit.sample.filter { !AuditIndependence.conflicts(auditor, with: involved[$0.item] ?? []).isEmpty }
      let note: HTML? =
        against.isEmpty
        ? nil
        : """
        <span class="sub">\(say(
          "当事者のため監査できない項目：\(against.count)件", "Cannot audit for having a part in them: \(against.count) items"))</span>
        """
      let remove: HTML? =
        may && !audit.sample.contains { $0.row["auditor"] == auditor.id }
        ? Button.post(
          say("外す", "Take off"),
          "\(path)/auditors/\(auditor.id)/remove",
          csrf: request.csrf,
          look: .text,
          size: .small,
          context: auditor.label(language)
        ) : nil
      return "<li>\(auditor.label(language))\(note)\(remove)</li>"
    }
    let list: HTML =
      lines.isEmpty ? "<p>\(say("まだいません。", "None yet."))</p>" : "<ul class=\"log\">\(lines.joined())</ul>"
    return "<section><h2>\(say("監査人", "Auditors"))</h2>\(list)\(naming)</section>"
  }

  private var naming: HTML? {
    guard may else { return nil }
    let fields: [FormField] = [
      .select(
        "account",
        say("院内の監査人", "Somebody of the hospital"),
        [Choice("", say("外部の人（下に名前を入れる）", "Somebody from outside (named below)"))]
          + people.map { Choice($0.id, $0.name) },
        chosen: typed?.text("account") ?? ""
      ),
      .text("name", say("外部の人の名前", "Name of somebody from outside"), value: typed?.text("name") ?? ""),
      .text("organisation", say("所属", "Organisation"), value: typed?.text("organisation") ?? ""),
    ]
    let frame = FormFrame(
      action: path + "/auditors",
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(say("監査人に加える", "Add as auditor"), look: .secondary)
    )
    let isOpen = audit.auditors.isEmpty || errors.contains { ["name", "account"].contains($0.field) }
    return """
      <details\(if: isOpen, " open")><summary>\(say("監査人を加える", "Name an auditor"))</summary>\(frame.html(language))</details>
      """
  }

  // MARK: What is looked at

  private var sample: HTML {
    let title = say("見る項目", "What is looked at")
    guard !audit.sample.isEmpty else {
      return "<section><h2>\(title)</h2><p>\(say("まだ選ばれていません。", "Nothing is chosen yet."))</p></section>"
    }
    var table = DataTable<SampledItem>(
      id: "sample",
      caption: title,
      address: Address(path),
      columns: [
        .init("item", say("項目", "Item"), isLong: true) { item in
          "<a href=\"\(AuditPath.item(audit.id, item.id))\">\(self.title(item, audit))</a>"
        },
        .init("way", say("選び方", "Chosen")) { HTML(text: $0.isDrawn ? say("抽出", "drawn") : say("指定", "picked")) },
        .init("result", say("結果", "Result")) { chip($0.result) },
        .init("auditor", say("監査人", "Auditor")) { HTML(text: $0.row.text("auditor_name")) },
        .init("independent", say("独立性", "Independence"), isLong: true) { independence($0) },
      ],
      rows: audit.sample,
      rowID: \.id,
      rowName: { self.title($0, audit) }
    )
    table.isDense = true
    return "<section><h2>\(title)</h2>\(table.html(language))</section>"
  }

  /// Who of the auditors may not look at it, and why.
  private func independence(_ item: SampledItem) -> HTML {
    let against = audit.auditors.compactMap { auditor -> String? in
      let parts = AuditIndependence.conflicts(auditor, with: involved[item.item] ?? [])
      guard !parts.isEmpty else { return nil }
      let words = parts.map { $0.label[language] }.joined(separator: say("、", " and "))
      return say("\(auditor.name)さんは\(words)", "\(auditor.name) \(words)")
    }
    if against.count == audit.auditors.count, !audit.auditors.isEmpty {
      return
        "\(Chip(say("見られる監査人がいません", "No auditor may look"), .red).html) \(against.joined(separator: say("、", "; ")))"
    }
    return HTML(text: against.joined(separator: say("、", "; ")))
  }

  private var choosing: HTML? {
    guard may else { return nil }
    let there = Set(audit.sample.map(\.item))
    let left = items.filter { !there.contains($0.key) }
    let checklist = self.checklist(audit)
    let choices = left.map { item in
      Choice(item.key, checklist?[item.key].map { "\($0.name[language])　\($0.text[language])" } ?? item.title)
    }
    let record: FormField = .text(
      "record",
      say("台帳の記録の場所", "Address of a record"),
      value: typed?.text("record") ?? "",
      support: say("例：/ledger/asset/…", "As /ledger/asset/…"),
      width: .full
    )
    let list: [FormField] = choices.isEmpty ? [] : [.checkboxes("items", say("項目", "Items"), choices)]
    let pick = details(
      say("項目や記録を選ぶ", "Choose items or records"),
      isOpen: hasError("items", "record"),
      FormFrame(
        action: path + "/pick",
        csrf: request.csrf,
        fields: (list + [record]).map { $0.withError(from: errors) },
        buttons: Button.submit(say("見る項目に加える", "Add"), look: .secondary)
      )
    )
    return "\(drawing(left.count { drawable.contains($0.key) }))\(pick)"
  }

  /// A sample is drawn once.
  private func drawing(_ left: Int) -> HTML? {
    guard audit.row["seed"] == nil, left > 0 else { return nil }
    let count = FormField.number(
      "count",
      say("抽出する数（\(left)項目から）", "How many of \(left)"),
      value: typed?.text("count") ?? String(min(10, left)),
      required: true
    )
    let seed = FormField.text(
      "seed",
      say("乱数の種（空なら作る）", "Seed (made if empty)"),
      value: typed?.text("seed") ?? "",
      support: say("同じ種からは、だれが引いても同じ標本になります。", "The same seed draws the same sample, whoever draws.")
    )
    return details(
      say("項目を抽出", "Draw items"),
      isOpen: audit.sample.isEmpty || hasError("count", "seed"),
      FormFrame(
        action: path + "/draw",
        csrf: request.csrf,
        fields: [count.withError(from: errors), seed.withError(from: errors)],
        buttons: Button.submit(say("抽出", "Draw"), look: .secondary)
      )
    )
  }

  private func hasError(_ fields: String...) -> Bool { errors.contains { fields.contains($0.field) } }

  private func details(_ title: String, isOpen: Bool, _ frame: FormFrame) -> HTML {
    "<details\(if: isOpen, " open")><summary>\(title)</summary>\(frame.html(language))</details>"
  }

  // MARK: Findings and the end

  private var findings: HTML? {
    guard !audit.findings.isEmpty else { return nil }
    let title = say("指摘と是正処置", "Findings and corrective action")
    var table = DataTable<AuditFinding>(
      id: "findings",
      caption: title,
      address: Address(path),
      columns: [
        .init("finding", say("指摘", "Finding"), isLong: true) { finding in
          "<a href=\"\(AuditPath.finding(audit.id, finding.id))\">\(self.title(finding, audit))</a>"
        },
        .init("what", say("不適合の内容", "Nonconformity"), isLong: true) { finding in
          "\(finding.grade.map { chip($0) }) \(finding.row.text("what"))"
        },
        .init("state", say("状態", "State")) { finding in
          let by = finding.row["withdrawn_by"].map { "\($0)　\(day(finding.row.day("withdrawn_on")))" }
          let why = finding.row["withdrawn_reason"].map { "<span class=\"sub\">\($0)</span>" as HTML }
          return "\(chip(finding))\(by.map { "<span class=\"sub\">\($0)</span>" as HTML })\(why)"
        },
        .init("owner", say("担当者", "Responsible")) { HTML(text: $0.row.text("owner_name")) },
        .init("due", say("期限", "Due")) { finding in
          "<span class=\"nb\">\(finding.dueOn.map { request.dates.short($0) })</span>"
        },
      ],
      rows: audit.findings,
      rowID: \.id,
      rowName: { self.title($0, audit) }
    )
    table.isDense = true
    return "<section><h2>\(title)</h2>\(table.html(language))</section>"
  }

  private var closing: HTML? {
    guard request.may(.answerChecks) else { return nil }
    func reason(_ verb: String, _ title: String, _ button: String) -> HTML {
      details(
        title,
        isOpen: false,
        FormFrame(
          action: "\(path)/\(verb)",
          csrf: request.csrf,
          fields: [.text("reason", say("理由", "Reason"), required: true, width: .full)],
          buttons: Button.submit(button, look: .secondary)
        )
      )
    }
    guard audit.state == .open else {
      return reason("reopen", say("監査を開き直す", "Reopen the audit"), say("開き直す", "Reopen"))
    }
    let withdraw = reason("withdraw", say("監査を取りやめる", "Withdraw the audit"), say("取りやめる", "Withdraw"))
    let obstacles = audit.obstacles(in: checklist(audit))
    guard obstacles.isEmpty else {
      let list = obstacles.map { "<li>\($0[language])</li>" as HTML }
      return """
        <section><h2>\(say("終了するまでに", "Before it can be closed"))</h2><ul>\(list.joined())</ul></section>\(withdraw)
        """
    }
    let frame = FormFrame(
      action: path + "/close",
      csrf: request.csrf,
      fields: [
        FormField.lines(
          "conclusion",
          say("結論", "Conclusion"),
          value: typed?.text("conclusion") ?? audit.row.text("conclusion"),
          rows: 4,
          required: true
        ).withError(from: errors)
      ],
      buttons: Button.submit(say("監査を終了", "Close the audit"))
    )
    return "<section><h2>\(say("監査を終了", "Close the audit"))</h2>\(frame.html(language))</section>\(withdraw)"
  }
}
