import Nouns
import Organization
import Time

/// What left the sample hospital on sticks and laptops: two that came back, one that is out. No chance in it.
struct DemoMedia: Sendable {
  enum Act: Sendable {
    case ask(Int)
    case approve(Int)
    case giveBack(Int, note: String)
  }

  let today: LocalDate

  /// `from` and `until` in days from today.
  private static let requests: [(from: Int, until: Int, typed: [String: String])] = [
    (
      -40, -33,
      [
        "medium": "usb", "label": "USB-007", "contents": "学会発表の資料（画像は匿名化済み）", "personal": "no", "headCount": "",
        "purpose": "地域の放射線科研究会での発表", "destination": "横浜市内の会場", "protection": "encrypted",
      ]
    ),
    (
      -24, -20,
      [
        "medium": "disk", "label": "HDD-02", "contents": "紹介患者の画像（CT、MR）", "personal": "yes", "headCount": "12",
        "purpose": "連携病院への提供", "destination": "連携病院の地域連携室", "protection": "encrypted",
      ]
    ),
    (
      -3, 4,
      [
        "medium": "computer", "label": "NPC-0012", "contents": "訪問看護の記録", "personal": "yes", "headCount": "18",
        "purpose": "訪問先での記録", "destination": "訪問先", "protection": "encrypted",
      ]
    ),
  ]

  var acts: [(day: LocalDate, hour: Int, person: Int, act: Act)] {
    func ago(_ days: Int) -> LocalDate { today.adding(days: -days) }
    return [
      (ago(42), 11, 1, .ask(0)), (ago(41), 9, 0, .approve(0)), (ago(33), 16, 0, .giveBack(0, note: "中身を消して棚に戻した")),
      (ago(26), 14, 1, .ask(1)), (ago(25), 9, 0, .approve(1)), (ago(20), 17, 0, .giveBack(1, note: "受領書を受け取り、消去した")),
      (ago(4), 10, 1, .ask(2)), (ago(3), 8, 0, .approve(2)),
    ]
  }

  /// Does one of them through the store that the pages use.
  func play(_ act: Act, _ house: House, _ facility: FacilityID, as actor: Actor) async throws {
    let scope = Scope<EditLedger>.operatorOf(facility, as: actor, request: house.ids.next())
    let media = house.organization.media
    func id(_ number: Int) async throws -> String? {
      let contents = Self.requests[number].typed["contents"]
      return try await media.list(in: scope.reading).first { $0.draft.contents == contents }?.id
    }
    switch act {
    case .ask(let number):
      let request = Self.requests[number]
      var typed = request.typed
      typed["from"] = today.adding(days: request.from).iso
      typed["until"] = today.adding(days: request.until).iso
      let staff = Scope<SignedIn>.operatorOf(facility, as: actor, request: house.ids.next())
      _ = try await media.ask(try MediaDraft(typed, today: house.clock.now().day), department: nil, in: staff)
    case .approve(let number):
      guard let id = try await id(number) else { return }
      _ = try await media.decide(id, isApproved: true, note: "", in: scope)
    case .giveBack(let number, let note):
      guard let id = try await id(number) else { return }
      _ = try await media.giveBack(id, note: note, in: scope)
    }
  }
}
