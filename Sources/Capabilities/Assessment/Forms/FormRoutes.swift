import Design
import Nouns
import Tabular
import Text
import Time
import Web

/// `/assess/:pack/file`: a round as a workbook, and the way back.
struct FormRoutes: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    let round = AssessmentPath.list + "/:pack"
    return [
      .get(round + "/file", ReadLedger.self, file),
      .post(round + "/file", AnswerChecks.self, upload).accepting(bytes: 8 << 20),
      .post(round + "/take", AnswerChecks.self, take),
    ]
  }

  private func standing(_ request: WebRequest, _ facility: FacilityID) async throws -> Assessment.Standing {
    try await AssessmentRoutes(assessment: assessment).standing(request, facility)
  }

  @Sendable func file(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let file = Assessment.file(
      try await standing(request, scope.facility),
      hospital: request.session?.facilityName ?? "",
      language: request.language
    )
    return .file(
      try file.workbook(at: request.now),
      name: SheetWriter.fileName(file.name, at: request.now, ending: "xlsx"),
      type: FormFile.type
    )
  }

  @Sendable func upload(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let standing = try await standing(request, scope.facility)
    let back = AssessmentPath.round(standing.round.checklist.id, standing.round.period)
    guard standing.round.lockedAt == nil else {
      return .redirect(to: back, flash: Flash(.problem, RoundConflict.locked.words))
    }
    guard let upload = try request.form().file("file") else {
      return .redirect(
        to: back,
        flash: Flash(.problem, Localized(ja: "記入した様式のファイルを選んでください。", en: "Choose the form you filled in."))
      )
    }
    let reading: FormReading
    let checklist = standing.round.checklist
    let changed = try await assessment.changedOfficial(upload.bytes, name: upload.name, checklist, scope.facility)
    do {
      reading =
        try changed.isEmpty ? assessment.reader(standing).read(upload.bytes, name: upload.name) : .refused(changed)
    } catch {
      reading = .refused([error])
    }
    return preview(request, standing, reading, upload.name)
  }

  private func preview(
    _ request: WebRequest,
    _ standing: Assessment.Standing,
    _ reading: FormReading,
    _ name: String
  ) -> WebResponse {
    let checklist = standing.round.checklist
    let stored = standing.round.answers.mapValues { (answer: $0.onForm, version: $0.version) }
    let comparison = FormComparison(reading, checklist, stored: stored)
    let changing = comparison.lines.filter { $0.change != .same }.map { ($0.item, $0.answer) }
    return FormPreview(
      checklist: checklist,
      comparison: comparison,
      problems: reading.problems,
      differing: assessment.differing(changing, standing),
      fileName: name,
      action: "\(AssessmentPath.list)/\(checklist.id)/take?period=\(standing.round.period)",
      back: Crumb(checklist.title[request.language], AssessmentPath.round(checklist.id, standing.round.period)),
      crumbs: [Crumb(Localized(ja: "自己点検", en: "Self-checks")[request.language], AssessmentPath.list)],
      request: request
    ).response
  }

  @Sendable func take(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let standing = try await standing(request, scope.facility)
    let checklist = standing.round.checklist
    let back = AssessmentPath.round(checklist.id, standing.round.period)
    let form = try request.form()
    let rule = assessment.reader(standing).rule
    let lines = FormPreview.taken(form, checklist).filter { rule.problems($0.answer, $0.item).isEmpty }
    guard !lines.isEmpty else {
      return .redirect(
        to: back,
        flash: Flash(.notice, Localized(ja: "取り込む答えに印を付けてください。", en: "Mark the answers to take in."))
      )
    }
    let reason = form.text("reason")
    if reason.isEmpty, !assessment.differing(lines.map { ($0.item, $0.answer) }, standing).isEmpty {
      return again(request, standing, lines)
    }
    do {
      try await assessment.take(lines, reason: reason, standing, in: scope)
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    } catch let problems as AnswerProblems {
      let text = problems.list.first?.text ?? Localized(both: "")
      return .redirect(to: back, flash: Flash(.problem, text))
    }
    return .redirect(
      to: back,
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
    _ standing: Assessment.Standing,
    _ lines: [(item: ChecklistItem, answer: FormAnswer, version: Int?)]
  ) -> WebResponse {
    let checklist = standing.round.checklist
    let rows = lines.enumerated().map { index, line in
      FormReading.Line(item: line.item.key, row: index + 1, answer: line.answer)
    }
    var versions: [String: Int] = [:]
    for line in lines { versions[line.item.key] = line.version }
    let stored = standing.round.answers.mapValues { (answer: $0.onForm, version: $0.version) }
    var page = FormPreview(
      checklist: checklist,
      comparison: FormComparison(
        FormReading(lines: rows, problems: [], versions: versions),
        checklist,
        stored: stored
      ),
      problems: [],
      differing: assessment.differing(lines.map { ($0.item, $0.answer) }, standing),
      fileName: Localized(ja: "印を付けた答え", en: "The marked answers")[request.language],
      action: "\(AssessmentPath.list)/\(checklist.id)/take?period=\(standing.round.period)",
      back: Crumb(checklist.title[request.language], AssessmentPath.round(checklist.id, standing.round.period)),
      crumbs: [Crumb(Localized(ja: "自己点検", en: "Self-checks")[request.language], AssessmentPath.list)],
      request: request
    )
    page.error =
      Localized(ja: "記録と違う答えにする理由を入力してください。", en: "Say why the answers differ from the records.")[
        request.language
      ]
    return page.response
  }
}
