import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Forms of vendors and their answers. Every change is a line in the journal. People of the
/// hospital enter what came by file, on paper or by telephone; a vendor itself answers by a `VendorLink` alone.
struct VendorFormStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  // MARK: Reading

  func forms(_ checklist: Checklist, _ period: String, _ facility: FacilityID) async throws -> [String: VendorForm] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      let forms = try tx.rows(
        """
        SELECT vendor, vendor_name, systems, sent_on, sent_by, due_on, reminded_on, reminders, received_on, way,
          respondent, replied_on, version
        FROM assessment_vendor_form WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period)
        """
      ).map(VendorForm.init(_:))
      let answers = try tx.rows(
        """
        SELECT vendor, item, value, checked_on, target, second_value, second_on, remarks, answered_at, answered_by,
          version
        FROM assessment_vendor_answer WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period)
        """
      )
      var byVendor = Dictionary(forms.map { ($0.vendor, $0) }, uniquingKeysWith: { first, _ in first })
      for row in answers {
        let item = checklist[try row.text("item")]
        byVendor[try row.text("vendor")]?.answers[try row.text("item")] = try VendorForm.Answer(row) {
          item?.named($0) ?? $0
        }
      }
      return byVendor
    }
  }

  /// Vendors that say no, by topic of the vendor's item.
  func objections(
    _ checklist: Checklist,
    _ period: String,
    _ facility: FacilityID
  ) async throws
    -> [(item: ChecklistItem, objection: VendorObjection)]
  {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT a.item, a.vendor, f.vendor_name, a.remarks FROM assessment_vendor_answer a
        JOIN assessment_vendor_form f ON f.facility = a.facility AND f.pack = a.pack AND f.period = a.period
          AND f.vendor = a.vendor
        WHERE a.facility = \(key) AND a.pack = \(checklist.id) AND a.period = \(period)
          AND COALESCE(a.second_value, a.value) = 'no'
        ORDER BY f.vendor_name, a.vendor, a.item
        """
      ).compactMap { row in
        let number = try row.text("item")
        guard let item = checklist[number] else { return nil }
        let objection = VendorObjection(
          vendor: try row.text("vendor"),
          vendorName: try row.text("vendor_name"),
          item: number,
          remarks: try row.text("remarks")
        )
        return (item, objection)
      }
    }
  }

  // MARK: Writing

  /// Notes that the form went out to a vendor, with the systems it is about and by when it is wanted back.
  func send(
    to vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    due: LocalDate,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let now = clock.now()
    try await change(vendor, checklist, period, "assessment.vendor.sent", scope) { tx, version in
      try tx.run(
        """
        UPDATE assessment_vendor_form SET sent_on = \(now.day), sent_by = \(scope.actor.name), due_on = \(due),
          vendor_name = \(vendor.name), systems = \(vendor.systems.joined(separator: "\n")), version = \(version)
        WHERE facility = \(scope.facility.rawValue) AND pack = \(checklist.id) AND period = \(period)
          AND vendor = \(vendor.id)
        """
      )
      return [
        FieldChange(field: "sent_on", from: nil, to: now.day.iso), FieldChange(field: "due_on", from: nil, to: due.iso),
      ]
    }
  }

  func remind(
    _ vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let now = clock.now()
    try await change(vendor, checklist, period, "assessment.vendor.reminded", scope) { tx, version in
      try tx.run(
        """
        UPDATE assessment_vendor_form SET reminded_on = \(now.day), reminders = reminders + 1, version = \(version)
        WHERE facility = \(scope.facility.rawValue) AND pack = \(checklist.id) AND period = \(period)
          AND vendor = \(vendor.id)
        """
      )
      return [FieldChange(field: "reminded_on", from: nil, to: now.day.iso)]
    }
  }

  /// The form was not handed over after all. Throws `AnswerProblems` where it was not, or where answers came back.
  func withdraw(
    _ vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let key = scope.facility.rawValue
    try await change(vendor, checklist, period, "assessment.vendor.withdrawn", scope) { tx, version in
      let form = try tx.row(
        """
        SELECT sent_on, received_on FROM assessment_vendor_form WHERE facility = \(key) AND pack = \(checklist.id)
          AND period = \(period) AND vendor = \(vendor.id)
        """
      )
      guard let sent = try form?.optionalDate("sent_on"), try form?.optionalDate("received_on") == nil else {
        var problems = AnswerProblems()
        problems.add(
          "vendor",
          "渡していない様式と、回答が届いた様式は、取り消せません。",
          "Only a form that was handed over and has not come back can be withdrawn."
        )
        throw problems
      }
      try tx.run(
        """
        UPDATE assessment_vendor_form SET sent_on = NULL, sent_by = NULL, due_on = NULL, reminded_on = NULL,
          reminders = 0, version = \(version)
        WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) AND vendor = \(vendor.id)
        """
      )
      return [FieldChange(field: "sent_on", from: sent.iso, to: nil)]
    }
  }

  /// Keeps what a vendor answered. `versions` are those that whoever entered it had seen, nil where there was none; where
  /// somebody else was faster nothing is kept (`RoundConflict.answered`).
  func keep(
    _ answers: [(item: ChecklistItem, answer: FormAnswer, version: Int?)],
    of vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    reply: VendorReply,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let (now, key) = (clock.now(), scope.facility.rawValue)
    try await change(vendor, checklist, period, "assessment.vendor.answered", scope) { tx, version in
      var changes: [FieldChange] = []
      try Self.checkAsked(answers.map { ($0.item, $0.answer.latest) }, vendor.id, checklist, period, key, in: tx)
      for line in answers {
        let current = try tx.row(
          """
          SELECT value, second_value, version FROM assessment_vendor_answer WHERE facility = \(key)
            AND pack = \(checklist.id) AND period = \(period) AND vendor = \(vendor.id) AND item = \(line.item.key)
          """
        )
        let stored = try current?.integer("version")
        guard stored == line.version else { throw RoundConflict.answered }
        try Self.write(line.answer, line.item, vendor.id, checklist, period, (stored ?? 0) + 1, scope, now, tx)
        changes.append(FieldChange(field: line.item.key, from: try current?.text("value"), to: line.answer.value.text))
      }
      try tx.run(
        """
        UPDATE assessment_vendor_form SET received_on = \(now.day), way = \(reply.way.rawValue),
          respondent = \(reply.respondent), replied_on = \(reply.on), version = \(version)
        WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) AND vendor = \(vendor.id)
        """
      )
      return changes
    }
  }

  /// Refuses answers to children whose parent, with what is kept along with them, is not answered so.
  private static func checkAsked(
    _ lines: [(item: ChecklistItem, value: AnswerValue)],
    _ vendor: String,
    _ checklist: Checklist,
    _ period: String,
    _ key: String,
    in tx: any Transaction
  ) throws {
    guard lines.contains(where: { $0.item.parent != nil }) else { return }
    var values: [String: AnswerValue] = [:]
    for row in try tx.rows(
      """
      SELECT item, value, second_value FROM assessment_vendor_answer WHERE facility = \(key)
        AND pack = \(checklist.id) AND period = \(period) AND vendor = \(vendor)
      """
    ) {
      let text = try row.optionalText("second_value") ?? row.text("value")
      values[try row.text("item")] = AnswerValue(text: text)
    }
    try checklist.checkAsked(lines) { values[$0] }
  }

  private static func write(
    _ answer: FormAnswer,
    _ item: ChecklistItem,
    _ vendor: String,
    _ checklist: Checklist,
    _ period: String,
    _ version: Int,
    _ scope: Scope<AnswerChecks>,
    _ now: Instant,
    _ tx: any Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO assessment_vendor_answer (facility, pack, period, vendor, item, topic, value, checked_on, target,
        second_value, second_on, remarks, answered_at, answered_by, version)
      VALUES (\(scope.facility.rawValue), \(checklist.id), \(period), \(vendor), \(item.key), \(item.topic),
        \(answer.value.text), \(answer.checkedOn), \(answer.target), \(answer.second?.text), \(answer.secondOn),
        \(answer.remarks), \(now), \(scope.actor.name), \(version))
      ON CONFLICT (facility, pack, period, vendor, item) DO UPDATE SET value = excluded.value,
        checked_on = excluded.checked_on, target = excluded.target, second_value = excluded.second_value,
        second_on = excluded.second_on, remarks = excluded.remarks, answered_at = excluded.answered_at,
        answered_by = excluded.answered_by, version = excluded.version
      """
    )
  }

  /// Makes the form where there is none, hands over its next version, and notes the change.
  private func change(
    _ vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    _ kind: String,
    _ scope: Scope<AnswerChecks>,
    _ body: @escaping @Sendable (any Transaction, Int) throws -> [FieldChange]
  ) async throws {
    let (key, now, id) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      try tx.run(
        """
        INSERT INTO assessment_vendor_form (facility, pack, period, vendor, vendor_name, systems, reminders, respondent,
          version)
        VALUES (\(key), \(checklist.id), \(period), \(vendor.id), \(vendor.name),
          \(vendor.systems.joined(separator: "\n")), 0, '', 0)
        ON CONFLICT (facility, pack, period, vendor) DO NOTHING
        """
      )
      let version = try tx.row(
        """
        SELECT version FROM assessment_vendor_form WHERE facility = \(key) AND pack = \(checklist.id)
          AND period = \(period) AND vendor = \(vendor.id)
        """
      )?.integer("version")
      let changes = try body(tx, (version ?? 0) + 1)
      try tx.record([
        JournalEntry(
          by: scope,
          id: id,
          at: now,
          kind: kind,
          of: ("assessment", "\(checklist.id)/\(period)/vendors/\(vendor.id)", "\(checklist.title.ja) \(vendor.name)"),
          changes: changes
        )
      ])
    }
  }
}

extension VendorForm {
  init(_ row: Row) throws {
    self.init(
      vendor: try row.text("vendor"),
      vendorName: try row.text("vendor_name"),
      systems: try row.text("systems").split(separator: "\n").map(String.init),
      sentOn: try row.optionalDate("sent_on"),
      sentBy: try row.optionalText("sent_by"),
      dueOn: try row.optionalDate("due_on"),
      remindedOn: try row.optionalDate("reminded_on"),
      reminders: try row.integer("reminders"),
      receivedOn: try row.optionalDate("received_on"),
      way: try row.optionalText("way").flatMap(VendorForm.Way.init(rawValue:)),
      respondent: try row.text("respondent"),
      repliedOn: try row.optionalDate("replied_on"),
      version: try row.integer("version"),
      answers: [:]
    )
  }
}

extension VendorForm.Answer {
  init(_ row: Row, named: (AnswerValue) -> AnswerValue) throws {
    guard let value = AnswerValue(text: try row.text("value")) else {
      throw StorageError.unexpectedValue(column: "assessment_vendor_answer.value", wanted: "an answer")
    }
    self.init(
      answer: FormAnswer(
        named(value),
        checkedOn: try row.optionalDate("checked_on"),
        target: try row.optionalDate("target"),
        second: try row.optionalText("second_value").flatMap(AnswerValue.init(text:)).map(named),
        secondOn: try row.optionalDate("second_on"),
        remarks: try row.text("remarks")
      ),
      answeredAt: try row.instant("answered_at"),
      answeredBy: try row.text("answered_by"),
      version: try row.integer("version")
    )
  }
}
