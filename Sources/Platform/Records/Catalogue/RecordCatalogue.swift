import Text

/// Every kind of record that the capabilities of a program keep, fitted together: kinds of one may point to kinds of
/// another by their key. What files hold that are no records, and whoever must know when records are written, is named
/// here, too.
package final class RecordCatalogue: Sendable {
  /// In the order in which records can be made: what is pointed to comes first.
  package let kinds: [Kind]
  /// Files that are taken in otherwise than as records.
  package let otherImports: [OtherImport]
  let watchers: [any RecordWatcher]
  private let index: [String: Kind]
  private let tables: [String: RecordTable]
  private let pointing: [String: [(kind: Kind, field: Field)]]

  /// Kinds in any order; those that point to each other stay as they were given.
  package init(_ kinds: [Kind], otherImports: [OtherImport] = [], watchers: [any RecordWatcher] = []) {
    let index = Dictionary(kinds.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let ordered = Self.ordered(kinds, index)
    self.index = index
    self.kinds = ordered
    self.otherImports = otherImports
    self.watchers = watchers
    tables = index.mapValues { RecordTable($0) }
    var pointing: [String: [(kind: Kind, field: Field)]] = [:]
    for kind in ordered {
      for field in kind.fields {
        if let other = field.referenced { pointing[other, default: []].append((kind, field)) }
      }
    }
    self.pointing = pointing
  }

  package func kind(_ key: String) -> Kind? { index[key] }

  /// Every field that points to records of `kind`.
  package func fields(pointingTo kind: String) -> [(kind: Kind, field: Field)] { pointing[kind] ?? [] }

  /// How the records of a kind stand in their table; made once for each.
  func table(_ kind: Kind) -> RecordTable { tables[kind.key] ?? RecordTable(kind) }

  /// The kind of record under which other names of this kind's records are kept, with the field that says whose they are.
  func aliases(of kind: Kind) -> (kind: Kind, owner: Field)? {
    guard let other = kind.traits.aliases.flatMap({ index[$0] }),
      let owner = other.fields.first(where: { $0.referenced == kind.key })
    else { return nil }
    return (other, owner)
  }

  // MARK: Files

  /// Everything a file can be taken in as.
  package var importKinds: [ImportKind] { kinds.map(ImportKind.records) + otherImports.map(ImportKind.other) }

  /// By the word of the command and of drafts (`assets`), or by the key of a kind, as links carry it (`asset`).
  package func importKind(_ word: String) -> ImportKind? {
    importKinds.first { $0.name == word } ?? kind(word).map(ImportKind.records)
  }

  /// Depth first, so that whatever is pointed to stands before.
  private static func ordered(_ kinds: [Kind], _ index: [String: Kind]) -> [Kind] {
    var ordered: [Kind] = []
    var seen: Set<String> = []
    func visit(_ kind: Kind) {
      guard seen.insert(kind.key).inserted else { return }
      for field in kind.references { if let other = field.referenced.flatMap({ index[$0] }) { visit(other) } }
      ordered.append(kind)
    }
    for kind in kinds { visit(kind) }
    return ordered
  }
}
