import Foundation
import Nouns
import SQL
import Support
import Synchronization
import Testing
import Text
import Time
import Transfer

@testable import Duties

/// Escalation, inbox, summaries and the line of mails.
@Suite struct PostTests {
  static func relay(port: Int) -> RelaySettings {
    RelaySettings(host: "127.0.0.1", port: port, security: .none, sender: "yagura@hospital.example")
  }

  func wish(_ world: World, _ account: String, digest: Bool = true, urgent: Bool = true) async throws {
    var wish = MailWish(account: account)
    wish.address = "\(account)@hospital.example"
    wish.wantsDigest = digest
    wish.wantsUrgent = urgent
    try await world.duties.save(wish, in: world.scope(SignedIn.self, as: account))
  }

  @Test(arguments: Engine.available)
  func whatIsOverdueGoesToDeputyThenManagerThenDirector(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.make("止めてある回線の確認", due: "2026-11-20", deputy: .departmentHead)
    func unread(_ account: String) async throws -> Int { try await world.duties.unread(account, World.facility).count }
    // Three days late on the 23rd, a holiday; today is the 24th.
    #expect(try await world.duties.daily(World.facility).escalated == 1)
    #expect(try await unread("a-head") == 1)
    #expect(try await unread("a-manager") == 0)
    // However often it is looked at, nobody is told twice.
    #expect(try await world.duties.daily(World.facility).escalated == 0)
    world.clock.advance(days: 3)
    #expect(try await world.duties.daily(World.facility).escalated == 1)
    #expect(try await world.duties.unread("a-manager", World.facility) == (1, 1))
    world.clock.advance(days: 40)
    try await world.duties.daily(World.facility)
    #expect(try await world.duties.unread("a-director", World.facility).urgent >= 1)
    #expect(try await unread("a-head") == 1)
  }

  /// One message however many duties reach the step on one day.
  @Test func aHundredOverdueDutiesAreOneMessage() async throws {
    let world = try await World(.sqlite)
    for index in 0..<100 { try await world.make("点検\(index)", due: "2026-11-10") }
    #expect(try await world.duties.daily(World.facility).escalated == 100)
    #expect(try await world.duties.unread("a-manager", World.facility) == (1, 1))
  }

  /// With a fixed clock over ten days and many looks a day, side by side: never two summaries to one person in one day,
  /// and none on days off.
  @Test(arguments: Engine.available)
  func nobodyGetsTwoSummariesADay(engine: Engine) async throws {
    let world = try await World(engine, at: "2026-11-18", relay: Self.relay(port: 1))
    try await wish(world, "a-admin")
    try await wish(world, "a-staff", urgent: false)
    try await wish(world, "a-manager", digest: false, urgent: false)
    try await world.make("月次点検", due: "2026-11-15")
    for _ in 0..<10 {
      await withTaskGroup(of: Void.self) { group in
        // Of two writers one may be told to try again: then the other did it.
        for _ in 0..<4 { group.addTask { _ = try? await world.duties.daily(World.facility) } }
      }
      world.clock.advance(days: 1)
    }
    let rows = try await world.rows("SELECT account, created_at, subject FROM mail_out ORDER BY created_at")
    let digests = try rows.filter { try !$0.text("subject").hasPrefix("【急ぎ】") }
    let keys = try digests.map { "\(try $0.text("account")) \(try $0.instant("created_at").day.iso)" }
    #expect(Set(keys).count == keys.count)
    #expect(!keys.contains { $0.hasPrefix("a-manager") })
    // 21, 22 and 23 November 2026 are Saturday, Sunday and a holiday.
    let admin = keys.filter { $0.hasPrefix("a-admin") }.map { String($0.suffix(10)) }
    #expect(admin == ["18", "19", "20", "24", "25", "26", "27"].map { "2026-11-\($0)" })
  }

  @Test(arguments: Engine.available)
  func whatIsUrgentGoesAtOnceAndOnce(engine: Engine) async throws {
    let world = try await World(engine, relay: Self.relay(port: 1))
    try await wish(world, "a-admin")
    try await wish(world, "a-director", urgent: false)
    for _ in 0..<2 {
      for role in [Role.administrator, .director] {
        try await world.duties.tell(
          role,
          origin: "alarm/1",
          title: Localized(both: "異常の知らせ\r\nBcc: x@evil.example"),
          text: Localized(both: "画面に脅迫文"),
          link: "/inbox",
          isUrgent: true,
          World.facility
        )
      }
    }
    let rows = try await world.rows("SELECT account, subject FROM mail_out")
    #expect(try rows.map { try $0.text("account") } == ["a-admin"])
    #expect(try rows.allSatisfy { try !$0.text("subject").contains("\n") })
    #expect(try await world.duties.unread("a-director", World.facility) == (1, 1))
    #expect(world.ordered.kinds.withLock { $0.contains(Duties.postKind) })
  }

  /// A relay that is down loses nothing: the letter waits longer each time, goes when the relay is back, and goes once.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/smtp-sink"), "smtp-sink is not installed"),
    arguments: Engine.available
  )
  func aRelayThatIsDownLosesNothing(engine: Engine) async throws {
    let port = freePort()
    let world = try await World(engine, relay: Self.relay(port: port))
    try await wish(world, "a-admin")
    try await world.duties.tell(
      [
        .init(
          account: "a-admin",
          origin: "x",
          title: Localized(both: "急ぎ"),
          text: Localized(both: ""),
          link: "/",
          isUrgent: true
        )
      ],
      World.facility
    )
    let down = try await world.duties.sendDue(World.facility)
    #expect(down.sent == 0 && down.waiting == 1)
    #expect(down.problem?.ja.contains("つながりません") == true)
    let letters = try await world.duties.letters(World.facility, limit: 10)
    #expect(letters.map(\.state) == [.waiting])
    #expect(letters.first?.nextTryAt == world.clock.now.adding(seconds: 60))
    // Not yet its time.
    #expect(try await world.duties.sendDue(World.facility) == Duties.Sending())
    world.clock.advance(seconds: 7200)
    #expect(try await world.duties.facts(World.facility).first?.value == 1)
    let folder = try TemporaryFolder()
    chmod(folder.path, 0o777)
    let sink = try Spawned(
      "/usr/sbin/smtp-sink",
      ["-u", geteuid() == 0 ? "nobody" : NSUserName(), "-D", folder.file("mail"), "127.0.0.1:\(port)", "10"],
      environment: [:],
      output: folder.file("output"),
      errors: folder.file("output")
    )
    defer { sink.signal(SIGTERM) }
    for _ in 0..<50 {
      if try await world.duties.sendDue(World.facility).sent == 1 { break }
      world.clock.advance(seconds: 7200)
      try await Task.sleep(for: .milliseconds(100))
    }
    #expect(try await world.rows("SELECT state FROM mail_out").map { try $0.text("state") } == ["sent"])
    #expect(try await world.duties.sendDue(World.facility) == Duties.Sending())
    #expect(try await world.duties.facts(World.facility).first?.value == 0)
  }

  /// Killed between handing over and noting it: the letter may have gone, so it is not sent again by itself.
  @Test func aLetterLeftBehindWaitsForAPerson() async throws {
    let world = try await World(.sqlite, relay: Self.relay(port: 1))
    try await wish(world, "a-admin")
    try await world.duties.tell(
      [
        .init(
          account: "a-admin",
          origin: "x",
          title: Localized(both: "急ぎ"),
          text: Localized(both: ""),
          link: "/",
          isUrgent: true
        )
      ],
      World.facility
    )
    try await world.database.write(.everyFacility) { tx in _ = try tx.run("UPDATE mail_out SET state = 'sending'") }
    world.clock.advance(seconds: 600)
    _ = try await world.duties.sendDue(World.facility)
    let letter = try #require(try await world.duties.letters(World.facility, limit: 5).first)
    #expect(letter.state == .unknown)
    #expect(try await world.duties.sendAgain(letter.id, in: world.scope()))
    #expect(try await world.duties.letters(World.facility, limit: 5).first?.state == .waiting)
  }

  @Test(arguments: Engine.available)
  func thePasswordOfTheRelayIsSealed(engine: Engine) async throws {
    let world = try await World(engine)
    let settings = RelaySettings(
      host: "mail.hospital.example",
      user: "yagura",
      password: "very-secret-word",
      sender: "yagura@hospital.example"
    )
    try await world.duties.save(settings, in: world.scope())
    #expect(try await world.duties.ownRelay(World.facility)?.password == "very-secret-word")
    let row = try #require(try await world.rows("SELECT sealed_password FROM mail_relay").first)
    #expect(!String(decoding: try row.bytes("sealed_password"), as: UTF8.self).contains("secret"))
    let journal = try await world.rows("SELECT payload FROM journal")
    #expect(journal.allSatisfy { !"\($0.values)".contains("very-secret") })
    // Saved again without a password it stays.
    var again = settings
    again.password = nil
    again.port = 465
    again.version = 1
    try await world.duties.save(again, in: world.scope())
    #expect(try await world.duties.ownRelay(World.facility)?.password == "very-secret-word")
    await #expect(throws: DutyConflict.self) { try await world.duties.save(again, in: world.scope()) }
    var open = settings
    open.security = .none
    open.version = 2
    await #expect(throws: DutyProblems.self) { try await world.duties.save(open, in: world.scope()) }
  }
}
