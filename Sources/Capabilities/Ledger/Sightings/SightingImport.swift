import Intake
import Nouns
import Records
import Tabular
import Text
import Time

/// Files of what the network and tools saw, taken in beside the registers.
extension OtherImport {
  package static let inventory = sightings(
    .inventory,
    files: Localized(ja: "資産管理ツールの端末一覧（CSV）", en: "The asset tool's list of terminals (CSV)"),
    schema: Inventory.schema
  )
  package static let nmap = sightings(.nmap, files: Localized(ja: "nmap の結果（XML）", en: "nmap results (XML)"))
  package static let dhcp = sightings(
    .dhcp,
    files: Localized(ja: "DHCPの貸し出し（dhcpd.leases）", en: "DHCP leases (dhcpd.leases)")
  )
  package static let arp = sightings(
    .arp,
    files: Localized(ja: "ARP表（arp -a、ip neigh など）", en: "ARP tables (arp -a, ip neigh …)")
  )

  private static func sightings(
    _ source: Sighting.Source,
    files: Localized,
    schema: IntakeSchema? = nil
  ) -> OtherImport {
    OtherImport(
      name: source.rawValue,
      label: source.label,
      files: files,
      path: LedgerPath.unlisted,
      schema: schema,
      read: { file, imports, progress, scope in
        if source == .inventory {
          return try await SightingImport.inventory(file, imports, progress, in: scope)
        }
        return try SightingImport.network(file, source, imports)
      },
      take: { preview, imports, scope in
        guard case .other(_, _, let things as [Seen], let result) = preview.content else {
          throw RecordError.notFound
        }
        let outcome = try await SightingStore(imports.records).take(
          things,
          from: source,
          title: Localized(
            ja: "\(source.label.ja)の取り込み「\(preview.source.name)」",
            en: "\(source.label.en) imported from “\(preview.source.name)”"
          ),
          in: scope
        )
        var report = ImportReport()
        report.new = outcome.new
        report.changed = outcome.changed
        report.same = outcome.same + outcome.repeated
        report.set = outcome.set
        report.refused = outcome.nameless.count + (result?.rows.count { $0.refusal != nil } ?? 0)
        return report
      }
    )
  }
}

extension ImportKind {
  package static let inventory = ImportKind.other(.inventory)
  package static let nmap = ImportKind.other(.nmap)
  package static let dhcp = ImportKind.other(.dhcp)
  package static let arp = ImportKind.other(.arp)
}

private enum SightingImport {
  static func network(_ file: ImportSource, _ source: Sighting.Source, _ imports: RecordImport) throws -> ImportPreview
  {
    let kind: NetworkFiles.Kind =
      switch source {
      case .nmap: .nmap
      case .dhcp: .dhcpLeases
      default: .arpTable
      }
    let reading = try NetworkFiles.read(file.bytes, as: kind)
    let now = imports.records.clock.now()
    let seen = reading.hosts.map { Seen($0, fileTime: now) }
    return ImportPreview(
      source: file,
      content: .other(other(file), count: seen.count, things: seen, result: nil),
      problems: reading.problems.map {
        IntakeProblem(sheet: "", row: $0.line, reason: $0.reason, severity: .note, code: "line.unreadable")
      }
    )
  }

  static func inventory(
    _ source: ImportSource,
    _ imports: RecordImport,
    _ progress: RecordImport.Progress,
    in scope: Scope<ImportLedger>
  ) async throws -> ImportPreview {
    let workbook = try imports.workbook(source)
    let rows = workbook.sheets.reduce(0) { $0 + $1.rows.count }
    try await progress(RecordImport.reading, 0, rows)
    let now = imports.records.clock.now()
    let options = IntakeOptions(
      today: now.day,
      given: source.mapping ?? [:],
      remembered: try await imports.remembered(source.kind.name, in: scope)
    )
    let result = Intake.read(workbook, schema: Inventory.schema, options: options)
    let seen = result.rows.filter { $0.refusal == nil }.map { Inventory.seen($0, fileTime: now) }
    return ImportPreview(
      source: source,
      format: workbook.format,
      content: .other(other(source), count: seen.count, things: seen, result: result),
      problems: RecordImport.lines(workbook) + result.problems,
      skipped: result.skipped,
      leftOut: result.leftOut,
      mappings: result.mappings,
      workbook: workbook
    )
  }

  /// The file says itself what it is.
  private static func other(_ file: ImportSource) -> OtherImport {
    if case .other(let other) = file.kind { return other }
    return .inventory
  }
}
