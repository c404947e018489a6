import Text
import Time

/// One device that is in no ledger, with everything that was seen of it.
package struct UnlistedThing: Sendable, Identifiable {
  /// Newest first.
  package let sightings: [Sighting]

  package var id: String { sightings.first?.id ?? "" }
  package var title: String { sightings.lazy.compactMap(\.seen.hostName).first ?? sightings.first?.seen.title ?? "" }

  /// Sightings with the same serial number, hardware address or host name are one thing.
  package static func grouped(_ sightings: [Sighting]) -> [UnlistedThing] {
    var groups: [[Sighting]] = []
    var byKey: [String: Int] = [:]
    for sighting in sightings {
      let seen = sighting.seen
      let keys = [
        seen.serialNumber.map { "s" + Fold.exactKey($0) }, seen.macAddress.map { "m" + $0 },
        seen.hostName.map { "h" + SightingMatch.hostKey($0) },
      ].compactMap { $0 }
      let index = keys.lazy.compactMap { byKey[$0] }.first ?? groups.count
      if index == groups.count { groups.append([sighting]) } else { groups[index].append(sighting) }
      for key in keys where byKey[key] == nil { byKey[key] = index }
    }
    return groups.map(UnlistedThing.init)
  }

  /// What a filter's words are looked for in, folded.
  var folded: String { sightings.map(\.seen.folded).joined(separator: "|") }

  /// When it was last seen.
  package var seenAt: Instant? { sightings.map(\.seen.seenAt).max() }
}

/// Which of them are wanted: all where nothing is said.
package struct UnlistedQuery: Sendable, Hashable {
  package var state: Sighting.State
  /// Words that must all occur, as in every list.
  package var text: String
  package var source: Sighting.Source?

  package init(_ state: Sighting.State = .open, text: String = "", source: Sighting.Source? = nil) {
    self.state = state
    self.text = text
    self.source = source
  }

  package func matching(_ things: [UnlistedThing]) -> [UnlistedThing] {
    let words = text.split(whereSeparator: \.isWhitespace).map { Fold.key(String($0)) }.filter { !$0.isEmpty }
    guard !words.isEmpty || source != nil else { return things }
    return things.filter { thing in
      if let source, !thing.sightings.contains(where: { $0.source == source }) { return false }
      if words.isEmpty { return true }
      let folded = thing.folded
      return words.allSatisfy(folded.contains)
    }
  }
}
