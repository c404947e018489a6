/// One map of a pack, with the lines its values stand on, so that each complaint names its place.
package struct PackEntry: Sendable {
  package let file: String
  package let line: Int
  private let fields: [(name: String, value: PackValue, line: Int)]

  init(file: String, line: Int, fields: [(name: String, value: PackValue, line: Int)]) {
    self.file = file
    self.line = line
    self.fields = fields
  }

  /// The names given, in the order of the file.
  package var names: [String] { fields.map(\.name) }

  /// The text of `name`. Throws when it is absent, empty, or not a text.
  package func text(_ name: String) throws(PackError) -> String {
    guard let text = try optionalText(name) else {
      throw wrong(line, ja: "「\(name)」がありません。", en: "‘\(name)’ is missing")
    }
    return text
  }

  /// The text of `name`, or nil when it is absent or left empty.
  package func optionalText(_ name: String) throws(PackError) -> String? {
    guard let field = field(name) else { return nil }
    guard case .text(let text) = field.value else {
      throw wrong(field.line, ja: "「\(name)」は文字で書いてください。", en: "‘\(name)’ must be a text")
    }
    return text.isEmpty ? nil : text
  }

  /// The whole number of `name`.
  package func number(_ name: String) throws(PackError) -> Int {
    let text = try text(name)
    guard let number = Int(text) else {
      throw wrong(place(name), ja: "「\(name)」は整数で書いてください（\(text)）。", en: "‘\(name)’ is not a whole number: \(text)")
    }
    return number
  }

  /// The day of `name` as `YYYY-MM-DD`, one that the calendar has.
  package func day(_ name: String) throws(PackError) -> String {
    let text = try text(name)
    guard Self.isDay(text) else {
      throw wrong(
        place(name),
        ja: "「\(name)」は暦にある日を 2026-11-21 の形で書いてください（\(text)）。",
        en: "‘\(name)’ must be a day of the calendar like 2026-11-21: \(text)"
      )
    }
    return text
  }

  /// The texts of `name`: a list, or one text alone. Empty when absent.
  package func texts(_ name: String) throws(PackError) -> [String] {
    guard let field = field(name) else { return [] }
    switch field.value {
    case .text(let text): return text.isEmpty ? [] : [text]
    case .list(let items):
      var texts: [String] = []
      for item in items {
        guard case .text(let text) = item else {
          throw wrong(field.line, ja: "「\(name)」は文字の一覧で書いてください。", en: "‘\(name)’ must be a list of texts")
        }
        texts.append(text)
      }
      return texts
    case .map:
      throw wrong(field.line, ja: "「\(name)」は文字の一覧で書いてください。", en: "‘\(name)’ must be a list of texts")
    }
  }

  /// The lists of texts of the list `name`; empty when absent.
  package func lists(_ name: String) throws(PackError) -> [[String]] {
    guard let field = field(name) else { return [] }
    guard case .list(let items) = field.value else {
      throw wrong(field.line, ja: "「\(name)」は一覧で書いてください。", en: "‘\(name)’ must be a list")
    }
    var lists: [[String]] = []
    for item in items {
      guard case .list(let inner) = item else {
        throw wrong(field.line, ja: "「\(name)」の中身は一覧で書いてください。", en: "‘\(name)’ must hold lists")
      }
      var texts: [String] = []
      for item in inner {
        guard case .text(let text) = item else {
          throw wrong(field.line, ja: "「\(name)」の中身は文字で書いてください。", en: "‘\(name)’ must hold texts")
        }
        texts.append(text)
      }
      lists.append(texts)
    }
    return lists
  }

  /// The text of `name` in both languages: a map with `ja` and `en`.
  package func words(_ name: String) throws(PackError) -> PackWords {
    let inner = try entry(name)
    return PackWords(ja: try inner.text("ja"), en: try inner.text("en"))
  }

  /// The text of `name` in both languages, or nil when it is absent.
  package func optionalWords(_ name: String) throws(PackError) -> PackWords? {
    field(name) == nil ? nil : try words(name)
  }

  /// The map of `name`.
  package func entry(_ name: String) throws(PackError) -> PackEntry {
    guard let field = field(name) else { throw wrong(line, ja: "「\(name)」がありません。", en: "‘\(name)’ is missing") }
    guard case .map(let entry) = field.value else {
      throw wrong(field.line, ja: "「\(name)」は項目の組で書いてください。", en: "‘\(name)’ must be a map")
    }
    return entry
  }

  /// The maps of the list `name`; empty when absent.
  package func entries(_ name: String) throws(PackError) -> [PackEntry] {
    guard let field = field(name) else { return [] }
    guard case .list(let items) = field.value else {
      throw wrong(field.line, ja: "「\(name)」は一覧で書いてください。", en: "‘\(name)’ must be a list")
    }
    var entries: [PackEntry] = []
    for item in items {
      guard case .map(let entry) = item else {
        throw wrong(field.line, ja: "「\(name)」の中身は項目の組で書いてください。", en: "‘\(name)’ must hold maps")
      }
      entries.append(entry)
    }
    return entries
  }

  /// Refuses names that are not in `known`: a misspelt field must not be passed over in silence.
  package func allow(_ known: Set<String>) throws(PackError) {
    for field in fields where !known.contains(field.name) {
      throw wrong(field.line, ja: "「\(field.name)」という項目はありません。", en: "unknown field ‘\(field.name)’")
    }
  }

  /// An error at the line of `name`, for rules that only the reader of the pack knows.
  package func wrong(_ name: String, ja: String, en: String) -> PackError { wrong(place(name), ja: ja, en: en) }

  /// Whether `name` is given at all.
  package func has(_ name: String) -> Bool { field(name) != nil }

  private func place(_ name: String) -> Int { field(name)?.line ?? line }

  private func field(_ name: String) -> (name: String, value: PackValue, line: Int)? {
    fields.first { $0.name == name }
  }

  private func wrong(_ line: Int, ja: String, en: String) -> PackError {
    PackError(file: file, line: line, reason: PackWords(ja: ja, en: en))
  }

  private static func isDay(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let isShaped =
      bytes.count == 10
      && bytes.indices.allSatisfy { $0 == 4 || $0 == 7 ? bytes[$0] == 45 : (48...57).contains(bytes[$0]) }
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard isShaped, parts.count == 3, (1...12).contains(parts[1]) else { return false }
    let isLeap = parts[0].isMultiple(of: 4) && (!parts[0].isMultiple(of: 100) || parts[0].isMultiple(of: 400))
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][parts[1] - 1]
    return (1...days).contains(parts[2])
  }
}

/// A value of a pack.
indirect enum PackValue: Sendable {
  case text(String)
  case list([PackValue])
  case map(PackEntry)
}
