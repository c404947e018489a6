import Text
import Time

/// What is kept from one document to the next.
struct CSAFState {
  var tally: FeedTally
  private(set) var isJVN = false
  private(set) var latest: Instant?
  /// The publisher, where all documents are of one.
  private(set) var part = ""
  private let encoder = CompactEncoder()

  init(_ limits: FeedLimits) { tally = FeedTally(limits) }

  mutating func read(_ value: JSONValue, _ offset: Int, _ into: (FeedRecord) throws -> Void) throws {
    guard let document = value["document"], document["csaf_version"] != nil,
      let number = document["tracking"]?["id"]?.filled
    else {
      tally.skip(offset: offset, "CSAFの文書ではない項目です。", "An entry that is no CSAF document.")
      return
    }
    tally.count()
    let publisher = CSAFFields.publisher(document)
    part = part.isEmpty || part == publisher ? publisher : ""
    let tree = CSAFProducts(value["product_tree"], number, &tally)
    var base = CSAFFields.base(document, number)
    latest = [latest, base.modified].compactMap(\.self).max()
    if let extension_ = value["jvn_extension"] { readExtension(extension_, &base) }
    var vulnerabilities: [JSONValue] = []
    for vulnerability in value["vulnerabilities"]?.elements ?? .nothing {
      // Fortinet has sent the list inside another list.
      if vulnerability.kind == .array {
        vulnerabilities += vulnerability.elements
      } else {
        vulnerabilities.append(vulnerability)
      }
    }
    let hasNumber = vulnerabilities.contains { CSAFFields.cve($0) != nil }
    for vulnerability in vulnerabilities where CSAFFields.cve(vulnerability) == nil && hasNumber {
      // JVN puts what holds for all into an entry without a number.
      base.weaknesses += CSAFFields.weaknesses(vulnerability)
    }
    let named = vulnerabilities.filter { !hasNumber || CSAFFields.cve($0) != nil }
    for vulnerability in named {
      try into(.advisory(advisory(vulnerability, base, tree, publisher)))
    }
    if named.isEmpty { try into(.advisory(base)) }
  }

  private mutating func readExtension(_ value: JSONValue, _ base: inout Advisory) {
    isJVN = true
    base.feed = .myJVN
    for entry in value["affected"]?.elements ?? .nothing {
      if let product = AffectedFields.read(entry, source: "jvn", of: base.id, &tally) { base.affected.append(product) }
    }
    if let criteria = value["cpeApplicability"] {
      base.configurations = NVDConfigurations.read(criteria, encoder, of: base.id, &tally)
    }
  }

  private mutating func advisory(
    _ value: JSONValue,
    _ base: Advisory,
    _ tree: CSAFProducts,
    _ publisher: String
  ) -> Advisory {
    var advisory = base
    if let cve = CSAFFields.cve(value) {
      advisory.id = cve
      advisory.aliases.insert(base.id, at: 0)
    }
    CSAFFields.fill(&advisory, value, publisher)
    var verdicts = CSAFFields.verdicts(value)
    tree.widen(&verdicts)
    let source = advisory.feed == .myJVN ? "jvn" : "csaf:" + publisher
    let said = tree.products.said(verdicts, source: source)
    // JVN's extension tells the versions that its product ids do not.
    if advisory.affected.isEmpty { advisory.affected = said.affected }
    advisory.statements = said.statements
    for id in said.unknownIDs {
      tally.skipPart(
        advisory.id,
        "製品の一覧にない製品ID「\(id.prefix(80))」です。",
        "The product id “\(id.prefix(80))” is not in the product tree."
      )
    }
    return advisory
  }
}
