/// Which cells of a table must stay hidden, so that nobody can tell how few people gave an answer.
///
/// A count from 1 to `least` − 1 is hidden (minimum cell size 5), and so is every cell of a row that fewer than `least`
/// answered, for there each number says something of somebody; only what nobody at all answered is 0 there, too. Margins alone would give such cells away, so that others
/// are hidden beside them until each could be another number: this is checked exactly. The cells that may take part in a
/// change that leaves all published sums as they are form a flow through rows and columns; a hidden cell is safe where
/// such a change exists that moves it (complementary suppression, cf. Cox 1980 and Gusfield 1988 for tables with
/// margins).
///
/// It does not protect where everybody of a large group answers alike, nor against sums over different tables.
package struct Suppression: Sendable {
  package static let least = 5

  /// What the table is of.
  package enum Margins: Sendable {
    /// Rows are groups whose size everybody may know (respondents of a stratum): row totals and the whole stay.
    case rowsArePublic
    /// Rows are answers too: their totals may have to be hidden; the whole stays.
    case onlyTheWholeIsPublic
  }

  private let grid: CountGrid
  private let least: Int
  private let margins: Margins
  private var isHidden: [Bool]
  private var mustBeSafe: [Int] = []

  /// The hidden cells, row by row with margins. `hiddenRows` are rows whose very size would say too much (those a
  /// question was put to, where that depends on an answer that is hidden), `grid.rows` for the row of all; `hiddenColumns`
  /// are columns whose total is hidden elsewhere.
  package static func hidden(
    _ grid: CountGrid,
    margins: Margins,
    hiddenRows: Set<Int> = [],
    hiddenColumns: Set<Int> = [],
    least: Int = Suppression.least
  ) -> [Bool] {
    var work = Suppression(grid: grid, least: least, margins: margins)
    work.begin(hiddenRows, hiddenColumns)
    work.protect()
    return work.isHidden
  }

  private init(grid: CountGrid, least: Int, margins: Margins) {
    self.grid = grid
    self.least = least
    self.margins = margins
    isHidden = Array(repeating: false, count: grid.counts.count)
  }

  private var width: Int { grid.columns + 1 }
  private func place(_ row: Int, _ column: Int) -> Int { row * width + column }
  private func isMargin(_ row: Int, _ column: Int) -> Bool { row == grid.rows || column == grid.columns }

  // MARK: What is small

  private mutating func begin(_ hiddenRows: Set<Int>, _ hiddenColumns: Set<Int>) {
    for row in 0...grid.rows {
      let total = grid[row, grid.columns]
      guard total > 0 else { continue }
      let isWhole = row == grid.rows
      if hiddenRows.contains(row) || total < least {
        // What nobody at all answered is told as 0; without that one small stratum would hide the whole table.
        let mayTellNone = grid.total >= least && !hiddenRows.contains(row)
        for column in 0..<grid.columns where !mayTellNone || grid[grid.rows, column] > 0 { hide(row, column) }
        // How many were asked is hidden where it depends on what is hidden.
        if hiddenRows.contains(row) { hide(row, grid.columns) }
        if total < least, !isWhole, margins == .onlyTheWholeIsPublic { hide(row, grid.columns) }
        continue
      }
      for column in 0..<grid.columns where (1..<least).contains(grid[row, column]) { hide(row, column) }
    }
    for column in hiddenColumns where grid[grid.rows, column] > 0 { hide(grid.rows, column) }
  }

  private mutating func hide(_ row: Int, _ column: Int) {
    let at = place(row, column)
    guard !isHidden[at] else { return }
    isHidden[at] = true
    mustBeSafe.append(at)
  }

  // MARK: What is hidden beside it

  private mutating func protect() {
    var at = 0
    while at < mustBeSafe.count {
      let (row, column) = (mustBeSafe[at] / width, mustBeSafe[at] % width)
      if canMove(row, column) || !cover(row, column) { at += 1 }
    }
  }

  /// Hides the cheapest cells with which the cell is safe. False where there is nothing more to hide.
  private mutating func cover(_ row: Int, _ column: Int) -> Bool {
    var best: (cost: Int, places: [Int])?
    for otherRow in 0...grid.rows where otherRow != row {
      for otherColumn in 0...grid.columns where otherColumn != column {
        let corners = [(row, otherColumn), (otherRow, column), (otherRow, otherColumn)]
        let missing = corners.filter { !isHidden[place($0.0, $0.1)] }
        guard missing.allSatisfy({ mayHide($0.0, $0.1) }) else { continue }
        // Of the corners one pair goes up while the other goes down, so that one pair must not be at zero.
        let opposite = grid[row, column] > 0 && grid[otherRow, otherColumn] > 0
        let beside = grid[row, otherColumn] > 0 && grid[otherRow, column] > 0
        guard opposite || beside else { continue }
        let cost = missing.reduce(0) { $0 + weight($1.0, $1.1) }
        if best.map({ cost < $0.cost }) ?? true { best = (cost, missing.map { place($0.0, $0.1) }) }
      }
    }
    if let best, !best.places.isEmpty {
      let before = isHidden
      for place in best.places { isHidden[place] = true }
      if canMove(row, column) { return true }
      isHidden = before
    }
    return hideAll()
  }

  /// A lost number costs what it counts; a margin costs the more.
  private func weight(_ row: Int, _ column: Int) -> Int {
    grid[row, column] + 1 + (isMargin(row, column) ? grid.total : 0)
  }

  private func mayHide(_ row: Int, _ column: Int) -> Bool {
    if row == grid.rows, column == grid.columns { return false }
    if column == grid.columns { return margins == .onlyTheWholeIsPublic }
    return true
  }

  private mutating func hideAll() -> Bool {
    var isMore = false
    for row in 0...grid.rows {
      for column in 0...grid.columns where mayHide(row, column) && !isHidden[place(row, column)] {
        // That nobody of a group answered is known; where rows are answers it says something.
        if margins == .rowsArePublic, grid[row, grid.columns] == 0 { continue }
        isHidden[place(row, column)] = true
        isMore = true
      }
    }
    return isMore
  }

  // MARK: Whether a hidden cell could be another number

  /// Whether some other table with the same published numbers has another count there. Counts move along hidden cells in
  /// alternating directions; margins, which are sums, move the other way round. None may fall below zero.
  private func canMove(_ row: Int, _ column: Int) -> Bool {
    canMove(row, column, isUp: true) || canMove(row, column, isUp: false)
  }

  private func canMove(_ row: Int, _ column: Int, isUp: Bool) -> Bool {
    guard allows(row, column, isUp: isUp) else { return false }
    // Whoever adds in a column has to take away in it, and then add again in that row, until the first row is met.
    var seenColumns: Set<Int> = [column]
    var seenRows: Set<Int> = []
    var open = [column]
    while let here = open.popLast() {
      for other in 0...grid.rows where !seenRows.contains(other) {
        guard isHidden[place(other, here)], !(other == row && here == column) else { continue }
        guard allows(other, here, isUp: !isUp) else { continue }
        if other == row { return true }
        seenRows.insert(other)
        for next in 0...grid.columns where !seenColumns.contains(next) {
          guard isHidden[place(other, next)], allows(other, next, isUp: isUp) else { continue }
          seenColumns.insert(next)
          open.append(next)
        }
      }
    }
    return false
  }

  /// Whether the signed count of a cell may go up or down by one. Of margins the sign is turned, so that every row and
  /// every column adds up to zero.
  private func allows(_ row: Int, _ column: Int, isUp: Bool) -> Bool {
    let isTurned = (row == grid.rows) != (column == grid.columns)
    return isUp != isTurned || grid[row, column] > 0
  }
}
