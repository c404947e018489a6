import Blobs
import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/training`: what one has to take, the material with its questions, and 「受講しました」.
struct OwnTrainingRoutes: Sendable {
  let trainings: TrainingStore
  let documents: DocumentStore
  let needs: OrganizationNeeds

  private var own: OwnTraining { OwnTraining(trainings: trainings, needs: needs) }

  var routes: [Route] {
    let one = OrganizationPath.ownTrainings + "/:id"
    return [
      .get(OrganizationPath.ownTrainings, SignedIn.self, list), .get(one, SignedIn.self, show),
      .post(one, SignedIn.self, complete), .get(one + "/file", SignedIn.self, file),
    ]
  }

  @Sendable private func list(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    OwnTrainingListPage(mine: try await own.mine(scope), request: request).response
  }

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (line, _) = try await own.line(request["id"], scope)
    return try await page(line, [:], [], request, scope)
  }

  private func page(
    _ line: TrainingStanding.Line,
    _ typed: [String: String],
    _ open: [TrainingQuestion],
    _ request: WebRequest,
    _ scope: Scope<SignedIn>
  ) async throws -> WebResponse {
    let reading = Scope<ReadLedger>.operatorOf(scope.facility, as: scope.actor, request: scope.request)
    var regulation: Record?
    if let id = line.training.record.known("regulation") {
      regulation = try await trainings.records.find(.regulation, ids: [id], in: reading).first
    }
    return OwnTrainingPage(
      line: line,
      questions: try await trainings.questions(of: line.id, in: scope.facility),
      file: try await documents.newest(.training, in: scope)[line.id],
      regulation: regulation,
      typed: typed,
      open: Set(open.map(\.id)),
      request: request
    ).response
  }

  @Sendable private func complete(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (line, person) = try await own.line(request["id"], scope)
    let path = OrganizationPath.ownTraining(line.id)
    guard !line.training.isClass else { return .redirect(to: path, flash: Flash(.problem, OwnTraining.inClass)) }
    let form = try request.form()
    switch try await own.complete(line, by: person, { form[$0.field] }, in: scope) {
    case .unanswered(let open):
      let typed = Dictionary(form.fields.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
      return try await page(line, typed, open, request, scope)
    case .again:
      return .redirect(
        to: path,
        flash: Flash(.notice, Localized(ja: "この研修は、もう受講の記録があります。", en: "You have taken this training already."))
      )
    case .done(let correct, let asked):
      let result =
        asked == 0
        ? Localized(ja: "受講を記録しました。お疲れさまでした。", en: "Recorded. Thank you.")
        : Localized(
          ja: "受講を記録しました。\(asked)問のうち\(correct)問が正解です。下の説明も読んでください。",
          en: "Recorded: \(correct) of \(asked) are right. Please read the explanations below, too."
        )
      return .redirect(to: path, flash: .done(result))
    }
  }

  /// The file of a training for whoever it asks.
  @Sendable private func file(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (line, _) = try await own.line(request["id"], scope)
    guard let file = try await documents.newest(.training, in: scope)[line.id],
      let (_, bytes) = try await documents.bytes(of: file, scope.facility.rawValue)
    else { throw WebError.notFound(Localized(ja: "このファイル", en: "This file")) }
    return .file(bytes, name: file.downloadName, type: file.type.rawValue)
  }
}
