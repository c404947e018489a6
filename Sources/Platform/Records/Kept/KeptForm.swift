import Design
import Text
import Time
import Web

/// The form of a small kept table: which fields it has, how they are read, and what each column of its list is called.
package struct KeptForm: Sendable {
  package struct Entry: Sendable {
    package enum Kind: Sendable {
      case text, lines, number, day
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

  package init(entries: [Entry]) { self.entries = entries }

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
        case .day:
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
      case .day:
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
    guard troubles.isEmpty else { throw .wrong(troubles) }
    return values
  }
}
