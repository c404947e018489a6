import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// What is done about findings, and who has looked whether it helped.
extension AuditStore {
  /// The corrective action of a finding.
  package struct Action: Sendable {
    package var cause = ""
    package var action = ""
    package var owner: (account: String, name: String)?
    package var dueOn: LocalDate?
    package var version: Int?

    package init() {}
  }

  /// Plans what is done: the cause, the action, who and by when.
  package func plan(
    _ action: Action,
    _ finding: String,
    of id: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    var troubles: [KeptError.FieldTrouble] = []
    for (field, text, ja, en) in [
      ("cause", action.cause, "なぜ起きたか（原因）", "the cause"), ("action", action.action, "是正処置", "the corrective action"),
    ] where text.isEmpty || text.count > 2_000 {
      troubles.append(.init(field, ja: "\(ja)を2000文字以内で入れてください。", en: "Write \(en) in at most 2,000 characters."))
    }
    if action.owner == nil { troubles.append(.init("owner", ja: "担当者を選んでください。", en: "Choose who does it.")) }
    if action.dueOn == nil { troubles.append(.init("due_on", ja: "期限を入れてください。", en: "Say by when.")) }
    if let due = action.dueOn, due < kept.clock.now().day {
      troubles.append(
        .init("due_on", ja: "期限が過ぎています。今日から後の日にしてください。", en: "That day has passed. Give today or a later day.")
      )
    }
    guard troubles.isEmpty, let owner = action.owner, let due = action.dueOn else { throw KeptError.wrong(troubles) }
    return try await change(finding, of: id, Localized(ja: "是正処置を計画", en: "Corrective action planned"), in: scope) {
      finding,
      _,
      _ in
      if let version = action.version, version != finding.row.version {
        throw KeptError.changedSince(by: finding.row.updatedBy)
      }
      return [
        "cause": action.cause, "action": action.action, "owner": owner.account, "owner_name": owner.name,
        "due_on": due.iso, "done_on": "", "done_note": "", "done_id": "",
      ]
    }
  }

  /// Somebody says that the action is done, and what was done.
  package func finish(
    _ finding: String,
    of id: String,
    note: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    try Self.demand(note, "note", ja: "何をしたか", en: "what was done")
    return try await change(finding, of: id, Localized(ja: "是正処置を完了", en: "Corrective action done"), in: scope) {
      finding,
      _,
      writer in
      guard finding.stage == .planned else {
        throw KeptError.wrong([
          .init(
            "note",
            ja: "是正処置の担当者と期限を先に決めてください。完了済みの指摘は、監査人の確認を待ちます。",
            en: "Plan the action first. What is done already waits for the auditor."
          )
        ])
      }
      return ["done_on": writer.now.day.iso, "done_note": note, "done_id": writer.actor.id]
    }
  }

  /// An auditor has looked whether the action helped; where it did not, it is to be done again. Neither who owns the action
  /// nor who did it verifies it.
  package func verify(
    _ finding: String,
    of id: String,
    auditor: String,
    isEffective: Bool,
    note: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    try Self.demand(note, "verified_note", ja: "何を見て確かめたか", en: "what was looked at")
    let (key, actor) = (scope.facility.rawValue, scope.actor)
    return try await change(finding, of: id, Localized(ja: "是正処置を確認", en: "Corrective action verified"), in: scope) {
      finding,
      audit,
      writer in
      guard finding.stage == .done else {
        throw KeptError.wrong([
          .init("verified_note", ja: "完了と記録された処置だけを確かめられます。", en: "Only what is recorded as done can be verified.")
        ])
      }
      let item = audit.sample.first { $0.id == finding.row.text("sample") }?.item ?? ""
      let involved = try Self.involved(audit, key, in: writer.tx)[item] ?? []
      let looking = try Self.auditor(auditor, of: audit, actor, involved)
      let isOwn =
        looking.account.map { [finding.row.text("owner"), finding.row.text("done_id")].contains($0) }
        ?? (Fold.key(looking.name) == Fold.key(finding.row.text("owner_name")))
      guard !isOwn else {
        throw KeptError.wrong([
          .init(
            "auditor",
            ja: "処置の担当者本人は確かめられません。ほかの監査人が確かめてください。",
            en: "Whoever owns or did the action cannot verify it. Have another auditor look."
          )
        ])
      }
      guard isEffective else { return ["done_on": "", "done_note": "", "done_id": "", "verified_note": note] }
      return ["verified_on": writer.now.day.iso, "verified_by": looking.label(.ja), "verified_note": note]
    }
  }

  /// The finding is left as it is. Who owns the action does not decide that alone.
  package func accept(
    _ finding: String,
    of id: String,
    reason: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    try Self.demand(reason, "accepted_reason", ja: "受け入れる理由", en: "why it is accepted")
    return try await change(finding, of: id, Localized(ja: "指摘を受け入れ", en: "Finding accepted"), in: scope) {
      finding,
      _,
      writer in
      guard finding.row.text("owner") != writer.actor.id else {
        throw KeptError.wrong([
          .init(
            "accepted_reason",
            ja: "処置の担当者本人は受け入れを決められません。ほかの人が決めてください。",
            en: "Whoever owns the action cannot accept the finding. Somebody else decides."
          )
        ])
      }
      return [
        "accepted_on": writer.now.day.iso, "accepted_by": writer.actor.name, "accepted_reason": reason,
      ]
    }
  }

  private static func demand(_ text: String, _ field: String, ja: String, en: String) throws(KeptError) {
    guard text.isEmpty || text.count > 2_000 else { return }
    throw .wrong([.init(field, ja: "\(ja)を2000文字以内で入れてください。", en: "Write \(en) in at most 2,000 characters.")])
  }

  private func change(
    _ finding: String,
    of id: String,
    _ title: Localized,
    in scope: Scope<AnswerChecks>,
    _ body: @escaping @Sendable (AuditFinding, Audit, KeptWriter) throws -> [String: String]
  ) async throws -> String? {
    try await write(id, title, in: scope) { audit, writer in
      guard let current = audit.findings.first(where: { $0.id == finding }) else { throw KeptError.notFound }
      guard current.isOpen else {
        throw KeptError.wrong([
          .init("", ja: "この指摘は\(current.stage.label.ja)です。", en: "This finding is settled: \(current.stage.label.en).")
        ])
      }
      let changes = try body(current, audit, writer)
      try writer.change(AuditTable.finding, from: current.row, to: current.row.setting(changes))
    }
  }

  // MARK: Taking back

  /// Takes a change of an audit back. Throws `KeptError.cannotUndo` for audits that are closed, and where a finding would
  /// be left without the result that made it.
  package func undo(_ set: String, in scope: Scope<AnswerChecks>) async throws -> KeptUndoing {
    let key = scope.facility.rawValue
    return try await kept.undo(
      set,
      of: AuditTable.all,
      in: scope,
      afterwards: { entries, tx in
        for table in [AuditTable.auditor, AuditTable.sample, AuditTable.finding] {
          let ids = Set(entries.filter { $0.subjectType == table.name }.map(\.subjectID)).sorted()
          guard !ids.isEmpty else { continue }
          let closed = try tx.count(
            """
            SELECT count(*) FROM \(name: table.name) t JOIN assessment_audit a ON a.facility = t.facility AND a.id = t.audit
            WHERE t.facility = \(key) AND t.id IN (\(list: ids)) AND a.state <> 'open'
            """
          )
          guard closed == 0 else {
            throw KeptError.cannotUndo(
              Localized(
                ja: "監査が終わっているため、元に戻せません。監査を開き直してから直してください。",
                en: "The audit is over. Reopen it and correct it there."
              )
            )
          }
        }
        let orphans = try tx.count(
          """
          SELECT count(*) FROM assessment_audit_finding f LEFT JOIN assessment_audit_sample s ON s.facility = f.facility
            AND s.id = f.sample WHERE f.facility = \(key)
            AND f.withdrawn_on IS NULL AND (s.result IS NULL OR s.result NOT IN ('minor', 'major'))
          """
        )
        guard orphans == 0 else {
          throw KeptError.cannotUndo(
            Localized(
              ja: "この結果からできた指摘に処置が記録されているため、元に戻せません。指摘を受け入れるか、処置を確かめてください。",
              en: "Action is recorded for the finding that this result made. Accept the finding or verify the action."
            )
          )
        }
      }
    )
  }
}
