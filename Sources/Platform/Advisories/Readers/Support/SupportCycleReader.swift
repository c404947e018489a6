import Text
import Time

/// Ends of support from endoflife.date: the API v1 (`/products/full`, or one product) and the collected front matter of
/// its repository.
package enum SupportCycleReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let bytes = try source.open(limits)
    var stream = try JSONStream(bytes, limits)
    var tally = FeedTally(limits)
    var made: Instant?
    var announced: Int?
    var release: String?
    try stream.read(
      .object(arrays: ["result"]),
      field: { name, value in
        switch name {
        case "generated_at", "commitDate": made = FeedDate.instant(value)
        case "total": announced = value.int
        case "schema_version", "commit": release = value.filled
        case "result": try read(value, nil, &tally, into)
        default: break
        }
      },
      record: { value, offset in try read(value, offset, &tally, into) },
      bad: { tally.skip($0) }
    )
    guard tally.read > 0 else {
      throw FeedError.notA("endoflife.dateのデータ", "data of endoflife.date")
    }
    let head = FeedHead(
      kind: .endOfLife,
      made: made,
      announced: announced,
      release: release,
      isDelta: announced == nil
    )
    return tally.reading(
      head,
      checks: FeedCheck.checks(announced: announced, found: tally.read + tally.bad, bytes)
    )
  }

  private static func read(
    _ value: JSONValue,
    _ offset: Int?,
    _ tally: inout FeedTally,
    _ into: (FeedRecord) throws -> Void
  ) throws {
    guard let product = value["name"]?.filled, let releases = value["releases"] else {
      tally.skip(value["name"]?.string, offset: offset, "製品名か版の一覧がありません。", "The name or the releases are missing.")
      return
    }
    tally.count()
    var names: [ProductName] = []
    for identifier in value["identifiers"]?.elements ?? .nothing {
      let isCPE = identifier["type"]?.isEqual("cpe") ?? false
      guard let text = identifier["cpe"]?.filled ?? (isCPE ? identifier["id"]?.filled : nil) else { continue }
      do throws(CPEFault) {
        let name = try CPEName(parsing: text).product
        names.addOnce(name)
      } catch { tally.skipName(text, of: product) }
    }
    for release in releases.elements {
      guard let cycle = text(release["name"]) ?? text(release["releaseCycle"]) else {
        tally.skipPart(product, "版の名前がありません。", "A release without a name.")
        continue
      }
      // API v1 tells date and truth apart; the front matter puts either under one key.
      let end = release["eolFrom"] ?? release["eol"]
      let extended = release["eoesFrom"] ?? release["eoes"]
      let day = FeedDate.day(end)
      try into(
        .cycle(
          SupportCycle(
            product: product,
            label: value["label"]?.filled ?? product,
            cycle: cycle,
            names: names,
            endOfSupport: day,
            endOfExtendedSupport: FeedDate.day(extended),
            isOver: day == nil ? release["isEol"]?.bool ?? end?.bool : nil,
            latest: text(release["latest"]?["name"]) ?? text(release["latest"])
          )
        )
      )
    }
  }

  /// Versions such as 7 and 7.2 come as numbers from YAML.
  private static func text(_ value: JSONValue?) -> String? {
    guard let value else { return nil }
    if let text = value.filled { return text }
    if let number = value.int { return String(number) }
    return value.double.map { String($0) }
  }
}
