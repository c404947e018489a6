/// Kleene's three values. `unknown` is neither, and only a certain value on the other side decides over it.
package enum Truth: Int8, Sendable, Hashable, Comparable {
  case no = 0
  case unknown = 1
  case yes = 2

  package static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

  package static func && (left: Truth, right: Truth) -> Truth { min(left, right) }

  package static func || (left: Truth, right: Truth) -> Truth { max(left, right) }

  package static prefix func ! (value: Truth) -> Truth {
    switch value {
    case .no: .yes
    case .yes: .no
    case .unknown: .unknown
    }
  }
}
