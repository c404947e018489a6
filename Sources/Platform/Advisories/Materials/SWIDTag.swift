/// A software identification tag (ISO/IEC 19770-2:2015): one product, and the products it links to as its parts.
enum SWIDTag {
  static func read(_ node: XMLNode, _ limits: FeedLimits) -> BillOfMaterials {
    var tally = MaterialsTally(.swid, "", limits)
    guard let name = node["name"] else {
      tally.skipNameless(row: node.line)
      return tally.bill
    }
    var item = BillOfMaterials.Item(name: name)
    item.version = node["version"] == "0.0" ? nil : node["version"]
    item.kind = "application"
    item.tag = node["tagId"]
    item.reference = node["tagId"]
    let entities = node.children("Entity")
    let maker = entities.first { ($0["role"] ?? "").split(separator: " ").contains("softwareCreator") }
    item.supplier = (maker ?? entities.first)?["name"]
    if let meta = node.child("Meta"), item.version == nil { item.version = meta["colloquialVersion"] }
    tally.bill.subject = item
    for link in node.children("Link") where link["rel"] == "component" || link["rel"] == "requires" {
      guard let target = link["href"] else { continue }
      var part = BillOfMaterials.Item(name: target.hasPrefix("swid:") ? String(target.dropFirst(5)) : target)
      part.tag = part.name
      _ = tally.add(part)
    }
    return tally.bill
  }
}
