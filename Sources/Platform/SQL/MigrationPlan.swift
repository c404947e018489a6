/// What a store already holds and what it still needs; the rules both engines follow when they migrate.
package struct MigrationPlan: Sendable {
  /// The table that remembers, made by each engine before anything else.
  package static let table: SQL = """
    CREATE TABLE IF NOT EXISTS migration (
      name \(.text) NOT NULL PRIMARY KEY, applied_at \(.instant) NOT NULL, program \(.text) NOT NULL,
      content \(.text) NOT NULL) \(.strict)
    """

  /// In the order of the program's list.
  package let pending: [Migration]

  /// Throws `newerSchema` where the store knows more than `known`, and `failed` where a released migration was edited.
  package init(known: [Migration], applied: [Row]) throws(StorageError) {
    var byName: [String: Migration] = [:]
    for migration in known where byName.updateValue(migration, forKey: migration.name) != nil {
      throw .failed("two migrations are named \(migration.name)")
    }
    var names: Set<String> = []
    var unknown: [String] = []
    for row in applied {
      let name = try row.text("name")
      names.insert(name)
      guard let migration = byName[name] else {
        unknown.append(name)
        continue
      }
      guard try row.text("content") == migration.content else {
        throw .failed("the migration \(name) was edited after it had been applied")
      }
    }
    guard unknown.isEmpty else { throw .newerSchema(unknown) }
    pending = known.filter { !names.contains($0.name) }
  }
}

extension Migration {
  /// A fingerprint of the statements (FNV-1a, 64 bits): it notices an edit, it does not defend against one.
  static func content(of statements: [SQL]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xff) &* 0x100_0000_01b3
    }
    for statement in statements {
      for piece in statement.pieces {
        switch piece {
        case .text(let text): mix(text)
        case .type(let type): mix("\(type)")
        case .value(let value): mix("\(value)")
        }
      }
      mix(";")
    }
    return String(hash, radix: 16)
  }
}
