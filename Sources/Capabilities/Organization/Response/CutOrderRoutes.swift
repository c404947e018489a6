import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/organization/cut-order`: the disconnection order as it stands, and its approval.
struct CutOrderRoutes: Sendable {
  let orders: CutOrderStore

  var routes: [Route] {
    [
      .get(OrganizationPath.cutOrder, ReadLedger.self, page),
      .post(OrganizationPath.cutOrder, EditLedger.self, approve),
    ]
  }

  @Sendable func page(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    CutOrderPage(order: try await orders.read(scope), request: request).response
  }

  @Sendable func approve(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let picked = Set(try request.form().all("id"))
    let outcome = try await found { try await orders.approve(picked, on: request.now.day, in: scope) }
    guard let outcome else {
      return .redirect(
        to: OrganizationPath.cutOrder,
        flash: Flash(
          .problem,
          Localized(
            ja: "承認できる手順が選ばれていません。それぞれの手順に書いてある理由を確かめてください。",
            en: "No step that you can approve was ticked. Each step says why not."
          )
        )
      )
    }
    return .redirect(
      to: OrganizationPath.cutOrder,
      flash: .done(
        Localized(
          ja: "\(outcome.changed)件の手順を承認しました。紙の初動パックを印刷し直してください。",
          en: "\(outcome.changed) steps are approved. Print the first-response pack anew."
        ),
        action: outcome.set.map { ChangeRoutes.undoAction($0) }
      )
    )
  }
}

struct CutOrderPage {
  let order: CutOrder
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let list = RecordPath.list(Kind.cutStep.key)
    return .page(
      Page(
        say("切り離しの順序の承認", "Approval of the disconnection order"),
        lead: HTML(
          text: say(
            "記入した人とは別の人が承認すると、紙の初動パックに載ります。それまでは「未決定」と出ます。承認のあとで書き直すと、もう一度承認が要ります。",
            "Once somebody else than entered it approves, it stands in the pack; until then it prints as undecided. Whatever is changed afterwards wants a new approval."
          )
        ),
        actions: Button.link(say("手順を直す", "Change the steps"), list, look: .secondary, size: .small)
          + Button.link(say("初動パック", "The pack"), OrganizationPath.response, look: .secondary, size: .small),
        crumbs: [Crumb(Kind.cutStep.plural[language], list)],
        main: "\(CutStage.allCases.map(stage).joined())\(form)"
      ),
      current: "ledger.cut_step"
    )
  }

  private func stage(_ stage: CutStage) -> HTML {
    let steps = order.steps.filter { $0.known("stage") == stage.rawValue }
    let heads = [
      say("切り離すもの", "What is cut"), say("切り方・場所", "How and where"), say("切る人", "Who cuts"), say("記入した人", "Entered by"),
      say("承認", "Approval"),
    ]
    let rows = steps.map { step -> HTML in
      let how = [step.known("how"), step.known("place")].compactMap { $0 }.joined(separator: say("／", "; "))
      let cells: [HTML] = [
        HTML(text: how), HTML(text: step.known("who") ?? ""), HTML(text: name(step, "entered_by")), state(step),
      ]
      let data = zip(heads.dropFirst(), cells).map { "<td data-h=\"\($0)\">\($1)</td>" as HTML }
      return """
        <tr><th scope="row"><a href="\(RecordPath.record(Kind.cutStep.key, step.id))">\(step.title(language))</a></th>\
        \(data)</tr>
        """
    }
    let body: HTML =
      rows.isEmpty
      ? "<p>\(Chip(say("未決定", "Undecided"), .orange).html) \(say("決めること：", "To decide: "))\(stage.question[language])</p>"
      : """
      <div class="table"><table class="dense cards"><caption class="vh">\(stage.label[language])</caption><thead><tr>\
      \(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table></div>
      """
    return "<h2>\(stage.label[language])</h2>\(body)"
  }

  private func name(_ step: Record, _ field: String) -> String { step.known(field).flatMap { order.titles[$0] } ?? "" }

  private func state(_ step: Record) -> HTML {
    let day = step.date("approved_on").map { request.dates.short($0) } ?? ""
    if order.isApproved(step) { return HTML(text: "\(name(step, "approved_by")) \(day)") }
    let isOvertaken = CutApproval.isOvertaken(step, order.approvals[step.id])
    let why: HTML? =
      isOvertaken
      ? """
      <span class="sub">\(say("\(day)に\(name(step, "approved_by"))さんが承認したあとで書き直されています。", "Changed since \(name(step, "approved_by")) approved it on \(day)."))</span>
      """ : nil
    return "\(Chip(say("未決定", "Undecided"), .orange).html)\(why)"
  }

  private var form: HTML {
    guard request.may(.editLedger) else { return .empty }
    let open = order.steps.filter { !order.isApproved($0) }
    guard !open.isEmpty else { return .empty }
    let own = open.filter { order.obstacle(to: $0) == nil }
    let others = open.filter { order.obstacle(to: $0) != nil }.map { step -> HTML in
      "<li>\(step.title(language))<span class=\"sub\">\(order.obstacle(to: step)?[language])</span></li>"
    }
    let refused: HTML? =
      others.isEmpty
      ? nil : "<h2>\(say("あなたが承認できない手順", "Steps you cannot approve"))</h2><ul class=\"log\">\(others)</ul>"
    guard !own.isEmpty else { return refused ?? .empty }
    let choices = own.map { Design.Choice($0.id, $0.title(language), support: $0.known("how")) }
    let form = FormFrame(
      action: OrganizationPath.cutOrder,
      csrf: request.csrf,
      fields: [
        FormField("id", say("承認する手順", "Steps to approve"), .checkboxes(choices, chosen: [], across: false))
      ],
      buttons: Button.submit(say("承認", "Approve"))
    ).html(language)
    return "<h2>\(say("承認", "Approval"))</h2>\(form)\(refused)"
  }
}
