import Nouns
import Records
import Tabular
import Text
import Time
import Web

/// A roster that was handed in as an import of people, against the register: what the page shows before it is applied, and
/// applying it under the same rules. Handing in and throwing away are those of all imports.
struct RosterAPI: Sendable {
  let roster: RosterStore

  private static let group = EndpointGroup("rosters", Localized(ja: "名簿の比較", en: "Rosters compared with the register"))
  private static let id = EndpointParameter.path(
    "draft",
    .id,
    Localized(ja: "職員（people）の取り込みの番号", en: "The id of an import of people")
  )

  var routes: [Route] { [comparing, naming, applying] }

  private var comparing: Route {
    .api(
      .get,
      "/rosters/:draft",
      ImportLedger.self,
      Endpoint(
        "getRoster",
        Self.group,
        Localized(ja: "名簿と台帳の違い（人数）", en: "How the roster differs from the register, in numbers"),
        detail: Localized(
          ja: "名簿は POST /imports に kind=people で渡します。まだ何も変わっていません。やめるときは DELETE /imports/{draft} です。",
          en:
            "The roster is handed in by POST /imports with kind=people. Nothing has changed yet. To refuse it: DELETE /imports/{draft}."
        ),
        parameters: [Self.id],
        answers: [.json(Self.state, Localized(ja: "名簿の状態と違い", en: "How it stands, and how it differs"))],
        problems: [422]
      )
    ) { call, scope in
      let draft = try await draft(call, scope)
      let difference = draft.committed == nil ? try await compare(draft, call, scope) : nil
      return call.answer { writer in
        writer.member("id", draft.id)
        writer.member("name", draft.source.name)
        writer.member("createdAt", draft.createdAt)
        writer.member("changeSet", draft.committed.flatMap { $0.isEmpty ? nil : $0 })
        guard let difference else { return writer.member("difference", JSONValue.null) }
        writer.object("difference") { RosterDifference.shape.fill(RosterDifference(difference), call.language, &$0) }
      }
    }.within(.seconds(120))
  }

  private static let state = Schema.object([
    .always("id", .id), .always("name", .text), .always("createdAt", .instant),
    .always("changeSet", .optional(.text), Localized(ja: "反映したときの変更の番号", en: "What it became when it was applied")),
    .always(
      "difference",
      .optional(RosterDifference.shape.schema),
      Localized(ja: "反映した後はnull", en: "Null once it was applied")
    ),
  ])

  private var naming: Route {
    .api(
      .get,
      "/rosters/:draft/people",
      ImportLedger.self,
      Endpoint(
        "listRosterPeople",
        Self.group,
        Localized(ja: "名簿と台帳で違う人", en: "Who differs between the roster and the register"),
        parameters: [
          Self.id,
          .query(
            "group",
            .choice(Roster.Group.allCases.map(\.rawValue)),
            Localized(
              ja: "joined＝入職、moved＝異動、left＝退職した、willLeave＝これから退職、otherwise＝そのほかの変更、missing＝名簿にいない",
              en: "One group only; missing are those who are in no row of the file"
            )
          ), .limit, .cursor,
        ],
        answers: [.page(RosterPerson.shape, Localized(ja: "違う人", en: "The people"))],
        problems: [409, 422]
      )
    ) { call, scope in
      let draft = try await open(call, scope)
      let comparison = try await compare(draft, call, scope)
      let all = comparison.roster.lines(call.query("group").flatMap(Roster.Group.init))
      // Names are read for the page alone, not for fifty thousand.
      let start = try Self.start(call)
      let part = Array(all.dropFirst(start).prefix(call.limit))
      let end = start + part.count
      let people = try await roster.people(part, in: scope)
      return call.page(people, next: end < all.count ? Cursor([Self.place, String(end)]) : nil, total: all.count) {
        RosterPerson.shape.write($0, call.language, to: &$1)
      }
    }.within(.seconds(120))
  }

  private static let place = "roster"

  private static func start(_ call: APICall) throws(WebError) -> Int {
    guard let parts = try call.cursor()?.parts else { return 0 }
    guard parts.count == 2, parts[0] == place, let start = Int(parts[1]), start >= 0 else { throw .brokenCursor }
    return start
  }

  private var applying: Route {
    .api(
      .post,
      "/rosters/:draft/apply",
      ImportLedger.self,
      Endpoint(
        "applyRoster",
        Self.group,
        Localized(ja: "名簿を台帳に反映する", en: "Take the roster in"),
        detail: Localized(
          ja:
            "名簿にいない人は、missingが keep ならそのまま、leave なら lastDay を最後の勤務日として記入します。needsCount が true の名簿で leave にするときは、count に missing の人数が必要です。2回呼んでも1回だけ反映します。",
          en:
            "Those missing stay as they are (keep), or get lastDay as their last day (leave). Where needsCount is true, leave wants the number of those missing as count. Called twice it is done once."
        ),
        parameters: [Self.id],
        body: .json(
          .object([
            .always("missing", .choice(["keep", "leave"])), .maybe("lastDay", .optional(.day)),
            .maybe("count", .optional(.count)),
          ])
        ),
        answers: [.json(Self.outcome, Localized(ja: "結果", en: "What was done"))],
        problems: [409, 422]
      ),
      apply
    ).within(.seconds(120))
  }

  private static let outcome = Schema.object([
    .always("new", .count), .always("changed", .count), .always("left", .count),
    .always("changeSet", .optional(.text), Localized(ja: "入職と変更", en: "Of those who joined or changed")),
    .always("leaversChangeSet", .optional(.text), Localized(ja: "退職日の記入", en: "Of the last days")),
  ])

  @Sendable private func apply(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(call, scope)
    if let set = draft.committed { return answer(call, 0, 0, 0, set.isEmpty ? nil : set, nil) }
    var lastDay: LocalDate?
    if call.json["missing"]?.text == "leave" {
      guard let day = call.json["lastDay"]?.text.flatMap({ LocalDate(iso: $0) }) else {
        let reason = Localized(ja: "最後の勤務日を指定してください。", en: "Give the last day.")
        throw WebError.invalid([(pointer: "/lastDay", reason: reason)], call.language)
      }
      lastDay = day
    }
    let comparison = try await compare(draft, call, scope)
    do {
      let count = call.json["count"]?.integer
      let (report, leavers) = try await RecordError.told(call) {
        try await roster.apply(comparison, of: draft, leavers: lastDay, confirmed: count, in: scope)
      }
      let left = leavers == nil ? 0 : comparison.roster.absent.count
      return answer(call, report.new, report.changed, left, report.set, leavers)
    } catch let refusal as RosterStore.Refusal {
      throw WebError.conflict(
        refusal.message,
        remedy: Localized(
          ja: "人数を確かめて count に入れるか、missing を keep にして送り直してください。",
          en: "Check the number and send it as count, or send missing as keep."
        )
      )
    }
  }

  private func answer(
    _ call: APICall,
    _ new: Int,
    _ changed: Int,
    _ left: Int,
    _ set: String?,
    _ leavers: String?
  )
    -> WebResponse
  {
    call.answer { writer in
      writer.member("new", new)
      writer.member("changed", changed)
      writer.member("left", left)
      writer.member("changeSet", set)
      writer.member("leaversChangeSet", leavers)
    }
  }

  private func draft(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> ImportDraftStore.Draft {
    guard let draft = try await roster.engine.drafts.find(call["draft"], in: scope), draft.source.kind.kind == .person
    else { throw WebError.notFound(Localized(ja: "この名簿", en: "This roster")) }
    return draft
  }

  /// One that was not taken in yet.
  private func open(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> ImportDraftStore.Draft {
    let draft = try await draft(call, scope)
    guard draft.committed == nil else {
      throw WebError.conflict(
        Localized(ja: "この名簿はすでに反映されています。", en: "This roster was already taken in."),
        remedy: Localized(ja: "比べるときは、名簿を渡し直してください。", en: "To compare, hand the roster in again.")
      )
    }
    return draft
  }

  private func compare(
    _ draft: ImportDraftStore.Draft,
    _ call: APICall,
    _ scope: Scope<ImportLedger>
  ) async throws
    -> RosterStore.Comparison
  {
    do {
      return try await roster.compare(draft, in: scope)
    } catch let error as TabularError {
      throw WebError.invalid(
        [(pointer: "", reason: Localized(ja: error.message(.ja), en: error.message(.en)))],
        call.language
      )
    }
  }
}
