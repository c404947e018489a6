import Nouns
import Text
import Time

/// What an inspection needs of the others.
package struct InspectionNeeds: Sendable {
  package let facilityName: @Sendable (FacilityID) async throws -> String
  /// With days as `ShownDates.short` shows them, like the rest of the papers.
  package let records: @Sendable (FacilityID, ShownDates) async throws -> InspectionRecords
  /// What records are called, by their ids; those that nobody can name are left out.
  package let titles: @Sendable (FacilityID, [String]) async throws -> [String: String]

  package init(
    facilityName: @escaping @Sendable (FacilityID) async throws -> String,
    records: @escaping @Sendable (FacilityID, ShownDates) async throws -> InspectionRecords,
    titles: @escaping @Sendable (FacilityID, [String]) async throws -> [String: String] = { _, _ in [:] }
  ) {
    self.facilityName = facilityName
    self.records = records
    self.titles = titles
  }

  /// Of an installation without them.
  package static let none = InspectionNeeds(facilityName: { _ in "" }, records: { _, _ in .none })
}
