import Blobs
import SQL

/// Looks at every kept file: whether all that is cited is there, and whether each is what its name says.
package struct FileCheck: Sendable {
  let database: any Database
  let places: [FilePlace]

  package init(database: any Database, places: [FilePlace]) {
    self.database = database
    self.places = places
  }

  /// Faults beyond this many are not named one by one; where so much is wrong, more names help nobody.
  package static let mostFaults = 200

  /// How many files there are and what is wrong with them. Reads one file after the other, so that memory holds one.
  package func look(_ facilities: [String]) async throws -> (files: Int, faults: [FileFault]) {
    var (count, faults): (Int, [FileFault]) = (0, [])
    for facility in facilities {
      let (stored, cited, withdrawn) = try await database.read(.facility(facility)) { tx in
        (
          try tx.rows("SELECT hash FROM blob WHERE facility = \(facility) ORDER BY hash").map { try $0.text("hash") },
          try places.flatMap { try $0.cited(facility, tx) },
          Set(
            try tx.rows("SELECT hash FROM withdrawn_file WHERE facility = \(facility)").map { try $0.text("hash") }
          )
        )
      }
      count += stored.count
      let names = Dictionary(cited.map { ($0.hash, $0.name) }, uniquingKeysWith: { first, _ in first })
      let known = Set(stored)
      faults += names.keys.filter { !known.contains($0) }.sorted().map {
        FileFault(facility: facility, hash: $0, name: names[$0] ?? "", kind: .missing)
      }
      for hash in stored where faults.count < Self.mostFaults {
        let bytes = try await database.read(.facility(facility)) { tx in
          try tx.row("SELECT content FROM blob WHERE facility = \(facility) AND hash = \(hash)")?.bytes("content")
        }
        // Taken away while this was looking.
        guard let bytes else { continue }
        // Of what was withdrawn nothing may be left.
        let isWhole = withdrawn.contains(hash) ? bytes.isEmpty : BlobStore.name(of: bytes) == hash
        guard !isWhole else { continue }
        let kind = bytes.isEmpty ? FileFault.Kind.missing : .altered
        faults.append(FileFault(facility: facility, hash: hash, name: names[hash] ?? "", kind: kind))
      }
    }
    return (count, Array(faults.prefix(Self.mostFaults)))
  }
}
