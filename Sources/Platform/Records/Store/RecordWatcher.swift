import Intake
import SQL
import Time

/// Whoever must know when records are written, in the transaction that writes them: a capability whose own tables speak
/// of records. Every function may be left out.
package protocol RecordWatcher: Sendable {
  /// Records were made (`before` nil), changed, retired or put back. Imports and undoing tell of themselves below.
  func changed(_ kind: Kind, _ pairs: [(before: Record?, after: Record)], _ writing: RecordWriting) throws
  /// An import was carried out; `hasChanged` where it stored anything.
  func imported(_ kind: Kind, _ plan: ImportPlan, hasChanged: Bool, _ writing: RecordWriting) throws
  /// The making of records was undone; their rows are about to go.
  func removing(_ kind: Kind, _ ids: [String], _ writing: RecordWriting) throws
  /// `other` becomes part of `kept`: hands over what speaks of it, and answers what that was, as `handOver` takes it.
  func merging(_ kind: Kind, _ other: String, into kept: String, _ writing: RecordWriting) throws -> [String: String]
  /// A merging is undone, or done again (`isMerging`): what it handed over goes to `record`.
  func handOver(_ things: [String: String], to record: String, isMerging: Bool, _ writing: RecordWriting) throws
  /// Records were merged.
  func merged(_ kind: Kind, _ writing: RecordWriting) throws
  /// What was seen of the records' things, by a tool or on the network, was brought up to date.
  func seen(_ writing: RecordWriting) throws
  /// The change set `set` was taken back, which touched records of `kinds`.
  func undone(_ set: String, _ kinds: Set<String>, _ writing: RecordWriting) throws
}

extension RecordWatcher {
  package func changed(_: Kind, _: [(before: Record?, after: Record)], _: RecordWriting) throws {}
  package func imported(_: Kind, _: ImportPlan, hasChanged: Bool, _: RecordWriting) throws {}
  package func removing(_: Kind, _: [String], _: RecordWriting) throws {}
  package func merging(_: Kind, _: String, into: String, _: RecordWriting) throws -> [String: String] { [:] }
  package func handOver(_: [String: String], to: String, isMerging: Bool, _: RecordWriting) throws {}
  package func merged(_: Kind, _: RecordWriting) throws {}
  package func seen(_: RecordWriting) throws {}
  package func undone(_: String, _: Set<String>, _: RecordWriting) throws {}
}

/// The transaction in which records are written, and what it is part of.
package struct RecordWriting {
  package let tx: any Transaction
  package let catalogue: RecordCatalogue
  package let facility: String
  /// The change set.
  package let set: String
  package let now: Instant
}

extension RecordCatalogue {
  /// Tells the watchers that sightings were brought up to date, in the transaction that did it.
  package func tellSeen(facility: String, set: String, at now: Instant, in tx: any Transaction) throws {
    let writing = RecordWriting(tx: tx, catalogue: self, facility: facility, set: set, now: now)
    for watcher in watchers { try watcher.seen(writing) }
  }
}
