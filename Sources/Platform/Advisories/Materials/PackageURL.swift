/// A package URL, taken apart as its specification says: `pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1`.
package struct PackageURL: Sendable, Hashable {
  /// `maven`, `npm`, `deb`: in small.
  package let type: String
  /// Without slashes at its ends; nil where there is none.
  package let namespace: String?
  package let name: String
  package let version: String?
  /// By their names in small: `arch`, `upstream`, `distro`.
  package let qualifiers: [String: String]

  /// Nil where the text is none.
  package init?(_ text: String) {
    var rest = Substring(text)
    if let subpath = rest.lastIndex(of: "#") { rest = rest[..<subpath] }
    var qualifiers: [String: String] = [:]
    if let mark = rest.lastIndex(of: "?") {
      for pair in rest[rest.index(after: mark)...].split(separator: "&") {
        guard let equals = pair.firstIndex(of: "=") else { continue }
        let value = Self.decoded(pair[pair.index(after: equals)...])
        if !value.isEmpty { qualifiers[pair[..<equals].lowercased()] = value }
      }
      rest = rest[..<mark]
    }
    guard let colon = rest.firstIndex(of: ":"), rest[..<colon].lowercased() == "pkg" else { return nil }
    // Slashes after the scheme mean nothing: `pkg://npm/…` is the same.
    var path = rest[rest.index(after: colon)...].drop { $0 == "/" }
    guard let slash = path.firstIndex(of: "/") else { return nil }
    type = path[..<slash].lowercased()
    path = path[path.index(after: slash)...]
    while path.last == "/" { path.removeLast() }
    var version: String?
    // An unencoded @ may open a namespace, so that only one behind the last slash begins the version.
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    if let at = path.lastIndex(of: "@"), at > start {
      version = Self.decoded(path[path.index(after: at)...])
      path = path[..<at]
    }
    var segments = path.split(separator: "/").map { Self.decoded($0) }
    guard let last = segments.popLast(), !last.isEmpty, !type.isEmpty else { return nil }
    let namespace = segments.joined(separator: "/")
    self.namespace = namespace.isEmpty ? nil : Self.isCaseless(type) ? namespace.lowercased() : namespace
    name = Self.named(last, type)
    self.version = version.flatMap { $0.isEmpty ? nil : $0 }
    self.qualifiers = qualifiers
  }

  /// Whether it is a package of a Linux distribution: those mend old versions without changing their numbers.
  package var isOfDistribution: Bool { ["deb", "rpm", "apk", "alpm"].contains(type) }

  /// The version as the makers of the program count: without a distribution's epoch and revision
  /// (`1:1.1.1n-0+deb11u3`, `1.0.2k-26.el7_9`, `1.36.1-r2`).
  package var upstreamVersion: String? {
    guard isOfDistribution, let version else { return version }
    let whole = version.firstIndex(of: ":").map { version[version.index(after: $0)...] } ?? Substring(version)
    guard let hyphen = whole.lastIndex(of: "-"), hyphen > whole.startIndex else { return String(whole) }
    return String(whole[..<hyphen])
  }

  private static func named(_ name: String, _ type: String) -> String {
    switch type {
    case "pypi": name.lowercased().replacing("_", with: "-")
    case _ where isCaseless(type): name.lowercased()
    default: name
    }
  }

  private static func isCaseless(_ type: String) -> Bool {
    ["alpm", "apk", "bitbucket", "composer", "deb", "github", "golang", "npm", "pypi", "rpm"].contains(type)
  }

  /// Percent-encoding read; what is no code stands as it is.
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        bytes.append(byte)
        continue
      }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
