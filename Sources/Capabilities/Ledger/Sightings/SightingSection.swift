import Design
import HTML
import Text
import Time
import Web

/// On a device's own page: how the network saw it.
struct SightingSection {
  let sightings: [Sighting]
  let request: WebRequest

  var html: HTML {
    guard !sightings.isEmpty else { return .empty }
    let language = request.language
    let events = sightings.prefix(10).map { sighting in
      let seen = sighting.seen
      let parts = [seen.ipAddress, seen.macAddress, seen.hostName, seen.os, seen.user].compactMap { $0 }
      return HistoryList.Event(
        shown: request.dates.brief(seen.seenAt, today: request.now.day),
        machine: seen.seenAt.iso,
        text: " \(sighting.source.label[language])",
        note: parts.joined(separator: " ・ ")
      )
    }
    let heading = Localized(ja: "ネットワークでの姿", en: "As the network saw it")[language]
    return "<h2>\(heading)</h2>\(HistoryList(events).html)"
  }
}
