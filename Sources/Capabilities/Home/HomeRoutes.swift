import HTML
import Nouns
import Text
import Time
import Web

/// `/`, `/home/print`, `/facts`, `/search`, `/help` and its topics.
struct HomeRoutes: Sendable {
  let needs: HomeNeeds

  var routes: [Route] {
    [
      .get("/", SeeHome.self, home),
      .get("/home/print", ReadLedger.self, sheet),
      .get("/facts", ReadLedger.self, facts),
      .get("/search", SignedIn.self, search),
      // Whoever has a home may read how it is used; it says nothing of the hospital.
      .get("/help", SeeHome.self, help),
      .get("/help/:topic", SeeHome.self, topic),
    ]
  }

  /// Each role has a home of its own; who holds several changes between them with `?as=`.
  @Sendable func home(_ request: WebRequest, _ scope: Scope<SeeHome>) async throws -> WebResponse {
    let roles = Role.allCases.filter { role in request.session?.grants.contains { $0.role == role } ?? false }
    let asked = request.query["as"].flatMap(Role.init(rawValue:))
    guard let role = asked.flatMap({ roles.contains($0) ? $0 : nil }) ?? roles.first else {
      throw Denied(permission: .seeHome)
    }
    let paper = PrintLine(last: try await needs.lastPrint(scope.facility), request: request)
    if role == .vendor {
      let board = try await needs.board(request, scope.facility, [], .own, 20)
      let supplier = try await needs.supplied(request.session?.userID ?? "", scope.facility)
      return VendorHomePage(board: board, supplier: supplier, paper: paper, request: request).response
    }
    let messages = try await needs.messages(request, scope.facility)
    let trainings = try await needs.ownTrainings(request.session?.userID ?? "", scope.facility)
    let head = HomeHead(role: role, roles: roles, messages: messages, trainings: trainings, request: request).html
    switch role {
    case .staff:
      let board = try await needs.board(request, scope.facility, [], .own, 5)
      let phones = try await needs.phones(scope.facility)
      return StaffHomePage(
        board: board,
        trainings: trainings.count,
        phones: phones,
        head: head,
        paper: paper,
        request: request
      ).response
    case .departmentHead:
      let reading = try request.scope(ReadLedger.self)
      return DepartmentHomePage(
        board: try await needs.board(request, scope.facility, nil, .own, 5),
        facts: try await needs.departmentFacts(reading),
        training: try await needs.staffTraining(reading),
        head: head,
        paper: paper,
        request: request
      ).response
    case .director: return try await director(request, scope, head, paper)
    default: return try await manager(role, request, scope, head, paper)
    }
  }

  private func manager(
    _ role: Role,
    _ request: WebRequest,
    _ scope: Scope<SeeHome>,
    _ head: HTML,
    _ paper: PrintLine
  ) async throws -> WebResponse {
    let changes =
      request.may(.readJournal) ? try await needs.changes(try request.scope(ReadJournal.self), 8) : []
    let standing = try await needs.standing(scope.facility)
    let own: HTML
    if role == .safetyManager {
      own =
        DepartmentProgress(departments: try await needs.progress(scope.facility), language: request.language).html
        + TrainingsDue(trainings: try await needs.trainingsDue(scope.facility), request: request).html
    } else {
      let reading = try request.scope(ReadLedger.self)
      own =
        ConnectedList(connections: try await needs.connected(reading), request: request).html
        + TodayWork(works: try await needs.works(reading), request: request).html
    }
    return HomePage(
      role: role,
      board: try await needs.board(request, scope.facility, standing.duties, .all, 6),
      facts: standing.facts,
      changes: changes,
      isEmpty: try await needs.isEmpty(scope.facility),
      paper: paper,
      request: request,
      head: head,
      own: own
    ).response
  }

  private func director(
    _ request: WebRequest,
    _ scope: Scope<SeeHome>,
    _ head: HTML,
    _ paper: PrintLine
  ) async throws -> WebResponse {
    let standing = try await needs.standing(scope.facility)
    return DirectorHomePage(
      all: try await needs.board(request, scope.facility, standing.duties, .all, 5),
      own: try await needs.board(request, scope.facility, standing.duties, .own, 10),
      decisions: try await needs.decisions(scope.facility),
      facts: standing.facts,
      head: head,
      paper: paper,
      request: request
    ).response
  }

  /// The director's page on one sheet of A4, with no more things to do than it has room for.
  @Sendable func sheet(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let standing = try await needs.standing(scope.facility)
    return DirectorHomePage(
      all: try await needs.board(request, scope.facility, standing.duties, .all, 3),
      own: try await needs.board(request, scope.facility, standing.duties, .role(.director), 4),
      decisions: try await needs.decisions(scope.facility),
      facts: standing.facts,
      head: .empty,
      paper: PrintLine(last: try await needs.lastPrint(scope.facility), request: request),
      request: request
    ).sheet
  }

  @Sendable func facts(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    FactListPage(facts: try await needs.facts(scope.facility), request: request).response
  }

  @Sendable func search(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let text = String(request.query.text("q").prefix(200))
    let hits = text.isEmpty ? [] : try await needs.search(text, request)
    return SearchPage(text: text, hits: hits, request: request).response
  }

  @Sendable func help(_ request: WebRequest, _ scope: Scope<SeeHome>) async throws -> WebResponse {
    HelpPage(request: request).response
  }

  @Sendable func topic(_ request: WebRequest, _ scope: Scope<SeeHome>) async throws -> WebResponse {
    guard let topic = HelpTopic.named(request["topic"]) else {
      throw WebError.notFound(Localized(ja: "この使い方", en: "This topic"))
    }
    return HelpPage(request: request).response(topic)
  }
}
