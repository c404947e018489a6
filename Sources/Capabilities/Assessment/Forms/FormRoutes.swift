import Design
import Nouns
import Tabular
import Text
import Time
import Web

/// `/assess/:pack/file`: a round as a workbook, and the way back; under `/assess/:pack/asked/:vendor` the items that one
/// vendor is asked for.
struct FormRoutes: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    let round = AssessmentPath.list + "/:pack"
    let asked = round + "/asked/:vendor"
    return [
      .get(asked, ReadLedger.self, show), .get(asked + "/print", ReadLedger.self, printed),
    ]
      + [round, asked].flatMap { base -> [Route] in
        [
          .get(base + "/file", ReadLedger.self, file),
          .post(base + "/file", AnswerChecks.self, upload).accepting(bytes: 8 << 20),
          .post(base + "/take", AnswerChecks.self, take),
        ]
      }
  }

  /// Whose form it is.
  private struct Place {
    let standing: Assessment.Standing
    /// Nil for the hospital's own.
    let asked: Assessment.VendorItems?

    var round: Round { standing.round }
    var checklist: Checklist { asked?.checklist ?? round.checklist }

    func path(_ verb: String = "") -> String {
      if let asked { return AssessmentPath.askedVendor(round.checklist.id, asked.vendor.id, round.period, verb: verb) }
      return verb.isEmpty
        ? AssessmentPath.round(round.checklist.id, round.period)
        : "\(AssessmentPath.list)/\(round.checklist.id)/\(verb)?period=\(round.period)"
    }
  }

  private func place(_ request: WebRequest, _ facility: FacilityID) async throws -> Place {
    let standing = try await AssessmentRoutes(assessment: assessment).standing(request, facility)
    guard !request["vendor"].isEmpty else { return Place(standing: standing, asked: nil) }
    return Place(standing: standing, asked: try await items(request, standing))
  }

  private func items(_ request: WebRequest, _ standing: Assessment.Standing) async throws -> Assessment.VendorItems {
    guard let items = try await assessment.items(of: request["vendor"], standing) else {
      throw WebError.notFound(Localized(ja: "この事業者に頼んだ項目", en: "Items for this vendor"))
    }
    return items
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let standing = try await AssessmentRoutes(assessment: assessment).standing(request, scope.facility)
    return VendorItemsPage(items: try await items(request, standing), request: request).response
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let standing = try await AssessmentRoutes(assessment: assessment).standing(request, scope.facility)
    return VendorItemsSheet(items: try await items(request, standing), request: request).response
  }

  @Sendable func file(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let (hospital, language) = (request.session?.facilityName ?? "", request.language)
    let file =
      place.asked.map { Assessment.file($0, hospital: hospital, language: language) }
      ?? Assessment.file(place.standing, hospital: hospital, language: language)
    return .file(
      try file.workbook(at: request.now),
      name: SheetWriter.fileName(file.name, at: request.now, ending: "xlsx"),
      type: FormFile.type
    )
  }

  @Sendable func upload(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    guard place.round.lockedAt == nil else {
      return .redirect(to: place.path(), flash: Flash(.problem, RoundConflict.locked.words))
    }
    guard let upload = try request.form().file("file") else {
      return .redirect(
        to: place.path(),
        flash: Flash(.problem, Localized(ja: "記入した様式のファイルを選んでください。", en: "Choose the form you filled in."))
      )
    }
    let reading: FormReading
    let changed =
      try await assessment.changedOfficial(upload.bytes, name: upload.name, place.round.checklist, scope.facility)
    do {
      let reader = assessment.reader(place.standing, asked: place.asked)
      reading = try changed.isEmpty ? reader.read(upload.bytes, name: upload.name) : .refused(changed)
    } catch {
      reading = .refused([error])
    }
    return preview(request, place, reading, upload.name, nil).response
  }

  private func preview(
    _ request: WebRequest,
    _ place: Place,
    _ reading: FormReading,
    _ name: String,
    _ typed: WebForm?
  ) -> FormPreview {
    let stored = place.round.answers.mapValues { (answer: $0.onForm, version: $0.version) }
    let comparison = FormComparison(reading, place.checklist, stored: stored)
    let changing = comparison.lines.filter { $0.change != .same }.map { ($0.item, $0.answer) }
    let reply = place.asked.map { asked in
      VendorReplyFields(
        typed: typed,
        kept: reading.reply(of: asked.vendor.name, today: assessment.today),
        dates: request.dates
      )
    }
    let title = place.asked?.vendor.name ?? place.checklist.title[request.language]
    var crumbs = [Crumb(Localized(ja: "自己点検", en: "Self-checks")[request.language], AssessmentPath.list)]
    if place.asked != nil {
      crumbs.append(Crumb(place.checklist.title[request.language], Place(standing: place.standing, asked: nil).path()))
    }
    return FormPreview(
      checklist: place.checklist,
      comparison: comparison,
      problems: reading.problems,
      differing: assessment.differing(changing, place.standing),
      fileName: name,
      action: place.path("take"),
      back: Crumb(title, place.path()),
      crumbs: crumbs,
      request: request,
      lateness: place.standing.lateness,
      more: reply.map { [$0.who, $0.day] } ?? []
    )
  }

  @Sendable func take(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let place = try await place(request, scope.facility)
    let form = try request.form()
    let rule = assessment.reader(place.standing, asked: place.asked).rule
    let lines = FormPreview.taken(form, place.checklist).filter { rule.problems($0.answer, $0.item).isEmpty }
    guard !lines.isEmpty else {
      return .redirect(
        to: place.path(),
        flash: Flash(.notice, Localized(ja: "取り込む答えに印を付けてください。", en: "Mark the answers to take in."))
      )
    }
    let reason = form.text("reason")
    if reason.isEmpty, !assessment.differing(lines.map { ($0.item, $0.answer) }, place.standing).isEmpty {
      return again(request, place, lines, form)
    }
    do {
      let reply =
        place.asked == nil ? nil : try VendorReplyFields.read(form, .file, today: assessment.today)
      try await assessment.take(lines, reason: reason, place.standing, reply: reply, in: scope)
    } catch let conflict as RoundConflict {
      return .redirect(to: place.path(), flash: Flash(.problem, conflict.words))
    } catch let problems as AnswerProblems {
      return .redirect(to: place.path(), flash: Flash(.problem, problems.text))
    }
    return .redirect(
      to: place.path(),
      flash: .done(
        Localized(
          ja: "\(lines.count)項目の答えを取り込みました。",
          en: "\(lines.count.english("answer was", "answers were")) taken in."
        )
      )
    )
  }

  /// The marked lines once more, with what is missing.
  private func again(
    _ request: WebRequest,
    _ place: Place,
    _ lines: [(item: ChecklistItem, answer: FormAnswer, version: Int?)],
    _ typed: WebForm
  ) -> WebResponse {
    let rows = lines.enumerated().map { index, line in
      FormReading.Line(item: line.item.key, row: index + 1, answer: line.answer)
    }
    var versions: [String: Int] = [:]
    for line in lines { versions[line.item.key] = line.version }
    let reading = FormReading(lines: rows, problems: [], versions: versions)
    let name = Localized(ja: "印を付けた答え", en: "The marked answers")[request.language]
    var page = preview(request, place, reading, name, typed)
    page.error =
      Localized(ja: "記録と違う答えにする理由を入力してください。", en: "Say why the answers differ from the records.")[
        request.language
      ]
    return page.response
  }
}
