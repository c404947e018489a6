/// SPDX 2.x as tag and value, a line each; values in `<text>` may span lines.
enum SPDXText {
  static func read(_ text: String, _ limits: FeedLimits) -> BillOfMaterials {
    var edition = ""
    var draft = SPDXDraft("", limits)
    var item: BillOfMaterials.Item?
    var isInText = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if isInText {
        isInText = !line.contains("</text>")
        continue
      }
      guard let colon = line.firstIndex(of: ":"), line.first != "#" else { continue }
      let tag = line[..<colon]
      let value = line[line.index(after: colon)...].trimmed ?? ""
      if value.contains("<text>"), !value.contains("</text>") { isInText = true }
      switch tag {
      case "SPDXVersion": edition = value
      case "DocumentName": draft.documentName = value
      case "Created": draft.tally.bill.made = FeedDate.instant(value)
      case "PackageName":
        if let item { draft.items.append(item) }
        item = BillOfMaterials.Item(name: value)
      // A file or snippet ends the package; its id must not become the package's.
      case "FileName", "SnippetSPDXID":
        if let item { draft.items.append(item) }
        item = nil
      case "SPDXID": if item?.reference == nil { item?.reference = value }
      case "PackageVersion": item?.version = value
      case "PackageSupplier": if let supplier = SPDXDraft.organization(value) { item?.supplier = supplier }
      case "PackageOriginator": if item?.supplier == nil { item?.supplier = SPDXDraft.organization(value) }
      case "PrimaryPackagePurpose": item?.kind = value.lowercased()
      case "ExternalRef":
        let parts = value.split(separator: " ")
        guard parts.count >= 3, var current = item else { continue }
        draft.add(type: String(parts[1]), locator: String(parts[2]), to: &current)
        item = current
      case "Relationship":
        let parts = value.split(separator: " ")
        if parts.count >= 3 { draft.relate(String(parts[0]), String(parts[1]), String(parts[2])) }
      default: break
      }
    }
    if let item { draft.items.append(item) }
    draft.tally.bill = draft.tally.bill.with(edition: edition)
    return draft.finished()
  }
}

extension BillOfMaterials {
  fileprivate func with(edition: String) -> BillOfMaterials {
    var copy = BillOfMaterials(format: format, edition: edition)
    copy.made = made
    copy.problems = problems
    return copy
  }
}
