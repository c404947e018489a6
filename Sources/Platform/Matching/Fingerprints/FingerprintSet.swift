import Advisories
import Text

/// Fingerprints made ready, for banners and system descriptions that a scan brought home.
package struct FingerprintSet: Sendable {
  private let bySubject: [String: [(fingerprint: Fingerprint, pattern: BannerPattern)]]
  /// Fingerprints whose pattern PCRE2 does not take; they are left out.
  package let refused: [Fingerprint]

  package init(_ fingerprints: some Sequence<Fingerprint>) {
    var bySubject: [String: [(fingerprint: Fingerprint, pattern: BannerPattern)]] = [:]
    var refused: [Fingerprint] = []
    for fingerprint in fingerprints {
      if let pattern = BannerPattern(
        fingerprint.pattern,
        ignoresCase: fingerprint.ignoresCase,
        dotMatchesNewline: fingerprint.dotMatchesNewline
      ) {
        bySubject[fingerprint.subject, default: []].append((fingerprint, pattern))
      } else {
        refused.append(fingerprint)
      }
    }
    self.bySubject = bySubject
    self.refused = refused
  }

  /// The properties by the first fingerprint that fits: `os.vendor`, `os.product`, `os.version`, `os.cpe23` …
  package func properties(_ banner: String, subject: String) -> (description: String, properties: [String: String])? {
    let bytes = Array(banner.utf8)
    for (fingerprint, pattern) in bySubject[subject] ?? [] {
      guard let groups = pattern.groups(bytes) else { continue }
      return (fingerprint.description, Self.properties(fingerprint, groups))
    }
    return nil
  }

  /// The products that a banner speaks of. A banner may lie, so none is certain.
  package func candidates(_ banner: String, subject: String) -> [NameCandidate] {
    guard let found = properties(banner, subject: subject) else { return [] }
    return found.properties.sorted { $0.key < $1.key }.compactMap { property in
      // A CPE that cannot be read is left out; the fingerprint's other properties stay.
      guard property.key.hasSuffix(".cpe23"), let name = try? CPEName(parsing: property.value) else { return nil }
      let version: String? = if case .value(let text) = name.version { text } else { nil }
      let component = Component(product: name.product, version: version, confidence: .likely)
      return NameCandidate(
        component: component,
        others: [],
        confidence: .likely,
        basis: .answer(String(banner.prefix(80)), fingerprint: found.description)
      )
    }
  }

  private static func properties(_ fingerprint: Fingerprint, _ groups: [String?]) -> [String: String] {
    var properties: [String: String] = [:]
    for parameter in fingerprint.parameters {
      if parameter.group == 0 {
        properties[parameter.name] = parameter.value
      } else if groups.indices.contains(parameter.group), let text = groups[parameter.group] {
        properties[parameter.name] = text
      }
    }
    // `cpe:/o:cisco:ios:{os.version}` is filled from the other properties; what is missing is left open.
    for (name, value) in properties where value.contains("{") {
      properties[name] = filled(value, properties)
    }
    return properties
  }

  private static func filled(_ template: String, _ properties: [String: String]) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      result += (properties[name] ?? "").replacing(" ", with: "_").replacing(":", with: "_")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
