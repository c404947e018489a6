private import Yams

extension Pack {
  /// Reads a pack. `file` is the name that errors give.
  package init(reading text: String, file: String) throws(PackError) {
    let head = try Self.compose(text, file: file)
    try head.allow([
      "pack", "edition", "title", "valid", "publisher", "source", "verification", "entries",
    ])
    let valid = try head.entry("valid")
    try valid.allow(["from", "to"])
    let source = try head.entry("source")
    try source.allow(["title", "english", "address"])
    id = try head.text("pack")
    edition = try head.number("edition")
    title = try head.words("title")
    validFrom = try valid.day("from")
    validTo = valid.has("to") ? try valid.day("to") : nil
    publisher = try head.text("publisher")
    self.source = Source(
      title: try source.text("title"),
      english: try source.optionalText("english"),
      address: try source.optionalText("address")
    )
    verification = try Self.verification(head)
    entries = try head.entries("entries")
    if let validTo, validTo < validFrom {
      throw head.wrong("valid", ja: "有効期間の終わりが始まりより前です。", en: "validity ends before it begins")
    }
    if edition < 1 { throw head.wrong("edition", ja: "「edition」は1以上です。", en: "‘edition’ starts at 1") }
  }

  /// Whether the pack speaks of this day, `YYYY-MM-DD`.
  package func isValid(on day: String) -> Bool {
    validFrom <= day && validTo.map { day <= $0 } ?? true
  }

  private static func verification(_ head: PackEntry) throws(PackError) -> Verification {
    // Silence does not count as verified: the state has to be written.
    if let state = try? head.text("verification") {
      guard state == "unverified" else {
        throw head.wrong(
          "verification",
          ja: "「verification」は unverified、または確認した人（by）と日（on）です。",
          en: "‘verification’ is unverified, or names who (by) and when (on)"
        )
      }
      return .unverified
    }
    let named = try head.entry("verification")
    try named.allow(["by", "on"])
    return .verified(by: try named.text("by"), on: try named.day("on"))
  }

  private static func compose(_ text: String, file: String) throws(PackError) -> PackEntry {
    let parser: Parser
    let root: Node?
    do {
      // Everything stays text: YAML's own ideas of dates and numbers would turn 1.10 into 1.1.
      parser = try Parser(yaml: text, resolver: Resolver.basic)
      root = try parser.singleRoot()
    } catch let error as YamlError {
      throw PackError(
        file: file,
        line: error.line,
        reason: PackWords(ja: "YAMLとして読めません。", en: "not YAML: \(error)")
      )
    } catch {
      throw PackError(file: file, line: nil, reason: PackWords(ja: "YAMLとして読めません。", en: "not YAML: \(error)"))
    }
    // Nodes hold their anchors weakly; without the parser they would look as if they had none.
    let whole = try withExtendedLifetime(parser) { () throws(PackError) in
      try root.map { root throws(PackError) in try value(root, file: file, depth: 0) }
    }
    guard case .map(let entry)? = whole else {
      throw PackError(
        file: file,
        line: 1,
        reason: PackWords(ja: "ファイルの先頭が項目の組ではありません。", en: "the file is not a map")
      )
    }
    return entry
  }

  private static func value(_ node: Node, file: String, depth: Int) throws(PackError) -> PackValue {
    let line = node.mark?.line ?? 1
    guard depth < 12 else {
      throw PackError(file: file, line: line, reason: PackWords(ja: "入れ子が深すぎます。", en: "nested too deeply"))
    }
    // Anchors let a few lines expand to millions of values; a pack says everything where it stands.
    if node.anchor != nil { throw alias(file: file, line: line) }
    switch node {
    case .scalar(let scalar): return .text(scalar.string)
    case .sequence(let sequence):
      var items: [PackValue] = []
      for item in sequence { items.append(try value(item, file: file, depth: depth + 1)) }
      return .list(items)
    case .mapping(let mapping):
      var fields: [(name: String, value: PackValue, line: Int)] = []
      for (key, item) in mapping {
        guard case .scalar(let name) = key else {
          throw PackError(file: file, line: line, reason: PackWords(ja: "項目名が文字ではありません。", en: "a name is not a text"))
        }
        fields.append((name.string, try value(item, file: file, depth: depth + 1), key.mark?.line ?? line))
      }
      return .map(PackEntry(file: file, line: line, fields: fields))
    case .alias: throw alias(file: file, line: line)
    }
  }

  private static func alias(file: String, line: Int) -> PackError {
    PackError(
      file: file,
      line: line,
      reason: PackWords(ja: "YAMLの別名（& と *）は使えません。", en: "YAML aliases are not allowed")
    )
  }
}

extension YamlError {
  /// The line the parser stopped at, from 1.
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }
}
