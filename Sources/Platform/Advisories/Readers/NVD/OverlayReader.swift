import Time

/// Criteria for records that NVD has not analysed (anchore/nvd-data-overrides): one object a line, or single files.
/// Where an advisory of this feed has configurations, they stand in place of NVD's.
package enum OverlayReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let bytes = try source.open(limits)
    var stream = try JSONStream(bytes, limits)
    var tally = FeedTally(limits)
    let encoder = CompactEncoder()
    var latest: Instant?
    try stream.read(
      .values,
      record: { value, offset in
        guard let note = value["_annotation"], let id = note["cve_id"]?.string, CVENumber.isOne(id) else {
          tally.skip(offset: offset, "CVE番号のない項目です。", "A record without a CVE number.")
          return
        }
        tally.count()
        var advisory = Advisory(id: id, feed: .nvdOverlay)
        advisory.summary = note["description"]?.filled
        advisory.published = FeedDate.instant(note["published"])
        advisory.modified = FeedDate.instant(note["modified"])
        latest = [latest, advisory.modified].compactMap(\.self).max()
        advisory.references = (note["references"]?.elements ?? .nothing).compactMap {
          $0.filled.map { AdvisoryReference(url: $0) }
        }
        if let configurations = value["cve"]?["configurations"] {
          advisory.configurations = NVDConfigurations.read(configurations, encoder, of: id, &tally)
        }
        try into(.advisory(advisory))
      },
      bad: { tally.skip($0) }
    )
    guard tally.read > 0 else { throw FeedError.notA("NVDの補足データ", "a set of overlays for NVD") }
    let head = FeedHead(kind: .nvdOverlay, made: latest)
    return tally.reading(head, checks: FeedCheck.checks(announced: nil, found: tally.read, bytes))
  }
}
