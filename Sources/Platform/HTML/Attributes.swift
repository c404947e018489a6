extension HTML.StringInterpolation {
  /// An attribute with its leading blank where there is a value, nothing where there is none:
  /// `<a href="\(address)"\(attribute: "title", title)>`.
  package mutating func appendInterpolation(attribute name: StaticString, _ value: (some StringProtocol)?) {
    guard let value else { return }
    appendLiteral(" \(name)=\"")
    appendInterpolation(String(value))
    appendLiteral("\"")
  }
}
