import SQL
import Sealing
import Time

/// The seal of one entry, written down outside the database: printed in the inspection pack, kept with a backup, sent
/// to the hub. Somebody who cuts the end of the journal together with its signatures cannot cut the paper.
package struct JournalAnchor: Sendable, Hashable {
  package let facility: String
  package let sequence: Int
  package let hash: [UInt8]

  /// `FACILITY:SEQUENCE:HASH`, the hash in hexadecimal.
  package var text: String { "\(facility):\(sequence):\(Hex.encode(hash))" }

  init(facility: String, sequence: Int, hash: [UInt8]) {
    self.facility = facility
    self.sequence = sequence
    self.hash = hash
  }

  /// Reads what `text` wrote; nil for anything else.
  package init?(reading text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, let sequence = Int(parts[1]), sequence > 0,
      let hash = Hex.decode(parts[2]), hash.count == 32
    else { return nil }
    self.init(facility: String(parts[0]), sequence: sequence, hash: hash)
  }
}

extension JournalReader {
  /// The newest signed seal, nil before the first.
  package func anchor(facility: String) async throws -> JournalAnchor? {
    try await database.read(.facility(facility)) { tx in
      try tx.row(
        "SELECT seq, hash FROM journal_checkpoint WHERE facility = \(facility) ORDER BY seq DESC LIMIT 1"
      ).map { JournalAnchor(facility: facility, sequence: try $0.integer("seq"), hash: try $0.bytes("hash")) }
    }
  }
}
