import SQL
import Sealing
import Support
import Testing
import Time

@testable import Journal

/// One way to falsify a sealed journal.
enum Tampering: String, CaseIterable, Sendable {
  case payload, title, salt, contentDropped, saltDropped
  case actor, moment, request, set, subject, place
  case leaf, hash
  case rowsSwapped, rowsSwappedWithTheirHashes, contentsSwapped, rowMovedToTheEnd
  case rowDeleted, rowDeletedAndRenumbered, tailDeleted, everythingDeleted, unsealed
  case checkpointHash, checkpointSignature, checkpointKey, checkpointOfAnotherKey, lastCheckpointDeleted
  case chainMadeAnew
}

@Suite struct TamperingTests {
  typealias Reason = VerifyReport.Reason

  static let facility = "aoba"

  @Test(arguments: Engine.available, Tampering.allCases)
  func everyFalsificationIsFoundAndNamed(engine: Engine, tampering: Tampering) async throws {
    for seed in UInt64(0)..<(engine == .sqlite ? 20 : 2) {
      var chance = SplitMix64(seed: seed)
      let world = try await JournalWorld(engine, [withoutGuards])
      let count = Int.random(in: 6...30, using: &chance)
      try await world.grow(count, using: &chance)
      if Bool.random(using: &chance) { try await world.grow(3, facility: "sumire", using: &chance) }
      try #require(try await world.verify().isOK)

      let place = Int.random(in: 2..<count, using: &chance)
      let other = Int.random(in: place + 1...count, using: &chance)
      let expected = try await world.database.write(.everyFacility) { tx in
        try Self.falsify(tampering, place, other, count, tx)
      }
      let report = try await world.verify()
      let found = try #require(report.firstBroken, "seed \(seed)")
      #expect(found.facility == Self.facility)
      #expect(found.sequence == expected.sequence, "seed \(seed) of \(count): \(place) and \(other)")
      #expect(expected.reasons.contains(found.reason), "seed \(seed): \(found.reason)")
      #expect(report.json.hasPrefix("{\"ok\":false,"))
    }
  }

  struct Expected: Sendable {
    let sequence: Int
    let reasons: [Reason]

    init(_ sequence: Int, _ reasons: Reason...) {
      self.sequence = sequence
      self.reasons = reasons
    }
  }

  /// Does it, and answers what must be found.
  static func falsify(
    _ tampering: Tampering,
    _ k: Int,
    _ m: Int,
    _ count: Int,
    _ tx: any Transaction
  ) throws -> Expected {
    func set(_ assignment: SQL, at sequence: Int) throws {
      try tx.run("UPDATE journal SET \(assignment) WHERE facility = \(facility) AND seq = \(sequence)")
    }
    switch tampering {
    case .payload: try set("payload = \(Payload.text([], "いいえ"))", at: k)
    case .title: try set("subject_title = subject_title || '2'", at: k)
    case .salt: try set("salt = \([UInt8](repeating: 7, count: 16))", at: k)
    case .saltDropped: try set("salt = NULL", at: k)
    case .leaf: try set("leaf = \([UInt8](repeating: 7, count: 32))", at: k)
    case .contentDropped:
      try set("salt = NULL, payload = NULL, subject_title = ''", at: k)
      return Expected(k, .erasedUnrecorded)
    case .actor: try set("actor_name = 'somebody else'", at: k)
    case .moment: try set("at = at - 1", at: k)
    case .request: try set("request = 'other'", at: k)
    case .set: try set("change_set = 'other'", at: k)
    case .subject: try set("subject_id = 'other'", at: k)
    case .place: try set("place = place + 1", at: k)
    case .hash: try set("hash = \([UInt8](repeating: 7, count: 32))", at: k)
    default: return try falsifyOrder(tampering, k, m, count, tx)
    }
    return Expected(
      k,
      [.payload, .title, .salt, .saltDropped, .leaf].contains(tampering) ? .contentChanged : .headerChanged
    )
  }

  static func falsifyOrder(
    _ tampering: Tampering,
    _ k: Int,
    _ m: Int,
    _ count: Int,
    _ tx: any Transaction
  ) throws -> Expected {
    func link(_ sequence: Int) throws -> Link {
      let row = try tx.row("SELECT \(Link.columns) FROM journal WHERE facility = \(facility) AND seq = \(sequence)")
      return try Link(try #require(row))
    }
    func set(_ assignment: SQL, id: String) throws {
      try tx.run("UPDATE journal SET \(assignment) WHERE facility = \(facility) AND id = \(id)")
    }
    switch tampering {
    case .rowsSwapped, .rowsSwappedWithTheirHashes:
      let (first, second) = (try link(k), try link(m))
      try set("seq = \(-1)", id: first.id)
      try set("seq = \(k)", id: second.id)
      try set("seq = \(m)", id: first.id)
      if tampering == .rowsSwappedWithTheirHashes {
        try set("hash = \(second.hash)", id: first.id)
        try set("hash = \(first.hash)", id: second.id)
      }
      return Expected(k, .reordered)
    case .contentsSwapped:
      let (first, second) = (try link(k), try link(m))
      for (from, to) in [(first, second), (second, first)] {
        try set("payload = \(from.payload), salt = \(from.salt), subject_title = \(from.subjectTitle)", id: to.id)
      }
      return Expected(k, .contentChanged)
    case .rowMovedToTheEnd:
      try set("seq = \(count + 1)", id: try link(k).id)
      return Expected(k, .reordered)
    case .rowDeleted:
      try tx.run("DELETE FROM journal WHERE facility = \(facility) AND seq = \(k)")
      return k == count ? Expected(k, .tailMissing) : Expected(k, .missing)
    case .rowDeletedAndRenumbered:
      try tx.run("DELETE FROM journal WHERE facility = \(facility) AND seq = \(k)")
      for sequence in k + 1...count { try set("seq = \(sequence - 1)", id: try link(sequence).id) }
      return Expected(k, .headerChanged)
    case .tailDeleted:
      try tx.run("DELETE FROM journal WHERE facility = \(facility) AND seq >= \(k)")
      return Expected(k, .tailMissing)
    case .everythingDeleted:
      try tx.run("DELETE FROM journal WHERE facility = \(facility)")
      return Expected(1, .tailMissing)
    case .unsealed:
      try set("seq = NULL, hash = NULL, leaf = NULL", id: try link(k).id)
      return Expected(k, .missing)
    default: return try falsifySignature(tampering, k, tx)
    }
  }

  static func falsifySignature(_ tampering: Tampering, _ k: Int, _ tx: any Transaction) throws -> Expected {
    let signed = try tx.rows("SELECT seq FROM journal_checkpoint WHERE facility = \(facility) ORDER BY seq").map {
      try $0.integer("seq")
    }
    let last = try #require(signed.last)
    func set(_ assignment: SQL) throws {
      try tx.run("UPDATE journal_checkpoint SET \(assignment) WHERE facility = \(facility) AND seq = \(last)")
    }
    switch tampering {
    case .checkpointHash: try set("hash = \([UInt8](repeating: 7, count: 32))")
    case .checkpointSignature: try set("signature = \([UInt8](repeating: 7, count: 64))")
    case .checkpointKey:
      try set("key = 'other'")
      return Expected(last, .unknownKey)
    case .checkpointOfAnotherKey:
      // Signed correctly, by somebody who is not us, under our name.
      let row = try #require(try tx.row("SELECT hash, at FROM journal_checkpoint WHERE seq = \(last)"))
      let message = Chain.checkpoint(
        facility,
        sequence: last,
        hash: try row.bytes("hash"),
        at: try row.instant("at").milliseconds
      )
      try set("signature = \(try SigningKey().sign(message))")
    case .lastCheckpointDeleted:
      try tx.run("DELETE FROM journal_checkpoint WHERE facility = \(facility) AND seq = \(last)")
      return Expected((signed.dropLast().last ?? 0) + 1, .unsigned)
    default:
      try makeAnew(from: k, tx)
      return Expected((signed.last { $0 < k } ?? 0) + 1, .rewritten)
    }
    return Expected(last, .forgedCheckpoint)
  }

  /// Changes one entry and computes every seal after it again, as somebody can who has everything but the key.
  static func makeAnew(from k: Int, _ tx: any Transaction) throws {
    try tx.run(
      "UPDATE journal SET payload = \(Payload.text([], "作り直し")) WHERE facility = \(facility) AND seq = \(k)"
    )
    var hash = Chain.start(facility)
    let rows = try tx.rows(
      "SELECT \(Link.columns) FROM journal WHERE facility = \(facility) AND seq IS NOT NULL ORDER BY seq"
    )
    for row in rows {
      let link = try Link(row)
      let (sequence, leaf) = (try #require(link.sequence), try #require(link.provenLeaf))
      hash = Chain.hash(after: hash, sequence: sequence, leaf: leaf, link)
      try tx.run(
        "UPDATE journal SET leaf = \(leaf), hash = \(hash) WHERE facility = \(facility) AND seq = \(sequence)"
      )
    }
  }
}
