package import Time

/// Reading of the dates people type and paste: 2026/11/21, 令和8年11月21日, R8.11.21, Ｒ８．１１．２１, 20261121, 11/21,
/// 21 Nov 2026. Nothing is guessed in silence: what was understood otherwise than written comes with a notice, what has
/// two meanings comes back as a question, and a refusal says why and what to write instead.
package enum JapaneseDate {
  package enum Reading: Sendable, Hashable {
    /// The day. The notice says how it was understood when that is not what the text says, and is shown before saving.
    case date(LocalDate, notice: Localized?)
    /// Several days are possible; the person chooses.
    case ambiguous([LocalDate], question: Localized)
    case invalid(reason: Localized)

    /// The day when there is exactly one, with or without a notice.
    package var day: LocalDate? {
      if case .date(let day, _) = self { day } else { nil }
    }
  }

  package enum MomentReading: Sendable, Hashable {
    case moment(Instant, notice: Localized?)
    case ambiguous([Instant], question: Localized)
    case invalid(reason: Localized)

    package var moment: Instant? {
      if case .moment(let moment, _) = self { moment } else { nil }
    }
  }

  /// The day a text names. A time of day behind it is checked and passed over; a weekday that does not fit gives a
  /// notice. `today` decides the year of 11/21: the one of its fiscal year.
  package static func read(_ text: String, today: LocalDate) -> Reading {
    var text = text
    if let day = text.withUTF8({ plainDay($0) ?? letteredDay($0) }) { return .date(day, notice: nil) }
    switch understand(text, today: today) {
    case .invalid(let reason): return .invalid(reason: reason)
    case .days(let days, nil, let notice, let time):
      // 20:00 of UTC is the next morning in Japan.
      let shift = time.map { $0.isZoned ? Instant(days[0]).adding(seconds: $0.seconds).day : days[0] }
      return .date(shift ?? days[0], notice: notice)
    case .days(let days, let question?, _, _): return .ambiguous(days, question: question)
    }
  }

  /// The moment a text names, a day and a time in Japan: 2026/11/15 09:16, 令和8年11月15日 午後9時16分, 11/15 26:00 (2:00 of
  /// the next day), 2026-11-15T00:16:00Z. Without a time it is 0:00, with a notice.
  package static func readMoment(_ text: String, today: LocalDate) -> MomentReading {
    switch understand(text, today: today) {
    case .invalid(let reason): return .invalid(reason: reason)
    case .days(let days, let question, let notice, let time):
      let moments = days.map { Instant($0).adding(seconds: time?.seconds ?? 0) }
      if let question { return .ambiguous(moments, question: question) }
      let missing = Localized(ja: "時刻がないため、0:00として登録します", en: "No time given: recorded as 00:00")
      return .moment(moments[0], notice: joined(notice, time == nil ? missing : nil))
    }
  }

  /// The day of a spreadsheet's serial number; nil for serial 60 and below, and outside the calendar.
  package static func excelSerial(_ serial: Double, date1904: Bool) -> LocalDate? {
    LocalDate(excelSerial: serial, date1904: date1904)
  }

  enum Understanding {
    /// At least one day. With a question the person has to choose.
    case days([LocalDate], question: Localized?, notice: Localized?, time: DateParser.TimeOfDay?)
    case invalid(Localized)
  }

  static func joined(_ first: Localized?, _ second: Localized?) -> Localized? {
    guard let first, let second else { return first ?? second }
    return Localized(ja: "\(first.ja)。\(second.ja)", en: "\(first.en). \(second.en)")
  }

  private static func understand(_ text: String, today: LocalDate) -> Understanding {
    if text.utf8.count > 200 {
      return .invalid(Localized(ja: "日付として長すぎます。日付だけを入力してください。", en: "Too long for a date. Enter the date alone."))
    }
    switch DateTokens.read(text) {
    case .failure(let refusal): return .invalid(refusal.reason)
    case .success(let tokens):
      if tokens.isEmpty {
        return .invalid(Localized(ja: "日付が入力されていません。", en: "No date has been entered."))
      }
      var parser = DateParser(tokens, text: Width.trimmed(text), today: today)
      do throws(DateRefusal) {
        return try parser.read()
      } catch {
        return .invalid(error.reason)
      }
    }
  }

  /// 2026-11-21, 2026/1/2, 2026.11.21 and 20261121, straight from the bytes: nearly every cell of a sheet is one of
  /// these. Nil for all else, also for days that do not exist.
  private static func plainDay(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalDate? {
    guard bytes.count >= 8, bytes.count <= 10 else { return nil }
    var numbers = (0, 0, 0)
    var part = 0
    var digits = 0
    var separator: UInt8 = 0
    for byte in bytes {
      if byte >= 48, byte <= 57 {
        let digit = Int(byte) - 48
        switch part {
        case 0: numbers.0 = numbers.0 * 10 + digit
        case 1: numbers.1 = numbers.1 * 10 + digit
        default: numbers.2 = numbers.2 * 10 + digit
        }
        digits += 1
      } else {
        guard byte == 45 || byte == 47 || byte == 46, part == 0 ? digits == 4 : byte == separator, digits > 0, part < 2
        else { return nil }
        separator = byte
        part += 1
        digits = 0
      }
    }
    if part == 0, digits == 8 {
      return LocalDate(year: numbers.0 / 10000, month: numbers.0 / 100 % 100, day: numbers.0 % 100)
    }
    guard part == 2, digits == 1 || digits == 2 else { return nil }
    return LocalDate(year: numbers.0, month: numbers.1, day: numbers.2)
  }

  /// R8.11.21 and H31/4/30 from the bytes. Nil for all else, also for days outside the era, which need a notice.
  private static func letteredDay(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalDate? {
    guard bytes.count >= 6, bytes.count <= 9, bytes[0] >= 65, bytes[0] <= 122 else { return nil }
    var numbers = (0, 0, 0)
    var part = 0
    var digits = 0
    for byte in bytes.dropFirst() {
      if byte >= 48, byte <= 57 {
        let digit = Int(byte) - 48
        switch part {
        case 0: numbers.0 = numbers.0 * 10 + digit
        case 1: numbers.1 = numbers.1 * 10 + digit
        default: numbers.2 = numbers.2 * 10 + digit
        }
        digits += 1
      } else {
        guard byte == 45 || byte == 47 || byte == 46, digits == 1 || digits == 2, part < 2 else { return nil }
        part += 1
        digits = 0
      }
    }
    guard part == 2, digits == 1 || digits == 2, numbers.0 > 0 else { return nil }
    guard let era = Era.all.first(where: { $0.letter.utf8.first == bytes[0] & 0xdf }),
      let day = LocalDate(year: era.first.year + numbers.0 - 1, month: numbers.1, day: numbers.2), Era.of(day) == era
    else { return nil }
    return day
  }
}

/// Why a text is no date, for the person who typed it.
struct DateRefusal: Error {
  let reason: Localized

  init(ja: String, en: String) { reason = Localized(ja: ja, en: en) }
}
