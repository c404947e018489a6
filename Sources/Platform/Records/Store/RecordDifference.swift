import Journal

/// What is different between two states of a record, as the journal keeps it: the fields by their keys, beside them
/// `original:FIELD` for the text of a file and `extra:HEADER` for its unknown columns. A state is built again from it.
enum RecordDifference {
  static let original = "original:"
  static let extra = "extra:"

  /// The row of the imported file, 「12 1階」: told beside the changes, and nothing of the record itself.
  static let row = "import:row"

  /// The changes of the record without what is only told beside them.
  static func own(_ changes: [FieldChange]) -> [FieldChange] { changes.filter { $0.field != row } }

  static func between(_ before: Record?, _ after: Record?, of kind: Kind, place: String? = nil) -> [FieldChange] {
    var changes: [FieldChange] = []
    for key in kind.keys {
      let from = before?.values[key]
      let to = after?.values[key]
      if from != to { changes.append(FieldChange(field: key, from: from, to: to)) }
    }
    changes += between(before?.originals ?? [:], after?.originals ?? [:], prefix: original)
    changes += between(before?.extras ?? [:], after?.extras ?? [:], prefix: extra)
    if let place, !changes.isEmpty { changes.append(FieldChange(field: row, from: nil, to: place)) }
    return changes
  }

  private static func between(_ before: [String: String], _ after: [String: String], prefix: String) -> [FieldChange] {
    guard before != after else { return [] }
    if before.isEmpty {
      let keys = after.count == 1 ? Array(after.keys) : after.keys.sorted()
      return keys.map { FieldChange(field: prefix + $0, from: nil, to: after[$0]) }
    }
    return Set(before.keys).union(after.keys).sorted().compactMap { key in
      let from = before[key]
      let to = after[key]
      return from == to ? nil : FieldChange(field: prefix + key, from: from, to: to)
    }
  }

  static func value(_ field: String, of record: Record) -> String? {
    if field.hasPrefix(original) { return record.originals[String(field.dropFirst(original.count))] }
    if field.hasPrefix(extra) { return record.extras[String(field.dropFirst(extra.count))] }
    return record.values[field]
  }

  static func set(_ field: String, to value: String?, of record: inout Record) {
    if field.hasPrefix(original) {
      record.originals[String(field.dropFirst(original.count))] = value
    } else if field.hasPrefix(extra) {
      record.extras[String(field.dropFirst(extra.count))] = value
    } else {
      record.values[field] = value
    }
  }
}
