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

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  package static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  package func workbook(at now: Instant) throws(TabularError) -> [UInt8] {
    var options = SheetWriter.BookOptions(createdAt: now)
    options.meta = [FormReader.packKey: checklist.id, FormReader.periodKey: period]
    if let vendor { options.meta[FormReader.vendorKey] = vendor.id }
    for (key, version) in versions { options.meta[FormReader.versionKey + key] = String(version) }
    return try SheetWriter.workbook([sheet], options)
  }

  package var name: String {
    let title = checklist.title[language]
    return vendor.map { "\(title)_\($0.name)" } ?? title
  }

  private var sheet: SheetDraft {
    let columns = FormColumn.all(checklist.form)
    return SheetDraft(
      title: checklist.title[language],
      columns: columns.map(draft),
      rows: checklist.sections.flatMap { section in
        section.items.map { item in columns.map { cell($0, item, section) } }
      },
      notes: notes
    )
  }

  private func draft(_ column: FormColumn) -> ColumnDraft {
    let label = column.label(checklist.form)[language]
    switch column {
    case .first, .second: return ColumnDraft(label, choices: values.map { $0.label[language] })
    case .firstOn, .target, .secondOn: return ColumnDraft(label, kind: .date)
    case .section, .text, .remarks: return ColumnDraft(label, wraps: true)
    case .number: return ColumnDraft(label)
    }
  }

  private var values: [AnswerValue] {
    if checklist.form == .levels { return (0...3).map(AnswerValue.level) }
    return [.yes, .no] + (checklist.items.contains(where: \.mayNotApply) ? [.notApplicable] : [])
  }

  private func cell(_ column: FormColumn, _ item: ChecklistItem, _ section: ChecklistSection) -> CellValue {
    let answer = answers[item.key]
    func text(_ text: String?) -> CellValue { text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty }
    func day(_ day: LocalDate?) -> CellValue { day.map { .date($0, minutes: nil) } ?? .empty }
    switch column {
    case .section:
      return text(section.number.isEmpty || item.isGate ? "" : section.heading(language))
    case .number: return text(item.name[language])
    case .text: return text(wording[item.key] ?? item.text[language])
    case .first: return text(answer?.value.label[language])
    case .firstOn: return day(answer?.checkedOn)
    case .target: return day(answer?.target)
    case .second: return text(answer?.second?.label[language])
    case .secondOn: return day(answer?.secondOn)
    case .remarks: return text(answer?.remarks)
    }
  }

  private var notes: [String] {
    var notes = [say("\(facility)　\(periodName.ja)", "\(facility), \(periodName.en)")]
    if let vendor {
      notes.append(say("事業者名：\(vendor.name)", "Vendor: \(vendor.name)"))
      if !systems.isEmpty {
        notes.append(say("対象のシステム：\(systems.joined(separator: "、"))", "Systems: \(systems.joined(separator: ", "))"))
      }
    }
    if checklist.form == .checklist {
      notes.append(
        say(
          "「いいえ」には目標日を記入します。番号と行は変えないでください。",
          "Give a target date for each no. Leave numbers and lines as they are."
        )
      )
    }
    return notes
  }
}
