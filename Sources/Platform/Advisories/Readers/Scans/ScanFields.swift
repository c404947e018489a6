import Time

/// What reports of scanners have in common.
enum ScanFields {
  /// Seconds since 1970.
  static func moment(_ text: String) -> Instant? {
    guard let seconds = Int64(text), (1..<(1 << 40)).contains(seconds) else { return nil }
    return Instant(milliseconds: seconds * 1000)
  }

  /// Nessus and older reports write `Tue Nov 21 03:35:32 2026`, as C's `asctime` does, in the clock of the scanner;
  /// here it counts as Japan's.
  static func asctime(_ text: String) -> Instant? {
    let parts = text.split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 5, let month = months.firstIndex(of: String(parts[1])), let day = Int(parts[2]),
      let year = Int(parts[4]), let date = LocalDate(year: year, month: month + 1, day: day)
    else { return nil }
    let clock = parts[3].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, clock.allSatisfy({ (0..<60).contains($0) }) else { return nil }
    return Instant(date, hour: clock[0], minute: clock[1], second: clock[2])
  }

  /// The highest of several scores.
  static func tenths(_ texts: [String?]) -> Int? { texts.compactMap { JVNFields.tenths($0) }.max() }
}
