import Nouns
import Records
import SQL
import Text
import Time
import Web

/// The organization: departments and people, and what follows from who answers for what.
package struct Organization: Sendable {
  /// Every kind of record the organization keeps.
  package static let kinds: [Kind] = [.department, .person]

  package let records: RecordStore

  package init(records: RecordStore) { self.records = records }

  package var capability: Capability {
    Capability(name: "organization", menu: Records.menu(Self.kinds, in: .registers))
  }

  /// For the limits of roles: the departments by name.
  package func departments(_ facility: FacilityID) async throws -> [(id: String, title: String)] {
    try await records.choices(
      .department,
      in: Scope<ReadLedger>.operatorOf(facility, as: .system, request: "departments")
    )
  }
}
