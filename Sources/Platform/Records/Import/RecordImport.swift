import FoundationEssentials
import Intake
import Nouns
import Tabular
import Text
import Time

/// Files become records: read, compared, shown, and only then stored. The page, the command and the demo hospital all come
/// through here.
package struct RecordImport: Sendable {
  package let records: RecordStore
  let views: ViewStore

  package init(records: RecordStore, views: ViewStore) {
    self.records = records
    self.views = views
  }

  /// How far a preview is: what it does now, how many rows of how many are behind it. May throw to stop it.
  package typealias Progress = @Sendable (Localized, Int, Int?) async throws -> Void

  /// What the file would do. Throws `TabularError` where it cannot be read at all.
  package func preview(
    _ source: ImportSource,
    in scope: Scope<ImportLedger>,
    progress: Progress = { _, _, _ in }
  ) async throws -> ImportPreview {
    try await progress(Self.opening, 0, nil)
    switch source.kind {
    case .records(let kind): return try await previewRecords(source, kind, progress, in: scope)
    case .other(let other): return try await other.read(source, self, progress, scope)
    }
  }

  /// The tables of the file.
  package func workbook(_ source: ImportSource) throws(TabularError) -> Workbook {
    try TableReader.read(
      source.bytes,
      name: source.name,
      options: ReadOptions(encoding: source.encoding, separator: source.separator)
    )
  }

  private static let opening = Localized(ja: "ファイルを開いています。", en: "Opening the file.")
  package static let reading = Localized(ja: "列と値を確かめています。", en: "Checking columns and values.")
  private static let comparing = Localized(ja: "台帳と比べています。", en: "Comparing with the ledger.")

  private func previewRecords(
    _ source: ImportSource,
    _ kind: Kind,
    _ progress: Progress,
    in scope: Scope<ImportLedger>
  ) async throws -> ImportPreview {
    // The ledger is read beside the file.
    async let asked = records.references(for: kind, in: scope.reading)
    async let present = records.existing(kind, in: scope.reading)
    async let mapped = remembered(source.kind.name, in: scope)
    async let prepared: Void = Fold.prepare()
    let workbook = try workbook(source)
    let rows = workbook.sheets.reduce(0) { $0 + $1.rows.count }
    try await progress(Self.reading, 0, rows)
    let schema = kind.intakeSchema(in: records.catalogue)
    await prepared
    let known = try await asked
    let options = IntakeOptions(
      today: records.clock.now().day,
      given: source.mapping ?? [:],
      remembered: try await mapped,
      references: ReferenceResolver(known)
    )
    let result = Intake.read(workbook, schema: schema, options: options)
    try await progress(Self.comparing, rows / 2, rows)
    let existing = try await present
    let plan = Intake.plan(
      result,
      schema: schema,
      existing: existing,
      base: ExportMeta(workbook),
      decisions: source.decisions
    )
    try await progress(Self.comparing, rows, rows)
    var preview = ImportPreview(
      source: source,
      format: workbook.format,
      content: .records(kind: kind, plan: plan, result: result),
      problems: Self.lines(workbook) + plan.problems,
      skipped: plan.skipped,
      leftOut: plan.leftOut,
      mappings: result.mappings
    )
    preview.workbook = workbook
    preview.existing = existing
    preview.titles = Self.titles(plan, kind, existing, known)
    return preview
  }

  /// What the page shows of the plan is shown by name.
  private static func titles(
    _ plan: ImportPlan,
    _ kind: Kind,
    _ existing: [ExistingRecord],
    _ known: [String: [KnownReference]]
  ) -> [String: String] {
    let conflicts = plan.conflicts.prefix(ImportDigest.shownQuestions)
    let changed = plan.changed.prefix(ImportDigest.shownChanges)
    let records = Set(conflicts.flatMap(\.records) + changed.map(\.id))
    guard !records.isEmpty else { return [:] }
    var titles: [String: String] = [:]
    for record in existing where records.contains(record.id) {
      titles[record.id] = kind.name(of: record.values)
    }
    let values = Set(
      conflicts.flatMap(\.fields).flatMap { [$0.inFile, $0.inLedger] }
        + changed.flatMap(\.changes).flatMap { [$0.from, $0.to] }
    )
    for reference in known.values.joined() where values.contains(reference.id) { titles[reference.id] = reference.name }
    // What the file names first has no id yet.
    for value in values where value.utf8.first == UInt8(ascii: "+") { titles[value] = String(value.dropFirst()) }
    return titles
  }

  /// Lines that the reader found odd.
  package static func lines(_ workbook: Workbook) -> [IntakeProblem] {
    workbook.problems.map {
      IntakeProblem(
        sheet: workbook.sheets.first?.name ?? "",
        row: $0.line,
        reason: $0.reason,
        severity: .note,
        code: "line.odd"
      )
    }
  }

  /// How files with these columns were read before.
  package func remembered(_ kind: String, in scope: Scope<ImportLedger>) async throws -> [ColumnMapping] {
    try await views.rememberedMappings(kind: kind, in: scope).values.compactMap { text in
      // A mapping of an earlier version that no longer reads is proposed afresh.
      try? JSONDecoder().decode(ColumnMapping.self, from: Data(text.utf8))
    }
  }

  /// Stores what the preview promised, in one transaction, and remembers the columns for next time.
  package func commit(_ preview: ImportPreview, in scope: Scope<ImportLedger>) async throws -> ImportReport {
    var report = ImportReport()
    report.skipped = preview.skipped.count
    switch preview.content {
    case .records(let kind, let plan, _):
      let counts = plan.counts
      let outcome = try await records.apply(
        plan,
        of: kind,
        title: Titles.imported(kind.plural, preview.source.name),
        in: scope
      )
      report.new = outcome.created
      report.changed = outcome.changed
      report.same = counts.same
      report.conflicting = counts.conflicting
      report.refused = counts.refused
      report.set = outcome.set
      report.createdReferences = outcome.createdReferences
    case .other(let other, _, _, _):
      report = try await other.take(preview, self, scope)
      report.skipped = preview.skipped.count
    }
    for mapping in preview.mappings { try await remember(mapping, preview.source.kind, in: scope) }
    return report
  }

  private func remember(
    _ mapping: ColumnMapping,
    _ kind: ImportKind,
    in scope: Scope<ImportLedger>
  ) async throws {
    var kept = mapping
    // Samples of a hospital's data have no business in what is remembered about its columns.
    for index in kept.columns.indices { kept.columns[index].samples = [] }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = String(decoding: try encoder.encode(kept), as: UTF8.self)
    try await views.remember(text, kind: kind.name, headerSet: mapping.headerSet, in: scope)
  }

  /// Both at once: the demo hospital and the command line.
  package func run(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> ImportReport {
    try await commit(try await preview(source, in: scope), in: scope)
  }
}
