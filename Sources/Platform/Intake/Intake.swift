import Tabular
import Text
import Time

/// The one way by which files become records, for every kind of ledger: find the tables, propose which column is which
/// field, read the cells, compare with what the ledger holds. Every step is a pure function; nothing here knows a
/// database or a hospital.
///
///     let result = Intake.read(workbook, schema: schema, options: options)
///     let plan = Intake.plan(result, schema: schema, existing: records)
///
/// To teach it a new kind of ledger, write an `IntakeSchema`. To teach it a new way of writing, add it to `Vocabulary`,
/// `Notes` or `HeaderQualifier` and a case to the tests.
package enum Intake {
  package static func read(_ workbook: Workbook, schema: IntakeSchema, options: IntakeOptions) -> IntakeResult {
    var reading = Reading(schema: schema, options: options)
    return reading.read(workbook)
  }

  /// Compares what was read with the ledger. `base` is the hidden sheet of our own export, when the file has one;
  /// `decisions` is what a person said of the rows that an earlier comparison left open.
  package static func plan(
    _ result: IntakeResult,
    schema: IntakeSchema,
    existing: [ExistingRecord],
    base: ExportMeta? = nil,
    decisions: RowDecisions = RowDecisions()
  ) -> ImportPlan {
    var comparison = Comparison(result, schema: schema, existing: existing, base: base)
    return comparison.run(decisions)
  }

  /// The fields of one set of headers; remembered after an import.
  package static func headerSet(kind: String, headers: [String]) -> String {
    MappingProposer.headerSet(kind: kind, headers: headers)
  }
}

package struct IntakeOptions: Sendable {
  /// For dates without a year.
  package var today: LocalDate
  /// Header → field, or nil to leave the column alone. Wins over everything.
  package var given: [String: String?]
  /// Mappings of earlier imports; the one of the same headers is used.
  package var remembered: [ColumnMapping]
  package var references: ReferenceResolver

  package init(
    today: LocalDate,
    given: [String: String?] = [:],
    remembered: [ColumnMapping] = [],
    references: ReferenceResolver = ReferenceResolver()
  ) {
    self.today = today
    self.given = given
    self.remembered = remembered
    self.references = references
  }
}

/// One run of `Intake.read`.
private struct Reading {
  let schema: IntakeSchema
  let options: IntakeOptions
  private let dictionary: HeaderDictionary
  private var result: IntakeResult

  init(schema: IntakeSchema, options: IntakeOptions) {
    self.schema = schema
    self.options = options
    let known = Array(options.given.keys) + options.remembered.flatMap { $0.columns.map(\.header) }
    dictionary = HeaderDictionary(schema, known: known)
    result = IntakeResult(kind: schema.kind)
  }

  mutating func read(_ workbook: Workbook) -> IntakeResult {
    var finder = TableFinder(dictionary)
    let findings = finder.find(in: workbook)
    result.leftOut = findings.leftOut
    var shapes = shapes(findings.tables)
    for index in shapes.indices { shapes[index].mapping = propose(shapes[index]) }
    choose(&shapes)
    let clusters = clusters(shapes.filter(\.isTaken))
    for shape in shapes where shape.isTaken { take(shape, clusters) }
    result.tables.sort {
      ($0.order, $0.headerRows.first ?? 0, $0.firstColumn) < ($1.order, $1.headerRows.first ?? 0, $1.firstColumn)
    }
    result.problems.sort { ($0.sheetOrder(result.tables), $0.row) < ($1.sheetOrder(result.tables), $1.row) }
    result.skipped = result.tables.flatMap(\.skipped)
    result.unusedHeaders = unusedHeaders(findings.tables)
    return result
  }

  /// Tables of the same headers: a sheet for each floor is one ledger.
  struct Shape {
    let headerSet: String
    var tables: [FoundTable]
    var mapping = ColumnMapping(headerSet: "", columns: [])
    var isTaken = false
  }

  private func shapes(_ tables: [FoundTable]) -> [Shape] {
    var shapes: [Shape] = []
    var index: [String: Int] = [:]
    for table in tables {
      let set = MappingProposer.headerSet(kind: schema.kind, headers: table.columns.map(\.header))
      if let known = index[set] {
        shapes[known].tables.append(table)
      } else {
        index[set] = shapes.count
        shapes.append(Shape(headerSet: set, tables: [table]))
      }
    }
    return shapes
  }

  // MARK: Mapping

  private func propose(_ shape: Shape) -> ColumnMapping {
    guard let first = shape.tables.first else { return shape.mapping }
    let proposer = MappingProposer(schema: schema, dictionary: dictionary, options: options)
    let (tables, today) = (shape.tables, options.today)
    let candidates = SideBySide.map(first.columns) { column in
      MappingProposer.Candidate(
        header: column.header,
        group: column.group,
        isUnnamed: column.isUnnamed,
        evidence: ValueEvidence(Self.sample(tables, column), today: today)
      )
    }
    var mapping = proposer.propose(candidates, headerSet: shape.headerSet)
    mapping.sheetName = SheetNames(schema: schema, options: options).propose(shape.tables.map(\.sheet), mapping)
    return mapping
  }

  /// The first values in a row, and some of all the others.
  private static func sample(_ tables: [FoundTable], _ column: FoundColumn) -> [CellValue] {
    var cells: [CellValue] = []
    for table in tables {
      guard let position = table.columns.firstIndex(where: { $0.header == column.header }) else { continue }
      cells.append(contentsOf: table.rows.prefix(ValueEvidence.countingSize).map { $0.cells[position] })
      let rest = table.rows.dropFirst(ValueEvidence.countingSize)
      let step = max(1, rest.count / ValueEvidence.sampleSize)
      for offset in stride(from: rest.startIndex, to: rest.endIndex, by: step) {
        cells.append(rest[offset].cells[position])
      }
    }
    return cells
  }

  /// Which shapes are this kind of ledger. A list of vendors on another sheet is not.
  private mutating func choose(_ shapes: inout [Shape]) {
    for index in shapes.indices where !shapes[index].tables.allSatisfy({ $0.rows.isEmpty }) {
      shapes[index].isTaken = isLedger(shapes[index])
    }
    let isAnyTaken = shapes.contains { $0.isTaken }
    for shape in shapes {
      if shape.isTaken {
        result.mappings.append(shape.mapping)
        continue
      }
      let mapped = shape.mapping.columns.filter { $0.field != nil || $0.suggested != nil }.count
      // Beside a ledger that was recognised, only a table that names things of its own is worth a question.
      let isOther =
        isAnyTaken && (mapped < 3 || mapped * 2 < shape.mapping.columns.count || !namesThings(shape.mapping))
      if !isOther { result.mappings.append(shape.mapping) }
      for table in shape.tables {
        result.leftOut.append(
          LeftOut(
            sheet: table.sheet,
            row: table.headerRows.last,
            kind: table.rows.isEmpty ? .emptySheet : isOther ? .otherKind : .needsMapping,
            reason: table.rows.isEmpty
              ? LeftOutReason.headerOnly : isOther ? LeftOutReason.other : missing(shape.mapping)
          )
        )
      }
    }
  }

  private func isLedger(_ shape: Shape) -> Bool {
    let columns = shape.mapping.columns
    let fields = Set(columns.compactMap(\.field))
    let required = schema.fields.filter(\.isRequired)
    let hasRequired =
      required.isEmpty
      ? schema.subject.map { fields.contains($0.key) } ?? false : required.allSatisfy { fields.contains($0.key) }
    let hasIdentity = schema.identity.contains { rule in
      rule.fields.filter(fields.contains).count * 2 > rule.fields.count
    }
    guard hasRequired || hasIdentity, !fields.isEmpty, !shape.mapping.isShifted else { return false }
    if columns.contains(where: { $0.confidence == .given || $0.confidence == .remembered }) { return true }
    let named = columns.filter { !SystemHeader.isOrdinal($0.header) }.count
    if fields.count < 2 { return named <= 2 }
    if hasRequired, hasIdentity { return true }
    return fields.count >= 4 || fields.count * 4 >= named
  }

  private func namesThings(_ mapping: ColumnMapping) -> Bool {
    let names = Set(
      schema.identity.filter { $0.fields.count == 1 }.flatMap(\.fields) + [schema.subject?.key].compactMap(\.self)
    )
    return mapping.columns.contains { column in (column.field ?? column.suggested).map(names.contains) ?? false }
  }

  private func missing(_ mapping: ColumnMapping) -> Localized {
    let fields = Set(mapping.columns.compactMap(\.field))
    let required = schema.fields.filter { $0.isRequired && !fields.contains($0.key) }
    let identity = schema.identity.map(\.label)
    let ja = required.isEmpty ? identity.map(\.ja) : required.map(\.label.ja)
    let en = required.isEmpty ? identity.map(\.en) : required.map(\.label.en)
    if mapping.isShifted {
      return Localized(
        ja: "見出しと値の列がずれているようです。Excelで列の位置をそろえて、もう一度取り込んでください。",
        en: "The values seem shifted against their headers. Align the columns in Excel and import again."
      )
    }
    if fields.isEmpty {
      return Localized(
        ja: "どの列が何の項目か分かりませんでした。列の対応を指定して、もう一度取り込んでください。",
        en: "None of the columns could be recognised. Say which column is which and import again."
      )
    }
    return Localized(
      ja: "\(ja.joined(separator: "・"))の列が分かりませんでした。列の対応を指定して、もう一度取り込んでください。",
      en: "No column was recognised as \(en.joined(separator: " or ")). Say which column it is and import again."
    )
  }

  /// What a mapping file speaks of but no table has.
  private func unusedHeaders(_ tables: [FoundTable]) -> [String] {
    guard !options.given.isEmpty else { return [] }
    var present = Set(tables.flatMap { $0.columns.map { HeaderKey($0.header).full } })
    for name in SheetNames.headers { present.insert(HeaderKey(name).full) }
    return options.given.keys.filter { !present.contains(HeaderKey($0).full) }.sorted()
  }

  // MARK: Rows

  /// Who is meant by the names, over the whole file.
  private mutating func clusters(_ shapes: [Shape]) -> [String: ReferenceClusters] {
    var counts: [String: [String: Int]] = [:]
    var order: [String: [String]] = [:]
    func note(_ kind: String, _ name: String, _ times: Int) {
      if counts[kind]?[name] == nil { order[kind, default: []].append(name) }
      counts[kind, default: [:]][name, default: 0] += times
    }
    let names = SheetNames(schema: schema, options: options)
    for shape in shapes {
      for table in shape.tables {
        let columns = referenceColumns(table, shape.mapping)
        let tallies = SideBySide.map(columns) { position, _ in Self.tally(table, position) }
        for (column, tally) in zip(columns, tallies) {
          for (cell, times) in tally {
            if let name = SheetNames.name(cell) { note(column.1, name, times) }
          }
        }
        if let (_, kind) = names.reference(shape.mapping) { note(kind, table.sheet, table.rows.count) }
      }
    }
    var clusters: [String: ReferenceClusters] = [:]
    for (kind, order) in order {
      let counted = order.map { (name: $0, count: counts[kind]?[$0] ?? 0) }
      let cluster = ReferenceClusters(kind: kind, names: counted, resolver: options.references)
      clusters[kind] = cluster
      if !cluster.new.isEmpty { result.newReferences[kind] = cluster.new }
    }
    return clusters
  }

  /// The spellings of a column and how often each stands there, in the order of the file: each is looked at once.
  private static func tally(_ table: FoundTable, _ position: Int) -> [(cell: CellValue, times: Int)] {
    var places: [CellKey: Int] = [:]
    var tally: [(cell: CellValue, times: Int)] = []
    for row in table.rows where !row.cells[position].isEmpty {
      let key = CellKey(row.cells[position])
      if let known = places[key] {
        tally[known].times += 1
      } else {
        places[key] = tally.count
        tally.append((key.cell, 1))
      }
    }
    return tally
  }

  private func referenceColumns(_ table: FoundTable, _ mapping: ColumnMapping) -> [(Int, String)] {
    table.columns.enumerated().compactMap { position, column in
      guard let key = mapping.field(of: column.header), let field = schema.field(key),
        case .reference(let kind) = field.type
      else { return nil }
      return (position, kind)
    }
  }

  private mutating func take(_ shape: Shape, _ clusters: [String: ReferenceClusters]) {
    var readers: [String: ColumnReader] = [:]
    for column in shape.mapping.columns {
      guard let key = column.field, let field = schema.field(key) else { continue }
      var references: ReferenceClusters?
      if case .reference(let kind) = field.type { references = clusters[kind] }
      readers[column.header] = ColumnReader(field, today: options.today, references: references)
    }
    let names = SheetNames(schema: schema, options: options)
    var told: [CellKey: Int] = [:]
    for table in shape.tables where !table.rows.isEmpty {
      var reader = RowReader(
        table: table,
        mapping: shape.mapping,
        schema: schema,
        readers: readers,
        places: names.places(of: table, shape.mapping, clusters)
      )
      reader.told = told
      let (read, problems) = reader.read()
      told = reader.told.mapValues { _ in -1 }
      readers = reader.readers
      result.tables.append(read)
      result.problems.append(contentsOf: problems)
    }
  }
}

enum LeftOutReason {
  static let headerOnly = Localized(ja: "見出しだけで、データの行がありません。", en: "There is a header but no rows.")
  static let other = Localized(
    ja: "別の種類の表とみて読み飛ばしました。",
    en: "Taken for another kind of list and passed over."
  )
}

extension IntakeTable {
  fileprivate var firstColumn: Int { columns.first?.index ?? 0 }
}

extension IntakeProblem {
  fileprivate func sheetOrder(_ tables: [IntakeTable]) -> Int {
    tables.first { $0.sheet == sheet }?.order ?? Int.max
  }
}
