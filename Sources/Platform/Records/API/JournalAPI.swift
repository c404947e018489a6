import Journal
import Nouns
import Text
import Time
import Web

/// `/api/v1/changes` and `/api/v1/journal`: what was done, taking it back, and whether the chain holds.
struct JournalAPI: Sendable {
  let store: RecordStore
  let journal: JournalReader
  /// Checks the whole chain of one facility.
  let verify: @Sendable (FacilityID) async throws -> VerifyReport
  var others: [OtherChanges] = []

  private static let group = EndpointGroup(
    "journal",
    Localized(ja: "変更の記録", en: "What was changed, and the sealed chain")
  )
  private static let set = EndpointParameter.path("set", .id, Localized(ja: "変更の番号", en: "The change set's id"))

  private static let undone = Schema.object([
    .always("changeSet", .text), .always("restored", .count),
    .always(
      "left",
      .list(
        .object([.always("kind", .text), .always("id", .text), .always("title", .text), .always("reason", .text)])
      ),
      Localized(ja: "あとから変更されたため、そのままのもの", en: "What was changed since and stays")
    ), .always("leftCount", .count, Localized(ja: "そのままのものの数", en: "How many stay")),
  ])

  private static let seal = Schema.object([
    .always("sealedUpTo", .count), .always("at", .optional(.instant)), .always("unsealed", .count),
  ])

  private static let verification = Schema.object([
    .always("ok", .boolean), .always("sealed", .count), .always("unsealed", .count),
    .always(
      "firstBroken",
      .optional(
        .object([
          .always("sequence", .count), .always("entry", .optional(.text)), .always("at", .optional(.instant)),
          .always("reason", .text), .always("detail", .text),
        ])
      )
    ), .always("acceptedBreaks", .count),
  ])

  var routes: [Route] { changes + entries }

  private var changes: [Route] {
    [
      .api(
        .get,
        "/changes",
        ReadJournal.self,
        Endpoint(
          "listChangeSets",
          Self.group,
          Localized(ja: "変更の一覧", en: "What was changed together, newest first"),
          parameters: [Self.from, Self.until, .limit, .cursor],
          answers: [.json(.page(of: .named("ChangeSet")), Localized(ja: "変更", en: "The change sets"))]
        ),
        sets
      ),
      .api(
        .get,
        "/changes/:set",
        ReadJournal.self,
        Endpoint(
          "getChangeSet",
          Self.group,
          Localized(ja: "1つの変更", en: "One change set"),
          parameters: [Self.set],
          answers: [.json(.named("ChangeSet"), Localized(ja: "変更", en: "The change set"))]
        )
      ) { call, scope in
        var writer = JSONWriter()
        RecordJSON.write(try await set(call, scope), call.language, to: &writer)
        return WebResponse(headers: ["Content-Type": "application/json"], body: .bytes(writer.bytes))
      },
      .api(
        .get,
        "/changes/:set/entries",
        ReadJournal.self,
        Endpoint(
          "listChangeEntries",
          Self.group,
          Localized(ja: "変更の中身", en: "What a change set did"),
          parameters: [Self.set, .limit, .cursor],
          answers: [.json(.page(of: .named("Entry")), Localized(ja: "記録", en: "The entries"))]
        )
      ) { call, scope in
        let set = try await set(call, scope)
        let entries = try await journal.entries(
          of: set.id,
          facility: scope.facility.rawValue,
          before: try Self.place(call),
          limit: call.limit + 1
        )
        return Self.page(entries, call)
      },
      .api(
        .post,
        "/changes/:set/undo",
        EditLedger.self,
        Endpoint(
          "undoChangeSet",
          Self.group,
          Localized(ja: "変更の取り消し", en: "Take a change set back, within seven days"),
          parameters: [Self.set],
          answers: [.json(Self.undone, Localized(ja: "結果", en: "What was put back"))],
          problems: [409]
        ),
        undo
      ).within(.seconds(120)),
    ]
  }

  private static let from = EndpointParameter.query(
    "from",
    .instant,
    Localized(ja: "この日時から", en: "From this moment on")
  )
  private static let until = EndpointParameter.query(
    "until",
    .instant,
    Localized(ja: "この日時より前", en: "Before this moment")
  )

  private var entries: [Route] {
    let name = Schema.text(upTo: 100, from: 1)
    return [
      .api(
        .get,
        "/journal",
        ReadJournal.self,
        Endpoint(
          "listEntries",
          Self.group,
          Localized(ja: "すべての記録", en: "The audit trail, newest first"),
          parameters: [
            .query("actor", name, Localized(ja: "した人の番号", en: "The id of who did it")),
            .query("kind", name, Localized(ja: "できごと（asset.changed など）", en: "What happened, as asset.changed")),
            .query("subjectType", name, Localized(ja: "対象の種類", en: "What it is about, as asset")), Self.from,
            Self.until,
            .limit, .cursor,
          ],
          answers: [.json(.page(of: .named("Entry")), Localized(ja: "記録", en: "The entries"))]
        ),
        latest
      ),
      .api(
        .get,
        "/journal/seal",
        ReadJournal.self,
        Endpoint(
          "getSeal",
          Self.group,
          Localized(ja: "封印の状態", en: "How far the seal has come"),
          answers: [.json(Self.seal, Localized(ja: "封印", en: "The seal"))]
        )
      ) { call, scope in
        let state = try await journal.sealState(facility: scope.facility.rawValue)
        return call.answer { writer in
          writer.member("sealedUpTo", state.sealedUpTo)
          writer.member("at", state.at)
          writer.member("unsealed", state.unsealed)
        }
      },
      .api(
        .post,
        "/journal/verify",
        ReadJournal.self,
        Endpoint(
          "verifyJournal",
          Self.group,
          Localized(ja: "記録が書き換えられていないかの検証", en: "Check the whole chain with its signatures"),
          answers: [.json(Self.verification, Localized(ja: "検証の結果", en: "What the check found"))]
        ),
        check
      ).within(.seconds(120)),
    ]
  }

  // MARK: Doing

  private func set(_ call: APICall, _ scope: Scope<ReadJournal>) async throws -> ChangeSet {
    guard let set = try await journal.changeSet(call["set"], facility: scope.facility.rawValue) else {
      throw WebError.notFound(Localized(ja: "この変更", en: "This change"))
    }
    return set
  }

  @Sendable private func sets(_ call: APICall, _ scope: Scope<ReadJournal>) async throws -> WebResponse {
    var before: String?
    if let cursor = try call.cursor() {
      guard cursor.parts.count == 2, cursor.parts[0] == "s" else { throw WebError.brokenCursor }
      before = cursor.parts[1]
    }
    let sets = try await journal.changeSets(
      facility: scope.facility.rawValue,
      before: before,
      from: call.query("from").flatMap { Instant(iso: $0) },
      until: call.query("until").flatMap { Instant(iso: $0) },
      limit: call.limit + 1
    )
    let shown = Array(sets.prefix(call.limit))
    let next = sets.count > call.limit ? shown.last.map { Cursor(["s", $0.id]) } : nil
    return call.page(shown, next: next) { RecordJSON.write($0, call.language, to: &$1) }
  }

  @Sendable private func undo(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let facility = scope.facility.rawValue
    if let owner = try await OtherChanges.owner(of: call["set"], among: others, journal, facility: facility) {
      let outcome = try await RecordError.told(call) { try await owner.undo(call["set"], call.request) }
      return call.answer { writer in
        writer.member("changeSet", outcome.set)
        writer.member("restored", outcome.restored)
        // What stays is named where a set is read again; here its number is known only.
        writer.array("left") { _ in }
        writer.member("leftCount", outcome.left)
      }
    }
    let outcome = try await RecordError.told(call) { try await store.undo(call["set"], in: scope) }
    return call.answer { writer in
      writer.member("changeSet", outcome.set)
      writer.member("restored", outcome.restored)
      writer.member("leftCount", outcome.left.count)
      writer.array("left") { writer in
        for left in outcome.left {
          writer.object { writer in
            writer.member("kind", left.kind)
            writer.member("id", left.id)
            writer.member("title", left.title)
            writer.member("reason", left.reason[call.language])
          }
        }
      }
    }
  }

  @Sendable private func latest(_ call: APICall, _ scope: Scope<ReadJournal>) async throws -> WebResponse {
    let filter = JournalFilter(
      actorID: call.query("actor"),
      kind: call.query("kind"),
      subjectType: call.query("subjectType"),
      from: call.query("from").flatMap { Instant(iso: $0) },
      until: call.query("until").flatMap { Instant(iso: $0) }
    )
    let entries = try await journal.latest(
      filter,
      facility: scope.facility.rawValue,
      before: try Self.place(call),
      limit: call.limit + 1
    )
    return Self.page(entries, call)
  }

  @Sendable private func check(_ call: APICall, _ scope: Scope<ReadJournal>) async throws -> WebResponse {
    let report = try await verify(scope.facility)
    return call.answer { writer in
      writer.member("ok", report.isOK)
      writer.member("sealed", report.sealed)
      writer.member("unsealed", report.unsealed)
      if let broken = report.firstBroken {
        writer.object("firstBroken") { writer in
          writer.member("sequence", broken.sequence)
          writer.member("entry", broken.id)
          writer.member("at", broken.at)
          writer.member("reason", broken.reason.rawValue)
          writer.member("detail", broken.reason.label[call.language])
        }
      } else {
        writer.member("firstBroken", JSONValue.null)
      }
      writer.member("acceptedBreaks", report.accepted.count)
    }
  }

  // MARK: Pages of entries

  /// Where the page before ended.
  static func place(_ call: APICall) throws -> JournalCursor? {
    guard let cursor = try call.cursor() else { return nil }
    guard cursor.parts.count == 2, cursor.parts[0] == "j", let place = JournalCursor(reading: cursor.parts[1]) else {
      throw WebError.brokenCursor
    }
    return place
  }

  /// `entries` are one more than the page where more follow.
  static func page(_ entries: [JournalEntry], _ call: APICall) -> WebResponse {
    let shown = Array(entries.prefix(call.limit))
    let next = entries.count > call.limit ? shown.last.map { Cursor(["j", JournalCursor(after: $0).text]) } : nil
    return call.page(shown, next: next) { RecordJSON.write($0, to: &$1) }
  }
}
