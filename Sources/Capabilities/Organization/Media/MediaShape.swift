import Text
import Time
import Web

extension MediaRequest {
  /// How programs are told of a request.
  package static let shape = JSONShape<MediaRequest>([
    .text("id") { $0.id }, .instant("requestedAt") { $0.requestedAt }, .text("name") { $0.name },
    .maybe("department") { $0.department },
    .choice("medium", Medium.allCases.map(\.rawValue)) { $0.draft.medium.rawValue },
    .text("label") { $0.draft.label }, .text("contents") { $0.draft.contents },
    .flag("isPersonal") { $0.draft.isPersonal }, .count("headCount") { $0.draft.headCount },
    .text("purpose") { $0.draft.purpose }, .text("destination") { $0.draft.destination },
    .day("from") { $0.draft.from }, .day("until") { $0.draft.until },
    .choice("protection", Protection.allCases.map(\.rawValue)) { $0.draft.protection.rawValue },
    .choice("state", State.allCases.map(\.rawValue)) { $0.state.rawValue },
    .instant("decidedAt") { $0.decidedAt }, .maybe("decidedBy") { $0.decidedBy }, .text("note") { $0.note },
    .instant("endedAt") { $0.endedAt }, .maybe("endedBy") { $0.endedBy },
  ])
}
