import Crypto
import SQL
import Time

/// Files that belong to records: photographs, scanned papers, print masters. Named by what they hold, so the same bytes
/// are kept once; what is stored is never changed.
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
    )
  ]

  /// Keeps the bytes and answers their name: SHA-256 in hexadecimal.
  package static func put(
    _ bytes: [UInt8],
    as type: MediaKind,
    facility: String,
    at now: Instant,
    in tx: any Transaction
  ) throws -> String {
    let hash = name(of: bytes)
    // The same photograph twice is kept once.
    _ = try tx.run(
      """
      INSERT INTO blob (facility, hash, type, size, content, stored_at)
      VALUES (\(facility), \(hash), \(type.rawValue), \(bytes.count), \(bytes), \(now))
      ON CONFLICT (facility, hash) DO NOTHING
      """
    )
    return hash
  }

  package func put(_ bytes: [UInt8], as type: MediaKind, facility: String) async throws -> String {
    let now = clock.now()
    return try await database.write(.facility(facility)) { tx in
      try Self.put(bytes, as: type, facility: facility, at: now, in: tx)
    }
  }

  /// The bytes and what they are; nil where there is no such file.
  package func find(_ hash: String, facility: String) async throws -> (bytes: [UInt8], type: MediaKind)? {
    try await database.read(.facility(facility)) { tx in
      guard
        let row = try tx.row("SELECT type, content FROM blob WHERE facility = \(facility) AND hash = \(hash)"),
        let type = MediaKind(rawValue: try row.text("type"))
      else { return nil }
      return (try row.bytes("content"), type)
    }
  }

  package static func name(of bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
