import Records
import Time

/// Where the round of one fiscal year stands: who was not asked, who has not answered, what the answers say against the
/// ledger. Pure.
package struct EnquiryStanding: Sendable {
  package enum State: String, Sendable, CaseIterable {
    /// Past its day, and no answer.
    case overdue
    case waiting, answered
    /// The round was closed without an answer.
    case silent
  }

  /// How an answer differs from the lines the ledger knows of the vendor.
  package enum Difference: String, Sendable, CaseIterable {
    /// It says there is a line; the ledger has none.
    case unrecorded
    /// It says there is no line; the ledger has one.
    case denied
    /// It counts other than the ledger.
    case counted
  }

  package struct Line: Sendable {
    package let enquiry: Record
    /// Nil where the vendor was taken off the register since.
    package let vendor: Record?
    package let name: String
    package let state: State
    /// Lines of the vendor in the ledger.
    package let recorded: Int
    package let difference: Difference?

    package var reminders: Int { enquiry.known("reminders").flatMap(Int.init) ?? 0 }
  }

  package let year: FiscalYear
  /// Vendors nobody asked this year.
  package let unasked: [Record]
  /// The most pressing first: overdue by their day, waiting, answers with a difference, the others by name.
  package let lines: [Line]
  /// All who were asked are done with: answered or given up, and nobody changes it any more.
  package let isClosed: Bool

  /// `names` are those of the vendors by id, `recorded` the number of lines the ledger has of each.
  package init(
    year: FiscalYear,
    vendors: [Record],
    enquiries: [Record],
    names: [String: String],
    recorded: [String: Int],
    today: LocalDate
  ) {
    self.year = year
    let byID = Dictionary(vendors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let asked = Set(enquiries.compactMap { $0.known("vendor") })
    unasked = vendors.filter { !asked.contains($0.id) }
    isClosed = !enquiries.isEmpty && enquiries.allSatisfy { $0.date("closed_on") != nil }
    lines = enquiries.map { enquiry in
      let vendor = enquiry.known("vendor") ?? ""
      let count = recorded[vendor] ?? 0
      return Line(
        enquiry: enquiry,
        vendor: byID[vendor],
        name: byID[vendor]?.title ?? names[vendor] ?? "",
        state: Self.state(enquiry, today),
        recorded: count,
        difference: Self.difference(enquiry, recorded: count)
      )
    }.sorted { Self.order($0) < Self.order($1) }
  }

  package static func state(_ enquiry: Record, _ today: LocalDate) -> State {
    if enquiry.date("answered_on") != nil { return .answered }
    if enquiry.date("closed_on") != nil { return .silent }
    guard let due = enquiry.date("due_on") else { return .waiting }
    return due < today ? .overdue : .waiting
  }

  /// Nil where they agree, and where there is no answer to compare.
  package static func difference(_ enquiry: Record, recorded: Int) -> Difference? {
    guard enquiry.date("answered_on") != nil else { return nil }
    switch enquiry["remote_line"] {
    case "yes" where recorded == 0: return .unrecorded
    case "no" where recorded > 0: return .denied
    case "yes":
      guard let said = enquiry.known("lines").flatMap(Int.init) else { return nil }
      return said == recorded ? nil : .counted
    default: return nil
    }
  }

  private static func order(_ line: Line) -> (Int, Int, String, String) {
    let rank =
      switch line.state {
      case .overdue: 0
      case .waiting: 1
      case .silent: 2
      case .answered: line.difference == nil ? 4 : 3
      }
    return (rank, line.enquiry.date("due_on")?.dayNumber ?? Int.max, line.name, line.enquiry.id)
  }

  package func count(_ state: State) -> Int { lines.count { $0.state == state } }

  /// Those still to answer.
  package var open: [Line] { lines.filter { [.overdue, .waiting].contains($0.state) } }

  package var differing: Int { lines.count { $0.difference != nil } }
}
