import Blobs
import Design
import HTML
import Nouns
import Records
import Text
import Web

/// `/report`: 異常を知らせる without an account, from a ward PC or a telephone; `/organization/reports`: what came in.
struct ReportRoutes: Sendable {
  let reports: ReportStore
  let records: RecordStore
  let blobs: BlobStore
  let needs: OrganizationNeeds

  /// A photograph in bytes; telephones make 3 to 6 MB.
  static let photoLimit = 8 << 20

  var routes: [Route] {
    [
      .open(.get, OrganizationPath.report, form),
      .open(.get, OrganizationPath.contacts, contacts),
      .open(.post, OrganizationPath.report, take).accepting(bytes: Self.photoLimit + (1 << 20)),
      .get(OrganizationPath.reports, HandleReports.self, list),
      .get(OrganizationPath.reports + "/:id", HandleReports.self, show),
      .get(OrganizationPath.reports + "/:id/photo", HandleReports.self, photo),
      .post(OrganizationPath.reports + "/:id/close", HandleReports.self, close),
    ]
  }

  /// Where the report goes: the reader's hospital, the one the printed code names, or the only one there is.
  private func hospital(
    _ request: WebRequest,
    _ named: String
  ) async throws -> (chosen: (id: FacilityID, name: String)?, all: [(id: FacilityID, name: String)]) {
    let all = try await needs.facilities()
    if let own = request.session?.facility, let found = all.first(where: { $0.id == own }) { return (found, all) }
    if let found = all.first(where: { $0.id.rawValue == named }) { return (found, all) }
    return (all.count == 1 ? all.first : nil, all)
  }

  /// The telephone to call beside the form.
  private func phones(_ facility: FacilityID?) async throws -> [ChartPost] {
    guard let facility else { return [] }
    let own = Scope<ReadLedger>.operatorOf(facility, as: .system, request: "report")
    return try await ChartReading.firstCalled(records, own)
  }

  /// 連絡先 of the head, for everybody in the house: whom to call inside, and the outside numbers.
  @Sendable func contacts(_ request: WebRequest) async throws -> WebResponse {
    let (chosen, all) = try await hospital(request, request.query.text("h"))
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    let title = say("連絡先", "Emergency contacts")
    let surroundings: FramedPage.Surroundings = request.session == nil ? .bare : .full
    guard let chosen else {
      let links = all.map { hospital -> HTML in
        let address = Address(OrganizationPath.contacts).setting("h", hospital.id.rawValue).text
        return "<li><a href=\"\(address)\">\(hospital.name)</a></li>"
      }
      return .page(Page(title, main: "<ul>\(links)</ul>"), surroundings: surroundings)
    }
    let own = Scope<ReadLedger>.operatorOf(chosen.id, as: .system, request: request.requestID)
    let inside = ReportPhones(try await ChartReading.posts(records, own), request.language).html
    let outside = try await ContactRoutes.read(records, own)
    let edit: HTML? =
      request.may(.editLedger)
      ? Button.link(say("連絡先を直す", "Edit"), RecordPath.list(Kind.contact.key), look: .secondary, size: .small) : nil
    let none: HTML = "<p>\(say("まだ登録されていません。", "Not recorded yet."))</p>"
    return .page(
      Page(
        title,
        lead: HTML(
          text: say("おかしいと思ったら、まず院内に電話します。", "When something is odd, telephone inside first.")
        ),
        actions: edit,
        main: """
          <h2>\(say("院内", "Inside"))</h2>\(inside.isEmpty ? none : inside)\
          <h2>\(say("院外", "Outside"))</h2>\(request.session == nil ? numbers(outside) : ContactTable(contacts: outside, request: request).html)
          """
      ),
      surroundings: surroundings
    )
  }

  /// For strangers no more than whom to ring.
  private func numbers(_ contacts: [Record]) -> HTML {
    KeyValues(contacts.map { KeyValues.Line($0.title, text: $0.known("phone") ?? $0.known("phone_night") ?? "") }).html
  }

  @Sendable func form(_ request: WebRequest) async throws -> WebResponse {
    let (chosen, all) = try await hospital(request, request.query.text("h"))
    return ReportPage(
      hospital: chosen,
      hospitals: all,
      phones: try await phones(chosen?.id),
      request: request,
      form: WebForm(),
      place: request.query.text("place"),
      errors: [:]
    ).response
  }

  @Sendable func take(_ request: WebRequest) async throws -> WebResponse {
    let form = try request.form()
    let (chosen, all) = try await hospital(request, form.text("h"))
    let phones = try await phones(chosen?.id)
    var errors: [String: Localized] = [:]
    if chosen == nil { errors["h"] = Localized(ja: "病院を選んでください。", en: "Choose the hospital.") }
    let photo = Self.photo(form, &errors)
    func again(_ status: Int? = nil, notice: Localized? = nil) -> WebResponse {
      var page = ReportPage(
        hospital: chosen,
        hospitals: all,
        phones: phones,
        request: request,
        form: form,
        place: form.text("place"),
        errors: errors
      )
      page.notice = notice
      return page.response(status)
    }
    do {
      let draft = try ProblemDraft(
        what: form.text("what"),
        place: form.text("place"),
        details: form.text("details"),
        since: form.text("since"),
        touched: form.text("touched"),
        reporter: form.text("reporter"),
        callBack: form.text("callBack")
      )
      guard errors.isEmpty, let chosen else { return again(422) }
      let report = try await reports.take(
        draft,
        photo: photo,
        from: request.clientAddress,
        account: request.session?.userID,
        request: request.requestID,
        facility: chosen.id
      )
      // It is kept, and the alarm stands on every page: an inbox that fails must not turn the reporter away.
      try? await needs.reported(chosen.id, report)
      return ReportDonePage(
        report: report,
        photoWasLeft: photo != nil && report.photo == nil,
        phones: phones,
        request: request
      )
      .response
    } catch let refusal as ProblemDraft.Refusal {
      for (field, reason) in refusal.fields { errors[field] = reason }
      return again(422)
    } catch ReportStore.Refusal.tooMany {
      return again(
        429,
        notice: Localized(
          ja: "短い間に多くの知らせが届いたため、受け付けられません。電話で知らせてください。",
          en: "Too many reports came in a short time. Please telephone."
        )
      )
    }
  }

  /// The photograph that was sent, told by its bytes; what is wrong with it goes to `errors`.
  private static func photo(_ form: WebForm, _ errors: inout [String: Localized]) -> (bytes: [UInt8], type: MediaKind)?
  {
    guard let file = form.file("photo") else { return nil }
    guard file.bytes.count <= photoLimit else {
      errors["photo"] = Localized(
        ja: "写真が大きすぎます（8MBまで）。小さくするか、写真なしで送ってください。",
        en: "The photograph is larger than 8 MB. Send a smaller one, or none."
      )
      return nil
    }
    guard let type = MediaKind(of: file.bytes), type.isPicture else {
      errors["photo"] = Localized(
        ja: "写真として読めないファイルです。JPEGかPNGを選ぶか、写真なしで送ってください。",
        en: "This is no photograph we can read. Choose a JPEG or PNG, or send none."
      )
      return nil
    }
    return (file.bytes, type)
  }

  // MARK: Those who act

  @Sendable func list(_ request: WebRequest, _ scope: Scope<HandleReports>) async throws -> WebResponse {
    ReportListPage(reports: try await reports.list(in: scope), request: request).response
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<HandleReports>) async throws -> WebResponse {
    ReportShowPage(report: try await reports.open(request["id"], in: scope), request: request).response
  }

  /// The picture itself; the browser is told what the first bytes say it is, and may make nothing else of it.
  @Sendable func photo(_ request: WebRequest, _ scope: Scope<HandleReports>) async throws -> WebResponse {
    let report = try await reports.open(request["id"], in: scope)
    guard let hash = report.photo, let file = try await blobs.find(hash, facility: scope.facility.rawValue) else {
      throw WebError.notFound()
    }
    return WebResponse(
      headers: ["Content-Type": file.type.rawValue, "Cache-Control": "private, no-store"],
      body: .bytes(file.bytes)
    )
  }

  @Sendable func close(_ request: WebRequest, _ scope: Scope<HandleReports>) async throws -> WebResponse {
    let path = "\(OrganizationPath.reports)/\(request["id"])"
    let outcome = try request.form().text("outcome")
    _ = try await reports.open(request["id"], in: scope)  // not there: 404
    guard !outcome.isEmpty else {
      return .redirect(
        to: path,
        flash: Flash(.problem, Localized(ja: "どうなったかを書いてください。", en: "Say what came of it."))
      )
    }
    try await reports.close(request["id"], outcome: String(outcome.prefix(ProblemDraft.longestText)), in: scope)
    return .redirect(to: OrganizationPath.reports, flash: .done(Localized(ja: "対応を記録しました。", en: "Recorded.")))
  }
}
