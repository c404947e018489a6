import Ledger
import Nouns
import Organization
import Records
import Text
import Time

/// What vendors asked to do at the sample hospital: one finished, one for today, one that waits beside another of the same
/// evening. No chance in it.
struct DemoWorks: Sendable {
  enum Act: Sendable {
    case ask(Int)
    case approve(Int, door: String)
    case begin(Int)
    case end(Int)
    case report(Int, remains: String)
    case confirm(Int, note: String)
  }

  let today: LocalDate

  private struct Request {
    let vendor: Int
    /// How the name of the device begins.
    let device: String
    /// From today.
    let day: Int
    let source: WorkRequest.Source
    let typed: [String: String]
  }

  private static let requests = [
    Request(
      vendor: 1,
      device: "CT",
      day: -15,
      source: .paper,
      typed: [
        "kind": "patch", "what": "月例の更新プログラムを適用し、再起動する", "from": "13:30", "until": "15:30", "stops": "yes",
        "stop_note": "この装置での撮影（30分ほど）", "way": "visit", "workers": "小林 健太", "origin": "横浜サービスセンター",
        "equipment": "保守用ノートPC 1台（ウイルス検査済み）", "phone": "045-555-0101",
      ]
    ),
    Request(
      vendor: 4,
      device: "RTX830",
      day: 0,
      source: .telephone,
      typed: [
        "kind": "setting", "what": "保守回線の接続元を制限する", "from": "17:30", "until": "19:00", "stops": "no", "way": "visit",
        "workers": "高橋 亮", "origin": "港北営業所", "phone": "045-555-0104",
      ]
    ),
    Request(
      vendor: 0,
      device: "サーバ",
      day: 3,
      source: .paper,
      typed: [
        "kind": "version", "what": "サーバのバージョンアップ", "from": "21:00", "until": "2:00", "stops": "yes",
        "stop_note": "電子カルテの参照（22時から1時間ほど）", "way": "visit", "workers": "山本 大輔\n森田 梢", "origin": "本社保守部",
        "subcontractor": "大洋電子計算株式会社", "equipment": "外付けディスク 1台（ウイルス検査済み）", "phone": "045-555-0100",
      ]
    ),
    Request(
      vendor: 1,
      device: "CT",
      day: 3,
      source: .telephone,
      typed: [
        "kind": "inspection", "what": "定期点検と画質の調整", "from": "20:00", "until": "22:00", "stops": "yes",
        "stop_note": "この装置での撮影", "way": "visit", "workers": "小林 健太", "origin": "横浜サービスセンター",
        "phone": "045-555-0101",
      ]
    ),
  ]

  var acts: [(day: LocalDate, hour: Int, person: Int, act: Act)] {
    func ago(_ days: Int) -> LocalDate { today.adding(days: -days) }
    let door = "1階の防災センターで受付し、通用口から入る"
    return [
      (ago(20), 10, 1, .ask(0)), (ago(19), 9, 0, .approve(0, door: door)), (ago(15), 13, 1, .begin(0)),
      (ago(15), 15, 1, .end(0)), (ago(14), 10, 1, .report(0, remains: "次回の点検でバッテリーを交換する")),
      (ago(13), 9, 0, .confirm(0, note: "再起動の後に撮影できることを確かめた")), (ago(6), 11, 1, .ask(1)),
      (ago(5), 9, 0, .approve(1, door: door)), (ago(5), 14, 1, .ask(2)), (ago(4), 9, 0, .approve(2, door: door)),
      (ago(1), 16, 1, .ask(3)),
    ]
  }

  /// Does one of them through the store that the pages use.
  func play(_ act: Act, _ house: House, _ facility: FacilityID, as actor: Actor) async throws {
    let scope = Scope<EditLedger>.operatorOf(facility, as: actor, request: house.ids.next())
    let works = house.organization.works
    func id(_ number: Int) async throws -> String {
      let what = Self.requests[number].typed["what"]
      let found = try await works.list(in: scope.reading).first { $0.draft.what == what }
      guard let found else { throw KeptError.notFound }
      return found.id
    }
    switch act {
    case .ask(let number): try await ask(Self.requests[number], house, scope)
    case .approve(let number, let door):
      _ = try await works.decide(try await id(number), isApproved: true, note: "", door: door, in: scope)
    case .begin(let number): _ = try await works.begin(try await id(number), by: .hospital(scope))
    case .end(let number): _ = try await works.end(try await id(number), by: .hospital(scope))
    case .report(let number, let remains):
      let work = try await works.find(try await id(number), in: scope.reading)
      var said = ["remains": remains]
      for field in ["outcome", "report", "report_workers", "report_equipment"] { said[field] = work.reported(field) }
      _ = try await works.report(work.id, try WorkReport(said), by: .hospital(scope))
    case .confirm(let number, let note):
      _ = try await works.confirm(try await id(number), isEnough: true, note: note, in: scope)
    }
  }

  private func ask(_ request: Request, _ house: House, _ scope: Scope<EditLedger>) async throws {
    let suppliers = house.organization.suppliers
    let name = DemoNames.vendors[request.vendor].name
    guard let vendor = try await suppliers.all(in: scope).first(where: { $0.title == name }),
      let device = try await house.records.store.all(
        .asset,
        ListQuery(search: request.device, sort: [Sort("asset_number")]),
        in: scope.reading
      ).records.first(where: { $0.title.hasPrefix(request.device) })
    else { throw KeptError.notFound }
    var typed = request.typed
    typed["work_on"] = today.adding(days: request.day).iso
    _ = try await house.organization.works.ask(
      try WorkDraft(typed, today: house.clock.now().day),
      on: Suppliers.device(device),
      of: (vendor.id, vendor.title),
      source: request.source,
      by: .hospital(scope)
    )
  }
}
