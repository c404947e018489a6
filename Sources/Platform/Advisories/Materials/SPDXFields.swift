/// SPDX 2.2 and 2.3 as JSON.
enum SPDXFields {
  static func read(_ value: JSONValue, _ limits: FeedLimits) -> BillOfMaterials {
    var draft = SPDXDraft(value["spdxVersion"]?.string ?? "", limits)
    draft.tally.bill.made = FeedDate.instant(value["creationInfo"]?["created"])
    draft.documentName = value["name"]?.filled
    for package in value["packages"]?.elements ?? .nothing {
      guard let name = package["name"]?.filled else {
        draft.tally.skipNameless()
        continue
      }
      var item = BillOfMaterials.Item(name: name)
      item.version = package["versionInfo"]?.filled
      item.supplier = SPDXDraft.organization(package["supplier"]?.filled ?? package["originator"]?.filled)
      item.kind = package["primaryPackagePurpose"]?.filled?.lowercased()
      item.reference = package["SPDXID"]?.filled
      for reference in package["externalRefs"]?.elements ?? .nothing {
        draft.add(
          type: reference["referenceType"]?.string ?? "",
          locator: reference["referenceLocator"]?.string ?? "",
          to: &item
        )
      }
      draft.items.append(item)
    }
    draft.described = (value["documentDescribes"]?.elements ?? .nothing).compactMap(\.filled)
    for relation in value["relationships"]?.elements ?? .nothing {
      draft.relate(
        relation["spdxElementId"]?.string ?? "",
        relation["relationshipType"]?.string ?? "",
        relation["relatedSpdxElement"]?.string ?? ""
      )
    }
    return draft.finished()
  }
}
