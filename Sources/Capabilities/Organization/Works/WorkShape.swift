import Records
import Text
import Time
import Web

extension WorkRequest {
  /// How programs are told of a request.
  package static let shape = JSONShape<WorkRequest>([
    .text("id") { $0.id }, .number("version") { $0.row.version }, .text("number") { $0.number },
    .choice("state", State.allCases.map(\.rawValue)) { $0.state.rawValue },
    .text("vendor") { $0.vendor }, .text("vendorName") { $0.vendorName }, .text("device") { $0.device.id },
    .text("deviceName") { $0.device.name }, .text("deviceNumber") { $0.device.number },
    .choice("source", Source.allCases.map(\.rawValue)) { $0.source.rawValue },
    .instant("askedAt") { $0.row.createdAt }, .text("askedBy") { $0.row.text("asked_name") },
    .choice("kind", WorkDraft.Kind.allCases.map(\.rawValue)) { $0.draft.kind.rawValue },
    .text("what") { $0.draft.what }, .day("workOn") { $0.draft.day },
    .text("from") { WorkDraft.clock($0.draft.window.start) }, .text("until") { WorkDraft.clock($0.draft.window.end) },
    .instant("startsAt") { $0.planned.lowerBound }, .instant("endsAt") { $0.planned.upperBound },
    .flag("stops") { $0.draft.stops }, .text("stopNote") { $0.draft.stopNote },
    .choice("way", WorkDraft.Way.allCases.map(\.rawValue)) { $0.draft.way.rawValue },
    .text("workers") { $0.draft.workers }, .text("origin") { $0.draft.origin },
    .text("subcontractor") { $0.draft.subcontractor }, .text("equipment") { $0.draft.equipment },
    .text("phone") { $0.draft.phone }, .instant("decidedAt") { $0.moment("decided_at") },
    .maybe("decidedBy") { $0.row["decided_by"] }, .text("note") { $0.row.text("note") },
    .text("door") { $0.row.text("door") }, .instant("beganAt") { $0.moment("began_at") },
    .maybe("beganBy") { $0.row["began_by"] }, .instant("endedAt") { $0.moment("ended_at") },
    .maybe("endedBy") { $0.row["ended_by"] }, .maybe("outcome") { $0.outcome?.rawValue },
    .text("report") { $0.row.text("report") }, .text("reportWorkers") { $0.row.text("report_workers") },
    .text("reportEquipment") { $0.row.text("report_equipment") }, .text("remains") { $0.row.text("remains") },
    .text("osAfter") { $0.row.text("report_os") }, .number("photos") { $0.row.number("photos") ?? 0 },
    .instant("reportedAt") { $0.moment("reported_at") }, .maybe("reportedBy") { $0.row["reported_by"] },
    .instant("confirmedAt") { $0.moment("confirmed_at") }, .maybe("confirmedBy") { $0.row["confirmed_by"] },
    .text("confirmNote") { $0.row.text("confirm_note") },
  ])
}

extension WorkConflict {
  static let shape = JSONShape<WorkConflict>([
    .text("id") { $0.other.id }, .text("vendorName") { $0.other.vendorName },
    .text("deviceName") { $0.other.device.name }, .day("workOn") { $0.other.draft.day },
    .instant("startsAt") { $0.other.planned.lowerBound }, .instant("endsAt") { $0.other.planned.upperBound },
    .choice("state", WorkRequest.State.allCases.map(\.rawValue)) { $0.other.state.rawValue },
    .flag("isSameTime") { $0.isSameTime }, .flag("isSameDevice") { $0.isSameDevice },
  ])
}

extension WorkDevice {
  static let shape = JSONShape<WorkDevice>([
    .text("id") { $0.id }, .text("name") { $0.name }, .text("number") { $0.number },
  ])
}
