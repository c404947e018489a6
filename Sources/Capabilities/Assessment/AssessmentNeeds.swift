import Nouns

/// What the self-checks need from others, in their own words.
package struct AssessmentNeeds: Sendable {
  /// A record by the address of its page: what it is called and what it says now; nil where that is no record the reader
  /// may see.
  package var page: @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)?

  /// The departments of a facility.
  package var departments: @Sendable (FacilityID) async throws -> [(id: String, name: String)]
  /// The accounts that may read the checklists of a facility.
  package var people: @Sendable (FacilityID) async throws -> [(id: String, name: String)]
  /// Every facility of the installation, with its beds where they are known.
  package var facilities: @Sendable () async throws -> [(id: FacilityID, name: String, beds: Int?)]

  package init(
    page: @escaping @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)? = {
      _,
      _ in nil
    },
    departments: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)] = { _ in [] },
    people: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)] = { _ in [] },
    facilities: @escaping @Sendable () async throws -> [(id: FacilityID, name: String, beds: Int?)] = { [] }
  ) {
    self.page = page
    self.departments = departments
    self.people = people
    self.facilities = facilities
  }
}
