import Nouns
import Records
import Text
import Time

/// The order as it stands for one account. Pure.
struct CutOrder: Sendable {
  let steps: [Record]
  let titles: [String: String]
  let approvals: [String: CutApproval]
  /// Who on the roster the account is; nil where nobody, or more than one, bears its name.
  let approver: String?
  let account: String

  func isApproved(_ step: Record) -> Bool { CutApproval.holds(step, approvals[step.id]) }

  /// Why this account cannot approve the step; nil where it can.
  func obstacle(to step: Record) -> Localized? {
    if isApproved(step) { return Localized(ja: "承認済みです。", en: "It is approved.") }
    guard let approver else {
      return Localized(
        ja: "職員の台帳に、あなたと同じ氏名の人が1人だけいるときに承認できます。職員を登録してください。",
        en: "Your name must be on the register of people once. Add yourself there."
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

  func read(_ scope: Scope<ReadLedger>) async throws -> CutOrder {
    let cuts = try await records.all(.cutStep, limit: 500, in: scope)
    let name = Fold.key(scope.actor.name)
    let people = try await records.choices(.person, search: scope.actor.name, in: scope)
      .filter { Fold.key($0.title) == name }
    return CutOrder(
      steps: cuts.records,
      titles: cuts.titles,
      approvals: try await CutApproval.read(cuts.records, records, scope.facility),
      approver: people.count == 1 ? people[0].id : nil,
      account: scope.actor.id
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
