import Intake
import Journal
import SQL
import Text
import Time

/// How the records of one kind stand in their table. Every kind has the same columns around those of its fields:
/// `folded` for search, `…_key` for the order of lists, and for each reference `…_id`, which the database makes of it:
/// the same id, or NULL where it is 「不明」, with a foreign key on it.
struct RecordTable: Sendable {
  let kind: Kind
  /// Reads records whole.
  let whole: RecordReading
  let insertColumns: [String]

  /// How to read what somebody is going to look at: the name and these fields, nil for all.
  func reading(_ shown: [String]?) -> RecordReading { shown.map { RecordReading(kind, showing: $0) } ?? whole }

  static let fixed = [
    "id", "revision", "originals", "extras", "archived_at", "created_at", "updated_at", "updated_by", "last_set",
  ]

  /// Sorts behind everything that is recorded. Written into the key column, so that an index alone gives the order.
  static let missingKey = "\u{10FFFD}"

  /// The keys of the fields, in order, and how each is searched: taken out of the fields once, for thousands of rows.
  private let keys: [String]
  private let searches: [Search]
  private let sorts: [(position: Int, isAddress: Bool)]
  /// The fields that name a record, in order.
  private let titles: [Int]
  private let isReference: [Bool]
  /// The fields by their keys, as JSON orders them.
  private let byKey: [Int]
  /// How the journal names each field, and the text that a file had for it.
  private let journalled: [(value: PayloadWriter.Field, original: PayloadWriter.Field)]
  /// Which of `insertColumns` an update writes: `facility`, `id` and `created_at` never change.
  private let updated: [(index: Int, set: SQL)]

  private enum Search {
    case not, plain, mac
    /// By what it is called in both languages.
    case choice([String: String])
  }

  /// `RecordCatalogue.table` makes it once for each kind.
  init(_ kind: Kind) {
    self.kind = kind
    keys = kind.fields.map(\.key)
    let columns = Self.fixed + keys
    whole = RecordReading(kind)
    let insertColumns = ["facility"] + columns + ["folded"] + kind.keyed.map { $0 + "_key" }
    self.insertColumns = insertColumns
    searches = kind.fields.map { field in
      switch field.type {
      case .reference, .date, .yesNoUnknown: .not
      case .choice(let choices):
        .choice(Dictionary(uniqueKeysWithValues: choices.map { ($0.key, $0.label.ja + "|" + $0.label.en) }))
      case .mac: .mac
      default: .plain
      }
    }
    sorts = kind.keyed.compactMap { key in kind.position(of: key).map { ($0, kind.fields[$0].type == .ip) } }
    titles = kind.titleFields.compactMap(kind.position)
    isReference = kind.fields.map { $0.referenced != nil }
    byKey = keys.indices.sorted { [keys] in keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
    journalled = keys.map { (PayloadWriter.Field($0), PayloadWriter.Field(RecordDifference.original + $0)) }
    updated = insertColumns.enumerated().filter { !["facility", "id", "created_at"].contains($0.element) }
      .map { ($0.offset, "\(name: $0.element) = ") }
  }

  private func row(_ record: Record, facility: String) -> [SQLValue] {
    var rows = PackedRows(width: insertColumns.count, rows: 1)
    var text: [UInt8] = []
    pack(line(of: record), facility: facility, into: &rows, &text)
    return rows[0]
  }

  /// Appends the row of a record: its values in the order of `insertColumns`. `text` is room to put a text together in.
  func pack(_ line: RecordLine, facility: String, into rows: inout PackedRows, _ text: inout [UInt8]) {
    rows.append(facility)
    rows.append(line.id)
    rows.append(Int64(line.version))
    rows.appendText { bytes in
      let originals = line.originals.lazy.map { (key: keys[$0.field], text: $0.text) }
      if line.otherOriginals.isEmpty {
        FlatJSON.append(originals, to: &bytes)
      } else {
        FlatJSON.append(originals + line.otherOriginals, to: &bytes)
      }
    }
    rows.appendText { FlatJSON.append(line.extras, to: &$0) }
    if let archived = line.archivedAt { rows.append(archived.milliseconds) } else { rows.appendNull() }
    rows.append(line.createdAt.milliseconds)
    rows.append(line.updatedAt.milliseconds)
    rows.append(line.updatedBy)
    rows.append(line.lastSet)
    for value in line.values { rows.append(value.flatMap { $0.isEmpty ? nil : $0 }) }
    rows.appendText { fold(line, into: &$0, &text) }
    for sort in sorts {
      rows.appendText { Self.sortKey(line.values[sort.position], isAddress: sort.isAddress, into: &$0) }
    }
  }

  /// Writes the whole record where its version is still `expected`. One text for all records of a kind, so it is
  /// prepared once.
  func update(_ record: Record, facility: String, expected: Int) -> SQL {
    let row = row(record, facility: facility)
    let sets = updated.map { $0.set + "\(row[$0.index])" }
    return """
      UPDATE \(name: kind.table) SET \(sets.joined(separator: ", "))
      WHERE facility = \(facility) AND id = \(record.id) AND revision = \(expected)
      """
  }

  /// Everything a search may look for, folded at once; the bar keeps the end of one field from the start of the next.
  private func fold(_ line: RecordLine, into bytes: inout [UInt8], _ text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    let bar = UInt8(ascii: "|")
    func add(_ part: String) {
      var part = part
      part.withUTF8 { text.append(contentsOf: $0) }
    }
    for (index, value) in line.values.enumerated() {
      guard let value, value != Unknown.value else { continue }
      switch searches[index] {
      case .not: continue
      case .choice(let labels): add(labels[value] ?? "")
      case .mac:
        add(value)
        text.append(bar)
        for byte in value.utf8 where byte != UInt8(ascii: ":") { text.append(byte) }
      case .plain: add(value)
      }
      text.append(bar)
    }
    for extra in line.extras {
      add(extra.text)
      text.append(bar)
    }
    Fold.append(keyOf: text, to: &bytes)
  }

  private static func sortKey(_ value: String?, isAddress: Bool, into bytes: inout [UInt8]) {
    guard let value, !value.isEmpty, value != Unknown.value else {
      return bytes.append(contentsOf: missingKey.utf8)
    }
    if isAddress {
      let first = value.utf8.contains(UInt8(ascii: ",")) ? String(value.prefix { $0 != "," }) : value
      if let key = IPAddress(reading: first)?.sortKey { return bytes.append(contentsOf: key.utf8) }
    }
    NaturalOrder.append(keyOf: value, to: &bytes)
  }

  // MARK: Lines

  func line(of record: Record) -> RecordLine {
    var line = RecordLine(
      id: record.id,
      values: keys.map { record.values[$0] },
      createdAt: record.createdAt,
      updatedBy: record.updatedBy,
      lastSet: record.lastSet
    )
    line.version = record.version
    line.updatedAt = record.updatedAt
    line.archivedAt = record.archivedAt
    line.otherOriginals = FlatJSON.sorted(record.originals)
    line.extras = FlatJSON.sorted(record.extras)
    return line
  }

  /// The line of a record that a row of a file makes. `name` finds the id of what the file named and the ledger did not
  /// know; where there is none, the name is kept in a column of the field's name. `places` are those of the fields in the
  /// row's order, as `places(in:)` tells them once for many rows.
  func line(
    of row: IntakeRow,
    id: String,
    at now: Instant,
    by actor: String,
    set: String,
    places: [Int?] = [],
    name: (_ field: Int, _ name: String) -> String?
  ) -> RecordLine {
    var line = RecordLine(
      id: id,
      values: Array(repeating: nil, count: keys.count),
      createdAt: now,
      updatedBy: actor,
      lastSet: set
    )
    var extras = row.extras
    for field in byKey {
      guard let value = places.isEmpty ? row.values[keys[field]] : places[field].flatMap({ row.values[$0] }) else {
        continue
      }
      var stored: String? = value.stored
      if isReference[field], value.stored.utf8.first == UInt8(ascii: "+") {
        let new = String(value.stored.dropFirst())
        stored = name(field, new)
        if stored == nil { extras[kind.fields[field].label.ja] = new }
      }
      // What could not be read, or says that there is nothing, is kept as somebody wrote it.
      if let stored {
        if !stored.isEmpty { line.values[field] = stored }
        if let original = value.original, original != stored { line.originals.append((field, original)) }
      }
    }
    line.extras = FlatJSON.sorted(extras)
    return line
  }

  /// Where each field stands in the rows of a file.
  func places(in order: FieldOrder) -> [Int?] { keys.map(order.place) }

  /// What people call it.
  func title(_ line: RecordLine) -> String {
    for position in titles {
      if let name = kind.fields[position].inTitle(line.values[position]) { return name }
    }
    return Record.nameless.ja
  }

  private static let place = PayloadWriter.Field(RecordDifference.row)

  /// What the journal keeps of its creation, as `RecordDifference` says it.
  func tellCreation(_ line: RecordLine, to payload: inout PayloadWriter) {
    for (index, value) in line.values.enumerated() {
      if let value { payload.append(journalled[index].value, to: value) }
    }
    for (field, text) in line.originals { payload.append(journalled[field].original, to: text) }
    for (key, text) in line.otherOriginals {
      payload.append(PayloadWriter.Field(RecordDifference.original + key), to: text)
    }
    for (header, text) in line.extras { payload.append(PayloadWriter.Field(RecordDifference.extra + header), to: text) }
    if let place = line.place { payload.append(Self.place, to: place) }
  }
}

/// What a record says, field by field in the order of its kind: a row, its entry in the journal and its title are made of
/// it without looking every field up each time.
struct RecordLine: Sendable {
  let id: String
  var version = 1
  var values: [String?]
  /// By the place of the field, in the order of the keys.
  var originals: [(field: Int, text: String)] = []
  /// Those of a record that was read, by key.
  var otherOriginals: [(key: String, text: String)] = []
  var extras: [(key: String, text: String)] = []
  var archivedAt: Instant?
  let createdAt: Instant
  var updatedAt: Instant
  let updatedBy: String
  let lastSet: String?
  /// The row of the imported file, which the journal tells.
  var place: String?

  init(id: String, values: [String?], createdAt: Instant, updatedBy: String, lastSet: String?) {
    self.id = id
    self.values = values
    self.createdAt = createdAt
    updatedAt = createdAt
    self.updatedBy = updatedBy
    self.lastSet = lastSet
  }
}
