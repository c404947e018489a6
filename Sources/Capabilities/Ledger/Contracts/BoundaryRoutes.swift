import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/contract/boundaries`: which contracts leave open who does what, and one form a contract to settle it.
struct BoundaryRoutes: Sendable {
  let store: RecordStore

  static let overviewPath = "/ledger/contract/boundaries"
  static func path(_ contract: String) -> String { "/ledger/contract/\(Address.encoded(contract))/boundary" }

  var routes: [Route] {
    [
      .get(Self.overviewPath, ReadLedger.self, overview), .get(Self.overviewPath + "/print", ReadLedger.self, printed),
      .get("/ledger/contract/:id/boundary", ReadLedger.self, one),
      .post("/ledger/contract/:id/boundary", EditLedger.self, keep),
    ]
  }

  func all(
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> (boundaries: [Boundary], titles: [String: String]) {
    let contracts = try await store.all(.contract, in: scope)
    let clauses = try await store.all(.contractClause, limit: 1_000_000, in: scope).records
    let byContract = Dictionary(grouping: clauses) { $0["contract"] ?? "" }
    let boundaries = contracts.records.map { Boundary(contract: $0, clauses: byContract[$0.id] ?? []) }
      .filter { $0.isInForce(on: request.now.day) }
    return (boundaries, contracts.titles)
  }

  @Sendable func overview(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (boundaries, titles) = try await all(request, scope)
    return BoundaryOverview(boundaries: boundaries, titles: titles, request: request).response
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (boundaries, titles) = try await all(request, scope)
    return BoundaryOverview(boundaries: boundaries, titles: titles, request: request).sheet
  }

  @Sendable func one(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let boundary = try await boundary(request, scope)
    return BoundaryPage(boundary: boundary, answers: BoundaryAnswers(boundary), errors: [], request: request).response
  }

  func boundary(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> Boundary {
    let contract = try await found { try await store.find(.contract, id: request["id"], in: scope).record }
    let query = ListQuery(filters: ["contract": [.value(contract.id)]])
    return Boundary(contract: contract, clauses: try await store.all(.contractClause, query, in: scope).records)
  }

  @Sendable func keep(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let boundary = try await boundary(request, scope.reading)
    let answers = BoundaryAnswers(try request.form(), boundary)
    var errors: [FieldError] = []
    do {
      let (new, changed) = answers.records(for: boundary)
      let name = boundary.contract.title
      let set = try await store.keep(
        .contractClause,
        new: new,
        changed: changed,
        title: Localized(ja: "契約「\(name)」の責任分界", en: "Responsibilities of contract “\(name)”"),
        in: scope
      )
      return .redirect(
        to: Self.path(boundary.contract.id),
        flash: .done(
          Localized(ja: "責任分界を保存しました。", en: "The responsibilities are saved."),
          action: set.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch let error as RecordError {
      errors = [FieldError("", error.message[request.language])]
    }
    return BoundaryPage(boundary: boundary, answers: answers, errors: errors, request: request).response
  }
}

/// What the form of a contract says, clause by clause: as recorded, or as somebody just chose.
struct BoundaryAnswers {
  struct Answer: Hashable {
    /// A `ClauseOwner`, `?`, or empty.
    var owner: String
    var wording: String
    /// The version of the clause's record that was looked at.
    var version: Int?
  }

  let byClause: [String: Answer]

  init(_ boundary: Boundary) {
    byClause = Dictionary(
      uniqueKeysWithValues: boundary.lines.map { line in
        (
          line.clause.key,
          Answer(
            owner: line.isUnknown ? Unknown.value : line.owner?.rawValue ?? "",
            wording: line.wording,
            version: line.record?.version
          )
        )
      }
    )
  }

  init(_ form: WebForm, _ boundary: Boundary) {
    byClause = Dictionary(
      uniqueKeysWithValues: boundary.lines.map { line in
        let key = line.clause.key
        return (
          key,
          Answer(
            owner: form.text("owner.\(key)"),
            wording: form.text("wording.\(key)"),
            version: Int(form.text("version.\(key)"))
          )
        )
      }
    )
  }

  /// Clauses without a record that now say something, and those whose record says something else.
  func records(for boundary: Boundary) -> (new: [[String: String]], changed: [RecordEdit]) {
    var new: [[String: String]] = []
    var changed: [RecordEdit] = []
    for line in boundary.lines {
      guard let answer = byClause[line.clause.key] else { continue }
      let values = ["owner": answer.owner, "wording": answer.wording]
      if let record = line.record {
        let isSame = values.allSatisfy { (record[$0.key] ?? "") == $0.value }
        if !isSame {
          changed.append(RecordEdit(id: record.id, expectedVersion: answer.version ?? 0, changes: values))
        }
      } else if !answer.owner.isEmpty || !answer.wording.isEmpty {
        new.append(values.merging(["contract": boundary.contract.id, "clause": line.clause.key]) { own, _ in own })
      }
    }
    return (new, changed)
  }
}
