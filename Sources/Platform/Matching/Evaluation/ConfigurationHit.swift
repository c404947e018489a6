import Advisories

/// One component that a configuration speaks of as broken.
package struct ConfigurationHit: Sendable, Hashable {
  /// Index into the asset's components.
  package let component: Int
  package let certainty: Certainty
  /// The criterion that matched.
  package let criterion: Criterion
  /// What must be found out where the match is conditional.
  package let question: OpenQuestion?
  /// A platform that is taken to be there though nobody recorded it: the hardware of a firmware (C3).
  package let assumed: ProductName?
  /// Versions from which on it is fixed: the excluded upper ends of the ranges hit.
  package var fixedVersions: [String]
}
