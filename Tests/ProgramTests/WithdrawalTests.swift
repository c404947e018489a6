import Assessment
import Blobs
import Foundation
import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Sealing
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// A file attached by mistake: withdrawn once, gone everywhere, and nowhere quietly.
@Suite struct WithdrawalTests {
  /// A mark that is found wherever the content is still kept.
  private static let secret = "患者一覧 4711 山田"
  private static let pdf = Array("%PDF-1.7 \(secret)".utf8) + [UInt8](repeating: 65, count: 70_000)
  private static let hash = BlobStore.name(of: pdf)

  /// The same file as evidence of an answer, as the original of a form and as a photograph of nothing else.
  private struct Places {
    let evidence: String
    let form: String
  }

  private static func attach(_ installation: Installation, _ browser: TestBrowser) async throws -> Places {
    let file = (field: "file", name: "患者一覧.pdf", bytes: pdf)
    await browser.get("/assess/prefecture-20")
    let answer = await browser.upload(
      "/assess/prefecture-20/items/4/evidence",
      ["kind": "document", "note": "", "dated": "2026-11-20"],
      file: file
    )
    try #require(answer.status == 303)
    let form = try await installation.house.records.store.create(
      .formOriginal,
      ["name": "紙カルテ"],
      in: installation.scope()
    ).id
    await browser.get("/organization/files/form_original/\(form)")
    let kept = await browser.upload(
      "/organization/files/form_original/\(form)",
      ["use": "original", "note": ""],
      file: file
    )
    try #require(kept.status == 303)
    let checklist = try #require(Checklists.checklist("prefecture-20"))
    let standing = try await installation.house.assessment.standing(checklist, installation.facility)
    return Places(evidence: try #require(standing["4"]?.attachments.first?.id), form: form)
  }

  /// Everything on one installation, as its start is what takes long.
  @Test(arguments: Engine.available) func aWrongFileIsWithdrawn(_ engine: Engine) async throws {
    let installation = try await Installation(engine, rows: 5)
    let (house, facility) = (installation.house, installation.facility)
    let browser = try await installation.browser(.administrator)
    let places = try await Self.attach(installation, browser)
    let checklist = try #require(Checklists.checklist("prefecture-20"))
    _ = try await house.assessment.answer(
      AnswerDraft(.level(2)),
      "4",
      of: checklist,
      period: "2026-11",
      in: installation.scope(AnswerChecks.self)
    )
    func stale() async throws -> Duty? {
      try await house.duties(facility).first { $0.id == "assessment.stale.backup" }
    }
    #expect(try await stale() == nil)

    // Without a reason nothing happens, and nobody else may do it.
    let page = await browser.get("/files/\(Self.hash)")
    #expect(page.status == 200 && page.text.contains("点検の根拠") && page.text.contains("書類の原本"))
    #expect(await browser.post("/files/\(Self.hash)/withdraw", ["reason": "　"]).status == 422)
    let head = try await installation.browser(.departmentHead)
    #expect(await head.get("/files/\(Self.hash)").status == 403)
    #expect(await head.post("/files/\(Self.hash)/withdraw", ["reason": "x"]).status == 403)
    #expect(await browser.get("/assess/evidence/\(places.evidence)").status == 200)

    #expect(await browser.post("/files/\(Self.hash)/withdraw", ["reason": "患者の氏名があった"]).status == 303)

    // The content is gone from the store, what it was is not.
    let blobs = BlobStore(database: house.database, clock: house.clock)
    let gone = await #expect(throws: WithdrawnFile.self) {
      _ = try await blobs.find(Self.hash, facility: facility.rawValue)
    }
    #expect(gone?.reason == "患者の氏名があった" && gone?.size == Self.pdf.count && gone?.name == "患者一覧.pdf")
    let size = try await house.database.read(.facility(facility.rawValue)) { tx in
      try tx.row("SELECT length(content) AS n FROM blob WHERE hash = \(Self.hash)")?.integer("n")
    }
    #expect(size == 0)

    // Whatever cites it says so, and opens nothing.
    for path in ["/assess/evidence/\(places.evidence)"] {
      let answer = await browser.get(path)
      #expect(answer.status == 410 && answer.text.contains("取り下げ") && answer.text.contains("患者の氏名があった"))
    }
    for path in ["/assess/prefecture-20/items/4", "/ledger/form_original/\(places.form)", "/files"] {
      let text = await browser.get(path).text
      #expect(text.contains("取り下げ") && text.contains("患者一覧.pdf"), "\(path)")
    }
    let again = await browser.get("/files/\(Self.hash)")
    #expect(again.text.contains("取り下げた人") && !again.text.contains("内容を消して取り下げる"))

    // The answer it proved is to be proved anew.
    let duty = try #require(try await stale())
    #expect(duty.reason.ja.contains("取り下げられました"))

    // The same content is not taken again, neither as evidence nor by another way.
    await browser.get("/assess/prefecture-20")
    let second = await browser.upload(
      "/assess/prefecture-20/items/4/evidence",
      ["kind": "document", "note": "", "dated": "2026-11-20"],
      file: (field: "file", name: "別名.pdf", bytes: Self.pdf)
    )
    #expect(second.status == 422 && second.text.contains("取り下げたファイルと同じ内容"))
    await browser.get("/organization/files/form_original/\(places.form)")
    let third = await browser.upload(
      "/organization/files/form_original/\(places.form)",
      ["use": "original", "note": ""],
      file: (field: "file", name: "別名.pdf", bytes: Self.pdf)
    )
    #expect(third.text.contains("取り下げたファイルと同じ内容"))

    // The journal tells of it in the history of each, and its chain holds.
    let journal = JournalReader(database: house.database)
    let subjects = [
      ("file", Self.hash), ("form_original", places.form), ("assessment", "prefecture-20/2026-11/4"),
    ]
    for (type, id) in subjects {
      let entries = try await journal.history(of: type, id: id, facility: facility.rawValue, limit: 20)
      let entry = try #require(entries.first { $0.kind == "file.withdrawn" }, "\(type)")
      #expect(entry.reason == "患者の氏名があった" && entry.changes.contains { $0.from == Self.hash })
    }
    try await house.sealer.seal()
    let report = try await Sealer.verify(
      house.database,
      publicKeys: [house.keys.signing.publicKey],
      facility: facility.rawValue
    )
    #expect(report.isOK)

    // Newer evidence ends the duty.
    await browser.get("/assess/prefecture-20")
    let right = await browser.upload(
      "/assess/prefecture-20/items/4/evidence",
      ["kind": "document", "note": "", "dated": "2026-11-20"],
      file: (field: "file", name: "正しい.pdf", bytes: Array("%PDF-1.7 ok".utf8))
    )
    #expect(right.status == 303)
    #expect(try await stale() == nil)
    await installation.close()
    if engine == .sqlite { try Self.nothingIsLeft(in: installation.folder.path) }
  }

  /// No file of the installation holds a piece of the content: neither the database nor its log.
  private static func nothingIsLeft(in folder: String) throws {
    let mark = Data(secret.utf8)
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      #expect(data.range(of: mark) == nil, "\(name) still holds the content")
    }
  }

  /// A photograph of a walk goes with the small view that was made of it; a batch with it in it loses only that one.
  @Test(arguments: Engine.available) func aPhotographGoesWithItsSmallView(_ engine: Engine) async throws {
    let installation = try await Installation(engine, rows: 2)
    let (house, scope) = (installation.house, installation.scope(EditLedger.self))
    let survey = try await house.records.store.create(.survey, ["name": "巡回"], in: scope)
    let png: [UInt8] = try #require(DemoPicture(codes: [], name: "IMG.png").png)
    let upload = try #require(SurveyPhotoStore.Upload(png, name: "IMG.png"))
    _ = try await house.ledger.photos.add([upload], to: survey, in: scope)
    _ = try await house.ledger.photos.readWaiting(survey.id, installation.facility) { _, _ in }
    let photo = try #require(try await house.ledger.photos.photos(of: survey.id, in: scope.reading).first)
    let preview = try #require(photo.preview)
    let files = house.records.files(Capabilities.filePlaces)
    _ = try await files.withdraw(photo.hash, reason: "患者が写っていた", in: installation.scope(WithdrawFiles.self))
    let blobs = BlobStore(database: house.database, clock: house.clock)
    for hash in [photo.hash, preview] {
      await #expect(throws: WithdrawnFile.self) {
        _ = try await blobs.find(hash, facility: installation.facility.rawValue)
      }
    }
    // Listed once: the small view is no file anybody handed in.
    #expect(try await files.withdrawn(in: installation.scope(ReadJournal.self)).map(\.hash) == [photo.hash])
    let other = try #require(SurveyPhotoStore.Upload(png + [0], name: "IMG2.png"))
    #expect(try await house.ledger.photos.add([upload, other], to: survey, in: scope) == 1)
    _ = try await house.ledger.photos.readWaiting(survey.id, installation.facility) { _, _ in }
    let browser = try await installation.browser(.administrator)
    let page = await browser.get("/ledger/survey/\(survey.id)/photos").text
    #expect(page.contains("取り下げ") && page.contains("IMG2.png"))
    await installation.close()
  }

  /// The interface does the same, and says what is there.
  @Test func programsWithdrawToo() async throws {
    let installation = try await Installation(.sqlite, rows: 2)
    let browser = try await installation.browser(.administrator)
    _ = try await Self.attach(installation, browser)
    let files = installation.house.records.files(Capabilities.filePlaces)
    let scope = installation.scope(WithdrawFiles.self)
    await #expect(throws: StoredFiles.Refusal.self) { try await files.withdraw(Self.hash, reason: " ", in: scope) }
    await #expect(throws: StoredFiles.Refusal.self) {
      try await files.withdraw(String(repeating: "0", count: 64), reason: "x", in: scope)
    }
    #expect(try await files.withdraw(Self.hash, reason: "まちがい", in: scope).uses.count == 2)
    await #expect(throws: StoredFiles.Refusal.self) { try await files.withdraw(Self.hash, reason: "x", in: scope) }
    await installation.close()
  }
}
