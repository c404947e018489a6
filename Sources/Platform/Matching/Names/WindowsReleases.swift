import Advisories
import Packs
import Text

/// Releases of Windows with their builds: the pack `products/windows.yaml`. The build says the release, never the name.
package struct WindowsReleases: Sendable {
  struct Release: Sendable {
    let template: NameRules.Template
    let name: ProductName
    let build: Int?
    let patterns: [NamePattern]
    let others: [NameRules.Template]
    /// How Microsoft's list of updates begins the name of the product.
    let product: String?
    /// The release's label where it may stand beside the name.
    let labels: [String]
    let isServer: Bool
    let isLongTerm: Bool
    /// `10` or `11` where only that is known.
    let family: String?
    let confidence: Confidence
    let question: Localized?
  }

  let releases: [Release]

  package static let path = "products/windows.yaml"
  package static let shared: WindowsReleases = Packs.require(path, WindowsReleases.init(reading:))

  package init(reading pack: Pack) throws(PackError) {
    var releases: [Release] = []
    for entry in pack.entries {
      try entry.allow([
        "name", "build", "match", "also", "product", "release", "server", "ltsc", "family", "sure", "ask",
      ])
      var others: [NameRules.Template] = []
      for text in try entry.texts("also") { others.append(try NameRules.template(text, entry, "also")) }
      let template = try NameRules.template(try entry.text("name"), entry, "name")
      releases.append(
        Release(
          template: template,
          name: template.name(model: nil),
          build: try entry.has("build") ? entry.number("build") : nil,
          patterns: try entry.texts("match").map { NamePattern($0) },
          others: others,
          product: try entry.optionalText("product"),
          labels: try entry.optionalText("release").map { NameText.pattern($0) } ?? [],
          isServer: try entry.optionalText("server") == "yes",
          isLongTerm: try entry.optionalText("ltsc") == "yes",
          family: try entry.optionalText("family"),
          confidence: try entry.optionalText("sure") == "likely" ? .likely : .certain,
          question: try entry.optionalWords("ask").map { Localized($0) }
        )
      )
    }
    self.releases = releases
  }

  /// The releases of a build: client and server share some.
  func releases(build: Int) -> [Release] { releases.filter { $0.build == build } }

  /// The build of the release that a name says; nil where the name leaves it open.
  func build(of name: CPEName) -> Int? {
    let named = releases.filter { $0.build != nil && $0.name == name.product }
    let exact = named.first { release in
      if case .value(let version) = name.version { release.template.version == version } else { false }
    }
    return (exact ?? named.first { $0.template.version == nil })?.build
  }

  func isBuild(_ number: Int) -> Bool { number >= 2000 && releases.contains { $0.build == number } }
}
