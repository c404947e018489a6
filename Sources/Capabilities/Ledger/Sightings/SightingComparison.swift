import Time

/// Compares what one file says with what its source said before, row by row. Pure: the store carries out what it finds.
struct SightingComparison {
  private(set) var outcome = SightingOutcome()
  private let matcher: SightingMatch
  private let make: (Seen) -> Sighting
  private var known: [String: Sighting]
  private var fresh: [String: Sighting] = [:]
  private var order: [String] = []
  private var touched: [String] = []
  private var earlier: [SightingBefore] = []

  init(known: [Sighting], matcher: SightingMatch, make: @escaping (Seen) -> Sighting) {
    self.known = Dictionary(known.map { ($0.seen.key ?? $0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.matcher = matcher
    self.make = make
  }

  /// Things that were never seen before, in the order of the file.
  var made: [Sighting] { order.compactMap { fresh[$0] } }

  /// Things about which there is something newer to say.
  var changed: [Sighting] { touched.compactMap { known[$0] } }

  /// What was known before of all that is made or changed.
  var before: [SightingBefore] { earlier + made.map { SightingBefore(id: $0.id, seen: nil, importSet: nil) } }

  mutating func take(_ seen: Seen, importSet: String, by name: String) {
    guard let key = seen.key else {
      outcome.nameless.append(seen.line)
      return
    }
    if let before = known[key] { update(before, key, seen, importSet, name) } else { add(key, seen) }
  }

  /// A sighting older than the one kept says nothing new.
  private mutating func update(_ before: Sighting, _ key: String, _ seen: Seen, _ importSet: String, _ name: String) {
    guard before.seen.seenAt <= seen.seenAt, !before.seen.says(seen) else {
      outcome.same += 1
      return
    }
    var after = before
    after.seen = seen
    after.importSet = importSet
    after.updatedBy = name
    if after.matchedBy != .hand { after.match(matcher.answer(seen)) }
    if before.importSet != importSet {
      touched.append(key)
      earlier.append(SightingBefore(id: before.id, seen: before.seen, importSet: before.importSet))
    }
    known[key] = after
    // Seen once more and nothing else new: the time is kept, but nobody would call it a change. An ARP table has no
    // times of its own, so the same file again comes through here.
    var again = seen
    again.seenAt = before.seen.seenAt
    if before.seen.says(again) { outcome.same += 1 } else { outcome.changed += 1 }
  }

  private mutating func add(_ key: String, _ seen: Seen) {
    guard var sighting = fresh[key] else {
      var sighting = make(seen)
      sighting.match(matcher.answer(seen))
      fresh[key] = sighting
      order.append(key)
      return
    }
    outcome.repeated += 1
    guard sighting.seen.seenAt <= seen.seenAt else { return }
    sighting.seen = seen
    sighting.match(matcher.answer(seen))
    fresh[key] = sighting
  }

  func finished() -> SightingOutcome {
    var outcome = outcome
    outcome.new = order.count
    outcome.unlisted = (made + known.values).count { $0.asset == nil && $0.state == .open }
    return outcome
  }
}
