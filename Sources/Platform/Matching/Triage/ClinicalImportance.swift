/// What it means for patients when the system behind an asset stands still.
package enum ClinicalImportance: String, Sendable, Hashable, CaseIterable, Codable {
  /// Care stops: EMR, monitors, dialysis.
  case critical
  case high
  case normal
  case low
  case unknown
}
