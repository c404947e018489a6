import Tabular

/// A cell to look up what was worked out for it before: texts are compared byte by byte. Those of Swift compare what
/// Unicode takes for the same, which costs far more for Japanese than working the cell out again once.
struct CellKey: Hashable {
  let cell: CellValue

  init(_ cell: CellValue) { self.cell = cell }

  static func == (left: CellKey, right: CellKey) -> Bool {
    guard case .text(var first) = left.cell, case .text(var second) = right.cell else { return left.cell == right.cell }
    return first.utf8.count == second.utf8.count
      && first.withUTF8 { bytes in second.withUTF8 { bytes.elementsEqual($0) } }
  }

  func hash(into hasher: inout Hasher) {
    guard case .text(var text) = cell else { return cell.hash(into: &hasher) }
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
