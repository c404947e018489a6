import Blobs
import Nouns
import Records
import SQL
import Text
import Time
import Web

/// A photograph that belongs to the report of a piece of work: a screen after the update, a cabinet, a label.
package struct WorkPhoto: Sendable, Hashable, Identifiable {
  package let id: String
  package let name: String
  let hash: String
  let addedAt: Instant
  let addedBy: String
  let withdrawnAt: Instant?

  /// Of one piece of work.
  package static let most = 10
  /// In bytes; telephones make 3 to 6 MB.
  static let limit = ReportRoutes.photoLimit

  package static let shape = JSONShape<WorkPhoto>([
    .text("id") { $0.id }, .text("name") { $0.name }, .text("sha256") { $0.hash }, .instant("addedAt") { $0.addedAt },
    .text("addedBy") { $0.addedBy }, .instant("withdrawnAt") { $0.withdrawnAt },
  ])

  /// One to keep, told by its bytes; what the sender calls it is not believed.
  package struct Upload: Sendable {
    let bytes: [UInt8]
    let name: String
    let type: MediaKind

    package init(_ bytes: [UInt8], name: String) throws(KeptError) {
      guard bytes.count <= WorkPhoto.limit else {
        throw .wrong([
          .init(
            "photo",
            ja: "「\(name.prefix(60))」は大きすぎます（1枚8MBまで）。小さくしてください。",
            en: "“\(name.prefix(60))” is larger than 8 MB. Make it smaller."
          )
        ])
      }
      guard let type = MediaKind(of: bytes), type.isPicture else {
        throw .wrong([
          .init(
            "photo",
            ja: "「\(name.prefix(60))」は写真として読めません。JPEG、PNG、WebPを選んでください。",
            en: "“\(name.prefix(60))” is no photograph we can read. Choose a JPEG, PNG or WebP."
          )
        ])
      }
      self.bytes = bytes
      self.name = String(name.prefix(200))
      self.type = type
    }

    /// All of a form, with everything that is wrong at once.
    static func all(_ files: [(bytes: [UInt8], name: String)]) throws(KeptError) -> [Upload] {
      var (uploads, troubles): ([Upload], [KeptError.FieldTrouble]) = ([], [])
      for file in files where !file.bytes.isEmpty {
        do throws(KeptError) { uploads.append(try Upload(file.bytes, name: file.name)) } catch {
          if case .wrong(let wrong) = error { troubles += wrong }
        }
      }
      if uploads.count > WorkPhoto.most { troubles.append(tooMany) }
      guard troubles.isEmpty else { throw .wrong(troubles) }
      return uploads
    }

    fileprivate static let tooMany = KeptError.FieldTrouble(
      "photo",
      ja: "1つの作業の写真は\(WorkPhoto.most)枚までです。",
      en: "A piece of work has at most \(WorkPhoto.most) photographs."
    )
  }

  static let migration = Migration(
    "organization-10-work-photos",
    facilityTables: ["vendor_work_photo"],
    [
      """
      CREATE TABLE vendor_work_photo (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, work \(.text) NOT NULL, hash \(.text) NOT NULL,
        name \(.text) NOT NULL, added_at \(.instant) NOT NULL, added_by \(.text) NOT NULL,
        PRIMARY KEY (facility, id), UNIQUE (facility, work, hash),
        FOREIGN KEY (facility, work) REFERENCES vendor_work (facility, id),
        FOREIGN KEY (facility, hash) REFERENCES blob (facility, hash)) \(.strict)
      """, "CREATE INDEX vendor_work_photo_by_hash ON vendor_work_photo (facility, hash)",
      "ALTER TABLE vendor_work ADD COLUMN photos \(.integer)", "ALTER TABLE vendor_work ADD COLUMN report_os \(.text)",
    ]
  )

  /// Reports whose photograph is the file.
  static let place = FilePlace(
    cited: { key, tx in
      try tx.rows("SELECT hash, name FROM vendor_work_photo WHERE facility = \(key)")
        .map { (hash: try $0.text("hash"), name: try $0.text("name")) }
    },
    uses: { hash, key, tx in
      try tx.rows(
        "SELECT work, name FROM vendor_work_photo WHERE facility = \(key) AND hash = \(hash) ORDER BY id LIMIT 200"
      ).map { row in
        FileUse(
          what: Localized(ja: "作業報告の写真", en: "Photograph of a report of work"),
          name: try row.text("name"),
          link: OrganizationPath.work(try row.text("work")),
          subjectType: WorkTable.request.name,
          subjectID: try row.text("work")
        )
      }
    }
  )

  /// Keeps them with a piece of work inside the transaction of its step; the same one twice is one. Answers how many it has.
  static func keep(
    _ uploads: [(upload: Upload, id: String)],
    of work: String,
    facility key: String,
    _ writer: KeptWriter
  ) throws -> Int {
    for (upload, id) in uploads {
      let hash: String
      do {
        hash = try BlobStore.put(upload.bytes, as: upload.type, facility: key, at: writer.now, in: writer.tx)
      } catch let again as WithdrawnAgain {
        throw KeptError.wrong([.init("photo", ja: again.message.ja, en: again.message.en)])
      }
      try writer.tx.run(
        """
        INSERT INTO vendor_work_photo (facility, id, work, hash, name, added_at, added_by)
        VALUES (\(key), \(id), \(work), \(hash), \(upload.name), \(writer.now), \(writer.actor.name))
        ON CONFLICT (facility, work, hash) DO NOTHING
        """
      )
    }
    let count = try writer.tx.count(
      "SELECT count(*) FROM vendor_work_photo WHERE facility = \(key) AND work = \(work)"
    )
    guard count <= most else { throw KeptError.wrong([Upload.tooMany]) }
    return count
  }
}

extension WorkStore {
  /// The photographs of a piece of work, in the order they came. Whoever asks has found the work before.
  package func photos(of work: WorkRequest, _ facility: FacilityID) async throws -> [WorkPhoto] {
    let key = facility.rawValue
    return try await kept.database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT id, name, hash, added_at, added_by, \(BlobStore.withdrawal(of: "vendor_work_photo"))
        FROM vendor_work_photo WHERE facility = \(key) AND work = \(work.id) ORDER BY id LIMIT \(WorkPhoto.most)
        """
      ).map { row in
        WorkPhoto(
          id: try row.text("id"),
          name: try row.text("name"),
          hash: try row.text("hash"),
          addedAt: try row.instant("added_at"),
          addedBy: try row.text("added_by"),
          withdrawnAt: try row.optionalInstant("withdrawn_at")
        )
      }
    }
  }

  /// The picture itself; the browser is told what its first bytes say it is. Throws 404 for one of other work, and
  /// `WithdrawnFile` for one whose content is gone.
  func picture(_ photo: String, of work: WorkRequest, _ facility: FacilityID) async throws -> WebResponse {
    let blobs = BlobStore(database: kept.database, clock: kept.clock)
    guard let one = try await photos(of: work, facility).first(where: { $0.id == photo }),
      let file = try await blobs.find(one.hash, facility: facility.rawValue)
    else { throw WebError.notFound(Localized(ja: "この写真", en: "This photograph")) }
    return WebResponse(
      headers: ["Content-Type": file.type.rawValue, "Cache-Control": "private, no-store"],
      body: .bytes(file.bytes)
    )
  }
}
