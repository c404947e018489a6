import Nouns
import Records
import Text
import Time
import Web

/// The disconnection order and its approval, for programs. The steps themselves are records of the kind `cut_step`.
struct CutOrderAPI: Sendable {
  let orders: CutOrderStore

  private static let group = EndpointGroup("cut-order", Localized(ja: "切り離しの順序", en: "Disconnection order"))

  private static let step = Schema.object([
    .always("step", .named("Record")),
    .always("isApproved", .boolean),
    .always(
      "isOvertaken",
      .boolean,
      Localized(ja: "承認のあとで書き直された", en: "Changed since it was approved")
    ),
    .always(
      "obstacle",
      .optional(.text),
      Localized(ja: "このトークンの利用者が承認できない理由", en: "Why the user of this token cannot approve it")
    ),
  ])

  private static let outcome = Schema.object([.always("count", .count), .always("changeSet", .optional(.text))])

  var routes: [Route] {
    [
      .api(
        .get,
        "/cut-order",
        ReadLedger.self,
        Endpoint(
          "getCutOrder",
          Self.group,
          Localized(ja: "切り離しの順序と承認", en: "The disconnection order and its approval"),
          answers: [.json(.object([.always("steps", .list(Self.step))]), Localized(ja: "順序", en: "The order"))]
        ),
        read
      ),
      .api(
        .post,
        "/cut-order/approve",
        EditLedger.self,
        Endpoint(
          "approveCutSteps",
          Self.group,
          Localized(ja: "手順を、トークンの利用者の名前で承認する", en: "Approve steps in the name of the token's user"),
          body: .json(.object([.always("steps", .list(.id, upTo: 500))])),
          answers: [.json(Self.outcome, Localized(ja: "何件か", en: "How many"))]
        ),
        approve
      ),
    ]
  }

  @Sendable private func read(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let order = try await orders.read(scope)
    return call.answer { writer in
      writer.array("steps") { writer in
        for step in order.steps {
          writer.object { writer in
            writer.key("step") { RecordJSON.write(step, .cutStep, order.titles, call.language, to: &$0) }
            writer.member("isApproved", order.isApproved(step))
            writer.member("isOvertaken", order.approvals[step.id]?.isOvertaken ?? false)
            writer.member("obstacle", order.obstacle(to: step)?[call.language])
          }
        }
      }
    }
  }

  @Sendable private func approve(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let picked = Set(call.json["steps"]?.array?.compactMap(\.text) ?? [])
    let outcome = try await RecordError.told(call) { try await orders.approve(picked, on: call.now.day, in: scope) }
    guard let outcome else {
      throw WebError.invalid(
        [
          (
            "/steps",
            Localized(
              ja: "承認できる手順がありません。それぞれの理由は GET /cut-order の obstacle にあります。",
              en: "None of these can be approved; GET /cut-order says why under obstacle."
            )
          )
        ],
        call.language
      )
    }
    return call.answer { writer in
      writer.member("count", outcome.changed)
      writer.member("changeSet", outcome.set)
    }
  }
}
