import Advisories
import Packs
import Text

/// The rules by which written names are read: the packs `products/names.yaml` and `products/windows.yaml`.
package struct NameRules: Sendable {
  struct Vendor: Sendable {
    let vendor: String
    let words: [[String]]
  }

  /// A product as the pack writes it: `o:yamaha:rtx{}@14.01`.
  struct Template: Sendable {
    let part: Part
    let vendor: String
    let product: String
    let version: String?

    func name(model: String?) -> ProductName {
      ProductName(part, vendor: vendor, product: product.replacing("{}", with: model ?? ""))
    }
  }

  struct Rule: Sendable {
    let template: Template
    let patterns: [NamePattern]
    let makers: Set<String>
    /// Whether the version stands behind.
    let takesVersion: Bool
    /// How many numbers a whole version has; one with fewer is only its front. Zero where that is not known.
    let versionParts: Int
    let others: [Template]
    let confidence: Confidence
    let question: Localized?
  }

  let vendors: [Vendor]
  let rules: [Rule]
  private let vendorPlaces: FirstWords
  private let rulePlaces: FirstWords
  let ignored: Set<String>
  let skipped: Set<String>
  let windows: WindowsReleases

  package static let path = "products/names.yaml"
  package static let shared: NameRules = Packs.require(path) { pack throws(PackError) in
    try NameRules(reading: pack, windows: .shared)
  }

  package init(reading pack: Pack, windows: WindowsReleases) throws(PackError) {
    var vendors: [Vendor] = []
    var rules: [Rule] = []
    var ignored: Set<String> = []
    var skipped: Set<String> = []
    for entry in pack.entries {
      if entry.has("skip") {
        for text in try entry.texts("skip") { skipped.insert(Self.skipKey(text)) }
      } else if entry.has("words"), !entry.has("vendor") {
        for text in try entry.texts("words") { ignored.formUnion(NameText.pattern(text)) }
      } else if entry.has("vendor") {
        try entry.allow(["vendor", "words"])
        vendors.append(
          Vendor(vendor: try entry.text("vendor"), words: try entry.texts("words").map { NameText.pattern($0) })
        )
      } else {
        rules.append(try Self.rule(entry))
      }
    }
    // The longest name first: キヤノンメディカル is not キヤノン.
    self.vendors = vendors
    self.rules = rules
    vendorPlaces = FirstWords(vendors.map { $0.words.compactMap(\.first) })
    rulePlaces = FirstWords(rules.map { $0.patterns.compactMap(\.words.first) })
    self.ignored = ignored
    self.skipped = skipped
    self.windows = windows
  }

  /// The vendors and the rules that may be met in a text, in their order.
  func vendors(maybeIn text: NameText) -> [Vendor] { vendorPlaces.places(text).map { vendors[$0] } }
  func rules(maybeIn text: NameText) -> [Rule] { rulePlaces.places(text).map { rules[$0] } }

  static func skipKey(_ text: String) -> String { Width.trimmed(Width.halved(text)).lowercased() }

  private static func rule(_ entry: PackEntry) throws(PackError) -> Rule {
    try entry.allow(["name", "match", "maker", "version", "also", "sure", "ask", "parts"])
    let patterns = try entry.texts("match").map { NamePattern($0) }
    guard !patterns.isEmpty, !patterns.contains(where: { $0.words.isEmpty || $0.words[0] == "*" }) else {
      throw entry.wrong("match", ja: "照合する語がないか、* で始まっています。", en: "no words, or a row that begins with *")
    }
    var others: [Template] = []
    for text in try entry.texts("also") { others.append(try template(text, entry, "also")) }
    return Rule(
      template: try template(try entry.text("name"), entry, "name"),
      patterns: patterns,
      makers: Set(try entry.texts("maker")),
      takesVersion: try entry.optionalText("version") != "none",
      versionParts: try entry.has("parts") ? entry.number("parts") : 0,
      others: others,
      confidence: try entry.optionalText("sure") == "likely" ? .likely : .certain,
      question: try entry.optionalWords("ask").map { Localized($0) }
    )
  }

  static func template(_ text: String, _ entry: PackEntry, _ field: String) throws(PackError) -> Template {
    let halves = text.split(separator: "@", maxSplits: 1)
    let fields = halves[0].split(separator: ":")
    guard fields.count == 3, let part = Part(letter: fields[0]) else {
      throw entry.wrong(field, ja: "「\(text)」は part:vendor:product の形で書いてください。", en: "not part:vendor:product: \(text)")
    }
    return Template(
      part: part,
      vendor: String(fields[1]),
      product: String(fields[2]),
      version: halves.count > 1 ? String(halves[1]) : nil
    )
  }
}
