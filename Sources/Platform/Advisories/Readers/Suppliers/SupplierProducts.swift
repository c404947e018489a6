/// The products of a supplier's advisory (CSAF's product tree, CVRF's), by the ids its statements use.
struct SupplierProducts {
  struct Product: Hashable {
    var vendor: String
    var product: String
    /// Which versions the id stands for; nil where it names the product only.
    var extent: AffectedProduct.Extent?
    var names: [CPEName] = []
    /// What it runs on, where the advisory says so.
    var platforms: [String] = []
  }

  private(set) var byID: [String: Product] = [:]

  subscript(_ id: String) -> Product? { byID[id] }

  mutating func add(_ product: Product, id: String) { byID[id] = product }

  /// A product of a branch of version `version`, whose text may repeat the product's name: `FortiOS 6.4.0`,
  /// `FortiDLP/>=12.2.1|<=12.2.2`.
  static func extent(_ version: String, of product: String) -> AffectedProduct.Extent? {
    var text = version[...]
    if text.lowercased().hasPrefix(product.lowercased()), text.count > product.count {
      let rest = text.dropFirst(product.count)
      if let first = rest.first, !first.isLetter, !first.isNumber {
        text = rest.dropFirst(first == " " || first == "/" ? 1 : 0)
      }
    }
    return text.trimmed.flatMap { SupplierVersion.extent($0) }
  }

  /// The product of an id that the tree does not define though statements use it: some suppliers list fixed versions so
  /// (`FortiGate-7.2.11` beside `FortiGate-7.2.10`). Read as name and version; nil where that does not work.
  func guess(_ id: String) -> Product? {
    guard let cut = id.lastIndex(where: { $0 == "-" || $0 == " " || $0 == "/" }), cut != id.startIndex else {
      return nil
    }
    let prefix = id[..<cut]
    let version = String(id[id.index(after: cut)...])
    let known = byID.first { $0.key.hasPrefix(prefix) && $0.key != id }?.value
    if AffectedFields.isVersion(version), version.utf8.contains(UInt8(ascii: ".")) {
      guard let name = known?.product ?? String(prefix).trimmed else { return nil }
      return Product(vendor: known?.vendor ?? "", product: name, extent: .single(version))
    }
    // `FortiDLP/ 11.2 all versions`.
    guard let start = id.firstIndex(where: { $0 == "/" || $0 == " " }), let name = String(id[..<start]).trimmed,
      let extent = id[start...].dropFirst().trimmed.flatMap({ SupplierVersion.extent($0) })
    else { return nil }
    let vendor = byID.values.first { $0.product == name }?.vendor
    return Product(vendor: vendor ?? "", product: name, extent: extent)
  }

  // MARK: - Statements

  /// What an advisory says of many ids, as one entry for each product: that is how people and matchers read it.
  struct Said {
    var affected: [AffectedProduct] = []
    var statements: [SupplierStatement] = []
    var unknownIDs: [String] = []
  }

  struct Verdicts {
    var entries: [(verdict: SupplierStatement.Verdict, id: String)] = []
    /// By id; the empty id stands for all.
    var justifications: [String: String] = [:]
    var remedies: [String: String] = [:]

    mutating func add(_ verdict: SupplierStatement.Verdict, _ ids: [String]) {
      entries += ids.map { (verdict, $0) }
    }
  }

  private struct Key: Hashable {
    let vendor: String
    let product: String
    let platforms: [String]
  }

  private struct Line: Hashable {
    let key: Key
    let verdict: SupplierStatement.Verdict
    let justification: String?
    let remedy: String?
  }

  /// Gathers the verdicts by product. `source` is what the products carry: `csaf:Fortinet`.
  func said(_ verdicts: Verdicts, source: String) -> Said {
    var said = Said()
    var order: [Line] = []
    var groups: [Line: [Product]] = [:]
    for (verdict, id) in verdicts.entries {
      guard let product = byID[id] ?? guess(id) else {
        said.unknownIDs.append(id)
        continue
      }
      let line = Line(
        key: Key(vendor: product.vendor, product: product.product, platforms: product.platforms),
        verdict: verdict,
        justification: verdicts.justifications[id] ?? verdicts.justifications[product.product]
          ?? verdicts.justifications[""],
        remedy: verdicts.remedies[id] ?? verdicts.remedies[product.product] ?? verdicts.remedies[""]
      )
      if groups[line] == nil { order.append(line) }
      groups[line, default: []].append(product)
    }
    for line in order {
      let product = Self.merged(groups[line] ?? [], line.key, line.verdict, source)
      said.statements.append(
        SupplierStatement(product, verdict: line.verdict, justification: line.justification, remedy: line.remedy)
      )
    }
    said.affected = Self.joined(said.statements, source)
    return said
  }

  /// One entry of all versions of one verdict. Names lose their versions where versions are told apart from them.
  private static func merged(
    _ products: [Product],
    _ key: Key,
    _ verdict: SupplierStatement.Verdict,
    _ source: String
  ) -> AffectedProduct {
    let status: AffectedProduct.Status =
      switch verdict {
      case .affected: .affected
      case .notAffected, .fixed: .unaffected
      case .underInvestigation: .unknown
      }
    var names: [CPEName] = []
    var statements: [AffectedProduct.Statement] = []
    for product in products {
      var extent = product.extent
      for name in product.names {
        if extent == nil, case .value(let version) = name.version { extent = .single(version) }
        var bare = name
        bare.version = .any
        if !names.contains(bare) { names.append(bare) }
      }
      let statement = extent.map { AffectedProduct.Statement($0, status: status) }
      if let statement, !statements.contains(statement) { statements.append(statement) }
    }
    return AffectedProduct(
      vendor: key.vendor,
      product: key.product,
      names: names,
      statements: statements,
      defaultStatus: statements.isEmpty ? status : .unknown,
      platforms: key.platforms,
      source: source
    )
  }

  /// The same by product, all verdicts together, for those products that something is affected of.
  private static func joined(_ statements: [SupplierStatement], _ source: String) -> [AffectedProduct] {
    var order: [Key] = []
    var groups: [Key: [SupplierStatement]] = [:]
    for statement in statements {
      let product = statement.product
      let key = Key(vendor: product.vendor, product: product.product, platforms: product.platforms)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(statement)
    }
    return order.compactMap { key in
      guard let group = groups[key], group.contains(where: { $0.verdict == .affected }) else { return nil }
      var names: [CPEName] = []
      for name in group.flatMap(\.product.names) where !names.contains(name) { names.append(name) }
      let lines = group.flatMap(\.product.statements)
      let isWhole = group.contains { $0.verdict == .affected && $0.product.statements.isEmpty }
      return AffectedProduct(
        vendor: key.vendor,
        product: key.product,
        names: names,
        statements: lines,
        defaultStatus: isWhole ? .affected : .unknown,
        platforms: key.platforms,
        source: source
      )
    }
  }
}
