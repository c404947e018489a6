/// SPDX 3.0 as JSON-LD: a graph of elements that point to each other by their ids.
enum SPDXGraph {
  static func read(_ value: JSONValue, _ limits: FeedLimits) -> BillOfMaterials {
    var edition = ""
    var names: [String: String] = [:]
    var made: JSONValue?
    let graph = value["@graph"]?.elements ?? .nothing
    for element in graph {
      switch element["type"]?.string ?? element["@type"]?.string {
      case "CreationInfo":
        edition = element["specVersion"]?.string ?? edition
        made = element["created"] ?? made
      case "Organization", "Person", "Agent", "SoftwareAgent":
        if let id = id(element), let name = element["name"]?.filled { names[id] = name }
      default: break
      }
    }
    var draft = SPDXDraft("SPDX-" + (edition.isEmpty ? "3.0" : edition), limits)
    draft.tally.bill.made = FeedDate.instant(made)
    for element in graph { read(element, names, &draft) }
    return draft.finished()
  }

  private static func read(_ element: JSONValue, _ names: [String: String], _ draft: inout SPDXDraft) {
    switch element["type"]?.string ?? element["@type"]?.string ?? "" {
    case "software_Package": draft.add(element, names)
    case "SpdxDocument", "software_Sbom", "Bom":
      if draft.documentName == nil { draft.documentName = element["name"]?.filled }
      draft.described += strings(element["rootElement"])
    case "Relationship", "LifecycleScopedRelationship":
      let relation = element["relationshipType"]?.string ?? ""
      for to in strings(element["to"]) { draft.relate(element["from"]?.string ?? "", relation, to) }
    default: break
    }
  }

  static func id(_ element: JSONValue) -> String? { element["spdxId"]?.filled ?? element["@id"]?.filled }

  /// One text or several.
  private static func strings(_ value: JSONValue?) -> [String] {
    guard let value else { return [] }
    return value.filled.map { [$0] } ?? value.elements.compactMap(\.filled)
  }
}

extension SPDXDraft {
  fileprivate mutating func add(_ element: JSONValue, _ names: [String: String]) {
    guard let name = element["name"]?.filled else {
      tally.skipNameless()
      return
    }
    var item = BillOfMaterials.Item(name: name)
    item.version = element["software_packageVersion"]?.filled
    item.kind = element["software_primaryPurpose"]?.filled
    item.reference = SPDXGraph.id(element)
    if let supplier = element["suppliedBy"]?.filled
      ?? element["suppliedBy"]?.elements.first(where: { _ in true })?.filled
    {
      item.supplier = names[supplier] ?? supplier
    }
    item.packageURL = element["software_packageUrl"]?.filled
    for identifier in element["externalIdentifier"]?.elements ?? .nothing {
      add(
        type: identifier["externalIdentifierType"]?.string ?? "",
        locator: identifier["identifier"]?.string ?? "",
        to: &item
      )
    }
    items.append(item)
  }
}
