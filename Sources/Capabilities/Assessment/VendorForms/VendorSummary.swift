import Nouns
import Text
import Web

/// How far one vendor is with its form, as programs and the command line are told.
package struct VendorSummary: Sendable {
  package let line: VendorStanding
  /// How often its no meets the hospital's yes.
  package let contradicted: Int
  /// How often its yes meets the hospital's no.
  package let exceeding: Int

  package static let shape = JSONShape<VendorSummary>([
    .text("id") { $0.line.vendor.id }, .text("name") { $0.line.vendor.name },
    .texts("systems") { summary, _ in summary.line.systems },
    .choice("state", VendorStanding.State.allCases.map(\.rawValue)) { $0.line.state.rawValue },
    .number("items") { $0.line.items }, .number("answered") { $0.line.answered },
    .number("contradicted") { $0.contradicted }, .number("exceeding") { $0.exceeding },
    .day("sentOn") { $0.line.form?.sentOn },
    .day("dueOn") { $0.line.form?.dueOn }, .day("receivedOn") { $0.line.form?.receivedOn },
    .maybe("respondent") { $0.line.form?.reply?.respondent }, .day("repliedOn") { $0.line.form?.repliedOn },
  ])
}

extension Assessment {
  /// Every vendor of the round of today.
  package func vendorSummaries(_ checklist: Checklist, _ facility: FacilityID) async throws -> [VendorSummary] {
    let round = try await vendorRound(checklist, facility)
    let compared = try await comparisons(checklist, round, facility)
    return round.lines.map { line in
      VendorSummary(
        line: line,
        contradicted: compared[line.vendor.id]?.count(.contradicts) ?? 0,
        exceeding: compared[line.vendor.id]?.count(.exceeds) ?? 0
      )
    }
  }
}
