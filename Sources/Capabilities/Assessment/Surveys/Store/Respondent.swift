import Time

/// One who is asked, or who is asked about.
package struct Respondent: Sendable, Hashable {
  package let id: String
  package let name: String
  package let stratum: String
  /// The facility of this installation it is; nil for others.
  package let partner: String?
  /// The department it is; nil for facilities.
  package let department: String?
  /// Who answers where that is somebody else, such as a vendor for each of its customers; empty where it answers itself.
  package let answerer: String
  /// How it is reached, as the list says it: a telephone number, a mail address; empty where nothing is known.
  package let contact: String
  /// When it was last reminded.
  package let remindedOn: LocalDate?
  /// What its secret link ends with. It opens one questionnaire for one respondent and nothing else.
  package let token: String

  /// Whether it has neither an account nor an inbox in this installation, as those who were asked by a list.
  package var isOutside: Bool { partner == nil && department == nil }
}
