import Nouns
import Text
import Time
import Web

/// `/api/v1/duties`, `/inbox` and `/calendar` for programs: what the pages of this capability do. The list of duties itself
/// stands in the overview of the home page.
struct DutyAPI: Sendable {
  let duties: Duties

  static let group = EndpointGroup("duties", Localized(ja: "やること・お知らせ・予定", en: "Duties, inbox, calendar"))
  private static func words(_ ja: String, _ en: String) -> Localized { Localized(ja: ja, en: en) }
  private static let id = EndpointParameter.path("id", .text(upTo: 300, from: 1), words("やることの番号", "The duty's id"))

  /// A duty with what only hand-made ones have.
  struct Shown: Sendable {
    let duty: Duty
    let made: MadeDuty?
    var snoozedUntil: LocalDate?
  }

  static let shape = JSONShape<Shown>([
    .text("id") { $0.duty.id }, .words("title") { $0.duty.title }, .words("reason") { $0.duty.reason },
    .choice("owner", Role.allCases.map(\.rawValue)) { $0.duty.owner.rawValue },
    .maybe("person") { $0.duty.person }, .maybe("department") { $0.duty.department },
    .maybe("deputy") { $0.duty.deputy?.rawValue }, .day("due") { $0.duty.due },
    .choice("state", Duty.State.allCases.map(\.rawValue)) { $0.duty.state.rawValue },
    .maybe("recurrence") { $0.duty.recurrence?.text }, .text("link") { $0.duty.link },
    .count("rank") { $0.duty.rank }, .flag("isByHand") { $0.duty.isByHand },
    .day("snoozedUntil") { $0.snoozedUntil }, .count("version") { $0.made?.version },
  ])

  private static let message = JSONShape<InboxMessage>([
    .text("id") { $0.id }, .words("title") { $0.title }, .words("text") { $0.text }, .text("link") { $0.link },
    .flag("isUrgent") { $0.isUrgent }, .instant("at") { $0.at }, .instant("readAt") { $0.readAt },
  ])

  private static let draftMembers: [Schema.Member] = [
    .maybe("reason", .optional(.text(upTo: 2_000))), .maybe("person", .optional(.text(upTo: 64))),
    .maybe("department", .optional(.text(upTo: 64))),
    .maybe("deputy", .optional(.text(upTo: 40))), .maybe("link", .optional(.text(upTo: 500))),
    .maybe(
      "recurrence",
      .optional(.text(upTo: 40)),
      words(
        "monthly:15, yearly:04-01, workday:-1, fiscal, weekly:1",
        "monthly:15, yearly:04-01, workday:-1, fiscal, weekly:1"
      )
    ), .maybe("rank", .integer(0...9)),
  ]

  private static let one = EndpointAnswer.one(shape, words("やること", "The duty"), headers: ["ETag"])

  var routes: [Route] { making + steps + inbox + calendar }

  // MARK: Duties

  private var making: [Route] {
    [
      .api(
        .post,
        "/duties",
        ManageDuties.self,
        Endpoint(
          "createDuty",
          Self.group,
          Self.words("やることを作る", "Give somebody something to do"),
          body: .json(
            .object(
              [
                .always("title", .text(upTo: 200, from: 1)), .always("due", .day),
                .always("owner", .choice(Role.allCases.map(\.rawValue))),
              ] + Self.draftMembers
            )
          ),
          answers: [.one(Self.shape, Self.words("やること", "The duty"), status: 201, headers: ["ETag", "Location"])],
          takesKey: true
        )
      ) { call, scope in
        let draft = try await draft(call, nil, scope.facility)
        let id = try await Self.told(call) { try await duties.make(draft, in: scope) }
        return try await answer(call, MadeDuty.prefix + id, scope.facility, status: 201)
      },
      .api(
        .get,
        "/duties/:id",
        SignedIn.self,
        Endpoint(
          "getDuty",
          Self.group,
          Self.words("1つのやること", "One duty"),
          parameters: [Self.id],
          answers: [Self.one]
        )
      ) { call, scope in try await answer(call, call["id"], scope.facility) },
      .api(
        .patch,
        "/duties/:id",
        ManageDuties.self,
        Endpoint(
          "changeDuty",
          Self.group,
          Self.words("手で作ったやることの変更", "Change one that was made by hand"),
          parameters: [Self.id, .ifMatch],
          body: .json(
            .object(
              [
                .maybe("title", .text(upTo: 200, from: 1)), .maybe("due", .day),
                .maybe("owner", .choice(Role.allCases.map(\.rawValue))),
                .maybe("version", .integer(1...Int(Int32.max))),
              ] + Self.draftMembers
            )
          ),
          answers: [Self.one],
          problems: [409, 412, 428]
        )
      ) { call, scope in
        let made = try await made(call, scope.facility)
        let version = try call.version()
        let draft = try await draft(call, made.draft, scope.facility)
        try await Self.told(call, byHeader: version.isHeader) {
          try await duties.change(made.id, draft, version: version.number, in: scope)
        }
        return try await answer(call, call["id"], scope.facility)
      },
      .api(
        .post,
        "/duties/:id/withdraw",
        ManageDuties.self,
        Endpoint(
          "withdrawDuty",
          Self.group,
          Self.words("手で作ったやることの取りやめ", "Withdraw one that was made by hand"),
          parameters: [Self.id],
          body: .json(.object([.always("reason", .text(upTo: 500, from: 1))])),
          answers: [Self.one],
          problems: [409]
        )
      ) { call, scope in
        let made = try await made(call, scope.facility)
        try await Self.told(call) {
          try await duties.withdraw(
            made.duty(today: duties.today),
            reason: call.json["reason"]?.text ?? "",
            in: scope
          )
        }
        return try await answer(call, call["id"], scope.facility)
      },
    ]
  }

  private var steps: [Route] {
    func step(
      _ path: String,
      _ id: String,
      _ about: Localized,
      _ members: [Schema.Member]?,
      _ does: @escaping @Sendable (APICall, Duty, Scope<SignedIn>) async throws -> Void
    ) -> Route {
      .api(
        .post,
        "/duties/:id/\(path)",
        SignedIn.self,
        Endpoint(
          id,
          Self.group,
          about,
          parameters: [Self.id],
          body: members.map { .json(.object($0)) } ?? .none,
          answers: [Self.one],
          problems: [409, 422]
        )
      ) { call, scope in
        guard let duty = try await duties.find(call["id"], DutyRoutes.reader(call.request), scope.facility) else {
          throw DutyRoutes.missing
        }
        guard duty.state != .done else { throw WebError.conflict(Self.settled, remedy: Self.look) }
        try await Self.told(call) { try await does(call, duty, scope) }
        return try await answer(call, duty, scope.facility)
      }
    }
    return [
      step(
        "snooze",
        "snoozeDuty",
        Self.words("先に延ばす", "Put it off until a day"),
        [.always("until", .day), .always("reason", .text(upTo: 500, from: 1))]
      ) { call, duty, scope in
        let until = call.json["until"]?.text.flatMap { LocalDate(iso: $0) } ?? duties.today
        try await duties.snooze(duty, until: until, reason: call.json["reason"]?.text ?? "", in: scope)
      },
      step("wake", "wakeDuty", Self.words("延ばしたものを戻す", "Take a putting-off back"), nil) { _, duty, scope in
        try await duties.wake(duty, in: scope)
      },
      step(
        "done",
        "settleDuty",
        Self.words("根拠を書いて完了にする（手で作ったものだけ）", "Settle one that was made by hand, with its evidence"),
        [.always("evidence", .text(upTo: 2_000, from: 1))]
      ) { call, duty, scope in
        guard duty.isByHand else { throw DutyProblems("", Self.derived) }
        _ = try await duties.settle(duty, evidence: call.json["evidence"]?.text ?? "", in: scope)
      },
    ]
  }

  private static let settled = Localized(ja: "このやることは、もう完了しています。", en: "This is settled already.")

  private static let look = Localized(ja: "いまの状態を確かめてください。", en: "Look at its state as it is now.")

  private static let derived = Localized(
    ja: "これは台帳の記録から出ているので、記録を直すと消えます。",
    en: "This comes from the records and goes when they are mended."
  )

  private func made(_ call: APICall, _ facility: FacilityID) async throws -> MadeDuty {
    let id = call["id"]
    guard id.hasPrefix(MadeDuty.prefix),
      let made = try await duties.made(String(id.dropFirst(MadeDuty.prefix.count)), facility), made.closedAt == nil
    else { throw DutyRoutes.missing }
    return made
  }

  private func answer(
    _ call: APICall,
    _ id: String,
    _ facility: FacilityID,
    status: Int = 200
  ) async throws -> WebResponse {
    guard let duty = try await duties.find(id, DutyRoutes.reader(call.request), facility) else {
      throw DutyRoutes.missing
    }
    return try await answer(call, duty, facility, status: status)
  }

  private func answer(
    _ call: APICall,
    _ duty: Duty,
    _ facility: FacilityID,
    status: Int = 200
  ) async throws -> WebResponse {
    let made =
      duty.id.hasPrefix(MadeDuty.prefix)
      ? try await duties.made(String(duty.id.dropFirst(MadeDuty.prefix.count)), facility) : nil
    let until =
      if let made { made.snoozedUntil } else { try await duties.marks(facility).snoozed[duty.id] }
    let today = duties.today
    return call.answer(
      Shown(duty: made?.duty(today: today) ?? duty, made: made, snoozedUntil: until.flatMap { $0 > today ? $0 : nil }),
      as: Self.shape,
      status: status,
      version: made?.version ?? 1,
      location: status == 201 ? "/duties/\(duty.id)" : nil
    )
  }

  /// What the body says; what it leaves out comes from `now`.
  private func draft(_ call: APICall, _ now: DutyDraft?, _ facility: FacilityID) async throws -> DutyDraft {
    var faults: [(pointer: String, reason: Localized)] = []
    func value(_ name: String, _ now: String?) -> String? {
      switch call.json[name] {
      case .text(let text): text.isEmpty ? nil : text
      case .null: nil
      default: now
      }
    }
    func fault(_ name: String, _ ja: String, _ en: String) {
      faults.append(("/\(name)", Localized(ja: ja, en: en)))
    }
    let person = value("person", now?.person)
    if let person, try await !duties.needs.people(facility).contains(where: { $0.account == person }) {
      fault("person", "この人はいまの利用者の中にいません。", "This person has no account.")
    }
    let department = value("department", now?.department)
    if let department, try await !duties.needs.departments(facility).contains(where: { $0.id == department }) {
      fault("department", "この部門は台帳にありません。", "This department is not in the ledger.")
    }
    let deputy = value("deputy", now?.deputy?.rawValue)
    if let deputy, Role(rawValue: deputy) == nil { fault("deputy", "この役割はありません。", "There is no such role.") }
    let word = value("recurrence", now?.recurrence?.text)
    let recurrence = word.flatMap(Recurrence.init(reading:))
    if word != nil, recurrence == nil { fault("recurrence", "くり返しを読み取れません。", "The recurrence cannot be read.") }
    guard faults.isEmpty else { throw WebError.invalid(faults, call.language) }
    return DutyDraft(
      title: value("title", now?.title) ?? "",
      reason: value("reason", now?.reason) ?? "",
      link: value("link", now?.link) ?? "",
      owner: value("owner", nil).flatMap(Role.init(rawValue:)) ?? now?.owner ?? .administrator,
      person: person,
      department: department,
      deputy: deputy.flatMap(Role.init(rawValue:)),
      due: value("due", nil).flatMap { LocalDate(iso: $0) } ?? now?.due ?? duties.today,
      recurrence: recurrence,
      rank: call.json["rank"]?.integer ?? now?.rank ?? 5
    )
  }

  static func told<T>(_ call: APICall, byHeader: Bool = false, _ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let problems as DutyProblems {
      throw WebError.invalid(
        problems.list.map { ($0.field.isEmpty ? "" : "/\($0.field)", $0.message) },
        call.language
      )
    } catch is DutyConflict {
      throw byHeader
        ? WebError.outdated
        : .conflict(
          DutyRoutes.conflict,
          remedy: Localized(ja: "読み直して、送り直してください。", en: "Read it again and send it again.")
        )
    }
  }

  // MARK: Inbox and calendar

  private var inbox: [Route] {
    [
      .api(
        .get,
        "/inbox",
        SignedIn.self,
        Endpoint(
          "listMessages",
          Self.group,
          Self.words("自分あてのお知らせ（新しい順）", "One's own messages, newest first"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.message.schema), Self.words("お知らせ", "The messages"))]
        )
      ) { call, scope in
        var before: String?
        if let cursor = try call.cursor() {
          guard cursor.parts.count == 2, cursor.parts[0] == "m" else { throw WebError.brokenCursor }
          before = cursor.parts[1]
        }
        let messages = try await duties.messages(scope.actor.id, scope.facility, before: before, limit: call.limit + 1)
        let shown = Array(messages.prefix(call.limit))
        let next = messages.count > call.limit ? shown.last.map { Cursor(["m", $0.id]) } : nil
        return call.page(shown, next: next) { Self.message.write($0, call.language, to: &$1) }
      },
      .api(
        .post,
        "/inbox/read",
        SignedIn.self,
        Endpoint(
          "readMessages",
          Self.group,
          Self.words("すべて既読にする", "Mark all as read"),
          answers: [.nothing(Self.words("済み", "Done"))]
        )
      ) { _, scope in
        _ = try await duties.read(nil, scope.actor.id, scope.facility)
        return WebResponse(status: 204)
      },
      .api(
        .post,
        "/inbox/:id/read",
        SignedIn.self,
        Endpoint(
          "readMessage",
          Self.group,
          Self.words("1つを既読にする", "Mark one as read"),
          parameters: [.path("id", .id, Self.words("お知らせの番号", "The message's id"))],
          answers: [.nothing(Self.words("済み", "Done"))]
        )
      ) { call, scope in
        guard try await duties.read(call["id"], scope.actor.id, scope.facility) != nil else {
          throw WebError.notFound(Localized(ja: "このお知らせ", en: "This message"))
        }
        return WebResponse(status: 204)
      },
    ]
  }

  private var calendar: [Route] {
    [
      .api(
        .get,
        "/calendar",
        SignedIn.self,
        Endpoint(
          "listCalendar",
          Self.group,
          Self.words("予定（期限の日順）。2年まで", "What is due between two days, at most two years"),
          parameters: [
            .query("from", .day, Self.words("この日から。なければ今日", "From this day, today without it")),
            .query("until", .day, Self.words("この日まで。なければ1年後", "To this day, a year ahead without it")), .limit,
            .cursor,
          ],
          answers: [.page(Self.shape, Self.words("予定", "What is due"))]
        )
      ) { call, scope in
        let first = call.query("from").flatMap { LocalDate(iso: $0) } ?? duties.today
        let last = call.query("until").flatMap { LocalDate(iso: $0) } ?? first.adding(days: 365)
        guard first <= last, last.days(since: first) <= 731 else {
          let reason = Localized(ja: "fromから2年以内の日にしてください。", en: "It must lie within two years from the first day.")
          throw WebError.invalid([(pointer: "?until", reason: reason)], call.language)
        }
        let found = try await duties.calendarDuties(
          DutyRoutes.reader(call.request),
          scope.facility,
          from: first,
          to: last
        )
        return try call.page(of: found.map { Shown(duty: $0, made: nil) }, as: Self.shape)
      }
    ]
  }
}
