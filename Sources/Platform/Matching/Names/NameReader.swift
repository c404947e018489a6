import Advisories
import Text

/// Reads what ledgers write into products of CPE, by reviewed rules first and dictionaries after. Whatever is not understood
/// word for word is asked about.
package struct NameReader: Sendable {
  let rules: NameRules
  private let lookup: (any ProductLookup)?
  private let banners: BannerDictionary?

  package init(
    rules: NameRules = .shared,
    lookup: (any ProductLookup)? = nil,
    banners: BannerDictionary? = nil
  ) {
    self.rules = rules
    self.lookup = lookup
    self.banners = banners
  }

  package func read(_ product: ProductText) -> NameReading { read(product, notes(product)) }

  /// The component that a package is, by the pack for certain or likely by a dictionary's equal name; nil where neither says.
  package func read(_ package: PackageURL) -> Component? {
    PackageNames.shared.component(package) ?? lookup.flatMap { PackageNames.shared.guess(package, $0) }
  }

  /// The readings of one name with each of several versions in the column beside it: what the name says is found out once.
  package func read(_ product: ProductText, versions: [String]) -> [NameReading] {
    let notes = notes(product)
    return versions.map { version in
      var product = product
      product.version = version
      return read(product, notes)
    }
  }

  /// What the name says whatever the version beside it.
  private func notes(_ product: ProductText) -> NameNotes {
    NameNotes(
      makers: makers(product.maker),
      texts: Self.pieces(product.text).filter { !isSkipped($0) },
      saysModel: !isSkipped(product.model)
    )
  }

  private func read(_ product: ProductText, _ notes: NameNotes) -> NameReading {
    var parts: [NamedPart] = []
    var bare: String?
    for piece in notes.texts {
      let found = self.parts(piece, notes, version: product.version)
      if bare == nil, found.allSatisfy({ $0.candidates.isEmpty }), let version = bareVersion(piece) {
        bare = version
        continue
      }
      parts += found
    }
    let before = parts.count
    if notes.saysModel { addModel(product.model, notes, version: bare ?? "", to: &parts) }
    // 「Rev.15.02.31」 with nothing it could be the version of.
    if parts.count == before, let bare { parts.append(NamedPart(written: bare, candidates: [])) }
    parts = byBanner(product.text, parts)
    return NameReading(parts: parts, outcome: outcome(parts, isBlank: notes.texts.isEmpty))
  }

  /// What a device says of itself, where neither rules nor dictionaries found a version in it.
  private func byBanner(_ text: String, _ parts: [NamedPart]) -> [NamedPart] {
    guard let banners, !parts.isEmpty else { return parts }
    let known = parts.flatMap { $0.candidates.first?.components ?? [] }
    guard !known.contains(where: { $0.writtenVersion != nil || $0.confidence == .certain }) else { return parts }
    let found = banners.candidates(text)
    guard !found.isEmpty else { return parts }
    let names = Set(found.map(\.component.name.product))
    let others = parts.flatMap(\.candidates).filter { !names.contains($0.component.name.product) }
    return [NamedPart(written: text, candidates: found + others)]
  }

  /// By the rules, and by the dictionary's words for vendors.
  private func makers(_ text: String) -> Set<String> {
    let known = rules.vendors(ofMaker: text)
    let plain = NameRules.plainMaker(text)
    guard !plain.isEmpty, let lookup else { return known }
    return known.union(lookup.vendors(words: plain))
  }

  /// A piece, and what stands in brackets behind it where that is a product of its own: `FortiGate 60E (FortiOS 6.2)`.
  private func parts(_ piece: String, _ notes: NameNotes, version: String) -> [NamedPart] {
    let whole = NamedPart(written: piece, candidates: candidates(piece, notes, version: version))
    guard whole.candidates.first?.confidence != .certain, let (outer, inner) = Self.bracketed(piece) else {
      return [whole]
    }
    let inside = candidates(inner, notes, version: "")
    let outside = candidates(outer, notes, version: version)
    guard !inside.isEmpty, !outside.isEmpty else { return [whole] }
    return [NamedPart(written: outer, candidates: outside), NamedPart(written: inner, candidates: inside)]
  }

  private static func bracketed(_ piece: String) -> (outer: String, inner: String)? {
    let text = Width.halved(piece)
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else { return nil }
    let inner = Width.trimmed(String(text[text.index(after: open)..<close]))
    let outer = Width.trimmed(text[..<open] + " " + text[text.index(after: close)...])
    return inner.isEmpty || outer.isEmpty ? nil : (outer, inner)
  }

  private func outcome(_ parts: [NamedPart], isBlank: Bool) -> NameReading.Outcome {
    if parts.isEmpty { return isBlank ? .nothing : .unknown }
    if parts.allSatisfy({ $0.candidates.first?.confidence == .certain }) { return .identified }
    return parts.contains { !$0.candidates.isEmpty } ? .ask : .unknown
  }

  private func isSkipped(_ text: String) -> Bool {
    let key = NameRules.skipKey(text)
    return key.isEmpty || rules.skipped.contains(key)
  }

  /// The version that is all a text says: the ledger's column of firmware beside that of the model.
  private func bareVersion(_ piece: String) -> String? {
    let text = NameText(piece)
    guard let version = NameVersion(in: text, behind: 0, ignoring: rules.ignored),
      version.covered.upperBound == text.words.count
    else { return nil }
    return version.written
  }

  /// The version at the end of a text whose name nobody knows: a person has said what it is.
  package func version(endOf text: String) -> String? {
    let text = NameText(text)
    for start in text.words.indices where text.words[start].isNumber {
      if let version = NameVersion(in: text, behind: start, ignoring: []),
        version.covered.upperBound == text.words.count
      {
        return version.written
      }
    }
    return nil
  }

  /// The model adds what the text does not say: the hardware, and a firmware that nobody wrote down. A text that names an
  /// operating system of the same maker has said which of them it is.
  private func addModel(_ model: String, _ notes: NameNotes, version: String, to parts: inout [NamedPart]) {
    let known = Set(parts.flatMap { $0.candidates.flatMap { $0.components.map(\.name.product) } })
    let systems = Set(known.filter { $0.part == .operatingSystem }.map(\.vendor))
    let found = candidates(model, notes, version: version, isModel: true).compactMap { candidate -> NameCandidate? in
      let fresh = candidate.components.filter { component in
        let name = component.name.product
        return !known.contains(name) && !(name.part == .operatingSystem && systems.contains(name.vendor))
      }
      guard let first = fresh.first else { return nil }
      return NameCandidate(
        component: first,
        others: Array(fresh.dropFirst()),
        confidence: candidate.confidence,
        basis: candidate.basis
      )
    }
    // A model that says nothing new, or that nobody knows, leaves the outcome to the text.
    if !found.isEmpty { parts.append(NamedPart(written: model, candidates: found)) }
  }

  private func candidates(
    _ piece: String,
    _ notes: NameNotes,
    version: String,
    isModel: Bool = false
  ) -> [NameCandidate] {
    let known = notes.piece(piece) { self.piece(piece, notes.makers) }
    let context = known.context
    var other: NameCandidate?
    for fitting in known.rules {
      let found = candidate(fitting, context, version, isModel: isModel)
      // IOS on a device of another maker may be named by a later rule.
      guard found.confidence == .guess else { return [found] }
      other = other ?? found
    }
    if let other {
      let listed = dictionary(known, version: version).filter {
        $0.component.name.product != other.component.name.product
      }
      return listed.filter { $0.confidence > .guess } + [other] + listed.filter { $0.confidence == .guess }
    }
    if let (release, match) = known.windows {
      return WindowsNames(rules).candidates(context, release, match, version: version)
    }
    return dictionary(known, version: version)
  }

  /// What a piece says whatever its version: rules go before Windows, and Windows before the dictionary.
  private func piece(_ piece: String, _ makers: Set<String>) -> NameNotes.Piece {
    let text = NameText(piece)
    let named = rules.vendors(in: text)
    let context = NameContext(text: text, makers: makers, vendors: named.vendors, vendorWords: named.covered)
    let fitting = FittingRule.ordered(
      rules.rules(maybeIn: text).compactMap { rule in
        rule.patterns.lazy.compactMap { $0.match(text) }.first.map {
          FittingRule(rule, $0, context, ignoring: rules.ignored)
        }
      }
    )
    let windows = fitting.isEmpty ? WindowsNames(rules).first(text) : nil
    let known = windows == nil && fitting.allSatisfy(\.isWeak) ? self.known(context) : nil
    return NameNotes.Piece(context: context, rules: fitting, windows: windows, known: known)
  }

  /// The first way of cutting a piece of which the dictionary knows products.
  private func known(_ context: NameContext) -> (cut: NameContext.Cut, products: [ProductName])? {
    guard let lookup else { return nil }
    let written = context.vendors.union(context.makers).sorted()
    for cut in context.readings(ignoring: rules.ignored) {
      // Feeds hold CPE names in which a version stands where the product should.
      guard !isVersion(cut.name) else { return nil }
      let letters = ProductLetters.key(cut.name)
      var products = lookup.products(letters: letters)
      for vendor in written {
        let together = lookup.products(letters: ProductLetters.key(vendor) + letters)
        for name in together where name.vendor == vendor && !products.contains(name) { products.append(name) }
      }
      // 「Express5800/R120h」 of NEC is nobody else's Express.
      let isPossible = cut.isWhole || context.makers.isEmpty || products.contains { written.contains($0.vendor) }
      if isPossible, !products.isEmpty { return (cut, products) }
    }
    return nil
  }

  /// Whether a text is a number or a version and no name: 「7.0.12」, `V6.0`, but not the model `V60`.
  private func isVersion(_ text: String) -> Bool {
    bareVersion(text) != nil && (text.contains(".") || NameText(text).words.allSatisfy(\.isNumber))
  }

  private func candidate(
    _ fitting: FittingRule,
    _ context: NameContext,
    _ separate: String,
    isModel: Bool
  ) -> NameCandidate {
    let (rule, match) = (fitting.rule, fitting.match)
    var confidence = fitting.isBeside ? .guess : rule.confidence
    var doubts: [Localized] = []
    if !rule.makers.isEmpty, rule.makers.isDisjoint(with: context.vendors.union(context.makers)) {
      // Another maker stands there: IOS on a device of someone else is not Cisco's.
      confidence = fitting.isOfOther ? .guess : .likely
      doubts.append(
        Localized(ja: "メーカーが書かれていないか、違います。", en: "The maker is missing or another one.")
      )
    }
    var covered = Set(match.covered).union(context.vendorWords)
    var version: String?
    if rule.takesVersion {
      if let found = NameVersion(in: context.text, behind: match.next, ignoring: rules.ignored) {
        version = Self.isFront(found.written, of: separate) ? separate : found.written
        covered.formUnion(found.covered)
      } else if !separate.isEmpty {
        version = separate
      }
    } else if isModel, rule.template.part == .operatingSystem, !separate.isEmpty {
      // The column of firmware beside a model says the version of what runs on it.
      version = separate
    }
    let hardware = sameMaker(rule, context, &covered)
    let left = context.left(covered, ignoring: rules.ignored)
    if !left.isEmpty {
      confidence = min(confidence, .likely)
      doubts.append(Self.leftover(left))
    }
    if let question = rule.question, version == nil || confidence != .certain { doubts.append(question) }
    let isCoarse = (rule.template.version ?? version).map { Self.numbers($0) < rule.versionParts } ?? false
    let main = component(rule.template, match.model, version, confidence, isCoarse: isCoarse)
    return NameCandidate(
      component: main,
      others: rule.others.map { component($0, match.model, version, confidence, isCoarse: isCoarse) }
        + hardware.map { $0.with(min($0.confidence, confidence)) },
      confidence: confidence,
      basis: .words(context.matched(match.covered), main.name.product, doubts: doubts)
    )
  }

  /// The model beside the firmware: `PA-440 PAN-OS 10.2.9`. Its words count as understood.
  private func sameMaker(_ rule: NameRules.Rule, _ context: NameContext, _ covered: inout Set<Int>) -> [Component] {
    guard rule.takesVersion else { return [] }
    var components: [Component] = []
    for other in rules.rules(maybeIn: context.text)
    where !other.takesVersion && other.template.vendor == rule.template.vendor {
      guard other.template.product == rule.template.product,
        let match = other.patterns.lazy.compactMap({ $0.match(context.text) }).first,
        covered.isDisjoint(with: match.covered)
      else { continue }
      covered.formUnion(match.covered)
      components += other.others.map { component($0, match.model, nil, other.confidence) }
    }
    return components
  }

  private func component(
    _ template: NameRules.Template,
    _ model: String?,
    _ version: String?,
    _ confidence: Confidence,
    isCoarse: Bool = false
  ) -> Component {
    let written = template.version ?? (template.part == .hardware ? nil : version)
    var core = written.flatMap { Version($0).core ?? $0.lowercased() }
    // 「Tomcat 9」 is some 9.x, not 9.0.0.
    if isCoarse, let front = core, !front.hasSuffix(".x") { core = front + ".x" }
    return Component(
      product: template.name(model: model),
      version: core,
      writtenVersion: written,
      confidence: confidence
    )
  }

  /// How many numbers a version has, its build not counted.
  private static func numbers(_ version: String) -> Int { versionWords(version).count(where: \.isNumber) }

  /// Whether the column of versions goes on where the name ends: 「Apache Log4j 2」 beside 2.14.1.
  private static func isFront(_ version: String, of whole: String) -> Bool {
    guard !whole.isEmpty else { return false }
    let (front, all) = (versionWords(version).map(\.text), versionWords(whole).map(\.text))
    return all.count > front.count && all.starts(with: front)
  }

  private static func versionWords(_ version: String) -> [NameWord] {
    NameText(Version(version).core ?? version).words
  }

  /// The whole name in a dictionary: certain only with a vendor that is written too.
  private func dictionary(_ piece: NameNotes.Piece, version separate: String) -> [NameCandidate] {
    guard let (cut, products) = piece.known else { return [] }
    let vendors = piece.context.vendors.union(piece.context.makers)
    let written = cut.version ?? (separate.isEmpty ? nil : separate)
    let candidates = products.map { name in
      let isVendor = vendors.contains(name.vendor)
      let confidence: Confidence = isVendor && cut.isWhole ? .certain : isVendor ? .likely : .guess
      let component = Component(
        product: name,
        version: (name.part == .hardware ? cut.version : written).flatMap { Version($0).core },
        writtenVersion: name.part == .hardware ? cut.version : written,
        confidence: confidence
      )
      return NameCandidate(
        component: component,
        others: [],
        confidence: confidence,
        basis: .words(cut.name, name, doubts: isVendor ? [] : [Self.otherVendor(name)])
      )
    }
    let ranked = candidates.sorted {
      ($1.confidence, $0.component.name.product) < ($0.confidence, $1.component.name.product)
    }
    return ranked.count > 1 && ranked[0].confidence == ranked[1].confidence
      ? ranked.map(Self.doubled) : Array(ranked.prefix(8))
  }

  /// Two names that fit alike: neither is certain, unless they are hardware and firmware of one.
  private static func doubled(_ candidate: NameCandidate) -> NameCandidate {
    guard candidate.confidence == .certain else { return candidate }
    return NameCandidate(
      component: candidate.component.with(.likely),
      others: candidate.others.map { $0.with(.likely) },
      confidence: .likely,
      basis: candidate.basis
    )
  }

  /// `syngo / Windows 10 IoT`, 「A、B」: things beside each other.
  static func pieces(_ text: String) -> [String] {
    var text = text
    // Of plain letters most texts are one piece.
    let isPlain = text.utf8.allSatisfy { $0 < 128 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "+") && $0 > 31 }
    guard !isPlain || text.contains(" / ") else {
      text = Width.trimmed(text)
      return text.isEmpty ? [] : [text]
    }
    for separator in ["／", "、", "，", "；", ";", "＋", " + ", "\n", "\r"] { text = text.replacing(separator, with: " / ") }
    return text.split(separator: " / ").map { Width.trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  static func leftover(_ words: [String]) -> Localized {
    let text = words.joined(separator: " ")
    return Localized(ja: "「\(text)」の意味が分かりません。", en: "“\(text)” is not understood.")
  }

  private static func otherVendor(_ name: ProductName) -> Localized {
    Localized(
      ja: "メーカー（\(name.vendor)）は書かれていません。",
      en: "The vendor (\(name.vendor)) is not written."
    )
  }
}

extension Component {
  func with(_ confidence: Confidence) -> Component {
    Component(name, writtenVersion: writtenVersion, confidence: confidence)
  }
}
