/// How soon something must be done; P0 first.
package enum TriageTier: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
  case p0 = "P0"
  case p1 = "P1"
  case p2 = "P2"
  case p3 = "P3"

  package static func < (left: TriageTier, right: TriageTier) -> Bool { left.rawValue < right.rawValue }
}
