/// How one version stands to another. `unknown` is an answer: nothing may be concluded from it, least of all safety.
package enum VersionOrder: Sendable, Hashable {
  case less, equal, greater, unknown

  /// `<`, `=`, `>`, `?`: what `yagura vuln compare-versions` prints.
  package var sign: String {
    switch self {
    case .less: "<"
    case .equal: "="
    case .greater: ">"
    case .unknown: "?"
    }
  }

  /// The same seen from the other side.
  package var reversed: VersionOrder {
    switch self {
    case .less: .greater
    case .greater: .less
    case .equal, .unknown: self
    }
  }

  @inline(__always)
  init(_ left: Int, _ right: Int) { self = left < right ? .less : left > right ? .greater : .equal }
}
