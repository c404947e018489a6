import Blobs
import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Originals and print masters, every version of them. Whoever may read the record may read its files.
struct DocumentStore: Sendable {
  let records: RecordStore

  /// The newest first, originals before print masters. Throws `RecordError.notFound` where the reader may not see the record.
  func files(of record: String, _ kind: Kind, in scope: Scope<ReadLedger>) async throws -> [DocumentFile] {
    _ = try await records.find(kind, id: record, in: scope)
    let key = scope.facility.rawValue
    return try await records.database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM document_file WHERE facility = \(key) AND kind = \(kind.key) AND record = \(record)
        ORDER BY use DESC, version DESC LIMIT 500
        """
      ).map(Self.file)
    }
  }

  /// The newest original of each record of a kind that was not withdrawn.
  func newest(_ kind: Kind, in scope: Scope<SignedIn>) async throws -> [String: DocumentFile] {
    let key = scope.facility.rawValue
    let files = try await records.database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM document_file
        WHERE facility = \(key) AND kind = \(kind.key) AND use = 'original' ORDER BY version LIMIT 5000
        """
      ).map(Self.file)
    }
    let kept = files.filter { $0.withdrawnAt == nil }
    return Dictionary(kept.map { ($0.record, $0) }, uniquingKeysWith: { _, newer in newer })
  }

  /// Keeps a further version. Two that come at once are two versions: the second is counted behind the first.
  func add(
    _ upload: DocumentUpload,
    as use: DocumentFile.Use,
    note: String,
    to record: String,
    _ kind: Kind,
    in scope: Scope<EditLedger>
  ) async throws -> DocumentFile {
    guard scope.holds(kind.traits.writers) else { throw Denied(permission: kind.traits.writers) }
    let subject = try await records.find(kind, id: record, in: scope.reading).record
    let (key, now) = (scope.facility.rawValue, records.clock.now())
    let (id, entry) = (records.ids.next(), records.ids.next())
    let words = String(note.prefix(500))
    return try await records.database.write(.facility(key)) { tx in
      let hash = try BlobStore.put(upload.bytes, as: upload.type, facility: key, at: now, in: tx)
      let version =
        try tx.count(
          """
          SELECT coalesce(max(version), 0) FROM document_file
          WHERE facility = \(key) AND kind = \(kind.key) AND record = \(record) AND use = \(use.rawValue)
          """
        ) + 1
      try tx.run(
        """
        INSERT INTO document_file (facility, id, kind, record, use, version, name, type, size, hash, note, added_at, added_by)
        VALUES (\(key), \(id), \(kind.key), \(record), \(use.rawValue), \(version), \(upload.name),
          \(upload.type.rawValue), \(upload.bytes.count), \(hash), \(words), \(now), \(scope.actor.name))
        """
      )
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "\(kind.key).filed",
          of: (kind.key, record, subject.title),
          changes: [
            FieldChange(field: "file", from: nil, to: upload.name),
            FieldChange(field: "use", from: nil, to: use.rawValue),
            FieldChange(field: "file_version", from: nil, to: String(version)),
            FieldChange(field: "sha256", from: nil, to: hash),
          ]
        )
      ])
      return DocumentFile(
        id: id,
        kind: kind.key,
        record: record,
        use: use,
        version: version,
        name: upload.name,
        type: upload.type,
        size: upload.bytes.count,
        hash: hash,
        note: words,
        addedAt: now,
        addedBy: scope.actor.name
      )
    }
  }

  /// A file with its bytes; nil where there is none, or where its record is not for this reader.
  func read(_ id: String, in scope: Scope<ReadLedger>) async throws -> (file: DocumentFile, bytes: [UInt8])? {
    guard let file = try await find(id, scope.facility.rawValue),
      let kind = records.catalogue.kind(file.kind)
    else { return nil }
    do {
      _ = try await records.find(kind, id: file.record, in: scope)
    } catch RecordError.notFound {
      return nil
    }
    return try await bytes(of: file, scope.facility.rawValue)
  }

  func bytes(of file: DocumentFile, _ facility: String) async throws -> (file: DocumentFile, bytes: [UInt8])? {
    try await BlobStore(database: records.database, clock: records.clock).find(file.hash, facility: facility)
      .map { (file, $0.bytes) }
  }

  private func find(_ id: String, _ facility: String) async throws -> DocumentFile? {
    try await records.database.read(.facility(facility)) { tx in
      try tx.row("SELECT \(Self.columns) FROM document_file WHERE facility = \(facility) AND id = \(id)").map(Self.file)
    }
  }

  private static let columns: SQL = """
    id, kind, record, use, version, name, type, size, hash, note, added_at, added_by,
    \(BlobStore.withdrawal(of: "document_file"))
    """

  private static func file(_ row: Row) throws -> DocumentFile {
    DocumentFile(
      id: try row.text("id"),
      kind: try row.text("kind"),
      record: try row.text("record"),
      use: DocumentFile.Use(rawValue: try row.text("use")) ?? .original,
      version: try row.integer("version"),
      name: try row.text("name"),
      type: MediaKind(rawValue: try row.text("type")) ?? .pdf,
      size: try row.integer("size"),
      hash: try row.text("hash"),
      note: try row.text("note"),
      addedAt: try row.instant("added_at"),
      addedBy: try row.text("added_by"),
      withdrawnAt: try row.optionalInstant("withdrawn_at")
    )
  }

  /// Versions that cite a file.
  static let place = FilePlace(
    cited: { key, tx in
      try tx.rows(
        "SELECT hash AS hash, name AS name FROM document_file WHERE facility = \(key)"
      ).map { (hash: try $0.text("hash"), name: try $0.text("name")) }
    },
    uses: { hash, key, tx in
      try tx.rows(
        """
        SELECT kind, record, use, name FROM document_file WHERE facility = \(key) AND hash = \(hash)
        ORDER BY added_at, id LIMIT 200
        """
      ).map { row in
        let use = DocumentFile.Use(rawValue: try row.text("use")) ?? .original
        let (kind, record) = (try row.text("kind"), try row.text("record"))
        return FileUse(
          what: Localized(ja: "書類の\(use.label.ja)", en: "\(use.label.en) of a document"),
          name: try row.text("name"),
          link: RecordPath.record(kind, record),
          subjectType: kind,
          subjectID: record
        )
      }
    }
  )
}
