import FoundationEssentials
import Intake
import Nouns
import Tabular
import Text
import Time

/// Files become records: read, compared, shown, and only then stored. The page, the command and the demo hospital all come
/// through here.
package struct LedgerImport: Sendable {
  let records: RecordStore
  let sightings: SightingStore
  let views: ViewStore

  /// What the file would do. Throws `TabularError` where it cannot be read at all.
  package func preview(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> ImportPreview {
    if let kind = source.kind.kind { return try await previewRecords(source, kind, in: scope) }
    guard let origin = source.kind.source else { throw RecordError.notFound }
    if source.kind == .inventory { return try await previewInventory(source, in: scope) }
    let reading = try NetworkFiles.read(source.bytes, as: Self.networkKind(origin))
    let now = records.clock.now()
    let problems = reading.problems.map {
      IntakeProblem(sheet: "", row: $0.line, reason: $0.reason, severity: .note, code: "line.unreadable")
    }
    return ImportPreview(
      source: source,
      format: nil,
      content: .sightings(source: origin, seen: reading.hosts.map { Seen($0, fileTime: now) }, result: nil),
      problems: problems,
      skipped: [],
      leftOut: [],
      mappings: []
    )
  }

  private static func networkKind(_ source: Sighting.Source) -> NetworkFiles.Kind {
    switch source {
    case .nmap: .nmap
    case .dhcp: .dhcpLeases
    default: .arpTable
    }
  }

  private func workbook(_ source: ImportSource) throws(TabularError) -> Workbook {
    try TableReader.read(
      source.bytes,
      name: source.name,
      options: ReadOptions(encoding: source.encoding, separator: source.separator)
    )
  }

  private func previewRecords(
    _ source: ImportSource,
    _ kind: Kind,
    in scope: Scope<ImportLedger>
  ) async throws -> ImportPreview {
    let workbook = try workbook(source)
    let schema = kind.intakeSchema
    let known = try await records.references(for: kind, in: scope.reading)
    let options = IntakeOptions(
      today: records.clock.now().day,
      given: source.mapping ?? [:],
      remembered: try await remembered(source.kind.rawValue, in: scope),
      references: ReferenceResolver(known)
    )
    let result = Intake.read(workbook, schema: schema, options: options)
    let plan = Intake.plan(
      result,
      schema: schema,
      existing: try await records.existing(kind, in: scope.reading),
      base: ExportMeta(workbook)
    )
    return ImportPreview(
      source: source,
      format: workbook.format,
      content: .records(kind: kind, plan: plan, result: result),
      problems: Self.lines(workbook) + plan.problems,
      skipped: plan.skipped,
      leftOut: plan.leftOut,
      mappings: result.mappings
    )
  }

  private func previewInventory(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> ImportPreview {
    let workbook = try workbook(source)
    let now = records.clock.now()
    let options = IntakeOptions(
      today: now.day,
      given: source.mapping ?? [:],
      remembered: try await remembered(source.kind.rawValue, in: scope)
    )
    let result = Intake.read(workbook, schema: Inventory.schema, options: options)
    let seen = result.rows.filter { $0.refusal == nil }.map { Inventory.seen($0, fileTime: now) }
    return ImportPreview(
      source: source,
      format: workbook.format,
      content: .sightings(source: .inventory, seen: seen, result: result),
      problems: Self.lines(workbook) + result.problems,
      skipped: result.skipped,
      leftOut: result.leftOut,
      mappings: result.mappings
    )
  }

  private static func lines(_ workbook: Workbook) -> [IntakeProblem] {
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

  private func remembered(_ kind: String, in scope: Scope<ImportLedger>) async throws -> [ColumnMapping] {
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
        title: "\(kind.plural.ja)の取り込み「\(preview.source.name)」",
        in: scope
      )
      report.new = outcome.created
      report.changed = outcome.changed
      report.same = counts.same
      report.conflicting = counts.conflicting
      report.refused = counts.refused
      report.set = outcome.set
      report.createdReferences = outcome.createdReferences
    case .sightings(let source, let seen, let result):
      let outcome = try await sightings.take(
        seen,
        from: source,
        title: "\(source.label.ja)の取り込み「\(preview.source.name)」",
        in: scope
      )
      report.new = outcome.new
      report.changed = outcome.changed
      report.same = outcome.same + outcome.repeated
      report.refused = outcome.nameless.count + (result?.rows.count { $0.refusal != nil } ?? 0)
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
    try await views.remember(text, kind: kind.rawValue, headerSet: mapping.headerSet, in: scope)
  }

  /// Both at once: the demo hospital and the command line.
  package func run(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> ImportReport {
    try await commit(try await preview(source, in: scope), in: scope)
  }
}
