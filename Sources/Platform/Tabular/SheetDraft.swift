import Text
import Time

/// A table about to be written to a file.
package struct SheetDraft: Sendable {
  /// What the table is about, as 「機器台帳」: the name of the sheet, the head of the page.
  package var title: String
  package var columns: [ColumnDraft]
  /// By column; shorter rows end in empty cells.
  package var rows: [[CellValue]]
  /// Lines above the header for the person who fills in the table. `#` is put in front, and rows that begin so are
  /// passed over on import.
  package var notes: [String]
  /// Whether `#` is put in front of notes; not where they are for reading and nothing is imported again.
  package var marksNotes = true

  package init(title: String, columns: [ColumnDraft], rows: [[CellValue]], notes: [String] = []) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }

  /// A note as it stands in the file.
  func written(_ note: String) -> String { marksNotes ? "# " + note : note }
}

package struct ColumnDraft: Sendable {
  package enum Kind: Sendable {
    /// Written so that Excel leaves it alone: `00001` and `1-2` stay.
    case text
    case number
    case date
    case dateAndTime
  }

  package var header: String
  package var kind: Kind
  /// Offered as a drop-down list. Other values may still be typed; the import says what it makes of them.
  package var choices: [String]
  package var isHidden: Bool
  /// Long texts go on in the next line of their cell, so that paper shows them whole.
  package var wraps: Bool
  /// Where the lines of one column expect different things: what each does, in the order of the rows.
  package var rules: [CellRule?]

  package init(
    _ header: String,
    kind: Kind = .text,
    choices: [String] = [],
    isHidden: Bool = false,
    wraps: Bool = false,
    rules: [CellRule?] = []
  ) {
    self.header = header
    self.kind = kind
    self.choices = choices
    self.isHidden = isHidden
    self.wraps = wraps
    self.rules = rules
  }
}

/// Writes tables as files that people open in Excel.
package enum SheetWriter {
  package enum DateForm: Sendable {
    /// 令和8年11月21日
    case era
    /// 2026/11/21
    case western

    /// What Excel calls it. `x-gannen` makes the first year 元年.
    var format: String {
      switch self {
      case .era: "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\";@"
      case .western: "yyyy/mm/dd"
      }
    }
  }

  /// How a workbook is to be written.
  package struct BookOptions: Sendable {
    package var dates: DateForm
    /// Kept in a hidden sheet and given back by `Workbook.meta`: time of export, versions of rows, whatever the
    /// import needs to tell what was changed since.
    package var meta: [String: String]
    /// Instead of `meta`, whole rows of text for the hidden sheet.
    package var metaRows: [[String]] = []
    /// When the file says it was made.
    package var createdAt: Instant

    package init(dates: DateForm = .western, meta: [String: String] = [:], createdAt: Instant) {
      self.dates = dates
      self.meta = meta
      self.createdAt = createdAt
    }
  }

  /// How a text file is to be written.
  package struct TextOptions: Sendable {
    package var encoding: TextEncoding
    package var separator: Separator
    /// What stands in for characters the encoding lacks: first by character (𠮷 as 吉), then this one for all (〓).
    /// Where neither tells, nothing is written and the characters are listed.
    package var replacements: [Character: String]
    package var replacement: String?

    package init(
      encoding: TextEncoding = .utf8BOM,
      separator: Separator = .comma,
      replacements: [Character: String] = [:],
      replacement: String? = nil
    ) {
      self.encoding = encoding
      self.separator = separator
      self.replacements = replacements
      self.replacement = replacement
    }
  }

  package enum TextResult: Sendable {
    /// The file, and where characters were replaced as chosen.
    case written([UInt8], replaced: [UnwritableCharacter])
    /// Nothing was written: someone has to choose what to do with these.
    case unwritable([UnwritableCharacter])
  }

  /// A character that the chosen encoding does not have, by its place in the file.
  package struct UnwritableCharacter: Sendable, Hashable {
    package let character: Character
    /// From 1, as the spreadsheet shows it.
    package let row: Int
    /// From 1.
    package let column: Int
  }

  /// `機器台帳_202611211405.xlsx`: what it holds and when it was made, Japanese time. Signs that file systems do not
  /// take become `_`.
  package static func fileName(_ subject: String, at moment: Instant, ending: String) -> String {
    let day = moment.day.iso.filter { $0 != "-" }
    let (hour, minute, _) = moment.timeOfDay
    let time = (hour < 10 ? "0" : "") + String(hour) + (minute < 10 ? "0" : "") + String(minute)
    let safe = String(
      String.UnicodeScalarView(
        subject.unicodeScalars.map { $0.value < 32 || "/\\:*?\"<>|".unicodeScalars.contains($0) ? "_" : $0 }
      )
    )
    return "\(safe)_\(day)\(time).\(ending)"
  }
}

extension Workbook {
  /// The name of the hidden sheet that comes back with a workbook of ours.
  package static let metaSheet = "_yagura"

  /// What `BookOptions.meta` held when the workbook was written; empty for files of others.
  package var meta: [String: String] {
    guard let sheet = sheets.first(where: { $0.name == Self.metaSheet }) else { return [:] }
    var meta: [String: String] = [:]
    for row in sheet.rows where !row[0].isEmpty { meta[row[0].text] = row[1].text }
    return meta
  }

  /// The sheets a person sees.
  package var visibleSheets: [Sheet] { sheets.filter { !$0.isHidden } }
}
