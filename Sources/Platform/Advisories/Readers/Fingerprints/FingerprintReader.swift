import Text

/// Reads a file of recog's fingerprints. They are brought by the hospital; none come with the program.
package enum FingerprintReader: FeedReader {
  /// All fingerprints of a file, in its order, which is their rank.
  package static func read(_ source: FeedSource, limits: FeedLimits = FeedLimits()) throws -> [Fingerprint] {
    try file(source, limits).fingerprints
  }

  package static func read(
    _ source: FeedSource,
    limits: FeedLimits,
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let file = try file(source, limits)
    try into(.fingerprints(file))
    return FeedReading(head: FeedHead(kind: .recog, part: file.subject), read: file.fingerprints.count)
  }

  /// The files are small, half a megabyte at most; `limits` holds larger ones off.
  private static func file(_ source: FeedSource, _ limits: FeedLimits) throws -> FingerprintFile {
    var stream = try XMLStream.open(source, limits)
    var subject: String?
    var fingerprints: [Fingerprint] = []
    try stream.read(
      isRecord: { $0 == "fingerprint" },
      root: { node in if node.name == "fingerprints" { subject = node["matches"] ?? node["protocol"] ?? "" } },
      record: { node in
        guard let subject, let pattern = node["pattern"] else { return }
        fingerprints.append(fingerprint(node, pattern, subject))
      }
    )
    guard let subject else {
      throw FeedError.notA("recogのフィンガープリント（XML）", "fingerprints of recog (XML)")
    }
    return FingerprintFile(subject: subject, fingerprints: fingerprints)
  }

  private static func fingerprint(_ node: XMLNode, _ pattern: String, _ subject: String) -> Fingerprint {
    let flags = node["flags"] ?? ""
    return Fingerprint(
      subject: subject,
      pattern: pattern,
      ignoresCase: flags.contains("REG_ICASE"),
      dotMatchesNewline: flags.contains("REG_DOT_NEWLINE") || flags.contains("REG_MULTILINE"),
      description: node.text("description") ?? "",
      parameters: node.children("param").compactMap { parameter in
        guard let name = parameter["name"], let group = parameter["pos"].flatMap({ Int($0) }) else { return nil }
        return Fingerprint.Parameter(group: group, name: name, value: parameter["value"] ?? "")
      },
      examples: node.children("example").filter { $0["_encoding"] == nil && $0["_filename"] == nil }.map { example in
        Fingerprint.Example(
          text: example.text,
          expected: Dictionary(
            example.attributes.filter { !$0.name.hasPrefix("_") }.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
          )
        )
      }
    )
  }
}
