/// Orders that read a version into a few numbers first: Java, Oracle, vSphere, Windows, dates.
enum NumbersOrder {
  /// Numbers filled up with zeros.
  static func compare(_ left: [Int], _ right: [Int]) -> VersionOrder {
    for index in 0..<max(left.count, right.count) {
      let order = VersionOrder(index < left.count ? left[index] : 0, index < right.count ? right[index] : 0)
      if order != .equal { return order }
    }
    return .equal
  }

  /// Feature, interim, update: `1.8.0_391`, `8u391` and `8 Update 391` are 8, 0, 391; `11.0.21+9` is 11, 0, 21. Nil where
  /// other letters stand in it (`8u391-b13` ends before its build).
  static func java(_ cursor: VersionCursor) -> [Int]? {
    var cursor = cursor
    var numbers: [Int] = []
    scan: while cursor.kind != .end {
      if cursor.kind == .number {
        guard let number = cursor.number else { return nil }
        numbers.append(number)
      } else {
        switch VersionWords.word(cursor.wordKey).meaning {
        // An update: the third number.
        case 22: while numbers.count < (numbers.first == 1 ? 3 : 2) { numbers.append(0) }
        default:
          if numbers.isEmpty { return nil }
          break scan
        }
      }
      cursor.advance()
    }
    if numbers.first == 1, numbers.count > 1 { numbers.removeFirst() }
    return numbers.isEmpty ? nil : numbers
  }

  /// `19c` is 19, `11gR2` 11.2, `19.21.0.0.0` itself. A quarterly patch (`CPUJan2024`) is year and month, and is not
  /// ordered against releases.
  static func oracle(_ cursor: VersionCursor) -> (numbers: [Int], isQuarter: Bool)? {
    var cursor = cursor
    var numbers: [Int] = []
    var month: Int?
    while cursor.kind != .end {
      if cursor.kind == .number {
        guard let number = cursor.number else { return nil }
        numbers.append(number)
      } else {
        let key = cursor.wordKey
        if isOracleLetter(key) || key == 114 {
          cursor.advance()
          continue
        }
        guard numbers.isEmpty, let found = quarter(key) else { return nil }
        month = found
      }
      cursor.advance()
    }
    if let month {
      guard numbers.count == 1, let year = numbers.first, year > 1990 else { return nil }
      return ([year, month], true)
    }
    return numbers.isEmpty ? nil : (numbers, false)
  }

  /// c, g or i behind a release, alone or with the R of R2.
  static func isOracleLetter(_ key: UInt64) -> Bool {
    let letter = key > 255 && key & 255 == 114 ? key >> 8 : key
    return letter == 99 || letter == 103 || letter == 105
  }

  private static func quarter(_ key: UInt64) -> Int? {
    for (name, month) in [("jan", 1), ("apr", 4), ("jul", 7), ("oct", 10)] {
      let word = name.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      if key & 0xff_ffff == word { return month }
    }
    return nil
  }

  /// A Windows build, `10.0.19045.4170` or `19045.4170`.
  static func windows(_ cursor: VersionCursor) -> [Int]? {
    var cursor = cursor
    var numbers: [Int] = []
    while cursor.kind != .end {
      guard let number = cursor.number else { return nil }
      numbers.append(number)
      cursor.advance()
    }
    if let build = numbers.first, build >= 7600 { numbers = (build < 10240 ? [6, 0] : [10, 0]) + numbers }
    return numbers.count < 2 ? nil : numbers
  }

  static func windows(_ left: [Int], _ right: [Int]) -> VersionOrder {
    let shared = min(left.count, right.count)
    let order = compare(Array(left[..<shared]), Array(right[..<shared]))
    // The same build with and without revision: unknown, never zero.
    return order == .equal && left.count != right.count && shared < 4 ? .unknown : order
  }

  /// Year and month of a Windows release: `1809`, `20H2`.
  static func windowsRelease(_ cursor: VersionCursor) -> Int? {
    var cursor = cursor
    guard let first = cursor.number else { return nil }
    cursor.advance()
    if cursor.kind == .end { return (1507...2004).contains(first) && (1...12).contains(first % 100) ? first : nil }
    guard cursor.kind == .word, cursor.wordKey == 104, (20...99).contains(first) else { return nil }
    cursor.advance()
    guard let half = cursor.number, half == 1 || half == 2 else { return nil }
    cursor.advance()
    return cursor.kind == .end ? first * 100 + (half == 1 ? 5 : 10) : nil
  }

  /// `20231010`, `2023-10-10`, `2023.10.10`: year, month, day and what follows.
  static func date(_ cursor: VersionCursor) -> [Int]? {
    var cursor = cursor
    guard let first = cursor.number else { return nil }
    var numbers = [first]
    if first >= 1_000_000 { numbers = [first / 10_000, first / 100 % 100, first % 100] }
    cursor.advance()
    while cursor.kind == .number {
      guard let number = cursor.number else { return nil }
      numbers.append(number)
      cursor.advance()
    }
    guard cursor.kind == .end, numbers.count >= 3, (1980...2100).contains(numbers[0]) else { return nil }
    return (1...12).contains(numbers[1]) && (1...31).contains(numbers[2]) ? numbers : nil
  }

  /// Release, update and build of vSphere.
  struct VSphere {
    var release: [Int] = []
    var update: [Int]?
    var build: Int?

    init?(_ cursor: VersionCursor) {
      var cursor = cursor
      while cursor.kind == .number {
        guard let number = cursor.number else { return nil }
        release.append(number)
        cursor.advance()
      }
      guard !release.isEmpty else { return nil }
      while cursor.kind == .word {
        let meaning = VersionWords.word(cursor.wordKey).meaning
        cursor.advance()
        guard let number = cursor.number else { return nil }
        cursor.advance()
        switch meaning {
        case 22:
          update = [number]
          // Update 3k: the letter counts within the update.
          if cursor.kind == .word, cursor.wordLength == 1 {
            update?.append(Int(cursor.wordKey) - 96)
            cursor.advance()
          }
        case 29: build = number
        default: return nil
        }
      }
      guard cursor.kind == .end else { return nil }
    }

    /// By release; then by update; then by build. A build alone cannot be put between updates.
    func compare(_ other: VSphere) -> VersionOrder {
      let order = NumbersOrder.compare(release, other.release)
      if order != .equal { return order }
      if let build, let otherBuild = other.build { return VersionOrder(build, otherBuild) }
      if (update == nil && build != nil) || (other.update == nil && other.build != nil) { return .unknown }
      return NumbersOrder.compare(update ?? [], other.update ?? [])
    }
  }
}
