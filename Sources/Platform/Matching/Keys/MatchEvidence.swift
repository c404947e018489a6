import Advisories

/// By what a match was found. Part of what a suppression holds to, and therefore without the version: a product's next version
/// must not bring back what a person has judged (vuln.md 1.3, N3).
package enum MatchEvidence: Sendable, Hashable {
  /// A range or a version of the product.
  case range(ProductName)
  /// The product alone, without a version (N3).
  case productOnly(ProductName)
  /// A platform that nobody confirmed.
  case companion(ProductName, with: ProductName)
  /// A missing Windows update.
  case windowsUpdate(ProductName)

  /// As it is stored: `range:o:fortinet:fortios`.
  package var text: String {
    switch self {
    case .range(let name): "range:\(Self.text(name))"
    case .productOnly(let name): "product:\(Self.text(name))"
    case .companion(let name, let other): "companion:\(Self.text(name)):\(Self.text(other))"
    case .windowsUpdate(let name): "windows:\(Self.text(name))"
    }
  }

  private static func text(_ name: ProductName) -> String { "\(name.part.letter):\(name.vendor):\(name.product)" }
}

extension Explanation {
  /// By what the answer was found.
  package var evidence: MatchEvidence {
    switch question {
    case .productOnly: .productOnly(product)
    case .companion(let other): .companion(product, with: other)
    default: .range(product)
    }
  }
}
