import Assessment
import Duties
import Identity
import Nouns
import SQL
import Time
import Web

// How the capability Assessment is fitted to the others: every fact of theirs may answer an item.
extension House {
  static func schedule(
    _ database: any Database,
    _ clock: Clock,
    _ ids: IDMaker,
    _ identity: Identity
  ) -> AssessmentSchedule {
    AssessmentSchedule(database: database, clock: clock, ids: ids) { facility in
      try await identity.facilities().first { $0.id == facility }?.fiscalYearStart ?? 4
    }
  }

  var assessment: Assessment {
    let proving = Capabilities.proving(self)
    let work = work
    return Assessment(schedule: schedule) { facility in
      var facts = try await work.facts(facility)
      for part in proving { facts += try await part.facts(facility) }
      return facts
    }
  }
}
