import Time

/// The plain fields of a record of NVD.
enum NVDFields {
  static func fill(_ advisory: inout Advisory, _ cve: JSONValue) {
    // One walk over the members: looking each up by name would walk fifteen times.
    for (name, value) in cve.members {
      guard let name = name.bytes, let first = name.first else { continue }
      switch (first, name.count) {
      case (UInt8(ascii: "p"), 9): advisory.published = FeedDate.instant(value)
      case (UInt8(ascii: "l"), 12): advisory.modified = FeedDate.instant(value)
      case (UInt8(ascii: "v"), 10): advisory.state = state(value)
      case (UInt8(ascii: "c"), 7): advisory.isDisputed = isDisputed(value)
      case (UInt8(ascii: "d"), 12): advisory.summary = english(value)
      case (UInt8(ascii: "m"), 7): advisory.scores = scores(value)
      case (UInt8(ascii: "w"), 10): advisory.weaknesses = weaknesses(value)
      case (UInt8(ascii: "r"), 10): advisory.references = references(value)
      default: break
      }
    }
  }

  /// `Deferred` is what NVD since 2026 does not mean to analyse: no criteria, so as good as awaited.
  private static func state(_ value: JSONValue) -> AdvisoryState {
    if value.isEqual("Analyzed") || value.isEqual("Modified") { return .published }
    if value.isEqual("Rejected") { return .rejected }
    let awaited: [StaticString] = ["Awaiting Analysis", "Undergoing Analysis", "Received", "Deferred"]
    return awaited.contains { value.isEqual($0) } ? .awaitingAnalysis : .published
  }

  private static func isDisputed(_ value: JSONValue) -> Bool {
    value.elements.contains { tag in tag["tags"]?.elements.contains { $0.isEqual("disputed") } ?? false }
  }

  static func english(_ value: JSONValue) -> String? {
    var other: String?
    for text in value.elements {
      guard let language = text["lang"]?.bytes, language.starts(with: "en".utf8) else {
        if other == nil { other = text["value"]?.filled }
        continue
      }
      return text["value"]?.string
    }
    return other
  }

  private static func scores(_ value: JSONValue) -> [SeverityScore] {
    var scores: [SeverityScore] = []
    for (_, list) in value.members {
      for metric in list.elements {
        if let score = score(metric["cvssData"], source: metric["source"]?.string ?? "") { scores.append(score) }
      }
    }
    return scores
  }

  /// A CVSS object as NVD, CVE records and CSAF write it.
  static func score(_ data: JSONValue?, source: String) -> SeverityScore? {
    guard let data, let base = data["baseScore"]?.double, base >= 0, base <= 10 else { return nil }
    return SeverityScore(
      version: data["version"]?.string ?? "",
      tenths: Int((base * 10).rounded()),
      vector: data["vectorString"]?.string ?? "",
      source: source
    )
  }

  private static func weaknesses(_ value: JSONValue) -> [String] {
    var found: [String] = []
    for weakness in value.elements {
      for text in weakness["description"]?.elements ?? .nothing {
        guard let bytes = text["value"]?.bytes, bytes.starts(with: "CWE-".utf8) else { continue }
        let number = String(decoding: bytes, as: UTF8.self)
        found.addOnce(number)
      }
    }
    return found
  }

  /// Each address once: since the end of 2024 NVD lists most of them twice.
  private static func references(_ value: JSONValue) -> [AdvisoryReference] {
    var found: [AdvisoryReference] = []
    for reference in value.elements {
      guard let bytes = reference["url"]?.bytes, !bytes.isEmpty else { continue }
      if found.count < 200, found.contains(where: { $0.url.utf8.elementsEqual(bytes) }) { continue }
      found.append(AdvisoryReference(url: String(decoding: bytes, as: UTF8.self)))
    }
    return found
  }
}
