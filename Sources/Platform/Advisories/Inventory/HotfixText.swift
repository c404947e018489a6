/// The tables of `wmic qfe` and `Get-HotFix`: columns under their names, each as wide as its longest value.
enum HotfixText {
  static func isHeader(_ line: Substring) -> Bool { line.contains("HotFixID") && !line.contains(",") }

  /// One entry for each machine the table names.
  static func read(_ text: String) -> [WindowsInventory] {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let start = lines.firstIndex(where: { isHeader($0) }) else { return [] }
    let column = hostColumn(lines[start])
    var order: [String?] = []
    var updates: [String?: [String]] = [:]
    for line in lines[(start + 1)...] {
      let numbers = UpdateNumbers.all(in: line)
      guard !numbers.isEmpty else { continue }
      let host = column.flatMap { value(line, at: $0) }
      if updates[host] == nil { order.append(host) }
      for number in numbers { updates[host, default: []].addOnce(number) }
    }
    return order.map { host in
      var inventory = WindowsInventory(listsAllUpdates: true)
      inventory.hostName = host
      inventory.updates = updates[host] ?? []
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
}
