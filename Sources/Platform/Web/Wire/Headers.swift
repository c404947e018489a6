/// Header fields in their order, names in lower case.
package struct Headers: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: String
  }

  package private(set) var fields: [Field] = []

  package init(_ fields: [(String, String)] = []) {
    for (name, value) in fields { add(name, value) }
  }

  package init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

  /// The first value of that name; setting replaces all of them.
  package subscript(name: String) -> String? {
    get {
      let name = name.lowercased()
      return fields.first { $0.name == name }?.value
    }
    set {
      let name = name.lowercased()
      fields.removeAll { $0.name == name }
      if let newValue { fields.append(Field(name: name, value: newValue)) }
    }
  }

  package func all(_ name: String) -> [String] {
    let name = name.lowercased()
    return fields.filter { $0.name == name }.map(\.value)
  }

  package mutating func add(_ name: String, _ value: String) {
    fields.append(Field(name: name.lowercased(), value: value))
  }
}

/// The cookies of a request.
package struct Cookies: Sendable, Hashable {
  private var values: [String: String] = [:]

  /// Of two cookies of one name the first counts: browsers send the one with the longer path first.
  package init(_ headers: [String]) {
    for header in headers {
      for part in header.split(separator: ";") {
        guard let equals = part.firstIndex(of: "=") else { continue }
        let name = part[..<equals].trimmingSpaces
        let value = part[part.index(after: equals)...].trimmingSpaces
        if !name.isEmpty, values[name] == nil { values[name] = value }
      }
    }
  }

  package subscript(name: String) -> String? { values[name] }
}

/// A cookie to set: always HttpOnly, SameSite=Lax, for the whole site.
package struct SetCookie: Sendable, Hashable {
  /// Without prefix; `__Host-` is put before it where the connection is encrypted.
  package let name: String
  package let value: String
  /// Seconds, nil until the browser closes, 0 to take it away.
  package let maxAge: Int?

  package init(_ name: String, _ value: String, maxAge: Int? = nil) {
    self.name = name
    self.value = value
    self.maxAge = maxAge
  }

  func header(isSecure: Bool) -> String {
    var text = "\(Self.fullName(name, isSecure: isSecure))=\(value); Path=/; HttpOnly; SameSite=Lax"
    if let maxAge { text += "; Max-Age=\(maxAge)" }
    if isSecure { text += "; Secure" }
    return text
  }

  /// `__Host-` makes the browser refuse the cookie from any other host or an unencrypted page.
  static func fullName(_ name: String, isSecure: Bool) -> String { isSecure ? "__Host-\(name)" : name }
}

extension StringProtocol {
  /// Without spaces and tabs at both ends.
  var trimmingSpaces: String {
    var bytes = Substring(self).utf8
    while let first = bytes.first, first == 32 || first == 9 { bytes.removeFirst() }
    while let last = bytes.last, last == 32 || last == 9 { bytes.removeLast() }
    return String(Substring(bytes))
  }
}
