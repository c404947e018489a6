import Assessment
import Foundation
import Nouns
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// A checklist written by a program, part by part, until it is published; and beside somebody at the page.
@Suite struct DraftAPITests {
  private func client(_ hospital: Installation) async throws -> APIClient {
    APIClient(app: hospital.app, token: try await hospital.token("下書き", [.readLedger, .answerChecks]).text)
  }

  @Test(arguments: Engine.available) func aProgramWritesAChecklistAndPublishesIt(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital)
    let id = try #require(try await api.send("POST", "/checklist-drafts", "{}").json["id"]?.text)
    let path = "/checklist-drafts/\(id)"
    let empty = try await api.get(path).json
    #expect((empty["problems"]?.array?.count ?? 0) > 0)
    let mark = try #require(empty["head"]?["mark"]?.text)

    let head = """
      {"mark": "\(mark)", "pack": "own-radiology", "title": {"ja": "放射線科の点検"}, "publisher": "当院", \
      "sourceTitle": "院内の手順", "validFrom": "2026-04-01", "form": "checklist", "by": "hospital", \
      "cycle": "fiscalYear", "year": "2026"}
      """
    let written = try await api.send("PUT", path + "/head", head).json
    #expect(written["problems"]?.array?.isEmpty == true, "\(written)")
    // What was read before is not there any more.
    #expect(await api.send("PUT", path + "/head", head).status == 409)

    let section = try await api.send("POST", path + "/sections", #"{"number": "1", "title": {"ja": "装置"}}"#).json
    let topic = try await api.send("POST", path + "/topics", #"{"title": {"ja": "装置の停止"}, "needs": {"ja": "手順"}}"#).json
    let key = try #require(try await api.get(path).json["topics"]?.array?.first?["key"]?.text)
    #expect(key.hasPrefix("own.radiology."))
    let chapter = try #require(section["id"]?.integer)
    func item(_ number: String, _ more: String = "") async throws -> JSONValue {
      let body = """
        {"section": \(chapter), "number": "\(number)", "text": {"ja": "問い\(number)"}, "topic": "\(key)"\(more)}
        """
      return try await api.send("POST", path + "/items", body).json
    }
    let first = try await item("1")
    let second = try await item(
      "2",
      #", "kind": "choice", "choices": [{"ja": "専用線", "en": "Leased line"}, {"ja": "VPN"}], "levels": []"#
    )
    let parent = try #require(first["id"]?.integer)
    let third = try await item("3", #", "parent": \#(parent), "is": ["yes"]"#)
    for kept in [first, second, third, topic] { #expect(kept["problems"]?.array?.isEmpty == true, "\(kept)") }
    func rows() async throws -> [JSONValue] {
      let sections = try await api.get(path).json["sections"]?.array
      return try #require(sections?.first { $0["id"]?.integer == chapter }?["items"]?.array)
    }
    let items = try await rows()
    try #require(items.count == 3)
    #expect(items[1]["choices"]?.array?.first?["en"]?.text == "Leased line")
    #expect(items[2]["parent"]?.integer == parent && items[2]["is"]?.array?.first?.text == "yes")

    // What a new draft begins with is not wanted.
    for section in try await api.get(path).json["sections"]?.array ?? [] where section["id"]?.integer != chapter {
      let (number, mark) = (section["id"]?.integer ?? 0, section["mark"]?.text ?? "")
      #expect(await api.send("DELETE", "\(path)/sections/\(number)?mark=\(mark)").status == 204)
    }

    // Moved, taken out by its mark alone, and gone.
    let last = try #require(second["id"]?.integer)
    #expect(await api.send("POST", "\(path)/items/\(last)/move", #"{"way": "up"}"#).status == 200)
    let order = try await rows().compactMap { $0["id"]?.integer }
    #expect(order.first == last)
    let lastMark = try #require(second["mark"]?.text)
    #expect(await api.send("DELETE", "\(path)/items/\(last)?mark=other").status == 409)
    #expect(await api.send("DELETE", "\(path)/items/\(last)?mark=\(lastMark)").status == 204)
    #expect(await api.send("DELETE", "\(path)/items/\(last)?mark=\(lastMark)").status == 404)
    #expect(await api.send("PUT", "\(path)/items/\(last)", #"{"mark": "x"}"#).status == 404)

    let version = try #require(try await api.get(path).json["version"]?.integer)
    let published = await api.send("POST", path + "/publish", #"{"version": \#(version)}"#)
    #expect(published.status == 200, "\(published.text)")
    let yaml = await api.get("/checklists/\(try published.json["checklist"]?.text ?? "")/file").text
    #expect(yaml.contains("問い3") && yaml.contains("問い1") && !yaml.contains("問い2"))
    #expect(await api.get(path).status == 404)
    await hospital.close()
  }

  /// Everything a draft says, read and sent again, leaves it as it was.
  @Test(arguments: ["prefecture-20", "mhlw-hospital-r8", "bcp-2024", "roles-admin"])
  func whatIsReadAndSentAgainIsTheSame(_ pack: String) async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let api = try await client(hospital)
    let id = try await hospital.house.assessment.makeDraft(from: pack, in: hospital.scope(AnswerChecks.self))
    let path = "/checklist-drafts/\(id)"
    let before = await api.get(path).bytes
    let draft = try JSONReader.read(before)
    func again(_ part: JSONValue, _ address: String, _ more: [String: JSONValue] = [:]) async {
      guard case .object(var members) = part else { return }
      for name in ["id", "items", "key"] { members[name] = nil }
      for (name, value) in more { members[name] = value }
      let response = await api.send(
        "PUT",
        path + address,
        String(decoding: JSONWriter.bytes(of: .object(members)), as: UTF8.self)
      )
      #expect(response.status == 200, "\(address): \(response.text)")
    }
    await again(draft["head"] ?? .null, "/head")
    for section in draft["sections"]?.array ?? [] {
      let number = section["id"]?.integer ?? 0
      await again(section, "/sections/\(number)")
      for item in section["items"]?.array ?? [] {
        await again(item, "/items/\(item["id"]?.integer ?? 0)", ["section": .integer(number)])
      }
    }
    for topic in draft["topics"]?.array ?? [] { await again(topic, "/topics/\(topic["id"]?.integer ?? 0)") }
    #expect(await api.get(path).bytes == before)
    await hospital.close()
  }

  /// Nothing is wrong with what nobody has had a chance to write; once it is saved, all of it is told.
  @Test func aBlankDraftOpensClean() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let browser = try await hospital.browser(.administrator)
    let made = await browser.post("/checklists/drafts", ["from": ""])
    let page = try #require(made.headers["location"])
    let clean = await browser.get(page)
    #expect(clean.status == 200 && !clean.text.contains("発行する部署や委員会を入力してください。"))
    let id = try #require(page.split(separator: "/").dropFirst(2).first)
    let mark = try #require(try await client(hospital).get("/checklist-drafts/\(id)").json["head"]?["mark"]?.text)
    let kept = await browser.post(page, ["pack": "own-", "was": mark])
    let told = await browser.get(try #require(kept.headers["location"]))
    #expect(told.text.contains("発行する部署や委員会を入力してください。"))
    await hospital.close()
  }

  /// Two who change one part: the second is told, and nothing of the first is lost.
  @Test(arguments: Engine.available) func aProgramAndAPersonDoNotOverwriteEachOther(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital)
    let id = try await hospital.house.assessment.makeDraft(from: "prefecture-20", in: hospital.scope(AnswerChecks.self))
    let path = "/checklist-drafts/\(id)"
    let section = try #require(try await api.get(path).json["sections"]?.array?.first)
    let (number, mark) = (try #require(section["id"]?.integer), try #require(section["mark"]?.text))
    let browser = try await hospital.browser(.administrator)
    let page = "/checklists/drafts/\(id)/sections/\(number)"
    await browser.get(page)
    #expect(await browser.post(page, ["number": "1", "title.ja": "人が直した章", "was": mark]).status == 303)
    let late = await api.send("PUT", "\(path)/sections/\(number)", #"{"mark": "\#(mark)", "number": "9"}"#)
    #expect(late.status == 409 && late.text.contains("下書きを読み直して"))
    let now = try await api.get(path).json["sections"]?.array?.first
    #expect(now?["title"]?["ja"]?.text == "人が直した章")
    // Whoever may only look changes nothing.
    let reader = APIClient(app: hospital.app, token: try await hospital.token("閲覧", [.readLedger]).text)
    #expect(await reader.get(path).status == 200)
    #expect(await reader.send("POST", path + "/sections", "{}").status == 403)
    await hospital.close()
  }
}
