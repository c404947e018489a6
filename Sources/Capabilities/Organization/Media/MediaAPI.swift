import Nouns
import Records
import Text
import Time
import Web

/// Requests to take data out, for programs: ask, list, decide, note that it is back.
struct MediaAPI: Sendable {
  let media: MediaStore
  let records: RecordStore
  let needs: OrganizationNeeds

  private static let group = EndpointGroup("media-requests", Localized(ja: "データの持ち出し", en: "Data taken out"))

  private static let id = EndpointParameter.path("id", .id, Localized(ja: "申請の番号", en: "The request's id"))

  private static let body = Schema.object([
    .always("medium", .choice(MediaRequest.Medium.allCases.map(\.rawValue))),
    .maybe("label", .text(upTo: MediaDraft.longestLine)),
    .always("contents", .text(upTo: MediaDraft.longestText, from: 1)), .always("isPersonal", .boolean),
    .maybe("headCount", .optional(.integer(0...1_000_000_000))),
    .always("purpose", .text(upTo: MediaDraft.longestText, from: 1)),
    .always("destination", .text(upTo: MediaDraft.longestLine, from: 1)), .always("from", .day), .always("until", .day),
    .always("protection", .choice(MediaRequest.Protection.allCases.map(\.rawValue))),
    .maybe("department", .optional(.id)),
  ])

  private static let one = EndpointAnswer.one(MediaRequest.shape, Localized(ja: "申請", en: "The request"))

  var routes: [Route] { asking + deciding }

  private var asking: [Route] {
    [
      .api(
        .get,
        "/own-media-requests",
        SignedIn.self,
        Endpoint(
          "listOwnMediaRequests",
          Self.group,
          Localized(ja: "自分の申請（新しい順）", en: "One's own requests, the newest first"),
          parameters: [.limit, .cursor],
          answers: [.page(MediaRequest.shape, Localized(ja: "申請", en: "The requests"))]
        )
      ) { call, scope in try call.page(of: try await media.own(in: scope), as: MediaRequest.shape) },
      .api(
        .post,
        "/media-requests",
        SignedIn.self,
        Endpoint(
          "askForMedia",
          Self.group,
          Localized(ja: "持ち出しを申請する", en: "Ask to take data out"),
          body: .json(Self.body),
          answers: [
            .one(MediaRequest.shape, Localized(ja: "申請", en: "The request"), status: 201, headers: ["Location"])
          ],
          takesKey: true
        ),
        ask
      ),
      .api(
        .post,
        "/media-requests/:id/withdraw",
        SignedIn.self,
        Endpoint(
          "withdrawMediaRequest",
          Self.group,
          Localized(ja: "自分の申請を取り下げる", en: "Withdraw one's own request"),
          parameters: [Self.id],
          answers: [Self.one],
          problems: [409]
        )
      ) { call, scope in try await told(call) { try await media.withdraw(call["id"], in: scope) } },
    ]
  }

  private var deciding: [Route] {
    [
      .api(
        .get,
        "/media-requests",
        ReadLedger.self,
        Endpoint(
          "listMediaRequests",
          Self.group,
          Localized(ja: "申請（待っているもの、持ち出し中のものから）", en: "What waits and what is out first, then the newest"),
          parameters: [.limit, .cursor],
          answers: [.page(MediaRequest.shape, Localized(ja: "申請", en: "The requests"))]
        )
      ) { call, scope in
        let part = try await media.part(after: try MediaPlace(call), limit: call.limit, in: scope)
        return call.page(part.requests, next: part.end?.cursor, total: part.total) {
          MediaRequest.shape.write($0, call.language, to: &$1)
        }
      },
      .api(
        .get,
        "/media-requests/:id",
        ReadLedger.self,
        Endpoint(
          "getMediaRequest",
          Self.group,
          Localized(ja: "1つの申請", en: "One request"),
          parameters: [Self.id],
          answers: [Self.one]
        )
      ) { call, scope in try await told(call) { try await media.find(call["id"], in: scope) } },
      .api(
        .post,
        "/media-requests/:id/decide",
        EditLedger.self,
        Endpoint(
          "decideMediaRequest",
          Self.group,
          Localized(ja: "認めるか認めないかを決める（自分の申請は決められません）", en: "Approve or refuse; never one's own"),
          parameters: [Self.id],
          body: .json(.object([.always("approved", .boolean), .maybe("note", .text(upTo: MediaDraft.longestText))])),
          answers: [Self.one],
          problems: [409]
        ),
        decide
      ),
      .api(
        .post,
        "/media-requests/:id/return",
        EditLedger.self,
        Endpoint(
          "returnMedia",
          Self.group,
          Localized(ja: "返却・消去を確かめたと記録する", en: "It is back, or deleted where it went"),
          parameters: [Self.id],
          body: .json(.object([.maybe("note", .text(upTo: MediaDraft.longestText))])),
          answers: [Self.one],
          problems: [409]
        )
      ) { call, scope in
        try await told(call) { try await media.giveBack(call["id"], note: call.json["note"]?.text ?? "", in: scope) }
      },
    ]
  }

  @Sendable private func ask(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let json = call.json
    var typed: [String: String] = [:]
    for field in ["medium", "label", "contents", "purpose", "destination", "from", "until", "protection"] {
      typed[field] = json[field]?.text
    }
    typed["personal"] = json["isPersonal"]?.bool.map { $0 ? "yes" : "no" }
    typed["headCount"] = json["headCount"]?.integer.map(String.init)
    let department = json["department"]?.text
    if let department {
      guard try await MediaRoutes.departments(records, scope).contains(where: { $0.id == department }) else {
        let reason = Localized(ja: "この部署は登録されていません。", en: "There is no such department.")
        throw WebError.invalid([(pointer: "/department", reason: reason)], call.language)
      }
    }
    let draft: MediaDraft
    do throws(MediaDraft.Refusal) {
      draft = try MediaDraft(typed, today: call.now.day)
    } catch {
      throw WebError.invalid(
        error.fields.map { (pointer: "/\($0.field == "personal" ? "isPersonal" : $0.field)", reason: $0.reason) },
        call.language
      )
    }
    return try await told(call, status: 201) { try await media.ask(draft, department: department, in: scope) }
  }

  @Sendable private func decide(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let isApproved = call.json["approved"]?.bool ?? false
    let note = call.json["note"]?.text ?? ""
    guard isApproved || !note.isEmpty else {
      let reason = Localized(ja: "認めない理由を入力してください。", en: "Say why it is refused.")
      throw WebError.invalid([(pointer: "/note", reason: reason)], call.language)
    }
    return try await told(call) {
      let decided = try await media.decide(call["id"], isApproved: isApproved, note: note, in: scope)
      // It is decided whether or not the inbox takes the message.
      try? await needs.decided(scope.facility, decided)
      return decided
    }
  }

  private func told(
    _ call: APICall,
    status: Int = 200,
    _ body: () async throws -> MediaRequest
  ) async throws -> WebResponse {
    do {
      let asked = try await body()
      return call.answer(
        asked,
        as: MediaRequest.shape,
        status: status,
        location: status == 201 ? "/media-requests/\(asked.id)" : nil
      )
    } catch let refusal as MediaStore.Refusal {
      throw WebError.conflict(
        refusal.message,
        remedy: Localized(ja: "いまの申請を読み直してください。", en: "Read the request as it is now.")
      )
    }
  }
}
