import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Vendors' requests for work. Every step is checked in the transaction that takes it (`WorkStep`); nothing is deleted.
package struct WorkStore: Sendable {
  let kept: KeptStore

  /// One vendor may have so many waiting.
  package static let mostWaiting = 50

  // MARK: Reading

  /// What is open first, the soonest first; then what is over, the newest first.
  static func order(_ limit: Int) -> SQL {
    """
     ORDER BY CASE WHEN state IN ('confirmed', 'withdrawn') THEN 1 ELSE 0 END,
     CASE WHEN state IN ('confirmed', 'withdrawn') THEN '' ELSE work_on END, work_on DESC, id DESC LIMIT \(limit)
    """
  }

  static func rows(_ condition: SQL, _ key: String, in tx: any Transaction) throws -> [WorkRequest] {
    try KeptStore.rows(WorkTable.request, key, condition, in: tx).map { try WorkRequest($0) }
  }

  private func rows(_ condition: SQL, _ facility: FacilityID) async throws -> [WorkRequest] {
    try await kept.database.read(.facility(facility.rawValue)) { try Self.rows(condition, facility.rawValue, in: $0) }
  }

  /// Those of the reader's departments.
  package func list(limit: Int = 500, in scope: Scope<ReadLedger>) async throws -> [WorkRequest] {
    try await rows("\(WorkParty.reach(scope))\(Self.order(limit))", scope.facility)
  }

  /// A vendor's own.
  package func list(of vendor: String, limit: Int = 200, _ facility: FacilityID) async throws -> [WorkRequest] {
    try await rows(" AND vendor = \(vendor)\(Self.order(limit))", facility)
  }

  /// Throws `KeptError.notFound`, also for a request of another department.
  package func find(_ id: String, in scope: Scope<ReadLedger>) async throws -> WorkRequest {
    try await find(id, WorkParty.reach(scope), scope.facility)
  }

  /// Throws `KeptError.notFound`, also for a request of another vendor.
  package func find(_ id: String, for party: WorkParty) async throws -> WorkRequest {
    try await find(id, party.reach, party.facility)
  }

  private func find(_ id: String, _ reach: SQL, _ facility: FacilityID) async throws -> WorkRequest {
    guard let request = try await rows(" AND id = \(id)\(reach)", facility).first else { throw KeptError.notFound }
    return request
  }

  /// What that vendor asked for last, so that it need not be typed again.
  package func last(of vendor: String, _ facility: FacilityID) async throws -> WorkRequest? {
    try await rows(" AND vendor = \(vendor) ORDER BY created_at DESC, id DESC LIMIT 1", facility).first
  }

  /// Other work on the days of a request, whoever's.
  package func conflicts(with request: WorkRequest, _ facility: FacilityID) async throws -> [WorkConflict] {
    let (first, last) = (request.draft.day.adding(days: -1).iso, request.lastDay.iso)
    let others = try await rows(
      """
       AND work_on BETWEEN \(first) AND \(last) AND state IN ('waiting', 'approved', 'running')
       ORDER BY work_on, id LIMIT 200
      """,
      facility
    )
    return WorkConflict.all(with: request, among: others)
  }

  /// What is approved, begun or done on a day, by time; of the reader's departments.
  package func work(on day: LocalDate, in scope: Scope<ReadLedger>) async throws -> [WorkRequest] {
    try await rows(
      """
      \(WorkParty.reach(scope)) AND work_on BETWEEN \(day.adding(days: -1).iso) AND \(day.iso)
       AND state NOT IN ('withdrawn', 'sentBack') ORDER BY work_on, window_from, id LIMIT 200
      """,
      scope.facility
    ).filter { $0.touches(day) }
  }

  /// Everything that is not over, and how many were finished since a day, for facts and duties.
  static func open(
    _ key: String,
    since day: LocalDate,
    in tx: any Transaction
  ) throws -> (open: [WorkRequest], finished: Int) {
    let open = try rows(
      " AND state NOT IN ('confirmed', 'withdrawn') ORDER BY work_on, id LIMIT 5000",
      key,
      in: tx
    )
    let finished = try tx.count(
      """
      SELECT count(*) FROM vendor_work WHERE facility = \(key) AND state = 'confirmed' AND work_on >= \(day.iso)
      """
    )
    return (open, finished)
  }

  // MARK: Asking

  /// Keeps a request of a vendor for a device. Throws `KeptError.wrong` where too many wait already, or where the device
  /// is not somebody's to name.
  package func ask(
    _ draft: WorkDraft,
    on device: WorkDevice,
    of vendor: (id: String, name: String),
    source: WorkRequest.Source,
    by party: WorkParty
  ) async throws -> (id: String, set: String?) {
    try Self.check(device, party)
    let (key, id) = (party.facility.rawValue, kept.ids.next())
    var values = draft.values.merging(Self.values(device)) { $1 }
    values["vendor"] = vendor.id
    values["vendor_name"] = vendor.name
    values["source"] = source.rawValue
    values["asked_by"] = party.actor.id
    values["asked_name"] = party.actor.name
    values["state"] = WorkRequest.State.waiting.rawValue
    let made = values
    let set = try await party.write(kept, Localized(ja: "作業申請を受け付け", en: "Work asked for")) { writer in
      let waiting = try writer.tx.count(
        "SELECT count(*) FROM vendor_work WHERE facility = \(key) AND vendor = \(vendor.id) AND state = 'waiting'"
      )
      guard waiting < Self.mostWaiting else {
        throw KeptError.wrong([
          .init(
            "",
            ja: "承認待ちの申請が\(Self.mostWaiting)件あります。決まってから申請してください。",
            en: "\(Self.mostWaiting) requests wait already. Ask once they are decided."
          )
        ])
      }
      try writer.create(WorkTable.request, made, id: id)
    }
    return (id, set)
  }

  /// Says a request otherwise, or anew after it was sent back. `version` is what the form showed.
  package func mend(
    _ id: String,
    version: Int?,
    _ draft: WorkDraft,
    on device: WorkDevice,
    by party: WorkParty
  ) async throws -> String? {
    try Self.check(device, party)
    let title = Localized(ja: "作業申請を直す", en: "Request for work changed")
    return try await step(.mend, id, by: party, title) { request, _ in
      if let version, version != request.row.version { throw KeptError.changedSince(by: request.row.updatedBy) }
      return draft.values.merging(Self.values(device)) { $1 }
        .merging(["decided_at": "", "decided_by": "", "note": "", "door": ""]) { $1 }
    }
  }

  private static func check(_ device: WorkDevice, _ party: WorkParty) throws(KeptError) {
    guard party.reaches(device) else {
      throw .wrong([
        .init("device", ja: "ほかの部署の機器です。その部署か、システム管理者に頼んでください。", en: "This device is another department's.")
      ])
    }
  }

  private static func values(_ device: WorkDevice) -> [String: String] {
    [
      "asset": device.id, "asset_name": device.name, "asset_number": device.number,
      "department": device.department ?? "",
    ]
  }

  // MARK: Deciding

  /// Says yes, with where to come in, or sends it back with the reason.
  package func decide(
    _ id: String,
    isApproved: Bool,
    note: String,
    door: String,
    in scope: Scope<EditLedger>
  ) async throws -> String? {
    if !isApproved { try Self.demand(note, "note", ja: "差し戻す理由", en: "why it is sent back") }
    try Self.limit(note, "note")
    try Self.limit(door, "door")
    let title =
      isApproved
      ? Localized(ja: "作業申請を承認", en: "Work approved") : Localized(ja: "作業申請を差し戻し", en: "Work sent back")
    return try await step(
      isApproved ? .approve : .sendBack,
      id,
      by: .hospital(scope),
      title,
      reason: isApproved ? nil : note
    ) { _, writer in
      Self.mark("decided", writer).merging(["note": note, "door": isApproved ? door : ""]) { $1 }
    }
  }

  package func withdraw(_ id: String, by party: WorkParty) async throws -> String? {
    try await step(.withdraw, id, by: party, Localized(ja: "作業申請を取り下げ", en: "Work withdrawn")) { _, _ in [:] }
  }

  // MARK: The day

  package func begin(_ id: String, by party: WorkParty) async throws -> String? {
    try await step(.begin, id, by: party, Localized(ja: "作業を開始", en: "Work begun")) { Self.mark("began", $1) }
  }

  package func end(_ id: String, by party: WorkParty) async throws -> String? {
    try await step(.end, id, by: party, Localized(ja: "作業を終了", en: "Work ended")) { Self.mark("ended", $1) }
  }

  /// Says what was done, with photographs; until somebody has confirmed it, it may be said otherwise.
  package func report(
    _ id: String,
    _ report: WorkReport,
    photos: [WorkPhoto.Upload] = [],
    by party: WorkParty
  ) async throws -> String? {
    let (key, new) = (party.facility.rawValue, photos.map { (upload: $0, id: kept.ids.next()) })
    return try await step(.report, id, by: party, Localized(ja: "作業を報告", en: "Work reported")) { _, writer in
      var values = report.values.merging(Self.mark("reported", writer)) { $1 }
      if !new.isEmpty { values["photos"] = String(try WorkPhoto.keep(new, of: id, facility: key, writer)) }
      return values
    }
  }

  /// Adds photographs to work that can be reported, and leaves everything else as it is.
  package func photograph(_ id: String, _ photos: [WorkPhoto.Upload], by party: WorkParty) async throws -> String? {
    let (key, reach) = (party.facility.rawValue, party.reach)
    let new = photos.map { (upload: $0, id: kept.ids.next()) }
    return try await party.write(kept, Localized(ja: "作業報告に写真を追加", en: "Photographs added to work")) { writer in
      guard let request = try Self.rows(" AND id = \(id)\(reach)", key, in: writer.tx).first else {
        throw KeptError.notFound
      }
      try WorkStep.report.check(request, at: writer.now)
      let count = try WorkPhoto.keep(new, of: id, facility: key, writer)
      try writer.change(WorkTable.request, from: request.row, to: request.row.setting(["photos": String(count)]))
    }
  }

  /// Somebody of the hospital has looked at the report, or asks for a better one with the reason.
  package func confirm(
    _ id: String,
    isEnough: Bool,
    note: String,
    in scope: Scope<EditLedger>
  ) async throws -> String? {
    if !isEnough { try Self.demand(note, "confirm_note", ja: "足りないこと", en: "what is missing") }
    try Self.limit(note, "confirm_note")
    let title =
      isEnough
      ? Localized(ja: "作業報告を確認", en: "Report of work confirmed")
      : Localized(ja: "作業報告を差し戻し", en: "Report of work sent back")
    return try await step(
      isEnough ? .confirm : .returnReport,
      id,
      by: .hospital(scope),
      title,
      reason: isEnough ? nil : note
    ) { _, writer in
      (isEnough ? Self.mark("confirmed", writer) : [:]).merging(["confirm_note": note]) { $1 }
    }
  }

  // MARK: Taking a step

  /// Who pressed and when, by the clock.
  private static func mark(_ deed: String, _ writer: KeptWriter) -> [String: String] {
    ["\(deed)_at": String(writer.now.milliseconds), "\(deed)_by": writer.actor.name]
  }

  private static func demand(_ text: String, _ field: String, ja: String, en: String) throws(KeptError) {
    if text.isEmpty { throw .wrong([.init(field, ja: "\(ja)を入力してください。", en: "Say \(en).")]) }
  }

  private static func limit(_ text: String, _ field: String) throws(KeptError) {
    guard text.count > WorkDraft.longestText else { return }
    throw .wrong([
      .init(
        field,
        ja: "\(WorkDraft.longestText)文字までで入力してください。",
        en: "At most \(WorkDraft.longestText) characters."
      )
    ])
  }

  private func step(
    _ step: WorkStep,
    _ id: String,
    by party: WorkParty,
    _ title: Localized,
    reason: String? = nil,
    _ values: @escaping @Sendable (WorkRequest, KeptWriter) throws -> [String: String]
  ) async throws -> String? {
    let (key, reach) = (party.facility.rawValue, party.reach)
    return try await party.write(kept, title, reason: reason) { writer in
      guard let request = try Self.rows(" AND id = \(id)\(reach)", key, in: writer.tx).first else {
        throw KeptError.notFound
      }
      try step.check(request, at: writer.now)
      let after = request.row.setting(try values(request, writer)).setting(["state": step.to.rawValue])
      try writer.change(WorkTable.request, from: request.row, to: after)
    }
  }

  /// Takes a change back. Throws `KeptError.cannotUndo` for a request of another department.
  package func undo(_ set: String, in scope: Scope<EditLedger>) async throws -> KeptUndoing {
    let (key, reach) = (scope.facility.rawValue, WorkParty.reach(scope))
    return try await kept.undo(set, of: WorkTable.all, in: scope) { entry, writer in
      guard entry.subjectType == WorkTable.request.name else { return nil }
      guard try !Self.rows(" AND id = \(entry.subjectID)\(reach)", key, in: writer.tx).isEmpty else {
        throw KeptError.cannotUndo(
          Localized(ja: "ほかの部署の作業申請なので、元に戻せません。", en: "This request is another department's.")
        )
      }
      return nil
    }
  }
}
