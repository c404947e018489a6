import Time

/// What a CVRF document says before its vulnerabilities, and how they are read with it.
struct CVRFDocument {
  private(set) var number = ""
  private(set) var publisher = ""
  private(set) var modified: Instant?
  private var title: String?
  private var summary: String?
  private var remedy: String?
  private var published: Instant?
  private var products = SupplierProducts()

  mutating func read(_ node: XMLNode) {
    switch node.name {
    case "DocumentTitle": title = node.trimmed
    case "DocumentPublisher":
      let words = node.allText
      publisher = words.contains("Microsoft") ? "Microsoft" : words.contains("Fortinet") ? "Fortinet" : ""
    case "DocumentTracking":
      number = node.text("Identification", "ID") ?? ""
      published = node.text("InitialReleaseDate").flatMap { FeedDate.instant($0) }
      modified = node.text("CurrentReleaseDate").flatMap { FeedDate.instant($0) }
    case "DocumentNotes":
      for note in node.children("Note") {
        if note["Title"] == "Summary" { summary = note.trimmed }
        if note["Title"] == "Solutions" { remedy = note.trimmed }
      }
    case "ProductTree":
      // The full names on top repeat those of the branches, which know more.
      for name in node.children("FullProductName") { add(name, vendor: publisher, product: nil, version: nil) }
      addBranches(node, vendor: publisher, product: nil, version: nil, depth: 0)
    default: break
    }
  }

  private mutating func addBranches(_ node: XMLNode, vendor: String, product: String?, version: String?, depth: Int) {
    guard depth < 40 else { return }
    for branch in node.children("Branch") {
      let name = branch["Name"] ?? ""
      var (vendor, product, version) = (vendor, product, version)
      switch branch["Type"] {
      case "Vendor": vendor = name
      case "Product Name": product = name
      case "Product Version": version = name
      default: break
      }
      for full in branch.children("FullProductName") { add(full, vendor: vendor, product: product, version: version) }
      addBranches(branch, vendor: vendor, product: product, version: version, depth: depth + 1)
    }
  }

  private mutating func add(_ full: XMLNode, vendor: String, product: String?, version: String?) {
    guard let id = full["ProductID"] else { return }
    let title = product ?? full.trimmed ?? id
    var names: [CPEName] = []
    if let cpe = full["CPE"] {
      // A malformed name only makes the product harder to find; its title stays.
      if let name = try? CPEName(parsing: cpe) { names.append(name) }
    }
    let extent = version.flatMap { SupplierProducts.extent($0, of: title) }
    products.add(.init(vendor: vendor, product: title, extent: extent, names: names), id: id)
  }

  /// The advisory, Microsoft's updates, and the product ids that the tree does not know.
  func advisory(_ node: XMLNode) -> (Advisory, [WindowsUpdate], [String]) {
    let cve = node.text("CVE").flatMap { CVENumber.isOne($0) ? $0 : nil }
    var advisory = Advisory(id: cve ?? number, feed: .csaf)
    if cve != nil { advisory.aliases = [number] }
    advisory.title = node.text("Title") ?? title
    advisory.summary =
      node.child("Notes")?.children("Note").first { $0["Type"] == "Description" }?.trimmed ?? summary
    advisory.published = published
    advisory.modified = modified
    advisory.weaknesses = node.children("CWE").compactMap { $0["ID"] }
    for set in node.child("CVSSScoreSets")?.children ?? [] {
      let base = set.text("BaseScore") ?? set.text("BaseScoreV3")
      let vector = set.text("Vector") ?? set.text("VectorV3") ?? ""
      guard let tenths = JVNFields.tenths(base) else { continue }
      let version = vector.hasPrefix("CVSS:") ? String(vector.dropFirst(5).prefix(3)) : "2.0"
      let score = SeverityScore(version: version, tenths: tenths, vector: vector, source: publisher)
      advisory.scores.addOnce(score)
    }
    for reference in node.child("References")?.children("Reference") ?? [] {
      guard let url = reference.text("URL"), url.hasPrefix("http") else { continue }
      advisory.references.append(AdvisoryReference(url: url, label: reference.text("Description")))
    }
    let threats = node.child("Threats")?.children("Threat") ?? []
    advisory.impact = threats.first { $0["Type"] == "Impact" }?.text("Description")
    let said = products.said(verdicts(node), source: "csaf:" + publisher)
    advisory.affected = said.affected
    advisory.statements = said.statements
    let remedies = node.child("Remediations")?.children("Remediation") ?? []
    advisory.remedy = remedy ?? Self.remedyText(remedies)
    return (advisory, updates(remedies, threats, advisory), said.unknownIDs)
  }

  private func verdicts(_ node: XMLNode) -> SupplierProducts.Verdicts {
    var verdicts = SupplierProducts.Verdicts()
    for status in node.child("ProductStatuses")?.children("Status") ?? [] {
      let verdict: SupplierStatement.Verdict? =
        switch status["Type"] {
        case "Known Affected", "First Affected", "Last Affected": .affected
        case "Known Not Affected": .notAffected
        case "Fixed", "First Fixed": .fixed
        case "Under Investigation": .underInvestigation
        default: nil
        }
      if let verdict { verdicts.add(verdict, status.children("ProductID").compactMap(\.trimmed)) }
    }
    for remedy in node.child("Remediations")?.children("Remediation") ?? [] where remedy["Type"] == "Vendor Fix" {
      guard let description = remedy.text("Description") else { continue }
      let text = [description, remedy.text("FixedBuild")].compactMap(\.self).joined(separator: " → ")
      for id in remedy.children("ProductID").compactMap(\.trimmed) where verdicts.remedies[id] == nil {
        verdicts.remedies[id] = text
      }
    }
    return verdicts
  }

  private static func remedyText(_ remedies: [XMLNode]) -> String? {
    var texts: [String] = []
    for remedy in remedies where remedy["Type"] == "Workaround" || remedy["Type"] == "Mitigation" {
      if let text = remedy.text("Description"), !texts.contains(text), texts.count < 20 { texts.append(text) }
    }
    return texts.isEmpty ? nil : texts.joined(separator: "\n")
  }

  /// One for each KB and product.
  private func updates(_ remedies: [XMLNode], _ threats: [XMLNode], _ advisory: Advisory) -> [WindowsUpdate] {
    guard publisher == "Microsoft" else { return [] }
    func threat(_ type: String, _ id: String) -> String? {
      threats.first { $0["Type"] == type && $0.children("ProductID").contains { $0.trimmed == id } }?
        .text("Description")
    }
    return remedies.filter { $0["Type"] == "Vendor Fix" }.flatMap { remedy -> [WindowsUpdate] in
      guard let kb = remedy.text("Description"), kb.utf8.allSatisfy({ $0 >= 48 && $0 < 58 }) else { return [] }
      let supersedes = (remedy.text("Supercedence") ?? "").split { !$0.isNumber }.map(String.init)
      return remedy.children("ProductID").compactMap(\.trimmed).compactMap { id in
        products[id].map { product in
          WindowsUpdate(
            cve: advisory.id,
            kb: kb,
            product: product.product,
            supersedes: supersedes,
            fixedBuild: remedy.text("FixedBuild"),
            published: published?.day,
            severity: threat("Severity", id),
            impact: threat("Impact", id)
          )
        }
      }
    }
  }
}
