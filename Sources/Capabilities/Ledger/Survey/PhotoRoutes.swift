import Blobs
import Design
import HTML
import Jobs
import Nouns
import Records
import Text
import Web

/// `/ledger/survey/:id/photos`: photographs of a walk in a batch. A job finds the codes of the printed sheet in them; what
/// has none is placed by hand.
struct PhotoRoutes: Sendable {
  let photos: SurveyPhotoStore
  let jobs: JobStore

  /// All files of one upload together, in bytes.
  static let batchLimit = 200 << 20
  static let mostFiles = 40

  static func path(_ survey: String) -> String { "/ledger/survey/\(Address.encoded(survey))/photos" }
  static func image(_ photo: String) -> String { "/ledger/survey_photo/\(Address.encoded(photo))" }

  var routes: [Route] {
    [
      .get("/ledger/survey/:id/photos", ReadLedger.self, list),
      .post("/ledger/survey/:id/photos", EditLedger.self, add).accepting(bytes: Self.batchLimit + (1 << 20)),
      .post("/ledger/survey/:id/photos/place", EditLedger.self, place),
      .get("/ledger/survey_photo/:photo", ReadLedger.self, image),
    ]
  }

  private func survey(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> Record {
    try await found { try await photos.records.find(.survey, id: request["id"], in: scope).record }
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(survey(request, scope), nil, request, scope)
  }

  private func page(
    _ survey: Record,
    _ error: Localized?,
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> WebResponse {
    let all = try await photos.photos(of: survey.id, in: scope)
    let finds = try await photos.records.all(
      .surveyFind,
      ListQuery(filters: ["survey": [.value(survey.id)]]),
      in: scope
    ).records
    return PhotoPage(
      survey: survey,
      photos: all,
      finds: finds,
      locations: try await photos.records.choices(.location, limit: PhotoPage.mostLocations, in: scope),
      error: error,
      request: request
    ).response
  }

  @Sendable func add(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let survey = try await survey(request, scope.reading)
    let files = try request.form().files("picture").filter { !$0.bytes.isEmpty }
    guard !files.isEmpty else {
      return try await page(
        survey,
        Localized(ja: "写真が選ばれていません。写真を選んでください。", en: "No photograph was chosen. Choose some."),
        request,
        scope.reading
      )
    }
    var uploads: [SurveyPhotoStore.Upload] = []
    var refused: [String] = []
    for file in files.prefix(Self.mostFiles) {
      if let upload = SurveyPhotoStore.Upload(file.bytes, name: file.name) {
        uploads.append(upload)
      } else {
        refused.append(file.name)
      }
    }
    refused += files.dropFirst(Self.mostFiles).map(\.name)
    guard !uploads.isEmpty else { return try await page(survey, Self.refusal(refused), request, scope.reading) }
    let new: Int
    do {
      new = try await photos.add(uploads, to: survey, in: scope)
    } catch RecordError.invalid(let problems) {
      return try await page(survey, problems.first?.reason, request, scope.reading)
    }
    if new > 0 {
      _ = try await jobs.order(
        SurveyPhotoJob.name,
        payload: survey.id,
        facility: scope.facility.rawValue,
        actorID: scope.actor.id,
        actorName: scope.actor.name,
        request: scope.request
      )
    }
    let same = uploads.count - new
    var (ja, en) = ("\(new)枚を受け取りました。QRコードを読み取っています。", "\(new) received; their codes are being read.")
    if new == 0 { (ja, en) = ("新しい写真はありませんでした。", "There was no new photograph.") }
    if same > 0 {
      ja += "同じ写真\(same)枚は、すでにあります。"
      en += " \(same) are here already."
    }
    if !refused.isEmpty {
      ja += Self.refusal(refused).ja
      en += " " + Self.refusal(refused).en
    }
    return .redirect(
      to: Self.path(survey.id),
      flash: refused.isEmpty ? .done(Localized(ja: ja, en: en)) : Flash(.problem, Localized(ja: ja, en: en))
    )
  }

  private static func refusal(_ names: [String]) -> Localized {
    let some = names.prefix(5).map { String($0.prefix(60)) }
    return Localized(
      ja: "受け取れなかった写真があります（\(some.joined(separator: "、"))）。JPEG、PNG、WebPで1枚20MBまで、一度に\(mostFiles)枚までです。",
      en: "Not taken: \(some.joined(separator: ", ")). JPEG, PNG or WebP up to 20 MB each, \(mostFiles) at once."
    )
  }

  /// One press keeps what was chosen for each photograph on the page; those left open stay open.
  @Sendable func place(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let survey = try await survey(request, scope.reading)
    var places: [String: SurveyPhoto.Place] = [:]
    for field in try request.form().fields.fields where field.name.hasPrefix("place.") {
      places[String(field.name.dropFirst(6))] = SurveyPhoto.Place(text: field.value)
    }
    let count = try await photos.place(places, of: survey, in: scope)
    return .redirect(
      to: Self.path(survey.id),
      flash: count == 0
        ? Flash(
          .notice,
          Localized(ja: "場所を選んだ写真がありません。写真ごとに選んでください。", en: "Nothing was chosen. Choose for each photograph.")
        )
        : .done(Localized(ja: "\(count)枚の写真の場所を記録しました。", en: "The places of \(count) photographs are kept."))
    )
  }

  @Sendable func image(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    guard let photo = try await photos.find(request["photo"], in: scope),
      let file = try await photos.bytes(of: photo, small: request.query["size"] == "small", in: scope)
    else { throw WebError.notFound() }
    return WebResponse(
      headers: ["Content-Type": file.type.rawValue, "Cache-Control": "private, no-store"],
      body: .bytes(file.bytes)
    )
  }
}
