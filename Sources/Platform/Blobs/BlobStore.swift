import Crypto
import SQL
import Time

/// Files that belong to records: photographs, scanned papers, print masters. Named by what they hold, so the same bytes
/// are kept once; what is stored is never changed. A file that should not be here is withdrawn: its content goes, and in
/// its place stands who took it out and why.
package struct BlobStore: Sendable {
  private let database: any Database
  private let clock: Clock

  /// The largest file in bytes.
  package static let limit = 20 << 20

  package init(database: any Database, clock: Clock) {
    self.database = database
    self.clock = clock
  }

  package static let migrations = [
    Migration(
      "blobs-1-content",
      facilityTables: ["blob"],
      [
        """
        CREATE TABLE blob (
          facility \(.text) NOT NULL, hash \(.text) NOT NULL, type \(.text) NOT NULL, size \(.integer) NOT NULL,
          content \(.bytes) NOT NULL, stored_at \(.instant) NOT NULL, PRIMARY KEY (facility, hash)) \(.strict)
        """
      ]
    ),
    Migration(
      "blobs-2-withdrawn",
      facilityTables: ["withdrawn_file"],
      [
        // A table of its own, not columns behind the content: whoever asks only whether a file is gone reads no content.
        """
        CREATE TABLE withdrawn_file (
          facility \(.text) NOT NULL, hash \(.text) NOT NULL, name \(.text) NOT NULL,
          withdrawn_at \(.instant) NOT NULL, withdrawn_by \(.text) NOT NULL, reason \(.text) NOT NULL CHECK (reason <> ''),
          PRIMARY KEY (facility, hash), FOREIGN KEY (facility, hash) REFERENCES blob (facility, hash)) \(.strict)
        """,
        // Sums over the last hour without a walk through the contents.
        "CREATE INDEX blob_by_time ON blob (facility, stored_at, size)",
      ]
    ),
  ]

  /// Keeps the bytes and answers their name: SHA-256 in hexadecimal. Throws `WithdrawnAgain` for what was withdrawn.
  package static func put(
    _ bytes: [UInt8],
    as type: MediaKind,
    facility: String,
    at now: Instant,
    in tx: any Transaction
  ) throws -> String {
    let hash = name(of: bytes)
    // The same photograph twice is kept once.
    let isNew = try tx.run(
      """
      INSERT INTO blob (facility, hash, type, size, content, stored_at)
      VALUES (\(facility), \(hash), \(type.rawValue), \(bytes.count), \(bytes), \(now))
      ON CONFLICT (facility, hash) DO NOTHING
      """
    )
    if isNew == 0, let file = try withdrawn(hash, facility: facility, in: tx) { throw WithdrawnAgain(file: file) }
    return hash
  }

  package func put(_ bytes: [UInt8], as type: MediaKind, facility: String) async throws -> String {
    let now = clock.now()
    return try await database.write(.facility(facility)) { tx in
      try Self.put(bytes, as: type, facility: facility, at: now, in: tx)
    }
  }

  /// The bytes and what they are; nil where there is no such file. Throws `WithdrawnFile` where its content is gone.
  package func find(_ hash: String, facility: String) async throws -> (bytes: [UInt8], type: MediaKind)? {
    try await database.read(.facility(facility)) { tx in
      guard
        let row = try tx.row("SELECT type, content FROM blob WHERE facility = \(facility) AND hash = \(hash)"),
        let type = MediaKind(rawValue: try row.text("type"))
      else { return nil }
      let bytes = try row.bytes("content")
      // Nothing empty is ever kept.
      if bytes.isEmpty, let file = try Self.withdrawn(hash, facility: facility, in: tx) { throw file }
      return (bytes, type)
    }
  }

  /// What was withdrawn under this name; nil where nothing was.
  package static func withdrawn(
    _ hash: String,
    facility: String,
    in tx: any Transaction
  ) throws -> WithdrawnFile? {
    try tx.row(
      "SELECT \(columns) FROM \(tables) WHERE w.facility = \(facility) AND w.hash = \(hash)"
    ).map(file)
  }

  /// Everything withdrawn in a facility, the newest first, at most 1,000.
  package static func withdrawn(facility: String, in tx: any Transaction) throws -> [WithdrawnFile] {
    try tx.rows(
      """
      SELECT \(columns) FROM \(tables) WHERE w.facility = \(facility)
      ORDER BY w.withdrawn_at DESC, w.hash LIMIT 1000
      """
    ).map(file)
  }

  /// A column for whoever lists what cites files: when the file behind `hash` of a row of `table` was withdrawn, or NULL.
  package static func withdrawal(of table: String, column: String = "hash") -> SQL {
    """
    (SELECT w.withdrawn_at FROM withdrawn_file w WHERE w.facility = \(name: table).facility
      AND w.hash = \(name: table).\(name: column)) AS withdrawn_at
    """
  }

  /// Takes the content out of the store and leaves its name with who did it and why. Answers false where there is no such
  /// file or it was withdrawn before. On SQLite freed pages are overwritten (`secure_delete`, as Debian builds it).
  package static func withdraw(
    _ hash: String,
    name: String,
    by actor: String,
    reason: String,
    facility: String,
    at now: Instant,
    in tx: any Transaction
  ) throws -> Bool {
    guard try tx.row("SELECT size FROM blob WHERE facility = \(facility) AND hash = \(hash)") != nil else {
      return false
    }
    let isNew = try tx.run(
      """
      INSERT INTO withdrawn_file (facility, hash, name, withdrawn_at, withdrawn_by, reason)
      VALUES (\(facility), \(hash), \(name), \(now), \(actor), \(reason)) ON CONFLICT (facility, hash) DO NOTHING
      """
    )
    guard isNew > 0 else { return false }
    try tx.run("UPDATE blob SET content = \([] as [UInt8]) WHERE facility = \(facility) AND hash = \(hash)")
    return true
  }

  private static let columns: SQL = """
    w.hash AS hash, w.name AS name, b.type AS type, b.size AS size, w.withdrawn_at AS withdrawn_at,
      w.withdrawn_by AS withdrawn_by, w.reason AS reason
    """
  private static let tables: SQL = "withdrawn_file w JOIN blob b ON b.facility = w.facility AND b.hash = w.hash"

  private static func file(_ row: Row) throws -> WithdrawnFile {
    WithdrawnFile(
      hash: try row.text("hash"),
      name: try row.text("name"),
      type: MediaKind(rawValue: try row.text("type")) ?? .pdf,
      size: try row.integer("size"),
      at: try row.instant("withdrawn_at"),
      by: try row.text("withdrawn_by"),
      reason: try row.text("reason")
    )
  }

  package static func name(of bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
