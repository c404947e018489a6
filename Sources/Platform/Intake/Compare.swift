import Text

/// Compares the rows of a file with the ledger and with each other. Every data row ends in exactly one list of the plan.
struct Comparison {
  let schema: IntakeSchema
  let base: ExportMeta?
  let existing: [ExistingRecord]
  private let result: IntakeResult
  private let identity: IdentityKeys
  private var ledger: IdentityIndex
  private var existingKeys: [[String?]] = []
  private(set) var existingByID: [String: Int] = [:]
  private var file: IdentityIndex
  /// Rows taken so far, with their keys: what later rows of the file are compared with.
  private var taken: [(row: IntakeRow, keys: [String?])] = []
  /// Records that a row already stands for.
  private(set) var claimed: [Int: RowPlace] = [:]
  var plan = ImportPlan()
  /// The fields of this file, in the order of the schema.
  private(set) var fields: [String] = []
  private(set) var ordinals: Set<String> = []
  private var hasToldOfMissingIdentity = false

  init(_ result: IntakeResult, schema: IntakeSchema, existing: [ExistingRecord], base: ExportMeta?) {
    self.result = result
    self.schema = schema
    self.existing = existing
    self.base = base?.kind == schema.kind ? base : nil
    identity = IdentityKeys(schema)
    ledger = IdentityIndex(rules: identity.count)
    file = IdentityIndex(rules: identity.count)
  }

  mutating func run(_ decisions: RowDecisions = RowDecisions()) -> ImportPlan {
    plan.problems = result.problems
    plan.skipped = result.skipped
    plan.leftOut = result.leftOut
    plan.mappings = result.mappings
    plan.newReferences = result.newReferences
    let used = Set(
      result.mappings.flatMap { $0.columns.compactMap(\.field) + [$0.sheetName?.field].compactMap(\.self) }
    )
    fields = schema.fields.map(\.key).filter(used.contains)
    for table in result.tables {
      for column in table.columns where column.field == nil && SystemHeader.isOrdinal(column.header) {
        ordinals.insert(column.header)
      }
    }
    index()
    let count = result.tables.reduce(0) { $0 + $1.rows.count }
    taken.reserveCapacity(count)
    file.reserve(count)
    if existing.isEmpty { plan.new.reserveCapacity(count) }
    for table in result.tables {
      for row in table.rows { place(row) }
    }
    askAboutLookalikes()
    carryOut(decisions)
    let spokenOf = Set(plan.conflicts.flatMap(\.records))
    plan.absent = existing.indices.filter { claimed[$0] == nil && !spokenOf.contains(existing[$0].id) }.map {
      existing[$0].id
    }
    return plan
  }

  private mutating func index() {
    ledger.reserve(existing.count)
    existingKeys.reserveCapacity(existing.count)
    existingByID.reserveCapacity(existing.count)
    for (number, record) in existing.enumerated() {
      let keys = (0..<identity.count).map { rule in identity.key(rule) { record.values[$0] } }
      ledger.add(number, keys)
      existingKeys.append(keys)
      existingByID[record.id] = number
    }
  }

  private mutating func place(_ row: IntakeRow) {
    let isOrdered = row.values.order === schema.order
    let keys = (0..<identity.count).map { rule in
      isOrdered ? identity.key(rule, of: row.values) : identity.key(rule) { row.values[$0]?.stored }
    }
    if let id = row.recordID, base != nil || existingByID[id] != nil {
      placeExported(row, id, keys)
      return
    }
    if let repeated = repeats(row, keys) {
      settle(repeated, row)
      return
    }
    defer {
      file.add(taken.count, keys)
      taken.append((row, keys))
    }
    switch match(row, keys) {
    case .none:
      if let twin = twin(of: row, keys) {
        plan.same.append(PlannedSame(row: row, id: existing[twin].id, duplicateOf: nil))
        claimed[twin] = row.place
      } else if let refusal = row.refusal {
        refuse(row, refusal, "row.required")
      } else {
        noteMissingIdentity(row, keys)
        plan.new.append(row)
      }
    case .record(let number):
      if let other = claimed[number] {
        conflict(
          .identitiesDisagree,
          row,
          ConflictReasons.claimed(existing[number].title(schema), other),
          [number],
          other
        )
        return
      }
      claimed[number] = row.place
      change(row, number)
    case .conflict(let kind, let reason, let records):
      conflict(kind, row, reason, records, nil)
    }
  }

  // MARK: Rows of the file against each other

  private enum Repeated {
    case same(Int)
    case conflict(PlannedConflict.Kind, Localized, Int)
  }

  /// An earlier row of the file that is, or claims to be, the same thing.
  private mutating func repeats(_ row: IntakeRow, _ keys: [String?]) -> Repeated? {
    for rule in keys.indices {
      let found = file.find(rule, keys[rule])
      if found.isEmpty { continue }
      if let equal = found.first(where: { isCovered(row, by: taken[$0].row) }) { return .same(equal) }
      guard identity.isNumber(rule), let first = found.first else { continue }
      let label = schema.identity[rule].label
      let against = (0..<rule).filter { disagree($0, keys, taken[first].keys) }
      if against.isEmpty {
        return .conflict(.numberReused, ConflictReasons.reused(label, value(row, rule), taken[first].row.place), first)
      }
      if rule == 1, against == [0] {
        let reason = ConflictReasons.sameSerial(label, schema.identity[0].label, taken[first].row.place)
        return .conflict(.identitiesDisagree, reason, first)
      }
      note(row, rule, ConflictReasons.sharedNote(label, taken[first].row.place), "identity.shared")
    }
    return nil
  }

  private mutating func settle(_ repeated: Repeated, _ row: IntakeRow) {
    switch repeated {
    case .same(let first):
      let place = taken[first].row.place
      plan.same.append(PlannedSame(row: row, id: nil, duplicateOf: place))
      plan.problems.append(
        IntakeProblem(
          sheet: row.sheet,
          row: row.number,
          reason: ConflictReasons.duplicate(place),
          severity: .note,
          code: "row.duplicate"
        )
      )
    case .conflict(let kind, let reason, let first):
      let other = taken[first].row
      conflict(kind, row, reason, [], other.place)
      plan.problems.append(
        IntakeProblem(
          sheet: other.sheet,
          row: other.number,
          reason: ConflictReasons.reusedBelow(row.place),
          severity: .note,
          code: "number.reused"
        )
      )
    }
  }

  /// Whether everything this row says stands in the other, too.
  private func isCovered(_ row: IntakeRow, by other: IntakeRow) -> Bool {
    guard row.unreadable == other.unreadable || row.unreadable.isEmpty else { return false }
    for (field, value) in row.values where !value.stored.isEmpty {
      if other.values[field]?.stored != value.stored { return false }
    }
    for (header, text) in row.extras where !ordinals.contains(header) {
      if other.extras[header] != text { return false }
    }
    return true
  }

  private func disagree(_ rule: Int, _ a: [String?], _ b: [String?]) -> Bool {
    guard let left = a[rule], let right = b[rule] else { return false }
    return left != right
  }

  private func value(_ row: IntakeRow, _ rule: Int) -> String {
    schema.identity[rule].fields.compactMap { row.values[$0]?.stored }.joined(separator: " ")
  }

  mutating func claim(_ number: Int, _ row: IntakeRow) { claimed[number] = row.place }

  // MARK: Rows against the ledger

  private enum Match {
    case none
    case record(Int)
    case conflict(PlannedConflict.Kind, Localized, [Int])
  }

  private mutating func match(_ row: IntakeRow, _ keys: [String?]) -> Match {
    for rule in keys.indices {
      let found = ledger.find(rule, keys[rule])
      if found.isEmpty { continue }
      if !identity.isNumber(rule) {
        // Of several that answer to one description the most alike that no row stands for yet.
        let free = found.filter { claimed[$0] == nil && !isAnother(row, $0, but: schema.identity[rule].fields) }
        guard let best = free.max(by: { likeness(row, $0) < likeness(row, $1) }) else { continue }
        return .record(best)
      }
      let label = schema.identity[rule].label
      if found.count > 1 {
        return .conflict(.identitiesDisagree, ConflictReasons.several(label, value(row, rule), found.count), found)
      }
      let number = found[0]
      let against = (0..<rule).filter { disagree($0, keys, existingKeys[number]) }
      if against.count == 1 {
        let reason = ConflictReasons.otherNumber(
          label,
          schema.identity[against[0]].label,
          existing[number].title(schema)
        )
        return .conflict(.identitiesDisagree, reason, [number])
      }
      if against.count > 1 {
        note(row, rule, ConflictReasons.sharedWithLedger(label, existing[number].title(schema)), "identity.shared")
        continue
      }
      return judge(row, rule, number, keys)
    }
    return .none
  }

  /// The surest rule that applies points at this record: do the others bear it out?
  private func judge(_ row: IntakeRow, _ rule: Int, _ number: Int, _ keys: [String?]) -> Match {
    let lower = keys.indices.filter { $0 > rule && identity.isNumber($0) }
    if let serial = lower.first(where: { $0 == 1 }), let other = ledger.find(serial, keys[serial]).first,
      other != number, disagree(serial, keys, existingKeys[number])
    {
      let reason = ConflictReasons.twoRecords(
        schema.identity[rule].label,
        existing[number].title(schema),
        schema.identity[serial].label,
        existing[other].title(schema)
      )
      return .conflict(.identitiesDisagree, reason, [number, other])
    }
    let known = lower.filter { keys[$0] != nil && existingKeys[number][$0] != nil }
    let different = known.filter { keys[$0] != existingKeys[number][$0] }
    guard !different.isEmpty, different.count == known.count else { return .record(number) }
    if different.count >= 2 || likeness(row, number) < 0.5 {
      let reason = ConflictReasons.taken(
        schema.identity[rule].label,
        value(row, rule),
        existing[number].title(schema),
        different.map { schema.identity[$0].label }
      )
      return .conflict(.numberTaken, reason, [number])
    }
    return .record(number)
  }

  /// The share of equal values among those both sides know.
  func likeness(_ row: IntakeRow, _ number: Int) -> Double {
    var both = 0
    var equal = 0
    for (field, value) in row.values where !value.stored.isEmpty {
      guard let present = existing[number].values[field], !present.isEmpty else { continue }
      both += 1
      if present == value.stored { equal += 1 }
    }
    return both == 0 ? 0 : Double(equal) / Double(both) + Double(equal) / 1000
  }

  private var twins: [String: [Int]]?

  private var subjectField: String? { (schema.fields.first(where: \.isRequired) ?? schema.subject)?.key }

  /// A row without any number is the record that says exactly the same, if there is one.
  private mutating func twin(of row: IntakeRow, _ keys: [String?]) -> Int? {
    guard keys.allSatisfy({ $0 == nil }), let field = subjectField,
      let name = row.values[field]?.stored, !name.isEmpty
    else { return nil }
    if twins == nil {
      var index: [String: [Int]] = [:]
      for (number, record) in existing.enumerated() { index[record.values[field] ?? "", default: []].append(number) }
      twins = index
    }
    return twins?[name]?.first { number in
      claimed[number] == nil
        && row.values.allSatisfy { $0.value.stored.isEmpty || existing[number].values[$0.key] == $0.value.stored }
    }
  }

  private mutating func noteMissingIdentity(_ row: IntakeRow, _ keys: [String?]) {
    guard !hasToldOfMissingIdentity, keys.allSatisfy({ $0 == nil }) else { return }
    hasToldOfMissingIdentity = true
    plan.problems.append(
      IntakeProblem(
        sheet: row.sheet,
        row: row.number,
        reason: ConflictReasons.noIdentity(schema.identity.map(\.label)),
        severity: .note,
        code: "identity.none"
      )
    )
  }

  /// A row of our own export: as exported, as in the file, as in the ledger.
  private mutating func placeExported(_ row: IntakeRow, _ id: String, _ keys: [String?]) {
    defer {
      file.add(taken.count, keys)
      taken.append((row, keys))
    }
    guard let number = existingByID[id] else {
      conflict(.gone, row, ConflictReasons.gone, [], nil)
      return
    }
    if let other = claimed[number] {
      conflict(
        .identitiesDisagree,
        row,
        ConflictReasons.claimed(existing[number].title(schema), other),
        [number],
        other
      )
      return
    }
    claimed[number] = row.place
    guard let base = base?.records[id] else {
      change(row, number)
      return
    }
    let record = existing[number]
    let (changes, disputed) = ThreeWay.compare(row, base, record, fields)
    guard disputed.isEmpty else {
      let labels = disputed.compactMap { schema.field($0.field)?.label }
      conflict(
        .changedOnBothSides,
        row,
        ConflictReasons.bothSides(labels),
        [number],
        nil,
        fields: disputed,
        undisputed: changes
      )
      return
    }
    finish(row, record, changes)
  }

  // MARK: Lists of the plan

  mutating func conflict(
    _ kind: PlannedConflict.Kind,
    _ row: IntakeRow,
    _ reason: Localized,
    _ records: [Int],
    _ other: RowPlace?,
    fields: [FieldConflict]? = nil,
    undisputed: [PlannedFieldChange] = []
  ) {
    let collisions = fields ?? records.first.map { differences(row, $0) } ?? []
    plan.conflicts.append(
      PlannedConflict(
        kind: kind,
        row: row,
        reason: reason,
        records: records.map { existing[$0].id },
        other: other,
        fields: collisions,
        undisputed: undisputed
      )
    )
    plan.problems.append(
      IntakeProblem(
        sheet: row.sheet,
        row: row.number,
        column: nil,
        value: nil,
        reason: reason,
        severity: .row,
        code: ConflictReasons.code + kind.rawValue
      )
    )
  }

  private func differences(_ row: IntakeRow, _ number: Int) -> [FieldConflict] {
    fields.compactMap { field in
      guard let value = row.values[field]?.stored, !value.isEmpty else { return nil }
      let present = existing[number].values[field] ?? ""
      return present == value ? nil : FieldConflict(field: field, base: nil, inFile: value, inLedger: present)
    }
  }

  private mutating func refuse(_ row: IntakeRow, _ reason: Localized, _ code: String) {
    plan.refused.append(row)
    plan.problems.append(
      IntakeProblem(sheet: row.sheet, row: row.number, reason: reason, severity: .row, code: code)
    )
  }

  private mutating func note(_ row: IntakeRow, _ rule: Int, _ reason: Localized, _ code: String) {
    let field = schema.identity[rule].fields.first ?? ""
    plan.problems.append(
      IntakeProblem(
        sheet: row.sheet,
        row: row.number,
        column: header(of: field, row),
        value: value(row, rule),
        reason: reason,
        severity: .note,
        code: code
      )
    )
  }

  func header(of field: String, _ row: IntakeRow) -> String? {
    let table = result.tables.last { $0.sheet == row.sheet && ($0.headerRows.last ?? 0) < row.number }
    return table?.columns.first { $0.field == field }?.header
  }
}

extension IntakeRow {
  package var place: RowPlace { RowPlace(sheet: sheet, row: number) }
}

extension ExistingRecord {
  /// How a person recognises it: its first required field or number.
  func title(_ schema: IntakeSchema) -> String {
    let number = schema.identity.first?.fields.compactMap { values[$0] }.first ?? ""
    let subject = schema.fields.first(where: \.isRequired) ?? schema.subject
    let name = subject.flatMap { values[$0.key] } ?? ""
    return [number, number == name ? "" : name].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
