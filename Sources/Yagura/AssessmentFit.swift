import Assessment
import Duties
import Identity
import Nouns
import Records
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
    return Assessment(
      schedule: schedule,
      facts: { facility in
        var facts = try await work.facts(facility)
        for part in proving { facts += try await part.facts(facility) }
        return facts
      },
      needs: AssessmentNeeds(page: page)
    )
  }

  /// A record by the address of its page, with what it says now.
  private var page: @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)? {
    let store = records.store
    return { address, scope in
      let parts = address.split(separator: "/").map(String.init)
      guard parts.count == 3, parts[0] == "ledger", let kind = store.catalogue.kind(parts[1]) else { return nil }
      do {
        let record = try await store.find(kind, id: parts[2], in: scope).record
        return (record.title, FlatJSON.text(record.values))
      } catch RecordError.notFound {
        return nil
      } catch is Denied {
        return nil
      }
    }
  }
}
