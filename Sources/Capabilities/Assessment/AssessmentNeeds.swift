import Nouns
import Sealing

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

  /// Signs bundles of packs.
  package var key: SigningKey
  /// Whose bundles the installation takes, by the fingerprint of a key.
  package var signer: @Sendable (String) async throws -> Signer

  /// What is known of a key that signed a bundle.
  package enum Signer: Sendable, Hashable {
    case trusted(String)
    case unknown
    /// It was trusted and is no more.
    case removed(String)
  }

  package init(
    page: @escaping @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)? = {
      _,
      _ in nil
    },
    departments: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)] = { _ in [] },
    people: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)] = { _ in [] },
    facilities: @escaping @Sendable () async throws -> [(id: FacilityID, name: String, beds: Int?)] = { [] },
    key: SigningKey = SigningKey(),
    signer: @escaping @Sendable (String) async throws -> Signer = { _ in .unknown }
  ) {
    self.page = page
    self.departments = departments
    self.people = people
    self.facilities = facilities
    self.key = key
    self.signer = signer
  }
}
