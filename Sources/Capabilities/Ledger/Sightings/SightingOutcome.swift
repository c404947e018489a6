/// What taking in one file did.
package struct SightingOutcome: Sendable, Hashable {
  package var new = 0
  package var changed = 0
  package var same = 0
  /// Rows about something an earlier row of the same file was about.
  package var repeated = 0
  /// How many things of this source are in no ledger.
  package var unlisted = 0
  /// Lines that name nothing by which a thing could be known.
  package var nameless: [Int] = []
}
