import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/works`: the hospital enters, decides and confirms; `/own-works`: a vendor asks, works and reports. What both do is
/// done by one handler, which is told who acts.
struct WorkRoutes: Sendable {
  let works: WorkStore
  let accounts: VendorAccounts
  let suppliers: Suppliers

  var routes: [Route] { hospital + vendor }

  private var hospital: [Route] {
    let one = OrganizationPath.works + "/:id"
    return [
      .get(OrganizationPath.works, ReadLedger.self, list),
      .get(OrganizationPath.works + "/new", EditLedger.self) { try await enter($0, $1) },
      .post(OrganizationPath.works, EditLedger.self) { try await ask($0, .hospital($1)) },
      .get(one, ReadLedger.self, show), .get(one + "/print", ReadLedger.self, printed),
      .get(one + "/edit", EditLedger.self) { try await edit($0, .hospital($1)) },
      .post(one, EditLedger.self) { try await mend($0, .hospital($1)) },
      .post(one + "/decide", EditLedger.self, decide),
      .post(one + "/withdraw", EditLedger.self) { try await withdraw($0, .hospital($1)) },
      .post(one + "/begin", EditLedger.self) { try await begin($0, .hospital($1)) },
      .post(one + "/end", EditLedger.self) { try await end($0, .hospital($1)) },
      .get(one + "/report", EditLedger.self) { try await reportForm($0, .hospital($1)) },
      .post(one + "/report", EditLedger.self) { try await report($0, .hospital($1)) }.accepting(bytes: Self.reportBody),
      .get(one + "/photos/:photo", ReadLedger.self) {
        try await works.picture($0["photo"], of: try await read($0, $1), $1.facility)
      },
      .post(one + "/confirm", EditLedger.self, confirm),
    ]
  }

  private var vendor: [Route] {
    let one = OrganizationPath.ownWorks + "/:id"
    return [
      .get(OrganizationPath.ownWorks, RequestWork.self, own),
      .get(OrganizationPath.ownWorks + "/new", RequestWork.self, begun),
      .post(OrganizationPath.ownWorks, RequestWork.self, askOwn),
      .get(one, RequestWork.self) { try await showOwn($0, $1) },
      .get(one + "/print", RequestWork.self) { request, scope in
        let party = try await party(scope)
        return try await sheet(.vendor, try await found(request, party), request, party.facility)
      }, .get(one + "/edit", RequestWork.self) { try await edit($0, try await party($1)) },
      .post(one, RequestWork.self) { try await mend($0, try await party($1)) },
      .post(one + "/withdraw", RequestWork.self) { try await withdraw($0, try await party($1)) },
      .post(one + "/begin", RequestWork.self) { try await begin($0, try await party($1)) },
      .post(one + "/end", RequestWork.self) { try await end($0, try await party($1)) },
      .get(one + "/report", RequestWork.self) { try await reportForm($0, try await party($1)) },
      .post(one + "/report", RequestWork.self) { try await report($0, try await party($1)) }
        .accepting(bytes: Self.reportBody),
      .get(one + "/photos/:photo", RequestWork.self) {
        let party = try await party($1)
        return try await works.picture($0["photo"], of: try await found($0, party), party.facility)
      },
    ]
  }

  /// A report with all its photographs.
  private static let reportBody = WorkPhoto.most * WorkPhoto.limit + (1 << 20)

  // MARK: Who acts

  /// The vendor whose account it is and what it is called; nil where nobody has said whose it is.
  static func vendor(
    _ scope: Scope<RequestWork>,
    _ accounts: VendorAccounts,
    _ suppliers: Suppliers
  ) async throws -> (id: String, name: String)? {
    guard let id = try await accounts.vendor(of: scope.actor.id, scope.facility),
      let name = try await suppliers.name(of: id, in: scope.facility)
    else { return nil }
    return (id, name)
  }

  /// Throws a page that is not there for an account that is nobody's: nothing is its own.
  private func party(_ scope: Scope<RequestWork>) async throws -> WorkParty {
    guard let vendor = try await Self.vendor(scope, accounts, suppliers) else { throw Self.missing }
    return .vendor(vendor.id, scope)
  }

  private static let missing = WebError.notFound(Localized(ja: "この作業申請", en: "This request for work"))

  private func found(_ request: WebRequest, _ party: WorkParty) async throws -> WorkRequest {
    do { return try await works.find(request["id"], for: party) } catch KeptError.notFound { throw Self.missing }
  }

  private static func side(_ party: WorkParty) -> WorkSide { party.isVendor ? .vendor : .hospital }

  // MARK: Reading

  @Sendable private func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    WorkListPage(side: .hospital, requests: try await works.list(in: scope), vendor: nil, request: request).response
  }

  @Sendable private func own(_ request: WebRequest, _ scope: Scope<RequestWork>) async throws -> WebResponse {
    let vendor = try await Self.vendor(scope, accounts, suppliers)
    var requests: [WorkRequest] = []
    if let vendor { requests = try await works.list(of: vendor.id, scope.facility) }
    return WorkListPage(side: .vendor, requests: requests, vendor: vendor?.name, request: request).response
  }

  private func read(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WorkRequest {
    do { return try await works.find(request["id"], in: scope) } catch KeptError.notFound { throw Self.missing }
  }

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let asked = try await read(request, scope)
    return WorkPage(
      side: .hospital,
      asked: asked,
      conflicts: asked.state == .waiting ? try await works.conflicts(with: asked, scope.facility) : [],
      photos: try await works.photos(of: asked, scope.facility),
      version: asked.state == .reported ? try await confirmation.version(of: asked, in: scope) : nil,
      departments: scope.departments,
      request: request
    ).response
  }

  private func showOwn(_ request: WebRequest, _ scope: Scope<RequestWork>) async throws -> WebResponse {
    let asked = try await found(request, try await party(scope))
    let photos = try await works.photos(of: asked, scope.facility)
    return WorkPage(side: .vendor, asked: asked, conflicts: [], photos: photos, request: request).response
  }

  @Sendable private func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await sheet(.hospital, try await read(request, scope), request, scope.facility)
  }

  private func sheet(
    _ side: WorkSide,
    _ asked: WorkRequest,
    _ request: WebRequest,
    _ facility: FacilityID
  ) async throws -> WebResponse {
    WorkSheet(side: side, asked: asked, photos: try await works.photos(of: asked, facility), request: request).response
  }

  private var confirmation: WorkConfirmation { WorkConfirmation(works: works, records: suppliers.records) }

  // MARK: Asking

  private func enter(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let id = request.query.text("vendor")
    guard !id.isEmpty, let name = try await suppliers.name(of: id, in: scope.facility) else {
      return WorkVendorPage(vendors: try await suppliers.all(in: scope), request: request).response
    }
    return try await form(for: (id, name), request, .hospital(scope))
  }

  @Sendable private func begun(_ request: WebRequest, _ scope: Scope<RequestWork>) async throws -> WebResponse {
    guard let vendor = try await Self.vendor(scope, accounts, suppliers) else {
      return WorkListPage(side: .vendor, requests: [], vendor: nil, request: request).response
    }
    return try await form(for: vendor, request, .vendor(vendor.id, scope))
  }

  /// A new request, with what was asked for last, or with that of `?again=`.
  private func form(
    for vendor: (id: String, name: String),
    _ request: WebRequest,
    _ party: WorkParty
  ) async throws -> WebResponse {
    var model: WorkRequest?
    if let again = request.query["again"] { model = try? await works.find(again, for: party) }  // else the last one
    if model == nil { model = try await works.last(of: vendor.id, party.facility) }
    var typed: [String: String] = [:]
    if let model, model.vendor == vendor.id {
      typed = model.draft.typed(request.dates, withDay: false)
      typed["device"] = model.device.id
    }
    return try await page(nil, vendor, typed, nil, isCopy: !typed.isEmpty, request, party)
  }

  private func page(
    _ asked: WorkRequest?,
    _ vendor: (id: String, name: String),
    _ typed: [String: String],
    _ error: KeptError?,
    isCopy: Bool = false,
    _ request: WebRequest,
    _ party: WorkParty
  ) async throws -> WebResponse {
    let devices = try await suppliers.devices(of: vendor.id, in: party.facility)
    return WorkFormPage(
      side: Self.side(party),
      asked: asked,
      vendor: vendor,
      devices: devices.records.map(Suppliers.device),
      deviceCount: devices.total,
      typed: typed,
      errors: error?.fieldErrors(request.language) ?? [],
      isCopy: isCopy,
      request: request
    ).response
  }

  private static func typed(_ form: WebForm, _ fields: [String]) -> [String: String] {
    var typed: [String: String] = [:]
    for field in fields { typed[field] = form.text(field) }
    return typed
  }

  private static let formFields = WorkDraft.fields + ["device", "other", "source"]

  @Sendable private func askOwn(_ request: WebRequest, _ scope: Scope<RequestWork>) async throws -> WebResponse {
    guard let vendor = try await Self.vendor(scope, accounts, suppliers) else {
      return .redirect(
        to: OrganizationPath.ownWorks,
        flash: Flash(
          .problem,
          Localized(
            ja: "このアカウントがどの会社のものか、まだ登録されていません。",
            en: "The hospital has not said which company this account belongs to."
          )
        )
      )
    }
    return try await ask(request, .vendor(vendor.id, scope))
  }

  private func ask(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    let form = try request.form()
    let id: String
    if case .vendor(let own, _) = party { id = own } else { id = form.text("vendor") }
    guard let name = try await suppliers.name(of: id, in: party.facility) else {
      let choose = Localized(ja: "事業者を選んでください。", en: "Choose the vendor.")
      return .redirect(to: WorkSide.hospital.new, flash: Flash(.problem, choose))
    }
    let typed = Self.typed(form, Self.formFields)
    do {
      let source = try source(typed["source"] ?? "", party)
      let (draft, device) = try await read(typed, of: id, request.now.day, party)
      let made = try await works.ask(draft, on: device, of: (id, name), source: source, by: party)
      let side = Self.side(party)
      return .redirect(
        to: side.one(made.id),
        flash: .done(
          Localized(ja: "作業申請を受け付けました。承認されるまで作業はできません。", en: "The request is in. Work waits for its approval."),
          action: side == .hospital ? made.set.map(ChangeRoutes.undoAction) : nil
        )
      )
    } catch let error as KeptError {
      return try await page(nil, (id, name), typed, error, request, party)
    }
  }

  private func source(_ typed: String, _ party: WorkParty) throws(KeptError) -> WorkRequest.Source {
    if party.isVendor { return .account }
    guard let source = WorkRequest.Source(rawValue: typed), source != .account else {
      throw .wrong([.init("source", ja: "申請の受け方を選んでください。", en: "Say how the request came in.")])
    }
    return source
  }

  /// What was typed, with the device; every trouble at once.
  private func read(
    _ typed: [String: String],
    of vendor: String,
    _ today: LocalDate,
    _ party: WorkParty
  ) async throws -> (WorkDraft, WorkDevice) {
    var troubles: [KeptError.FieldTrouble] = []
    var draft: WorkDraft?
    do throws(KeptError) { draft = try WorkDraft(typed, today: today) } catch {
      if case .wrong(let wrong) = error { troubles = wrong }
    }
    let other = typed["other"] ?? ""
    let field = other.isEmpty ? "device" : "other"
    let chosen = other.isEmpty ? typed["device"] ?? "" : other
    var device: WorkDevice?
    if chosen.isEmpty {
      troubles.insert(.init("device", ja: "対象の機器を選んでください。", en: "Choose the device."), at: 0)
    } else {
      var others: Scope<ReadLedger>?
      if case .hospital(let scope) = party { others = scope.reading }
      switch try await suppliers.device(chosen, of: vendor, in: party.facility, others: others) {
      case .success(let one): device = one
      case .failure(let unclear):
        troubles.insert(.init(field, ja: unclear.text.ja, en: unclear.text.en), at: 0)
      }
    }
    guard troubles.isEmpty, let draft, let device else { throw KeptError.wrong(troubles) }
    return (draft, device)
  }

  private func edit(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    let asked = try await found(request, party)
    var typed = asked.draft.typed(request.dates, withDay: true)
    typed["device"] = asked.device.id
    let devices = try await suppliers.devices(of: asked.vendor, in: party.facility)
    if !devices.records.contains(where: { $0.id == asked.device.id }) {
      typed["other"] = asked.device.number.isEmpty ? asked.device.name : asked.device.number
    }
    return try await page(asked, (asked.vendor, asked.vendorName), typed, nil, request, party)
  }

  private func mend(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    let asked = try await found(request, party)
    let form = try request.form()
    let typed = Self.typed(form, Self.formFields)
    do {
      let (draft, device) = try await read(typed, of: asked.vendor, request.now.day, party)
      let set = try await works.mend(asked.id, version: Int(form.text("version")), draft, on: device, by: party)
      return done(asked, party, Localized(ja: "申請を直しました。病院の承認を待ちます。", en: "Changed. It waits for approval."), set)
    } catch let error as KeptError {
      return try await page(asked, (asked.vendor, asked.vendorName), typed, error, request, party)
    }
  }

  // MARK: Steps

  private func done(_ asked: WorkRequest, _ party: WorkParty, _ words: Localized, _ set: String?) -> WebResponse {
    // A vendor takes nothing back by itself: what it did is on record.
    .redirect(
      to: Self.side(party).one(asked.id),
      flash: .done(words, action: party.isVendor ? nil : set.map(ChangeRoutes.undoAction))
    )
  }

  private func step(
    _ request: WebRequest,
    _ party: WorkParty,
    _ words: Localized,
    _ body: (String) async throws -> String?
  ) async throws -> WebResponse {
    let asked = try await found(request, party)
    do {
      return done(asked, party, words, try await body(asked.id))
    } catch let error as KeptError {
      return .redirect(to: Self.side(party).one(asked.id), flash: Flash(.problem, error.message))
    }
  }

  private func withdraw(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    try await step(request, party, Localized(ja: "申請を取り下げました。", en: "Withdrawn.")) {
      try await works.withdraw($0, by: party)
    }
  }

  private func begin(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    let words = Localized(ja: "作業の開始を記録しました。終わったら「終了」を押してください。", en: "Work has begun. Press “End” when it is over.")
    return try await step(request, party, words) { try await works.begin($0, by: party) }
  }

  private func end(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    let words = Localized(ja: "作業の終了を記録しました。続けて報告を書いてください。", en: "Work has ended. Please report it.")
    return try await step(request, party, words) { try await works.end($0, by: party) }
  }

  @Sendable private func decide(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    let decision = form.text("decision")
    let words =
      decision == "approve"
      ? Localized(ja: "作業を承認しました。事業者のホームに予定が出ます。", en: "Approved. It stands on the vendor's home.")
      : Localized(ja: "作業申請を差し戻しました。", en: "Sent back.")
    return try await step(request, .hospital(scope), words) { id in
      guard decision == "approve" || decision == "sendBack" else { throw Self.choose }
      return try await works.decide(
        id,
        isApproved: decision == "approve",
        note: form.text("note"),
        door: form.text("door"),
        in: scope
      )
    }
  }

  private static let choose = KeptError.wrong([
    .init("", ja: "どちらかのボタンを押してください。", en: "Press one of the two buttons.")
  ])

  @Sendable private func confirm(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    let decision = form.text("decision")
    let note = form.text("confirm_note")
    let device = form.fields.all("ledger").contains("yes") ? Int(form.text("seen")) : nil
    let words =
      decision != "confirm"
      ? Localized(ja: "報告を差し戻しました。", en: "The report is sent back.")
      : device == nil
        ? Localized(ja: "報告を確かめたと記録しました。", en: "The report is confirmed.")
        : Localized(
          ja: "報告を確かめたと記録し、台帳のOS・ファームウェアを書き換えました。",
          en: "The report is confirmed, and the register says what the device runs on now."
        )
    return try await step(request, .hospital(scope), words) { id in
      switch decision {
      case "confirm": try await confirmation.confirm(id, note: note, device: device, in: scope).work
      case "return": try await works.confirm(id, isEnough: false, note: note, in: scope)
      default: throw Self.choose
      }
    }
  }

  private func reportForm(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    let asked = try await found(request, party)
    do throws(KeptError) { try WorkStep.report.check(asked, at: request.now) } catch {
      return .redirect(to: Self.side(party).one(asked.id), flash: Flash(.problem, error.message))
    }
    return WorkReportPage(side: Self.side(party), asked: asked, typed: [:], errors: [], request: request).response
  }

  private func report(_ request: WebRequest, _ party: WorkParty) async throws -> WebResponse {
    let asked = try await found(request, party)
    let form = try request.form()
    let typed = Self.typed(form, WorkReport.fields)
    do {
      let photos = try WorkPhoto.Upload.all(form.files("photo").map { ($0.bytes, $0.name) })
      let set = try await works.report(asked.id, try WorkReport(typed), photos: photos, by: party)
      return done(asked, party, Localized(ja: "作業の報告を受け付けました。", en: "The report is in."), set)
    } catch let error as KeptError {
      return WorkReportPage(
        side: Self.side(party),
        asked: asked,
        typed: typed,
        errors: error.fieldErrors(request.language),
        request: request
      ).response
    }
  }
}
