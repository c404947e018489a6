import Text

/// The addresses of the organization's own pages; those of its records are `RecordPath`.
package enum OrganizationPath {
  static let index = "/organization"
  static let chart = "/organization/chart"
  static let contactSheet = "/organization/contacts/print"
  static let contactPack = "/organization/contacts/pack"
  static let verify = "/organization/contacts/verify"
  static let roster = "/organization/roster"
  static let response = "/organization/first-response"
  static let cutOrder = "/organization/cut-order"
  static let poster = "/organization/poster"
  static let reports = "/organization/reports"
  static let reading = "/regulations"
  static let report = "/report"
  static let media = "/media"
  static let mediaRequests = "/media/requests"
  static let contacts = "/contacts"
  static let works = "/works"
  /// A vendor's own requests for work.
  static let ownWorks = "/own-works"

  /// How far people are with trainings, for those who answer for some.
  static let trainings = "/trainings"
  /// One's own.
  static let ownTrainings = "/training"

  static func training(_ id: String) -> String { "\(trainings)/\(id)" }
  static func ownTraining(_ id: String) -> String { "\(ownTrainings)/\(id)" }
  static func handOver(_ person: String) -> String { "/organization/people/\(person)/hand-over" }
  static func mediaRequest(_ id: String) -> String { "\(mediaRequests)/\(id)" }
  static func work(_ id: String) -> String { "\(works)/\(id)" }
  static func material(_ meeting: String) -> String { "/organization/meetings/\(meeting)/material" }

  static let home: (label: Localized, path: String) = (Localized(ja: "組織", en: "Organization"), index)
}
