import Records
import Text
import Time

/// What can be done with a request for work, from where, and where it leads. Pure.
package enum WorkStep: String, Sendable, CaseIterable {
  /// Whoever asked says it otherwise, or anew after it was sent back.
  case mend
  case approve, sendBack, withdraw, begin, end, report
  /// The report is not enough.
  case returnReport
  case confirm

  package var from: Set<WorkRequest.State> {
    switch self {
    case .mend: [.waiting, .sentBack]
    case .approve: [.waiting]
    // What has been approved may be called off until it begins.
    case .sendBack: [.waiting, .approved]
    case .withdraw: [.waiting, .sentBack, .approved]
    case .begin: [.approved]
    case .end: [.running]
    // Where nobody pressed a button on the day, the report is written all the same.
    case .report: [.ended, .reported, .approved, .running]
    case .returnReport, .confirm: [.reported]
    }
  }

  package var to: WorkRequest.State {
    switch self {
    case .mend: .waiting
    case .approve: .approved
    case .sendBack: .sentBack
    case .withdraw: .withdrawn
    case .begin: .running
    case .end, .returnReport: .ended
    case .report: .reported
    case .confirm: .confirmed
    }
  }

  /// Whether it can be done with that request now.
  package func fits(_ request: WorkRequest, at now: Instant) -> Bool {
    guard from.contains(request.state) else { return false }
    switch self {
    case .approve: return request.planned.upperBound > now
    case .begin: return request.touches(now.day)
    case .report: return request.state == .reported || request.owesReport(at: now)
    default: return true
    }
  }

  /// Throws why it cannot be done.
  func check(_ request: WorkRequest, at now: Instant) throws(KeptError) {
    guard from.contains(request.state) else { throw .changedSince(by: request.row.updatedBy) }
    guard !fits(request, at: now) else { return }
    switch self {
    case .approve:
      throw .wrong([
        .init(
          "",
          ja: "作業の予定の時刻が過ぎています。差し戻して、日時を決め直してもらってください。",
          en: "The planned time is over. Send it back for another."
        )
      ])
    case .begin:
      throw .wrong([
        .init("", ja: "「開始」は、予定の日にだけ押せます。", en: "Work begins on the planned day only.")
      ])
    default:
      throw .wrong([
        .init(
          "",
          ja: "作業が終わってから報告してください。先に「終了」を押します。",
          en: "Report once the work is over; press “End” first."
        )
      ])
    }
  }
}

/// Other work that falls on the days of a request. Pure.
package struct WorkConflict: Sendable, Hashable {
  package let other: WorkRequest
  package let isSameTime: Bool
  package let isSameDevice: Bool

  /// What is planned or under way on the same days, what overlaps first.
  package static func all(with request: WorkRequest, among others: [WorkRequest]) -> [WorkConflict] {
    others.filter { other in
      other.id != request.id && [.waiting, .approved, .running].contains(other.state)
        && other.draft.day <= request.lastDay && request.draft.day <= other.lastDay
    }.map { other in
      WorkConflict(
        other: other,
        isSameTime: other.planned.overlaps(request.planned),
        isSameDevice: other.device.id == request.device.id
      )
    }.sorted { left, right in
      if left.isSameTime != right.isSameTime { return left.isSameTime }
      return (left.other.planned.lowerBound, left.other.id) < (right.other.planned.lowerBound, right.other.id)
    }
  }
}
