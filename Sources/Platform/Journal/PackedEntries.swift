import SQL
import Time

/// Entries of one deed on many things, ready to be written. They can be made on another thread than the one that holds
/// the transaction, one portion after the other, and are sealed as they are made where the chain is known.
package struct PackedEntries: Sendable {
  /// What all of them have in common.
  package struct Common: Sendable {
    let facility: String
    let at: Instant
    let actorID: String
    let actorName: String
    let request: String
    let set: String?
    let kind: String
    let subjectType: String

    package init(
      facility: String,
      at: Instant,
      actorID: String,
      actorName: String,
      request: String,
      set: String?,
      kind: String,
      subjectType: String
    ) {
      self.facility = facility
      self.at = at
      self.actorID = actorID
      self.actorName = actorName
      self.request = request
      self.set = set
      self.kind = kind
      self.subjectType = subjectType
    }
  }

  private let common: Common
  /// The part of a link that is the same in all of them.
  private let link: Chain.Shared
  private(set) var rows: PackedRows
  /// Where the chain ends behind them; nil where the sealer does that later.
  private(set) var chain: ChainEnd?
  /// Which of all the entries written together the next one is.
  private(set) var place: Int
  private var message = Message()

  init(_ common: Common, chain: ChainEnd?, place: Int, count: Int) {
    self.common = common
    self.chain = chain
    self.place = place
    link = Chain.Shared(common)
    let columns = JournalWriter.columns(sealed: chain != nil)
    rows = PackedRows(width: columns.count, rows: count, bytes: count * 1_800)
  }

  /// An empty portion that goes on where this one ends.
  package func next(count: Int) -> PackedEntries {
    PackedEntries(common, chain: chain, place: place, count: count)
  }

  package var count: Int { rows.count }

  /// `payload` tells the changes, in order.
  package mutating func append(
    id: String,
    subjectID: String,
    subjectTitle: String,
    reason: String?,
    salt: ArraySlice<UInt8>,
    payload write: (inout PayloadWriter) -> Void
  ) {
    rows.append(common.facility)
    rows.append(id)
    rows.append(common.at.milliseconds)
    rows.append(common.actorID)
    rows.append(common.actorName)
    rows.append(common.request)
    rows.append(common.set)
    rows.append(common.kind)
    rows.append(common.subjectType)
    rows.append(subjectID)
    rows.append(subjectTitle)
    rows.append(Int64(place))
    rows.appendText { bytes in
      var payload = PayloadWriter(appendingTo: &bytes)
      write(&payload)
      payload.finish(reason, into: &bytes)
    }
    if var chain {
      let leaf = Chain.leaf(salt: salt, title: subjectTitle, payload: rows.last, &message)
      rows.append(bytes: salt)
      chain.sequence += 1
      chain.hash = Chain.hash(
        after: chain.hash,
        sequence: chain.sequence,
        leaf: leaf,
        link,
        id: id,
        subjectID: subjectID,
        place: Int64(place),
        &message
      )
      rows.append(bytes: leaf)
      rows.append(Int64(chain.sequence))
      rows.append(bytes: chain.hash)
      self.chain = chain
    } else {
      rows.append(bytes: salt)
    }
    place += 1
  }
}
