import Nouns
import SQL
import Time
import Web

/// What the installation itself proves, as a part beside the capabilities: whether its data would survive the machine.
struct InstallationPart: Sendable {
  let folder: DataFolder
  let database: any Database
  let clock: Clock

  var capability: Capability {
    Capability(
      name: "installation",
      facts: { try await facts($0) },
      duties: { try await duties($0) },
      standing: { facility in
        let backup = try await backup(facility)
        return ([backup.fact(facility)], backup.duties(workingDay: Self.workingDay))
      }
    )
  }

  func facts(_ facility: FacilityID) async throws -> [Fact] { [try await backup(facility).fact(facility)] }

  func duties(_ facility: FacilityID) async throws -> [Duty] {
    try await backup(facility).duties(workingDay: Self.workingDay)
  }

  @Sendable private static func workingDay(_ day: LocalDate) -> LocalDate {
    HolidayCalendar.standard.nextWorkingDay(onOrAfter: day)
  }

  private func backup(_ facility: FacilityID) async throws -> BackupStanding {
    let now = clock.now()
    let since = try await database.read(.facility(facility.rawValue)) { tx in
      try tx.row("SELECT created_at FROM facility WHERE id = \(facility.rawValue)")?.instant("created_at")
    }
    return BackupStanding(
      note: BackupNote.read(folder),
      since: since ?? now,
      isSample: DemoSignIn.read(folder) != nil,
      now: now
    )
  }
}
