import Intake
import Tabular
import Text
import Time

/// Builds workbooks for tests: a row is cells with `|` between, `~` an empty row.
func sheet(
  _ name: String,
  _ lines: String,
  merges: [CellRange] = [],
  isHidden: Bool = false,
  hiddenColumns: Set<Int> = []
) -> Sheet {
  var rows: [SheetRow] = []
  for (index, line) in lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { cell -> CellValue in
      let text = cell.replacing("⏎", with: "\n")
      return text.isEmpty || text == "~" ? .empty : .text(String(text))
    }
    guard cells.contains(where: { !$0.isEmpty }) else { continue }
    rows.append(SheetRow(number: index + 1, cells: cells))
  }
  return Sheet(name: name, isHidden: isHidden, rows: rows, merges: merges, hiddenColumns: hiddenColumns)
}

func book(_ sheets: Sheet...) -> Workbook { Workbook(sheets: sheets, format: .xlsx) }

func merge(_ firstRow: Int, _ firstColumn: Int, _ lastRow: Int, _ lastColumn: Int) -> CellRange {
  CellRange(firstRow: firstRow, firstColumn: firstColumn, lastRow: lastRow, lastColumn: lastColumn)
}

let today = LocalDate(year: 2026, month: 11, day: 21) ?? LocalDate(dayNumber: 0)

func read(
  _ workbook: Workbook,
  _ schema: IntakeSchema = Schemas.assets,
  given: [String: String?] = [:],
  remembered: [ColumnMapping] = [],
  references: ReferenceResolver = ReferenceResolver()
) -> IntakeResult {
  Intake.read(
    workbook,
    schema: schema,
    options: IntakeOptions(today: today, given: given, remembered: remembered, references: references)
  )
}

extension IntakeRow {
  subscript(field: String) -> String? { values[field]?.stored }
}

extension IntakeResult {
  /// Only the columns that were mapped.
  var mapped: [String: String] { mapping.compactMapValues(\.self) }

  func column(_ header: String) -> MappedColumn? { mappings.flatMap(\.columns).first { $0.header == header } }
}

/// Records as the ledger would hold them after the import.
func records(_ plan: ImportPlan) -> [ExistingRecord] {
  plan.new.enumerated().map { index, row in
    ExistingRecord(
      id: "id\(index)",
      version: 1,
      values: Dictionary(uniqueKeysWithValues: row.values.map { ($0.key, $0.value.stored) })
        .filter { !$0.value.isEmpty },
      extras: row.extras
    )
  }
}

struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x1234_5678_9abc_def1 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
