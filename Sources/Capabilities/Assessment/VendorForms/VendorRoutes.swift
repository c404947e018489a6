import Design
import HTML
import Nouns
import Tabular
import Text
import Time
import Web

/// `/assess/:pack/vendors/:vendor`: the form of one vendor.
struct VendorRoutes: Sendable {
  let assessment: Assessment

  private static let one = AssessmentPath.list + "/:pack/vendors/:vendor"

  var routes: [Route] {
    [
      .get(Self.one, ReadLedger.self, show),
      .get(Self.one + "/print", ReadLedger.self, printed),
      .get(Self.one + "/file", ReadLedger.self, file),
      .post(Self.one + "/file", AnswerChecks.self, upload).accepting(bytes: 8 << 20),
      .post(Self.one + "/take", AnswerChecks.self, take),
      .get(Self.one + "/answers", AnswerChecks.self, entry),
      .post(Self.one + "/answers", AnswerChecks.self, enter),
      .post(Self.one + "/sent", AnswerChecks.self, sent),
      .post(Self.one + "/reminded", AnswerChecks.self, reminded),
      .post(Self.one + "/unsent", AnswerChecks.self, withdraw),
      .post(Self.one + "/link", AnswerChecks.self, link),
      .post(Self.one + "/link/end", AnswerChecks.self, unlink),
    ]
  }

  /// What the address names.
  private struct Place {
    let checklist: Checklist
    let round: Assessment.VendorRound
    let line: VendorStanding

    var period: String { round.period }
    var year: FiscalYear { round.year }
    var path: String { AssessmentPath.vendor(checklist.id, line.vendor.id, period) }
  }

  private func place(_ request: WebRequest, _ facility: FacilityID) async throws -> Place {
    let checklist = try await assessment.asked(request["pack"], by: .vendor, facility)
    let round = try await assessment.vendorRound(checklist, facility)
    if let asked = request.query["period"], !asked.isEmpty, asked != round.period {
      throw WebError.notFound(Localized(ja: "この期間の点検", en: "This round"))
    }
    guard let line = round.lines.first(where: { $0.vendor.id == request["vendor"] }) else {
      throw WebError.notFound(Localized(ja: "この事業者", en: "This vendor"))
    }
    return Place(checklist: checklist, round: round, line: line)
  }

  private func page(
    _ request: WebRequest,
    _ place: Place,
    _ facility: FacilityID,
    made: Assessment.HandedLink? = nil,
    due: (typed: String, error: String)? = nil
  ) async throws -> WebResponse {
    VendorFormPage(
      checklist: place.checklist,
      period: place.period,
      year: place.year,
      line: place.line,
      comparison: try await assessment.comparison(place.checklist, place.period, place.line.form, facility),
      link: request.may(.answerChecks)
        ? try await assessment.vendorLinks.link(place.checklist.id, place.period, place.line.vendor.id, facility) : nil,
      made: made,
      request: request,
      due: due
    ).response
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(request, place(request, scope.facility), scope.facility)
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    return VendorSheet(
      checklist: place.checklist,
      period: place.period,
      name: place.round.name,
      line: place.line,
      wording: place.round.wording,
      request: request
    ).response
  }

  @Sendable func file(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let file = Assessment.vendorFile(
      place.checklist,
      place.line,
      of: place.round,
      hospital: request.session?.facilityName ?? "",
      language: request.language
    )
    return .file(
      try file.workbook(at: request.now),
      name: SheetWriter.fileName(file.name, at: request.now, ending: "xlsx"),
      type: FormFile.type
    )
  }

  @Sendable func sent(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let vendor = place.line.vendor
    let typed = try request.form().text("due")
    do {
      guard let due = try DueDay.read(typed, today: assessment.today) else { throw VendorForms.withoutDay }
      try await assessment.handOver(place.checklist, to: vendor, due: due, in: scope)
    } catch let problems as AnswerProblems {
      return try await page(request, place, scope.facility, due: (typed, problems.text[request.language]))
    }
    return .redirect(
      to: place.path,
      flash: .done(Localized(ja: "\(vendor.name)に渡したことを記録しました。", en: "It is noted that \(vendor.name) has the form."))
    )
  }

  @Sendable func reminded(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    return try await note(place, Localized(ja: "督促したことを記録しました。", en: "The reminder is noted.")) {
      try await assessment.remind(place.line, place.checklist, in: scope)
    }
  }

  @Sendable func withdraw(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let words = Localized(
      ja: "渡した記録を取り消しました。取り消したことは記録に残ります。",
      en: "It is noted that the form was not handed over after all."
    )
    return try await note(place, words) { try await assessment.withdraw(place.line, place.checklist, in: scope) }
  }

  /// The address stands on this answer only; it is never shown again.
  @Sendable func link(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let made = try await assessment.makeLink(for: place.line, place.checklist, in: scope)
    var response = try await page(request, place, scope.facility, made: made)
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  @Sendable func unlink(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    return try await note(place, Localized(ja: "リンクを使えなくしました。", en: "The link opens nothing any more.")) {
      try await assessment.endLink(of: place.line, place.checklist, in: scope)
    }
  }

  private func note(_ place: Place, _ words: Localized, _ body: () async throws -> Void) async throws -> WebResponse {
    do {
      try await body()
      return .redirect(to: place.path, flash: .done(words))
    } catch let problems as AnswerProblems {
      return .redirect(to: place.path, flash: Flash(.problem, problems.text))
    }
  }

  // MARK: Answers

  @Sendable func upload(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    guard let upload = try request.form().file("file") else {
      return .redirect(
        to: place.path,
        flash: Flash(.problem, Localized(ja: "返ってきたファイルを選んでください。", en: "Choose the file that came back."))
      )
    }
    let reader = FormReader(
      checklist: place.checklist,
      period: place.period,
      vendor: place.line.vendor.id,
      year: place.year,
      today: assessment.today
    )
    let reading: FormReading
    let changed = try await assessment.changedOfficial(upload.bytes, name: upload.name, place.checklist, scope.facility)
    do {
      reading = try changed.isEmpty ? reader.read(upload.bytes, name: upload.name) : .refused(changed)
    } catch {
      reading = .refused([error])
    }
    let stored = place.line.form?.answers.mapValues { (answer: $0.answer, version: $0.version) } ?? [:]
    let reply = VendorReplyFields(
      typed: nil,
      kept: reading.reply(of: place.line.vendor.name, today: assessment.today),
      dates: request.dates
    )
    return FormPreview(
      checklist: place.checklist,
      comparison: FormComparison(reading, place.checklist, stored: stored),
      problems: reading.problems,
      differing: [],
      fileName: upload.name,
      action: "\(AssessmentPath.vendor(place.checklist.id, place.line.vendor.id))/take?period=\(place.period)",
      back: Crumb(place.line.vendor.name, place.path),
      crumbs: [
        Crumb(Localized(ja: "自己点検", en: "Self-checks")[request.language], AssessmentPath.list),
        Crumb(place.checklist.title[request.language], AssessmentPath.round(place.checklist.id, place.period)),
      ],
      request: request,
      more: [reply.who, reply.day]
    ).response
  }

  @Sendable func take(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let rule = FormRule(checklist: place.checklist, year: place.year, today: assessment.today)
    let form = try request.form()
    let lines = FormPreview.taken(form, place.checklist).filter { line in
      rule.problems(line.answer, line.item).isEmpty
    }
    guard !lines.isEmpty else {
      return .redirect(
        to: place.path,
        flash: Flash(.notice, Localized(ja: "取り込む答えに印を付けてください。", en: "Mark the answers to take in."))
      )
    }
    do {
      return try await keep(lines, place, VendorReplyFields.read(form, .file, today: assessment.today), scope)
    } catch let problems as AnswerProblems {
      return .redirect(to: place.path, flash: Flash(.problem, problems.text))
    }
  }

  @Sendable func entry(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    entryPage(request, try await place(request, scope.facility), nil, [])
  }

  private func entryPage(
    _ request: WebRequest,
    _ place: Place,
    _ typed: WebForm?,
    _ errors: [FieldError]
  ) -> WebResponse {
    VendorEntryPage(
      checklist: place.checklist,
      period: place.period,
      line: place.line,
      typed: typed,
      errors: errors,
      request: request
    ).response
  }

  @Sendable func enter(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let form = try request.form()
    let entry = VendorEntry(form: form, checklist: place.checklist, year: place.year, today: assessment.today)
    let (lines, reply, errors) = entry.checked(stored: place.line.form?.answers ?? [:], nil, request.language)
    guard let reply, errors.isEmpty else { return entryPage(request, place, form, errors) }
    return try await keep(lines, place, reply, scope)
  }

  private func keep(
    _ lines: [(item: ChecklistItem, answer: FormAnswer, version: Int?)],
    _ place: Place,
    _ reply: VendorReply,
    _ scope: Scope<AnswerChecks>
  ) async throws -> WebResponse {
    do {
      try await assessment.vendorForms.store.keep(
        lines,
        of: place.line.vendor,
        place.checklist,
        place.period,
        reply: reply,
        in: scope
      )
    } catch let conflict as RoundConflict {
      return .redirect(to: place.path, flash: Flash(.problem, conflict.words))
    }
    return .redirect(
      to: place.path,
      flash: .done(
        Localized(
          ja: "\(place.line.vendor.name)の答えを\(lines.count)項目保存しました。",
          en: "\(lines.count.english("answer", "answers")) of \(place.line.vendor.name) stored."
        )
      )
    )
  }
}
