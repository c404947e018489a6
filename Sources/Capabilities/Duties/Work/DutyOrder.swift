import Nouns
import Time

/// The order in which things are to be done: what is late first, the weightiest of it at the top, then by due date.
enum DutyOrder {
  static func sorted(_ duties: [Duty]) -> [Duty] {
    duties.filter { $0.state != .done }.map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// How late something is says less than what it is, so all that is late counts as one day.
  private static func key(_ duty: Duty) -> (Int, LocalDate, Int, LocalDate, String) {
    let isLate = duty.state == .overdue
    return (isLate ? 0 : 1, isLate ? LocalDate(dayNumber: 0) : duty.due, duty.rank, duty.due, duty.id)
  }
}
