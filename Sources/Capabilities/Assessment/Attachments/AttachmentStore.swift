import Blobs
import Journal
import Nouns
import Records
import SQL
import Text
import Time
import Web

/// What is attached to answers. What was added stays in the journal with its hash, also when it is taken off again.
struct AttachmentStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// Attachments of one item in one round.
  static let most = 50

  private static let columns: SQL = """
    id, pack, period, item, topic, kind, title, type, size, hash, link, contents, note, dated_on, added_at, added_by,
    \(BlobStore.withdrawal(of: "assessment_attachment"))
    """

  /// Those of a round, in the order they came.
  func all(_ pack: String, _ period: String, _ facility: FacilityID) async throws -> [Attachment] {
    try await all(packs: [pack], periods: [period], facility)
  }

  /// Those of several rounds.
  func all(packs: Set<String>, periods: Set<String>, _ facility: FacilityID) async throws -> [Attachment] {
    guard !packs.isEmpty, !periods.isEmpty else { return [] }
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM assessment_attachment
        WHERE facility = \(key) AND pack IN (\(list: packs.sorted())) AND period IN (\(list: periods.sorted()))
          AND removed_at IS NULL
        ORDER BY added_at, id LIMIT 5000
        """
      ).map(Self.attachment)
    }
  }

  /// The newest of each topic, from whatever round it is; one whose content was withdrawn only where there is no other.
  func newest(_ facility: FacilityID) async throws -> [String: Attachment] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      var found: [String: Attachment] = [:]
      for row in try tx.rows(
        """
        SELECT \(Self.columns) FROM assessment_attachment WHERE facility = \(key) AND removed_at IS NULL
        ORDER BY dated_on DESC, added_at DESC, id LIMIT 2000
        """
      ) {
        let attachment = try Self.attachment(row)
        let known = found[attachment.topic]
        if known == nil || (known?.withdrawnAt != nil && attachment.withdrawnAt == nil) {
          found[attachment.topic] = attachment
        }
      }
      return found
    }
  }

  func find(_ id: String, _ facility: FacilityID) async throws -> Attachment? {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.row(
        """
        SELECT \(Self.columns) FROM assessment_attachment
        WHERE facility = \(key) AND id = \(id) AND removed_at IS NULL
        """
      ).map(Self.attachment)
    }
  }

  /// The bytes as they came; nil for a record, and where they were withdrawn.
  func bytes(of attachment: Attachment, _ facility: FacilityID) async throws -> [UInt8]? {
    guard attachment.type != nil, attachment.withdrawnAt == nil else { return nil }
    return try await BlobStore(database: database, clock: clock).find(attachment.hash, facility: facility.rawValue)?
      .bytes
  }

  /// Who withdrew its content, when and why.
  func withdrawal(of attachment: Attachment, _ facility: FacilityID) async throws -> any Error {
    let key = facility.rawValue
    let file = try await database.read(.facility(key)) { tx in
      try BlobStore.withdrawn(attachment.hash, facility: key, in: tx)
    }
    return file ?? WebError.notFound()
  }

  /// Keeps an attachment and answers its id. Throws `RoundConflict.locked`, or `AnswerProblems` where there are too many.
  @discardableResult
  func add(
    _ draft: AttachmentDraft,
    to item: ChecklistItem,
    of checklist: Checklist,
    _ period: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String {
    let (key, now, id, entry) = (scope.facility.rawValue, clock.now(), ids.next(), ids.next())
    try await database.write(.facility(key)) { tx in
      guard try RoundStore.round(checklist, period, key, in: tx).lockedAt == nil else { throw RoundConflict.locked }
      let count = try tx.count(
        """
        SELECT count(*) FROM assessment_attachment WHERE facility = \(key) AND pack = \(checklist.id)
          AND period = \(period) AND item = \(item.key) AND removed_at IS NULL
        """
      )
      guard count < Self.most else {
        var problems = AnswerProblems()
        problems.add("file", "1つの項目に付けられる根拠は\(Self.most)件までです。", "An item takes at most \(Self.most) attachments.")
        throw problems
      }
      let place = AttachmentPlace(pack: checklist.id, period: period, item: item.key, topic: item.topic)
      let changes = try Self.insert(draft, id: id, at: place, by: scope.actor.name, key, now, in: tx)
      try tx.record([
        .ofItem(
          "assessment.attached",
          id: entry,
          at: now,
          item,
          of: checklist,
          period,
          changes,
          in: scope
        )
      ])
    }
    return id
  }

  /// Keeps an attachment where it belongs, its bytes as a blob. Answers what the journal says of it.
  static func insert(
    _ draft: AttachmentDraft,
    id: String,
    at place: AttachmentPlace,
    by name: String,
    _ key: String,
    _ now: Instant,
    in tx: any Transaction
  ) throws -> [FieldChange] {
    let (title, link, contents, type, size, hash): (String, String, String, String?, Int, String)
    switch draft.body {
    case .file(let upload):
      hash = try BlobStore.put(upload.bytes, as: upload.type, facility: key, at: now, in: tx)
      (title, link, contents, type, size) = (upload.name, "", "", upload.type.rawValue, upload.bytes.count)
    case .page(let address, let name, let text):
      hash = BlobStore.name(of: Array(text.utf8))
      (title, link, contents, type, size) = (name, address, text, nil, text.utf8.count)
    }
    try tx.run(
      """
      INSERT INTO assessment_attachment (facility, id, pack, period, item, topic, kind, title, type, size, hash, link,
        contents, note, dated_on, added_at, added_by)
      VALUES (\(key), \(id), \(place.pack), \(place.period), \(place.item), \(place.topic), \(draft.kind.rawValue),
        \(title), \(type), \(size), \(hash), \(link), \(contents), \(draft.note), \(draft.datedOn), \(now), \(name))
      """
    )
    return [("attachment", title), ("sha256", hash), ("dated_on", draft.datedOn.iso)].map {
      FieldChange(field: $0.0, from: nil, to: $0.1)
    }
  }

  /// Takes an attachment off its answer. Its bytes stay, for the journal names them. Throws `RoundConflict.locked`.
  func remove(_ attachment: Attachment, of checklist: Checklist, in scope: Scope<AnswerChecks>) async throws {
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), ids.next())
    guard let item = checklist[attachment.item] else { return }
    try await database.write(.facility(key)) { tx in
      guard try RoundStore.round(checklist, attachment.period, key, in: tx).lockedAt == nil else {
        throw RoundConflict.locked
      }
      let changed = try tx.run(
        """
        UPDATE assessment_attachment SET removed_at = \(now), removed_by = \(scope.actor.name)
        WHERE facility = \(key) AND id = \(attachment.id) AND removed_at IS NULL
        """
      )
      guard changed > 0 else { return }
      let changes = [("attachment", attachment.title), ("sha256", attachment.hash)]
      try tx.record([
        .ofItem(
          "assessment.detached",
          id: entry,
          at: now,
          item,
          of: checklist,
          attachment.period,
          changes.map { FieldChange(field: $0.0, from: $0.1, to: nil) },
          in: scope
        )
      ])
    }
  }

  private static func attachment(_ row: Row) throws -> Attachment {
    guard let kind = Attachment.Kind(rawValue: try row.text("kind")), let day = try row.optionalDate("dated_on") else {
      throw StorageError.unexpectedValue(column: "assessment_attachment.kind", wanted: "a kind and a day")
    }
    return Attachment(
      id: try row.text("id"),
      pack: try row.text("pack"),
      period: try row.text("period"),
      item: try row.text("item"),
      topic: try row.text("topic"),
      kind: kind,
      title: try row.text("title"),
      type: try row.optionalText("type").flatMap(MediaKind.init(rawValue:)),
      size: try row.integer("size"),
      hash: try row.text("hash"),
      link: try row.text("link"),
      contents: try row.text("contents"),
      note: try row.text("note"),
      datedOn: day,
      addedAt: try row.instant("added_at"),
      addedBy: try row.text("added_by"),
      withdrawnAt: try row.optionalInstant("withdrawn_at")
    )
  }

  /// Everything attached that cites a file, also what was taken off: that it was there is in the journal.
  static let place = FilePlace(
    cited: { key, tx in
      try tx.rows(
        "SELECT hash AS hash, title AS name FROM assessment_attachment WHERE facility = \(key) AND type IS NOT NULL"
      ).map { (hash: try $0.text("hash"), name: try $0.text("name")) }
    },
    uses: { hash, key, tx in
      try tx.rows(
        """
        SELECT pack, period, item, title FROM assessment_attachment
        WHERE facility = \(key) AND hash = \(hash) AND type IS NOT NULL ORDER BY added_at, id LIMIT 200
        """
      ).map { row in
        let (pack, period, item) = (try row.text("pack"), try row.text("period"), try row.text("item"))
        let isAudit = pack == AttachmentPlace.audit
        return FileUse(
          what: isAudit
            ? Localized(ja: "監査の根拠", en: "Evidence of an audit") : Localized(ja: "点検の根拠", en: "Evidence of a check"),
          name: try row.text("title"),
          link: isAudit ? AuditPath.item(period, item) : AssessmentPath.item(pack, item, period),
          subjectType: isAudit ? "audit" : "assessment",
          subjectID: isAudit ? period : "\(pack)/\(period)/\(item)"
        )
      }
    }
  )
}
