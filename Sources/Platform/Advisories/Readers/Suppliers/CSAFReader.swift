import Text
import Time

/// Advisories of suppliers in CSAF 2.x, VEX among them, and the details of MyJVN 4.0, which are CSAF with an extension
/// (also embedded in a STIX bundle). Errors that suppliers are known to make are put up with.
package enum CSAFReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let bytes = try source.open(limits)
    var stream = try JSONStream(bytes, limits)
    var state = CSAFState(limits)
    try stream.read(
      .values,
      record: { value, offset in
        if let objects = value["objects"], value["type"]?.isEqual("bundle") ?? false {
          for object in objects.elements {
            for document in object["VULDEF-Document"]?.elements ?? .nothing { try state.read(document, offset, into) }
          }
        } else if let documents = value["VULDEF-Document"] {
          for document in documents.elements { try state.read(document, offset, into) }
        } else {
          try state.read(value, offset, into)
        }
      },
      bad: { state.tally.skip($0) }
    )
    guard state.tally.read > 0 else { throw FeedError.notA("CSAFの勧告", "a CSAF advisory") }
    let head = FeedHead(
      kind: state.isJVN ? .myJVN : .csaf,
      part: state.part,
      made: state.latest,
      isDelta: true
    )
    return state.tally.reading(head, checks: FeedCheck.checks(announced: nil, found: state.tally.read, bytes))
  }
}
