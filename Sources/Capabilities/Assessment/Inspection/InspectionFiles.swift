import Blobs
import Design
import FoundationEssentials
import HTML
import Nouns
import Tabular
import Text
import Time

/// The inspection as files: two folders by design, and a list of the fingerprints of everything.
package struct InspectionFiles: Sendable {
  package struct File: Sendable {
    /// `inspector/form.xlsx`.
    package let path: String
    package let bytes: [UInt8]
  }

  /// In the order of their paths, the list of fingerprints last.
  package let files: [File]

  /// `fiscalYear` stands in the head of each paper.
  package init(_ inspection: Inspection, fiscalYear: String) throws {
    let language = inspection.language
    let printed = inspection.dates.day(inspection.madeAt.day)
    func paper(_ sheet: PrintSheet) -> [UInt8] {
      StandalonePaper(sheet: sheet, facility: inspection.hospital, fiscalYear: fiscalYear, language: language).html
        .bytes
    }
    var files = [
      File(
        path: "inspector/inspector.html",
        bytes: paper(InspectorCopy(inspection: inspection).sheet(printed: printed, back: ""))
      ),
      File(
        path: "staff/staff.html",
        bytes: paper(StaffCopy(inspection: inspection).sheet(printed: printed, back: ""))
      ),
      File(
        path: "inspector/form.xlsx",
        bytes: try Self.form(inspection).workbook(at: inspection.madeAt, isForFillingIn: false)
      ),
      File(path: "staff/evidence.xlsx", bytes: try Self.evidence(inspection)),
      File(path: "staff/registers.xlsx", bytes: try Self.book(inspection.records.registers, inspection.madeAt)),
    ]
    if !inspection.records.contactChart.isEmpty {
      let chart = inspection.records.contactChart + [inspection.records.regulations].compactMap(\.self)
      files.append(File(path: "inspector/contacts.xlsx", bytes: try Self.book(chart, inspection.madeAt)))
    }
    if let training = inspection.records.training {
      files.append(File(path: "inspector/training.xlsx", bytes: try Self.book([training.table], inspection.madeAt)))
    }
    if let official = inspection.official { files.append(File(path: "inspector/official-form.xlsx", bytes: official)) }
    for (index, line) in inspection.vendorForms.enumerated() {
      guard let vendors = inspection.vendors else { continue }
      let number = Self.number(index)
      let file = Assessment.vendorFile(
        vendors.checklist,
        line,
        of: vendors.round,
        hospital: inspection.hospital,
        language: language
      )
      files.append(
        File(
          path: "inspector/vendors/\(number)-\(Self.safe(line.vendor.name)).xlsx",
          bytes: try file.workbook(at: inspection.madeAt, isForFillingIn: false)
        )
      )
    }
    for (index, file) in inspection.attachments.enumerated() {
      files.append(File(path: "staff/\(Self.path(index, file.title))", bytes: file.bytes))
    }
    for (index, text) in Self.texts(of: inspection).enumerated() {
      files.append(File(path: "staff/\(Self.path(index))", bytes: Array(text.utf8)))
    }
    files.sort { $0.path < $1.path }
    let sums = files.map { "\(BlobStore.name(of: $0.bytes))  \($0.path)\n" }.joined()
    self.files = files + [File(path: "SHA256SUMS", bytes: Array(sums.utf8))]
  }

  private static func number(_ index: Int) -> String { index < 9 ? "0\(index + 1)" : "\(index + 1)" }

  private static func path(_ attachment: Int, _ title: String) -> String {
    "attachments/\(number(attachment))-\(named(title))"
  }

  private static func path(_ fact: Int) -> String { "facts/\(number(fact)).txt" }

  /// The file of each piece of evidence in the staff's folder, in its order; nil where it has none.
  static func paths(of inspection: Inspection) -> [String?] {
    let facts = Dictionary(
      texts(of: inspection).enumerated().map { ($0.element, path($0.offset)) },
      uniquingKeysWith: { first, _ in first }
    )
    let attached = Dictionary(
      inspection.attachments.enumerated().map { ($0.element.hash, path($0.offset, $0.element.title)) },
      uniquingKeysWith: { first, _ in first }
    )
    return inspection.evidence.map { line in line.text.map { facts[$0] } ?? attached[line.hash] }
  }

  /// What facts said, each once, in the order of the form.
  static func texts(of inspection: Inspection) -> [String] {
    var seen: Set<String> = []
    return inspection.evidence.compactMap(\.text).filter { seen.insert($0).inserted }
  }

  /// All of it as one ZIP file.
  package func zip() throws -> [UInt8] { try ZipFile.bytes(of: files.map { ($0.path, $0.bytes) }) }

  /// Without what file systems do not take.
  private static func safe(_ name: String) -> String {
    let kept = name.map { character -> Character in
      "/\\:*?\"<>|.".contains(character) || character.unicodeScalars.contains { $0.value < 32 } ? "_" : character
    }
    return String(kept.prefix(60))
  }

  /// A file's own name, its ending kept.
  private static func named(_ title: String) -> String {
    let parts = title.split(separator: ".")
    guard parts.count > 1, let ending = parts.last, ending.count <= 5 else { return safe(title) }
    return "\(safe(parts.dropLast().joined(separator: "."))).\(safe(String(ending)))"
  }

  private static func form(_ inspection: Inspection) -> FormFile {
    Assessment.file(inspection.standing, hospital: inspection.hospital, language: inspection.language)
  }

  private static func book(_ tables: [InspectionTable], _ now: Instant) throws(TabularError) -> [UInt8] {
    let sheets = tables.map { table in
      SheetDraft(
        title: table.title,
        columns: table.heads.enumerated().map { place, head in
          table.days[place] == nil ? ColumnDraft(head, wraps: true) : ColumnDraft(head, kind: .date)
        },
        rows: table.rows.enumerated().map { number, row in
          row.enumerated().map { place, text in
            let day = table.days[place].flatMap { $0.indices.contains(number) ? $0[number] : nil }
            return day.map { .date($0, minutes: nil) } ?? Self.cell(text)
          }
        }
      )
    }
    let none = SheetDraft(title: "-", columns: [ColumnDraft("-")], rows: [])
    return try SheetWriter.workbook(sheets.isEmpty ? [none] : sheets, SheetWriter.BookOptions(createdAt: now))
  }

  /// Numbers as such, so that they add up; one that begins with 0 is a name.
  private static func cell(_ text: String) -> CellValue {
    if text.isEmpty { return .empty }
    if let number = Int(text), String(number) == text { return .number(Double(number), text: text) }
    return .text(text)
  }

  private static func evidence(_ inspection: Inspection) throws(TabularError) -> [UInt8] {
    let language = inspection.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let sheet = SheetDraft(
      title: say("根拠の一覧", "Evidence"),
      columns: [
        ColumnDraft(say("番号", "No.")), ColumnDraft(say("根拠", "Evidence"), wraps: true),
        ColumnDraft(say("出どころ", "Source")), ColumnDraft(say("値", "Figure")),
        ColumnDraft(say("時点", "As of"), kind: .date), ColumnDraft(say("有効", "Counted until"), kind: .date),
        ColumnDraft(say("記録", "Records"), kind: .number),
        ColumnDraft(say("ファイル", "File")), ColumnDraft(say("指紋（SHA-256）", "Fingerprint (SHA-256)"), wraps: true),
      ],
      rows: Swift.zip(inspection.evidence, paths(of: inspection)).map { line, path in
        [
          .text(line.item[language]), .text(line.label[language]), .text(line.source[language]),
          .text(line.figure[language]),
          .date(line.asOf, minutes: nil), .date(line.goodUntil, minutes: nil),
          .number(Double(line.records), text: String(line.records)),
          path.map { .text($0) } ?? .empty, .text(line.hash),
        ]
      }
    )
    return try SheetWriter.workbook([sheet], SheetWriter.BookOptions(createdAt: inspection.madeAt))
  }
}
