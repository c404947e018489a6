import Advisories

/// What CNA, ADP, JVN and suppliers say of one component, by their own lists of versions (V7).
struct StatementEvaluation: Sendable {
  let component: PreparedComponent
  /// All names of the component's product, and their letters.
  private let names: [ProductName]
  private let letters: [(vendor: String, product: String)]
  /// Names in other words: what a dictionary takes a vendor's and a product's text for.
  private let resolve: @Sendable (_ vendor: String, _ product: String) -> [ProductName]
  private let platforms: PlatformFit

  init(
    _ component: PreparedComponent,
    on platforms: PlatformFit,
    renames: ProductRenames,
    resolve: @escaping @Sendable (_ vendor: String, _ product: String) -> [ProductName]
  ) {
    self.component = component
    self.resolve = resolve
    self.platforms = platforms
    names = renames.names(of: component.product)
    letters = names.map { (Self.letters($0.vendor), Self.letters($0.product)) }
  }

  /// The view of one source, nil where it does not speak of the component.
  func view(_ products: [AffectedProduct], source: String) -> SourceView? {
    let own = products.filter(isMeant)
    guard let first = own.first else { return nil }
    guard component.versionKind == .value else { return versionless(own, source: source) }
    var open: OpenQuestion?
    var listed: [VersionRange] = []
    for product in own {
      if let range = status(.unaffected, of: product, &open, &listed) {
        return SourceView(source, .notAffected, range: range)
      }
    }
    listed = []
    var elsewhere: (range: VersionRange, platform: OpenQuestion)?
    var hits: [VersionRange] = []
    for product in own {
      guard let range = status(.affected, of: product, &open, &listed) else { continue }
      if let platform = otherPlatform(product) {
        elsewhere = elsewhere ?? (range, platform)
      } else {
        hits.append(range)
      }
    }
    if let hit = hits.first(where: { !$0.isYear }) ?? hits.first {
      // A year is a name: beside ranges of numbers that it cannot be held against, it decides nothing (V5).
      if hit.isYear, open == .versionIncomparable {
        return SourceView(source, .possible(.versionIncomparable), range: hit)
      }
      let fixes = fixes(hits, own)
      return SourceView(source, .affected, range: hit, fixedVersions: fixes.named, unprovenFixes: fixes.unproven)
    }
    if let elsewhere { return SourceView(source, .possible(elsewhere.platform), range: elsewhere.range) }
    if let open { return SourceView(source, .possible(open)) }
    if let verdict = byDefault(own) { return SourceView(source, verdict) }
    if isLeftOpen(listed) { return SourceView(source, .possible(.windowsBuild)) }
    if listed.isEmpty {
      return SourceView(source, first.defaultStatus == .unaffected ? .notAffected : .possible(.productOnly))
    }
    return SourceView(source, RangeListing.verdict(component, outside: listed))
  }

  /// Whether ranges of other build lines of Windows are all that the source says of the component's build: a range of its own
  /// line would decide.
  private func isLeftOpen(_ ranges: [VersionRange]) -> Bool {
    ranges.contains { component.isOfOtherLine($0) && component.isIn($0) == .unknown }
      && !ranges.contains { component.isRuledOut(by: $0) }
  }

  /// What holds for versions that no range of the source holds, where that is that they are affected.
  private func byDefault(_ products: [AffectedProduct]) -> SourceView.Verdict? {
    let affected = products.filter { $0.defaultStatus == .affected }
    guard let first = affected.first else { return nil }
    if component.component.isWindows { return .possible(.windowsBuild) }
    return affected.contains { otherPlatform($0) == nil } ? .affected : otherPlatform(first).map { .possible($0) }
  }

  /// What is open where a record names platforms that the asset is not known to be.
  private func otherPlatform(_ product: AffectedProduct) -> OpenQuestion? {
    platforms.missing(product.platforms).map {
      .companion(ProductName(.hardware, vendor: component.product.vendor, product: $0))
    }
  }

  /// By which versions the ranges end. A range that begins in one branch and ends before `X.Y.0` of another is often a way to
  /// write "all of the branch", and nobody says that there is such a release: it is a fix only where somebody does.
  private func fixes(_ ranges: [VersionRange], _ products: [AffectedProduct]) -> (named: [String], unproven: [String]) {
    let ends = ranges.filter { $0.upper.map { !$0.isIncluded } ?? false }
    func isNamed(_ version: String) -> Bool {
      products.flatMap(\.statements).contains { statement in
        if statement.changes.contains(where: { $0.status == .unaffected && isSame($0.at, version) }) { return true }
        guard statement.status == .unaffected else { return false }
        switch statement.extent {
        case .single(let text): return isSame(text, version)
        case .range(let range): return range.lower.map { $0.isIncluded && isSame($0.version, version) } ?? false
        case .text, .all: return false
        }
      }
    }
    var (named, unproven): ([String], [String]) = ([], [])
    for range in ends {
      guard let version = range.upper?.version else { continue }
      if range.endsAtNextBranch, !isNamed(version) { unproven.append(version) } else { named.append(version) }
    }
    return (named, unproven)
  }

  private func isSame(_ one: String, _ other: String) -> Bool { component.scheme.compare(one, other) == .equal }

  /// Whether it is enough to lie in the range. The release of a Windows alone says nothing of its updates (N2, N3): only a
  /// range that ends in its own build line does.
  private func isSettled(_ range: VersionRange) -> Bool {
    guard component.component.isWindows else { return true }
    guard let own = component.build?.line else { return false }
    return WindowsBuild(range.upper)?.line == own
  }

  /// What a supplier says of the component, nil where nothing.
  func view(_ statement: SupplierStatement) -> SourceView? {
    guard isMeant(statement.product) else { return nil }
    var open: OpenQuestion?
    var listed: [VersionRange] = []
    var range: VersionRange?
    let isHit = statement.verdict == .affected
    if statement.product.statements.isEmpty {
      if isHit, !isSettled(VersionRange()) { open = .windowsBuild } else { range = VersionRange() }
    } else if component.versionKind == .value {
      for status in [AffectedProduct.Status.affected, .unaffected, .unknown] where range == nil {
        range = self.status(status, of: statement.product, isHit: isHit, &open, &listed)
      }
      if range == nil, isLeftOpen(listed) { open = open ?? .windowsBuild }
    } else {
      open = .versionUnknown
    }
    let verdict: SourceView.Verdict
    switch (range, statement.verdict) {
    case (nil, .affected):
      // Versions beside those it names are judged by the supplier's list as a whole.
      guard let open else { return nil }
      verdict = .possible(open)
    case (nil, _): return nil
    case (_?, .affected): verdict = .affected
    case (_?, .notAffected): verdict = .notAffected
    case (_?, .fixed): verdict = .fixed
    case (_?, .underInvestigation): verdict = .underInvestigation
    }
    return SourceView(
      statement.product.source,
      verdict,
      range: range,
      fixedVersions: range?.upper.map { $0.isIncluded ? [] : [$0.version] } ?? [],
      justification: statement.justification,
      remedy: statement.remedy,
      isSupplier: true
    )
  }

  private func versionless(_ products: [AffectedProduct], source: String) -> SourceView? {
    let isAffected = products.contains { product in
      product.defaultStatus == .affected || product.statements.contains { $0.status == .affected }
    }
    return isAffected ? SourceView(source, .possible(.versionUnknown)) : nil
  }

  /// The range of that status which holds the version, after the changes inside it. `isHit` says that affected means
  /// affected: a supplier's list may be of what is mended.
  private func status(
    _ status: AffectedProduct.Status,
    of product: AffectedProduct,
    isHit: Bool = true,
    _ open: inout OpenQuestion?,
    _ listed: inout [VersionRange]
  ) -> VersionRange? {
    for statement in product.statements where statement.status == status || !statement.changes.isEmpty {
      let scheme = scheme(statement)
      for range in ranges(statement, &open) {
        if statement.status == .affected { listed.append(range) }
        switch contains(range, scheme) {
        case .no: continue
        // What another build line leaves open is weighed with the other ranges.
        case .unknown where component.isOfOtherLine(range): continue
        case .unknown: if status == .affected { open = open ?? component.openVersion }
        case .yes where self.status(of: statement, scheme) != status: continue
        case .yes where status == .affected && isHit && !isSettled(range): open = open ?? .windowsBuild
        case .yes: return narrowed(range, statement, scheme)
        }
      }
    }
    return nil
  }

  /// `lessThan` equal to the version itself is a point or nothing: nobody knows which.
  private func contains(_ range: VersionRange, _ scheme: VersionScheme) -> Truth {
    if let lower = range.lower, let upper = range.upper, !upper.isIncluded, lower.version == upper.version {
      return scheme.compare(component.version, written: lower.version) == .equal ? .unknown : .no
    }
    if component.isBranch || component.build != nil { return component.isIn(range) }
    return range.contains(component.version, in: scheme)
  }

  private func ranges(_ statement: AffectedProduct.Statement, _ open: inout OpenQuestion?) -> [VersionRange] {
    switch statement.extent {
    case .all: return [VersionRange()]
    case .range(let range): return [range]
    case .single(let text):
      if Version(text).isReadable(in: component.scheme), !text.hasSuffix(".x"), !text.hasSuffix(".*") {
        return [.only(text)]
      }
      return read(text, statement, &open)
    case .text(let text): return read(text, statement, &open)
    }
  }

  private func read(
    _ text: String,
    _ statement: AffectedProduct.Statement,
    _ open: inout OpenQuestion?
  ) -> [VersionRange] {
    switch RangeReading(text) {
    case .everything: return [VersionRange()]
    case .ranges(let ranges): return ranges
    case .unreadable:
      if statement.status == .affected { open = open ?? .versionIncomparable }
      return []
    }
  }

  private func status(of statement: AffectedProduct.Statement, _ scheme: VersionScheme) -> AffectedProduct.Status {
    var status = statement.status
    for change in statement.changes {
      switch scheme.compare(component.version, written: change.at) {
      case .equal, .greater: status = change.status
      case .less, .unknown: continue
      }
    }
    return status
  }

  /// The range as far as the next change, which is where it is fixed.
  private func narrowed(
    _ range: VersionRange,
    _ statement: AffectedProduct.Statement,
    _ scheme: VersionScheme
  ) -> VersionRange {
    guard statement.status == .affected,
      let change = statement.changes.first(where: {
        $0.status == .unaffected && scheme.compare(component.version, written: $0.at) == .less
      })
    else { return range }
    return VersionRange(lower: range.lower, upper: VersionBound(change.at, isIncluded: false))
  }

  private func scheme(_ statement: AffectedProduct.Statement) -> VersionScheme {
    guard component.scheme.rule == nil else { return component.scheme }
    switch statement.scheme?.lowercased() {
    case "rpm": return VersionScheme(name: "rpm", rule: .rpm)
    case "deb", "dpkg": return VersionScheme(name: "dpkg", rule: .dpkg)
    default: return component.scheme
    }
  }

  /// Whether the source means the component's product: by a CPE name, by its words as they stand, or by a dictionary.
  private func isMeant(_ product: AffectedProduct) -> Bool {
    func isOwn(_ name: ProductName) -> Bool {
      names.contains {
        $0.vendor == name.vendor && $0.product == name.product
          && ($0.part == .hardware) == (name.part == .hardware)
      }
    }
    if product.names.contains(where: { isOwn($0.product) }) { return true }
    let vendor = Self.letters(product.vendor)
    let name = Self.letters(product.product)
    guard !name.isEmpty else { return false }
    if letters.contains(where: { $0.vendor == vendor && $0.product == name }) { return true }
    return resolve(product.vendor, product.product).contains(where: isOwn)
  }

  /// Letters and digits in small.
  static func letters(_ text: String) -> String {
    String(
      decoding: text.lowercased().utf8.filter { VersionCursor.isDigit($0) || VersionCursor.isLetter($0) || $0 > 127 },
      as: UTF8.self
    )
  }
}
