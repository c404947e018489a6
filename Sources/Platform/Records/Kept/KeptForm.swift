import Design
import Text
import Time
import Web

/// The form of a small kept table: which fields it has, how they are read, and what each column of its list is called.
package struct KeptForm: Sendable {
  package struct Entry: Sendable {
    package enum Kind: Sendable {
      case text, lines, number, day
      /// A day of something that has happened: none to come.
      case pastDay
      case choice([(key: String, label: Localized)])
    }

    package let column: String
    package let label: Localized
    package let kind: Kind
    package let isRequired: Bool
    package let support: Localized?

    package init(
      _ column: String,
      ja: String,
      en: String,
      _ kind: Kind = .text,
      isRequired: Bool = false,
      support: Localized? = nil
    ) {
      self.column = column
      label = Localized(ja: ja, en: en)
      self.kind = kind
      self.isRequired = isRequired
      self.support = support
    }
  }

  package let entries: [Entry]
  /// Pairs of columns with days, of which the first does not lie after the second.
  package let order: [(first: String, second: String)]

  package init(entries: [Entry], order: [(first: String, second: String)] = []) {
    self.entries = entries
    self.order = order
  }

  /// The fields with what was typed or is stored.
  package func fields(_ values: [String: String], errors: [FieldError], _ language: Language) -> [FormField] {
    entries.map { entry in
      let value = values[entry.column] ?? ""
      let label = entry.label[language]
      let support = entry.support?[language]
      let field: FormField =
        switch entry.kind {
        case .text:
          .text(entry.column, label, value: value, required: entry.isRequired, support: support, width: .full)
        case .lines: .lines(entry.column, label, value: value, rows: 3, required: entry.isRequired, support: support)
        case .number: .number(entry.column, label, value: value, required: entry.isRequired, support: support)
        case .day, .pastDay:
          .date(
            entry.column,
            label,
            value: value,
            language: language,
            required: entry.isRequired,
            support: support
          )
        case .choice(let choices):
          .select(
            entry.column,
            label,
            [Design.Choice("", "")] + choices.map { Design.Choice($0.key, $0.label[language]) },
            chosen: value,
            required: entry.isRequired,
            support: support
          )
        }
      return field.withError(from: errors)
    }
  }

  package func typed(_ form: WebForm) -> [String: String] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.column, form.text($0.column)) })
  }

  /// What is stored, checked. Throws every trouble at once.
  package func values(_ form: WebForm, today: LocalDate) throws(KeptError) -> [String: String] {
    var values: [String: String] = [:]
    var troubles: [KeptError.FieldTrouble] = []
    for entry in entries {
      let text = form.text(entry.column)
      values[entry.column] = text
      if text.isEmpty {
        if entry.isRequired {
          troubles.append(
            .init(entry.column, ja: "\(entry.label.ja)を入れてください。", en: "Enter: \(entry.label.en).")
          )
        }
        continue
      }
      switch entry.kind {
      case .day, .pastDay:
        if let day = JapaneseDate.read(text, today: today).day {
          values[entry.column] = day.iso
        } else {
          troubles.append(
            .init(
              entry.column,
              ja: "「\(text)」は日付として読めません。2026/11/21 のように書いてください。",
              en: "“\(text)” is no date. Write it as 2026-11-21."
            )
          )
        }
      case .number:
        if let number = Int(Width.halved(text).filter { $0 != "," }), number >= 0 {
          values[entry.column] = String(number)
        } else {
          troubles.append(
            .init(
              entry.column,
              ja: "「\(text)」は数として読めません。数字だけにしてください。",
              en: "“\(text)” is no number. Write digits only."
            )
          )
        }
      case .choice(let choices) where !choices.contains { $0.key == text }:
        troubles.append(.init(entry.column, ja: "\(entry.label.ja)を選び直してください。", en: "Choose again: \(entry.label.en)."))
      default: break
      }
    }
    troubles += self.troubles(of: values, today: today)
    guard troubles.isEmpty else { throw .wrong(troubles) }
    return values
  }

  /// What is wrong with days as they are stored, whichever way they came.
  package func troubles(of values: [String: String], today: LocalDate) -> [KeptError.FieldTrouble] {
    func day(_ column: String) -> LocalDate? { values[column].flatMap { LocalDate(iso: $0) } }
    func label(_ column: String) -> Localized {
      entries.first { $0.column == column }?.label ?? Localized(both: column)
    }
    var troubles: [KeptError.FieldTrouble] = []
    for entry in entries {
      guard case .pastDay = entry.kind, let day = day(entry.column), day > today else { continue }
      troubles.append(
        .init(
          entry.column,
          ja: "\(entry.label.ja)「\(day.slashed)」は今日（\(today.slashed)）より先の日付です。",
          en: "\(entry.label.en): \(day.english) lies after today (\(today.english))."
        )
      )
    }
    for (first, second) in order {
      guard let from = day(first), let to = day(second), from > to else { continue }
      troubles.append(
        .init(
          second,
          ja: "\(label(second).ja)「\(to.slashed)」が、\(label(first).ja)「\(from.slashed)」より前です。",
          en: "\(label(second).en) (\(to.english)) lies before \(label(first).en) (\(from.english))."
        )
      )
    }
    return troubles
  }
}
