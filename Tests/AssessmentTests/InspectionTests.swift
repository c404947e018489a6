import Blobs
import Foundation
import HTML
import Journal
import Nouns
import SQL
import Support
import Synchronization
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// The papers for an inspection: two copies, each with what belongs into it and nothing else.
@Suite struct InspectionTests {
  private static let records = InspectionRecords(
    contactChart: [
      InspectionTable(title: "院内の体制", heads: ["役割", "担当"], rows: [["安全管理責任者", "佐藤 美咲"], ["病院長", "未定"]]),
      InspectionTable(title: "外部連絡先", heads: ["組織名", "電話"], rows: [["北斗メディカル", "03-0000-0000"]]),
      InspectionTable(
        title: "確かめた日",
        heads: ["名称", "確かめた日"],
        rows: [["県警", "20日"], ["保健所", "不明"]],
        days: [1: [LocalDate(iso: "2026-11-20"), nil]]
      ),
    ],
    regulations: InspectionTable(title: "規程", heads: ["名称"], rows: [["運用管理規程 <第3版>"]]),
    registers: [
      InspectionTable(title: "機器", heads: ["名称"], rows: (1...600).map { ["端末-\($0)"] }),
      InspectionTable(title: "外部接続", heads: ["名称"], rows: [["VPN-0"]], kind: "connection"),
    ]
  )

  private struct World {
    let forms: VendorFormTests.World
    let assessment: Assessment
    let facts: [Fact]

    init(_ engine: Engine, _ facts: [Fact]) async throws {
      let forms = try await VendorFormTests.World(engine)
      self.forms = forms
      self.facts = facts
      assessment = Assessment(
        schedule: forms.assessment.schedule,
        inspection: InspectionNeeds(
          facilityName: { _ in "みなと中央病院" },
          records: { _, _ in InspectionTests.records },
          titles: { _, ids in
            Dictionary(uniqueKeysWithValues: ids.filter { $0 != "r1" }.map { ($0, "VPN-\($0.dropFirst())") })
          }
        ),
        facts: { _ in facts }
      )
    }

    func answer(_ key: String, _ value: AnswerValue, reason: String = "") async throws {
      var draft = AnswerDraft(value)
      draft.reason = reason
      try await assessment.answer(draft, key, of: forms.own, in: forms.scope)
    }

    func inspection(_ language: Language = .ja, _ style: DateStyle? = nil) async throws -> Inspection {
      try await assessment.inspection(
        try await assessment.standing(forms.own, SuggestionTests.facility),
        dates: ShownDates(style, language)
      )
    }
  }

  private static func world(_ engine: Engine) async throws -> World {
    let world = try await World(
      engine,
      [
        SuggestionTests.fact("ledger.connections.unrestricted", 2, of: 46),
        SuggestionTests.fact("ledger.connections.unknown", 0, of: 46),
        SuggestionTests.fact("ledger.assets.total", 10, of: 10), SuggestionTests.fact("ledger.assets.age", 3),
      ]
    )
    try await world.answer("2-⑬", .yes, reason: "業者に口頭で確かめた")
    try await world.answer("2-①", .yes)
    try await world.answer("3-③", .no)
    try await world.answer("2-⑥", .yes)
    try await world.forms.keep(["2-⑥": FormAnswer(.no, remarks: "次の更新で")], of: VendorFormTests.World.pacs)
    return world
  }

  @Test(arguments: Engine.available)
  func theInspectorGetsEverythingOfTheFormAndNoDoubt(engine: Engine) async throws {
    let world = try await Self.world(engine)
    let inspection = try await world.inspection()
    let html = InspectorCopy(inspection: inspection).contents.string
    // Every item in the official order, answered or not.
    var rest = html[...]
    for item in world.forms.own.items {
      let place = try #require(rest.firstRange(of: ">\(item.name.ja)</td>"), "\(item.key) is missing or out of order")
      rest = rest[place.upperBound...]
    }
    for word in ["佐藤 美咲", "03-0000-0000", "南画像", "次の更新で", "運用管理規程 &lt;第3版&gt;", "連絡体制図"] {
      #expect(html.contains(word), "\(word)")
    }
    // Who has not answered is told, and who has in part; what the staff doubt is not.
    let vendor = try #require(inspection.vendorForms.first)
    #expect(html.contains("北斗メディカル") && html.contains("南画像（1 / \(vendor.items)）"))
    #expect(html.contains("回答1 / \(vendor.items)項目。残りの回答を待っています。"))
    // The paper's parts are numbered without holes and not as the form's sections are, which stand below them.
    let heads = html.components(separatedBy: "<h2>").dropFirst().compactMap {
      $0.components(separatedBy: "</h2>").first
    }
    #expect(heads == ["資料1　点検表", "資料2　連絡体制図", "資料3　事業者確認用", "資料4　見せられるものの索引"], "\(heads)")
    #expect(html.contains("<h3>2　") && html.contains("<h4>2　") && html.contains("class=\"newpage\"><h2>資料3"))
    // What can be shown is named as a register; where the records speak against the answer they are not offered.
    let index = try #require(html.firstRange(of: "見せられるものの索引")).upperBound
    #expect(html[index...].contains("外部接続の台帳") || html[index...].contains("機器台帳"))
    #expect(!html.contains("接続元の制限がない"))
    for word in ["記録と違う", "業者に口頭で確かめた", "指紋", "端末-1", "要回答"] { #expect(!html.contains(word), "\(word)") }
  }

  @Test(arguments: [(DateStyle.era, "R8.11.", "2026/11/"), (.western, "2026/11/", "R8.11.")])
  func daysOfOnePaperAreShownInOneWay(style: DateStyle, wanted: String, other: String) async throws {
    let world = try await Self.world(.sqlite)
    let inspection = try await world.inspection(.ja, style)
    let paper = InspectorCopy(inspection: inspection).contents.string
    #expect(paper.contains(wanted) && !paper.contains(other))
    let files = try InspectionFiles(inspection, fiscalYear: "").files.filter { $0.path == "inspector/inspector.html" }
    let alone = String(decoding: try #require(files.first).bytes, as: UTF8.self)
    #expect(alone.contains(wanted) && !alone.contains(other) && alone.contains("令和8年11月") == (style == .era))
  }

  @Test(arguments: Engine.available)
  func theStaffSeeWhatToSettleFirst(engine: Engine) async throws {
    let world = try await Self.world(engine)
    let inspection = try await world.inspection()
    #expect(inspection.attention.prefix(2).map(\.item.key) == ["2-⑥", "2-⑬"])
    #expect(inspection.withoutTarget.map(\.item.key) == ["3-③"])
    #expect(inspection.openVendors.count == 2 && inspection.vendorForms.map(\.vendor.name) == ["南画像"])
    // One number, in which everything that is listed below is counted once.
    #expect(inspection.toSettle.vendors == 2)
    let listed = [inspection.attention, inspection.withoutTarget, inspection.waiting, inspection.unproven].joined()
    #expect(inspection.toSettle.items == Set(listed.map(\.item.key)).count)
    #expect(inspection.toSettle.items > inspection.attention.count, "3-③ has no target date")
    #expect(inspection.settling.ja.contains("\(inspection.toSettle.items + 2)件（項目\(inspection.toSettle.items)、"))
    let html = StaffCopy(inspection: inspection).contents.string
    #expect(html.contains(Inspection.settlingRule.ja))
    let first = try #require(html.firstRange(of: "記録と違う")?.lowerBound)
    let evidence = try #require(html.firstRange(of: "根拠の一覧")?.lowerBound)
    let registers = try #require(html.firstRange(of: "台帳の抜粋")?.lowerBound)
    #expect(first < evidence && evidence < registers)
    for word in ["業者に口頭で確かめた", "事業者は「いいえ」：南画像", "端末-500", "ほかに100行"] { #expect(html.contains(word), "\(word)") }
    #expect(!html.contains("端末-501"))
    let line = try #require(inspection.evidence.first { $0.item.ja == "2-⑬" })
    #expect(line.hash.count == 64 && html.contains(line.hash) && line.figure.ja == "2 / 46")
    // Another figure, another fingerprint.
    let item = try #require(world.forms.own["2-⑬"])
    func told(_ count: Int) -> InspectionEvidence {
      InspectionEvidence(
        item,
        SuggestionTests.fact("ledger.connections.unrestricted", count, of: 46),
        titles: ["r0": "VPN-0"],
        registers: ["connection": "外部接続"],
        .ja
      )
    }
    #expect(told(3).hash != line.hash)
    // The same records on the same day, the same fingerprint; it is that of the text that goes along.
    #expect(told(2).hash == line.hash && told(2).text == line.text)
    #expect(BlobStore.name(of: Array(try #require(line.text).utf8)) == line.hash)
    #expect(html.contains("facts/01.txt"), "the file of each is named")
    #expect(line.source.ja == "外部接続の台帳")
  }

  /// The text of a fact says what was counted, when, and which records by their names; of none of a whole, where the whole is.
  @Test(arguments: Language.allCases)
  func aFactNamesItsRecordsInTheLanguageOfThePapers(language: Language) async throws {
    let world = try await Self.world(.sqlite)
    let inspection = try await world.inspection(language)
    func text(_ key: String) throws -> String {
      try #require(inspection.evidence.compactMap(\.text).first { $0.contains(key + "\n") })
    }
    let some = try text("ledger.connections.unrestricted")
    for words in [
      Localized(ja: "値：2 / 46\n", en: "Figure: 2 / 46\n"),
      Localized(ja: "時点：2026-11-", en: "As of: 2026-11-"),
      Localized(ja: "ledger.connections.unrestrictedは2。", en: "ledger.connections.unrestricted is 2."),
      Localized(ja: "台帳：外部接続の台帳\n", en: "Register: Register of external connections\n"),
      Localized(ja: "- VPN-0（r0）\n- r1\n", en: "- VPN-0 (r0)\n- r1\n"),
    ] { #expect(some.contains(words[language]), "\(words[language]) in \(some)") }
    #expect(!some.contains("registers.xlsx"))
    let none = InspectionEvidence(
      try #require(world.forms.own["2-⑬"]),
      SuggestionTests.fact("ledger.connections.unknown", 0, of: 9),
      registers: ["connection": "外部接続"],
      language
    )
    let whole = Localized(
      ja: "もとの外部接続の台帳は、registers.xlsx の「外部接続」にあります。",
      en: "The register it was counted in (Register of external connections) is in registers.xlsx, “外部接続”."
    )
    #expect(none.text?.contains(whole[language]) == true, "\(none.text ?? "")")
    // What is not among the registers is not said to be.
    let other = InspectionEvidence(
      try #require(world.forms.own["2-⑬"]),
      SuggestionTests.fact("organization.regulations.stale", 0, of: 9),
      language
    )
    let absent = Localized(ja: "抜粋はありません", en: "not in registers.xlsx")
    #expect(other.text?.contains(absent[language]) == true, "\(other.text ?? "")")
  }

  /// What the inspector gets is for reading: no notes for whoever fills in and nothing hidden. Days are days.
  @Test func theInspectorsFormIsPlainAndDaysAreDays() async throws {
    let world = try await Self.world(.sqlite)
    let files = try InspectionFiles(try await world.inspection(), fiscalYear: "").files
    func book(_ path: String) throws -> Workbook {
      try TableReader.read(try #require(files.first { $0.path == path }).bytes, name: "a.xlsx")
    }
    for path in ["inspector/form.xlsx", "inspector/vendors/01-南画像.xlsx"] {
      let form = try book(path)
      #expect(form.sheets.count == 1 && form.meta.isEmpty, "\(form.sheets.map(\.name))")
      let cells = form.sheets[0].rows.flatMap(\.cells).map(\.text)
      #expect(!cells.contains { $0.hasPrefix("#") } && cells.contains { $0.contains("みなと中央病院") }, "\(path)")
      #expect(cells.contains("2-⑬") || path.contains("vendors"))
    }
    let filled = try Assessment.file(try await world.inspection().standing, hospital: "", language: .ja)
      .workbook(at: SuggestionTests.now)
    #expect(!(try TableReader.read(filled, name: "a.xlsx").meta.isEmpty), "the way back needs it")
    let contacts = try book("inspector/contacts.xlsx")
    let sheet = try #require(contacts.sheets.first { $0.name == "確かめた日" })
    let day = try #require(LocalDate(iso: "2026-11-20"))
    #expect(sheet.rows[1].cells[1] == .date(day, minutes: nil) && sheet.rows[2].cells[1].text == "不明")
  }

  /// Everything that answers rest on has a name under which it is shown to people.
  @Test func everyFactHasTheNameOfItsRecord() {
    let facts = Set(Checklists.topics.values.flatMap(\.conditions).map(\.fact))
    #expect(facts.count > 30)
    for fact in facts { #expect(RecordNames.shipped.name(of: fact) != nil, "\(fact)") }
  }

  @Test(arguments: Engine.available)
  func evidenceGoesStale(engine: Engine) async throws {
    let world = try await Self.world(engine)
    world.forms.clock.advance(days: 3)
    let inspection = try await world.inspection()
    // Stale facts take the suggestion with them, so nothing rests on them any more.
    #expect(inspection.evidence.isEmpty && inspection.stale.isEmpty)
  }

  @Test(arguments: Engine.available)
  func theFilesAreTheSameTwiceAndTheirFingerprintsHold(engine: Engine) async throws {
    let world = try await Self.world(engine)
    try await world.assessment.load(
      try FormTests.official("hospital-openpyxl"),
      name: "form.xlsx",
      for: world.forms.own,
      isCertain: true,
      in: world.forms.scope
    )
    let files = try InspectionFiles(try await world.inspection(), fiscalYear: "令和8年度").files
    #expect(
      files.map(\.path) == [
        "inspector/contacts.xlsx", "inspector/form.xlsx", "inspector/inspector.html", "inspector/official-form.xlsx",
        "inspector/vendors/01-南画像.xlsx", "staff/evidence.xlsx", "staff/facts/01.txt", "staff/facts/02.txt",
        "staff/facts/03.txt", "staff/registers.xlsx", "staff/staff.html", "SHA256SUMS",
      ]
    )
    let again = try InspectionFiles(try await world.inspection(), fiscalYear: "令和8年度").files
    for (one, other) in zip(files, again) { #expect(one.bytes == other.bytes, "\(one.path)") }
    let sums = String(decoding: try #require(files.last).bytes, as: UTF8.self).split(separator: "\n")
    #expect(sums.count == files.count - 1)
    for (line, file) in zip(sums, files) { #expect(line == "\(BlobStore.name(of: file.bytes))  \(file.path)") }
    // The papers stand alone: style inside, nothing fetched.
    let paper = String(decoding: try #require(files.first { $0.path.hasSuffix("inspector.html") }).bytes, as: UTF8.self)
    #expect(paper.contains("<style>") && paper.contains("みなと中央病院") && paper.contains("stamps"))
    #expect(!paper.contains("<link") && !paper.contains("<script") && !paper.contains("src="))
    let staff = String(decoding: try #require(files.first { $0.path.hasSuffix("staff.html") }).bytes, as: UTF8.self)
    #expect(staff.contains(try await world.inspection().settling.ja), "the head says how much there is to settle")
    let registers = try #require(files.first { $0.path.hasSuffix("registers.xlsx") })
    #expect(try TableReader.read(registers.bytes, name: "r.xlsx").sheets[0].rows.count == 601)
  }

  /// A form without vendors has no hole in its numbers.
  @Test func partsAreNumberedWithoutHoles() async throws {
    let world = try await RoundTests.World(.sqlite, "prefecture-20")
    let inspection = try await world.assessment.inspection(
      try await world.assessment.standing(world.checklist, SuggestionTests.facility),
      dates: ShownDates(.western, .en)
    )
    let html = InspectorCopy(inspection: inspection).contents.string
    let heads = html.components(separatedBy: "<h2>").dropFirst().compactMap {
      $0.components(separatedBy: "</h2>").first
    }
    #expect(heads == ["Part 1: Checklist", "Part 2: Contact chart", "Part 3: What can be shown"], "\(heads)")
  }

  /// Another program unpacks the archive and finds the same.
  @Test(.enabled(if: PythonTools.isPresent, "run scripts/python-tools"))
  func pythonUnpacksTheArchive() async throws {
    let world = try await Self.world(.sqlite)
    let files = try InspectionFiles(try await world.inspection(.en), fiscalYear: "FY2026")
    let folder = try TemporaryFolder()
    let path = folder.file("inspection.zip")
    try Data(try files.zip()).write(to: URL(filePath: path))
    let code = """
      import sys, zipfile, hashlib
      z = zipfile.ZipFile(sys.argv[1])
      assert z.testzip() is None
      for line in z.read("SHA256SUMS").decode().splitlines():
          digest, name = line.split("  ", 1)
          assert hashlib.sha256(z.read(name)).hexdigest() == digest, name
      print(len(z.namelist()))
      """
    #expect(try await Tools.python(code, [path], folder) == "\(files.files.count)\n")
  }
}
