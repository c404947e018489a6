import Text

/// Reads Excel workbooks (.xlsx), whole or row by row.
///
/// Row by row a sheet of a million cells needs no more memory than its shared texts and a window of its XML:
/// ```swift
/// let reader = try XLSXReader(bytes)
/// try reader.forEachRow(ofSheet: 0) { row in … ; return true }
/// ```
package struct XLSXReader: Sendable {
  package struct SheetInfo: Sendable, Hashable {
    package let name: String
    package let isHidden: Bool
  }

  /// What a sheet has besides its rows.
  package struct SheetLayout: Sendable, Hashable {
    package let merges: [CellRange]
    /// From 0.
    package let hiddenColumns: Set<Int>
  }

  /// In the order of the tabs, hidden ones too; charts are left out.
  package let sheets: [SheetInfo]
  private let archive: ZipArchive
  private let parts: WorkbookParts
  private let limits: ReadLimits

  /// Opens a workbook and reads what all its sheets share.
  package init(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) throws(TabularError) {
    guard !bytes.isEmpty else { throw .empty }
    if bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) { throw CompoundFile.refusal(bytes) }
    archive = try ZipArchive(bytes, limits: limits)
    parts = try WorkbookParts(archive, limits)
    sheets = parts.sheets.map { SheetInfo(name: $0.name, isHidden: $0.isHidden) }
    self.limits = limits
  }

  /// Hands over the rows of one sheet that have values, in the order of the file, until `body` returns false. The
  /// index is that of `sheets`; nothing happens for one that is not there.
  @discardableResult
  package func forEachRow(
    ofSheet index: Int,
    _ body: (SheetRow) -> Bool
  ) throws(TabularError) -> SheetLayout {
    var budget = limits.cells
    return try forEachRow(ofSheet: index, budget: &budget, body)
  }

  /// The whole workbook.
  package func readAll() throws(TabularError) -> Workbook {
    var budget = limits.cells
    var read: [Sheet] = []
    for (index, info) in sheets.enumerated() {
      var rows: [SheetRow] = []
      let layout = try forEachRow(ofSheet: index, budget: &budget) { row in
        rows.append(row)
        return true
      }
      read.append(
        Sheet(
          name: info.name,
          isHidden: info.isHidden,
          rows: rows,
          merges: layout.merges,
          hiddenColumns: layout.hiddenColumns
        )
      )
    }
    return Workbook(sheets: read, format: .xlsx)
  }

  private func forEachRow(
    ofSheet index: Int,
    budget: inout Int,
    _ body: (SheetRow) -> Bool
  ) throws(TabularError) -> SheetLayout {
    guard parts.sheets.indices.contains(index) else { return SheetLayout(merges: [], hiddenColumns: []) }
    let sheet = parts.sheets[index]
    do {
      var scanner = SheetScanner(
        try XMLScanner(PartStream(archive, sheet.entry)),
        parts,
        name: sheet.name,
        limits: limits
      )
      var cells: [CellValue] = []
      while let (number, isHidden) = try scanner.nextRow(into: &cells, budget: &budget) {
        guard !cells.isEmpty else { continue }
        guard body(SheetRow(number: number, cells: cells, isHidden: isHidden)) else { break }
      }
      return SheetLayout(merges: scanner.merges, hiddenColumns: scanner.hiddenColumns)
    } catch {
      throw error.at(TablePlace(sheet: sheet.name))
    }
  }
}

/// The container of Office files before 2007. It also holds newer ones that carry a password.
enum CompoundFile {
  /// Encrypted packages have a stream `EncryptedPackage`, old workbooks one named `Workbook` or `Book` (MS-CFB,
  /// MS-OFFCRYPTO). The names stand in UTF-16.
  static func refusal(_ bytes: [UInt8]) -> TabularError {
    contains(bytes, "EncryptedPackage") ? .passwordProtected : .oldExcel
  }

  private static func contains(_ bytes: [UInt8], _ name: String) -> Bool {
    let expected = name.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    // Names begin at multiples of 128 bytes.
    for start in stride(from: 0, to: bytes.count, by: 128) where bytes[start...].starts(with: expected) {
      return true
    }
    return false
  }
}
