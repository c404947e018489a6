/// One thing that a written name speaks of, with its candidates, the best first.
package struct NamedPart: Sendable, Hashable {
  package let written: String
  package let candidates: [NameCandidate]
}
