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

@testable import Program

/// Photographs of a report of work, and the version it names taken over into the register.
@Suite struct WorkPhotoTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private struct Case {
    let hospital: Installation
    let device: String
    let work: String
    let records: RecordStore

    /// Work of today that was begun and ended.
    init(_ engine: Engine) async throws {
      hospital = try await Installation(engine, rows: 5)
      records = hospital.house.records.store
      let scope = hospital.scope(EditLedger.self)
      let vendor = try await records.create(.vendor, ["name": "東都放射線"], in: scope).id
      let made = try await records.create(
        .asset,
        ["name": "境界装置", "asset_number": "ZZ-1", "maintenance_vendor": vendor, "os": "FortiOS 7.2.7"],
        in: scope
      )
      device = made.id
      let account = try await hospital.account("vendor", .vendor).id
      let organization = hospital.house.organization
      try await organization.vendorAccounts.set(account, to: vendor, names: ("v", "東都"), in: hospital.scope())
      let draft = try WorkDraft(
        [
          "kind": "patch", "what": "更新", "work_on": Installation.today.iso, "from": "9:00", "until": "18:00",
          "stops": "no", "way": "visit", "workers": "山本", "origin": "横浜",
        ],
        today: Installation.today
      )
      let party = WorkParty.hospital(scope)
      work = try await organization.works.ask(
        draft,
        on: Suppliers.device(made),
        of: (vendor, "東都放射線"),
        source: .paper,
        by: party
      ).id
      _ = try await organization.works.decide(work, isApproved: true, note: "", door: "", in: scope)
      _ = try await organization.works.begin(work, by: party)
      _ = try await organization.works.end(work, by: party)
    }

    func report(
      _ browser: TestBrowser,
      _ path: String,
      _ os: String,
      _ photo: [UInt8],
      _ name: String
    ) async -> WebResponse {
      await browser.upload(
        path + "/report",
        ["outcome": "done", "report": "更新した", "report_workers": "山本", "report_os": os],
        file: (field: "photo", name: name, bytes: photo)
      )
    }

    var os: String? {
      get async throws { try await records.find(.asset, id: device, in: hospital.scope()).record.known("os") }
    }
  }

  @Test(arguments: Engine.available) func aReportCarriesPhotographs(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let vendor = try await test.hospital.browser(.vendor)
    let own = "/own-works/\(test.work)"
    #expect(await vendor.get(own + "/report").text.contains("enctype=\"multipart/form-data\""))
    let wrong = await test.report(vendor, own, "", Array("%PDF-1.7".utf8), "<a>.jpg")
    #expect(wrong.status == 422 && wrong.text.contains("「&lt;a&gt;.jpg」は写真として読めません"), "\(wrong.text)")
    let large = Self.png + [UInt8](repeating: 0, count: 8 << 20)
    #expect(await test.report(vendor, own, "", large, "a.png").text.contains("大きすぎます"))
    #expect(await test.report(vendor, own, "", Self.png + [1], "画面<1>.html").status == 303)
    // Once more is the same one.
    #expect(await test.report(vendor, own, "", Self.png + [1], "again.png").status == 303)
    let page = await vendor.get(own).text
    let address = try #require(page.split(separator: "src=\"").first { $0.hasPrefix(own) }?.prefix { $0 != "\"" })
    #expect(page.contains("alt=\"写真 画面&lt;1&gt;.html\"") && !page.contains("again.png"))
    // Told by its bytes, whatever it was called.
    let picture = await vendor.get(String(address))
    #expect(picture.headers["content-type"] == "image/png" && picture.bytes == Self.png + [1])
    #expect(picture.headers["x-content-type-options"] == "nosniff")
    #expect(await vendor.get(own + "/print").text.contains("<img src=\"\(address)\" height=\"72\""))
    let house = try await test.hospital.browser(.safetyManager)
    #expect(await house.get("/works/\(test.work)").text.contains("<img src=\"/works/\(test.work)/photos/"))
    #expect(await house.get(String(address)).status == 403)
    #expect(await house.get("/works/\(test.work)/photos/nothing").status == 404)
    let withdrawn = "/files/\(try await Self.hash(test))/withdraw"
    #expect(await house.post(withdrawn, ["reason": "患者さんの名前"]).status == 303)
    #expect(await vendor.get(String(address)).status == 410)
    #expect(await !vendor.get(own).text.contains("<img src"))
    await test.hospital.close()
  }

  private static func hash(_ test: Case) async throws -> String {
    let api = APIClient(app: test.hospital.app, token: try await test.hospital.token("写真", [.readLedger]).text)
    return try await api.get("/work-requests/\(test.work)/photos").json["items"]?.array?.first?["sha256"]?.text ?? ""
  }

  @Test(arguments: Engine.available) func theRegisterIsChangedByWhoeverConfirms(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let (house, path) = (try await test.hospital.browser(.safetyManager), "/works/\(test.work)")
    #expect(await test.report(house, path, "FortiOS 7.2.8", [], "").status == 303)
    let page = await house.get(path).text
    #expect(page.contains("「FortiOS 7.2.7」を「FortiOS 7.2.8」に書き換える") && page.contains("value=\"yes\" checked"))
    let seen = try #require(page.split(separator: "name=\"seen\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
    // Somebody changes the device meanwhile: nothing is confirmed and nothing overwritten.
    _ = try await test.records.change(
      .asset,
      [RecordEdit(id: test.device, expectedVersion: nil, changes: ["os": "FortiOS 7.4.0"])],
      in: test.hospital.scope()
    )
    let refused = await house.post(path + "/confirm", ["decision": "confirm", "ledger": "yes", "seen": String(seen)])
    #expect(refused.status == 303)
    let works = test.hospital.house.organization.works
    #expect(try await works.find(test.work, in: test.hospital.scope()).state == .reported)
    #expect(try await test.os == "FortiOS 7.4.0")
    let again = await house.get(path).text
    let now = try #require(again.split(separator: "name=\"seen\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
    #expect(
      await house.post(path + "/confirm", ["decision": "confirm", "ledger": "yes", "seen": String(now)]).status == 303
    )
    #expect(try await test.os == "FortiOS 7.2.8")
    #expect(try await works.find(test.work, in: test.hospital.scope()).state == .confirmed)
    // The history says why, and the change is taken back by itself.
    #expect(await house.get("/ledger/asset/\(test.device)").text.contains("作業報告 W-"))
    let record = try await test.records.find(.asset, id: test.device, in: test.hospital.scope()).record
    _ = try await test.records.undo(try #require(record.lastSet), in: test.hospital.scope())
    #expect(try await test.os == "FortiOS 7.4.0")
    #expect(try await works.find(test.work, in: test.hospital.scope()).state == .confirmed)
    await test.hospital.close()
  }

  @Test(arguments: Engine.available) func programsAddReadAndLeaveItOut(_ engine: Engine) async throws {
    let test = try await Case(engine)
    func client(_ user: String, _ permissions: [Permission]) async throws -> APIClient {
      APIClient(app: test.hospital.app, token: try await test.hospital.token("写真", permissions, for: user).text)
    }
    let own = try await client("vendor", [.requestWork])
    let house = try await client("admin", [.readLedger, .editLedger])
    let (mine, theirs) = ("/own-work-requests/\(test.work)", "/work-requests/\(test.work)")
    func add(_ bytes: [UInt8]) async -> WebResponse {
      await test.hospital.app.respond(
        to: RawRequest(
          method: "POST",
          target: Route.apiRoot + mine + "/photos?name=a.png",
          headers: Headers([
            ("Authorization", "Bearer \(own.token ?? "")"), ("Content-Type", "image/png"), ("Host", "localhost:8080"),
          ]),
          body: .bytes(bytes),
          peer: "10.1.2.3"
        )
      )
    }
    #expect(await add(Array("GIF89a".utf8)).status == 422)
    for number in 0..<10 { #expect(await add(Self.png + [UInt8(number)]).status == 200) }
    #expect(await add(Self.png + [99]).status == 422, "ten are enough")
    let list = try await house.get(theirs + "/photos").json
    #expect(list["total"]?.integer == 10)
    let photo = try #require(list["items"]?.array?.first?["id"]?.text)
    #expect(await own.get(mine + "/photos/\(photo)").bytes == Self.png + [0])
    #expect(await house.get(theirs + "/photos/\(photo)").status == 200)
    #expect(await own.get(theirs + "/photos").status == 403)
    let said = #"{"outcome": "done", "report": "直した", "reportWorkers": "山本", "osAfter": "FortiOS 7.2.8"}"#
    let reported = try await own.send("POST", mine + "/report", said).json
    #expect(reported["osAfter"]?.text == "FortiOS 7.2.8" && reported["photos"]?.integer == 10)
    let version = try await house.get(theirs + "/device-version").json
    #expect(version["before"]?.text == "FortiOS 7.2.7" && version["after"]?.text == "FortiOS 7.2.8")
    // Left out, the register stays.
    #expect(await house.send("POST", theirs + "/confirm", #"{"confirmed": true}"#).status == 200)
    #expect(try await test.os == "FortiOS 7.2.7")
    #expect(await add(Self.png + [98]).status == 409, "what is confirmed stays as it is")
    await test.hospital.close()
  }

  @Test func theCommandSaysBothAndChangesTheRegister() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let file = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称,区分,保守業者,OS\r\nYG-1,境界装置,ネットワーク機器,東都放射線,FortiOS 7.2.7\r\n".utf8)
      .write(to: URL(filePath: file))
    _ = try await hospital.importing("assets", file)
    let picture = hospital.folder.file("a.png")
    try Data(Self.png).write(to: URL(filePath: picture))
    func work(_ words: [String]) async throws -> Outcome { try await hospital.run(["work"] + words) }
    let day = ISO8601DateFormatter.string(
      from: Date(),
      timeZone: try #require(TimeZone(identifier: "Asia/Tokyo")),
      formatOptions: [.withFullDate]
    )
    let entered = try await work([
      "enter", "--vendor", "東都放射線", "--device", "YG-1", "--kind", "patch", "--what", "更新", "--from", "0:00", "--until",
      "23:59", "--workers", "山本", "--origin", "横浜", "--on", day,
    ])
    let id = entered.output.trimmingCharacters(in: .whitespacesAndNewlines)
    for words in [["decide", id], ["begin", id], ["end", id]] { #expect(try await work(words).code == 0) }
    #expect(try await work(["report", id, "--photo", file]).code == 2, "no photograph")
    #expect(try await work(["report", id, "--os", "FortiOS 7.2.8", "--photo", picture]).code == 0)
    let confirmed = try await work(["confirm", id, "--ledger"])
    #expect(
      confirmed.code == 0 && confirmed.errors.contains("FortiOS 7.2.7") && confirmed.errors.contains("FortiOS 7.2.8")
    )
    let one = try #require(try await work(["show", id]).json as? [String: Any])
    #expect(one["photos"] as? Int == 1 && one["osAfter"] as? String == "FortiOS 7.2.8")
    let out = hospital.folder.file("out.csv")
    #expect(try await hospital.run(["export", "--kind", "assets", "--format", "csv", out]).code == 0)
    #expect(String(decoding: try Data(contentsOf: URL(filePath: out)), as: UTF8.self).contains("FortiOS 7.2.8"))
  }
}
