import Design
import HTML
import Records
import Text
import Time

/// What the staff keep to themselves: what is contradicted, stale and unanswered first, then extracts of the registers and
/// the evidence with dates and fingerprints.
struct StaffCopy {
  let inspection: Inspection

  private var language: Language { inspection.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var checklist: Checklist { inspection.checklist }
  private func day(_ day: LocalDate) -> String { inspection.dates.short(day) }

  func sheet(printed: String, back: String) -> PrintSheet {
    PrintSheet(
      checklist.title[language],
      subtitle: say(
        "院内控え（外部に渡しません）　\(inspection.settling.ja)",
        "For the staff only, not to be handed out. \(inspection.settling.en)"
      ),
      printed: printed,
      stamps: PaperStamps.usual(language),
      orientation: .landscape,
      backAddress: back,
      contents: contents
    )
  }

  var contents: HTML { "\(attention)\(targets)\(waiting)\(unproven)\(vendors)\(stale)\(evidence)\(registers)" }

  private func table(_ title: String, _ heads: [String], _ rows: [[String]]) -> HTML {
    InspectionTables.html(InspectionTable(title: title, heads: heads, rows: rows), language)
  }

  private var attention: HTML {
    let rows = inspection.attention.map { line -> [String] in
      [
        AnswerChips.word(line.state)[language], line.item.name[language], line.item.text[language],
        line.answer.map { line.item.words($0.latest)[language] } ?? "", line.suggestion.answer?.label[language] ?? "",
        why(line),
      ]
    }
    let body: HTML =
      rows.isEmpty
      ? "<p>\(say("記録と違う答え、記録が変わった答え、未回答の項目はありません。", "No answer is contradicted or stale, and none is missing."))</p>"
      : table(
        say("記録と違う・記録が変わった・未回答", "Contradicted, changed or not answered"),
        [
          say("状態", "State"), say("番号", "No."), say("項目", "Item"), say("答え", "Answer"), say("記録", "Records"),
          say("理由", "Why"),
        ],
        rows
      )
    let rule = Inspection.settlingRule[language]
    return """
      <section><h2>\(say("1. 先に手当てするもの", "1. To settle first"))</h2><p class="note">\(rule)</p>\(body)</section>
      """
  }

  private func why(_ line: ItemStanding) -> String {
    var parts = [line.suggestion.reason[language]]
    if line.isObjected {
      let names = line.objections.map(\.vendorName).joined(separator: say("、", ", "))
      parts.append(say("事業者は「いいえ」：\(names)。", "Vendors say no: \(names)."))
    }
    if let reason = line.answer?.reason, !reason.isEmpty {
      parts.append(say("答えたときの理由：\(reason)", "Reason given: \(reason)"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: language == .ja ? "" : " ")
  }

  private var targets: HTML {
    items(inspection.withoutTarget, say("目標日がないか、過ぎた「いいえ」", "No whose target date is missing or has passed"))
  }

  private var waiting: HTML {
    items(inspection.waiting, say("2人目の確認を待っている答え", "Waiting for a second person"))
  }

  private var unproven: HTML {
    items(inspection.unproven, say("根拠のない「はい」（見せられる記録も添付もありません）", "Yes with nothing to show for it"))
  }

  private func items(_ lines: [ItemStanding], _ title: String) -> HTML {
    guard !lines.isEmpty else { return .empty }
    return table(
      title,
      [say("番号", "No."), say("項目", "Item")],
      lines.map { [$0.item.name[language], $0.item.text[language]] }
    )
  }

  private var vendors: HTML {
    let rows = inspection.unsettledVendors.map { line -> [String] in
      let state =
        line.state == .answered
        ? say("目標日がないか、過ぎた「いいえ」がある", "A no whose target date is missing or has passed") : line.state.label[language]
      return [
        line.vendor.name, state, "\(line.answered) / \(line.items)",
        line.form?.dueOn.map(day) ?? "",
      ]
    }
    guard !rows.isEmpty else { return .empty }
    return table(
      say("様式がそろっていない事業者", "Vendors whose form is open"),
      [say("事業者", "Vendor"), say("状態", "State"), say("回答", "Answered"), say("期限", "Due")],
      rows
    )
  }

  private var stale: HTML {
    let rows = inspection.stale.map { [$0.item[language], $0.label[language], day($0.asOf), day($0.goodUntil)] }
    guard !rows.isEmpty else { return .empty }
    return table(
      say("古くなった根拠", "Evidence gone stale"),
      [say("番号", "No."), say("根拠", "Evidence"), say("時点", "As of"), say("有効", "Counted until")],
      rows
    )
  }

  private var evidence: HTML {
    let rows = zip(inspection.evidence, InspectionFiles.paths(of: inspection)).map { line, path in
      [
        line.item[language], line.label[language], line.figure[language], day(line.asOf), String(line.records),
        path ?? "", line.hash,
      ]
    }
    let body = table(
      say("根拠の一覧", "List of evidence"),
      [
        say("番号", "No."), say("根拠", "Evidence"), say("値", "Figure"), say("時点", "As of"), say("記録", "Records"),
        say("ファイル", "File"), say("指紋（SHA-256）", "Fingerprint (SHA-256)"),
      ],
      rows
    )
    return "<section><h2>\(say("2. 根拠", "2. Evidence"))</h2>\(body)</section>"
  }

  private var registers: HTML {
    let tables = inspection.records.registers.map { InspectionTables.html($0, language) }
    return "<section><h2>\(say("3. 台帳の抜粋", "3. Extracts of the registers"))</h2>\(tables.joined())</section>"
  }
}
