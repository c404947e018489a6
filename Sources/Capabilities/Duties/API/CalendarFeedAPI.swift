import Nouns
import Text
import Web

/// The address under which a calendar program fetches one's duties, for programs; over the page `/calendar/feed` too.
struct CalendarFeedAPI: Sendable {
  let duties: Duties

  private static func words(_ ja: String, _ en: String) -> Localized { Localized(ja: ja, en: en) }

  private static let members = JSONShape<CalendarFeed?>([
    .flag("isMade") { $0 != nil }, .instant("createdAt") { $0?.createdAt }, .instant("usedAt") { $0?.usedAt },
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/calendar-file",
        SignedIn.self,
        Endpoint(
          "getCalendarFile",
          DutyAPI.group,
          Self.words("自分の予定（iCalendarのファイル）", "One's own calendar as an iCalendar file"),
          answers: [.file(["text/calendar"], Self.words("iCalendarのファイル", "The file"))]
        )
      ) { call, scope in
        let reader = DutyReader(account: scope.actor.id, grants: call.request.session?.grants ?? [], seesAll: false)
        return CalendarRoutes.file(try await duties.calendarFile(reader, scope.facility, call.language))
      },
      .api(
        .get,
        "/calendar-feed",
        SignedIn.self,
        Endpoint(
          "getCalendarFeed",
          DutyAPI.group,
          Self.words(
            "予定表アプリ用のアドレスがあるか。アドレスは出ません",
            "Whether there is an address for calendar programs; it is not told again"
          ),
          answers: [.one(Self.members, Self.words("アドレスの状態", "How it stands"))]
        )
      ) { call, scope in
        call.answer(try await duties.feed(scope.actor.id, scope.facility), as: Self.members)
      },
      .api(
        .post,
        "/calendar-feed",
        SignedIn.self,
        Endpoint(
          "makeCalendarFeed",
          DutyAPI.group,
          Self.words("予定表アプリ用のアドレスを作る", "Make an address for calendar programs"),
          detail: Self.words(
            "前のアドレスは使えなくなります。アドレスは一度だけ答えます。知っている人は「やること」の題名を読め、使えなくするまで有効です（トークンの期限とは別です）。",
            "The one before no longer works. It is told once only. Whoever knows it reads the titles of one's duties until it is taken back, also when the token has ended."
          ),
          answers: [
            .json(
              .object([.always("address", .text), .always("createdAt", .instant)]),
              Self.words("アドレス", "The address"),
              status: 201
            )
          ]
        ),
        make
      ),
      .api(
        .delete,
        "/calendar-feed",
        SignedIn.self,
        Endpoint(
          "revokeCalendarFeed",
          DutyAPI.group,
          Self.words("予定表アプリ用のアドレスを使えなくする", "Take the address for calendar programs back"),
          answers: [.nothing(Self.words("使えなくした", "It no longer works"))]
        )
      ) { _, scope in
        try await duties.revokeFeed(in: scope)
        return .noContent
      },
    ]
  }

  @Sendable private func make(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let token = try await duties.makeFeed(in: scope)
    let address = try await duties.address(of: token, call.request, scope.facility)
    var response = call.answer(status: 201) { writer in
      writer.member("address", address)
      writer.member("createdAt", call.now)
    }
    response.headers["Cache-Control"] = "no-store"
    return response
  }
}
