import Nouns
import SQL
import Text
import Time
import Web

/// A duty that a person made, as it is stored.
package struct MadeDuty: Sendable, Hashable {
  package let id: String
  package let draft: DutyDraft
  package let version: Int
  package let closedAt: Instant?
  package let snoozedUntil: LocalDate?

  /// What stands before the ids of hand-made duties among all duties.
  static let prefix = "duties.made."

  func duty(today: LocalDate) -> Duty {
    var duty = Duty(
      id: Self.prefix + id,
      title: Localized(both: draft.title),
      owner: draft.owner,
      due: draft.due,
      state: closedAt != nil ? .done : draft.due < today ? .overdue : .open,
      reason: Localized(both: draft.reason),
      link: "/duties/\(Self.prefix)\(id)",
      action: Localized(ja: "開く", en: "Open"),
      rank: draft.rank
    )
    duty.person = draft.person
    duty.department = draft.department
    duty.deputy = draft.deputy
    duty.recurrence = draft.recurrence
    duty.isByHand = true
    return duty
  }

  static let columns: SQL = """
    id, title, reason, link, owner, person, department, deputy, due, recurrence, rank, snoozed_until, closed_at, version
    """

  init(_ row: Row) throws {
    func filled(_ name: String) throws -> String? {
      let text = try row.text(name)
      return text.isEmpty ? nil : text
    }
    guard let owner = Role(rawValue: try row.text("owner")), let due = LocalDate(iso: try row.text("due")) else {
      throw StorageError.unexpectedValue(column: "owner", wanted: "a role and a day")
    }
    id = try row.text("id")
    draft = DutyDraft(
      title: try row.text("title"),
      reason: try row.text("reason"),
      link: try row.text("link"),
      owner: owner,
      person: try filled("person"),
      department: try filled("department"),
      deputy: try filled("deputy").flatMap(Role.init(rawValue:)),
      due: due,
      recurrence: try filled("recurrence").flatMap(Recurrence.init(reading:)),
      rank: try row.integer("rank")
    )
    version = try row.integer("version")
    closedAt = try row.optionalInstant("closed_at")
    snoozedUntil = try row.optionalDate("snoozed_until")
  }
}

/// A duty as somebody entered it.
package struct DutyDraft: Sendable, Hashable {
  package var title: String
  package var reason: String
  /// A page of this site, or empty.
  package var link: String
  package var owner: Role
  package var person: String?
  package var department: String?
  package var deputy: Role?
  package var due: LocalDate
  package var recurrence: Recurrence?
  package var rank: Int

  package init(
    title: String,
    reason: String = "",
    link: String = "",
    owner: Role,
    person: String? = nil,
    department: String? = nil,
    deputy: Role? = nil,
    due: LocalDate,
    recurrence: Recurrence? = nil,
    rank: Int = 5
  ) {
    self.title = title
    self.reason = reason
    self.link = link
    self.owner = owner
    self.person = person
    self.department = department
    self.deputy = deputy
    self.due = due
    self.recurrence = recurrence
    self.rank = rank
  }

  /// Throws what is wrong with it.
  func check() throws(DutyProblems) {
    var problems = DutyProblems()
    if title.isEmpty || title.count > 200 {
      problems.add("title", "何をするかを200文字以内で入力してください。", "Say what is to be done in at most 200 characters.")
    }
    if reason.count > 2000 {
      problems.add("reason", "理由は2000文字以内にしてください。", "Keep the reason below 2000 characters.")
    }
    if !link.isEmpty, !LocalPath.isSafe(link) || link.count > 500 {
      problems.add("link", "リンクは、この画面のアドレスの「/」から後ろを入力してください。", "Enter the address of a page here, from its “/”.")
    }
    if owner == .vendor, person == nil {
      problems.add("person", "事業者に頼むときは、誰かを選んでください。", "For a vendor, choose the person.")
    }
    guard problems.list.isEmpty else { throw problems }
  }

  /// For the journal.
  var fields: [(String, String)] {
    [
      ("title", title), ("reason", reason), ("link", link), ("owner", owner.rawValue), ("person", person ?? ""),
      ("department", department ?? ""), ("deputy", deputy?.rawValue ?? ""), ("due", due.iso),
      ("recurrence", recurrence?.text ?? ""), ("rank", String(rank)),
    ]
  }
}
