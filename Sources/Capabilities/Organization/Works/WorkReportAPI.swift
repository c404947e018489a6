import Nouns
import Records
import Text
import Time
import Web

/// What belongs to a report for programs: its photographs, and the version it names beside the ledger's.
struct WorkReportAPI: Sendable {
  let works: WorkStore
  let accounts: VendorAccounts
  let suppliers: Suppliers

  private static let id = EndpointParameter.path("id", .id, Localized(ja: "申請の番号", en: "The request's id"))
  private static let photo = EndpointParameter.path("photo", .id, Localized(ja: "写真の番号", en: "The photograph's id"))
  private static let types = ["image/jpeg", "image/png", "image/webp"]
  private static let photos = EndpointAnswer.page(WorkPhoto.shape, Localized(ja: "写真", en: "The photographs"))

  private static func listing(_ id: String, _ group: EndpointGroup) -> Endpoint {
    Endpoint(
      id,
      group,
      Localized(ja: "作業報告の写真", en: "The photographs of a report"),
      parameters: [Self.id, .limit, .cursor],
      answers: [photos]
    )
  }

  private static func adding(_ id: String, _ group: EndpointGroup) -> Endpoint {
    Endpoint(
      id,
      group,
      Localized(ja: "作業報告に写真を付ける", en: "Add a photograph to a report"),
      detail: Localized(
        ja: "報告できるときに付けられます。JPEG、PNG、WebPで1枚8MB、1つの作業に\(WorkPhoto.most)枚までです。同じ写真は1枚に数えます。",
        en:
          "While the work can be reported. JPEG, PNG or WebP up to 8 MB each, \(WorkPhoto.most) a piece of work; the same one twice is one."
      ),
      parameters: [
        Self.id,
        .query("name", .text(upTo: 200, from: 1), Localized(ja: "ファイル名", en: "The file's name"), isRequired: true),
      ],
      body: .file(["application/octet-stream"] + types),
      answers: [photos],
      problems: [409]
    )
  }

  private static func reading(_ id: String, _ group: EndpointGroup) -> Endpoint {
    Endpoint(
      id,
      group,
      Localized(ja: "写真そのもの", en: "The photograph itself"),
      parameters: [Self.id, photo],
      answers: [.file(types, Localized(ja: "写真", en: "The photograph"))],
      problems: [410]
    )
  }

  var routes: [Route] { hospital + own }

  private var hospital: [Route] {
    let group = WorkAPI.group
    return [
      .api(.get, "/work-requests/:id/photos", ReadLedger.self, Self.listing("listWorkPhotos", group)) { call, scope in
        try await list(call, try await find(call, scope), scope.facility)
      },
      .api(.post, "/work-requests/:id/photos", EditLedger.self, Self.adding("addWorkPhoto", group)) { call, scope in
        try await add(call, .hospital(scope))
      },
      .api(.get, "/work-requests/:id/photos/:photo", ReadLedger.self, Self.reading("getWorkPhoto", group)) {
        try await works.picture($0["photo"], of: try await find($0, $1), $1.facility)
      },
      .api(
        .get,
        "/work-requests/:id/device-version",
        ReadLedger.self,
        Endpoint(
          "getWorkDeviceVersion",
          group,
          Localized(
            ja: "報告にある作業後のOS・ファームウェアと、いまの台帳の値（違わなければnull）",
            en: "What the report says the device runs on now, and what the ledger says; null where they do not differ"
          ),
          parameters: [Self.id],
          answers: [.one(WorkVersion.shape, Localized(ja: "前と後", en: "Before and after"))]
        )
      ) { call, scope in
        let confirmation = WorkConfirmation(works: works, records: suppliers.records)
        return call.answer(
          try await confirmation.version(of: try await find(call, scope), in: scope),
          as: WorkVersion.shape
        )
      },
    ]
  }

  private var own: [Route] {
    let group = WorkAPI.ownGroup
    return [
      .api(.get, "/own-work-requests/:id/photos", RequestWork.self, Self.listing("listOwnWorkPhotos", group)) {
        let party = try await party($1)
        return try await list($0, try await find($0, party), party.facility)
      },
      .api(.post, "/own-work-requests/:id/photos", RequestWork.self, Self.adding("addOwnWorkPhoto", group)) {
        try await add($0, try await party($1))
      },
      .api(.get, "/own-work-requests/:id/photos/:photo", RequestWork.self, Self.reading("getOwnWorkPhoto", group)) {
        let party = try await party($1)
        return try await works.picture($0["photo"], of: try await find($0, party), party.facility)
      },
    ]
  }

  private func party(_ scope: Scope<RequestWork>) async throws -> WorkParty {
    guard let vendor = try await WorkRoutes.vendor(scope, accounts, suppliers) else { throw WebError.notFound() }
    return .vendor(vendor.id, scope)
  }

  private func find(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WorkRequest {
    try await KeptError.told(call) { try await works.find(call["id"], in: scope) }
  }

  private func find(_ call: APICall, _ party: WorkParty) async throws -> WorkRequest {
    try await KeptError.told(call) { try await works.find(call["id"], for: party) }
  }

  private func list(_ call: APICall, _ work: WorkRequest, _ facility: FacilityID) async throws -> WebResponse {
    try call.page(of: try await works.photos(of: work, facility), as: WorkPhoto.shape)
  }

  private func add(_ call: APICall, _ party: WorkParty) async throws -> WebResponse {
    let work = try await find(call, party)
    do throws(KeptError) { try WorkStep.report.check(work, at: call.now) } catch {
      throw WebError.conflict(
        error.message,
        remedy: Localized(ja: "作業の状態を確かめてください。", en: "See where the work stands.")
      )
    }
    try await KeptError.told(call) {
      let upload = try WorkPhoto.Upload(call.request.body, name: call.query("name") ?? "")
      _ = try await works.photograph(work.id, [upload], by: party)
    }
    return try await list(call, work, party.facility)
  }
}

extension WorkAPI {
  /// What a report says.
  static let report = EndpointBody.json(
    .object([
      .always("outcome", .choice(WorkRequest.Outcome.allCases.map(\.rawValue))),
      .always("report", .text(upTo: WorkDraft.longestText, from: 1)),
      .maybe("reportWorkers", .text(upTo: WorkDraft.longestText)),
      .maybe("reportEquipment", .text(upTo: WorkDraft.longestText)),
      .maybe("remains", .text(upTo: WorkDraft.longestText)), .maybe("osAfter", .text(upTo: WorkDraft.longestLine)),
    ])
  )
}
