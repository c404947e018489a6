import Nouns
import Records
import Text
import Time
import Web

/// Outside contacts, for programs: what the shipped pack offers, taking it, and noting which numbers were verified. The
/// contacts themselves are records of the kind `contact`.
struct ContactAPI: Sendable {
  let records: RecordStore

  private static func words(_ ja: String, _ en: String) -> Localized { Localized(ja: ja, en: en) }

  private static let group = EndpointGroup("contacts", words("外部連絡先", "Outside contacts"))

  private static let offered = JSONShape<(contact: ContactPack, isTaken: Bool)>([
    .text("key") { $0.contact.name.ja }, .words("name") { $0.contact.name }, .words("purpose") { $0.contact.purpose },
    .maybe("phone") { $0.contact.phone }, .maybe("email") { $0.contact.email },
    .maybe("address") { $0.contact.address },
    .words("state") { $0.contact.state }, .flag("isTaken") { $0.isTaken },
  ])

  private static let outcome = EndpointAnswer.json(
    .object([
      .always("changed", .count),
      .always("changeSet", .optional(.text), words("元に戻すときの番号", "The change set, to take it back")),
    ]),
    words("いくつ変えたか", "How many")
  )

  var routes: [Route] {
    [
      .api(
        .get,
        "/shipped-contacts",
        ReadLedger.self,
        Endpoint(
          "listShippedContacts",
          Self.group,
          Self.words("ひな形の連絡先（どれも未検証）", "The contacts of the pack, none of them verified"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.offered, Self.words("連絡先", "The contacts"))]
        )
      ) { call, scope in
        let known = try await ContactRoutes.known(records, scope)
        return try call.page(of: ContactPack.all.map { ($0, known.contains($0.foldedName)) }, as: Self.offered)
      },
      .api(
        .post,
        "/shipped-contacts/take",
        EditLedger.self,
        Endpoint(
          "takeShippedContacts",
          Self.group,
          Self.words("ひな形の連絡先を台帳に加える。もうある名前は飛ばす", "Add contacts of the pack; those that are there are left"),
          body: .json(.object([.always("keys", .list(.choice(ContactPack.all.map(\.name.ja)), upTo: 100))])),
          answers: [Self.outcome]
        )
      ) { call, scope in
        let keys = Set((call.json["keys"]?.array ?? []).compactMap(\.text))
        let (count, set) = try await ContactRoutes.take(
          ContactPack.all.indices.filter { keys.contains(ContactPack.all[$0].name.ja) },
          records,
          scope
        )
        return Self.answer(call, count, set)
      },
      .api(
        .post,
        "/contacts/verify",
        EditLedger.self,
        Endpoint(
          "verifyContacts",
          Self.group,
          Self.words("連絡先の番号を今日確かめたと記録する", "Note that numbers were verified today, by oneself"),
          body: .json(.object([.always("ids", .list(.id, upTo: 500))])),
          answers: [Self.outcome],
          problems: [404]
        )
      ) { call, scope in
        let ids = (call.json["ids"]?.array ?? []).compactMap(\.text)
        guard !ids.isEmpty else { return Self.answer(call, 0, nil) }
        let (count, set) = try await ContactRoutes.verify(ids, on: call.now.day, records, scope)
        return Self.answer(call, count, set)
      },
    ]
  }

  private static func answer(_ call: APICall, _ count: Int, _ set: String?) -> WebResponse {
    call.answer { writer in
      writer.member("changed", count)
      writer.member("changeSet", set)
    }
  }
}
