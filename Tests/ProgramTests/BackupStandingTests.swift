import Foundation
import Nouns
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// Whether the records would survive the machine: on the home page, among the facts and the things to do, in `/metrics`.
@Suite struct BackupStandingTests {
  private static let day = LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0)
  private static let now = Instant(day, hour: 10)
  private static let facility = FacilityID(rawValue: "minato")

  private static func standing(
    made: Int? = nil,
    proved: Int? = nil,
    since: Int = 400,
    isSample: Bool = false
  ) -> BackupStanding {
    let note = made.map { days in
      BackupNote(
        madeAt: now.adding(days: -days).iso,
        folder: "/media/secret-place",
        keysOf: "",
        verifiedAt: proved == days ? now.iso : nil,
        provedMadeAt: proved.map { now.adding(days: -$0).iso }
      )
    }
    return BackupStanding(note: note, since: now.adding(days: -since), isSample: isSample, now: now)
  }

  private static func duty(_ standing: BackupStanding) -> Duty? { standing.duties(workingDay: { $0 }).first }

  @Test func aBackupCountsFromTheDayItWasMadeOnceItIsProved() throws {
    let fresh = Self.standing(made: 3, proved: 3)
    #expect(fresh.days == 3 && !fresh.fact(Self.facility).isWorry && Self.duty(fresh) == nil)
    #expect(fresh.fact(Self.facility).explanation.ja == "最後のバックアップは3日前に作り、戻せることを確かめてあります。")

    let old = Self.standing(made: 7, proved: 7)
    let duty = try #require(Self.duty(old))
    #expect(old.fact(Self.facility).isWorry && duty.due == Self.day && duty.state == .open)
    #expect(duty.owner == .administrator && duty.title.ja.contains("7日間") && duty.link == "/help/backup")

    // One of yesterday that nobody has tried says nothing; the one before it is nine days old.
    let untried = Self.standing(made: 1, proved: 9)
    #expect(untried.days == 9 && Self.duty(untried)?.state == .overdue)
    #expect(untried.fact(Self.facility).explanation.ja.contains("昨日"))
  }

  @Test func withoutABackupTheDaysRunFromTheBeginning() throws {
    let new = Self.standing(since: 2)
    #expect(new.days == 2 && new.fact(Self.facility).isWorry)
    #expect(Self.duty(new)?.due == Self.day.adding(days: 5) && Self.duty(new)?.state == .open)
    #expect(Self.duty(Self.standing(since: 30))?.state == .overdue)
    #expect(Self.duty(Self.standing(made: 1, since: 30))?.state == .overdue, "made and never proved")
    #expect(Self.duty(Self.standing(since: 30, isSample: true)) == nil, "the sample hospital has nothing to lose")
  }

  /// Facts are for everybody who reads the ledger; where backups lie is not.
  @Test func nobodyIsToldWhereItLies() {
    for standing in [Self.standing(made: 1, proved: 1), Self.standing(made: 9), Self.standing(made: 1, proved: 9)] {
      let fact = standing.fact(Self.facility)
      #expect(!(fact.explanation.ja + fact.explanation.en).contains("secret-place"))
      for duty in standing.duties(workingDay: { $0 }) { #expect(!duty.reason.ja.contains("secret-place")) }
    }
  }

  @Test func aNoteOfAnOlderVersionIsUnderstood() throws {
    let text =
      #"{"madeAt":"2026-11-18T01:00:00.000Z","folder":"/b","keysOf":"","verifiedAt":"2026-11-18T01:01:00.000Z"}"#
    let note = try JSONDecoder().decode(BackupNote.self, from: Data(text.utf8))
    #expect(note.provedInstant == note.madeInstant && note.provedInstant != nil)
    let unproved = #"{"madeAt":"2026-11-18T01:00:00.000Z","folder":"/b","keysOf":""}"#
    #expect(try JSONDecoder().decode(BackupNote.self, from: Data(unproved.utf8)).provedInstant == nil)
  }

  @Test(arguments: Engine.available) func theAdministratorsHomeAndTheFiguresSaySo(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 3)
    let browser = try await hospital.browser(.administrator)
    let before = await browser.get("/").text
    #expect(before.contains("バックアップはまだありません。") && before.contains("href=\"/help/backup\""))
    #expect(before.contains("バックアップを作り、戻せることを確かめる"), "it is among the things to do")
    let facts = try await hospital.house.facts(hospital.facility)
    #expect(facts.contains { $0.key == BackupStanding.key && $0.value == 0 && $0.isWorry })
    let figures = try await hospital.house.figures()
    #expect(!figures.contains { $0.name.hasPrefix("yagura_backup") })

    let made = hospital.clock.now
    try BackupNote(
      madeAt: made.iso,
      folder: "/media/b",
      keysOf: "",
      verifiedAt: made.iso,
      provedMadeAt: made.iso
    ).write(hospital.house.folder)
    hospital.clock.advance(days: 2)
    await hospital.signIn(browser, "admin")
    let after = await browser.get("/").text
    #expect(after.contains("最後のバックアップは2日前に作り、戻せることを確かめてあります。"))
    #expect(!after.contains("バックアップを作り、戻せることを確かめる"))
    #expect(try await hospital.house.duties(hospital.facility).allSatisfy { $0.id != BackupStanding.key })
    let later = try await hospital.house.figures()
    #expect(later.first { $0.name == "yagura_backup_proved_age_seconds" }?.value == 172_800)
    #expect(later.first { $0.name == "yagura_backup_age_seconds" }?.value == 172_800)
    hospital.clock.advance(days: 6)
    #expect(try await hospital.house.duties(hospital.facility).contains { $0.id == BackupStanding.key })
    #expect(await browser.get("/help/backup").status != 404)
    await hospital.close()
  }
}
