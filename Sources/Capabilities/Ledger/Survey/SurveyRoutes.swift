import Blobs
import Design
import HTML
import Nouns
import Records
import Text
import Web

/// 現地調査 with a telephone or a printed sheet: the form of the walk, the sheet, progress, checks and the way into the ledger.
struct SurveyRoutes: Sendable {
  let surveys: SurveyStore

  private var store: RecordStore { surveys.records }
  private var photos: SurveyPhotoStore { SurveyPhotoStore(records: store) }

  static let photoLimit = BlobStore.limit

  static func walk(_ id: String) -> String { "/ledger/survey/\(Address.encoded(id))/walk" }
  static func progress(_ id: String) -> String { "/ledger/survey/\(Address.encoded(id))/progress" }
  static func sheet(_ id: String) -> String { "/ledger/survey/\(Address.encoded(id))/sheet" }
  static func papers(_ id: String) -> String { "/ledger/survey/\(Address.encoded(id))/papers" }
  static func find(_ id: String) -> String { "/ledger/survey_find/\(Address.encoded(id))" }

  var routes: [Route] {
    [
      .get("/ledger/survey/:id/walk", EditLedger.self, walk),
      .post("/ledger/survey/:id/walk", EditLedger.self, add).accepting(bytes: Self.photoLimit + (1 << 20)),
      .get("/ledger/survey/:id/progress", ReadLedger.self, progress),
      .get("/ledger/survey/:id/sheet", ReadLedger.self, sheet),
      .get("/ledger/survey/:id/papers", ReadLedger.self, papers),
      .get("/ledger/survey_find/:id/photo", ReadLedger.self, photo),
      .post("/ledger/survey_find/:id/check", EditLedger.self, check),
      .post("/ledger/survey_find/:id/merge", EditLedger.self, merge),
    ]
  }

  private func survey(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> Record {
    try await found { try await store.find(.survey, id: request["id"], in: scope).record }
  }

  // MARK: The walk

  @Sendable func walk(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let survey = try await survey(request, scope.reading)
    var values: [String: String] = [:]
    for key in ["location", "department", "spot", "sheet_line", "photo"] { values[key] = request.query[key] }
    return try await form(survey, values, [:], request, scope.reading)
  }

  private func form(
    _ survey: Record,
    _ values: [String: String],
    _ errors: [String: Localized],
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> WebResponse {
    WalkPage(
      survey: survey,
      values: values,
      errors: errors,
      locations: try await store.choices(.location, limit: 500, in: scope),
      departments: try await departments(scope),
      request: request
    ).response
  }

  /// Departments are the organization's; the form offers them where there are any.
  private func departments(_ scope: Scope<ReadLedger>) async throws -> [(id: String, title: String)] {
    guard let department = store.catalogue.kind("department") else { return [] }
    return try await store.choices(department, limit: 300, in: scope)
  }

  @Sendable func add(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let survey = try await survey(request, scope.reading)
    let form = try request.form()
    var values = ["survey": survey.id]
    for field in WalkPage.fields { values[field] = form.text(field) }
    if values["name"]?.isEmpty ?? true, values["what"] == SurveyObject.nothing.rawValue {
      values["name"] = SurveyObject.nothing.label.ja
    }
    for key in ["found_on", "found_at"] where !form.text(key).isEmpty { values[key] = form.text(key) }
    var errors: [String: Localized] = [:]
    let kept = try await photograph(form.text("photo"), of: survey, scope.reading)
    if let kept {
      values["found_on"] = values["found_on"] ?? kept.takenOn
      values["found_at"] = values["found_at"] ?? kept.takenAt
      values["photo"] = kept.hash
    }
    var photo: (bytes: [UInt8], type: MediaKind)?
    if let file = form.file("picture") {
      if file.bytes.count <= Self.photoLimit, let type = MediaKind(of: file.bytes), type.isPicture {
        photo = (file.bytes, type)
      } else {
        errors["picture"] = Localized(
          ja: "写真はJPEG、PNG、WebPで20MBまでです。別の写真を選ぶか、写真なしで保存してください。",
          en: "Photographs are JPEG, PNG or WebP up to 20 MB. Choose another, or save without."
        )
      }
    }
    if errors.isEmpty {
      do {
        let find = try await surveys.add(values, photo: photo, in: scope)
        if let kept { _ = try await photos.place([kept.id: .find(find.id)], of: survey, in: scope) }
        // The next thing mostly stands beside this one.
        let next = Address(Self.walk(survey.id)).setting("location", find.known("location"))
          .setting("department", find.known("department"))
        return .redirect(
          to: next.text,
          flash: .done(
            Localized(ja: "「\(find.title(.ja))」を保存しました。次を続けてください。", en: "“\(find.title(.en))” is saved. Go on.")
          )
        )
      } catch RecordError.invalid(let problems) {
        for problem in problems { errors[problem.field] = problem.reason }
      } catch let again as WithdrawnAgain {
        errors["picture"] = again.message
      }
    }
    values["photo"] = kept?.id
    return try await self.form(survey, values, errors, request, scope.reading)
  }

  /// One of the batch that a find is made of; nil where none was named, or it is not of this survey.
  private func photograph(
    _ id: String,
    of survey: Record,
    _ scope: Scope<ReadLedger>
  ) async throws -> SurveyPhoto? {
    guard !id.isEmpty, let photo = try await photos.find(id, in: scope), photo.survey == survey.id else { return nil }
    return photo
  }

  // MARK: Afterwards

  @Sendable func progress(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let survey = try await survey(request, scope)
    let finds = try await store.all(.surveyFind, ListQuery(filters: ["survey": [.value(survey.id)]]), in: scope)
    let locations = try await store.all(.location, limit: 5_000, in: scope).records
    return ProgressPage(
      survey: survey,
      finds: finds.records,
      titles: finds.titles,
      locations: locations,
      request: request
    ).response
  }

  @Sendable func sheet(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let survey = try await survey(request, scope)
    let finds = try await store.all(.surveyFind, ListQuery(filters: ["survey": [.value(survey.id)]]), in: scope)
    if request.query["by"] == "place" {
      let visited = Set(finds.records.compactMap { $0.known("location") })
      let open = try await store.all(.location, limit: 5_000, in: scope).records.filter { !visited.contains($0.id) }
      return PlaceSheet(survey: survey, places: Array(open.prefix(PlaceSheet.most)), request: request).response
    }
    let used = finds.records.compactMap { $0.known("sheet_line").flatMap(Int.init) }.max() ?? 0
    return SurveySheet(survey: survey, first: used + 1, request: request).response
  }

  @Sendable func papers(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (survey, titles) = try await found { try await store.find(.survey, id: request["id"], in: scope) }
    return ContractorPapers(survey: survey, titles: titles, request: request).response
  }

  @Sendable func photo(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let find = try await found { try await store.find(.surveyFind, id: request["id"], in: scope).record }
    let blobs = BlobStore(database: store.database, clock: store.clock)
    guard let hash = find.known("photo"), let file = try await blobs.find(hash, facility: scope.facility.rawValue)
    else {
      throw WebError.notFound()
    }
    return WebResponse(
      headers: ["Content-Type": file.type.rawValue, "Cache-Control": "private, no-store"],
      body: .bytes(file.bytes)
    )
  }

  @Sendable func check(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let path = RecordPath.record(Kind.surveyFind.key, request["id"])
    do {
      let find = try await found { try await surveys.check(request["id"], in: scope) }
      return .redirect(
        to: path,
        flash: .done(
          Localized(ja: "確かめたと記録しました。", en: "Recorded."),
          action: find.lastSet.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch let refusal as SurveyStore.Refusal {
      return .redirect(to: path, flash: Flash(.problem, refusal.message))
    }
  }

  @Sendable func merge(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let path = RecordPath.record(Kind.surveyFind.key, request["id"])
    do {
      let set = try await found { try await surveys.merge(request["id"], in: scope) }
      return .redirect(
        to: path,
        flash: .done(
          Localized(
            ja: "台帳に登録しました。分からない項目は「不明」のまま、心配な順に並びます。",
            en: "Added to the ledger. What is unknown stays unknown."
          ),
          action: set.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch let refusal as SurveyStore.Refusal {
      return .redirect(to: path, flash: Flash(.notice, refusal.message))
    }
  }
}
