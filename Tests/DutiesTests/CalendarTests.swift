import Foundation
import Nouns
import SQL
import Sealing
import Support
import Testing
import Text
import Time

@testable import Duties

/// Long holidays, the calendar file (read by Python's icalendar), and the secret address of the feed.
@Suite struct CalendarTests {
  @Test func longHolidaysOfTheYearAreFound() {
    let runs = LongHolidays(calendar: .standard)
      .runs(from: World.day("2026-04-01"), to: World.day("2027-03-31"), least: 5)
    #expect(
      runs.map { "\($0.lowerBound.iso) \($0.upperBound.iso)" } == [
        "2026-05-02 2026-05-06", "2026-09-19 2026-09-23", "2026-12-29 2027-01-03",
      ]
    )
  }

  /// Before New Year: three roles have checks, due on working days before; after it, on working days behind.
  @Test func checksAroundNewYear() throws {
    let duties = LongHolidays(calendar: .standard)
      .duties(from: World.day("2026-12-15"), to: World.day("2027-01-10"), today: World.day("2026-12-21"))
      .filter { $0.id.contains("2026-12-29") }
    #expect(duties.count == LongHolidays.checks.count)
    #expect(Set(duties.map(\.owner)) == [.safetyManager, .administrator, .departmentHead])
    let due = Dictionary(uniqueKeysWithValues: duties.map { ($0.id, $0.due.iso) })
    #expect(due["calendar.holiday.2026-12-29.before.logs-before"] == "2026-12-28")
    #expect(due["calendar.holiday.2026-12-29.before.backups"] == "2026-12-24")
    #expect(due["calendar.holiday.2026-12-29.after.first-look"] == "2027-01-04")
    for duty in duties { #expect(HolidayCalendar.standard.isWorkingDay(duty.due), "\(duty.id)") }
    // The nine rules, each at least once, as the pack says.
    #expect(Set(LongHolidays.checks.map(\.rule)) == Set(1...9))
  }

  /// Around every long holiday of the known years each check shows before it is due, and not for ever.
  @Test func eachCheckIsShownInTime() {
    let holidays = LongHolidays(calendar: .standard)
    for run in holidays.runs(from: World.day("2024-04-01"), to: World.day("2028-10-01"), least: 5) {
      for check in LongHolidays.checks {
        let due = holidays.due(check, run)
        let id = "calendar.holiday.\(run.lowerBound.iso).\(check.moment.rawValue).\(check.key)"
        #expect(holidays.duties(on: due).contains { $0.id == id }, "\(id) on \(due.iso)")
        #expect(!holidays.duties(on: due.adding(days: 30)).contains { $0.id == id }, "\(id) is late for ever")
      }
    }
  }

  @Test(arguments: Engine.available)
  func aCheckThatIsDoneIsGone(engine: Engine) async throws {
    let world = try await World(engine, at: "2026-12-22")
    let id = "calendar.holiday.2026-12-29.before.backups"
    let reader = world.reader("a-manager")
    let check = try #require(try await world.duties.find(id, reader, World.facility))
    try await world.duties.settle(check, evidence: "テープを外した", in: world.scope(SignedIn.self, as: "a-manager"))
    #expect(try await !world.duties.list(reader, World.facility).contains { $0.id == id })
    #expect(try await !world.duties.own(World.facility).contains { $0.id == id })
    let own = try await world.duties.calendarDuties(
      reader,
      World.facility,
      from: World.day("2026-12-01"),
      to: World.day("2026-12-31")
    )
    #expect(!own.contains { $0.id == id })
  }

  // MARK: RFC 5545

  struct Event: Decodable, Equatable {
    let uid, summary, description, start, end: String
  }

  /// The events another program finds; throws where it finds a fault.
  static func readByPython(_ file: [UInt8]) throws -> [Event] {
    let folder = try TemporaryFolder()
    try Data(file).write(to: URL(filePath: folder.file("calendar.ics")))
    let code = """
      import icalendar, json, sys
      data = open(sys.argv[1], "rb").read()
      if not data:
          print("[]"); sys.exit()
      calendar = icalendar.Calendar.from_ical(data)
      assert not calendar.errors, calendar.errors
      zones = [z["TZID"] for z in calendar.walk("VTIMEZONE")]
      assert zones == ["Asia/Tokyo"], zones
      out = []
      for event in calendar.walk("VEVENT"):
          assert not event.errors, event.errors
          assert event["DTSTAMP"].dt.utcoffset().total_seconds() == 0
          out.append({"uid": str(event["UID"]), "summary": str(event["SUMMARY"]),
              "description": str(event["DESCRIPTION"]), "start": event["DTSTART"].dt.isoformat(),
              "end": event["DTEND"].dt.isoformat()})
      print(json.dumps(out))
      """
    let process = Process()
    process.executableURL = URL(filePath: PythonTools.program)
    process.arguments = ["-c", code, folder.file("calendar.ics")]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
    return try JSONDecoder().decode([Event].self, from: bytes)
  }

  static func duty(_ id: String, _ title: String, _ due: String, reason: String = "") -> Duty {
    Duty(
      id: id,
      title: Localized(both: title),
      owner: .administrator,
      due: World.day(due),
      state: .open,
      reason: Localized(both: reason),
      link: "/duties/\(id)",
      action: Localized(both: "開く")
    )
  }

  static func calendar(at now: Instant) -> ICalendar {
    ICalendar(
      name: "櫓, やること; \\",
      facility: World.facility,
      language: .ja,
      now: now,
      address: "https://yagura.hospital.local"
    )
  }

  @Test(.enabled(if: PythonTools.isPresent, "run scripts/python-tools"))
  func anotherProgramReadsTheCalendar() throws {
    let hostile = "改行\nと, コンマ; セミコロン \\ END:VEVENT\r\nATTACH:x"
    let duties = [
      Self.duty("a", String(repeating: "長い題名①髙", count: 30), "2026-11-30", reason: hostile),
      Self.duty("b", "👩‍⚕️ 引き継ぎ", "2027-02-28"), Self.duty("c", "年の終わり", "2026-12-31"),
    ]
    let now = Instant(World.day("2026-11-24"), hour: 9)
    let file = Self.calendar(at: now).file(duties)
    let events = try Self.readByPython(file)
    #expect(events.map(\.summary) == duties.map(\.title.ja))
    #expect(events.map(\.start) == ["2026-11-30", "2027-02-28", "2026-12-31"])
    #expect(events.map(\.end) == ["2026-12-01", "2027-03-01", "2027-01-01"])
    #expect(events[0].description == hostile.replacing("\r\n", with: "\n") + "\n" + Role.administrator.label.ja)
    for line in String(decoding: file, as: UTF8.self).components(separatedBy: "\r\n") {
      #expect(line.utf8.count <= 75 && !line.contains("\n"), "\(line)")
    }
    // The same duty keeps its name, another day is another event.
    let later = try Self.readByPython(Self.calendar(at: now.adding(days: 3)).file(duties))
    #expect(later.map(\.uid) == events.map(\.uid))
    #expect(Set(events.map(\.uid)).count == 3)
    let moved = Self.calendar(at: now).uid(Self.duty("a", "x", "2026-12-01"))
    #expect(moved != events[0].uid)
  }

  @Test(arguments: Engine.available)
  func theSecretAddressOpensOnePersonsDutiesUntilItIsTakenBack(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.make("花子へ", due: "2026-11-25", owner: .staff, person: "a-staff")
    try await world.make("管理者へ", due: "2026-11-25")
    let scope = world.scope(SignedIn.self, as: "a-staff")
    let token = try await world.duties.makeFeed(in: scope)
    let file = String(decoding: try #require(try await world.duties.calendarFile(token)), as: UTF8.self)
    #expect(file.contains("花子へ") && !file.contains("管理者へ"))
    #expect(try await world.duties.calendarFile(Token(from: .system)) == nil)
    let stored = try await world.rows("SELECT token_hash FROM calendar_feed").map { try $0.text("token_hash") }
    #expect(stored == [token.hash] && token.hash != token.text)
    // A new one ends the one before.
    let next = try await world.duties.makeFeed(in: scope)
    #expect(try await world.duties.calendarFile(token) == nil)
    #expect(try await world.duties.calendarFile(next) != nil)
    try await world.duties.revokeFeed(in: scope)
    #expect(try await world.duties.calendarFile(next) == nil)
  }
}
