import Intake
import Tabular
import Testing
import Text

/// Untidy sheets of hospitals that nobody has seen yet. Each names the mapping a person would make; a column that must
/// stay unmapped is nil.
struct Layout: Sendable, CustomTestStringConvertible {
  let name: String
  let workbook: Workbook
  var schema = Schemas.assets
  let truth: [String: String?]
  /// Row numbers that are records, by sheet.
  let records: [String: [Int]]

  var testDescription: String { name }
}

@Suite struct `Untidy layouts` {
  @Test(arguments: Layouts.every) func `rows are found and no column is mapped wrongly`(layout: Layout) {
    let result = read(layout.workbook, layout.schema)
    for (header, field) in result.mapped {
      #expect(layout.truth[header] == .some(field), "\(header) was mapped to \(field)")
    }
    var found: [String: [Int]] = [:]
    for table in result.tables { found[table.sheet, default: []] += table.rows.map(\.number) }
    #expect(found.mapValues { $0.sorted() } == layout.records)
  }

  @Test func `recall over all layouts stays high and wrong mappings are none`() {
    var wanted = 0
    var mapped = 0
    var asked = 0
    var wrong = 0
    var missed: [String] = []
    for layout in Layouts.every {
      let result = read(layout.workbook, layout.schema)
      for (header, field) in layout.truth {
        guard let field else { continue }
        wanted += 1
        if result.mapped[header] == field {
          mapped += 1
        } else if result.column(header)?.suggested == field {
          asked += 1
          missed.append("\(layout.name): \(header) asked")
        } else {
          missed.append("\(layout.name): \(header)")
        }
      }
      wrong += result.mapped.filter { layout.truth[$0.key] != .some($0.value) }.count
    }
    print("layouts \(Layouts.every.count), columns \(wanted), mapped \(mapped), asked \(asked), wrong \(wrong)", missed)
    #expect(wrong == 0)
    #expect(mapped * 100 >= wanted * 90)
    #expect((mapped + asked) * 100 >= wanted * 96)
  }
}
