/// The text of an HTML page, without markup, scripts and styles. No attempt is made at its structure.
struct HTMLPage {
  let title: String?
  let text: String

  init(_ html: String) {
    var text: [UInt8] = []
    var title: String?
    let bytes = Array(html.utf8)
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        text.append(bytes[at])
        at += 1
        continue
      }
      let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
      let name = Self.name(bytes[(at + 1)...].prefix(12))
      at = end + 1
      switch name {
      case "script", "style":
        at = Self.end(of: name, bytes, at)
      case "title":
        let close = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        if title == nil { title = Self.unescaped(String(decoding: bytes[at..<close], as: UTF8.self)).trimmed }
      case "br", "p", "div", "li", "tr", "h1", "h2", "h3", "/p", "/div", "/li": text.append(10)
      default: break
      }
    }
    self.title = title
    self.text = Self.unescaped(String(decoding: text, as: UTF8.self))
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let name = bytes.prefix {
      ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || $0 == UInt8(ascii: "/") || ($0 >= 48 && $0 < 58)
    }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  /// Behind the closing tag, or the end of the page.
  private static func end(of name: String, _ bytes: [UInt8], _ start: Int) -> Int {
    let close = Array("</\(name)".utf8)
    var at = start
    while let found = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      if bytes[found...].prefix(close.count).elementsEqual(close, by: { $0 | 0x20 == $1 | 0x20 }) {
        return (bytes[found...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
      }
      at = found + 1
    }
    return bytes.count
  }

  private static func unescaped(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = text
    for (entity, character) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      result = result.replacing(entity, with: character)
    }
    return result
  }
}
