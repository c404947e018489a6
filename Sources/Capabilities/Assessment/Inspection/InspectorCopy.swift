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
    let parts = [form, chart, vendors, index, training].compactMap(\.self).enumerated().map { number, part -> HTML in
      // Not as the form's own sections are numbered: both stand on one paper.
      let head = say("資料\(number + 1)　\(part.title.ja)", "Part \(number + 1): \(part.title.en)")
      return "<section class=\"\(part.look)\"><h2>\(head)</h2>\(part.body)</section>"
    }
    return "\(parts.joined())\(PackNote(checklist.pack, language: language).html)"
  }

  private struct Part {
    let title: Localized
    var look = "block"
    let body: HTML
  }

  private var form: Part? {
    let standing = inspection.standing
    let table = FormTable(
      checklist: checklist,
      asked: standing.items.map(\.item),
      answers: standing.round.answers.mapValues(\.onForm),
      wording: standing.wording,
      day: day,
      language: language,
      level: 3,
      lateness: standing.lateness
    ).html
    return Part(title: Localized(ja: "点検表", en: "Checklist"), body: "\(table)\(lock)")
  }

  private var lock: HTML { LockNote(round: inspection.standing.round, day: day, language: language).html }

  private var chart: Part? {
    let tables = inspection.records.contactChart.map { InspectionTables.html($0, language) }
    let body: HTML =
      tables.isEmpty ? "<p>\(say("連絡体制図の記録がありません。", "There is no contact chart on record."))</p>" : tables.joined()
    return Part(title: Localized(ja: "連絡体制図", en: "Contact chart"), body: body)
  }

  /// Each vendor's form begins a page, as it goes from hand to hand by itself; the first with the heading of them all.
  private var vendors: Part? {
    guard let asked = inspection.vendors else { return nil }
    let forms = inspection.vendorForms.enumerated().map { place, line -> HTML in
      let table = FormTable(
        checklist: asked.checklist,
        asked: asked.checklist.items,
        answers: line.form?.answers.mapValues(\.answer) ?? [:],
        wording: asked.round.wording,
        day: day,
        language: language,
        level: 4
      ).html
      let systems = line.systems.joined(separator: say("、", ", "))
      let open: HTML =
        line.state == .answered
        ? .empty
        : """
        <p><b>\(say(
          "回答\(line.answered) / \(line.items)項目。残りの回答を待っています。",
          "\(line.answered) of \(line.items) items answered, waiting for the rest."
        ))</b></p>
        """
      return """
        <section class="\(place == 0 ? "block" : "newpage")"><h3>\(line.vendor.name)</h3>\
        <p>\(say("対象のシステム：", "Systems: "))\(systems)　\
        \(FormHead.who[language])\(say("：", ": "))\(line.form?.respondent ?? "")\
        \(line.form?.reply.map { "（\(day($0.on))）" } ?? "")</p>\(open)\(table)</section>
        """
    }
    // Who was never asked keeps nobody waiting.
    let waiting = inspection.openVendors.filter { $0.state != .unsent }
    let unsent = inspection.openVendors.filter { $0.state == .unsent }.map(\.vendor.name)
    let names = waiting.map { line in
      line.answered == 0 ? line.vendor.name : line.vendor.name + language.aside("\(line.answered) / \(line.items)")
    }
    let rest: HTML =
      waiting.isEmpty
      ? .empty
      : "<p>\(say("回答を待っている事業者：", "Vendors whose answers are awaited: "))\(names.joined(separator: say("、", ", ")))</p>"
    let unasked: HTML =
      unsent.isEmpty
      ? .empty
      : "<p>\(say("様式をまだ渡していない事業者：", "Vendors that have not been given the form yet: "))\(unsent.joined(separator: say("、", ", ")))</p>"
    let none: HTML =
      forms.isEmpty && inspection.openVendors.isEmpty
      ? "<p>\(say("様式を渡す事業者はありません。", "There is no vendor to ask."))</p>" : .empty
    // Who is awaited stands before the forms, where it is not overlooked.
    return Part(
      title: Localized(ja: "事業者確認用", en: "Vendors' forms"),
      look: forms.isEmpty ? "block" : "newpage",
      body: "\(rest)\(unasked)\(none)\(forms.joined())"
    )
  }

  private var training: Part? {
    inspection.records.training.map { training in
      Part(
        title: Localized(ja: "研修の記録", en: "Training records"),
        body: InspectionTables.html(training.table, language)
      )
    }
  }

  /// What can be shown when asked, by item, with no judgement in it: registers and papers by their names, without what has
  /// gone stale and without what speaks against the answer.
  private var index: Part? {
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
    return Part(
      title: Localized(ja: "見せられるものの索引", en: "What can be shown"),
      // Behind the last vendor's form it begins a page of its own.
      look: inspection.vendorForms.isEmpty ? "block" : "newpage",
      body: "\(InspectionTables.html(table, language))\(rules)"
    )
  }
}
