/// An element of XML with all that is in it, for records small enough to be held.
struct XMLNode {
  /// Without the prefix of its namespace.
  let name: String
  let attributes: [(name: String, value: String)]
  var children: [XMLNode] = []
  /// The text directly in it, joined.
  var text = ""
  /// Where it begins.
  let line: Int

  init(name: String, attributes: [(name: String, value: String)], line: Int) {
    self.name = name
    self.attributes = attributes
    self.line = line
  }

  /// The value of an attribute, nil where it is missing or empty.
  subscript(_ attribute: String) -> String? {
    guard let value = attributes.first(where: { $0.name == attribute })?.value, !value.isEmpty else { return nil }
    return value
  }

  func child(_ name: String) -> XMLNode? { children.first { $0.name == name } }

  /// The first element at the end of a path.
  func child(_ path: [String]) -> XMLNode? {
    var node: XMLNode? = self
    for name in path { node = node?.child(name) }
    return node
  }

  func children(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

  /// The text of a child, without spaces around it; nil where there is none.
  func text(_ path: String...) -> String? { child(path)?.trimmed }

  /// The text, without spaces around it; nil where nothing is left.
  var trimmed: String? { text.trimmed }

  /// All elements inside with this name, at any depth, in order.
  func descendants(_ name: String) -> [XMLNode] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.descendants(name) }
  }

  /// The text of this and everything inside.
  var allText: String { children.reduce(text) { $0 + $1.allText } }
}

extension StringProtocol {
  /// Without spaces and line breaks around it; nil where nothing is left.
  var trimmed: String? {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace || first.isNewline { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace || last.isNewline { rest.removeLast() }
    return rest.isEmpty ? nil : String(rest)
  }
}
