import Assessment
import Duties
import Foundation
import Identity
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Home
@testable import Program

/// Each role's first page: what stands on it, in which order, and what does not.
@Suite struct RoleHomeTests {
  private static func fact(_ key: String, _ value: Int = 1, worry: Bool = true) -> Fact {
    let now = Instant(Installation.today)
    return Fact(
      key: key,
      facility: FacilityID(rawValue: "f"),
      label: Localized(ja: key, en: key),
      value: value,
      population: 9,
      asOf: now,
      freshUntil: now.adding(days: 1),
      explanation: Localized(ja: "", en: ""),
      link: "/",
      isWorry: worry
    )
  }

  @Test func managersSeeTheirOwnFigures() {
    let keys = [
      "ledger.assets.total", "ledger.connections.unknown", "ledger.contracts.expiring", "organization.cuts.unapproved",
      "ledger.enquiries.overdue", "assessment.prefecture-20.open", "assessment.vendorForms.open",
      "vulnerability.exposed",
    ]
    let facts = keys.map { Self.fact($0) } + (0..<20).map { Self.fact("ledger.other.\($0)") }
    let manager = HomePage.shown(.safetyManager, facts).map(\.key)
    #expect(manager.first == "assessment.prefecture-20.open")
    #expect(manager.dropFirst().first == "ledger.enquiries.overdue")
    #expect(manager.contains("organization.cuts.unapproved") && manager.contains("ledger.contracts.expiring"))
    let administrator = HomePage.shown(.administrator, facts).map(\.key)
    #expect(administrator.prefix(2) == ["ledger.assets.total", "ledger.connections.unknown"])
    #expect(administrator.contains("vulnerability.exposed"))
    for shown in [manager, administrator] { #expect(shown.count == 10 && Set(shown).count == 10) }
    #expect(HomePage.shown(.safetyManager, []).isEmpty)
  }

  @Test func theDirectorIsToldTheGravestFirst() {
    let facts = [
      Self.fact("organization.posts.withoutDeputy"), Self.fact("vulnerability.exposed"),
      Self.fact("ledger.connections.unrestricted"), Self.fact("ledger.assets.endOfSupport", 0),
      Self.fact("ledger.assets.total", worry: false), Self.fact(ContradictionNote.key),
    ]
    #expect(
      DirectorHomePage.ordered(facts).map(\.key) == [
        ContradictionNote.key, "ledger.connections.unrestricted", "vulnerability.exposed",
        "organization.posts.withoutDeputy",
      ]
    )
  }

  /// Each role signs in to a page of its own, and every one of them says how old the paper is.
  @Test(arguments: Engine.available) func everyRoleHasAHomeOfItsOwn(_ engine: Engine) async throws {
    let hospital = try await Installation(engine)
    let person = try await hospital.house.records.store.create(.person, ["name": "当番 太郎"], in: hospital.scope())
    _ = try await hospital.house.records.store.create(
      .responsibility,
      ["role": "system_staff", "person": person.id, "phone": "2468"],
      in: hospital.scope()
    )
    let marks: [Role: [String]] = [
      .director: ["いまの状態", "決めていただくこと", "費用の検討が要るもの", "今年度の予算と執行", "ひとこと送る", "立入検査の準備"],
      .safetyManager: ["今日やること", "約束と期限", "最近の変更", "検査の資料を見る"],
      .administrator: ["今日やること", "台帳が示していること", "最近の変更", "接続を始める・終える"],
      .departmentHead: ["部門のやること", "/ledger/asset/check", "異動・退職を記録する", "購入・デモ機を記録する"],
      .staff: ["おかしいと思ったら", "2468", "異常を見つけた", "規程を読む", "USB・データ持ち出しを申請"],
      .vendor: ["お願いしていること"],
    ]
    for role in Role.allCases {
      let page = try await hospital.browser(role).get("/").text
      for mark in marks[role] ?? [] { #expect(page.contains(mark), "\(role): \(mark)") }
      #expect(page.contains("紙の初動パック"), "\(role)")
      for (other, words) in marks where other != role {
        let foreign = Set(words).subtracting(marks[role] ?? [])
        for word in foreign { #expect(!page.contains(word), "\(role) shows \(word) of \(other)") }
      }
    }
    await hospital.close()
  }

  /// The administrator sees who is connected, the safety manager which department is behind, the director what of the
  /// year's budget is spent, the department how many devices wait; and each way leads on.
  @Test(arguments: Engine.available) func whatEachRoleAsksFirst(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 10)
    let (house, facility) = (hospital.house, hospital.facility)
    let records = house.records.store
    let administrator = try await hospital.browser(.administrator)
    let connected = try await house.ledger.sessions.open(in: hospital.scope()).records.count
    let line = try #require(try await records.choices(.connection, limit: 1, in: hospital.scope()).first)
    let begun = await administrator.post(
      "/ledger/connection/sessions",
      ["connection": line.id, "visitor": "<東都> 山田", "purpose": "点検"]
    )
    #expect(begun.status == 303, "\(begun.text)")
    let home = await administrator.get("/").text
    #expect(home.contains("&lt;東都&gt; 山田") && home.contains(line.title))
    let now = await administrator.get("/ledger/connection/sessions").text
    let open = try await house.ledger.sessions.open(in: hospital.scope()).records
    #expect(open.count == connected + 1)
    let session = try #require(open.first { $0.title.contains("山田") })
    #expect(now.contains("/ledger/connection/sessions/\(session.id)/end"))
    let ended = await administrator.post("/ledger/connection/sessions/\(session.id)/end", [:])
    #expect(ended.status == 303)
    #expect(await !administrator.get("/ledger/connection/sessions").text.contains("\(session.id)/end"))
    let nobody = await administrator.post("/ledger/connection/sessions", ["connection": "", "visitor": ""])
    #expect(nobody.status == 422, "\(nobody.status)")

    let manager = try await hospital.browser(.safetyManager)
    #expect(await !manager.get("/").text.contains("部門ごとの点検の進み具合"), "nothing is asked of any department")
    let department = try #require(try await house.organization.departments(facility).first)
    // What changed in the same millisecond as an import before it is seen within the minute.
    hospital.clock.advance(seconds: 60)
    _ = try await house.assessment.assign(
      ["3-③"],
      .init(whom: "d:\(department.id)"),
      of: try #require(Checklists.checklist("mhlw-hospital-r8")),
      in: hospital.scope()
    )
    let behind = await manager.get("/").text
    #expect(behind.contains("部門ごとの点検の進み具合") && behind.contains(department.title) && behind.contains("0 / 1"))

    hospital.clock.advance(seconds: 60)
    let director = try await hospital.browser(.director)
    _ = try await records.create(
      .budgetItem,
      ["name": "VPN装置", "fiscal_year": "2026", "requested": "100", "approved": "90", "spent": "45"],
      in: hospital.scope()
    )
    #expect(await director.get("/").text.contains("令和8年度は、要求"))
    #expect(await director.get("/home/print").text.contains("今年度の予算と執行"))
    #expect(await !director.get("/home/print").text.contains("ひとこと送る"), "paper has no buttons")
    let admin = try #require(try await house.work.thanked(by: "", facility).first { $0.holds(.administrator) })
    #expect(await director.get("/inbox/word").text.contains(admin.name))
    let sent = await director.post("/inbox/word", ["text": "いつもありがとう<b>", "to": admin.account])
    #expect(sent.status == 303, "\(sent.text)")
    #expect(await administrator.get("/inbox").text.contains("いつもありがとう&lt;b&gt;"))
    #expect(await director.post("/inbox/word", ["text": "だれにも"]).status == 422)
    let staff = try await hospital.browser(.staff)
    #expect(await staff.get("/inbox/word").status == 403)
    await hospital.close()
  }

  /// まだある・移動・なくなった, from the department's own first page.
  @Test(arguments: Engine.available) func aDepartmentGoesThroughItsDevices(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let records = hospital.house.records.store
    var devices: [Record] = []
    for name in ["古い端末1", "古い端末2", "古い端末3"] {
      devices.append(
        try await records.create(.asset, ["name": name, "last_seen_on": "2020-01-01"], in: hospital.scope())
      )
    }
    let head = try await hospital.browser(.departmentHead)
    #expect(await head.get("/").text.contains("/ledger/asset/check"))
    let page = await head.get("/ledger/asset/check").text
    for device in devices { #expect(page.contains(device.title) && page.contains("outcome-\(device.id)")) }
    // What moved without a place comes back with everything that was chosen.
    let first = devices[0].id
    func answer(_ place: String) async -> WebResponse {
      await head.post(
        "/ledger/asset/check",
        ["device": first, "version-\(first)": "1", "outcome-\(first)": "moved", "place-\(first)": place]
      )
    }
    let back = await answer("")
    #expect(back.status == 422 && back.text.contains("移動した先を入力してください"), "\(back.status)")
    #expect(await answer("そんな場所はない").status == 422)
    #expect(await answer("不明").status == 303)
    #expect(await head.post("/ledger/asset/check", ["device": devices[1].id]).status == 422, "nothing was chosen")
    #expect(await head.post("/ledger/asset/check", ["device": devices[1].id, "rest": "here"]).status == 303)
    let now = try await records.find(.asset, ids: devices.map(\.id), in: hospital.scope())
    #expect(now[0].isUnknown("location") && now[1].known("last_seen_on") == "2026-11-21")
    #expect(now[2].known("last_seen_on") == "2020-01-01")
    // Over the interface, all or none.
    let client = APIClient(app: hospital.app, token: try await hospital.token("棚卸", [.readLedger, .editLedger]).text)
    let open = try await client.get("/device-checks?limit=500").json["items"]?.array ?? []
    #expect(open.contains { $0["id"]?.text == devices[2].id })
    let answer = #"{"answers": [{"device": "\#(devices[2].id)", "outcome": "missing", "version": 1}]}"#
    #expect(try await client.send("POST", "/device-checks", answer).json["count"]?.integer == 1)
    let late = #"{"answers": [{"device": "\#(devices[2].id)", "outcome": "here", "version": 1}]}"#
    #expect(await client.send("POST", "/device-checks", late).status == 409)
    let moved = #"{"answers": [{"device": "\#(devices[2].id)", "outcome": "moved"}]}"#
    let refused = await client.send("POST", "/device-checks", moved)
    #expect(try refused.json["errors"]?.array?.first?["pointer"]?.text == "/answers/0/place", "\(refused.text)")
    await hospital.close()
  }

  @Test(arguments: Engine.available) func sessionsAndWordsOverTheInterface(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 10)
    let token = try await hospital.token("踏み台", [.readLedger, .editLedger, .manageDuties]).text
    let client = APIClient(app: hospital.app, token: token)
    let line = try #require(
      try await hospital.house.records.store.choices(.connection, limit: 1, in: hospital.scope()).first
    )
    let made = await client.send(
      "POST",
      "/connection-sessions",
      #"{"connection": "\#(line.id)", "visitor": "保守 太郎", "purpose": "点検"}"#
    )
    #expect(made.status == 201, "\(made.text)")
    let open = try await client.get("/connection-sessions").json["total"]?.integer ?? 0
    let id = try #require(try made.json["session"]?["id"]?.text)
    #expect(made.headers["location"] == "/api/v1/records/connection_session/\(id)")
    #expect(await client.send("POST", "/connection-sessions/\(id)/end").status == 200)
    #expect(await client.send("POST", "/connection-sessions/\(id)/end").status == 409)
    #expect(open > 0)
    #expect(try await client.get("/connection-sessions").json["total"]?.integer == open - 1)
    for (body, pointer) in [
      (#"{"connection": "\#(id)", "visitor": "x"}"#, "/connection"),
      (#"{"connection": "\#(line.id)", "visitor": "?"}"#, "/visitor"),
    ] {
      let refused = await client.send("POST", "/connection-sessions", body)
      #expect(refused.status == 422)
      #expect(try refused.json["errors"]?.array?.first?["pointer"]?.text == pointer, "\(refused.text)")
    }
    let head = try await hospital.account("head", .departmentHead)
    let sent = await client.send("POST", "/words", #"{"text": "助かりました", "to": ["\#(head.id)"]}"#)
    #expect(try sent.json["count"]?.integer == 1, "\(sent.text)")
    #expect(try await hospital.house.work.newest(head.id, hospital.facility).map(\.text.ja) == ["助かりました"])
    #expect(await client.send("POST", "/words", #"{"text": "助かりました", "to": ["nobody"]}"#).status == 422)
    #expect(try await client.get("/department-progress").json["total"]?.integer == 0)
    await hospital.close()
  }
}
