/// `configurations[]` of NVD and `cpeApplicability[]` of CVE records, written straight into few bytes.
enum NVDConfigurations {
  static func read(
    _ value: JSONValue,
    _ encoder: CompactEncoder,
    of record: String,
    _ tally: inout FeedTally
  ) -> CompactConfigurations {
    for configuration in value.elements {
      encoder.beginConfiguration(junction(configuration), isNegated: isNegated(configuration))
      for node in configuration["nodes"]?.elements ?? .nothing {
        encoder.beginNode(junction(node), isNegated: isNegated(node))
        for match in node["cpeMatch"]?.elements ?? .nothing { add(match, encoder, record, &tally) }
      }
    }
    return encoder.finish()
  }

  private static func add(
    _ match: JSONValue,
    _ encoder: CompactEncoder,
    _ record: String,
    _ tally: inout FeedTally
  ) {
    var isVulnerable = true
    var criteria: UnsafeBufferPointer<UInt8>?
    var lower: CompactEncoder.Bound?
    var upper: CompactEncoder.Bound?
    for (name, value) in match.members {
      guard let name = name.bytes else { continue }
      switch name.count {
      case 8 where name[0] == UInt8(ascii: "c"): criteria = value.bytes
      case 10 where name[0] == UInt8(ascii: "v"): isVulnerable = value.bool ?? true
      // versionStartIncluding, versionStartExcluding; versionEndIncluding, versionEndExcluding.
      case 21 where name[7] == UInt8(ascii: "S"): lower = bound(value, name[12])
      case 19 where name[7] == UInt8(ascii: "E"): upper = bound(value, name[10])
      default: break
      }
    }
    guard let criteria, encoder.add(cpe: criteria, isVulnerable: isVulnerable, lower: lower, upper: upper) else {
      tally.skipName(criteria.map { String(decoding: $0, as: UTF8.self) } ?? "", of: record)
      return
    }
  }

  private static func bound(_ value: JSONValue, _ letter: UInt8) -> CompactEncoder.Bound? {
    guard let text = value.bytes, !text.isEmpty else { return nil }
    return (text, letter == UInt8(ascii: "I"))
  }

  private static func junction(_ value: JSONValue) -> Junction {
    value["operator"]?.isEqual("AND") ?? false ? .and : .or
  }

  private static func isNegated(_ value: JSONValue) -> Bool { value["negate"]?.bool ?? false }
}
