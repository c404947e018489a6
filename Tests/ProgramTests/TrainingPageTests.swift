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

/// Trainings as staff, heads of departments, managers, programs and commands meet them.
@Suite struct TrainingPageTests {
  /// Staff of a ward, one of whom signs in as `staff`, and a training with two questions.
  private struct House: Sendable {
    let hospital: Installation
    let ward: String
    let other: String
    let person: String
    let colleague: String
    let training: String

    init(_ engine: Engine) async throws {
      hospital = try await Installation(engine, rows: 0)
      let records = hospital.house.records.store
      _ = try await records.create(.asset, ["name": "CT"], in: hospital.scope())
      ward = try await records.create(.department, ["name": "試験病棟"], in: hospital.scope()).id
      other = try await records.create(.department, ["name": "別の病棟"], in: hospital.scope()).id
      person = try await records.create(
        .person,
        ["name": "看護 <花子>", "staff_number": "71", "user_name": "staff", "department": ward],
        in: hospital.scope()
      ).id
      colleague = try await records.create(
        .person,
        ["name": "看護 次郎", "staff_number": "72", "department": ward],
        in: hospital.scope()
      ).id
      _ = try await records.create(
        .person,
        ["name": "別 三郎", "staff_number": "73", "department": other],
        in: hospital.scope()
      )
      training = try await records.create(
        .training,
        [
          "name": "情報<セキュリティ>研修", "fiscal_year": "2026", "due_on": "2026-11-25", "purpose": "すぐに知らせる",
          "contents": "■ おかしいと思ったら\n・LANを抜く\n<script>", "document": "https://intra.example/a?b=\"c",
        ],
        in: hospital.scope()
      ).id
      for (number, question) in ["画面に警告が出たら", "添付を開いたら"].enumerated() {
        _ = try await records.create(
          .trainingQuestion,
          [
            "training": training, "position": String(number + 1), "question": question,
            "choices": "知らせる\n様子を見る", "answer": "1", "explanation": "早いほど止められます",
          ],
          in: hospital.scope()
        )
      }
    }

    /// The head of one department, who has signed in.
    func head(of department: String) async throws -> TestBrowser {
      let name = "head-\(department.suffix(6))"
      let (_, issued) = try await hospital.house.identity.addUser(
        try AccountDraft(userName: name, name: "長 \(name)"),
        grants: [Grant(role: .departmentHead, department: department)],
        in: hospital.scope(ManageUsers.self)
      )
      let browser = TestBrowser(hospital.app, peer: "10.7.0.\(department == ward ? 1 : 2)")
      await browser.follow(await hospital.signIn(browser, name, issued))
      await browser.follow(
        await browser.post(
          "/sign-in/password",
          ["newPassword": Installation.password, "again": Installation.password]
        )
      )
      await browser.get("/account")
      return browser
    }

    var questions: [TrainingQuestion] {
      get async throws {
        try await hospital.house.organization.trainings.questions(of: training, in: hospital.facility)
      }
    }
  }

  @Test(arguments: Engine.available) func aNurseTakesATraining(_ engine: Engine) async throws {
    let house = try await House(engine)
    let staff = try await house.hospital.browser(.staff)
    let home = await staff.get("/").text
    #expect(home.contains("<li><a href=\"/training\">研修を受ける（1件）</a></li>"))
    #expect(home.contains("研修「情報&lt;セキュリティ&gt;研修」を受ける"), "it stands under what is to be done")
    #expect(await staff.get("/training").text.contains("情報&lt;セキュリティ&gt;研修"))
    let path = "/training/\(house.training)"
    let page = await staff.get(path).text
    #expect(page.contains("<h2>おかしいと思ったら</h2>") && page.contains("<li>LANを抜く</li>"))
    #expect(page.contains("&lt;script&gt;") && page.contains("href=\"https://intra.example/a?b=&quot;c\""))
    // What is right is told by nothing on the page.
    #expect(page.contains("画面に警告が出たら") && !page.contains("早いほど止められます") && !page.contains("正解"))
    let questions = try await house.questions
    let half = await staff.post(path, [questions[0].field: "1"])
    #expect(half.status == 422 && half.text.contains("「添付を開いたら」の答えを1つ選んでください"))
    #expect(half.text.contains("<a href=\"#field-\(questions[1].field)-0\">「添付を開いたら」の答えを1つ選んでください"), "\(half.text)")
    #expect(half.text.contains("value=\"1\" checked"), "what was chosen stays")
    #expect(await staff.get("/training").text.contains("受ける"))
    let done = await staff.post(path, [questions[0].field: "1", questions[1].field: "0"])
    #expect(done.status == 303, "\(done.text)")
    let after = await staff.get(path).text
    #expect(after.contains("あなたの答え：様子を見る") && after.contains("あなたの答え：知らせる"))
    #expect(after.contains("2問のうち1問") && after.contains("早いほど止められます") && !after.contains("受講しました</button>"))
    #expect(await staff.post(path, [questions[0].field: "0", questions[1].field: "0"]).status == 303)
    let records = house.hospital.house.records.store
    let taken = try await records.all(.trainingAttendance, in: house.hospital.scope()).records
    #expect(taken.count == 1 && taken.first?.values["person"] == house.person && taken.first?.values["correct"] == "1")
    #expect(await staff.get("/training").text.contains("今は受ける研修がありません"))
    #expect(await staff.get("/").text.contains("<li><a href=\"/training\">研修を受ける</a></li>"))
    // Staff see nothing of others, and no vendor sees anything.
    for address in ["/trainings", "/trainings/\(house.training)", "/ledger/training_question"] {
      #expect(await staff.get(address).status == 403, "\(address)")
    }
    #expect(await staff.get("/training/nothing").status == 404)
    let vendor = try await house.hospital.browser(.vendor)
    #expect(await vendor.get("/training").status == 403)
    await house.hospital.close()
  }

  /// A training that asks me is mine to do, on every home and in the list, and nobody else's.
  @Test(arguments: Engine.available) func itStandsOnEachHomeAndAmongMyDuties(_ engine: Engine) async throws {
    let house = try await House(engine)
    let records = house.hospital.house.records.store
    for (number, role) in [Role.administrator, .safetyManager, .director, .departmentHead].enumerated() {
      let browser = try await house.hospital.browser(role)
      #expect(await !browser.get("/").text.contains("あなたの研修"), "\(role)")
      let userName = role == .administrator ? "admin" : role.rawValue.lowercased()
      _ = try await records.create(
        .person,
        ["name": "役職 \(number)", "user_name": userName],
        in: house.hospital.scope()
      )
      let home = await browser.get("/").text
      #expect(home.contains("あなたの研修") && home.contains("href=\"/training/\(house.training)\""), "\(role)")
      let list = await browser.get("/duties?show=own").text
      #expect(list.contains("研修「情報&lt;セキュリティ&gt;研修」を受ける"), "\(role)")
    }
    // Put off by one, it still stands with the other.
    let (one, other) = (try await house.hospital.browser(.director), try await house.hospital.browser(.departmentHead))
    func duty(_ browser: TestBrowser) async throws -> String {
      let links = await browser.get("/duties?show=own").text.split(separator: "href=\"")
      return String(
        try #require(links.first { $0.hasPrefix("/duties/organization.training.own") }?.prefix { $0 != "\"" })
      )
    }
    let mine = try await duty(one)
    #expect(try await duty(other) != mine)
    #expect(await other.get(mine).status == 404, "it is another's")
    #expect(await one.post(mine + "/snooze", ["until": "2026/11/24", "reason": "出張"]).status == 303)
    // The first page still says what was put off.
    #expect(await one.get("/duties?show=own").text.contains("先に延ばしました"))
    #expect(await !one.get("/duties?show=own").text.contains("organization.training.own"))
    #expect(await other.get("/duties?show=own").text.contains("organization.training.own"))
    await house.hospital.close()
  }

  @Test func anAccountThatNobodyKnowsIsToldWhatToDo() async throws {
    let house = try await House(.sqlite)
    let director = try await house.hospital.browser(.director)
    #expect(await director.get("/training").text.contains("「director」と入れてもらうと"))
    #expect(await director.get("/training/\(house.training)").status == 404)
    #expect(await director.post("/training/\(house.training)", [:]).status == 404)
    // To call oneself like somebody else makes nobody them.
    await director.post("/account", ["name": "看護 次郎", "language": "ja"])
    #expect(await director.get("/training/\(house.training)").status == 404)
    await house.hospital.close()
  }

  @Test(arguments: Engine.available) func aHeadEntersThoseOfTheWard(_ engine: Engine) async throws {
    let house = try await House(engine)
    let head = try await house.head(of: house.ward)
    let path = "/trainings/\(house.training)"
    #expect(await head.get("/").text.contains("職員の研修 0/2名"))
    #expect(await head.get("/").text.contains("試験病棟の職員に研修を受けてもらう（残り2人）"))
    let page = await head.get(path).text
    #expect(page.contains("看護 &lt;花子&gt;") && page.contains("看護 次郎") && !page.contains("別 三郎"))
    #expect(await head.get(path + "?department=\(house.other)").text.contains("まだの人はいません"))
    #expect(await head.post(path + "/record", ["done_on": "2026-11-20", "way": "paper"]).status == 422)
    let wrong = await head.post(path + "/record", ["person": house.colleague, "done_on": "あした", "way": "paper"])
    #expect(wrong.status == 422 && wrong.text.contains("あした"))
    let kept = await head.post(path + "/record", ["person": house.colleague, "done_on": "2026/11/20", "way": "paper"])
    #expect(kept.status == 303, "\(kept.text)")
    #expect(await head.get("/").text.contains("職員の研修 1/2名"))
    // The head of another ward sees none of them and enters none.
    let other = try await house.head(of: house.other)
    #expect(await !other.get(path).text.contains("看護"))
    let foreign = await other.post(path + "/record", ["person": house.person, "done_on": "2026/11/20", "way": "paper"])
    #expect(foreign.status == 422)
    #expect(await !other.get(path + "/sheet?format=csv").text.contains("看護"))
    #expect(await !other.get(path + "/print?department=\(house.ward)").text.contains("看護"))
    let csv = await head.get(path + "/sheet?format=csv").text
    #expect(csv.contains("看護 次郎,試験病棟,") && csv.contains("紙の資料で受講"), "\(csv)")
    #expect(await head.get(path + "/sheet").status == 200)
    let paper = await head.get(path + "/print").text
    #expect(paper.contains("受講者名簿") && paper.contains("署名") && paper.contains("試験病棟"))
    await house.hospital.close()
  }

  @Test(arguments: Engine.available) func theSafetyManagerSeesWhatEndsSoon(_ engine: Engine) async throws {
    let house = try await House(engine)
    let manager = try await house.hospital.browser(.safetyManager)
    let home = await manager.get("/").text
    #expect(home.contains("期限が近い研修") && home.contains("0 / 3名が受講"))
    #expect(await manager.get("/trainings").text.contains("残り3人"))
    #expect(await manager.get("/trainings?year=2025").text.contains("この年度の研修は登録されていません"))
    let page = await manager.get("/trainings/\(house.training)?department=\(house.other)").text
    #expect(page.contains("別 三郎") && page.contains("確認の問題"))
    let staff = try await house.hospital.browser(.staff)
    #expect(await manager.post("/trainings/\(house.training)/remind", [:]).status == 303)
    #expect(await manager.get("/trainings/\(house.training)").text.contains("2人には、部門から伝えてください"))
    #expect(await staff.get("/inbox").text.contains("研修「情報&lt;セキュリティ&gt;研修」がまだです"))
    #expect(await manager.get("/assess/mhlw-hospital-r8/inspection").text.contains("準備OK"))
    house.hospital.clock.advance(days: 5)
    let late = try await house.hospital.browser(.safetyManager)
    #expect(await late.get("/assess/mhlw-hospital-r8/inspection").text.contains("期限を過ぎても受けていない職員が3人います"))
    #expect(await late.get("/assess/mhlw-hospital-r8/inspection/inspector").text.contains("資料5　研修の記録"))
    #expect(await late.get("/trainings").text.contains("1日超過 残り3人"))
    #expect(await late.get("/language/en?next=/trainings").status == 303)
    #expect(await late.get("/trainings").text.contains("1 day late, 3 left"))
    await house.hospital.close()
  }

  @Test(arguments: Engine.available) func programsDoTheSame(_ engine: Engine) async throws {
    let house = try await House(engine)
    _ = try await house.hospital.account("staff", .staff)
    let own = APIClient(
      app: house.hospital.app,
      token: try await house.hospital.token("受講", [.signedIn], for: "staff").text
    )
    let admin = APIClient(
      app: house.hospital.app,
      token: try await house.hospital.token("研修", [.signedIn, .readLedger, .editLedger]).text
    )
    #expect(try await admin.get("/own-trainings").json["total"]?.integer == 0, "nobody knows who that is")
    #expect(await own.get("/trainings").status == 403)
    #expect(try await own.get("/own-trainings").json["items"]?.array?.first?["isTaken"]?.bool == false)
    let path = "/own-trainings/\(house.training)"
    let before = await own.get(path)
    #expect(!before.text.contains("早いほど") && before.text.contains("\"right\":null"), "\(before.text)")
    #expect(await own.send("POST", path + "/complete", "{}").status == 422)
    let questions = try await house.questions
    let answers = questions.map { "{\"question\":\"\($0.id)\",\"choice\":0}" }.joined(separator: ",")
    let done = await own.send("POST", path + "/complete", "{\"answers\":[\(answers)]}")
    #expect(try done.json["questions"]?.array?.map { $0["chosen"]?.integer } == [0, 0])
    #expect(try done.json["isTaken"]?.bool == true && done.text.contains("早いほど"), "\(done.text)")
    let all = try await admin.get("/trainings").json["items"]?.array?.first
    #expect(all?["asked"]?.integer == 3 && all?["done"]?.integer == 1)
    #expect(try await admin.get("/trainings?year=2025").json["total"]?.integer == 0)
    let people = "/trainings/\(house.training)/people"
    #expect(try await admin.get(people + "?show=open").json["total"]?.integer == 2)
    #expect(try await admin.get(people + "?department=\(house.ward)").json["total"]?.integer == 2)
    func record(_ people: String, _ day: String = "2026-11-20") async -> WebResponse {
      await admin.send(
        "POST",
        "/trainings/\(house.training)/record",
        "{\"people\":[\(people)],\"takenOn\":\"\(day)\",\"way\":\"class\"}"
      )
    }
    #expect(try await record("\"\(house.colleague)\"").json["count"]?.integer == 1)
    #expect(try await record("\"\(house.colleague)\"").json["count"]?.integer == 0)
    #expect(await record("\"nobody\"").status == 422)
    #expect(await admin.get("/trainings/nothing/people").status == 404)
    let told = try await admin.send("POST", "/trainings/\(house.training)/remind").json
    #expect(told["told"]?.integer == 0 && told["withoutAccount"]?.integer == 1)
    // A class is entered from its list, never by oneself.
    let lesson = try await house.hospital.house.records.store.create(
      .training,
      ["name": "集合", "fiscal_year": "2026", "way": "class", "held_on": "2026-12-01", "place": "大会議室"],
      in: house.hospital.scope()
    ).id
    #expect(await own.send("POST", "/own-trainings/\(lesson)/complete", "{}").status == 409)
    await house.hospital.close()
  }

  @Test func commandsListRecordAndRemind() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    func file(_ name: String, _ text: String) throws -> String {
      let file = hospital.folder.file(name)
      try Data(text.utf8).write(to: URL(filePath: file))
      return file
    }
    _ = try await hospital.importing("people", try file("p.csv", "職員番号,氏名,所属\r\n71,看護 花子,試験病棟\r\n72,看護 次郎,試験病棟\r\n"))
    _ = try await hospital.importing("trainings", try file("t.csv", "研修名,年度,受講期限\r\n年次の研修,2031,2032/3/1\r\n"))
    func training(_ words: String...) async throws -> Outcome { try await hospital.run(["training"] + words) }
    let list = try #require(try await training("list", "--year", "2031", "--json").json as? [[String: Any]])
    let id = try #require(list.first?["id"] as? String)
    #expect(list.count == 1 && list[0]["asked"] as? Int == 2 && list[0]["done"] as? Int == 0)
    let kept = try await training("record", id, "72", "--on", "2026-04-01", "--way", "paper")
    #expect(kept.code == 0, "\(kept.errors)")
    #expect(try await training("record", id, "99", "--on", "2026-04-01").code == 2)
    #expect(try await training("record", id, "71", "--on", "いつか").code == 2)
    #expect(try await training("people", id, "--open").output.contains("看護 花子"))
    #expect(try await !training("people", id, "--open").output.contains("看護 次郎"))
    #expect(try await training("list", "--year", "2031").output.contains("1/2"))
    #expect(try await training("remind", id).code == 0)
    #expect(try await training("people", "nothing").code == 2)
  }
}
