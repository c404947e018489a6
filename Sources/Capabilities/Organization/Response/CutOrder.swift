import Nouns
import Records
import Text
import Time

/// The order as it stands for one account. Pure.
struct CutOrder: Sendable {
  let steps: [Record]
  let titles: [String: String]
  let approvals: [String: CutApproval]
  /// Who on the roster the account is; nil where the roster does not tell.
  let approver: String?
  let account: String
  /// Under which the account signs in.
  let userName: String

  func isApproved(_ step: Record) -> Bool { CutApproval.holds(step, approvals[step.id]) }

  /// Why this account cannot approve the step; nil where it can.
  func obstacle(to step: Record) -> Localized? {
    if isApproved(step) { return Localized(ja: "承認済みです。", en: "It is approved.") }
    guard let approver else {
      return Localized(
        ja: "職員の名簿のだれのアカウントか分からないため、承認できません。名簿のあなたの「ログイン名」に「\(userName)」と入れてもらってください。",
        en: "The roster does not say whose account this is. Have “\(userName)” entered as your “Signs in as” there."
      )
    }
    guard let entered = step.known("entered_by") else {
      return Localized(ja: "「記入した人」がありません。手順に記録してください。", en: "Nobody is recorded as having entered it.")
    }
    if entered == approver || approvals[step.id]?.author == account {
      return Localized(
        ja: "記入した人や最後に書き直した人は、承認できません。別の人に頼んでください。",
        en: "Whoever entered or last changed it cannot approve it. Ask somebody else."
      )
    }
    return nil
  }
}

/// Reads the order, and records who approved it: whoever signed in, who must be somebody else than entered a step or wrote
/// what stands there.
struct CutOrderStore: Sendable {
  let records: RecordStore
  /// Under which name an account signs in, and who of the roster that is. Not by the shown name: everybody may change it.
  let holder: @Sendable (FacilityID, _ account: String) async throws -> (userName: String, person: String?)

  func read(_ scope: Scope<ReadLedger>) async throws -> CutOrder {
    let cuts = try await records.all(.cutStep, limit: 500, in: scope)
    let holder = try await holder(scope.facility, scope.actor.id)
    return CutOrder(
      steps: cuts.records,
      titles: cuts.titles,
      approvals: try await CutApproval.read(cuts.records, records, scope.facility),
      approver: holder.person,
      account: scope.actor.id,
      userName: holder.userName
    )
  }

  /// Approves those of the steps that this account may approve, in its holder's name; nil where there is none among them.
  func approve(
    _ picked: Set<String>,
    on day: LocalDate,
    in scope: Scope<EditLedger>
  ) async throws -> BulkOutcome? {
    let order = try await read(scope.reading)
    let steps = order.steps.filter { picked.contains($0.id) && order.obstacle(to: $0) == nil }
    guard let approver = order.approver, !steps.isEmpty else { return nil }
    return try await records.bulkChange(
      .cutStep,
      .ids(steps.map(\.id)),
      ["approved_by": approver, "approved_on": day.iso],
      reason: "切り離しの順序の承認",
      in: scope
    )
  }
}
