import Assessment
import Foundation
import Nouns
import SQL
import Support
import Tabular
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// A survey begun, handed out, taken in, read and closed by programs and by commands alone.
@Suite struct SurveyAPITests {
  private static let questions = """
    pack: surveys.own
    edition: 1
    title: {ja: 備え, en: Readiness}
    valid: {from: 2020-04-01}
    publisher: 県
    source: {title: 県の調査}
    verification: unverified
    entries:
      - {section: "1", title: {ja: 備え, en: Readiness}}
      - {question: a1, kind: yesNo, required: "yes", text: {ja: 二要素認証を使っている, en: Two factors are used}}
      - {question: a2, kind: yesNo, text: {ja: 訓練をした, en: There was a drill}}
      - {question: a3, kind: text, text: {ja: 意見, en: Remarks}}

    """

  private static let names = (1...6).map { "病院\($0)" }

  private func body(_ title: String, _ naming: String) throws -> String {
    // The vendor answers for its customer, the others for themselves.
    let members = Self.names.map { ["name": $0, "stratum": "県", "answerer": $0 == "病院1" ? "北斗メディカル" : ""] }
    let draft: [String: Any] = [
      "title": title, "questionnaire": Self.questions, "naming": naming, "members": members, "due": "2026-12-31",
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: draft), as: UTF8.self)
  }

  @Test(arguments: Engine.available)
  func aSurveyIsRunByAProgram(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("調査", [.readLedger, .answerChecks]).text)
    let opened = await client.send("POST", "/polls", try body("県の調査", "named"))
    #expect(opened.status == 201, "\(opened.text)")
    let path = "/polls/\(try #require(try opened.json["id"]?.text))"
    let asked = try await client.get(path + "/respondents").json["items"]?.array ?? []
    #expect(asked.count == 6 && asked.allSatisfy { $0["state"]?.text == "silent" })
    #expect(asked.map { $0["answerer"]?.text } == ["北斗メディカル", nil, nil, nil, nil, nil])
    let link = try #require(asked.first?["address"]?.text)
    let page = await TestBrowser(hospital.app, peer: "10.0.0.80").get(link).text
    #expect(page.contains("二要素認証を使っている") && page.contains("病院1について、北斗メディカルが答えます"), "\(page)")
    // Answers come as a file, whole or not at all.
    let csv = "回答者,a1,a2,a3\r\n" + Self.names.map { "\($0),はい,はい,\($0)の意見\r\n" }.joined()
    let type = ["Content-Type": "text/csv"]
    let unknown = await client.send("POST", path + "/answers?name=a.csv", "回答者,a1\r\nだれか,はい\r\n", type)
    #expect(unknown.status == 422 && unknown.text.contains("この調査の相手ではありません"), "\(unknown.text)")
    let taken = await client.send("POST", path + "/answers?name=a.csv", csv, type)
    #expect(try taken.status == 200 && taken.json["added"]?.integer == 6, "\(taken.text)")
    #expect(await client.send("POST", path + "/answers?name=a.csv", csv, type).status == 409)
    let again = await client.send("POST", path + "/answers?name=a.csv&replace=true", csv, type)
    #expect(try again.json["replaced"]?.integer == 6)
    #expect(try await client.get(path + "/report").json["whole"]?["answered"]?.integer == 6)
    let crossed = try await client.get(path + "/cross?rows=a1&columns=a2").json
    #expect(crossed["lines"]?.array?.first?["counts"]?.array?.first?.integer == 6, "\(crossed)")
    #expect(await client.get(path + "/cross?rows=a1&columns=a3").status == 409)
    let texts = try await client.get(path + "/texts").json["items"]?.array ?? []
    #expect(texts.count == 6 && texts.allSatisfy { $0["text"]?.text == "\($0["name"]?.text ?? "")の意見" })
    for (form, type) in [("xlsx", FormFile.type), ("csv", "application/zip")] {
      let file = await client.get(path + "/file?form=" + form)
      #expect(file.status == 200 && file.headers["content-type"] == type && file.bytes.starts(with: Array("PK".utf8)))
    }
    let closed = await client.send("POST", path + "/close")
    #expect(try closed.status == 200 && closed.json["open"]?.bool == false, "\(closed.text)")
    #expect(await client.send("POST", path + "/answers?name=a.csv&replace=true", csv, type).status == 409)
    #expect(await client.send("POST", "/polls/none/close").status == 404)
    // What is wrong with a survey is said by its place.
    let broken = await client.send("POST", "/polls", #"{"questionnaire": "pack: x", "naming": "named"}"#)
    #expect(try broken.status == 422 && broken.json["errors"]?.array?.first?["pointer"]?.text == "/questionnaire")
    let nobody = await client.send(
      "POST",
      "/polls",
      #"{"questionnaire": "\#(Questionnaires.departments)", "naming": "named"}"#
    )
    #expect(try nobody.status == 422 && nobody.json["errors"]?.array?.first?["pointer"]?.text == "/members")
    await hospital.close()
  }

  @Test func commandsDoTheSame() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let (questions, list, answers) = (
      hospital.folder.file("q.yaml"), hospital.folder.file("list.csv"), hospital.folder.file("answers.csv")
    )
    try Self.questions.write(toFile: questions, atomically: true, encoding: .utf8)
    try ("回答者,区分,答える人\r\n" + Self.names.map { "\($0),県,北斗メディカル\r\n" }.joined()).write(
      toFile: list,
      atomically: true,
      encoding: .utf8
    )
    try ("回答者,a1\r\n" + Self.names.map { "\($0),はい\r\n" }.joined()).write(
      toFile: answers,
      atomically: true,
      encoding: .utf8
    )
    func survey(_ words: String...) async throws -> Outcome { try await hospital.run(["assess", "survey"] + words) }
    let opened = try await survey("open", "--questionnaire", questions, "--respondents", list, "--naming", "aggregate")
    #expect(opened.code == 0, "\(opened.errors)")
    let id = opened.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let listed = try #require(try await survey("list", "--json").json as? [[String: Any]])
    #expect(listed.map { $0["id"] as? String } == [id] && listed[0]["open"] as? Bool == true)
    let asked = try #require(try await survey("respondents", "--survey", id, "--json").json as? [[String: Any]])
    #expect(asked.count == 6 && (asked[0]["address"] as? String)?.hasPrefix("/q/") == true)
    #expect(asked.allSatisfy { $0["answerer"] as? String == "北斗メディカル" })
    #expect(try await survey("import", "--survey", id, answers).code == 0)
    // Counted only: the response alone until nobody can answer any more.
    let early = try #require(try await survey("report", "--survey", id, "--json").json as? [String: Any])
    #expect(early["isClosed"] as? Bool == false && (early["questions"] as? [Any])?.isEmpty == true, "\(early)")
    #expect((early["whole"] as? [String: Any])?["answered"] as? Int == 6)
    let out = hospital.folder.file("out.zip")
    #expect(try await survey("texts", "--survey", id, "--json").code == 2)
    #expect(try await survey("export", "--survey", id, "--form", "csv", "--out", out).code == 2)
    let before = try await survey("cross", "--survey", id, "--rows", "a1", "--columns", "a2", "--json")
    #expect(before.code == 2 && before.errors.contains("Counted only"), "\(before.errors)")
    #expect(try await survey("report", "--survey", id).output.contains("\t6 / 6\n"))
    #expect(try await survey("close", "--survey", id).code == 0)
    let late = try #require(try await survey("report", "--survey", id, "--json").json as? [String: Any])
    #expect(late["isClosed"] as? Bool == true && (late["questions"] as? [Any])?.count == 3, "\(late)")
    let crossed = try await survey("cross", "--survey", id, "--rows", "a1", "--columns", "a2", "--json")
    #expect((crossed.json as? [String: Any])?["minimumCell"] as? Int == 5, "\(crossed.errors)")
    #expect(try await survey("cross", "--survey", id, "--rows", "a1", "--columns", "a1").code == 2)
    #expect(try await survey("texts", "--survey", id, "--json").output == "[]\n")
    #expect(try await survey("export", "--survey", id, "--form", "csv", "--out", out).code == 0)
    #expect(try Data(contentsOf: URL(filePath: out)).starts(with: Array("PK".utf8)))
    #expect(try await survey("export", "--survey", id, "--form", "doc", "--out", out).code == 2)
    // What is written is what the name says.
    #expect(try await survey("export", "--survey", id, "--form", "xlsx", "--out", out).code == 2)
    #expect(try await survey("export", "--survey", id, "--out", hospital.folder.file("out")).code == 2)
    let book = hospital.folder.file("out.xlsx")
    #expect(try await survey("export", "--survey", id, "--out", book).code == 0)
    #expect(try TableReader.read(Array(try Data(contentsOf: URL(filePath: book))), name: "out.xlsx").format == .xlsx)
    #expect(try await survey("import", "--survey", id, answers).code == 2)
    #expect(try await survey("close", "--survey", "none").code == 2)
    // Nobody asks this facility; what is not there is bad input.
    #expect(try await survey("asked", "--json").output == "[]\n")
    #expect(try await survey("mirror", "--survey", id).code == 2)
    // What is there already is replaced only by whoever says so, and is told how.
    let named = try await survey("open", "--questionnaire", questions, "--respondents", list, "--naming", "named")
    let other = named.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await survey("import", "--survey", other, answers).code == 0)
    let again = try await survey("import", "--survey", other, answers)
    #expect(again.code == 2 && again.errors.contains("--replace"), "\(again.errors)")
    #expect(try await survey("import", "--survey", other, "--replace", answers).code == 0)
  }

  /// With a branch whose question is required where it is asked.
  private static let branching = questions.replacing(
    "a2, kind: yesNo, ",
    with: "a2, kind: yesNo, required: \"yes\", when: {question: a1, is: [\"yes\"]}, "
  )

  private static func asking(_ naming: String) throws -> String {
    let draft = [
      "title": "県の調査", "questionnaire": branching, "naming": naming, "whom": "facilities", "due": "2026-12-31",
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: draft), as: UTF8.self)
  }

  /// The facility that is asked answers by the interface under the checks of the page: branches, what is required, the state
  /// of somebody else, and going on with what was saved.
  @Test(arguments: Engine.available)
  func theFacilityThatIsAskedAnswersByProgram(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("調査", [.readLedger, .answerChecks]).text)
    let opened = await client.send("POST", "/polls", try Self.asking("named"))
    let id = try #require(try opened.json["id"]?.text, "\(opened.text)")
    let path = "/polls-asked/\(id)"
    func put(_ json: String, match: String? = nil, of survey: String? = nil) async -> WebResponse {
      let place = survey.map { "/polls-asked/\($0)/answers" } ?? path + "/answers"
      return await client.send("PUT", place, json, match.map { ["If-Match": "\"\($0)\""] } ?? [:])
    }
    func pointers(_ response: WebResponse) throws -> [String] {
      try (response.json["errors"]?.array ?? []).compactMap { $0["pointer"]?.text }.sorted()
    }
    let first = await client.get(path)
    #expect(try first.json["state"]?.text == "silent" && first.headers["etag"] == "\"0\"", "\(first.text)")
    let asked = try first.json["questions"]?.array ?? []
    #expect(asked.map { $0["column"]?.text } == ["a1", "a2", "a3"])
    #expect(asked.map { $0["asked"]?.bool } == [true, false, true])
    #expect(await put(#"{"answers": {"a1": "はい"}}"#).status == 428)
    let wrong = await put(#"{"version": 0, "answers": {"a1": "たぶん", "b9": "はい"}}"#)
    #expect(try wrong.status == 422 && pointers(wrong) == ["/answers/a1", "/answers/b9"], "\(wrong.text)")
    let saved = await put(#"{"version": 0, "answers": {"a1": "はい", "a3": "途中"}}"#)
    #expect(try saved.status == 200 && saved.json["state"]?.text == "started", "\(saved.text)")
    #expect(try saved.json["questions"]?.array?.map { $0["asked"]?.bool } == [true, true, true])
    // Somebody else had not seen that.
    #expect(await put(#"{"version": 0, "answers": {"a1": "いいえ"}}"#).status == 409)
    let older = await put(#"{"do": "send"}"#, match: "0")
    #expect(older.status == 412, "\(older.status) \(older.text)")
    let missing = await put(#"{"version": 1, "do": "send"}"#)
    #expect(try missing.status == 422 && pointers(missing) == ["/answers/a2"], "\(missing.text)")
    let none = await put(#"{"version": 1, "do": "notConcerned", "answers": {"a1": "no"}}"#)
    #expect(try none.status == 422 && pointers(none) == ["/answers"])
    // The page goes on where the program stopped.
    let links = try await client.get("/polls/\(id)/respondents").json["items"]?.array ?? []
    let link = try #require(links.first?["address"]?.text)
    let page = await TestBrowser(hospital.app, peer: "10.0.0.81").get(link).text
    #expect(page.contains("途中</textarea>"), "\(page)")
    let sent = await put(#"{"answers": {"a2": "いいえ"}, "do": "send"}"#, match: "1")
    #expect(try sent.json["state"]?.text == "answered" && sent.headers["etag"] == "\"2\"", "\(sent.text)")
    // What a changed mind does not ask any more is kept for the next one, and told as not asked.
    let changed = await put(#"{"version": 2, "do": "send", "answers": {"a1": "no", "a2": "yes"}}"#)
    let branch = try changed.json["questions"]?.array?[1]
    #expect(
      branch?["asked"]?.bool == false && branch?["values"]?.array?.compactMap(\.text) == ["yes"],
      "\(changed.text)"
    )
    let dropping = await put(#"{"version": 3, "do": "notConcerned"}"#)
    #expect(dropping.status == 409 && dropping.text.contains("dropAnswers"), "\(dropping.text)")
    #expect(try await client.get("/polls/\(id)/report").json["whole"]?["answered"]?.integer == 1)
    _ = await client.send("POST", "/polls/\(id)/close")
    #expect(await put(#"{"version": 3, "answers": {"a1": "はい"}}"#).status == 409)
    #expect(await client.get("/polls-asked/none").status == 404)
    // What is only counted is sent once, and nothing of it is told again.
    let counted = try #require(try await client.send("POST", "/polls", try Self.asking("aggregate")).json["id"]?.text)
    let once = await put(#"{"version": 0, "do": "send", "answers": {"a1": "no"}}"#, of: counted)
    #expect(
      try once.json["questions"]?.array?.allSatisfy { $0["values"]?.array?.isEmpty == true } == true,
      "\(once.text)"
    )
    #expect(await put(#"{"version": 1, "do": "notConcerned"}"#, of: counted).status == 409)
    await hospital.close()
  }

  /// Reminders go through the facility's post, for programs and from the page; what goes is what is shown.
  @Test(arguments: Engine.available)
  func remindersGoThroughThePost(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("調査", [.readLedger, .answerChecks]).text)
    let draft: [String: Any] = [
      "title": "県の調査", "questionnaire": Self.questions, "naming": "aggregate", "due": "2026-11-25",
      "members": [["name": "病院1", "contact": "総務課 a@example.jp"], ["name": "病院2", "contact": "045-000-0002"]],
    ]
    let json = String(decoding: try JSONSerialization.data(withJSONObject: draft), as: UTF8.self)
    let id = try #require(try await client.send("POST", "/polls", json).json["id"]?.text)
    let path = "/polls/\(id)/reminders"
    let owed = try await client.get(path).json["items"]?.array ?? []
    #expect(owed.map { $0["mail"]?.text } == ["a@example.jp", nil], "\(owed)")
    #expect(await client.send("POST", path, #"{"way": "mail"}"#).status == 409, "there is no relay")
    let browser = try await hospital.browser(.administrator)
    await browser.get("/settings/mail")
    let relay: KeyValuePairs = [
      "host": "127.0.0.1", "port": "25", "security": "none", "sender": "yagura@example.jp",
      "address": "https://yagura.example", "digestHour": "8", "isOn": "yes", "version": "0",
    ]
    #expect(await browser.post("/settings/mail", relay).status == 303)
    let page = await browser.get("/surveys/\(id)/reminders").text
    #expect(page.contains("総務課 a@example.jp") && page.contains("1件にメールで督促する"), "\(page)")
    let sent = await client.send("POST", path, #"{"way": "mail"}"#)
    #expect(try sent.json["mailed"]?.integer == 1 && sent.json["withoutMail"]?.integer == 1, "\(sent.text)")
    let letters = try await hospital.house.database.read(.facility(hospital.facility.rawValue)) { tx in
      try tx.rows("SELECT recipient, body FROM mail_out").map { (try $0.text("recipient"), try $0.text("body")) }
    }
    let links = try await client.get(path).json["items"]?.array?.compactMap { $0["link"]?.text } ?? []
    #expect(letters.map(\.0) == ["a@example.jp"] && links.allSatisfy { $0.hasPrefix("https://yagura.example/q/") })
    let body = try #require(letters.first?.1)
    #expect(body.contains(links[0]) && !body.contains(links[1]))
    let csv = await browser.get("/surveys/\(id)/reminders?form=csv")
    #expect(csv.headers["content-type"] == "text/csv; charset=utf-8" && csv.text.contains(links[1]), "\(csv.text)")
    #expect(await browser.get("/surveys/\(id)/reminders?form=print").text.contains("<section class=\"block letter\">"))
    #expect(await browser.post("/surveys/\(id)/reminders", ["way": "noted"]).status == 303)
    let noted = try await client.get(path).json["items"]?.array ?? []
    #expect(noted.allSatisfy { $0["remindedOn"]?.text == Installation.today.iso })
    #expect(await client.send("POST", "/polls/none/reminders", #"{"way": "noted"}"#).status == 404)
    await hospital.close()
  }

  @Test func theFacilityThatIsAskedAnswersByCommand() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let questions = hospital.folder.file("q.yaml")
    try Self.branching.write(toFile: questions, atomically: true, encoding: .utf8)
    func survey(_ words: String...) async throws -> Outcome { try await hospital.run(["assess", "survey"] + words) }
    #expect(try await survey("open", "--questionnaire", questions, "--naming", "named").code == 2)
    #expect(try await survey("open", "--questionnaire", questions, "--naming", "named", "--whom", "all").code == 2)
    let opened = try await survey("open", "--questionnaire", questions, "--naming", "named", "--whom", "facilities")
    #expect(opened.code == 0, "\(opened.errors)")
    let id = opened.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await survey("answer", "--survey", id).output.contains("a1*\tTwo factors are used\t\n"))
    #expect(try await survey("answer", "--survey", id, "--set", "a1").code == 2)
    #expect(try await survey("answer", "--survey", id, "--set", "a1=たぶん").code == 2)
    #expect(try await survey("answer", "--survey", id, "--set", "a1=はい").code == 0)
    let missing = try await survey("answer", "--survey", id, "--send")
    #expect(missing.code == 2 && missing.errors.contains("a2"), "\(missing.errors)")
    let sent = try await survey("answer", "--survey", id, "--set", "a2=no", "--send", "--json")
    #expect((sent.json as? [String: Any])?["state"] as? String == "answered", "\(sent.errors)")
    #expect(try await survey("answer", "--survey", id, "--send", "--not-concerned").code == 2)
    #expect(try await survey("remind", "--survey", id, "--json").output == "[]\n", "it has a duty here")
    #expect(try await survey("remind", "--survey", id, "--mail").code == 2)
    #expect(try await survey("remind", "--survey", id, "--noted", "--mail").code == 2)
    let kept = try await survey("answer", "--survey", id, "--not-concerned")
    #expect(kept.code == 2 && !kept.errors.isEmpty, "answers are there")
    let none = try await survey("answer", "--survey", id, "--not-concerned", "--drop-answers")
    #expect(none.output.contains("\tnotConcerned\n"), "\(none.errors)")
  }

  /// How far rounds are and the director's page, as the programming interface tells them.
  @Test func theOverviewIsACommandToo() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let rounds = try #require(try await hospital.run(["assess", "list", "--json"]).json as? [[String: Any]])
    let twenty = try #require(rounds.first { $0["id"] as? String == "prefecture-20" })
    #expect(twenty["items"] as? Int == 20 && twenty["answered"] as? Int == 0 && twenty["locked"] as? Bool == false)
    let overview = try #require(try await hospital.run(["assess", "overview", "--json"]).json as? [String: Any])
    #expect((overview["rounds"] as? [[String: Any]])?.first?["id"] as? String == "prefecture-20")
    #expect((overview["decisions"] as? [Any])?.isEmpty == true)
    let lines = try await hospital.run(["assess", "overview"]).output
    #expect(lines.hasPrefix("round\tprefecture-20\t"), "\(lines)")
    func check(_ words: String...) async throws -> Outcome {
      try await hospital.run(["assess", words[0]] + words.dropFirst() + ["--pack", "prefecture-20"])
    }
    let answered = try await check("answer", "--item", "4", "--value", "0")
    #expect(answered.code == 0, "\(answered.errors)")
    let scores = try #require(try await check("scores", "--json").json as? [[String: Any]])
    #expect(scores.first?["group"] as? String == "whole" && scores.first?["unmet"] as? Int == 1)
    let set = ["assess", "measures", "set", "--measure", "04", "--effort", "small", "--cost", "none"]
    #expect(try await hospital.run(set).code == 0)
    let measures = try #require(try await check("measures", "list", "--json").json as? [[String: Any]])
    #expect(measures.first?["measure"] as? String == "04" && measures.first?["effort"] as? String == "small")
    #expect(try await check("difference", "--from", "prefecture-20/2024-04").output.contains("backup\t-\t0\tanswered"))
    #expect(try await check("difference", "--from", "nothing").code == 2)
    #expect(try await check("accept", "--all").code == 0)
    #expect(try await check("accept", "99").code == 2)
  }
}
