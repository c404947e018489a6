import Time

/// An item that somebody else shall answer: a department, or one person.
package struct Assignment: Sendable, Hashable {
  package let pack: String
  package let period: String
  package let item: String
  /// The department's id; nil where a person is asked.
  package let department: String?
  /// The account's id; nil where a department is asked.
  package let person: String?
  /// What the department or the person was called when it was assigned.
  package let name: String
  package let due: LocalDate
  package let note: String
  package let assignedBy: String
  /// When whoever is asked was last reminded, and how often.
  package var remindedOn: LocalDate?
  package var reminders = 0
}
