import Time

/// The fields of a CSAF document.
enum CSAFFields {
  /// What the document says for all its vulnerabilities.
  static func base(_ document: JSONValue, _ number: String) -> Advisory {
    var advisory = Advisory(id: number, feed: .csaf)
    advisory.title = document["title"]?.filled
    advisory.language = document["lang"]?.filled.map { String($0.prefix(2)) } ?? "en"
    let tracking = document["tracking"]
    advisory.published = FeedDate.instant(tracking?["initial_release_date"])
    advisory.modified = FeedDate.instant(tracking?["current_release_date"])
    advisory.summary = note(document, ["summary", "description", "general"])
    for reference in document["references"]?.elements ?? .nothing { add(reference, to: &advisory) }
    return advisory
  }

  /// What it says of one.
  static func fill(_ advisory: inout Advisory, _ value: JSONValue, _ publisher: String) {
    if advisory.title == nil || advisory.feed == .csaf { advisory.title = value["title"]?.filled ?? advisory.title }
    advisory.summary = note(value, ["summary", "description"]) ?? advisory.summary
    advisory.published = FeedDate.instant(value["release_date"]) ?? advisory.published
    for threat in value["threats"]?.elements ?? .nothing where threat["category"]?.isEqual("impact") ?? false {
      if advisory.impact == nil { advisory.impact = threat["details"]?.filled }
    }
    let remedies = (value["remediations"]?.elements ?? .nothing).compactMap { $0["details"]?.filled }
    var texts: [String] = []
    for text in remedies where !texts.contains(text) && texts.count < 20 { texts.append(text) }
    advisory.remedy = texts.isEmpty ? nil : texts.joined(separator: "\n")
    for number in weaknesses(value) { advisory.weaknesses.addOnce(number) }
    for reference in value["references"]?.elements ?? .nothing { add(reference, to: &advisory) }
    let source = advisory.feed == .myJVN ? "jvn" : publisher
    // 2.0 has `scores` with cvss_v3, 2.1 `metrics` with the same inside `content`.
    for metric in value["scores"]?.elements ?? .nothing { addScores(metric, source, &advisory) }
    for metric in value["metrics"]?.elements ?? .nothing {
      if let content = metric["content"] { addScores(content, source, &advisory) }
    }
  }

  private static func addScores(_ value: JSONValue, _ source: String, _ advisory: inout Advisory) {
    for (name, data) in value.members where name.bytes?.starts(with: "cvss_v".utf8) ?? false {
      if let score = NVDFields.score(data, source: source) { advisory.scores.addOnce(score) }
    }
  }

  private static func add(_ reference: JSONValue, to advisory: inout Advisory) {
    let label = reference["summary"]?.filled
    if let label, label.hasPrefix("JVN") || label.hasPrefix("JPCERT-AT-") { advisory.aliases.addOnce(label) }
    if let url = reference["url"]?.filled {
      advisory.references.addOnce(url: url, label: label.map { String($0.prefix(120)) })
    }
  }

  static func cve(_ value: JSONValue) -> String? {
    guard let number = value["cve"]?.bytes, CVENumber.isOne(number) else { return nil }
    return String(decoding: number, as: UTF8.self)
  }

  static func weaknesses(_ value: JSONValue) -> [String] {
    let one = value["cwe"]?["id"]?.filled.map { [$0] } ?? []
    return one + (value["cwes"]?.elements ?? .nothing).compactMap { $0["id"]?.filled }
  }

  /// Statuses (CSAF 3.2.3.9), flags, threats and remediations.
  static func verdicts(_ value: JSONValue) -> SupplierProducts.Verdicts {
    var verdicts = SupplierProducts.Verdicts()
    for (status, ids) in value["product_status"]?.members ?? .nothing {
      let verdict: SupplierStatement.Verdict? =
        switch status.string {
        case "known_affected", "first_affected", "last_affected": .affected
        case "known_not_affected": .notAffected
        case "fixed", "first_fixed": .fixed
        case "under_investigation": .underInvestigation
        default: nil
        }
      if let verdict { verdicts.add(verdict, ids.elements.compactMap(\.string)) }
    }
    for flag in value["flags"]?.elements ?? .nothing {
      if let label = flag["label"]?.filled { assign(label, flag, &verdicts.justifications) }
    }
    for threat in value["threats"]?.elements ?? .nothing where threat["category"]?.isEqual("impact") ?? false {
      // For products that are not affected CSAF's VEX profile puts the reason here.
      guard let text = threat["details"]?.filled, threat["product_ids"] ?? threat["group_ids"] != nil else { continue }
      assign(text, threat, &verdicts.justifications)
    }
    for remedy in value["remediations"]?.elements ?? .nothing {
      guard let details = remedy["details"]?.filled else { continue }
      let category = remedy["category"]?.string ?? ""
      let text = category == "no_fix_planned" || category == "none_available" ? "[\(category)] \(details)" : details
      assign(text, remedy, &verdicts.remedies)
    }
    return verdicts
  }

  private static func assign(_ text: String, _ value: JSONValue, _ target: inout [String: String]) {
    let ids =
      (value["product_ids"]?.elements ?? .nothing).compactMap(\.string)
      + (value["group_ids"]?.elements ?? .nothing).compactMap(\.string)
    for id in ids.isEmpty ? [""] : ids where target[id] == nil { target[id] = text }
  }

  private static func note(_ value: JSONValue, _ categories: [String]) -> String? {
    for category in categories {
      for note in value["notes"]?.elements ?? .nothing where note["category"]?.string == category {
        if let text = note["text"]?.string?.trimmed { return text }
      }
    }
    return nil
  }

  static func publisher(_ document: JSONValue) -> String {
    shortened(document["publisher"]?["name"]?.string ?? "")
  }

  /// `Fortinet` of `Fortinet PSIRT`.
  static func shortened(_ name: String) -> String {
    name.hasSuffix(" PSIRT") ? String(name.dropLast(6)) : name
  }
}
