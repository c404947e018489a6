import Tabular
import Text
import Time

/// Any form as a workbook: the columns of the official sheet in their order, drop-down lists, the head on every page, A4.
/// The hidden sheet says for which checklist, round and vendor it is and which answers stood there, so that the way back
/// can tell what was changed since.
package struct FormFile: Sendable {
  let checklist: Checklist
  let period: String
  let periodName: Localized
  /// The vendor whose form it is, nil for the hospital's own.
  let vendor: (id: String, name: String)?
  /// Whose hospital it is.
  let facility: String
  /// The systems the form is about.
  let systems: [String]
  let answers: [String: FormAnswer]
  /// By the key of the item; those that are not answered are left out.
  let versions: [String: Int]
  /// Official wording by the key of the item, where the hospital loaded it.
  let wording: [String: String]
  let language: Language
  /// What is said above the table of the checks that it holds.
  var remark: Localized?
  /// Who answered for the vendor; nil where nobody did yet.
  var reply: VendorReply?

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  package static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  /// With what filling in and the way back need, or as it is shown: without notes, lists and the hidden sheet.
  package func workbook(at now: Instant, isForFillingIn: Bool = true) throws(TabularError) -> [UInt8] {
    var options = SheetWriter.BookOptions(createdAt: now)
    guard isForFillingIn else { return try SheetWriter.workbook([shown], options) }
    options.meta = [FormReader.packKey: checklist.id, FormReader.periodKey: period]
    if let vendor { options.meta[FormReader.vendorKey] = vendor.id }
    for item in checklist.items { options.meta[FormReader.textKey + item.key] = words(item) }
    for (key, version) in versions { options.meta[FormReader.versionKey + key] = String(version) }
    return try SheetWriter.workbook([sheet], options)
  }

  package var name: String {
    let title = checklist.title[language]
    return vendor.map { "\(title)_\($0.name)" } ?? title
  }

  private var sheet: SheetDraft {
    let columns = FormColumn.all(checklist)
    return SheetDraft(
      title: checklist.title[language],
      columns: columns.map(draft),
      rows: checklist.sections.flatMap { section in
        section.items.map { item in columns.map { cell($0, item, section) } }
      },
      notes: notes
    )
  }

  /// The same to be read only: whose it is stands above the table in plain lines.
  private var shown: SheetDraft {
    var sheet = sheet
    for place in sheet.columns.indices { sheet.columns[place].rules = [] }
    sheet.notes = head
    sheet.marksNotes = false
    return sheet
  }

  private func draft(_ column: FormColumn) -> ColumnDraft {
    let label = column.label(of: checklist)[language]
    switch column {
    case .first: return ColumnDraft(label, wraps: asksForText, rules: rules)
    case .second: return ColumnDraft(label, rules: rules)
    case .firstOn, .target, .secondOn: return ColumnDraft(label, kind: .date)
    case .section, .text, .remarks: return ColumnDraft(label, wraps: true)
    case .number: return ColumnDraft(label)
    }
  }

  private var asksForText: Bool { checklist.items.contains { $0.format.kind == .text } }

  /// What each cell offers or takes, in the order of the lines.
  private var rules: [CellRule?] { checklist.items.map(rule) }

  private func rule(_ item: ChecklistItem) -> CellRule? {
    switch item.format.kind {
    case .yesNo, .level, .choice: .choices(item.choices.map { $0.label[language] })
    // What does not apply is a word, which a rule for numbers or days would doubt.
    case .number where !item.mayNotApply: .wholeNumber(item.format.range)
    case .date where !item.mayNotApply: .date
    case .number, .date, .text, .choices, .matrix: nil
    }
  }

  private func cell(_ column: FormColumn, _ item: ChecklistItem, _ section: ChecklistSection) -> CellValue {
    let answer = answers[item.key]
    func text(_ text: String?) -> CellValue { text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty }
    func day(_ day: LocalDate?) -> CellValue { day.map { .date($0, minutes: nil) } ?? .empty }
    switch column {
    case .section:
      return text(section.number.isEmpty || item.isGate ? "" : section.heading(language))
    case .number: return text(item.name[language])
    case .text: return text(words(item))
    case .first: return cell(answer?.value)
    case .firstOn: return day(answer?.checkedOn)
    case .target: return day(answer?.target)
    case .second: return cell(answer?.second)
    case .secondOn: return day(answer?.secondOn)
    case .remarks: return text(answer?.remarks)
    }
  }

  private func words(_ item: ChecklistItem) -> String { (wording[item.key] ?? item.text[language]) + hint(item) }

  private func cell(_ value: AnswerValue?) -> CellValue {
    switch value {
    case nil: .empty
    case .date(let day)?: .date(day, minutes: nil)
    case .number(let number)?: .number(Double(number), text: String(number))
    case let value?: .text(value.label[language])
    }
  }

  /// When a child is asked, and how an answer is typed that no list offers.
  private func hint(_ item: ChecklistItem) -> String {
    var parts = [checklist.condition(item)?[language]].compactMap(\.self)
    let range = item.format.range
    switch item.format.kind {
    case .number:
      let most = item.format.most.map(String.init)
      let unit = item.format.unit
      parts.append(
        say(
          "数：\(range.lowerBound)〜\(most ?? "")\(unit?.ja ?? "")",
          "a number \(most.map { "from \(range.lowerBound) to \($0)" } ?? "from \(range.lowerBound)") \(unit?.en ?? "")"
        )
      )
    case .date: parts.append(say("日付", "a date"))
    case .text: parts.append(say("文章", "a text"))
    case .yesNo, .level, .choice, .choices, .matrix: break
    }
    guard !parts.isEmpty else { return "" }
    return language == .ja
      ? "（\(parts.joined(separator: "、"))）"
      : " (\(parts.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }.joined(separator: ", ")))"
  }

  /// Whose form it is.
  private var head: [String] {
    var notes = [say("\(facility)　\(periodName.ja)", "\(facility), \(periodName.en)")]
    if let vendor {
      notes.append(say("事業者名：\(vendor.name)", "Vendor: \(vendor.name)"))
      if !systems.isEmpty {
        notes.append(say("対象のシステム：\(systems.joined(separator: "、"))", "Systems: \(systems.joined(separator: ", "))"))
      }
      // The way back reads both lines again.
      let day = reply.map { language == .ja ? $0.on.slashed : $0.on.iso } ?? ""
      notes.append("\(FormHead.who[language])\(say("：", ": "))\(reply?.respondent ?? "")")
      notes.append("\(FormHead.day[language])\(say("：", ": "))\(day)")
    }
    if let remark { notes.append(remark[language]) }
    return notes
  }

  private var notes: [String] {
    var notes = head
    if checklist.asksTwice {
      notes.append(
        say(
          "「いいえ」には目標日を記入します。番号と行は変えないでください。",
          "Give a target date for each “No”. Leave numbers and lines as they are."
        )
      )
    }
    return notes
  }
}
