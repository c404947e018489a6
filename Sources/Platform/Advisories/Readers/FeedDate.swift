import Time

/// Moments and days as feeds write them.
enum FeedDate {
  /// `2024-10-22T13:54:41.943`, with or without fraction and with `Z`, `+09:00`, `+0900` or nothing (then UTC, as NVD
  /// means it), or only a day (the beginning of it in UTC).
  static func instant(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
    guard let day = day(bytes) else { return nil }
    var milliseconds = Int64(day.dayNumber) * 86_400_000
    guard bytes.count > 10 else { return Instant(milliseconds: milliseconds) }
    guard bytes[10] == UInt8(ascii: "T") || bytes[10] == 32 || bytes[10] == UInt8(ascii: "t"), bytes.count >= 16,
      let hour = number(bytes, 11..<13), let minute = number(bytes, 14..<16), hour < 25, minute < 60
    else { return nil }
    var second = 0
    var at = 16
    if bytes.count >= 19, bytes[16] == UInt8(ascii: ":") {
      guard let seconds = number(bytes, 17..<19), seconds < 61 else { return nil }
      second = seconds
      at = 19
    }
    milliseconds += Int64(hour * 3600 + minute * 60 + second) * 1000
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ",") {
      at += 1
      var weight: Int64 = 100
      while at < bytes.count, let digit = digit(bytes[at]) {
        milliseconds += Int64(digit) * weight
        weight /= 10
        at += 1
      }
    }
    guard let zone = zone(bytes, at) else { return nil }
    return Instant(milliseconds: milliseconds - zone)
  }

  static func instant(_ value: JSONValue?) -> Instant? { value?.bytes.flatMap(instant) }

  static func instant(_ text: some StringProtocol) -> Instant? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { instant($0) }
  }

  /// The day at the front: `2024-10-22`.
  static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalDate? {
    guard bytes.count >= 10, bytes[4] == 45, bytes[7] == 45, let year = number(bytes, 0..<4),
      let month = number(bytes, 5..<7), let day = number(bytes, 8..<10)
    else { return nil }
    return LocalDate(year: year, month: month, day: day)
  }

  static func day(_ value: JSONValue?) -> LocalDate? { value?.bytes.flatMap(day) }

  static func day(_ text: some StringProtocol) -> LocalDate? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { day($0) }
  }

  private static func zone(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int64? {
    guard at < bytes.count else { return 0 }
    switch bytes[at] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return at + 1 == bytes.count ? 0 : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard at + 5 <= bytes.count, let hours = number(bytes, (at + 1)..<(at + 3)) else { return nil }
      let start = bytes[at + 3] == UInt8(ascii: ":") ? at + 4 : at + 3
      guard start + 2 == bytes.count, let minutes = number(bytes, start..<(start + 2)) else { return nil }
      let offset = Int64(hours * 60 + minutes) * 60_000
      return bytes[at] == UInt8(ascii: "-") ? -offset : offset
    default: return nil
    }
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      guard let digit = digit(bytes[index]) else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> Int? { byte >= 48 && byte <= 57 ? Int(byte) - 48 : nil }
}
