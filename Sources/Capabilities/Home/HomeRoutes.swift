import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/`, `/duties`, `/facts`, `/search`, `/help` and its topics.
struct HomeRoutes: Sendable {
  let needs: HomeNeeds

  var routes: [Route] {
    [
      .get("/", SignedIn.self, home),
      .get("/duties", ReadLedger.self, duties),
      .get("/facts", ReadLedger.self, facts),
      .get("/search", SignedIn.self, search),
      .get("/help", SignedIn.self, help),
      .get("/help/:topic", SignedIn.self, topic),
    ]
  }

  @Sendable func home(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    guard request.may(.readLedger) else { return StaffHomePage(request: request).response }
    let changes =
      request.may(.readJournal) ? try await needs.changes(try request.scope(ReadJournal.self), 8) : []
    let standing = try await needs.standing(scope.facility)
    return HomePage(
      duties: DutyOrder.sorted(standing.duties),
      facts: standing.facts,
      changes: changes,
      isEmpty: try await needs.isEmpty(scope.facility),
      request: request
    ).response
  }

  @Sendable func duties(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    DutyListPage(duties: DutyOrder.sorted(try await needs.duties(scope.facility)), request: request).response
  }

  @Sendable func facts(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    FactListPage(facts: try await needs.facts(scope.facility), request: request).response
  }

  @Sendable func search(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let text = String(request.query.text("q").prefix(200))
    let hits = text.isEmpty ? [] : try await needs.search(text, request)
    return SearchPage(text: text, hits: hits, request: request).response
  }

  @Sendable func help(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    HelpPage(request: request).response
  }

  @Sendable func topic(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    guard let topic = HelpTopic.named(request["topic"]) else {
      throw WebError.notFound(Localized(ja: "この使い方", en: "This topic"))
    }
    return HelpPage(request: request).response(topic)
  }
}

/// The order in which things are to be done: what is late first, the weightiest of it at the top, then by due date.
enum DutyOrder {
  static func sorted(_ duties: [Duty]) -> [Duty] {
    duties.filter { $0.state != .done }.sorted { key($0) < key($1) }
  }

  /// How late something is says less than what it is, so all that is late counts as one day.
  private static func key(_ duty: Duty) -> (Int, LocalDate, Int, LocalDate, String) {
    let isLate = duty.state == .overdue
    return (isLate ? 0 : 1, isLate ? LocalDate(dayNumber: 0) : duty.due, duty.rank, duty.due, duty.id)
  }
}
