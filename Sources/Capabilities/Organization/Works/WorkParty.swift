import Journal
import Nouns
import Records
import SQL
import Text

/// Who does something with a request for work: the vendor with its own, or somebody of the hospital with those of their
/// departments.
package enum WorkParty: Sendable {
  case vendor(String, Scope<RequestWork>)
  case hospital(Scope<EditLedger>)

  package var facility: FacilityID {
    switch self {
    case .vendor(_, let scope): scope.facility
    case .hospital(let scope): scope.facility
    }
  }

  var actor: Actor {
    switch self {
    case .vendor(_, let scope): scope.actor
    case .hospital(let scope): scope.actor
    }
  }

  var request: String {
    switch self {
    case .vendor(_, let scope): scope.request
    case .hospital(let scope): scope.request
    }
  }

  var isVendor: Bool {
    if case .vendor = self { true } else { false }
  }

  /// ` AND …` for the requests it reaches.
  var reach: SQL {
    switch self {
    case .vendor(let vendor, _): " AND vendor = \(vendor)"
    case .hospital(let scope): Self.reach(scope)
    }
  }

  static func reach<P: Permit>(_ scope: Scope<P>) -> SQL {
    scope.departments.map { " AND department IN (\(list: $0.sorted()))" as SQL } ?? ""
  }

  /// Whether a device lies in the departments somebody answers for; a vendor's are asked for elsewhere.
  func reaches(_ device: WorkDevice) -> Bool {
    guard case .hospital(let scope) = self, let departments = scope.departments else { return true }
    return device.department.map(departments.contains) ?? false
  }

  func write(
    _ kept: KeptStore,
    _ title: Localized,
    reason: String? = nil,
    _ body: @escaping @Sendable (inout KeptWriter) throws -> Void
  ) async throws -> String? {
    switch self {
    case .vendor(_, let scope): try await kept.write(.edit, title, reason: reason, in: scope, body)
    case .hospital(let scope): try await kept.write(.edit, title, reason: reason, in: scope, body)
    }
  }
}
