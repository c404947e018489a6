import Intake
import Records

/// What a person said about a file beside its bytes.
struct ImportSaid: Sendable, Equatable {
  let mapping: [String: String?]?
  let decisions: RowDecisions

  init(_ source: ImportSource) {
    mapping = source.mapping
    decisions = source.decisions
  }
}
