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

@testable import Program

/// Work by vendors, as the vendor, the hospital, programs and the command line do it.
@Suite struct WorkPageTests {
  private struct Case {
    let hospital: Installation
    let vendor: String
    let device: String
    let foreign: String
    let account: String

    init(_ engine: Engine) async throws {
      hospital = try await Installation(engine, rows: 5)
      let records = hospital.house.records.store
      vendor = try await records.create(.vendor, ["name": "東都<放射線>"], in: hospital.scope()).id
      let other = try await records.create(.vendor, ["name": "北辰ネット"], in: hospital.scope()).id
      device = try await records.create(
        .asset,
        ["name": "CT<1>号機", "asset_number": "ZZ-1", "maintenance_vendor": vendor],
        in: hospital.scope()
      ).id
      foreign = try await records.create(
        .asset,
        ["name": "境界装置", "asset_number": "ZZ-2", "maintenance_vendor": other],
        in: hospital.scope()
      ).id
      account = try await hospital.account("vendor", .vendor).id
    }

    /// Says whose the account is.
    func name() async throws {
      try await hospital.house.organization.vendorAccounts.set(
        account,
        to: vendor,
        names: ("v", "東都"),
        in: hospital.scope()
      )
    }

    func form(_ change: [String: String] = [:]) -> [String: String] {
      [
        "device": device, "kind": "patch", "what": "月例の<b>更新", "work_on": Installation.today.iso, "from": "9:00",
        "until": "18:00", "stops": "no", "way": "visit", "workers": "山本", "origin": "横浜", "equipment": "ノートPC",
      ].merging(change) { $1 }
    }

    var works: WorkStore { hospital.house.organization.works }

    func only() async throws -> WorkRequest { try #require(try await works.list(in: hospital.scope()).first) }
  }

  @Test(arguments: Engine.available) func aVendorAsksWorksAndReports(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let hospital = test.hospital
    let vendor = try await hospital.browser(.vendor)
    #expect(await vendor.get("/own-works").text.contains("まだ登録されていません"))
    #expect(await vendor.post("/own-works", form: test.form()).status == 303)
    try await test.name()
    let home = await vendor.get("/").text
    #expect(home.contains("href=\"/own-works/new\"") && home.contains("承認された予定はありません"))
    let empty = await vendor.get("/own-works/new").text
    #expect(empty.contains("CT&lt;1&gt;号機") && !empty.contains("境界装置") && !empty.contains("申請の受け方"))
    let half = await vendor.post("/own-works", ["what": "月例の<b>更新"])
    #expect(half.status == 422 && half.text.contains("月例の&lt;b&gt;更新") && half.text.contains("対象の機器を選んでください"))
    // A device that somebody else maintains is none of theirs, by id or by number.
    for change in [["device": test.foreign], ["device": "", "other": "ZZ-2"]] {
      #expect(await vendor.post("/own-works", form: test.form(change)).status == 422)
    }
    #expect(try await test.works.list(in: hospital.scope()).isEmpty)
    #expect(await vendor.post("/own-works", form: test.form()).status == 303)
    let asked = try await test.only()
    #expect(asked.source == .account && asked.vendorName == "東都<放射線>" && asked.state == .waiting)
    let own = "/own-works/\(asked.id)"
    #expect(await vendor.get(own).text.contains("病院の承認を待っています"))
    #expect(await vendor.get("/works/\(asked.id)").status == 403)
    #expect(await vendor.post(own + "/begin").status == 303)
    #expect(try await test.only().state == .waiting, "nothing begins before it is approved")

    let administrator = try await hospital.browser(.administrator)
    #expect(await administrator.get("/works").text.contains("承認待ち1件"))
    let path = "/works/\(asked.id)"
    #expect(await administrator.get(path).text.contains("ほかの作業の予定はありません"))
    _ = await administrator.post(path + "/decide", ["decision": "sendBack", "note": ""])
    #expect(try await test.only().state == .waiting)
    _ = await administrator.post(path + "/decide", ["decision": "approve", "door": "通用口<2>"])
    #expect(try await test.only().state == .approved)
    #expect(await vendor.get("/").text.contains("受付：通用口&lt;2&gt;"))
    let today = await administrator.get("/").text
    #expect(today.contains("今日の作業") && today.contains("CT&lt;1&gt;号機の更新プログラムの適用"))

    #expect(await vendor.get(own).text.contains("\(own)/begin"))
    #expect(await vendor.post(own + "/begin").status == 303)
    #expect(await administrator.get("/").text.contains("作業中"))
    #expect(await vendor.post(own + "/end").status == 303)
    #expect(await vendor.get("/").text.contains("報告待ち1件"))
    let report = await vendor.get(own + "/report").text
    #expect(report.contains("月例の&lt;b&gt;更新") && report.contains("山本") && report.contains("ノートPC"))
    #expect(await vendor.post(own + "/report", ["outcome": "done", "report": ""]).status == 422)
    let told = ["outcome": "done", "report": "適用<b>した", "report_workers": "山本"]
    #expect(await vendor.post(own + "/report", form: told).status == 303)
    #expect(await administrator.get(path).text.contains("適用&lt;b&gt;した"))
    _ = await administrator.post(path + "/confirm", ["decision": "confirm", "confirm_note": "動作を見た"])
    #expect(try await test.only().state == .confirmed)
    for (browser, address) in [(vendor, own), (administrator, path)] {
      let sheet = await browser.get(address + "/print").text
      #expect(sheet.contains("作業申請書兼報告書") && sheet.contains("動作を見た") && sheet.contains(asked.number))
    }
    // What was asked for last need not be typed again; the day is another.
    let again = await vendor.get("/own-works/new").text
    #expect(again.contains("前回の申請の内容") && again.contains("月例の&lt;b&gt;更新") && again.contains("value=\"9:00\""))
    let changes = await administrator.get("/ledger/changes").text
    #expect(changes.contains("作業報告を確認") && changes.contains("作業を開始"))
    await hospital.close()
  }

  @Test(arguments: Engine.available) func theHospitalEntersWhatCameByTelephone(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let (hospital, works) = (test.hospital, test.works)
    let administrator = try await hospital.browser(.administrator)
    #expect(await administrator.get("/works/new").text.contains("東都&lt;放射線&gt;"))
    #expect(await administrator.get("/works/new?vendor=\(test.vendor)").text.contains("申請の受け方"))
    #expect(await administrator.post("/works", form: test.form(["vendor": "nobody"])).status == 303)
    #expect(
      await administrator.post("/works", form: test.form(["vendor": test.vendor])).status == 422,
      "how did it come in?"
    )
    // A vendor works on what it does not maintain, too.
    let entered = test.form(["vendor": test.vendor, "source": "telephone", "device": "", "other": "ZZ-2"])
    #expect(await administrator.post("/works", form: entered).status == 303)
    let first = try await test.only()
    #expect(first.device.id == test.foreign && first.source == .telephone)
    let edit = await administrator.get("/works/\(first.id)/edit").text
    #expect(edit.contains("value=\"ZZ-2\"") && edit.contains("name=\"version\" value=\"1\""))
    let stale = test.form(["version": "7", "other": "ZZ-2"])
    #expect(await administrator.post("/works/\(first.id)", form: stale).status == 422)
    let changed = test.form(["version": "1", "other": "ZZ-2", "from": "10:00"])
    #expect(await administrator.post("/works/\(first.id)", form: changed).status == 303)
    #expect(try await works.find(first.id, in: hospital.scope()).draft.window.start == 600)
    _ = await administrator.post("/works", form: test.form(["vendor": test.vendor, "source": "paper"]))
    let conflicts = await administrator.get("/works/\(first.id)").text
    #expect(conflicts.contains("時間が重なる") && conflicts.contains("CT&lt;1&gt;号機"))
    // Pressed by mistake, taken back in the list of all changes.
    _ = await administrator.post("/works/\(first.id)/decide", ["decision": "approve"])
    _ = await administrator.post("/works/\(first.id)/begin")
    let scope = hospital.scope(ReadJournal.self)
    let set = try #require(
      try await hospital.house.records.recentChanges(10, in: scope).first { $0.title.ja == "作業を開始" }
    )
    #expect(await administrator.get(set.link).text.contains("作業申請"))
    _ = await administrator.post(set.link + "/undo")
    #expect(try await works.find(first.id, in: hospital.scope()).state == .approved)
    #expect(try await works.find(first.id, in: hospital.scope()).row["began_at"] == nil)
    _ = await administrator.post("/works/\(first.id)/decide", ["decision": "sendBack", "note": "別の日に"])
    #expect(try await works.find(first.id, in: hospital.scope()).state == .sentBack)
    let staff = try await hospital.browser(.staff)
    #expect(await staff.get("/works").status == 403)
    #expect(await staff.get("/own-works").status == 403)
    await hospital.close()
  }

  private static func body(_ device: String, _ extra: String = "", day: String = Installation.today.iso) -> String {
    """
    {"device": "\(device)", "kind": "repair", "what": "調査", "workOn": "\(day)", "from": "9:00", "until": "23:00",
     "stops": false, "way": "remote", "workers": "山本", "origin": "横浜"\(extra)}
    """
  }

  @Test(arguments: Engine.available) func programsDoTheSame(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let hospital = test.hospital
    try await test.name()
    func client(_ user: String, _ permissions: [Permission]) async throws -> APIClient {
      APIClient(app: hospital.app, token: try await hospital.token("作業", permissions, for: user).text)
    }
    let house = try await client("admin", [.readLedger, .editLedger])
    let own = try await client("vendor", [.requestWork])
    #expect(try await own.get("/own-devices").json["items"]?.array?.map { $0["id"]?.text } == [test.device])
    #expect(await own.get("/work-requests").status == 403)
    _ = try await hospital.house.records.store.create(
      .asset,
      ["name": "CT 2号機", "asset_number": "ZZ-3", "maintenance_vendor": test.vendor],
      in: hospital.scope()
    )
    let devices = try await own.get("/own-devices?limit=1").json
    let next = try #require(devices["next"]?.text)
    #expect(devices["total"]?.integer == 2)
    let second = try await own.get("/own-devices?limit=1&cursor=\(next)").json
    #expect(
      second["next"] == .null
        && second["items"]?.array?.first?["id"]?.text != devices["items"]?.array?.first?["id"]?.text
    )
    for path in ["/own-devices", "/own-work-requests"] { #expect(await own.get(path + "?cursor=x").status == 422) }
    let made = await own.send("POST", "/own-work-requests", Self.body(test.device))
    #expect(made.status == 201, "\(made.text)")
    let id = try #require(try made.json["id"]?.text)
    for (sent, pointer) in [
      (Self.body(test.foreign), "/device"), (Self.body(test.device, day: "2020-01-01"), "/workOn"),
    ] {
      let refused = await own.send("POST", "/own-work-requests", sent)
      #expect(refused.status == 422)
      #expect(try refused.json["errors"]?.array?.first?["pointer"]?.text == pointer, "\(refused.text)")
    }
    let mended = Self.body(test.device, ", \"version\": 1, \"phone\": \"045\"")
    #expect(try await own.send("PUT", "/own-work-requests/\(id)", mended).json["phone"]?.text == "045")
    #expect(await own.send("PUT", "/own-work-requests/\(id)", mended).status == 409)
    let entered = Self.body("ZZ-2", ", \"vendor\": \"\(test.vendor)\", \"source\": \"paper\"")
    #expect(await house.send("POST", "/work-requests", entered).status == 201)
    let conflicts = try await house.get("/work-requests/\(id)/conflicts").json["items"]?.array
    #expect(conflicts?.first?["isSameTime"]?.bool == true && conflicts?.count == 1)
    let path = "/work-requests/\(id)"
    #expect(await house.send("POST", path + "/decide", #"{"approved": false}"#).status == 422)
    #expect(try await house.send("POST", path + "/decide", #"{"approved": true}"#).json["state"]?.text == "approved")
    #expect(await house.send("POST", path + "/decide", #"{"approved": true}"#).status == 409)
    #expect(await own.send("POST", "/own-work-requests/\(id)/begin").status == 200)
    #expect(await own.send("POST", "/own-work-requests/\(id)/withdraw").status == 409)
    #expect(await own.send("POST", "/own-work-requests/\(id)/end").status == 200)
    let said = #"{"outcome": "done", "report": "直した", "reportWorkers": "山本"}"#
    #expect(try await own.send("POST", "/own-work-requests/\(id)/report", said).json["report"]?.text == "直した")
    #expect(try await house.send("POST", path + "/confirm", #"{"confirmed": true}"#).json["state"]?.text == "confirmed")
    let page = try await own.get("/own-work-requests?limit=1").json
    #expect(page["total"]?.integer == 2 && page["items"]?.array?.count == 1)
    let cursor = try #require(page["next"]?.text)
    for path in ["/own-work-requests", "/work-requests"] {
      #expect(
        try await (path.hasPrefix("/own") ? own : house).get(path + "?limit=1&cursor=\(cursor)").json["next"] == .null
      )
    }
    #expect(try await house.get(path).json["confirmedBy"]?.text?.isEmpty == false)
    #expect(await house.get("/work-requests/0192-there-is-none").status == 404)
    await hospital.close()
  }
}

extension TestBrowser {
  /// Sends a form whose fields are put together as they come.
  fileprivate func post(_ path: String, form: [String: String]) async -> WebResponse {
    let fields = form.merging(["csrf": token]) { given, _ in given }.sorted { $0.key < $1.key }
    let body = fields.map { "\(Percent.encode($0.key))=\(Percent.encode($0.value))" }.joined(separator: "&")
    return await send("POST", path, ["Content-Type": "application/x-www-form-urlencoded"], Array(body.utf8))
  }
}
