/// CycloneDX as XML.
enum CycloneDXDocument {
  static func read(_ node: XMLNode, _ limits: FeedLimits) -> BillOfMaterials {
    // The edition stands only in the namespace: http://cyclonedx.org/schema/bom/1.6.
    let edition = node["xmlns"]?.split(separator: "/").last.map(String.init) ?? ""
    var tally = MaterialsTally(.cycloneDX, edition, limits)
    let metadata = node.child("metadata")
    tally.bill.made = metadata?.text("timestamp").flatMap { FeedDate.instant($0) }
    if let component = metadata?.child("component") {
      tally.bill.subject = item(component, &tally)
      add(component, parent: nil, &tally)
    }
    add(node, parent: nil, &tally)
    let places = tally.places
    for vulnerability in node.child("vulnerabilities")?.children("vulnerability") ?? [] {
      addStatement(vulnerability, places, &tally)
    }
    return tally.bill
  }

  private static func add(_ node: XMLNode, parent: Int?, _ tally: inout MaterialsTally) {
    for component in node.child("components")?.children("component") ?? [] {
      guard var item = item(component, &tally) else {
        tally.skipNameless(row: component.line)
        continue
      }
      item.parent = parent
      let index = tally.add(item)
      add(component, parent: index, &tally)
    }
  }

  private static func item(_ node: XMLNode, _ tally: inout MaterialsTally) -> BillOfMaterials.Item? {
    guard let name = node.text("name") else { return nil }
    var item = BillOfMaterials.Item(name: node.text("group").map { "\($0)/\(name)" } ?? name)
    item.version = node.text("version")
    item.supplier =
      node.text("supplier", "name") ?? node.text("manufacturer", "name") ?? node.text("publisher")
      ?? node.text("author")
    item.kind = node["type"]
    item.identity = tally.name(node.text("cpe"), of: name, row: node.line)
    item.packageURL = node.text("purl")
    item.tag = node.child("swid")?["tagId"]
    item.reference = node["bom-ref"]
    for property in node.child("properties")?.children("property") ?? []
    where property["name"] == "syft:cpe23" && item.hints.count < 50 {
      if let hint = tally.name(property.trimmed, of: name, row: node.line) { item.hints.append(hint) }
    }
    return item
  }

  private static func addStatement(
    _ node: XMLNode,
    _ places: [String: Int],
    _ tally: inout MaterialsTally
  ) {
    guard let id = node.text("id"), let verdict = node.text("analysis", "state").flatMap(CycloneDXFields.verdict)
    else { return }
    tally.add(
      id,
      verdict,
      why: [node.text("analysis", "justification"), node.text("analysis", "detail")],
      remedy: node.text("recommendation"),
      about: node.child("affects")?.children("target").compactMap { $0.text("ref") } ?? [],
      places
    )
  }
}
