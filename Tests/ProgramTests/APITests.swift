import Foundation
import Identity
import Ledger
import Nouns
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// `/api/v1` as programs meet it: tokens, what it answers against what it says it answers, versions, pages, repeated
/// requests, imports.
@Suite struct APITests {
  /// Whatever somebody of the house may do.
  private static let all = Permission.allCases.filter { $0 != .requestWork }

  private func client(_ hospital: Installation, _ permissions: [Permission] = all) async throws -> APIClient {
    APIClient(app: hospital.app, token: try await hospital.token("試験", permissions).text)
  }

  // MARK: Description

  /// Whatever can be read is as the description says, member for member.
  @Test(arguments: Engine.available)
  func everyAnswerIsAsDescribed(engine: Engine) async throws {
    let hospital = try await Installation(engine)
    let addresses = try await Addresses(hospital)
    let house = try await client(hospital)
    let outside = try await hospital.token("事業者", [.requestWork], for: "spare").text
    let vendor = APIClient(app: hospital.app, token: outside)
    var seen = 0
    for route in hospital.app.routes where route.method == .get {
      guard let endpoint = route.endpoint else { continue }
      let client = route.access == .needs(.requestWork) ? vendor : house
      for path in try addresses.real(route) ?? [] {
        let response = await client.get(String(path.dropFirst(Route.apiRoot.count)))
        let line = "\(path) answered \(response.status)"
        guard let answer = endpoint.answers.first(where: { $0.status == response.status }) else {
          // A file with no problems has no list of them.
          if path.contains("/imports/"), response.status == 404 { continue }
          Issue.record("\(line): \(response.text.prefix(300))")
          continue
        }
        if case .json(let schema) = answer.content {
          let faults = schema.faults(in: try response.json, named: hospital.app.schemas)
          #expect(faults.isEmpty, "\(line): \(faults.prefix(3))")
          seen += 1
        }
      }
    }
    #expect(seen > 70)
    await hospital.close()
  }

  @Test func theDescriptionNamesEveryRouteOnce() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let document = try await client(hospital).get("/openapi.json").json
    let paths = try #require(document["paths"]?.object)
    let described = paths.values.flatMap { $0.object?.keys.map { $0 } ?? [] }.count
    let routes = hospital.app.routes.filter { $0.pattern.hasPrefix(Route.apiRoot) }
    #expect(described == routes.count)
    #expect(routes.allSatisfy { $0.endpoint != nil })
    let names = routes.compactMap(\.endpoint?.id)
    #expect(Set(names).count == names.count)
    // What a schema is called by must exist.
    let text = try await client(hospital).get("/openapi.json").text
    for part in text.split(separator: "#/components/schemas/").dropFirst() {
      let name = String(part.prefix { $0 != "\"" })
      #expect(document["components"]?["schemas"]?[name] != nil, "\(name)")
    }
    await hospital.close()
  }

  // MARK: Tokens

  /// Each route with tokens that may one thing only: 403 exactly where that is not enough.
  @Test func aTokenMayNoMoreThanItsScopes() async throws {
    let hospital = try await Installation(.sqlite, rows: 10)
    let addresses = try await Addresses(hospital)
    for permission in Self.all {
      let client = try await client(hospital, [permission])
      for route in hospital.app.routes.sorted(by: { ($0.method == .get ? 0 : 1) < ($1.method == .get ? 0 : 1) }) {
        guard route.endpoint != nil, case .needs(let needed) = route.access else { continue }
        // What it may do is tried elsewhere; here it would end the very tokens.
        guard route.method == .get || (needed != permission && needed != .signedIn) else { continue }
        for path in (try addresses.real(route) ?? []).prefix(1) {
          let response = await client.send(
            route.method.rawValue,
            String(path.dropFirst(Route.apiRoot.count)),
            route.method == .get ? nil : "{}"
          )
          let isAllowed = needed == permission || needed == .signedIn
          #expect(
            (response.status == 403) != isAllowed,
            "\(permission) \(route.method.rawValue) \(path): \(response.status)"
          )
        }
      }
    }
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func aTokenEndsWithItsTimeItsOwnerAndItsRevocation(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let (token, text) = try await hospital.token("連携", [.readLedger], days: 10)
    let client = APIClient(app: hospital.app, token: text)
    #expect(await client.get("/kinds").status == 200)
    for wrong in ["", "yagura_", "yagura_" + String(repeating: "A", count: 43), String(text.dropLast()), text + "A"] {
      let response = await APIClient(app: hospital.app, token: wrong).get("/kinds")
      #expect(response.status == 401)
      #expect(response.headers["www-authenticate"]?.contains("invalid_token") == true)
    }
    // The database does not hold it, and a token opens no page.
    let stored = try await hospital.house.database.read(.everyFacility) { tx in
      try tx.rows("SELECT token_hash FROM api_token").map { try $0.text("token_hash") }
    }
    #expect(stored.allSatisfy { !text.contains($0) && $0.count == 64 })
    let page = await hospital.app.respond(
      to: RawRequest(
        method: "GET",
        target: "/ledger",
        headers: ["Authorization": "Bearer \(text)", "Host": "localhost"]
      )
    )
    #expect(page.status == 303)
    // Its use is noted.
    let used = try #require(try await hospital.house.identity.token(token.id, in: hospital.scope()))
    #expect(used.usedAt != nil && used.usedFrom == "10.1.2.3")

    hospital.clock.advance(seconds: 10 * 86_400)
    #expect(await client.get("/kinds").status == 401)
    let second = try await hospital.token("連携2", [.readLedger])
    let other = APIClient(app: hospital.app, token: second.text)
    #expect(await other.get("/kinds").status == 200)
    #expect(try await hospital.house.identity.revokeToken(second.token.id, in: hospital.scope()) == true)
    #expect(await other.get("/kinds").status == 401)
    #expect(try await hospital.house.identity.revokeToken(second.token.id, in: hospital.scope()) == false)

    try await hospital.account("owner", .departmentHead)
    let third = try await hospital.token("連携3", [.readLedger], for: "owner")
    let owned = APIClient(app: hospital.app, token: third.text)
    #expect(await owned.get("/kinds").status == 200)
    let admin = try await self.client(hospital)
    #expect(await admin.send("POST", "/accounts/\(third.token.account)/lock", #"{"reason":"退職"}"#).status == 200)
    #expect(await owned.get("/kinds").status == 401)
    // A token can do nothing its owner may not.
    await #expect(throws: Problems.self) { try await hospital.token("無理", [.manageUsers], for: "owner") }
    let kinds = try await admin.get("/journal?subjectType=token&limit=100").json["items"]?.array ?? []
    #expect(kinds.count { $0["kind"]?.text == "token.made" } == 4)
    #expect(kinds.count { $0["kind"]?.text == "token.revoked" } == 1)
    await hospital.close()
  }

  @Test func moreThanAMinuteBearsIsTurnedAway() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let client = try await client(hospital, [.readLedger])
    var statuses: [Int] = []
    for _ in 0..<605 { statuses.append(await client.get("/me").status) }
    #expect(statuses.prefix(600).allSatisfy { $0 == 200 })
    #expect(statuses.suffix(5).allSatisfy { $0 == 429 })
    #expect(await client.get("/me").headers["retry-after"] == "1")
    hospital.clock.advance(seconds: 1)
    #expect(await client.get("/me").status == 200)
    await hospital.close()
  }

  // MARK: Records

  @Test(arguments: Engine.available)
  func twoWhoEditOneRecordAreToldOfBothValues(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let made = await client.send("POST", "/records/vendor", #"{"values":{"name":"東都保守","phone":"03-0000-0001"}}"#)
    #expect(made.status == 201)
    let path = String(try #require(made.headers["location"]).dropFirst(Route.apiRoot.count))
    let tag = try #require(made.headers["etag"])
    #expect(await client.get(path).headers["etag"] == tag)
    #expect(await client.get(path, ["If-None-Match": tag]).status == 304)
    #expect(await client.send("PATCH", path, #"{"values":{"phone":"03-0000-0002"}}"#).status == 428)
    let changed = await client.send("PATCH", path, #"{"values":{"phone":"03-0000-0002"}}"#, ["If-Match": tag])
    #expect(changed.status == 200)
    #expect(try changed.json["version"]?.integer == 2)

    let late = await client.send("PATCH", path, #"{"values":{"phone":"03-0000-0003"}}"#, ["If-Match": tag])
    #expect(late.status == 412)
    let byVersion = await client.send("PATCH", path, #"{"version":1,"values":{"phone":"03-0000-0003"}}"#)
    #expect(byVersion.status == 409)
    for response in [late, byVersion] {
      #expect(response.headers["content-type"] == "application/problem+json")
      let conflict = try #require(try response.json["conflicts"]?.array?.first)
      #expect(conflict["currentVersion"]?.integer == 2)
      let field = try #require(conflict["fields"]?.array?.first)
      #expect(field["theirs"]?.text == "03-0000-0002")
      #expect(field["mine"]?.text == "03-0000-0003")
    }
    #expect(try await client.get(path).json["values"]?["phone"]?.text == "03-0000-0002")

    let history = try await client.get("\(path)/history").json["items"]?.array ?? []
    #expect(history.map { $0["kind"]?.text } == ["vendor.changed", "vendor.created"])
    let set = try #require(history.first?["changeSet"]?.text)
    #expect(await client.send("POST", "/changes/\(set)/undo").status == 200)
    #expect(await client.send("POST", "/changes/\(set)/undo").status == 409)
    #expect(try await client.get(path).json["values"]?["phone"]?.text == "03-0000-0001")
    #expect(await client.send("DELETE", path).status == 400)
    #expect(await client.send("DELETE", path + "?reason=test").status == 200)
    #expect(try await client.get(path).json["archivedAt"]?.isNull == false)
    #expect(await client.send("POST", path + "/restore").status == 200)
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func pagesMeetEachRecordOnceWhateverIsAdded(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 40)
    let client = try await client(hospital)
    for sort in ["id", "-id", "updatedAt", "-updatedAt", "name", "-name"] {
      var next: String?
      var met: [String] = []
      let before = try await client.get("/records/asset?limit=500").json["items"]?.array?.compactMap { $0["id"]?.text }
      repeat {
        let cursor = next.map { "&cursor=\($0)" } ?? ""
        let page = try await client.get("/records/asset?limit=7&sort=\(sort)\(cursor)").json
        met += (page["items"]?.array ?? []).compactMap { $0["id"]?.text }
        next = page["next"]?.text
        // Somebody works on the list meanwhile.
        await client.send("POST", "/records/asset", #"{"values":{"name":"途中の機器 \#(met.count)"}}"#)
      } while next != nil && met.count < 500
      #expect(Set(met).count == met.count, "\(sort)")
      #expect(Set(before ?? ["?"]).isSubset(of: met), "\(sort)")
    }
    #expect(await client.get("/records/asset?cursor=zzz").status == 422)
    #expect(await client.get("/records/asset?sort=nonsense").status == 422)
    #expect(await client.get("/records/asset?nonsense=1").status == 400)
    #expect(await client.get("/records/asset?limit=501").status == 400)
    let place = try #require(try await client.get("/records/asset?limit=2&sort=name").json["next"]?.text)
    #expect(await client.get("/records/asset?limit=2&sort=-name&cursor=\(place)").status == 422)
    let counted = try await client.get("/records/asset?limit=1&count=true&filter=category:server").json
    #expect((counted["total"]?.integer ?? 0) > 0)
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func whatIsSentTwiceIsDoneOnce(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let body = #"{"values":{"name":"一度だけの業者"}}"#
    let first = await client.send("POST", "/records/vendor", body, ["Idempotency-Key": "k1"])
    let second = await client.send("POST", "/records/vendor", body, ["Idempotency-Key": "k1"])
    #expect(first.status == 201 && second.status == 201)
    #expect(first.text == second.text)
    #expect(second.headers["idempotency-replayed"] == "true")
    #expect(second.headers["location"] == first.headers["location"])
    let other = #"{"values":{"name":"別の業者"}}"#
    #expect(await client.send("POST", "/records/vendor", other, ["Idempotency-Key": "k1"]).status == 422)
    #expect(
      try await client.get("/records/vendor?q=%E4%B8%80%E5%BA%A6%E3%81%A0%E3%81%91").json["items"]?.array?.count == 1
    )
    // A request that was refused may be sent again under its key.
    let wrong = #"{"values":{"name":""}}"#
    #expect(await client.send("POST", "/records/vendor", wrong, ["Idempotency-Key": "k2"]).status == 422)
    #expect(await client.send("POST", "/records/vendor", other, ["Idempotency-Key": "k2"]).status == 201)
    // All at once: one is done, the others wait for it or are told what it answered.
    let statuses = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          await client.send("POST", "/records/vendor", #"{"values":{"name":"同時の業者"}}"#, ["Idempotency-Key": "k3"])
            .status
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses.allSatisfy { [201, 409].contains($0) } && statuses.contains(201))
    #expect(try await client.get("/records/vendor?q=%E5%90%8C%E6%99%82").json["items"]?.array?.count == 1)
    await hospital.close()
  }

  // MARK: Imports

  @Test(arguments: Engine.available)
  func aFileIsHandedInLookedAtAndTakenIn(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let file = "管理番号,機器名称,区分\r\nAPI-1,端末甲,端末\r\nAPI-2,端末乙,なぞ\r\n"
    let start = await client.send("POST", "/imports?kind=assets&name=a.csv", file, ["Content-Type": "text/csv"])
    #expect(start.status == 201)
    let path = String(try #require(start.headers["location"]).dropFirst(Route.apiRoot.count))
    #expect(try start.json["preview"]?["counts"]?["new"]?.integer == 2)
    #expect(try start.json["preview"]?["problems"]?.array?.isEmpty == false)
    #expect(try await client.get("/records/asset?q=API-1").json["items"]?.array?.isEmpty == true)
    let settled = await client.send("PATCH", path, #"{"mapping":{"区分":null}}"#)
    #expect(settled.status == 200, "\(settled.text)")
    let done = await client.send("POST", "\(path)/commit")
    #expect(try done.json["new"]?.integer == 2)
    #expect(try await client.send("POST", "\(path)/commit").json["new"]?.integer == 0)
    #expect(try await client.get("/records/asset?q=API-1").json["items"]?.array?.count == 1)
    let set = try #require(try done.json["changeSet"]?.text)
    #expect(try await client.send("POST", "/changes/\(set)/undo").json["restored"]?.integer == 2)
    #expect(await client.get("/exports/asset?format=csv").text.contains("管理番号"))
    let broken = await client.send(
      "POST",
      "/imports?kind=assets&name=a.xlsx",
      "PK\u{3}\u{4}nonsense",
      ["Content-Type": "text/csv"]
    )
    #expect(try broken.json["state"]?.text == "unreadable")
    await hospital.close()
  }

  // MARK: Manners

  @Test func refusalsSpeakTheReadersLanguage() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let client = try await client(hospital)
    let ja = await client.get("/records/asset/none", ["Accept-Language": "ja"])
    let en = await client.get("/records/asset/none", ["Accept-Language": "en-GB,en;q=0.9"])
    #expect(ja.status == 404 && en.status == 404)
    #expect(try ja.json["detail"]?.text?.contains("見つかりません") == true)
    #expect(try en.json["detail"]?.text?.contains("was not found") == true)
    #expect(en.headers["content-language"] == "en")
    for response in [ja, en] {
      #expect(OpenAPIProblem.schema.faults(in: try response.json).isEmpty)
    }
    #expect(await client.get("/kinds", ["Accept": "text/html"]).status == 406)
    #expect(await client.get("/kinds", ["Accept": "application/*;q=0.5"]).status == 200)
    let text = await client.send(
      "POST",
      "/records/vendor",
      "a=1",
      ["Content-Type": "application/x-www-form-urlencoded"]
    )
    #expect(text.status == 415)
    #expect(await client.send("POST", "/records/vendor", #"{"values":"#).status == 400)
    #expect(await client.send("POST", "/records/vendor", #"{"values":{},"values":{}}"#).status == 400)
    let missing = await client.send("PUT", "/records/vendor", "{}")
    #expect(missing.status == 405)
    #expect(missing.headers["allow"] == "GET, HEAD, POST, PATCH, OPTIONS")
    #expect(await client.send("TRACE", "/records/vendor").status == 405)
    #expect(await client.send("OPTIONS", "/records/vendor").headers["allow"] == "GET, HEAD, POST, PATCH, OPTIONS")
    let head = await client.send("HEAD", "/records/vendor")
    #expect(head.status == 200 && head.bytes.isEmpty)
    let large = await client.send("POST", "/records/vendor", String(repeating: " ", count: 1 << 20) + "{}")
    #expect(large.status == 413)
    // A browser that was lured here cannot be made to write: a cookie alone is not enough.
    let browser = try await hospital.browser(.administrator)
    let lured = await browser.send(
      "POST",
      "/api/v1/records/vendor",
      ["Content-Type": "application/json", "Origin": "https://evil.example"],
      Array(#"{"values":{"name":"x"}}"#.utf8)
    )
    #expect(lured.status == 403)
    await hospital.close()
  }
}

/// What every problem says at least.
enum OpenAPIProblem {
  static let schema = Schema.object([
    .always("type", .text), .always("title", .text), .always("status", .integer(400...599)), .always("detail", .text),
    .always("instance", .text),
  ])
}
