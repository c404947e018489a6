import Crypto
import SQL
import Sealing
import Time

/// How entries are chained. All numbers are 64-bit big-endian, all texts UTF-8 with their length before them.
///
///     leaf(n)  = SHA-256("yagura leaf 1" ‖ salt ‖ title of the subject ‖ payload)
///     hash(0)  = SHA-256("yagura journal 1" ‖ facility)
///     hash(n)  = SHA-256("yagura entry 1" ‖ hash(n-1) ‖ n ‖ leaf(n) ‖ the other columns)
///     signed   = "yagura checkpoint 1" ‖ facility ‖ n ‖ hash(n) ‖ at
///
/// What may name a person (title, payload) is only in the leaf, under 16 bytes of salt: when both are dropped, the
/// leaf tells nothing and the chain still proves everything else.
enum Chain {
  static func leaf(salt: [UInt8], title: String, payload: String) -> [UInt8] {
    var message = Message()
    return leaf(salt: salt[...], title: title, payload: Array(payload.utf8)[...], &message)
  }

  /// `message` is what the bytes are put together in.
  static func leaf(
    salt: ArraySlice<UInt8>,
    title: String,
    payload: ArraySlice<UInt8>,
    _ message: inout Message
  ) -> [UInt8] {
    message.begin("yagura leaf 1")
    message.append(salt)
    message.append(title)
    message.append(payload)
    return Hash.sha256(message.bytes)
  }

  static func start(_ facility: String) -> [UInt8] {
    var bytes = Message("yagura journal 1")
    bytes.append(facility)
    return Hash.sha256(bytes.bytes)
  }

  static func hash(after previous: [UInt8], sequence: Int, leaf: [UInt8], _ link: Link) -> [UInt8] {
    var message = Message()
    return hash(
      after: previous,
      sequence: sequence,
      leaf: leaf,
      Shared(link),
      id: link.id,
      subjectID: link.subjectID,
      place: link.place,
      &message
    )
  }

  /// `message` is what the bytes are put together in.
  static func hash(
    after previous: [UInt8],
    sequence: Int,
    leaf: [UInt8],
    _ shared: Shared,
    id: String,
    subjectID: String,
    place: Int64,
    _ message: inout Message
  ) -> [UInt8] {
    message.begin("yagura entry 1")
    message.append(previous[...])
    message.append(Int64(sequence))
    message.append(leaf[...])
    message.append(shared.facility)
    message.append(id)
    message.append(laidOut: shared.rest)
    message.append(subjectID)
    message.append(place)
    return Hash.sha256(message.bytes)
  }

  /// The columns that many entries written together have in common.
  struct Shared: Sendable {
    let facility: String
    /// Those between the id and the subject's id, as they stand in the message.
    let rest: [UInt8]

    init(_ link: Link) {
      self.init(
        facility: link.facility,
        at: link.at,
        actor: [link.actorID, link.actorName, link.request],
        set: link.set,
        kinds: [link.kind, link.subjectType]
      )
    }

    init(_ common: PackedEntries.Common) {
      self.init(
        facility: common.facility,
        at: common.at.milliseconds,
        actor: [common.actorID, common.actorName, common.request],
        set: common.set,
        kinds: [common.kind, common.subjectType]
      )
    }

    private init(facility: String, at: Int64, actor: [String], set: String?, kinds: [String]) {
      self.facility = facility
      var message = Message()
      message.append(at)
      for text in actor { message.append(text) }
      message.append(optional: set)
      for text in kinds { message.append(text) }
      rest = message.bytes
    }
  }

  static func checkpoint(_ facility: String, sequence: Int, hash: [UInt8], at: Int64) -> [UInt8] {
    var bytes = Message("yagura checkpoint 1")
    bytes.append(facility)
    bytes.append(Int64(sequence))
    bytes.append(hash)
    bytes.append(at)
    return bytes.bytes
  }
}

/// Bytes to be hashed or signed, in which no two lists of values look alike.
struct Message: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Without a purpose yet.
  init() { bytes.reserveCapacity(1_024) }

  init(_ purpose: StaticString) {
    self.init()
    begin(purpose)
  }

  /// A new message in the room of the last one.
  mutating func begin(_ purpose: StaticString) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: UnsafeBufferPointer(start: purpose.utf8Start, count: purpose.utf8CodeUnitCount))
    bytes.append(0)
  }

  mutating func append(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      append(Int64(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }

  mutating func append(_ raw: [UInt8]) { append(raw[...]) }

  mutating func append(_ raw: ArraySlice<UInt8>) {
    append(Int64(raw.count))
    bytes.append(contentsOf: raw)
  }

  /// Bytes that are a part of a message already.
  mutating func append(laidOut part: [UInt8]) { bytes.append(contentsOf: part) }

  mutating func append(optional text: String?) {
    guard let text else { return append(-1) }
    append(text)
  }
}

/// A row of the journal as the chain sees it.
struct Link: Sendable {
  let facility: String
  let id: String
  let at: Int64
  let actorID: String
  let actorName: String
  let request: String
  let set: String?
  let kind: String
  let subjectType: String
  let subjectID: String
  let subjectTitle: String
  let place: Int64
  let payload: String?
  let salt: [UInt8]?
  let leaf: [UInt8]?
  let sequence: Int?
  let hash: [UInt8]?

  static let columns: SQL = """
    facility, id, at, actor_id, actor_name, request, change_set, kind, subject_type, subject_id, subject_title, place,
    payload, salt, leaf, seq, hash
    """

  init(_ row: Row) throws(StorageError) {
    facility = try row.text("facility")
    id = try row.text("id")
    at = Int64(try row.integer("at"))
    actorID = try row.text("actor_id")
    actorName = try row.text("actor_name")
    request = try row.text("request")
    set = try row.optionalText("change_set")
    kind = try row.text("kind")
    subjectType = try row.text("subject_type")
    subjectID = try row.text("subject_id")
    subjectTitle = try row.text("subject_title")
    place = Int64(try row.integer("place"))
    payload = try row.optionalText("payload")
    salt = try row.optionalBytes("salt")
    leaf = try row.optionalBytes("leaf")
    sequence = try row.optionalInteger("seq")
    hash = try row.optionalBytes("hash")
  }

  /// An entry about to be written.
  init(_ entry: NewEntry, place: Int) {
    facility = entry.facility
    id = entry.id
    at = entry.at.milliseconds
    actorID = entry.actorID
    actorName = entry.actorName
    request = entry.request
    set = entry.set
    kind = entry.kind
    subjectType = entry.subjectType
    subjectID = entry.subjectID
    subjectTitle = entry.subjectTitle
    self.place = Int64(place)
    payload = entry.payload
    salt = entry.salt
    leaf = nil
    sequence = nil
    hash = nil
  }

  /// The personal part has been dropped, and dropped whole.
  var isErased: Bool { salt == nil && payload == nil && subjectTitle.isEmpty }

  /// What the leaf must be: computed from the content, or for an erased entry the one that was kept. Nil where
  /// neither is.
  var provenLeaf: [UInt8]? {
    if let salt, let payload { return Chain.leaf(salt: salt, title: subjectTitle, payload: payload) }
    return isErased ? leaf : nil
  }
}
