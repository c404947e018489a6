import Mail
import Nouns
import Text
import Web

/// What one wants to be told by mail, for programs; over the page `/account/notices` too.
struct WishAPI: Sendable {
  let duties: Duties

  private static let shape = JSONShape<MailWish>([
    .text("address") { $0.address }, .flag("digest") { $0.wantsDigest }, .flag("urgent") { $0.wantsUrgent },
  ])

  private static let one = EndpointAnswer.one(shape, Localized(ja: "受け取り方", en: "What one is told"))

  var routes: [Route] {
    [
      .api(
        .get,
        "/notice-wishes",
        SignedIn.self,
        Endpoint(
          "getNoticeWishes",
          DutyAPI.group,
          Localized(ja: "自分がメールで受け取るもの", en: "What one is told by mail"),
          answers: [Self.one]
        )
      ) { call, scope in
        call.answer(try await duties.wish(scope.actor.id, scope.facility), as: Self.shape)
      },
      .api(
        .put,
        "/notice-wishes",
        SignedIn.self,
        Endpoint(
          "keepNoticeWishes",
          DutyAPI.group,
          Localized(ja: "自分がメールで受け取るものを決める", en: "Say what one is told by mail"),
          body: .json(
            .object([
              .always("address", .text(upTo: 254)), .always("digest", .boolean), .always("urgent", .boolean),
            ])
          ),
          answers: [Self.one]
        ),
        keep
      ),
    ]
  }

  @Sendable private func keep(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    var wish = MailWish(account: scope.actor.id)
    wish.address = call.json["address"]?.text ?? ""
    wish.wantsDigest = call.json["digest"]?.bool ?? false
    wish.wantsUrgent = call.json["urgent"]?.bool ?? false
    do throws(DutyProblems) { wish = try wish.checked() } catch {
      throw WebError.invalid(error.list.map { ("/\($0.field)", $0.message) }, call.language)
    }
    try await duties.save(wish, in: scope)
    return call.answer(wish, as: Self.shape)
  }
}

extension MailWish {
  /// With its address as it is written to. Throws where one is missing or is none.
  func checked() throws(DutyProblems) -> MailWish {
    var copy = self
    if address.isEmpty {
      guard !wantsDigest, !wantsUrgent else {
        var problems = DutyProblems()
        problems.add("address", "受け取るメールアドレスを入力してください。", "Enter the address to send to.")
        throw problems
      }
      return copy
    }
    do {
      copy.address = try MailAddress(address).mailbox
    } catch {
      throw DutyProblems("address", error.message)
    }
    return copy
  }
}
