import Duties
import Foundation
import Identity
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

/// Settings, one's own account, lock-outs and outside contacts, as programs have them.
@Suite struct SettingsAPITests {
  private func client(_ hospital: Installation, _ permissions: [Permission]) async throws -> APIClient {
    APIClient(app: hospital.app, token: try await hospital.token("設定", permissions).text)
  }

  @Test(arguments: Engine.available) func onesOwnNameAndLanguage(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital, [.signedIn])
    let before = try await api.get("/own-account").json
    #expect(before["userName"]?.text == "admin" && before["language"]?.text == "ja" && before["dates"]?.isNull == true)
    let after = try await api.send("PATCH", "/own-account", #"{"name": "佐藤 花", "dates": "era"}"#).json
    #expect(after["name"]?.text == "佐藤 花" && after["dates"]?.text == "era" && after["language"]?.text == "ja")
    #expect(try await api.send("PATCH", "/own-account", #"{"language": "en"}"#).json["dates"]?.text == "era")
    #expect(try await api.send("PATCH", "/own-account", #"{"dates": null}"#).json["dates"]?.isNull == true)
    let wrong = await api.send("PATCH", "/own-account", #"{"name": "　"}"#)
    #expect(wrong.status == 422)
    #expect(try wrong.json["errors"]?.array?.first?["pointer"]?.text == "/name")
    // The browser's sign-in ends; the token goes on.
    let browser = try await hospital.browser(.administrator)
    #expect(await browser.get("/account").status == 200)
    #expect(await api.send("POST", "/other-sessions/end").status == 204)
    #expect(await browser.get("/account").status != 200)
    #expect(await api.get("/own-account").status == 200)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func lockOutsAreSeenAndCleared(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let account = try await hospital.account("nurse", .staff)
    let browser = TestBrowser(hospital.app, peer: "10.7.7.7")
    // What came before the last sign-in does not count, and the clock stands.
    hospital.clock.advance(seconds: 1)
    for _ in 0..<6 { await hospital.signIn(browser, "nurse", "wrong-password-1") }
    #expect(await hospital.signIn(browser, "nurse").status != 303)
    let api = try await client(hospital, [.manageUsers])
    let kinds = try await api.get("/sign-ins?lockedOut=true").json["items"]?.array?.compactMap { $0["kind"]?.text }
    #expect(kinds?.contains("account.locked-out") == true)
    // One page after another tells the same as all at once.
    let all = try await api.get("/sign-ins?limit=500").json["items"]?.array?.compactMap { $0["id"]?.text }
    var (found, address): ([String], String?) = ([], "/sign-ins?limit=2")
    while let next = address {
      let page = try await api.get(next).json
      found += page["items"]?.array?.compactMap { $0["id"]?.text } ?? []
      address = page["next"]?.text.map { "/sign-ins?limit=2&cursor=\($0)" }
    }
    #expect(found == all && found.count > 4)
    #expect(await api.get("/sign-ins?cursor=nonsense").status == 422)
    #expect(try await api.send("POST", "/accounts/\(account.id)/lock-out/clear").json["userName"]?.text == "nurse")
    for waiting in try await api.get("/sign-in-lock-outs").json["items"]?.array ?? [] {
      let address = waiting["address"]?.text ?? ""
      let cleared = await api.send("POST", "/sign-in-lock-outs/clear", "{\"address\": \"\(address)\"}")
      #expect(try cleared.json["wasWaiting"]?.bool == true)
    }
    #expect(await hospital.signIn(browser, "nurse").status == 303)
    let none = await api.send("POST", "/sign-in-lock-outs/clear", #"{"address": "10.1.1.1"}"#)
    #expect(try none.json["wasWaiting"]?.bool == false)
    #expect(await api.send("POST", "/accounts/nothing/lock-out/clear").status == 404)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func secretsAreTakenAndNeverGivenOut(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital, [.manageSettings, .manageUsers])
    let secret = "Quiet-harbour-9"
    let directory = """
      {"isOn": true, "host": "127.0.0.1", "port": 1, "security": "none", "serviceName": "cn=reader", \
      "password": "\(secret)", "base": "ou=people", "filter": "(uid={user})", \
      "groups": [{"role": "administrator", "name": "it"}], "version": 0}
      """
    let provider = """
      {"isOn": true, "label": "病院アカウント", "issuer": "http://127.0.0.1:1", "client": "yagura", \
      "secret": "\(secret)", "address": "https://yagura.hospital.local", "version": 0}
      """
    let mail = """
      {"isOn": true, "host": "127.0.0.1", "port": 1, "security": "none", "user": "yagura", "password": "\(secret)", \
      "sender": "yagura@hospital.example", "address": "https://yagura.hospital.local/", "version": 0}
      """
    // Nothing to try before it is set.
    #expect(await api.send("POST", "/directory/test", #"{"user": "sato"}"#).status == 409)
    #expect(await api.send("POST", "/provider/test").status == 409)
    #expect(await api.send("POST", "/mail-settings/test", #"{"recipient": "a@hospital.example"}"#).status == 409)
    for (path, body, flag) in [
      ("/directory", directory, "hasPassword"), ("/provider", provider, "hasSecret"),
      ("/mail-settings", mail, "hasPassword"),
    ] {
      #expect(try await api.get(path).json[flag]?.bool == false, "\(path)")
      let unsaid = body.replacing(", \"version\": 0", with: "")
      #expect(await api.send("PUT", path, unsaid).status == 428, "\(path)")
      let kept = await api.send("PUT", path, body)
      #expect(kept.status == 200 && kept.headers["etag"] == "\"1\"", "\(path): \(kept.text)")
      #expect(try kept.json[flag]?.bool == true && !kept.text.contains(secret), "\(path)")
      // From a version that is over nothing is kept, by body and by header.
      #expect(await api.send("PUT", path, body).status == 409, "\(path)")
      #expect(await api.send("PUT", path, body, ["If-Match": "\"0\""]).status == 412, "\(path)")
      // Without a secret the stored one stays.
      let silent = body.replacing(secret, with: "").replacing("\"isOn\": true", with: "\"isOn\": false")
      let again = await api.send("PUT", path, silent, ["If-Match": "\"1\""])
      #expect(try again.json[flag]?.bool == true && again.json["isOn"]?.bool == false, "\(path): \(again.text)")
      let on = await api.send("PUT", path, body, ["If-Match": "\"2\""])
      #expect(on.status == 200, "\(path): \(on.text)")
    }
    // Whoever decides how people sign in decides who does: settings alone are not enough.
    let half = try await client(hospital, [.manageSettings])
    #expect(await half.get("/directory").status == 200)
    #expect(await half.send("PUT", "/directory", directory, ["If-Match": "\"3\""]).status == 403)
    #expect(await half.send("PUT", "/provider", provider, ["If-Match": "\"3\""]).status == 403)
    // What does not answer is told in words; nothing breaks.
    for (path, body) in [
      ("/directory/test", #"{"user": "sato"}"# as String?), ("/provider/test", nil),
      ("/mail-settings/test", #"{"recipient": "a@hospital.example"}"#),
    ] {
      let tried = try await api.send("POST", path, body).json
      #expect(tried["ok"]?.bool == false && tried["problem"]?.text?.isEmpty == false, "\(path): \(tried)")
    }
    #expect(await api.send("POST", "/mail-settings/test", #"{"recipient": "no address"}"#).status == 422)
    let wrong = await api.send(
      "PUT",
      "/directory",
      directory.replacing("(uid={user})", with: "uid"),
      ["If-Match": "\"3\""]
    )
    #expect(wrong.status == 422)
    #expect(try wrong.json["errors"]?.array?.first?["pointer"]?.text == "/filter")
    #expect(try await api.get("/mail-settings").json["address"]?.text == "https://yagura.hospital.local")
    await hospital.close()
  }

  /// A mail that the relay refused for good is put in line again.
  @Test(arguments: Engine.available) func aMailThatFailedGoesOnceMore(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let (key, now) = (hospital.facility.rawValue, hospital.clock.now)
    try await hospital.house.database.write(.facility(key)) { tx in
      try tx.run(
        """
        INSERT INTO mail_out (facility, id, account, recipient, subject, body, state, created_at, next_try_at, attempts,
          problem_ja, problem_en, answer)
        VALUES (\(key), 'letter-1', 'x', 'a@hospital.example', '題', '本文', 'failed', \(now), \(now), 3, '宛先なし', 'nobody', '')
        """
      )
    }
    let api = try await client(hospital, [.manageSettings])
    let letter = try #require(try await api.get("/mail-letters").json["items"]?.array?.first)
    #expect(letter["state"]?.text == "failed" && letter["problem"]?.text == "宛先なし")
    #expect(letter["body"] == nil)
    #expect(await api.send("POST", "/mail-letters/letter-1/again").status == 204)
    #expect(try await api.get("/mail-letters").json["items"]?.array?.first?["state"]?.text == "waiting")
    #expect(await api.send("POST", "/mail-letters/letter-1/again").status == 404)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func shippedContactsAreTakenAndVerified(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital, [.readLedger, .editLedger])
    let offered = try #require(try await api.get("/shipped-contacts?limit=500").json["items"]?.array)
    let keys = offered.filter { $0["isTaken"]?.bool == false }.prefix(2).compactMap { $0["key"]?.text }
    try #require(keys.count == 2)
    let body = "{\"keys\": [\"\(keys[0])\", \"\(keys[1])\"]}"
    let taken = try await api.send("POST", "/shipped-contacts/take", body).json
    #expect(taken["changed"]?.integer == 2 && taken["changeSet"]?.text != nil)
    // Twice it adds nothing.
    let again = try await api.send("POST", "/shipped-contacts/take", body).json
    #expect(again["changed"]?.integer == 0)
    #expect(await api.send("POST", "/shipped-contacts/take", #"{"keys": ["nobody"]}"#).status == 400)
    let contacts = try await hospital.house.records.store.all(.contact, in: hospital.scope(ReadLedger.self)).records
    let contact = try #require(contacts.first { $0.known("name") == keys[0] })
    #expect(contact.known("verified_on") == nil)
    let verified = try await api.send("POST", "/contacts/verify", "{\"ids\": [\"\(contact.id)\"]}").json
    #expect(verified["changed"]?.integer == 1)
    let now = try await hospital.house.records.store.find(.contact, id: contact.id, in: hospital.scope(ReadLedger.self))
      .record
    #expect(now.known("verified_on") == Installation.today.iso && now.known("verified_by")?.isEmpty == false)
    #expect(await api.send("POST", "/contacts/verify", #"{"ids": ["nothing"]}"#).status == 404)
    await hospital.close()
  }

  /// Requests to take data out, a page after another, while somebody decides in between.
  @Test(arguments: Engine.available) func pagesOfRequestsToTakeDataOut(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let media = hospital.house.organization.media
    let people = try await [hospital.account("a1", .staff), hospital.account("a2", .staff)]
    for (number, person) in (people + people + people).enumerated() {
      let typed = [
        "medium": "usb", "contents": "資料\(number)", "purpose": "学会", "destination": "会場", "from": "2026-11-22",
        "until": "2026-11-23", "protection": "encrypted", "personal": "no",
      ]
      let draft = try MediaDraft(typed, today: Installation.today)
      let asker = Scope<SignedIn>.operatorOf(
        hospital.facility,
        as: Actor(id: person.id, name: person.name),
        request: "test"
      )
      _ = try await media.ask(draft, department: nil, in: asker)
    }
    let api = try await client(hospital, [.readLedger, .editLedger])
    func list(_ limit: Int) async throws -> [String] {
      var (found, address): ([String], String?) = ([], "/media-requests?limit=\(limit)")
      while let next = address {
        let page = try await api.get(next).json
        #expect(page["total"]?.integer == 6)
        found += page["items"]?.array?.compactMap { $0["id"]?.text } ?? []
        address = page["next"]?.text.map { "/media-requests?limit=\(limit)&cursor=\($0)" }
      }
      return found
    }
    let all = try await list(500)
    #expect(all.count == 6)
    for (place, approved) in [(0, true), (2, false), (4, true)] {
      let body = approved ? #"{"approved": true}"# : #"{"approved": false, "note": "不要"}"#
      #expect(await api.send("POST", "/media-requests/\(all[place])/decide", body).status == 200)
    }
    let whole = try await list(500)
    #expect(Array(whole.prefix(3)) == [all[1], all[3], all[5]] && whole.last == all[2])
    for limit in [1, 2, 4, 5] { #expect(try await list(limit) == whole) }
    #expect(await api.get("/media-requests?cursor=nonsense").status == 422)
    await hospital.close()
  }
}
