/// CSAF's product tree: branches, full names, relationships and groups.
struct CSAFProducts {
  private(set) var products = SupplierProducts()
  private var groups: [String: [String]] = [:]

  init(_ tree: JSONValue?, _ record: String, _ tally: inout FeedTally) {
    guard let tree else { return }
    addBranches(tree, vendor: "", product: "", version: nil, record, &tally, depth: 0)
    for name in tree["full_product_names"]?.elements ?? .nothing {
      add(name, vendor: "", product: name["name"]?.string ?? "", version: nil, record, &tally)
    }
    for relation in tree["relationships"]?.elements ?? .nothing { addRelation(relation) }
    for group in tree["product_groups"]?.elements ?? .nothing {
      guard let id = group["group_id"]?.string else { continue }
      groups[id] = (group["product_ids"]?.elements ?? .nothing).compactMap(\.string)
    }
  }

  private mutating func addBranches(
    _ node: JSONValue,
    vendor: String,
    product: String,
    version: String?,
    _ record: String,
    _ tally: inout FeedTally,
    depth: Int
  ) {
    guard depth < 40 else { return }
    for branch in node["branches"]?.elements ?? .nothing {
      let name = branch["name"]?.string ?? ""
      var (vendor, product, version) = (vendor, product, version)
      switch branch["category"]?.string ?? "" {
      case "vendor": vendor = CSAFFields.shortened(name)
      case "product_version", "product_version_range": version = name
      // Fortinet writes `product`.
      case "product_name", "product": product = name
      case "product_family": if product.isEmpty { product = name }
      default: break
      }
      if let full = branch["product"] {
        add(full, vendor: vendor, product: product, version: version, record, &tally)
      }
      addBranches(branch, vendor: vendor, product: product, version: version, record, &tally, depth: depth + 1)
    }
  }

  private mutating func add(
    _ full: JSONValue,
    vendor: String,
    product: String,
    version: String?,
    _ record: String,
    _ tally: inout FeedTally
  ) {
    guard let id = full["product_id"]?.filled else { return }
    var names: [CPEName] = []
    if let cpe = full["product_identification_helper"]?["cpe"]?.filled {
      if let name = JVNFields.name(cpe, of: record, &tally) { names.append(name) }
    }
    let title = product.isEmpty ? full["name"]?.string ?? "" : product
    let extent = version.flatMap { SupplierProducts.extent($0, of: title) }
    products.add(.init(vendor: vendor, product: title, extent: extent, names: names), id: id)
  }

  /// A product as a part of, or on top of, another.
  private mutating func addRelation(_ relation: JSONValue) {
    guard let full = relation["full_product_name"], let id = full["product_id"]?.filled,
      let first = relation["product_reference"]?.string
    else { return }
    let base = relation["relates_to_product_reference"]?.string ?? ""
    var product = products[first] ?? .init(vendor: "", product: full["name"]?.string ?? first)
    if let platform = products[base]?.product ?? base.trimmed { product.platforms = [platform] }
    products.add(product, id: id)
  }

  /// Puts the products of groups in place of the groups.
  func widen(_ verdicts: inout SupplierProducts.Verdicts) {
    for (group, ids) in groups {
      for id in ids {
        if let text = verdicts.justifications[group] { verdicts.justifications[id] = text }
        if let text = verdicts.remedies[group] { verdicts.remedies[id] = text }
      }
    }
  }
}
