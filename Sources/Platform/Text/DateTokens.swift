private import Time

/// A piece of a written date.
enum DateToken: Hashable {
  case number(Int, digits: Int)
  /// Index in `Era.all`.
  case era(Int)
  /// 元, the first year.
  case first
  /// `- / . : + ,`
  case mark(UInt8)
  case unit(Unit)
  /// 0 is Sunday.
  case weekday(Int)
  /// A month by its English name.
  case month(Int)
  /// The letter T, Taisho or the sign between day and time.
  case letterT
  case afternoon(Bool, kanji: Bool)
  case noon
  case nextDay
  case western
  /// Offset from UTC by name: Z, UTC, JST.
  case zone(minutes: Int)

  enum Unit: Hashable { case year, month, day, hour, minute, second, fiscal, half }
}

enum DateTokens {
  /// Cuts a text into pieces, whatever its width; blanks only end a number.
  static func read(_ text: String) -> Result<[DateToken], DateRefusal> {
    var rest = normalised(text)[...]
    var tokens: [DateToken] = []
    while let scalar = rest.first {
      if scalar == " " {
        rest.removeFirst()
      } else if let number = takeNumber(&rest) {
        tokens.append(number)
      } else if let word = takeWord(&rest) {
        guard let token = token(word) else { return .failure(unreadable(word)) }
        tokens.append(token)
      } else if scalar == "(" || scalar == "[" {
        tokens += takeBracket(&rest)
      } else if let token = takeKanji(&rest, last: tokens.last) {
        tokens.append(token)
      } else if "-/.:+,".unicodeScalars.contains(scalar) {
        tokens.append(.mark(UInt8(scalar.value)))
        rest.removeFirst()
      } else {
        return .failure(unreadable(foreignWord(rest)))
      }
    }
    return .success(tokens)
  }

  /// What stands where a date cannot go on, as a whole: 「きのう」, not 「き」.
  private static func foreignWord(_ rest: ArraySlice<Unicode.Scalar>) -> String {
    let word = rest.prefix { !(" ()[]-/.:+,".unicodeScalars.contains($0) || ("0"..."9").contains($0)) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: (word.isEmpty ? rest.prefix(1) : word).prefix(20))
    return String(text)
  }

  private static func unreadable(_ piece: String) -> DateRefusal {
    DateRefusal(
      ja: "「\(piece)」は日付として読めません。2026/11/21 または 令和8年11月21日 の形で入力してください。",
      en: "‘\(piece)’ cannot be read as a date. Write 2026/11/21 or 21 Nov 2026."
    )
  }

  /// Half width, squared eras and days written out, dashes of all kinds `-`.
  private static func normalised(_ text: String) -> [Unicode.Scalar] {
    var out: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xff01...0xff5e: out.append(Unicode.Scalar(UInt8(scalar.value - 0xfee0)))
      case 0x337b: out += "平成".unicodeScalars
      case 0x337c: out += "昭和".unicodeScalars
      case 0x337d: out += "大正".unicodeScalars
      case 0x337e: out += "明治".unicodeScalars
      case 0x32ff: out += "令和".unicodeScalars
      case 0x32c0...0x32cb: out += "\(scalar.value - 0x32bf)月".unicodeScalars
      case 0x33e0...0x33fe: out += "\(scalar.value - 0x33df)日".unicodeScalars
      case 0x322a...0x3230: out += "(\(weekdays[Int(scalar.value - 0x322a + 1) % 7]))".unicodeScalars
      case 0x30fc, 0xff70: out.append("-")
      case 0x3002, 0xff61, 0x30fb, 0xff65: out.append(".")
      case 0x3001, 0xff64: out.append(",")
      case 0x3014, 0x3010: out.append("(")
      case 0x3015, 0x3011: out.append(")")
      case let value where FoldTable.isIgnored(value) && !scalar.properties.isWhitespace: continue
      case let value where Width.isDash(value): out.append("-")
      default: out.append(scalar.properties.isWhitespace ? " " : scalar)
      }
    }
    return out
  }

  private static let weekdays: [Unicode.Scalar] = ["日", "月", "火", "水", "木", "金", "土"]
  private static let numerals: [Unicode.Scalar: Int] = [
    "〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]

  /// Digits, or 二十一, 二〇二六.
  private static func takeNumber(_ rest: inout ArraySlice<Unicode.Scalar>) -> DateToken? {
    var value = 0
    var digits = 0
    while let scalar = rest.first, (48...57).contains(scalar.value), digits < 15 {
      value = value * 10 + Int(scalar.value) - 48
      digits += 1
      rest.removeFirst()
    }
    if digits > 0 { return .number(value, digits: digits) }
    var tens: Int?
    while let scalar = rest.first, digits < 8 {
      if scalar == "十", tens == nil {
        tens = digits == 0 ? 1 : value
        value = 0
      } else if let numeral = numerals[scalar] {
        value = value * 10 + numeral
      } else {
        break
      }
      digits += 1
      rest.removeFirst()
    }
    if digits == 0 { return nil }
    guard let tens else { return .number(value, digits: digits) }
    return .number(tens * 10 + value, digits: 2)
  }

  private static func takeWord(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
    let letters = rest.prefix { (65...90).contains($0.value) || (97...122).contains($0.value) }
    if letters.isEmpty { return nil }
    rest = rest[letters.endIndex...]
    return String(String.UnicodeScalarView(letters)).lowercased()
  }

  private static func token(_ word: String) -> DateToken? {
    switch word {
    case "t": return .letterT
    case "z", "utc", "gmt": return .zone(minutes: 0)
    case "jst": return .zone(minutes: 540)
    case "am": return .afternoon(false, kanji: false)
    case "pm": return .afternoon(true, kanji: false)
    case "ad": return .western
    default: break
    }
    for (index, era) in Era.all.enumerated()
    where word == era.letter.lowercased() || word == era.english.lowercased() {
      return .era(index)
    }
    for (index, month) in englishMonths.enumerated()
    where word.count >= 3 && month.hasPrefix(word) || word == "sept" && index == 8 {
      return .month(index + 1)
    }
    for (index, day) in englishWeekdays.enumerated() where word.count >= 3 && day.hasPrefix(word) {
      return .weekday(index)
    }
    return nil
  }

  private static let englishMonths = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let englishWeekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  /// What stands in brackets is a weekday, or a remark such as the same year in the other calendar.
  private static func takeBracket(_ rest: inout ArraySlice<Unicode.Scalar>) -> [DateToken] {
    let inside = rest.dropFirst().prefix { $0 != ")" && $0 != "]" }
    rest = rest[inside.endIndex...].dropFirst()
    if let first = inside.first, let weekday = weekdays.firstIndex(of: first),
      inside.count == 1 || !inside.contains(where: { (48...57).contains($0.value) })
    {
      return [.weekday(weekday)]
    }
    var words = inside[...]
    if let word = takeWord(&words), case .weekday(let weekday)? = token(word) { return [.weekday(weekday)] }
    return []
  }

  private static func takeKanji(_ rest: inout ArraySlice<Unicode.Scalar>, last: DateToken?) -> DateToken? {
    for (index, era) in Era.all.enumerated() where take(era.name, &rest) { return .era(index) }
    for (word, token) in words where take(word, &rest) { return token }
    if let first = rest.first, let weekday = weekdays.firstIndex(of: first), rest.dropFirst().first == "曜" {
      rest = rest.dropFirst(2)
      if rest.first == "日" { rest.removeFirst() }
      return .weekday(weekday)
    }
    for (word, unit) in units where take(word, &rest) { return .unit(unit) }
    // 令8.11.21, and 大 only before a number.
    for (index, era) in Era.all.enumerated() where last == nil || last == .western {
      if take(String(era.name.prefix(1)), &rest) { return .era(index) }
    }
    return nil
  }

  private static let words: [(String, DateToken)] = [
    ("元", .first), ("西暦", .western), ("午前", .afternoon(false, kanji: true)), ("午後", .afternoon(true, kanji: true)),
    ("正午", .noon), ("翌日", .nextDay), ("翌", .nextDay),
  ]
  private static let units: [(String, DateToken.Unit)] = [
    ("年度", .fiscal), ("年", .year), ("月", .month), ("日", .day), ("時", .hour), ("分", .minute), ("秒", .second),
    ("半", .half),
  ]

  private static func take(_ word: String, _ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    guard rest.starts(with: word.unicodeScalars) else { return false }
    rest = rest.dropFirst(word.unicodeScalars.count)
    return true
  }
}
