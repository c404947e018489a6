import Design
import HTML
import Nouns
import Records
import Text
import Time

/// What the inspector gets: the complete form in the official order with nothing left out, the contact chart, the vendors'
/// forms, and an index of what can be shown. Doubts and evidence are not in it.
struct InspectorCopy {
  let inspection: Inspection

  private var language: Language { inspection.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var checklist: Checklist { inspection.checklist }
  private func day(_ day: LocalDate) -> String { inspection.dates.short(day) }

  func sheet(printed: String, back: String) -> PrintSheet {
    let standing = inspection.standing
    let open = standing.items.count { $0.answer == nil }
    return PrintSheet(
      checklist.title[language],
      subtitle: say("立入検査用　\(standing.name.ja)", "For the inspection, \(standing.name.en)")
        + (open == 0 ? "" : say("　未回答\(open)項目", ", \(open) items not answered")),
      printed: printed,
      stamps: PaperStamps.usual(language),
      backAddress: back,
      contents: contents
    )
  }

  var contents: HTML {
    "\(form)\(chart)\(vendors)\(index)\(training)\(PackNote(checklist.pack, language: language).html)"
  }

  private var form: HTML {
    let standing = inspection.standing
    let table = FormTable(
      checklist: checklist,
      asked: standing.items.map(\.item),
      answers: standing.round.answers.mapValues(\.onForm),
      wording: standing.wording,
      day: day,
      language: language
    ).html
    return "<section><h2>\(say("1. 点検表", "1. Checklist"))</h2>\(table)\(lock)</section>"
  }

  private var lock: HTML {
    let round = inspection.standing.round
    guard let at = round.lockedAt, let digest = round.digest else { return .empty }
    return """
      <p class="note">\(say(
        "\(day(at.day))に\(round.lockedBy ?? "")が締めました。答えの指紋（SHA-256）：\(digest)",
        "Locked on \(day(at.day)) by \(round.lockedBy ?? ""). Digest of the answers (SHA-256): \(digest)"
      ))</p>
      """
  }

  private var chart: HTML {
    let tables = inspection.records.contactChart.map { InspectionTables.html($0, language) }
    let body: HTML =
      tables.isEmpty ? "<p>\(say("連絡体制図の記録がありません。", "There is no contact chart on record."))</p>" : tables.joined()
    return "<section class=\"block\"><h2>\(say("2. 連絡体制図", "2. Contact chart"))</h2>\(body)</section>"
  }

  private var vendors: HTML {
    guard let asked = inspection.vendors else { return .empty }
    let forms = inspection.vendorForms.map { line -> HTML in
      let table = FormTable(
        checklist: asked.checklist,
        asked: asked.checklist.items,
        answers: line.form?.answers.mapValues(\.answer) ?? [:],
        wording: asked.round.wording,
        day: day,
        language: language
      ).html
      let systems = line.systems.joined(separator: say("、", ", "))
      return """
        <h3>\(line.vendor.name)</h3><p>\(say("対象のシステム：", "Systems: "))\(systems)　\
        \(FormHead.who[language])\(say("：", ": "))\(line.form?.respondent ?? "")\
        \(line.form?.reply.map { "（\(day($0.on))）" } ?? "")</p>\(table)
        """
    }
    let waiting = inspection.openVendors.filter { $0.form?.answers.isEmpty != false }
    let rest: HTML =
      waiting.isEmpty
      ? .empty
      : "<p>\(say("回答を待っている事業者：", "Vendors that have not answered: "))\(waiting.map(\.vendor.name).joined(separator: say("、", ", ")))</p>"
    let none: HTML =
      forms.isEmpty && waiting.isEmpty ? "<p>\(say("様式を渡す事業者はありません。", "There is no vendor to ask."))</p>" : .empty
    return """
      <section><h2>\(say("3. 事業者確認用", "3. Vendors' forms"))</h2>\(forms.joined())\(rest)\(none)</section>
      """
  }

  private var training: HTML {
    guard let training = inspection.records.training else { return .empty }
    return """
      <section><h2>\(say("5. 研修の記録", "5. Training records"))</h2>\
      \(InspectionTables.html(training.table, language))</section>
      """
  }

  /// What can be shown when asked, by item, with no judgement in it: registers and papers by their names, without what has
  /// gone stale and without what speaks against the answer.
  private var index: HTML {
    let today = inspection.madeAt.day
    let rows = inspection.standing.items.filter { $0.answer?.latest == .yes && !$0.item.isGate }.map {
      line -> [String] in
      let holds = line.state != .contradicted
      let records = holds ? RecordNames.shipped.names(of: line.suggestion.facts).map { $0[language] } : []
      let papers = line.attachments.filter { !$0.isStale(on: today) }.map { $0.shownTitle(language) }
      let shown = (records + papers).joined(separator: say("、", ", "))
      return [line.item.name[language], line.item.text[language], shown.isEmpty ? "―" : shown]
    }
    let table = InspectionTable(
      title: say("「はい」の項目と見せられる記録", "Items answered yes and the records that can be shown"),
      heads: [say("番号", "No."), say("項目", "Item"), say("見せられる記録", "Records")],
      rows: rows
    )
    let rules: HTML? = inspection.records.regulations.map { InspectionTables.html($0, language) }
    return """
      <section><h2>\(say("4. 見せられるものの索引", "4. What can be shown"))</h2>\
      \(InspectionTables.html(table, language))\(rules)</section>
      """
  }
}
