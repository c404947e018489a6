import Text
import Time

/// The table of Windows updates of WES-NG (`definitions.zip`, or one of its CSV files): which KB fixes which CVE on
/// which product, and which KB it replaces. Its 600,000 rows are read one by one.
package enum WindowsUpdatesReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var tally = FeedTally(limits)
    var latest: LocalDate?
    let tables = try (source.members(limits) ?? [source]).filter { $0.name.lowercased().hasSuffix(".csv") }
    guard !tables.isEmpty else { throw notOne }
    for table in tables { try read(table, limits, &tally, &latest, into) }
    let stamp = tables.lazy.compactMap { day($0.name) }.max() ?? latest
    return tally.reading(FeedHead(kind: .windowsUpdates, made: stamp.map { Instant($0) }))
  }

  private static func read(
    _ table: FeedSource,
    _ limits: FeedLimits,
    _ tally: inout FeedTally,
    _ latest: inout LocalDate?,
    _ into: (FeedRecord) throws -> Void
  ) throws {
    var rows = try CSVRows.open(table, limits)
    guard try rows.next() else { return }
    let columns = rows.header()
    guard let cve = columns["cve"], let kb = columns["bulletinkb"], let product = columns["affectedproduct"] else {
      throw notOne
    }
    while try rows.next() {
      // The table of exceptions carries notes.
      if rows[0].first == UInt8(ascii: "#") { continue }
      guard rows.fieldCount >= 5, let affected = rows.filled(product) else {
        tally.skip(row: rows.row, "製品名がありません。", "There is no product.")
        continue
      }
      tally.count()
      // Packages of Azure Linux stand in the same table; they are no Windows updates.
      if rows.text(columns["affectedcomponent"]) == "Mariner" { continue }
      let published = compactDay(rows[columns["dateposted"]])
      latest = [latest, published].compactMap(\.self).max()
      let number = rows.text(kb)
      let update = WindowsUpdate(
        cve: rows.text(cve),
        kb: isNumber(number) ? number : "",
        product: affected,
        supersedes: replaced(rows.text(columns["supersedes"])),
        published: published,
        severity: rows.filled(columns["severity"]),
        impact: rows.filled(columns["impact"])
      )
      try into(.update(update))
    }
  }

  /// `2936068;2953522`, and what stands in the table as well: `3118389<br><br>4022173`, `None`, `SP81X86`.
  private static func replaced(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    return text.split { !$0.isLetter && !$0.isNumber }.map { unprefixed($0) }.filter(isNumber)
  }

  private static func isNumber(_ text: String) -> Bool {
    (5...8).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 48 && $0 < 58 }
  }

  private static func unprefixed(_ text: Substring) -> String {
    String(text.lowercased().hasPrefix("kb") ? text.dropFirst(2) : text)
  }

  /// `20170314`.
  static func compactDay(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalDate? {
    guard bytes.count == 8 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte >= 48, byte < 58 else { return nil }
      value = value * 10 + Int(byte) - 48
    }
    return LocalDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
  }

  /// The day in `CVEs_20260628.csv`.
  private static func day(_ name: String) -> LocalDate? {
    let digits = name.split { !$0.isNumber }.last { $0.utf8.count == 8 }
    return digits.flatMap { text in Array(text.utf8).withUnsafeBufferPointer { compactDay($0) } }
  }

  private static var notOne: FeedError {
    .notA("Windows更新プログラムの表（definitions.zip）", "a table of Windows updates (definitions.zip)")
  }
}
