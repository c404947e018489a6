import Blobs
import Nouns
import Records
import Text
import Time
import Web

/// Photographs of surveys for programs: hand one in, see what is known of it, say where it belongs.
struct PhotoAPI: Sendable {
  let photos: SurveyPhotoStore

  private static let group = EndpointGroup("surveys", Localized(ja: "現地調査の写真", en: "Photographs of surveys"))
  private static let survey = EndpointParameter.path("survey", .id, Localized(ja: "現地調査の番号", en: "The survey's id"))
  private static let types = ["image/jpeg", "image/png", "image/webp"]

  private static let photo = Schema.object([
    .always("id", .id), .always("name", .text), .always("takenOn", .optional(.day)),
    .always("takenAt", .optional(.text)),
    .always("state", .choice(SurveyPhoto.State.allCases.map(\.rawValue))),
    .always(
      "place",
      .optional(.text),
      Localized(
        ja: "line:行、location:場所の番号、find:見つけたものの番号、nothing",
        en: "line:NUMBER, location:ID, find:ID or nothing"
      )
    ), .always("addedBy", .text), .always("sha256", .text), .always("withdrawnAt", .optional(.instant)),
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/surveys/:survey/photos",
        ReadLedger.self,
        Endpoint(
          "listSurveyPhotos",
          Self.group,
          Localized(ja: "調査の写真", en: "The photographs of a survey"),
          parameters: [Self.survey, .limit, .cursor],
          answers: [.json(.page(of: Self.photo, total: true), Localized(ja: "写真", en: "The photographs"))]
        )
      ) { call, scope in
        let survey = try await survey(call, scope)
        return try call.page(of: try await photos.photos(of: survey.id, in: scope)) { photo, writer in
          writer.object { Self.write(photo, to: &$0) }
        }
      },
      .api(
        .post,
        "/surveys/:survey/photos",
        EditLedger.self,
        Endpoint(
          "addSurveyPhoto",
          Self.group,
          Localized(ja: "写真を入れる（QRコードをすぐに読み取ります）", en: "Hand in a photograph; its code is read at once"),
          parameters: [
            Self.survey,
            .query("name", .text(upTo: 200, from: 1), Localized(ja: "ファイル名", en: "The file's name"), isRequired: true),
          ],
          body: .file(["application/octet-stream"] + Self.types),
          answers: [.json(Self.photo, Localized(ja: "写真", en: "The photograph"), status: 201)],
          takesKey: true
        ),
        add
      ).within(.seconds(60)),
      .api(
        .post,
        "/surveys/:survey/photos/place",
        EditLedger.self,
        Endpoint(
          "placeSurveyPhoto",
          Self.group,
          Localized(ja: "写真の場所を決める", en: "Say where a photograph belongs"),
          parameters: [Self.survey],
          body: .json(.object([.always("photo", .id), .always("place", .text(upTo: 100, from: 1))])),
          answers: [.nothing(Localized(ja: "決めた", en: "It is placed"))]
        ),
        place
      ),
      .api(
        .get,
        "/survey-photos/:id",
        ReadLedger.self,
        Endpoint(
          "getSurveyPhoto",
          Self.group,
          Localized(ja: "写真そのもの", en: "The photograph itself"),
          parameters: [.path("id", .id, Localized(ja: "写真の番号", en: "The photograph's id"))],
          answers: [.file(Self.types, Localized(ja: "写真", en: "The photograph"))]
        )
      ) { call, scope in
        guard let photo = try await photos.find(call["id"], in: scope),
          let file = try await photos.bytes(of: photo, small: false, in: scope)
        else { throw WebError.notFound() }
        return .file(file.bytes, name: photo.name, type: file.type.rawValue)
      },
    ]
  }

  private func survey(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> Record {
    try await found { try await photos.records.find(.survey, id: call["survey"], in: scope).record }
  }

  @Sendable private func add(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let survey = try await survey(call, scope.reading)
    guard let upload = SurveyPhotoStore.Upload(call.request.body, name: call.query("name") ?? "") else {
      throw WebError.invalid(
        [("", Localized(ja: "JPEG、PNG、WebPの写真で、20MBまでにしてください。", en: "Send a JPEG, PNG or WebP of at most 20 MB."))],
        call.language
      )
    }
    _ = try await RecordError.told(call) { try await photos.add([upload], to: survey, in: scope) }
    _ = try await photos.readWaiting(survey.id, scope.facility) { _, _ in }
    let kept = try await photos.photos(of: survey.id, in: scope.reading).first { $0.hash == upload.hash }
    guard let kept else { throw WebError.notFound() }
    return call.answer(status: 201) { Self.write(kept, to: &$0) }
  }

  @Sendable private func place(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let survey = try await survey(call, scope.reading)
    let wrong = WebError.invalid(
      [("/place", Localized(ja: "この場所か写真はありません。", en: "There is no such place or photograph."))],
      call.language
    )
    guard let id = call.json["photo"]?.text, let place = call.json["place"]?.text.flatMap(SurveyPhoto.Place.init)
    else { throw wrong }
    guard try await photos.place([id: place], of: survey, in: scope) == 1 else { throw wrong }
    return .noContent
  }

  private static func write(_ photo: SurveyPhoto, to writer: inout JSONWriter) {
    writer.member("id", photo.id)
    writer.member("name", photo.name)
    writer.member("takenOn", photo.takenOn)
    writer.member("takenAt", photo.takenAt)
    writer.member("state", photo.state.rawValue)
    writer.member("place", photo.place?.text)
    writer.member("addedBy", photo.addedBy)
    writer.member("sha256", photo.hash)
    writer.member("withdrawnAt", photo.withdrawnAt)
  }
}
