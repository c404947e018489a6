import Duties
import Identity
import Jobs
import Nouns
import SQL
import Sealing
import Time
import Web

// How the capability Duties is fitted to the others.
extension House {
  static func duties(
    _ database: any Database,
    _ clock: Clock,
    _ ids: IDMaker,
    _ keys: KeyRing,
    _ settings: Settings,
    identity: Identity,
    computed: @escaping @Sendable (FacilityID) async throws -> [Duty],
    personal: @escaping @Sendable (String, FacilityID) async throws -> [Duty],
    departments: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)]
  ) -> Duties {
    // Orders only; the runner, which knows the kinds, looks for new ones every two seconds.
    let queue = JobStore(database: database, clock: clock, ids: ids, kinds: [])
    return Duties(
      database: database,
      clock: clock,
      ids: ids,
      seal: keys.seal,
      usualRelay: settings.mail,
      needs: DutiesNeeds(
        computed: computed,
        personal: personal,
        people: { facility in
          let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "")
          return try await identity.accounts(in: scope).filter { $0.lockedAt == nil }.map {
            DutyPerson(account: $0.id, name: $0.name, language: $0.language, grants: $0.grants.map(\.grant))
          }
        },
        facilities: {
          try await identity.facilities().map {
            DutyFacility(id: $0.id, name: $0.name, fiscalYearStart: $0.fiscalYearStart)
          }
        },
        departments: departments,
        order: { kind, facility in
          let latest = try await queue.latest(facility: facility.rawValue, actorID: Actor.system.id)
          guard !latest.contains(where: { $0.kind == kind && !$0.state.isOver }) else { return }
          _ = try await queue.order(
            kind,
            payload: "",
            facility: facility.rawValue,
            actorID: Actor.system.id,
            actorName: Actor.system.name
          )
        }
      )
    )
  }

  /// Beside the server: orders the daily look and the mails.
  var post: PostService { PostService(work, logger: logger) }

  /// Identity's sessions, with the count of unread messages for the head of each page.
  var sessions: SessionSource {
    var source = identity.sessions
    let find = source.find
    source.find = { token, now in
      guard var session = try await find(token, now) else { return nil }
      if session.may(.signedIn) {
        let unread = try await work.unread(session.userID, session.facility)
        session.inbox = Session.Inbox(count: unread.count, urgent: unread.urgent)
      }
      return session
    }
    return source
  }
}
