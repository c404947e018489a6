/// CycloneDX as JSON.
enum CycloneDXFields {
  static func read(_ value: JSONValue, _ limits: FeedLimits) -> BillOfMaterials {
    var tally = MaterialsTally(.cycloneDX, value["specVersion"]?.string ?? "", limits)
    let metadata = value["metadata"]
    tally.bill.made = FeedDate.instant(metadata?["timestamp"])
    if let component = metadata?["component"] {
      tally.bill.subject = item(component, &tally)
      add(component["components"], parent: nil, depth: 0, &tally)
    }
    add(value["components"], parent: nil, depth: 0, &tally)
    let places = tally.places
    for vulnerability in value["vulnerabilities"]?.elements ?? .nothing { addStatement(vulnerability, places, &tally) }
    return tally.bill
  }

  private static func add(_ list: JSONValue?, parent: Int?, depth: Int, _ tally: inout MaterialsTally) {
    guard depth < 50 else { return }
    for component in list?.elements ?? .nothing {
      guard var item = item(component, &tally) else {
        tally.skipNameless()
        continue
      }
      item.parent = parent
      let index = tally.add(item)
      add(component["components"], parent: index, depth: depth + 1, &tally)
    }
  }

  private static func item(_ component: JSONValue, _ tally: inout MaterialsTally) -> BillOfMaterials.Item? {
    guard let name = component["name"]?.filled else { return nil }
    let group = component["group"]?.filled
    var item = BillOfMaterials.Item(name: group.map { "\($0)/\(name)" } ?? name)
    item.version = component["version"]?.filled
    item.supplier =
      component["supplier"]?["name"]?.filled ?? component["manufacturer"]?["name"]?.filled
      ?? component["publisher"]?.filled ?? component["author"]?.filled
    item.kind = component["type"]?.filled
    item.identity = tally.name(component["cpe"]?.filled, of: name)
    item.packageURL = component["purl"]?.filled
    item.tag = component["swid"]?["tagId"]?.filled
    item.reference = component["bom-ref"]?.filled
    for property in component["properties"]?.elements ?? .nothing {
      guard property["name"]?.isEqual("syft:cpe23") ?? false, item.hints.count < 50 else { continue }
      if let hint = tally.name(property["value"]?.filled, of: name) { item.hints.append(hint) }
    }
    return item
  }

  private static func addStatement(
    _ value: JSONValue,
    _ places: [String: Int],
    _ tally: inout MaterialsTally
  ) {
    guard let id = value["id"]?.filled, let state = value["analysis"]?["state"]?.string,
      let verdict = verdict(state)
    else { return }
    let analysis = value["analysis"]
    let responses = (analysis?["response"]?.elements ?? .nothing).compactMap(\.filled).joined(separator: ", ")
    tally.add(
      id,
      verdict,
      why: [analysis?["justification"]?.filled, analysis?["detail"]?.filled],
      remedy: value["recommendation"]?.filled ?? responses.trimmed,
      about: (value["affects"]?.elements ?? .nothing).compactMap { $0["ref"]?.filled },
      places
    )
  }

  /// `analysis.state` of CycloneDX.
  static func verdict(_ state: String) -> SupplierStatement.Verdict? {
    switch state {
    case "exploitable": .affected
    case "not_affected", "false_positive": .notAffected
    case "resolved", "resolved_with_pedigree": .fixed
    case "in_triage": .underInvestigation
    default: nil
    }
  }
}
