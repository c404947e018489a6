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

/// The pages on which surveys are answered and read.
@Suite struct SurveyPageTests {
  private static let questions = """
    pack: surveys.own
    edition: 1
    title: {ja: 備え, en: Readiness}
    valid: {from: 2020-04-01}
    publisher: 県
    source: {title: 県の調査}
    verification: unverified
    entries:
      - {section: "1", title: {ja: 回線, en: Lines}}
      - {question: vpn, kind: yesNo, required: "yes", text: {ja: VPNがある, en: There is a VPN}}
      - {question: vendor, kind: choice, required: "yes", when: {question: vpn, is: ["yes"]}, text: {ja: 会社, en: Vendor}, choices: [{key: a, ja: 甲, en: A}, {key: b, ja: 乙, en: B}]}
      - {section: "2", title: {ja: 対策, en: Measures}}
      - {question: backup, kind: matrix, required: "yes", text: {ja: バックアップの方法, en: Backup}, rows: [{key: emr, ja: 電子カルテ, en: EMR}, {key: pacs, ja: PACS, en: PACS}], choices: [{key: disk, ja: ディスク, en: Disk}, {key: tape, ja: テープ, en: Tape}]}
      - {question: staff, kind: number, least: 0, most: 500, text: {ja: 担当の人数, en: Staff}}
      - {question: remarks, kind: text, text: {ja: 意見, en: Remarks}}

    """

  private func begin(
    _ hospital: Installation,
    _ naming: Survey.Naming,
    cycle: String = "once"
  ) async throws -> (client: APIClient, id: String, links: [String]) {
    let client = APIClient(app: hospital.app, token: try await hospital.token("調査", [.readLedger, .answerChecks]).text)
    let draft: [String: Any] = [
      "title": "県の調査", "questionnaire": Self.questions, "naming": naming.rawValue, "due": "2026-12-31", "cycle": cycle,
      "members": (1...6).map { ["name": "病院\($0)"] },
    ]
    let json = String(decoding: try JSONSerialization.data(withJSONObject: draft), as: UTF8.self)
    let opened = await client.send("POST", "/polls", json)
    let id = try #require(try opened.json["id"]?.text, "\(opened.text)")
    let links = try await client.get("/polls/\(id)/respondents").json["items"]?.array ?? []
    return (client, id, links.compactMap { $0["address"]?.text })
  }

  @Test func aBranchNamesWhatDecidesAndAMatrixIsATable() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let (_, _, links) = try await begin(hospital, .named)
    let link = try #require(links.first)
    let browser = TestBrowser(hospital.app, peer: "10.0.0.82")
    #expect(await browser.get(link).text.contains("2件のうち0件が完了"))
    let first = await browser.get(link + "?section=0").text
    #expect(first.contains("「VPNがある」が「はい」のときだけ答えます（そのときは必須）。"), "\(first)")
    #expect(first.contains("VPNがある<span class=\"must\">") && !first.contains("会社<span class=\"must\">"))
    #expect(first.components(separatedBy: "保存して目次へ").count == 2)
    // What is not asked is not demanded.
    let saved = await browser.post(link, ["section": "0", "version": "0", "a-vpn": "no", "do": "next"])
    #expect(saved.status == 303, "\(saved.text)")
    let second = await browser.get(link + "?section=1").text
    #expect(second.components(separatedBy: "保存して目次へ").count == 2, "the last section has one button to the list")
    #expect(second.contains("<th scope=\"col\" id=\"table-a-backup-c1\">テープ</th>"), "\(second)")
    #expect(second.contains("0から500までの整数。"), "which numbers are taken is said before one is typed")
    #expect(second.contains("aria-labelledby=\"field-a-backup.pacs-name table-a-backup-c0\""))
    await browser.post(link, ["section": "1", "version": "1", "a-backup.emr": "disk", "do": "list"])
    let missing = await browser.post(link, ["version": "2", "do": "send"])
    #expect(missing.status == 422 && missing.text.contains("「対策」の「バックアップの方法」の「PACS」に答えてください。"), "\(missing.text)")
    #expect(!missing.text.contains("「会社」に答えてください"))
    // Nothing is finished with one tap, and answers are dropped only where that is said.
    #expect(await browser.get(link).text.contains("該当なしで完了…</a>"))
    let question = await browser.get(link + "/none").text
    #expect(question.contains("ここまでの2件の答えを消してよい") && question.contains("キャンセル"), "\(question)")
    let refused = await browser.post(link + "/none", ["version": "2"])
    #expect(refused.status == 422 && refused.text.contains("ここまでの答えが2件ある"), "\(refused.text)")
    #expect(await browser.get(link).text.contains("未完了"))
    #expect(await browser.post(link + "/none", ["version": "2", "drop": "yes"]).status == 200)
    let done = await browser.get(link).text
    #expect(!done.contains("未完了") && done.components(separatedBy: ">該当なし<").count == 3, "\(done)")
    await hospital.close()
  }

  /// Whoever asks sees of what is only counted who is missing and nothing else, until it is closed.
  @Test func theSenderOfWhatIsOnlyCountedWaits() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let (client, id, links) = try await begin(hospital, .aggregate)
    for link in links.prefix(5) {
      let browser = TestBrowser(hospital.app, peer: "10.0.0.83")
      await browser.get(link)
      await browser.post(link, ["section": "0", "version": "0", "a-vpn": "no", "do": "next"])
      await browser.post(
        link,
        [
          "section": "1", "version": "1", "a-backup.emr": "disk", "a-backup.pacs": "tape", "a-remarks": "夜間の連絡先がない",
          "do": "send",
        ]
      )
    }
    let browser = try await hospital.browser(.administrator)
    let early = await browser.get("/surveys/\(id)?rows=vpn&columns=backup.emr").text
    #expect(early.contains("6件のうち5件が終えました") && early.contains("だれも答えられなくなるまで"), "\(early)")
    for hidden in ["夜間の連絡先がない", "id=\"q-vpn\"", "id=\"cross\"", "export"] {
      #expect(!early.contains(hidden), "\(hidden)")
    }
    #expect(await browser.get("/surveys/\(id)/export").status == 303)
    for path in ["cross?rows=vpn&columns=backup.emr", "texts", "file"] {
      #expect(await client.get("/polls/\(id)/\(path)").status == 409, "\(path)")
    }
    let report = try await client.get("/polls/\(id)/report").json
    #expect(report["isClosed"]?.bool == false && report["questions"]?.array?.isEmpty == true, "\(report)")
    #expect(report["whole"]?["answered"]?.integer == 5 && report["silence"]?.text?.isEmpty == false)
    _ = await client.send("POST", "/polls/\(id)/close")
    let late = await browser.get("/surveys/\(id)?rows=vpn&columns=backup.emr").text
    #expect(late.contains("夜間の連絡先がない") && late.contains("id=\"q-vpn\""), "\(late)")
    #expect(late.contains("縦：「VPNがある」、横：「バックアップの方法 — 電子カルテ」") && late.contains(">集計する<"))
    #expect(!late.contains(">絞り込む<"))
    await hospital.close()
  }

  /// The sender has the links, and sees by them nothing of what somebody else's browser saved.
  @Test(arguments: Survey.Naming.allCases)
  func aLinkAloneDoesNotOpenWhatIsOnlyCounted(naming: Survey.Naming) async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let (_, id, links) = try await begin(hospital, naming)
    let link = try #require(links.first)
    let browser = TestBrowser(hospital.app, peer: "10.0.0.84")
    await browser.get(link)
    let saved = await browser.post(
      link,
      ["section": "1", "version": "0", "a-staff": "37", "a-remarks": "夜間の連絡先がない", "do": "list"]
    )
    #expect(saved.status == 303, "\(saved.text)")
    #expect(browser.cookies.keys.contains { $0.hasSuffix("yagura-answering") } == (naming == .aggregate))
    #expect(await browser.get(link + "?section=1").text.contains("夜間の連絡先がない"))
    let sender = try await hospital.browser(.administrator)
    #expect(await sender.get("/surveys/\(id)").text.contains(link))
    let seen = await sender.get(link + "?section=1").text
    guard naming == .aggregate else {
      #expect(seen.contains("夜間の連絡先がない"))
      #expect(await sender.get(link + "/anew").status == 303)
      return await hospital.close()
    }
    #expect(seen.contains("ほかの端末（ブラウザー）で答え始めています"), "\(seen)")
    let tried = [
      seen, await sender.get(link).text, await sender.get(link + "/none").text,
      await sender.post(link, ["section": "1", "version": "1", "a-staff": "x", "do": "list"]).text,
      await sender.post(link, ["version": "1", "do": "send"]).text,
      await sender.post(link + "/none", ["version": "1"]).text,
    ]
    for text in tried {
      #expect(!text.contains("夜間の連絡先がない") && !text.contains("value=\"37\""), "\(text)")
      #expect(text.contains("答え始めています"), "\(text)")
    }
    #expect(await browser.get(link + "?section=1").text.contains("夜間の連絡先がない"), "nothing of it was changed")
    // Another device of the same one begins anew, and is asked before.
    let second = TestBrowser(hospital.app, peer: "10.0.0.85")
    #expect(await second.get(link).text.contains(link + "/anew"))
    #expect(await second.get(link + "/anew").text.contains("元に戻せません"))
    #expect(await second.post(link + "/anew").status == 303)
    let fresh = await second.get(link + "?section=1").text
    #expect(fresh.contains("担当の人数") && !fresh.contains("夜間の連絡先がない"), "\(fresh)")
    await second.post(link, ["section": "1", "version": "0", "a-staff": "5", "do": "list"])
    #expect(await browser.get(link).text.contains("答え始めています"))
    await hospital.close()
  }

  @Test func theHeadNamesTheMonth() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let (_, id, _) = try await begin(hospital, .named, cycle: "month")
    let page = await (try await hospital.browser(.administrator)).get("/surveys/\(id)?round=2026-11").text
    #expect(page.contains("県の調査　<span class=\"nb\">2026年11月</span>") && !page.contains("県の調査　2026-11"))
    await hospital.close()
  }
}
