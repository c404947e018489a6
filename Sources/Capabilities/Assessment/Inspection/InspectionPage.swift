import Design
import HTML
import Text
import Time
import Web

/// `/assess/:pack/inspection`: both copies with one press each, and what is still to settle.
struct InspectionPage {
  let inspection: Inspection
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var checklist: Checklist { inspection.checklist }

  private func path(_ verb: String) -> String {
    "\(AssessmentPath.inspection(checklist.id))/\(verb)?period=\(inspection.standing.round.period)"
  }

  var response: WebResponse {
    .page(
      Page(
        say("立入検査の資料", "Papers for the inspection"),
        lead: HTML(text: inspection.standing.heading(language)),
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(
            checklist.title[language],
            AssessmentPath.round(checklist.id, inspection.standing.round.period)
          ),
        ],
        main: "\(copies)\(state)"
      ),
      current: "assessment.list"
    )
  }

  private var copies: HTML {
    """
    <section><h2>\(say("資料を作る", "Make the papers"))</h2>\
    <p>\(say(
      "立入検査用には、様式のすべての項目、連絡体制図、事業者の様式、見せられるものの索引、研修の記録が入ります。院内控えには、手当てが要るところ、根拠、台帳の抜粋が入ります。",
      "The inspector's copy has the whole form, the contact chart, the vendors' forms, an index of what can be shown and the training records. The staff's copy has what is to settle, the evidence, and extracts of the registers."
    ))</p>\
    \(Button.row(
      Button.link(say("立入検査用を印刷", "Print the inspector's copy"), path("inspector")),
      Button.link(say("院内控えを印刷", "Print the staff's copy"), path("staff"), look: .secondary),
      Button.link(say("両方をZIPで書き出す", "Export both as a ZIP file"), path("zip"), look: .secondary)
    ))</section>
    """
  }

  private var state: HTML {
    let standing = inspection.standing
    func count(_ number: Int, _ ja: String, _ en: String) -> HTML {
      number == 0
        ? Chip(say("なし", "None"), .green).html
        : Chip(say("\(number)\(ja)", "\(number) \(en)\(number == 1 ? "" : "s")"), .orange).html
    }
    var lines = [
      KeyValues.Line(
        say("記録と違う答え", "Contradicted answers"),
        count(standing.count(.contradicted), "項目", "item")
      ),
      KeyValues.Line(say("答えた後に記録が変わったもの", "Records changed since"), count(standing.count(.moved), "項目", "item")),
      KeyValues.Line(say("未回答", "Not answered"), count(standing.count(.open, .suggested), "項目", "item")),
      KeyValues.Line(
        say("目標日がないか過ぎた「いいえ」", "No without a target date to come"),
        count(inspection.withoutTarget.count, "項目", "item")
      ),
      KeyValues.Line(
        say("2人目の確認待ち", "Waiting for a second person"),
        count(inspection.waiting.count, "項目", "item")
      ),
      KeyValues.Line(
        say("根拠のない「はい」", "Yes without evidence"),
        count(inspection.unproven.count, "項目", "item")
      ),
      KeyValues.Line(say("古くなった根拠", "Stale evidence"), count(inspection.stale.count, "件", "fact")),
    ]
    if let vendors = inspection.vendors {
      lines.append(
        KeyValues.Line(
          say("様式がそろっていない事業者", "Vendors whose form is open"),
          "<a href=\"\(AssessmentPath.round(vendors.checklist.id))\">\(count(inspection.unsettledVendors.count, "社", "vendor"))</a>"
        )
      )
    }
    if let training = inspection.records.training {
      let chip =
        training.missing == nil ? Chip(say("準備OK", "Ready"), .green).html : Chip(say("不足", "Missing"), .orange).html
      lines.append(
        KeyValues.Line(
          say("研修の記録", "Training records"),
          "<a href=\"\(training.link)\">\(chip)</a> \(training.missing ?? "")"
        )
      )
    }
    let official: HTML =
      inspection.official == nil
      ? "<a href=\"\(AssessmentPath.official(checklist.id))\">\(say("取り込んでいません", "Not loaded"))</a>"
      : HTML(text: say("記入済みで資料に入ります", "Goes with the papers, filled in"))
    lines.append(KeyValues.Line(say("公式の様式", "Official form"), official))
    let readiness = InspectionReadiness(
      standing,
      vendors: inspection.vendors?.round.lines ?? [],
      on: request.now.day
    )
    return """
      <section><h2>\(say("渡す前に確かめること", "To look at before handing over"))</h2>\
      <p>\(readiness.sentence[language])</p><p><b>\(inspection.settling[language])</b></p>\(KeyValues(lines).html)\
      <p class="note">\(Inspection.settlingRule[language])</p></section>
      """
  }
}
