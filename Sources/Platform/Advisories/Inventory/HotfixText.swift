import Time

/// The tables of `wmic qfe` and `Get-HotFix`: columns under their names, each as wide as its longest value.
enum HotfixText {
  static func isHeader(_ line: Substring) -> Bool { line.contains("HotFixID") && !line.contains(",") }

  /// One entry for each machine the table names.
  static func read(_ text: String) -> [WindowsInventory] {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let start = lines.firstIndex(where: { isHeader($0) }) else { return [] }
    let column = hostColumn(lines[start])
    let isDayFirst = lines[(start + 1)...].contains { date($0).map { $0[0] > 12 && $0[0] <= 31 } ?? false }
    var order: [String?] = []
    var updates: [String?: [String]] = [:]
    var days: [String?: LocalDate] = [:]
    for line in lines[(start + 1)...] {
      let numbers = UpdateNumbers.all(in: line)
      guard !numbers.isEmpty else { continue }
      let host = column.flatMap { value(line, at: $0) }
      if updates[host] == nil { order.append(host) }
      for number in numbers { updates[host, default: []].addOnce(number) }
      if let day = date(line).flatMap({ day($0, isDayFirst: isDayFirst) }) { days[host] = max(days[host] ?? day, day) }
    }
    return order.map { host in
      var inventory = WindowsInventory(listsAllUpdates: true)
      inventory.hostName = host
      inventory.updates = updates[host] ?? []
      inventory.updatedOn = days[host]
      return inventory
    }
  }

  private static func hostColumn(_ header: Substring) -> Int? {
    for name in ["CSName", "PSComputerName", "Source"] {
      if let range = header.firstRange(of: name) {
        return header.distance(from: header.startIndex, to: range.lowerBound)
      }
    }
    return nil
  }

  private static func value(_ line: Substring, at column: Int) -> String? {
    guard line.count > column else { return nil }
    let word = line[line.index(line.startIndex, offsetBy: column)...].prefix { !$0.isWhitespace }
    return word.isEmpty ? nil : String(word)
  }

  /// The three numbers of the last word that is a date: `11/14/2026`, `2026/11/14`, `14.11.2026`.
  private static func date(_ line: Substring) -> [Int]? {
    for word in line.split(whereSeparator: \.isWhitespace).reversed() {
      let parts = word.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
      let numbers = parts.compactMap { Int($0) }
      if parts.count == 3, numbers.count == 3, numbers.contains(where: { $0 > 1_900 }) { return numbers }
    }
    return nil
  }

  /// Windows writes dates as its region does: years first, or months first as the United States, which the file contradicts
  /// where a first number is none of a month.
  private static func day(_ numbers: [Int], isDayFirst: Bool) -> LocalDate? {
    if numbers[0] > 1_900 { return LocalDate(year: numbers[0], month: numbers[1], day: numbers[2]) }
    let (month, day) = isDayFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
    return LocalDate(year: numbers[2], month: month, day: day)
  }
}
