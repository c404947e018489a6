import Blobs
import Journal
import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Organization

/// 書類原本 and the texts of regulations: every version kept, what it is told by its bytes, and nobody reads what they may not.
@Suite struct DocumentTests {
  private static let pdf: [UInt8] = Array("%PDF-1.7\n1 0 obj".utf8)

  private static func zip(_ parts: String...) -> [UInt8] {
    [0x50, 0x4B, 0x03, 0x04] + parts.flatMap { Array(repeating: 0, count: 26) + Array($0.utf8) }
  }

  private static let macro: [UInt8] =
    [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    + "_VBA_PROJECT".utf8.flatMap { [$0, 0] }

  @Test func aFileIsTakenForWhatItsBytesAre() throws {
    #expect(try DocumentUpload(Self.pdf, name: "x.exe").type == .pdf)
    #expect(try DocumentUpload(Self.zip("[Content_Types].xml", "word/document.xml"), name: "紙.docx").type == .word)
    #expect(try DocumentUpload(Self.zip("[Content_Types].xml", "xl/workbook.xml"), name: "x").type == .workbook)
    #expect(try DocumentUpload(Self.zip("[Content_Types].xml", "ppt/presentation.xml"), name: "x").type == .slides)
    for wrong in [
      Self.zip("evil.js"), Array("<script>".utf8), Array("MZ\u{90}".utf8), Self.zip("word/document.xml"),
    ] {
      #expect(throws: DocumentUpload.Refusal.otherKind) { try DocumentUpload(wrong, name: "x.pdf") }
    }
    #expect(throws: DocumentUpload.Refusal.macros) {
      try DocumentUpload(Self.zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), name: "x.docx")
    }
    #expect(throws: DocumentUpload.Refusal.macros) { try DocumentUpload(Self.macro, name: "x.doc") }
    #expect(throws: DocumentUpload.Refusal.empty) { try DocumentUpload([], name: "x") }
    #expect(throws: DocumentUpload.Refusal.tooLarge) {
      try DocumentUpload(Self.pdf + [UInt8](repeating: 32, count: BlobStore.limit), name: "x.pdf")
    }
    #expect(try DocumentUpload(Self.pdf, name: "../../a\\b\n.pdf").name == "....ab.pdf")
  }

  @Test(arguments: Engine.available) func everyVersionStays(_ engine: Engine) async throws {
    let world = try await World(engine)
    let store = world.organization.documents
    let form = try await world.records.create(.formOriginal, ["name": "紙カルテ"], in: world.scope())
    func fact() async throws -> Fact? {
      try await world.organization.measured(world.facility).map(\.fact)
        .first { $0.key == "organization.forms.withoutFile" }
    }
    #expect(try await fact()?.value == 1)
    for (bytes, use, note) in [
      (Self.pdf, DocumentFile.Use.original, ""), (Self.pdf + [10], .original, "欄を足した"), (Self.pdf, .master, ""),
    ] {
      _ = try await store.add(
        try DocumentUpload(bytes, name: "紙カルテ.pdf"),
        as: use,
        note: note,
        to: form.id,
        .formOriginal,
        in: world.scope()
      )
    }
    let files = try await store.files(of: form.id, .formOriginal, in: world.scope())
    #expect(files.map(\.version) == [2, 1, 1])
    #expect(files.map(\.use) == [.original, .original, .master])
    #expect(files.map(\.note) == ["欄を足した", "", ""])
    let second = try #require(try await store.read(files[0].id, in: world.scope()))
    #expect(second.bytes == Self.pdf + [10] && second.file.hash == BlobStore.name(of: second.bytes))
    // The same bytes for two uses lie there once.
    let blobs = try await world.database.read(.facility(world.facility.rawValue)) {
      try $0.count("SELECT count(*) FROM blob")
    }
    #expect(blobs == 2)
    #expect(try await fact()?.value == 0)
    let entries = try await JournalReader(database: world.database).history(
      of: "form_original",
      id: form.id,
      facility: world.facility.rawValue,
      limit: 10
    )
    #expect(entries.map(\.kind).filter { $0 == "form_original.filed" }.count == 3)
  }

  @Test(arguments: Engine.available) func filesAreAsFarAsTheirRecord(_ engine: Engine) async throws {
    let world = try await World(engine)
    let store = world.organization.documents
    let own = try await world.records.create(.department, ["name": "薬剤部"], in: world.scope()).id
    let other = try await world.records.create(.department, ["name": "検査部"], in: world.scope()).id
    let form = try await world.records.create(.formOriginal, ["name": "処方箋", "department": own], in: world.scope())
    let upload = try DocumentUpload(Self.pdf, name: "処方箋.pdf")
    let file = try await store.add(upload, as: .original, note: "", to: form.id, .formOriginal, in: world.scope())
    func head<P: Permit>(of department: String, _: P.Type) throws -> Scope<P> {
      try Scope(
        of: [Grant(role: .departmentHead, department: department)],
        facility: world.facility,
        actor: Actor(id: "ito", name: "伊藤"),
        request: "r"
      )
    }
    #expect(try await store.read(file.id, in: head(of: own, ReadLedger.self)) != nil)
    #expect(try await store.read(file.id, in: head(of: other, ReadLedger.self)) == nil)
    await #expect(throws: RecordError.notFound) {
      try await store.add(
        upload,
        as: .original,
        note: "",
        to: form.id,
        .formOriginal,
        in: head(of: other, EditLedger.self)
      )
    }
    #expect(throws: Denied.self) { try world.scope(EditLedger.self, of: .staff) }
    // Another hospital's reader.
    let stranger = Scope<ReadLedger>.operatorOf(
      FacilityID(rawValue: "elsewhere"),
      as: Actor(id: "x", name: "x"),
      request: "r"
    )
    #expect(try await store.read(file.id, in: stranger) == nil)
  }

  @Test(arguments: Engine.available) func whoHasNotReadIsCounted(_ engine: Engine) async throws {
    let world = try await World(engine)
    let organization = world.organization
    let regulation = try await world.records.create(
      .regulation,
      ["name": "規程", "must_read": "yes", "version": "2"],
      in: world.scope()
    )
    let needs = OrganizationNeeds(
      facilities: { [] },
      standing: { _ in ([], []) },
      accounts: { _ in
        [
          OrganizationAccount(id: "sato", name: "佐藤", userName: "sato", link: "/", isStaff: true),
          OrganizationAccount(id: "ito", name: "伊藤", userName: "ito", link: "/", isStaff: true),
          OrganizationAccount(id: "vendor", name: "業者", userName: "v", link: "/", isStaff: false),
        ]
      },
      workingDay: { $0 }
    )
    func fact() async throws -> Fact? {
      try await organization.measured(world.facility, needs).map(\.fact)
        .first { $0.key == "organization.regulations.unread" }
    }
    #expect(try await fact()?.value == 2)
    #expect(try await fact()?.population == 2)
    try await organization.readings.confirm(regulation.id, version: "2", title: "規程", in: world.scope())
    #expect(try await fact()?.value == 1)
    #expect(
      try await organization.duties(world.facility, needs).contains { $0.id == "organization.regulations.unread" }
    )
  }
}
