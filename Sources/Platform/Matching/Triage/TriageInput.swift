import Advisories
import Time

/// What is known of one vulnerability on one asset when it is put in its tier. Each with where it comes from and how old.
package struct TriageInput: Sendable, Hashable {
  package var certainty: Certainty
  /// The listing in CISA's catalogue.
  package var exploited = Lookup<ExploitedEntry>.notLookedUp
  package var decision = Lookup<StakeholderDecision>.notLookedUp
  /// EPSS in hundred-thousandths.
  package var probability = Lookup<Int>.notLookedUp
  /// Ten times the highest CVSS base score.
  package var severity = Lookup<Int>.notLookedUp
  /// The scanner that rates it so, where no feed does.
  package var severityScanner: String?
  package var alerts = Lookup<[AlertEntry]>.notLookedUp
  package var exposure = ExposureZone.unknown
  package var importance = ClinicalImportance.unknown
  /// The day support ended, where it has; clean where it goes on.
  package var endOfSupport = Lookup<LocalDate>.notLookedUp

  /// Some source names a version or update that mends it.
  package var isFixKnown = false

  package init(_ certainty: Certainty) { self.certainty = certainty }
}
