import Assessment
import Duties
import Identity
import Ledger
import Nouns
import Organization
import Records
import SQL
import Sealing
import Time
import Vulnerability
import Web

// How the capability Assessment is fitted to the others: every fact of theirs may answer an item.
extension House {
  static func schedule(
    _ database: any Database,
    _ clock: Clock,
    _ ids: IDMaker,
    _ identity: Identity,
    _ ledger: Ledger,
    ageing: @escaping @Sendable (FacilityID) async throws -> [Fact]
  ) -> AssessmentSchedule {
    AssessmentSchedule(
      database: database,
      clock: clock,
      ids: ids,
      vendors: { try await suppliedVendors(ledger, $0, today: clock.now().day) },
      ageing: ageing
    ) { facility in
      try await identity.facilities().first { $0.id == facility }?.fiscalYearStart ?? 4
    }
  }

  var assessment: Assessment {
    let proving = Capabilities.proving(self)
    let work = work
    return Assessment(
      schedule: schedule,
      inspection: inspectionNeeds,
      facts: { facility in
        var facts = try await work.facts(facility)
        for part in proving { facts += try await part.facts(facility) }
        return facts
      },
      needs: AssessmentNeeds(
        page: page,
        departments: { [organization] facility in
          try await organization.departments(facility).map { (id: $0.id, name: $0.title) }
        },
        people: { [identity] facility in
          let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "assessment")
          return try await identity.accounts(in: scope).filter { account in
            account.lockedAt == nil && account.grants.contains { $0.grant.role.permissions.contains(.readLedger) }
          }.map { (id: $0.id, name: $0.name) }
        },
        account: { [identity] name, facility in
          let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "assessment")
          return try await identity.account(named: name, in: scope)?.id
        },
        answering: { [identity] facility in
          let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "assessment")
          let grants = try await identity.accounts(in: scope).filter { $0.lockedAt == nil }.flatMap(\.grants)
          return Set(
            grants.filter { $0.grant.role.permissions.contains(.readLedger) }.compactMap(\.grant.department)
          )
        },
        facilities: { [identity] in try await identity.facilities().map { (id: $0.id, name: $0.name, beds: $0.beds) } },
        tell: { [identity] notices, facility in
          let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "assessment")
          let accounts = try await identity.accounts(in: scope).filter { $0.lockedAt == nil }
          let drafts = notices.flatMap { notice in
            accounts.filter { account in
              notice.department.map { department in account.grants.contains { $0.grant.department == department } }
                ?? (account.id == notice.person)
            }.map { account in
              InboxMessage.Draft(
                account: account.id,
                origin: notice.origin,
                title: notice.title,
                text: notice.text,
                link: notice.link,
                isUrgent: false
              )
            }
          }
          try await work.tell(drafts, facility)
        },
        mailing: { try await work.mailing($0) },
        post: { mails, facility in
          try await work.post(
            mails.map { Duties.OutsideMail(recipient: $0.recipient, subject: $0.subject, text: $0.text) },
            facility
          )
        },
        key: keys.signing,
        signer: { [vulnerability, keys] fingerprint in
          if fingerprint == keys.signing.publicKey.fingerprint { return .trusted("Yagura") }
          return try await vulnerability.feeds.keys.all().first { $0.fingerprint == fingerprint }?.trust ?? .unknown
        }
      )
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

  /// Vendors of systems in use and of contracts that run, each with the systems it supplies or looks after.
  static func suppliedVendors(
    _ ledger: Ledger,
    _ facility: FacilityID,
    today: LocalDate
  ) async throws -> [SuppliedVendor] {
    let scope = Scope<ReadLedger>.operatorOf(facility, as: .system, request: "vendor-forms")
    let systems = try await ledger.records.all(.system, limit: 100_000, in: scope).records
    let contracts = try await ledger.records.all(.contract, limit: 100_000, in: scope).records
    let covers = try await ledger.records.all(.contractCover, limit: 100_000, in: scope).records
    let names = Dictionary(systems.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    let running = contracts.filter { contract in
      ["maintenance", "outsourcing", "cloud"].contains(contract.known("category") ?? "")
        && (contract.date("ends_on").map { $0 >= today } ?? true)
    }
    var supplied: [String: Set<String>] = [:]
    for system in systems {
      if let vendor = system.known("vendor") { supplied[vendor, default: []].insert(system.title) }
    }
    let covered = Dictionary(grouping: covers, by: { $0["contract"] ?? "" })
    for contract in running {
      guard let vendor = contract.known("vendor") else { continue }
      let titles = (covered[contract.id] ?? []).compactMap { $0.known("system").flatMap { names[$0] } }
      supplied[vendor, default: []].formUnion(titles)
    }
    return try await ledger.records.all(.vendor, limit: 100_000, in: scope).records.compactMap { vendor in
      guard let systems = supplied[vendor.id] else { return nil }
      let contact = [vendor.known("contact_name"), vendor.known("phone"), vendor.known("email")].compactMap(\.self)
      return SuppliedVendor(
        id: vendor.id,
        name: vendor.title,
        systems: systems.sorted(),
        contact: contact.joined(separator: "　")
      )
    }
  }
}

extension Capabilities {
  /// Changes of audits, as the list of all changes tells of them.
  static func auditChanges(_ house: House) -> OtherChanges {
    .kept(
      label: AuditChanges.label,
      link: AuditChanges.link,
      lines: AuditChanges.lines,
      undo: { try await house.assessment.audits.undo($0, in: try $1.scope(AnswerChecks.self)) }
    )
  }
}
