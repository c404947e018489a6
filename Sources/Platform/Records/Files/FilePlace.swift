import SQL

/// Where a capability keeps files, so that a file can be withdrawn once for all places that cite it.
package struct FilePlace: Sendable {
  /// Every file the facility cites here, with what it is called.
  package let cited: @Sendable (_ facility: String, any Transaction) throws -> [(hash: String, name: String)]
  /// Everything of the facility that cites the file.
  package let uses: @Sendable (_ hash: String, _ facility: String, any Transaction) throws -> [FileUse]
  /// What was made of the file and goes with it, such as a small view of a photograph: their hashes.
  package let derived: @Sendable (_ hash: String, _ facility: String, any Transaction) throws -> [String]

  package init(
    cited: @escaping @Sendable (_ facility: String, any Transaction) throws -> [(hash: String, name: String)],
    uses: @escaping @Sendable (_ hash: String, _ facility: String, any Transaction) throws -> [FileUse],
    derived: @escaping @Sendable (_ hash: String, _ facility: String, any Transaction) throws -> [String] = { _, _, _ in
      []
    }
  ) {
    self.cited = cited
    self.uses = uses
    self.derived = derived
  }
}
