/// The addresses of audits.
enum AuditPath {
  static let list = "/audits"

  static func audit(_ id: String) -> String { "\(list)/\(id)" }

  static func item(_ id: String, _ sample: String) -> String { "\(list)/\(id)/items/\(sample)" }

  static func finding(_ id: String, _ finding: String) -> String { "\(list)/\(id)/findings/\(finding)" }
}
