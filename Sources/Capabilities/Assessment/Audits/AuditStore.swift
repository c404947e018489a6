import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Audits, as they are planned, carried out and followed up. Every rule is kept in the transaction that writes.
package struct AuditStore: Sendable {
  let kept: KeptStore

  /// Items that one audit looks at.
  static let most = 500

  // MARK: Reading

  /// All, those that are open first, then the newest.
  package func all(_ facility: FacilityID) async throws -> [Audit] {
    let key = facility.rawValue
    return try await kept.database.read(.facility(key)) { tx in
      let order: SQL =
        " ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, coalesce(ends_on, '') DESC, created_at DESC, id LIMIT 500"
      func grouped(_ table: KeptTable) throws -> [String: [KeptRow]] {
        Dictionary(grouping: try KeptStore.rows(table, key, " ORDER BY created_at, id", in: tx)) { $0.text("audit") }
      }
      let auditors = try grouped(AuditTable.auditor)
      let samples = try grouped(AuditTable.sample)
      let findings = try grouped(AuditTable.finding)
      return try KeptStore.rows(AuditTable.audit, key, order, in: tx).map {
        Self.audit($0, auditors[$0.id] ?? [], samples[$0.id] ?? [], findings[$0.id] ?? [])
      }
    }
  }

  /// Throws `KeptError.notFound`.
  package func find(_ id: String, _ facility: FacilityID) async throws -> Audit {
    try await kept.database.read(.facility(facility.rawValue)) { try Self.find(id, facility.rawValue, in: $0) }
  }

  static func find(_ id: String, _ key: String, in tx: any Transaction) throws -> Audit {
    guard let row = try KeptStore.rows(AuditTable.audit, key, " AND id = \(id)", in: tx).first else {
      throw KeptError.notFound
    }
    func parts(_ table: KeptTable) throws -> [KeptRow] {
      try KeptStore.rows(table, key, " AND audit = \(id) ORDER BY created_at, id", in: tx)
    }
    return audit(row, try parts(AuditTable.auditor), try parts(AuditTable.sample), try parts(AuditTable.finding))
  }

  private static func audit(
    _ row: KeptRow,
    _ auditors: [KeptRow],
    _ sample: [KeptRow],
    _ findings: [KeptRow]
  ) -> Audit {
    Audit(
      row: row,
      auditors: auditors.map(Auditor.init),
      sample: sample.map(SampledItem.init).sorted {
        ($0.row.number("place") ?? 0, $0.id) < ($1.row.number("place") ?? 0, $1.id)
      },
      findings: findings.map(AuditFinding.init)
    )
  }

  /// Who has to do with each item of the round that an audit looks at, by the key of the item.
  package func involved(_ audit: Audit, _ facility: FacilityID) async throws -> [String: [AuditIndependence.Involved]] {
    try await kept.database.read(.facility(facility.rawValue)) { try Self.involved(audit, facility.rawValue, in: $0) }
  }

  static func involved(
    _ audit: Audit,
    _ key: String,
    in tx: any Transaction
  ) throws -> [String: [AuditIndependence.Involved]] {
    let (pack, round) = (audit.row.text("pack"), audit.row.text("round"))
    var found: [String: [AuditIndependence.Involved]] = [:]
    for row in try tx.rows(
      """
      SELECT item, answered_id, answered_by FROM assessment_answer
      WHERE facility = \(key) AND pack = \(pack) AND period = \(round)
      """
    ) {
      found[try row.text("item"), default: []].append(
        .init(.answered, account: try row.optionalText("answered_id"), name: try row.text("answered_by"))
      )
    }
    for row in try tx.rows(
      """
      SELECT item, confirmed_id, confirmed_by FROM assessment_confirmation
      WHERE facility = \(key) AND pack = \(pack) AND period = \(round)
      """
    ) {
      found[try row.text("item"), default: []].append(
        .init(.confirmed, account: try row.optionalText("confirmed_id"), name: try row.text("confirmed_by"))
      )
    }
    for row in try tx.rows(
      """
      SELECT item, person, name FROM assessment_assignment
      WHERE facility = \(key) AND pack = \(pack) AND period = \(round)
      """
    ) {
      found[try row.text("item"), default: []].append(
        .init(.owns, account: try row.optionalText("person"), name: try row.text("name"))
      )
    }
    return found
  }

  // MARK: The plan

  /// What the plan of an audit says, checked but for what the checklist says of its items.
  package struct Plan: Sendable {
    package var name = ""
    package var kind = Audit.Kind.internal
    package var purpose = ""
    package var startsOn: LocalDate?
    package var endsOn: LocalDate?
    /// The checklist with its edition and round; nil where records are picked alone.
    package var scope: (pack: String, edition: Int, round: String)?

    package init() {}

    var values: [String: String] {
      [
        "name": name, "kind": kind.rawValue, "purpose": purpose, "starts_on": startsOn?.iso ?? "",
        "ends_on": endsOn?.iso ?? "", "pack": scope?.pack ?? "", "edition": scope.map { String($0.edition) } ?? "",
        "round": scope?.round ?? "",
      ]
    }

    func check() throws(KeptError) {
      var troubles: [KeptError.FieldTrouble] = []
      if name.isEmpty || name.count > 200 {
        troubles.append(.init("name", ja: "監査の名前を200文字以内で入れてください。", en: "Name the audit in at most 200 characters."))
      }
      if purpose.count > 2_000 {
        troubles.append(.init("purpose", ja: "目的は2000文字以内で入れてください。", en: "The purpose takes at most 2,000 characters."))
      }
      if endsOn == nil { troubles.append(.init("ends_on", ja: "いつまでに行うかを入れてください。", en: "Say by when it is done.")) }
      if let startsOn, let endsOn, endsOn < startsOn {
        troubles.append(.init("ends_on", ja: "終わる日が始める日より前です。", en: "It ends before it begins."))
      }
      guard troubles.isEmpty else { throw .wrong(troubles) }
    }
  }

  /// Plans an audit. Answers its id and the change set.
  package func plan(_ plan: Plan, in scope: Scope<AnswerChecks>) async throws -> (id: String, set: String?) {
    try plan.check()
    let title = Localized(ja: "監査「\(plan.name)」を計画", en: "Audit “\(plan.name)” planned")
    return try await kept.create(
      AuditTable.audit,
      plan.values.merging(["state": Audit.State.open.rawValue]) { $1 },
      title: title,
      in: scope
    )
  }

  /// Changes the plan at its version. What is looked at stays once items are chosen.
  package func change(
    _ id: String,
    version: Int?,
    _ plan: Plan,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    try plan.check()
    return try await write(id, Localized(ja: "監査の計画を変更", en: "Plan of an audit changed"), in: scope) { audit, writer in
      if let version, version != audit.row.version { throw KeptError.changedSince(by: audit.row.updatedBy) }
      if !audit.sample.isEmpty, ["pack", "round"].contains(where: { audit.row.text($0) != plan.values[$0] }) {
        throw KeptError.wrong([
          .init(
            "pack",
            ja: "見る項目を選んだ後は、対象の点検表を変えられません。項目を外してから変えてください。",
            en: "The checklist stays once items are chosen. Take them off first."
          )
        ])
      }
      try writer.change(AuditTable.audit, from: audit.row, to: audit.row.setting(plan.values))
    }
  }

  // MARK: Auditors

  package func addAuditor(
    _ id: String,
    account: String?,
    name: String,
    organisation: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    try await write(id, Localized(ja: "監査人を追加", en: "Auditor named"), in: scope) { audit, writer in
      let isThere = audit.auditors.contains { auditor in
        account.map { $0 == auditor.account } ?? (auditor.account == nil && auditor.name == name)
      }
      guard !name.isEmpty, name.count <= 100, organisation.count <= 100 else {
        throw KeptError.wrong([
          .init("name", ja: "監査人を選ぶか、外部の人の名前を100文字以内で入れてください。", en: "Choose an auditor, or name one from outside.")
        ])
      }
      guard !isThere else {
        throw KeptError.wrong([.init("name", ja: "その人はもう監査人です。", en: "This person audits already.")])
      }
      try writer.create(
        AuditTable.auditor,
        ["audit": id, "account": account ?? "", "name": name, "organisation": organisation]
      )
    }
  }

  package func removeAuditor(_ auditor: String, of id: String, in scope: Scope<AnswerChecks>) async throws -> String? {
    let key = scope.facility.rawValue
    return try await write(id, Localized(ja: "監査人を外す", en: "Auditor removed"), in: scope) { audit, writer in
      guard let row = try KeptStore.rows(AuditTable.auditor, key, " AND id = \(auditor)", in: writer.tx).first,
        row.text("audit") == id
      else { throw KeptError.notFound }
      guard !audit.sample.contains(where: { $0.row["auditor"] == auditor }) else {
        throw KeptError.wrong([
          .init("", ja: "結果を記録した監査人は外せません。", en: "An auditor who recorded results stays.")
        ])
      }
      try writer.remove(AuditTable.auditor, row)
    }
  }

  // MARK: The end

  /// Ends an audit of `checklist` with its conclusion. Refused while anything is unsettled.
  func close(
    _ id: String,
    of checklist: Checklist?,
    conclusion: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    try await write(id, Localized(ja: "監査を終了", en: "Audit closed"), in: scope) { audit, writer in
      var troubles = audit.obstacles(in: checklist).map { KeptError.FieldTrouble("", ja: $0.ja, en: $0.en) }
      if conclusion.isEmpty || conclusion.count > 5_000 {
        troubles.append(
          .init("conclusion", ja: "結論を5000文字以内で入れてください。", en: "Write a conclusion of at most 5,000 characters.")
        )
      }
      guard troubles.isEmpty else { throw KeptError.wrong(troubles) }
      try writer.change(
        AuditTable.audit,
        from: audit.row,
        to: audit.row.setting([
          "state": Audit.State.closed.rawValue, "conclusion": conclusion, "closed_on": writer.now.day.iso,
          "closed_by": writer.actor.name,
        ])
      )
    }
  }

  /// Gives an audit up, or opens a closed or withdrawn one again, each with its reason.
  package func set(
    _ state: Audit.State,
    _ id: String,
    reason: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    guard !reason.isEmpty, reason.count <= 500 else {
      throw KeptError.wrong([.init("reason", ja: "理由を500文字以内で入れてください。", en: "Give a reason of at most 500 characters.")]
      )
    }
    let key = scope.facility.rawValue
    let title =
      state == .open
      ? Localized(ja: "監査を開き直す", en: "Audit reopened") : Localized(ja: "監査を取りやめ", en: "Audit withdrawn")
    return try await kept.write(.edit, title, reason: reason, in: scope) { writer in
      let audit = try Self.find(id, key, in: writer.tx)
      guard audit.state != state, state != .closed, state == .open || audit.state == .open else {
        throw KeptError.changedSince(by: audit.row.updatedBy)
      }
      try writer.change(
        AuditTable.audit,
        from: audit.row,
        to: audit.row.setting(["state": state.rawValue, "reason": reason, "closed_on": "", "closed_by": ""])
      )
    }
  }

  /// Runs `body` on an audit that is open, in one transaction.
  func write(
    _ id: String,
    _ title: Localized,
    in scope: Scope<AnswerChecks>,
    _ body: @escaping @Sendable (Audit, inout KeptWriter) throws -> Void
  ) async throws -> String? {
    let key = scope.facility.rawValue
    return try await kept.write(.edit, title, in: scope) { writer in
      let audit = try Self.find(id, key, in: writer.tx)
      guard audit.state == .open else {
        throw KeptError.wrong([
          .init(
            "",
            ja: "この監査は\(audit.state.label.ja)のため、変更できません。直すには、理由を付けて開き直してください。",
            en: "This audit is \(audit.state.label.en.lowercased()). Reopen it with a reason to change it."
          )
        ])
      }
      try body(audit, &writer)
    }
  }
}
