/// One attribute of a CPE name. ANY (`*`) and NA (`-`) stand only where the whole field is that character (NISTIR
/// 7695); `unknown` is what a ledger does not say, and never equals ANY.
package enum CPEValue: Sendable, Hashable {
  case any
  case notApplicable
  case unknown
  /// Lower-case, unescaped.
  case value(String)
}

/// A CPE 2.3 name taken apart.
package struct CPEName: Sendable, Hashable {
  package var product: ProductName
  package var version: CPEValue
  package var update: CPEValue
  package var edition: CPEValue
  package var language: CPEValue
  package var softwareEdition: CPEValue
  package var targetSoftware: CPEValue
  package var targetHardware: CPEValue
  package var other: CPEValue

  package init(
    _ product: ProductName,
    version: CPEValue = .any,
    update: CPEValue = .any,
    edition: CPEValue = .any,
    language: CPEValue = .any,
    softwareEdition: CPEValue = .any,
    targetSoftware: CPEValue = .any,
    targetHardware: CPEValue = .any,
    other: CPEValue = .any
  ) {
    self.product = product
    self.version = version
    self.update = update
    self.edition = edition
    self.language = language
    self.softwareEdition = softwareEdition
    self.targetSoftware = targetSoftware
    self.targetHardware = targetHardware
    self.other = other
  }
}

extension CPEName {
  /// All of it in one text of our own: equal names have equal texts, others do not.
  package var written: String {
    var text = "\(product.part.letter):\(product.vendor):\(product.product)"
    for value in [
      version, update, edition, language, softwareEdition, targetSoftware, targetHardware, other,
    ] {
      text += "\u{1e}"
      switch value {
      case .any: text += "*"
      case .notApplicable: text += "-"
      case .unknown: break
      case .value(let value):
        text += "="
        text += value
      }
    }
    return text
  }

  /// What stands behind the version, in the order of a formatted string.
  static var attributesBehindVersion: [WritableKeyPath<CPEName, CPEValue>] {
    [\.update, \.edition, \.language, \.softwareEdition, \.targetSoftware, \.targetHardware, \.other]
  }
}
