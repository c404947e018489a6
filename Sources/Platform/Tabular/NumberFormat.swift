import Time

/// What a number in a cell means, as far as its format tells (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum NumberFormat: Sendable, Equatable {
  case general
  case date
  case dateAndTime
  case time
  /// Hours beyond a day: `[h]:mm`.
  case elapsed
  case percent
  /// Only zeros and fixed signs, as `00000` or `000-0000`.
  case digits([UInt8])

  /// The formats that files name by number only. 27 to 36 and 50 to 58 are those of Japanese Excel.
  init(builtIn id: Int) {
    switch id {
    case 9, 10: self = .percent
    case 14...17, 27...31, 34...36, 50...58: self = .date
    case 18...21, 32, 33, 45, 47: self = .time
    case 22: self = .dateAndTime
    case 46: self = .elapsed
    default: self = .general
    }
  }

  /// The format as written, `[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@`. The first section decides.
  init(code: String) {
    guard !code.asciiLowercased.hasPrefix("general"), !code.hasPrefix("G/標準") else {
      self = .general
      return
    }
    let signs = FormatSigns(Array(code.utf8))
    self =
      if signs.isElapsed {
        .elapsed
      } else if signs.hasDay {
        signs.hasClock ? .dateAndTime : .date
      } else if signs.hasClock {
        .time
      } else if signs.hasMonthOrMinute {
        .date
      } else if signs.isPercent {
        .percent
      } else if let mask = signs.mask, mask.count(where: { $0 == 0 }) >= 2 {
        .digits(mask)
      } else {
        .general
      }
  }

  /// The value of a cell that stores this number. `raw` is how the file writes it.
  func value(_ number: Double, raw: UnsafeBufferPointer<UInt8>, epoch1904: Bool) -> CellValue {
    switch self {
    case .general: .number(number, text: Self.general(number, raw))
    case .percent: .number(number, text: NumberText.shown(number * 100) + "%")
    case .digits(let mask): .number(number, text: Self.masked(number, mask) ?? Self.general(number, raw))
    case .date: Self.day(number, epoch1904, withTime: false)
    case .dateAndTime: Self.day(number, epoch1904, withTime: true)
    case .time: number >= 1 ? Self.day(number, epoch1904, withTime: true) : Self.clock(number)
    case .elapsed: Self.clock(number)
    }
  }

  /// What is written as a person would write it stays as it is.
  @inline(__always)
  private static func general(_ number: Double, _ raw: UnsafeBufferPointer<UInt8>) -> String {
    NumberText.isPlain(raw) ? String(decoding: raw, as: UTF8.self) : NumberText.shown(number)
  }

  private static func masked(_ number: Double, _ mask: [UInt8]) -> String? {
    guard number >= 0, number < 1e15, number == number.rounded() else { return nil }
    var digits = Array(String(Int64(number)).utf8)
    var shown = mask
    for index in mask.indices.reversed() where mask[index] == 0 {
      shown[index] = digits.popLast() ?? 48
    }
    // What is longer than the mask is never cut off.
    shown.insert(contentsOf: digits, at: mask.firstIndex(of: 0) ?? 0)
    return String(decoding: shown, as: UTF8.self)
  }

  /// A serial number of days. In the 1900 system 60 is 1900-02-29, a day that never was (kept by Excel for the sake
  /// of Lotus 1-2-3), so everything before it is one off.
  private static func day(_ number: Double, _ epoch1904: Bool, withTime: Bool) -> CellValue {
    let limit = epoch1904 ? 2_957_004.0 : 2_958_466.0
    guard number >= 0, number < limit else { return .error("########") }
    // To the second first: 14:05 is stored as 0.586805555555556.
    let seconds = Int((number * 86_400).rounded())
    let serial = seconds / 86_400
    if !epoch1904, serial == 60 { return .error("1900/2/29") }
    if !epoch1904, serial == 0 { return withTime ? clock(number) : .error("1900/1/0") }
    // 1904-01-01, 1899-12-31 and 1899-12-30 as days since 1970.
    let epoch = epoch1904 ? -24_107 : serial < 60 ? -25_568 : -25_569
    let day = LocalDate(dayNumber: epoch + serial)
    return .date(day, minutes: withTime ? seconds % 86_400 / 60 : nil)
  }

  private static func clock(_ number: Double) -> CellValue {
    guard number >= 0, number < 1e6 else { return .error("########") }
    return .number(number, text: CellValue.clockText(minutes: Int((number * 86_400).rounded()) / 60))
  }
}

/// What the first section of a format code is made of.
private struct FormatSigns {
  var hasDay = false
  var hasClock = false
  /// `m` is a month beside a day and a minute beside an hour.
  var hasMonthOrMinute = false
  var isElapsed = false
  var isPercent = false
  /// The fixed signs with a 0 byte for each digit, while there is nothing else.
  var mask: [UInt8]? = []

  init(_ code: [UInt8]) {
    var at = 0
    while at < code.count, code[at] != UInt8(ascii: ";") {
      at = take(code, at)
    }
  }

  /// Notes what stands at a place; where the next thing begins.
  private mutating func take(_ code: [UInt8], _ at: Int) -> Int {
    switch code[at] {
    case UInt8(ascii: "\""):
      let end = code[(at + 1)...].firstIndex(of: code[at]) ?? code.count
      mask?.append(contentsOf: code[(at + 1)..<end])
      return end + 1
    case UInt8(ascii: "\\"):
      if at + 1 < code.count { mask?.append(code[at + 1]) }
      return at + 2
    case UInt8(ascii: "_"), UInt8(ascii: "*"):
      return at + 2
    case UInt8(ascii: "["):
      // `[h]`, `[mm]`; `[Red]`, `[$-411]`, `[>100]` say nothing about the kind.
      let end = code[at...].firstIndex(of: UInt8(ascii: "]")) ?? code.count
      let inner = code[(at + 1)..<end]
      if let first = inner.first, "hmsHMS".utf8.contains(first), inner.allSatisfy({ $0 == first }) { isElapsed = true }
      return end + 1
    case UInt8(ascii: "%"):
      isPercent = true
      return at + 1
    case UInt8(ascii: "0"):
      mask?.append(0)
      return at + 1
    case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"):
      mask?.append(code[at])
      return at + 1
    default:
      mask = nil
      return takeLetter(code, at)
    }
  }

  private mutating func takeLetter(_ code: [UInt8], _ at: Int) -> Int {
    switch code[at] | 0x20 {
    case UInt8(ascii: "y"), UInt8(ascii: "d"), UInt8(ascii: "g"), UInt8(ascii: "b"): hasDay = true
    case UInt8(ascii: "e"):
      // `0.00E+00` is a number; `e` alone is the year of the era.
      if at + 1 < code.count, code[at + 1] == UInt8(ascii: "+") || code[at + 1] == UInt8(ascii: "-") { return at + 2 }
      hasDay = true
    case UInt8(ascii: "h"), UInt8(ascii: "s"): hasClock = true
    case UInt8(ascii: "m"): hasMonthOrMinute = true
    case UInt8(ascii: "a"):
      let rest = String(decoding: code[at...].prefix(5), as: UTF8.self).asciiLowercased
      if rest == "am/pm" || rest.hasPrefix("a/p") {
        hasClock = true
        return at + (rest == "am/pm" ? 5 : 3)
      }
      // `aaa` is the day of the week.
      hasDay = true
    default: break
    }
    return at + 1
  }
}
