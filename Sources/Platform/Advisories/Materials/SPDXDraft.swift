/// What the notations of SPDX have in common: packages first, then how they relate.
struct SPDXDraft {
  var tally: MaterialsTally
  var items: [BillOfMaterials.Item] = []
  var documentName: String?
  /// Ids of what the document is about.
  var described: [String] = []
  /// By the id of a part, that of the whole.
  private var wholes: [String: String] = [:]

  init(_ edition: String, _ limits: FeedLimits) { tally = MaterialsTally(.spdx, edition, limits) }

  /// Categories are spelled `PACKAGE-MANAGER`, `PACKAGE_MANAGER`, `SECURITY`, `OTHER`; the type alone decides. Of
  /// several CPE names the first counts, the others are guesses of tools.
  mutating func add(type: String, locator: String, to item: inout BillOfMaterials.Item) {
    switch type.split(separator: "/").last.map({ $0.lowercased() }) ?? "" {
    case "cpe23type", "cpe22type", "cpe23", "cpe22":
      guard item.hints.count < 50, let name = tally.name(locator, of: item.name) else { return }
      if item.identity == nil { item.identity = name } else { item.hints.append(name) }
    case "purl", "packageurl": item.packageURL = item.packageURL ?? locator.trimmed
    case "swid": item.tag = item.tag ?? locator.trimmed
    default: break
    }
  }

  mutating func relate(_ left: String, _ relation: String, _ right: String) {
    switch relation.uppercased() {
    case "DESCRIBES": described.append(right)
    case "DESCRIBED_BY": described.append(left)
    case "CONTAINS", "HAS_PREREQUISITE": wholes[right] = left
    case "CONTAINED_BY", "PACKAGE_OF": wholes[left] = right
    default: break
    }
  }

  /// `Organization: Anchore, Inc` and `Person: X (x@y)`, without their kind.
  static func organization(_ text: String?) -> String? {
    guard let text, text != "NOASSERTION" else { return nil }
    for kind in ["Organization:", "Person:", "Tool:"] where text.hasPrefix(kind) {
      return text.dropFirst(kind.count).trimmed
    }
    return text
  }

  /// The one package the document describes, if it is one, becomes the subject.
  mutating func finished() -> BillOfMaterials {
    let subjects = items.filter { item in item.reference.map { described.contains($0) } ?? false }
    let subject = subjects.count == 1 && items.count > 1 ? subjects.first : nil
    tally.bill.subject = subject ?? documentName.map { BillOfMaterials.Item(name: $0) }
    let kept = items.filter { subject == nil || $0.reference != subject?.reference }
    var places: [String: Int] = [:]
    for (index, item) in kept.enumerated() {
      if let reference = item.reference { places[reference] = index }
    }
    for (index, item) in kept.enumerated() {
      var item = item
      let parent = item.reference.flatMap { wholes[$0] }.flatMap { places[$0] }
      item.parent = parent == index ? nil : parent
      _ = tally.add(item)
    }
    return tally.bill
  }
}
