import Nouns
import Sealing
import Text
import Time

/// A calendar file of duties (RFC 5545): one event a duty on the day it is due, all day long, so that it stands at the
/// head of the day and blocks nothing.
package struct ICalendar: Sendable {
  package let name: String
  package let facility: FacilityID
  package let language: Language
  package let now: Instant
  /// Under which address people reach these pages, empty where it is not known.
  package let address: String

  package init(name: String, facility: FacilityID, language: Language, now: Instant, address: String) {
    self.name = name
    self.facility = facility
    self.language = language
    self.now = now
    self.address = address
  }

  package func file(_ duties: [Duty]) -> [UInt8] {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yagura//Yagura//JA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
      "X-WR-CALNAME:\(Self.escaped(name))", "X-WR-TIMEZONE:Asia/Tokyo", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    // Japan keeps one time all year long.
    lines += [
      "BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", "DTSTART:19510909T000000", "TZOFFSETFROM:+0900",
      "TZOFFSETTO:+0900", "TZNAME:JST", "END:STANDARD", "END:VTIMEZONE",
    ]
    for duty in duties { lines += event(duty) }
    lines.append("END:VCALENDAR")
    return lines.flatMap { Self.folded($0) + [13, 10] }
  }

  private func event(_ duty: Duty) -> [String] {
    var lines = [
      "BEGIN:VEVENT", "UID:\(uid(duty))", "DTSTAMP:\(Self.stamp(now))",
      "DTSTART;VALUE=DATE:\(Self.day(duty.due))", "DTEND;VALUE=DATE:\(Self.day(duty.due.adding(days: 1)))",
      "SUMMARY:\(Self.escaped(duty.title[language]))",
    ]
    let who = duty.owner.label[language]
    let text = [duty.reason[language], who].filter { !$0.isEmpty }.joined(separator: "\n")
    lines.append("DESCRIPTION:\(Self.escaped(text))")
    if !address.isEmpty { lines.append("URL:\(address)\(duty.link)") }
    lines += ["CATEGORIES:\(Self.escaped(who))", "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT"]
    return lines
  }

  /// The same for the same duty and day, whoever asks and whenever.
  func uid(_ duty: Duty) -> String {
    let text = "\(facility.rawValue)\n\(duty.id)\n\(duty.due.iso)"
    return "\(Hash.sha256Hex(Array(text.utf8)).prefix(32))@yagura"
  }

  /// TEXT of §3.3.11; other control characters are left out.
  static func escaped(_ text: String) -> String {
    var answer = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": answer += "\\\\"
      case ";": answer += "\\;"
      case ",": answer += "\\,"
      case "\n": answer += "\\n"
      default:
        if scalar.value >= 32, scalar.value != 127 { answer.unicodeScalars.append(scalar) }
      }
    }
    return answer
  }

  /// At most 75 bytes a line (§3.1), never cut within a character.
  static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var used = 0
    for scalar in line.unicodeScalars {
      let piece = Array(String(scalar).utf8)
      if used + piece.count > 75 {
        bytes += [13, 10, 32]
        used = 1
      }
      bytes += piece
      used += piece.count
    }
    return bytes
  }

  private static func day(_ day: LocalDate) -> String { day.iso.filter { $0 != "-" } }

  /// In UTC, `20261121T010203Z`.
  static func stamp(_ instant: Instant) -> String {
    String(instant.iso.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
  }
}
