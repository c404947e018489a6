import Blobs
import Journal
import Nouns
import Pictures
import Records
import SQL
import Text
import Time

/// Photographs of a walk that came in a batch: kept at once, read by a job, placed by the codes in them or by hand.
package struct SurveyPhotoStore: Sendable {
  package let records: RecordStore

  package init(records: RecordStore) { self.records = records }

  /// Photographs of one survey; a hospital's walk takes some hundreds.
  package static let most = 5_000

  /// One picture to keep, told by its bytes.
  package struct Upload: Sendable {
    let bytes: [UInt8]
    let name: String
    let type: MediaKind

    var hash: String { BlobStore.name(of: bytes) }

    /// Nil for what is no picture, or is larger than the blob store takes.
    package init?(_ bytes: [UInt8], name: String) {
      guard bytes.count <= BlobStore.limit, let type = MediaKind(of: bytes), type.isPicture else { return nil }
      self.bytes = bytes
      self.name = String(name.prefix(200))
      self.type = type
    }
  }

  private var blobs: BlobStore { BlobStore(database: records.database, clock: records.clock) }

  /// Keeps the pictures; the same one twice is one. Answers how many are new.
  package func add(_ uploads: [Upload], to survey: Record, in scope: Scope<EditLedger>) async throws -> Int {
    let (key, now) = (scope.facility.rawValue, records.clock.now())
    let entry = records.ids.next()
    let new = uploads.map { (upload: $0, id: records.ids.next(), taken: TakenAt(jpeg: $0.bytes)) }
    return try await records.database.write(.facility(key)) { tx in
      let count = try tx.count("SELECT count(*) FROM survey_photo WHERE facility = \(key) AND survey = \(survey.id)")
      guard count + new.count <= Self.most else {
        throw RecordError.invalid([
          FieldProblem(
            field: "picture",
            value: String(count + new.count),
            reason: Localized(ja: "1つの調査の写真は5,000枚までです。", en: "A survey has at most 5,000 photographs.")
          )
        ])
      }
      var kept = 0
      for (upload, id, taken) in new {
        let hash: String
        do {
          hash = try BlobStore.put(upload.bytes, as: upload.type, facility: key, at: now, in: tx)
        } catch is WithdrawnAgain {
          // One of a batch of forty: the others are kept, this one counts as known.
          continue
        }
        kept += try tx.run(
          """
          INSERT INTO survey_photo (facility, id, survey, hash, name, taken_on, taken_at, state, added_at, added_by)
          VALUES (\(key), \(id), \(survey.id), \(hash), \(upload.name), \(taken?.day), \(taken?.time),
            \(SurveyPhoto.State.waiting.rawValue), \(now), \(scope.actor.name))
          ON CONFLICT (facility, survey, hash) DO NOTHING
          """
        )
      }
      if kept > 0 {
        try tx.record([
          Self.entry(
            entry,
            "survey.photographed",
            survey,
            scope,
            now,
            FieldChange(field: "photos", from: nil, to: String(kept))
          )
        ])
      }
      return kept
    }
  }

  private static func entry(
    _ id: String,
    _ kind: String,
    _ survey: Record,
    _ scope: Scope<EditLedger>,
    _ now: Instant,
    _ change: FieldChange
  ) -> JournalEntry {
    JournalEntry(
      by: scope,
      id: id,
      at: now,
      kind: kind,
      of: (Kind.survey.key, survey.id, survey.title),
      changes: [change]
    )
  }

  /// Looks for codes in all that wait; one after the other, so that one photograph is in memory at a time. What an earlier
  /// run has read is not read again.
  package func readWaiting(
    _ survey: String,
    _ facility: FacilityID,
    progress: (_ done: Int, _ total: Int) async throws -> Void
  ) async throws -> (placed: Int, open: Int) {
    let key = facility.rawValue
    let waiting = try await records.database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT id, hash FROM survey_photo WHERE facility = \(key) AND survey = \(survey) AND state = 'waiting' ORDER BY id
        """
      ).map { (id: try $0.text("id"), hash: try $0.text("hash")) }
    }
    var outcome = (placed: 0, open: 0)
    for (number, photo) in waiting.enumerated() {
      try await progress(number, waiting.count)
      if try await read(photo.id, photo.hash, survey, key) == .placed { outcome.placed += 1 } else { outcome.open += 1 }
    }
    return outcome
  }

  private func read(_ id: String, _ hash: String, _ survey: String, _ key: String) async throws -> SurveyPhoto.State {
    var (state, place, candidates): (SurveyPhoto.State, SurveyPhoto.Place?, [SurveyPhoto.Place]) = (
      .unreadable, nil, []
    )
    var preview: [UInt8]?
    if let bytes = try await unlessWithdrawn(hash, key) {
      do throws(Photograph.Failure) {
        let codes = try Photograph.codes(in: bytes)
        (state, place, candidates) = PhotoCodes(survey: survey).reading(codes)
        preview = try Photograph.preview(of: bytes)
      } catch {
        state = .unreadable
      }
    }
    let now = records.clock.now()
    return try await records.database.write(.facility(key)) { [state, place, candidates, preview] tx in
      let small = try preview.flatMap { try Self.keep(preview: $0, key, now, in: tx) }
      // A code may name a place that is no longer there.
      var (state, place) = (state, place)
      if case .location(let location) = place,
        try tx.count("SELECT count(*) FROM location WHERE facility = \(key) AND id = \(location)") == 0
      {
        (state, place) = (.otherSurvey, nil)
      }
      try tx.run(
        """
        UPDATE survey_photo SET state = \(state.rawValue), place = \(place?.text), preview = \(small),
          candidates = \(candidates.isEmpty ? nil : candidates.map(\.text).joined(separator: " "))
        WHERE facility = \(key) AND id = \(id) AND state = 'waiting'
        """
      )
      return state
    }
  }

  /// Nil where the small view is that of a photograph that was withdrawn: then there is none.
  private static func keep(
    preview: [UInt8],
    _ key: String,
    _ now: Instant,
    in tx: any Transaction
  ) throws -> String? {
    do {
      return try BlobStore.put(preview, as: .png, facility: key, at: now, in: tx)
    } catch is WithdrawnAgain {
      return nil
    }
  }

  private func unlessWithdrawn(_ hash: String, _ key: String) async throws -> [UInt8]? {
    do {
      return try await blobs.find(hash, facility: key)?.bytes
    } catch is WithdrawnFile {
      return nil
    }
  }

  /// Says by hand where photographs belong. Those of another survey are left alone.
  package func place(
    _ places: [String: SurveyPhoto.Place],
    of survey: Record,
    in scope: Scope<EditLedger>
  ) async throws -> Int {
    let (key, now) = (scope.facility.rawValue, records.clock.now())
    let entries = places.keys.sorted().map { (photo: $0, entry: records.ids.next()) }
    return try await records.database.write(.facility(key)) { tx in
      var count = 0
      for (photo, entry) in entries {
        guard let place = places[photo], try Self.isThere(place, of: survey.id, key, in: tx) else { continue }
        let before = try tx.row(
          "SELECT place FROM survey_photo WHERE facility = \(key) AND survey = \(survey.id) AND id = \(photo)"
        )
        guard let before else { continue }
        let former = try before.optionalText("place")
        try tx.run(
          """
          UPDATE survey_photo SET state = 'placed', place = \(place.text)
          WHERE facility = \(key) AND survey = \(survey.id) AND id = \(photo)
          """
        )
        try tx.record([
          Self.entry(
            entry,
            "survey.placed",
            survey,
            scope,
            now,
            FieldChange(field: photo, from: former, to: place.text)
          )
        ])
        count += 1
      }
      return count
    }
  }

  private static func isThere(
    _ place: SurveyPhoto.Place,
    of survey: String,
    _ key: String,
    in tx: any Transaction
  ) throws -> Bool {
    switch place {
    case .line, .nothing: true
    case .location(let id): try tx.count("SELECT count(*) FROM location WHERE facility = \(key) AND id = \(id)") > 0
    case .find(let id):
      try tx.count("SELECT count(*) FROM survey_find WHERE facility = \(key) AND survey = \(survey) AND id = \(id)") > 0
    }
  }

  /// All of a survey, in the order they were taken; those without a time last.
  package func photos(of survey: String, in scope: Scope<ReadLedger>) async throws -> [SurveyPhoto] {
    let key = scope.facility.rawValue
    return try await records.database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM survey_photo WHERE facility = \(key) AND survey = \(survey)
        ORDER BY CASE WHEN taken_on IS NULL THEN 1 ELSE 0 END, taken_on, taken_at, id LIMIT \(Self.most)
        """
      ).map(Self.photo)
    }
  }

  /// Those that show a find: placed on it, or on its line of the sheet.
  package func photos(of find: Record, in scope: Scope<ReadLedger>) async throws -> [SurveyPhoto] {
    let key = scope.facility.rawValue
    let survey = find.known("survey") ?? ""
    var places = [SurveyPhoto.Place.find(find.id).text]
    if let line = find.known("sheet_line").flatMap(Int.init) { places.append(SurveyPhoto.Place.line(line).text) }
    return try await records.database.read(.facility(key)) { [places] tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM survey_photo
        WHERE facility = \(key) AND survey = \(survey) AND place IN (\(list: places)) ORDER BY taken_on, taken_at, id LIMIT 50
        """
      ).map(Self.photo)
    }
  }

  package func find(_ id: String, in scope: Scope<ReadLedger>) async throws -> SurveyPhoto? {
    let key = scope.facility.rawValue
    return try await records.database.read(.facility(key)) { tx in
      try tx.row("SELECT \(Self.columns) FROM survey_photo WHERE facility = \(key) AND id = \(id)").map(Self.photo)
    }
  }

  /// The photograph itself, or its small view.
  package func bytes(
    of photo: SurveyPhoto,
    small: Bool,
    in scope: Scope<ReadLedger>
  ) async throws -> (bytes: [UInt8], type: MediaKind)? {
    try await blobs.find(small ? photo.preview ?? photo.hash : photo.hash, facility: scope.facility.rawValue)
  }

  private static let columns: SQL = """
    id, survey, hash, preview, name, taken_on, taken_at, state, place, candidates, added_by,
    \(BlobStore.withdrawal(of: "survey_photo"))
    """

  private static func photo(_ row: Row) throws -> SurveyPhoto {
    SurveyPhoto(
      id: try row.text("id"),
      survey: try row.text("survey"),
      hash: try row.text("hash"),
      preview: try row.optionalText("preview"),
      name: try row.text("name"),
      takenOn: try row.optionalText("taken_on"),
      takenAt: try row.optionalText("taken_at"),
      state: SurveyPhoto.State(rawValue: try row.text("state")) ?? .withoutCode,
      place: try row.optionalText("place").flatMap(SurveyPhoto.Place.init),
      candidates: (try row.optionalText("candidates") ?? "").split(separator: " ")
        .compactMap { SurveyPhoto.Place(text: String($0)) },
      addedBy: try row.text("added_by"),
      withdrawnAt: try row.optionalInstant("withdrawn_at")
    )
  }

  /// Photographs of walks, and those of single finds; the small grey view goes with its photograph.
  static let filePlace = FilePlace(
    cited: { key, tx in
      try tx.rows(
        """
        SELECT hash, name FROM survey_photo WHERE facility = \(key)
        UNION ALL SELECT preview AS hash, name FROM survey_photo WHERE facility = \(key) AND preview IS NOT NULL
        UNION ALL SELECT photo AS hash, name FROM survey_find
        WHERE facility = \(key) AND photo IS NOT NULL AND photo <> '?'
        """
      ).map { (hash: try $0.text("hash"), name: try $0.text("name")) }
    },
    uses: { hash, key, tx in
      let shots = try tx.rows(
        "SELECT survey, name FROM survey_photo WHERE facility = \(key) AND hash = \(hash) ORDER BY id LIMIT 200"
      ).map { row in
        let survey = try row.text("survey")
        return FileUse(
          what: Localized(ja: "現地調査の写真", en: "Photograph of a survey"),
          name: try row.text("name"),
          link: PhotoRoutes.path(survey),
          subjectType: Kind.survey.key,
          subjectID: survey
        )
      }
      let finds = try tx.rows(
        "SELECT id, name FROM survey_find WHERE facility = \(key) AND photo = \(hash) ORDER BY id LIMIT 200"
      ).map { row in
        let id = try row.text("id")
        return FileUse(
          what: Localized(ja: "現地調査で見つけたものの写真", en: "Photograph of a find"),
          name: try row.text("name"),
          link: RecordPath.record(Kind.surveyFind.key, id),
          subjectType: Kind.surveyFind.key,
          subjectID: id
        )
      }
      return shots + finds
    },
    derived: { hash, key, tx in
      try tx.rows(
        "SELECT preview FROM survey_photo WHERE facility = \(key) AND hash = \(hash) AND preview IS NOT NULL"
      ).map { try $0.text("preview") }
    }
  )
}
