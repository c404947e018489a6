import Nouns
import Records
import Text
import Time
import Web

/// Vendors' requests for work, for programs: the hospital's under `/work-requests`, a vendor's own under
/// `/own-work-requests`. What both do is done by one handler.
struct WorkAPI: Sendable {
  let works: WorkStore
  let accounts: VendorAccounts
  let suppliers: Suppliers

  static let group = EndpointGroup("work-requests", Localized(ja: "保守の作業申請", en: "Work by vendors"))
  static let ownGroup = EndpointGroup("own-work-requests", Localized(ja: "事業者自身の作業申請", en: "A vendor's own work"))

  var routes: [Route] { reading + asking + deciding + doing + own }

  // MARK: What is described

  private static let id = EndpointParameter.path("id", .id, Localized(ja: "申請の番号", en: "The request's id"))
  private static let one = EndpointAnswer.one(
    WorkRequest.shape,
    Localized(ja: "申請", en: "The request"),
    headers: ["ETag"]
  )
  private static let about = Localized(ja: "申請", en: "The request")
  private static let page = EndpointAnswer.page(WorkRequest.shape, Localized(ja: "申請", en: "The requests"))

  /// What is asked for; `extra` are the members of one side only.
  private static func body(_ extra: [Schema.Member]) -> EndpointBody {
    let (line, text) = (WorkDraft.longestLine, WorkDraft.longestText)
    return .json(
      .object(
        extra + [
          .always(
            "device",
            .text(upTo: line, from: 1),
            Localized(ja: "機器の番号か名前", en: "Id, number or name of the device")
          ),
          .always("kind", .choice(WorkDraft.Kind.allCases.map(\.rawValue))),
          .always("what", .text(upTo: text, from: 1)),
          .always("workOn", .day), .always("from", .text(upTo: 20, from: 1), Localized(ja: "13:30", en: "As 13:30")),
          .always("until", .text(upTo: 20, from: 1), Localized(ja: "翌日なら時刻だけ", en: "Past midnight the time alone")),
          .always("stops", .boolean), .maybe("stopNote", .text(upTo: text)),
          .always("way", .choice(WorkDraft.Way.allCases.map(\.rawValue))),
          .always("workers", .text(upTo: text, from: 1)), .always("origin", .text(upTo: line, from: 1)),
          .maybe("subcontractor", .text(upTo: line)), .maybe("equipment", .text(upTo: text)),
          .maybe("phone", .text(upTo: line)),
        ]
      )
    )
  }

  private static func step(
    _ id: String,
    _ group: EndpointGroup,
    _ ja: String,
    _ en: String,
    _ body: EndpointBody = .none
  )
    -> Endpoint
  {
    Endpoint(
      id,
      group,
      Localized(ja: ja, en: en),
      parameters: [Self.id],
      body: body,
      answers: [Self.one],
      problems: [409, 422]
    )
  }

  private static func making(
    _ id: String,
    _ group: EndpointGroup,
    _ ja: String,
    _ en: String,
    _ body: EndpointBody
  )
    -> Endpoint
  {
    Endpoint(
      id,
      group,
      Localized(ja: ja, en: en),
      body: body,
      answers: [
        .one(WorkRequest.shape, Localized(ja: "申請", en: "The request"), status: 201, headers: ["Location", "ETag"])
      ],
      problems: [409],
      takesKey: true
    )
  }

  private static func mending(_ id: String, _ group: EndpointGroup) -> Endpoint {
    Endpoint(
      id,
      group,
      Localized(ja: "待っている申請、差し戻された申請を直す", en: "Say a request otherwise that waits or was sent back"),
      parameters: [Self.id, .ifMatch],
      body: body([.maybe("version", .count)]),
      answers: [Self.one],
      problems: [409, 412, 428]
    )
  }

  // MARK: The hospital

  private var reading: [Route] {
    [
      .api(
        .get,
        "/work-requests",
        ReadLedger.self,
        Endpoint(
          "listWorkRequests",
          Self.group,
          Localized(ja: "作業申請（終わっていないものから）", en: "What is open first, the soonest first"),
          parameters: [.limit, .cursor],
          answers: [Self.page]
        )
      ) { call, scope in
        page(try await works.part(after: try WorkPlace(call), limit: call.limit, in: scope), call)
      },
      .api(
        .get,
        "/work-requests/:id",
        ReadLedger.self,
        Endpoint(
          "getWorkRequest",
          Self.group,
          Localized(ja: "1つの申請", en: "One request"),
          parameters: [Self.id],
          answers: [Self.one]
        )
      ) { call, scope in
        answer(try await KeptError.told(call) { try await works.find(call["id"], in: scope) }, call)
      },
      .api(
        .get,
        "/work-requests/:id/conflicts",
        ReadLedger.self,
        Endpoint(
          "listWorkConflicts",
          Self.group,
          Localized(ja: "同じ日のほかの作業", en: "Other work on the same days"),
          parameters: [Self.id, .limit, .cursor],
          answers: [.page(WorkConflict.shape, Localized(ja: "作業", en: "The work"))]
        )
      ) { call, scope in
        let asked = try await KeptError.told(call) { try await works.find(call["id"], in: scope) }
        return try call.page(of: try await works.conflicts(with: asked, scope.facility), as: WorkConflict.shape)
      },
    ]
  }

  private var asking: [Route] {
    let extra: [Schema.Member] = [
      .always("vendor", .id),
      .always("source", .choice([WorkRequest.Source.paper, .telephone].map(\.rawValue))),
    ]
    return [
      .api(
        .post,
        "/work-requests",
        EditLedger.self,
        Self.making(
          "enterWorkRequest",
          Self.group,
          "書面や電話で受けた申請を入力する",
          "Enter what a vendor asked for",
          Self.body(extra)
        )
      ) { call, scope in
        let id = call.json["vendor"]?.text ?? ""
        guard let name = try await suppliers.name(of: id, in: scope.facility) else {
          let reason = Localized(ja: "この事業者は登録されていません。", en: "There is no such vendor.")
          throw WebError.invalid([(pointer: "/vendor", reason: reason)], call.language)
        }
        let source = call.json["source"]?.text.flatMap(WorkRequest.Source.init(rawValue:)) ?? .paper
        return try await ask(call, (id, name), source, .hospital(scope))
      },
      .api(.put, "/work-requests/:id", EditLedger.self, Self.mending("changeWorkRequest", Self.group)) { call, scope in
        try await mend(call, .hospital(scope))
      },
    ]
  }

  private var deciding: [Route] {
    let note = Schema.text(upTo: WorkDraft.longestText)
    return [
      .api(
        .post,
        "/work-requests/:id/decide",
        EditLedger.self,
        Self.step(
          "decideWorkRequest",
          Self.group,
          "承認するか、理由を付けて差し戻す",
          "Approve, or send back with the reason",
          .json(.object([.always("approved", .boolean), .maybe("note", note), .maybe("door", note)]))
        )
      ) { call, scope in
        try await step(call, .hospital(scope)) {
          try await works.decide(
            $0,
            isApproved: call.json["approved"]?.bool ?? false,
            note: call.json["note"]?.text ?? "",
            door: call.json["door"]?.text ?? "",
            in: scope
          )
        }
      },
      .api(
        .post,
        "/work-requests/:id/confirm",
        EditLedger.self,
        Self.step(
          "confirmWorkReport",
          Self.group,
          "報告を確かめたと記録するか、書き直してもらう",
          "Confirm the report, or ask for a better one",
          .json(
            .object([
              .always("confirmed", .boolean), .maybe("confirmNote", note),
              .maybe(
                "deviceVersion",
                .optional(.count),
                Localized(
                  ja: "device-version で見た版。指定すると、報告のOS・ファームウェアを台帳に書きます",
                  en: "As device-version told it; with it the register is changed to what the report says"
                )
              ),
            ])
          )
        )
      ) { call, scope in
        try await step(call, .hospital(scope)) {
          let (note, device) = (call.json["confirmNote"]?.text ?? "", call.json["deviceVersion"]?.integer)
          guard call.json["confirmed"]?.bool ?? false else {
            return try await works.confirm($0, isEnough: false, note: note, in: scope)
          }
          let confirmation = WorkConfirmation(works: works, records: suppliers.records)
          return try await confirmation.confirm($0, note: note, device: device, in: scope).work
        }
      },
    ]
  }

  private var doing: [Route] {
    [
      .api(
        .post,
        "/work-requests/:id/withdraw",
        EditLedger.self,
        Self.step("withdrawWorkRequest", Self.group, "申請を取り下げる", "Withdraw a request")
      ) { call, scope in try await withdraw(call, .hospital(scope)) },
      .api(
        .post,
        "/work-requests/:id/begin",
        EditLedger.self,
        Self.step("beginWork", Self.group, "いま作業が始まった", "Work begins now")
      ) { call, scope in try await begin(call, .hospital(scope)) },
      .api(
        .post,
        "/work-requests/:id/end",
        EditLedger.self,
        Self.step("endWork", Self.group, "いま作業が終わった", "Work ends now")
      ) { call, scope in try await end(call, .hospital(scope)) },
      .api(
        .post,
        "/work-requests/:id/report",
        EditLedger.self,
        Self.step("reportWork", Self.group, "作業の報告を書く", "Say what was done", Self.report)
      ) { call, scope in try await report(call, .hospital(scope)) },
    ]
  }

  // MARK: The vendor

  private var own: [Route] { ownReading + ownDoing }

  private var ownReading: [Route] {
    [
      .api(
        .get,
        "/own-work-requests",
        RequestWork.self,
        Endpoint(
          "listOwnWorkRequests",
          Self.ownGroup,
          Localized(ja: "自社の申請", en: "One's own requests"),
          parameters: [.limit, .cursor],
          answers: [Self.page]
        )
      ) { call, scope in
        let place = try WorkPlace(call)
        guard let vendor = try await WorkRoutes.vendor(scope, accounts, suppliers) else {
          return page(WorkPart(requests: [], end: nil, total: 0), call)
        }
        return page(try await works.part(of: vendor.id, after: place, limit: call.limit, scope.facility), call)
      },
      .api(
        .get,
        "/own-devices",
        RequestWork.self,
        Endpoint(
          "listOwnDevices",
          Self.ownGroup,
          Localized(ja: "保守している機器", en: "The devices one maintains"),
          parameters: [.limit, .cursor],
          answers: [.page(WorkDevice.shape, Localized(ja: "機器", en: "The devices"))]
        )
      ) { call, scope in
        let end = try Self.deviceEnd(call)
        var found: (devices: [WorkDevice], end: PagingEnd?, total: Int) = ([], nil, 0)
        if let vendor = try await WorkRoutes.vendor(scope, accounts, suppliers) {
          found = try await suppliers.part(of: vendor.id, after: end, limit: call.limit, in: scope.facility)
        }
        let next = found.end.map { Cursor([Self.deviceMark, $0.value, $0.id]) }
        return call.page(found.devices, next: next, total: found.total) {
          WorkDevice.shape.write($0, call.language, to: &$1)
        }
      },
      .api(
        .get,
        "/own-work-requests/:id",
        RequestWork.self,
        Endpoint(
          "getOwnWorkRequest",
          Self.ownGroup,
          Localized(ja: "自社の1つの申請", en: "One of one's own requests"),
          parameters: [Self.id],
          answers: [Self.one]
        )
      ) { call, scope in
        let party = try await party(scope)
        return answer(try await KeptError.told(call) { try await works.find(call["id"], for: party) }, call)
      },
      .api(
        .post,
        "/own-work-requests",
        RequestWork.self,
        Self.making("askForWork", Self.ownGroup, "作業を申請する", "Ask to work on a device", Self.body([]))
      ) { call, scope in
        guard let vendor = try await WorkRoutes.vendor(scope, accounts, suppliers) else { throw WebError.notFound() }
        return try await ask(call, vendor, .account, .vendor(vendor.id, scope))
      },
    ]
  }

  private var ownDoing: [Route] {
    [
      .api(.put, "/own-work-requests/:id", RequestWork.self, Self.mending("changeOwnWorkRequest", Self.ownGroup)) {
        try await mend($0, try await party($1))
      },
      .api(
        .post,
        "/own-work-requests/:id/withdraw",
        RequestWork.self,
        Self.step("withdrawOwnWorkRequest", Self.ownGroup, "申請を取り下げる", "Withdraw a request")
      ) { try await withdraw($0, try await party($1)) },
      .api(
        .post,
        "/own-work-requests/:id/begin",
        RequestWork.self,
        Self.step("beginOwnWork", Self.ownGroup, "いま作業を始める", "Work begins now")
      ) { try await begin($0, try await party($1)) },
      .api(
        .post,
        "/own-work-requests/:id/end",
        RequestWork.self,
        Self.step("endOwnWork", Self.ownGroup, "いま作業を終える", "Work ends now")
      ) { try await end($0, try await party($1)) },
      .api(
        .post,
        "/own-work-requests/:id/report",
        RequestWork.self,
        Self.step("reportOwnWork", Self.ownGroup, "作業を報告する", "Say what was done", Self.report)
      ) { try await report($0, try await party($1)) },
    ]
  }

  private static let deviceMark = "device"

  private static func deviceEnd(_ call: APICall) throws(WebError) -> PagingEnd? {
    guard let parts = try call.cursor()?.parts else { return nil }
    guard parts.count == 3, parts[0] == deviceMark else { throw .brokenCursor }
    return PagingEnd(value: parts[1], id: parts[2])
  }

  private func page(_ part: WorkPart, _ call: APICall) -> WebResponse {
    call.page(part.requests, next: part.end?.cursor, total: part.total) {
      WorkRequest.shape.write($0, call.language, to: &$1)
    }
  }

  private func party(_ scope: Scope<RequestWork>) async throws -> WorkParty {
    guard let vendor = try await WorkRoutes.vendor(scope, accounts, suppliers) else { throw WebError.notFound() }
    return .vendor(vendor.id, scope)
  }

  // MARK: What both do

  private func answer(_ asked: WorkRequest, _ call: APICall, status: Int = 200, location: String? = nil) -> WebResponse
  {
    call.answer(asked, as: WorkRequest.shape, status: status, version: asked.row.version, location: location)
  }

  private func typed(_ call: APICall) -> [String: String] {
    let json = call.json
    var typed: [String: String] = [:]
    for field in ["kind", "what", "from", "until", "way", "workers", "origin", "subcontractor", "equipment", "phone"] {
      typed[field] = json[field]?.text
    }
    typed["work_on"] = json["workOn"]?.text
    typed["stop_note"] = json["stopNote"]?.text
    typed["stops"] = json["stops"]?.bool.map { $0 ? "yes" : "no" }
    return typed
  }

  private func device(_ call: APICall, of vendor: String, _ party: WorkParty) async throws -> WorkDevice {
    var others: Scope<ReadLedger>?
    if case .hospital(let scope) = party { others = scope.reading }
    let chosen = call.json["device"]?.text ?? ""
    switch try await suppliers.device(chosen, of: vendor, in: party.facility, others: others) {
    case .success(let device): return device
    case .failure(let unclear):
      throw WebError.invalid([(pointer: "/device", reason: unclear.text)], call.language)
    }
  }

  private func ask(
    _ call: APICall,
    _ vendor: (id: String, name: String),
    _ source: WorkRequest.Source,
    _ party: WorkParty
  ) async throws -> WebResponse {
    let device = try await device(call, of: vendor.id, party)
    return try await KeptError.told(call) {
      let draft = try WorkDraft(typed(call), today: call.now.day)
      let id = try await works.ask(draft, on: device, of: vendor, source: source, by: party).id
      let place = party.isVendor ? "/own-work-requests/\(id)" : "/work-requests/\(id)"
      return answer(try await works.find(id, for: party), call, status: 201, location: place)
    }
  }

  private func mend(_ call: APICall, _ party: WorkParty) async throws -> WebResponse {
    let version = try call.version()
    let asked = try await KeptError.told(call) { try await works.find(call["id"], for: party) }
    let device = try await device(call, of: asked.vendor, party)
    return try await KeptError.told(call, byHeader: version.isHeader) {
      let draft = try WorkDraft(typed(call), today: call.now.day)
      _ = try await works.mend(asked.id, version: version.number, draft, on: device, by: party)
      return answer(try await works.find(asked.id, for: party), call)
    }
  }

  private func step(
    _ call: APICall,
    _ party: WorkParty,
    _ body: (String) async throws -> String?
  ) async throws -> WebResponse {
    try await KeptError.told(call) {
      _ = try await body(call["id"])
      return answer(try await works.find(call["id"], for: party), call)
    }
  }

  private func withdraw(_ call: APICall, _ party: WorkParty) async throws -> WebResponse {
    try await step(call, party) { try await works.withdraw($0, by: party) }
  }

  private func begin(_ call: APICall, _ party: WorkParty) async throws -> WebResponse {
    try await step(call, party) { try await works.begin($0, by: party) }
  }

  private func end(_ call: APICall, _ party: WorkParty) async throws -> WebResponse {
    try await step(call, party) { try await works.end($0, by: party) }
  }

  private func report(_ call: APICall, _ party: WorkParty) async throws -> WebResponse {
    let json = call.json
    let typed = [
      "outcome": json["outcome"]?.text, "report": json["report"]?.text, "report_workers": json["reportWorkers"]?.text,
      "report_equipment": json["reportEquipment"]?.text, "remains": json["remains"]?.text,
      "report_os": json["osAfter"]?.text,
    ].compactMapValues { $0 }
    return try await step(call, party) { try await works.report($0, try WorkReport(typed), by: party) }
  }
}
