import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/trainings`: who has taken what, for those who answer for people; attendance from a list, on paper and in files.
struct TrainingRoutes: Sendable {
  let trainings: TrainingStore
  let needs: OrganizationNeeds

  private var desk: TrainingDesk { TrainingDesk(trainings: trainings, needs: needs) }

  var routes: [Route] {
    let one = OrganizationPath.trainings + "/:id"
    return [
      .get(OrganizationPath.trainings, ReadLedger.self, list), .get(one, ReadLedger.self, show),
      .get(one + "/print", ReadLedger.self, printed), .get(one + "/sheet", ReadLedger.self, sheet),
      .post(one + "/record", EditLedger.self, record), .post(one + "/remind", EditLedger.self, remind),
    ]
  }

  @Sendable private func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let year = try await desk.year(scope.facility, asked: FiscalYear.read(request.query.text("year"))?.startYear)
    return TrainingListPage(
      standing: try await desk.standing(of: year, in: scope),
      year: year,
      current: try await desk.year(scope.facility),
      request: request
    ).response
  }

  private func read(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> TrainingPage {
    let (line, departments) = try await found { try await desk.standing(ofTraining: request["id"], in: scope) }
    // Whoever answers for one department looks at that one.
    let own = scope.departments.flatMap { $0.count == 1 ? $0.first : nil }
    return TrainingPage(
      line: line,
      departments: departments,
      department: request.query["department"].flatMap { $0.isEmpty ? nil : $0 } ?? own,
      request: request
    )
  }

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await read(request, scope).response
  }

  @Sendable private func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await read(request, scope).paper
  }

  @Sendable private func sheet(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let name = Localized(ja: "受講の状況", en: "Training")[request.language]
    return try request.file(of: try await read(request, scope).sheet, name: name)
  }

  @Sendable private func record(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    var page = try await read(request, scope.reading)
    if !form.text("department").isEmpty { page.department = form.text("department") }
    let people = form.all("person")
    page.typed = ["done_on": form.text("done_on"), "way": form.text("way")]
    page.chosen = Set(people)
    guard !people.isEmpty else {
      page.errors = [
        FieldError("person", Localized(ja: "受けた人を選んでください。", en: "Choose who has taken it.")[request.language])
      ]
      return page.response
    }
    do {
      let entry = try await desk.enter(
        people,
        for: request["id"],
        on: form.text("done_on"),
        way: form.text("way"),
        in: scope
      )
      return .redirect(
        to: page.address,
        flash: .done(
          Localized(ja: "\(entry.count)人の受講を記録しました。", en: "Recorded for \(entry.count)."),
          action: entry.set.map(ChangeRoutes.undoAction)
        )
      )
    } catch RecordError.invalid(let problems) {
      page.errors = problems.map {
        FieldError(["done_on", "way"].contains($0.field) ? $0.field : "person", $0.reason[request.language])
      }
      return page.response
    } catch RecordError.outOfReach {
      page.errors = [FieldError("person", RecordError.outOfReach.message[request.language])]
      return page.response
    }
  }

  @Sendable private func remind(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let (told, without) = try await found { try await desk.remind(request["id"], in: scope) }
    return .redirect(
      to: OrganizationPath.training(request["id"]),
      flash: .done(
        Localized(
          ja: "まだ受けていない人のうち\(told)人の「お知らせ」に入れました。" + (without > 0 ? "アカウントのない\(without)人には、部門から伝えてください。" : ""),
          en: "Put into the inboxes of \(told)."
            + (without > 0 ? " \(without) have no account; tell them in person." : "")
        )
      )
    )
  }
}
