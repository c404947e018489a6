import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/media`: anybody with an account asks to take data out and sees what became of it; `/media/requests`: those who answer
/// for a department or the house decide, and note that it is back.
struct MediaRoutes: Sendable {
  let media: MediaStore
  let records: RecordStore
  let needs: OrganizationNeeds

  static let new = OrganizationPath.media + "/new"

  var routes: [Route] {
    [
      .get(OrganizationPath.media, SignedIn.self, own),
      .get(Self.new, SignedIn.self, form), .post(Self.new, SignedIn.self, ask),
      .post(OrganizationPath.media + "/own/:id/withdraw", SignedIn.self, withdraw),
      .get(OrganizationPath.mediaRequests, ReadLedger.self, list),
      .get(OrganizationPath.mediaRequests + "/:id", ReadLedger.self, show),
      .post(OrganizationPath.mediaRequests + "/:id/decide", EditLedger.self, decide),
      .post(OrganizationPath.mediaRequests + "/:id/returned", EditLedger.self, giveBack),
    ]
  }

  /// The names of departments, for everybody who asks: read in the program's name.
  static func departments<P: Permit>(
    _ records: RecordStore,
    _ scope: Scope<P>
  ) async throws -> [(id: String, title: String)] {
    let own = Scope<ReadLedger>.operatorOf(scope.facility, as: scope.actor, request: scope.request)
    return try await records.choices(.department, limit: 300, in: own)
  }

  // MARK: Whoever asks

  @Sendable func own(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    OwnMediaPage(requests: try await media.own(in: scope), request: request).response
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let department = request.session?.grants.compactMap(\.department).first
    let today = request.dates.typed(request.now.day)
    return MediaFormPage(
      typed: ["department": department ?? "", "from": today],
      errors: [:],
      departments: try await Self.departments(records, scope),
      request: request
    ).response
  }

  @Sendable func ask(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let form = try request.form()
    var typed: [String: String] = [:]
    for field in MediaFormPage.fields { typed[field] = form.text(field) }
    let departments = try await Self.departments(records, scope)
    var errors: [String: Localized] = [:]
    let department = typed["department"].flatMap { $0.isEmpty ? nil : $0 }
    if let department, !departments.contains(where: { $0.id == department }) {
      errors["department"] = Localized(ja: "部署を選び直してください。", en: "Choose the department again.")
    }
    do {
      let draft = try MediaDraft(typed, today: request.now.day)
      if errors.isEmpty {
        _ = try await media.ask(draft, department: department, in: scope)
        return .redirect(
          to: OrganizationPath.media,
          flash: .done(
            Localized(
              ja: "申請を受け付けました。認められるまで持ち出さないでください。",
              en: "Your request has arrived. Take nothing out before it is approved."
            )
          )
        )
      }
    } catch let refusal as MediaDraft.Refusal {
      for (field, reason) in refusal.fields where errors[field] == nil { errors[field] = reason }
    } catch let refusal as MediaStore.Refusal {
      errors[""] = refusal.message
    }
    return MediaFormPage(typed: typed, errors: errors, departments: departments, request: request).response
  }

  @Sendable func withdraw(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    try await step(to: OrganizationPath.media, Localized(ja: "申請を取り下げました。", en: "Withdrawn.")) {
      _ = try await media.withdraw(request["id"], in: scope)
    }
  }

  // MARK: Whoever decides

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    MediaListPage(
      requests: try await media.list(in: scope),
      departments: try await Self.departments(records, scope),
      request: request
    ).response
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    MediaShowPage(
      asked: try await media.find(request["id"], in: scope),
      departments: try await Self.departments(records, scope),
      request: request
    ).response
  }

  @Sendable func decide(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    _ = try await media.find(request["id"], in: scope.reading)  // not there: 404
    let path = OrganizationPath.mediaRequest(request["id"])
    let isApproved = form.text("decision") == "approve"
    guard isApproved || form.text("decision") == "refuse" else {
      let choose = Localized(ja: "「認める」か「認めない」を押してください。", en: "Press “Approve” or “Refuse”.")
      return .redirect(to: path, flash: Flash(.problem, choose))
    }
    if !isApproved, form.text("note").isEmpty {
      let why = Localized(ja: "認めない理由を入力してください。", en: "Say why it is refused.")
      return .redirect(to: path, flash: Flash(.problem, why))
    }
    let done =
      isApproved
      ? Localized(ja: "持ち出しを認めました。申請した人に知らせました。", en: "Approved. Whoever asked is told.")
      : Localized(ja: "認めないと記録しました。申請した人に知らせました。", en: "Refused. Whoever asked is told.")
    return try await step(to: path, done) {
      let decided = try await media.decide(request["id"], isApproved: isApproved, note: form.text("note"), in: scope)
      // It is decided and stands on their own page: an inbox that fails must not undo that.
      try? await needs.decided(scope.facility, decided)
    }
  }

  @Sendable func giveBack(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let note = try request.form().text("note")
    let done = Localized(ja: "返却・消去を記録しました。", en: "Recorded as returned.")
    return try await step(to: OrganizationPath.mediaRequest(request["id"]), done) {
      _ = try await media.giveBack(request["id"], note: note, in: scope)
    }
  }

  private func step(to path: String, _ done: Localized, _ body: () async throws -> Void) async throws -> WebResponse {
    do {
      try await body()
      return .redirect(to: path, flash: .done(done))
    } catch let refusal as MediaStore.Refusal {
      return .redirect(to: path, flash: Flash(.problem, refusal.message))
    }
  }
}
