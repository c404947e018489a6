/// Reads a page as strictly as a careful person would and says everything that is wrong with it: tags that do not balance,
/// ids that stand twice, fields without a label, links that lead nowhere, styles and scripts written into the page.
package enum HTMLCheck {
  /// One sentence for each fault, empty for a good page.
  package static func faults(_ page: String) -> [String] { faults(Array(page.utf8)) }

  /// The same, of a page as it was sent.
  package static func faults(_ page: [UInt8]) -> [String] {
    var reader = PageReader(page)
    reader.read()
    return reader.faults + reader.loose()
  }
}

/// One tag with its attributes.
struct Tag {
  let name: String
  var attributes: [(name: String, value: String)]
  let line: Int

  subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
}

struct PageReader {
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private(set) var faults: [String] = []
  private var open: [Tag] = []
  private var ids: [String: Int] = [:]
  private var fields: [Tag] = []
  private var labelled: Set<String> = []
  private var pointed: [(id: String, line: Int)] = []
  private var mains = 0

  private static let empty: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  init(_ page: [UInt8]) { bytes = page }

  mutating func read() {
    while at < bytes.count {
      if bytes[at] == 60 {
        tag()
      } else {
        text()
      }
    }
    for tag in open { fault("<\(tag.name)> of line \(tag.line) is never closed") }
  }

  /// What can be said only at the end.
  func loose() -> [String] {
    var found: [String] = []
    for field in fields where !isNamed(field) {
      found.append("line \(field.line): <\(field.name)> \(field["name"] ?? "") has no label")
    }
    for (id, line) in pointed where ids[id] == nil { found.append("line \(line): nothing has the id \(id)") }
    if ids.keys.contains("main"), mains != 1 { found.append("a page has one <main>, this has \(mains)") }
    return found
  }

  private func isNamed(_ field: Tag) -> Bool {
    if let label = field["aria-label"], !label.isEmpty { return true }
    if field["aria-labelledby"] != nil { return true }
    return field["id"].map(labelled.contains) ?? false
  }

  private mutating func fault(_ what: String) { faults.append("line \(line): \(what)") }

  private mutating func text() {
    let start = at
    while at < bytes.count, bytes[at] != 60 { step() }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if text.contains(">") { fault("a bare > in the text") }
    entities(text)
    if let inside = open.last?.name, ["ul", "ol", "table", "thead", "tbody", "tr", "dl", "select"].contains(inside),
      text.contains(where: { !$0.isWhitespace })
    {
      fault("text directly inside <\(inside)>")
    }
  }

  /// Each `&` begins an entity that ends with `;`.
  private mutating func entities(_ text: String) {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let name = part.prefix { $0 != ";" }
      let isEntity =
        part.contains(";") && !name.isEmpty
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
      if !isEntity { fault("a bare & in \(text.prefix(40))") }
    }
  }

  private mutating func step() {
    if bytes[at] == 10 { line += 1 }
    at += 1
  }

  private mutating func tag() {
    let rest = bytes[at...]
    if rest.starts(with: "<!doctype html>".utf8) || rest.starts(with: "<!DOCTYPE html>".utf8) {
      at += 15
    } else if rest.starts(with: "<!--".utf8) {
      fault("a comment in the page")
      while at < bytes.count, !bytes[at...].starts(with: "-->".utf8) { step() }
      at = min(bytes.count, at + 3)
    } else if rest.starts(with: "</".utf8) {
      at += 2
      close(name())
      skip(to: 62)
    } else {
      at += 1
      let name = name()
      if name.isEmpty {
        fault("a bare < in the text")
      } else {
        begin(name)
      }
    }
  }

  private mutating func skip(to byte: UInt8) {
    while at < bytes.count, bytes[at] != byte { step() }
    at = min(bytes.count, at + 1)
  }

  private mutating func name() -> String {
    let start = at
    while at < bytes.count, isNameByte(bytes[at]) { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 95, 58: true
    default: false
    }
  }

  private mutating func close(_ name: String) {
    guard let last = open.last else { return fault("</\(name)> closes nothing") }
    if last.name == name {
      open.removeLast()
    } else if let index = open.lastIndex(where: { $0.name == name }) {
      fault("</\(name)> while <\(last.name)> of line \(last.line) is open")
      open.removeSubrange(index...)
    } else {
      fault("</\(name)> closes nothing")
    }
  }

  private mutating func begin(_ name: String) {
    var tag = Tag(name: name, attributes: [], line: line)
    while at < bytes.count, bytes[at] != 62 {
      if [32, 10, 9, 47].contains(bytes[at]) {
        step()
      } else if let attribute = attribute(of: name) {
        if tag[attribute.name] != nil { fault("<\(name)> has \(attribute.name) twice") }
        tag.attributes.append(attribute)
      } else {
        break
      }
    }
    skip(to: 62)
    check(tag)
    let inForeign = open.contains { $0.name == "svg" }
    if !Self.empty.contains(name), !(inForeign && bytes[max(0, at - 2)] == 47) { open.append(tag) }
    if name == "textarea" || name == "title" || name == "script" { raw(name) }
  }

  private mutating func attribute(of tag: String) -> (name: String, value: String)? {
    let name = name()
    if name.isEmpty {
      fault("something that is no attribute in <\(tag)>")
      return nil
    }
    if at >= bytes.count || bytes[at] != 61 { return (name, "") }
    at += 1
    guard at < bytes.count, bytes[at] == 34 else {
      fault("\(name) of <\(tag)> has no quotes")
      return nil
    }
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != 34 { step() }
    let value = String(decoding: bytes[start..<at], as: UTF8.self)
    at = min(bytes.count, at + 1)
    if value.contains("<") { fault("\(name) of <\(tag)> holds a bare <") }
    entities(value)
    return (name, value)
  }

  /// Elements whose contents are no markup.
  private mutating func raw(_ name: String) {
    let start = at
    while at < bytes.count, !bytes[at...].starts(with: "</\(name)".utf8) { step() }
    let inside = String(decoding: bytes[start..<at], as: UTF8.self)
    if name == "script", inside.contains(where: { !$0.isWhitespace }) { fault("a script written into the page") }
    if name == "title", !inside.contains(where: { !$0.isWhitespace }) { fault("the title is empty") }
  }

  private mutating func check(_ tag: Tag) {
    for (name, value) in tag.attributes {
      if name == "style" { fault("a style= on <\(tag.name)>") }
      if name.hasPrefix("on") { fault("\(name)= on <\(tag.name)>") }
      if ["href", "src", "action"].contains(name) {
        if value.isEmpty || value == "#" { fault("\(name) of <\(tag.name)> leads nowhere") }
        if value.lowercased().hasPrefix("javascript:") { fault("a script in \(name) of <\(tag.name)>") }
      }
      if ["placeholder", "disabled", "readonly"].contains(name) { fault("\(name) on <\(tag.name)>") }
    }
    if tag.name == "style" { fault("a <style> in the page") }
    if let id = tag["id"] {
      if id.isEmpty || id.contains(where: \.isWhitespace) { fault("id \"\(id)\" of <\(tag.name)>") }
      if let before = ids.updateValue(line, forKey: id) { fault("id \(id) stands already in line \(before)") }
    }
    pointers(tag)
    places(tag)
  }

  private mutating func pointers(_ tag: Tag) {
    for name in ["aria-labelledby", "aria-describedby", "for", "form"] {
      for id in (tag[name] ?? "").split(separator: " ") { pointed.append((String(id), line)) }
    }
    if tag.name == "a", let href = tag["href"], href.hasPrefix("#") { pointed.append((String(href.dropFirst()), line)) }
    if tag.name == "label", let id = tag["for"] { labelled.insert(id) }
    let isHidden = tag.name == "input" && tag["type"] == "hidden"
    let isInLabel = open.contains { $0.name == "label" }
    if ["input", "select", "textarea"].contains(tag.name), !isHidden, !isInLabel { fields.append(tag) }
  }

  private mutating func places(_ tag: Tag) {
    let parent = open.last?.name ?? ""
    if tag.name == "main" { mains += 1 }
    if tag.name == "html", (tag["lang"] ?? "").isEmpty { fault("<html> has no lang") }
    if tag.name == "img", tag["alt"] == nil { fault("<img> has no alt") }
    if tag.name == "form", open.contains(where: { $0.name == "form" }) { fault("a form in a form") }
    if tag.name == "button", tag["type"] == nil { fault("<button> has no type") }
    if ["a", "button"].contains(tag.name), open.contains(where: { ["a", "button"].contains($0.name) }) {
      fault("<\(tag.name)> inside a link or button")
    }
    if tag.name == "li", !["ul", "ol"].contains(parent) { fault("<li> inside <\(parent)>") }
    if tag.name == "tr", !["thead", "tbody", "tfoot"].contains(parent) { fault("<tr> inside <\(parent)>") }
    if ["td", "th"].contains(tag.name), parent != "tr" { fault("<\(tag.name)> inside <\(parent)>") }
    if ["dt", "dd"].contains(tag.name), !["dl", "div"].contains(parent) { fault("<\(tag.name)> inside <\(parent)>") }
    let blocks: Set<String> = ["div", "p", "ul", "ol", "dl", "table", "form", "section", "h1", "h2", "h3", "fieldset"]
    if blocks.contains(tag.name), ["p", "h1", "h2", "h3", "span", "label"].contains(parent) {
      fault("<\(tag.name)> inside <\(parent)>")
    }
  }
}
