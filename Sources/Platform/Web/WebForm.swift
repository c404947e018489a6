/// A form as it was sent, `application/x-www-form-urlencoded` or `multipart/form-data`.
package struct WebForm: Sendable {
  package let fields: Fields
  package let files: [WebFile]

  package init(fields: Fields = Fields(), files: [WebFile] = []) {
    self.fields = fields
    self.files = files
  }

  /// At most this many fields in one form; a grid of 500 rows fits.
  static let fieldLimit = 20_000
  static let partLimit = 2_000

  /// The first value of that name, as typed.
  package subscript(name: String) -> String? { fields[name] }

  /// The first value without white space around it; empty where there is none.
  package func text(_ name: String) -> String { fields.text(name) }

  package func all(_ name: String) -> [String] { fields.all(name) }

  /// Whether a check box was set or a button pressed.
  package func contains(_ name: String) -> Bool { fields.contains(name) }

  /// The first file of that name that was chosen; an empty file control is none.
  package func file(_ name: String) -> WebFile? { files.first { $0.field == name } }

  package func files(_ name: String) -> [WebFile] { files.filter { $0.field == name } }

  /// Reads `body` as its content type says.
  static func read(_ body: [UInt8], contentType: String?) throws(WebError) -> WebForm {
    guard let contentType, let type = MediaType(contentType) else { throw .notAForm }
    if let charset = type.parameters["charset"], !["utf-8", "utf8", "us-ascii"].contains(charset.lowercased()) {
      throw .unreadableField(nil)
    }
    switch type.name {
    case "application/x-www-form-urlencoded":
      return WebForm(fields: try Fields(urlEncoded: body, limit: fieldLimit))
    case "multipart/form-data":
      guard let boundary = type.parameters["boundary"] else { throw .brokenForm }
      return try Multipart.read(body, boundary: boundary)
    default: throw .notAForm
    }
  }
}

/// A file that was sent with a form.
package struct WebFile: Sendable, Hashable {
  /// The name of the form's control.
  package let field: String
  /// Without folders; as the browser says, so not to be trusted.
  package let name: String
  /// As the browser says.
  package let type: String
  package let bytes: [UInt8]

  package init(field: String, name: String, type: String = "application/octet-stream", bytes: [UInt8]) {
    self.field = field
    self.name = name
    self.type = type
    self.bytes = bytes
  }
}

/// A header value with parameters: `text/html; charset="utf-8"`. Names in lower case.
struct MediaType: Sendable, Hashable {
  let name: String
  let parameters: [String: String]

  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    let end = bytes.firstIndex(of: 59) ?? bytes.endIndex
    name = String(decoding: bytes[..<end], as: UTF8.self).trimmingSpaces.lowercased()
    guard !name.isEmpty else { return nil }
    bytes = bytes[end...]
    var parameters: [String: String] = [:]
    while bytes.first == 59 {
      bytes = bytes.dropFirst().drop { $0 == 32 || $0 == 9 }
      let nameEnd = bytes.firstIndex { $0 == 61 || $0 == 59 } ?? bytes.endIndex
      let name = String(decoding: bytes[..<nameEnd], as: UTF8.self).trimmingSpaces.lowercased()
      bytes = bytes[nameEnd...]
      guard bytes.first == 61 else { continue }
      bytes = bytes.dropFirst().drop { $0 == 32 || $0 == 9 }
      guard let value = Self.value(&bytes) else { return nil }
      if !name.isEmpty, parameters[name] == nil { parameters[name] = value }
    }
    self.parameters = parameters
  }

  /// A token or a quoted string up to the next semicolon; nil where a quote never ends.
  private static func value(_ bytes: inout ArraySlice<UInt8>) -> String? {
    guard bytes.first == 34 else {
      let end = bytes.firstIndex(of: 59) ?? bytes.endIndex
      defer { bytes = bytes[end...] }
      return String(decoding: bytes[..<end], as: UTF8.self).trimmingSpaces
    }
    bytes = bytes.dropFirst()
    var value: [UInt8] = []
    while let byte = bytes.popFirst() {
      if byte == 34 {
        bytes = bytes.drop { $0 != 59 }
        return String(decoding: value, as: UTF8.self)
      }
      // Browsers of old send C:\folder\file.xlsx unescaped, so only a quote or a backslash can be escaped.
      if byte == 92, let next = bytes.first, next == 34 || next == 92 {
        value.append(next)
        bytes = bytes.dropFirst()
      } else {
        value.append(byte)
      }
    }
    return nil
  }
}
