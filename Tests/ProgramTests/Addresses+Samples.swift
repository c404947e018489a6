import Assessment
import Blobs
import Identity
import Jobs
import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// The records whose ids stand in addresses, made as people make them.
extension Addresses {
  /// A vendor of a system, which has every form that vendors answer and is asked for an item: what has gone out stays in the
  /// list.
  static func supplier(in installation: Installation) async throws -> String {
    let store = installation.house.records.store
    let scope = Scope<AnswerChecks>.operatorOf(installation.facility, as: .system, request: "test")
    let known = try await store.list(.vendor, ListQuery(search: "様式保守"), in: installation.scope(ReadLedger.self))
      .records
    let id: String
    if let vendor = known.first {
      id = vendor.id
    } else {
      id = try await store.create(.vendor, ["name": "様式保守"], in: installation.scope()).id
      _ = try await store.create(.system, ["name": "様式試験", "vendor": id], in: installation.scope())
    }
    for checklist in Checklists.ofVendors {
      let round = try await installation.house.assessment.vendorRound(checklist, installation.facility)
      guard let line = round.lines.first(where: { $0.vendor.id == id }), line.form?.sentOn == nil else { continue }
      try await installation.house.assessment.handOver(checklist, to: line.vendor, in: scope)
    }
    let own = try #require(Checklists.checklist("mhlw-hospital-r8"))
    if known.isEmpty, let item = own.items.last {
      let errand = Assessment.Errand(whom: "v:\(id)")
      _ = try await installation.house.assessment.assign([item.key], errand, of: own, in: scope)
    }
    return id
  }

  /// The link with which a vendor answers the form of this year.
  static func terminal(of vendor: String, in installation: Installation) async throws -> String {
    let (assessment, scope) = (installation.house.assessment, installation.scope(AnswerChecks.self))
    let checklist = try #require(Checklists.checklist("mhlw-vendor-r8"))
    let round = try await assessment.vendorRound(checklist, scope.facility)
    let line = try #require(round.lines.first { $0.vendor.id == vendor })
    return try await assessment.vendorLinks.make(for: line.vendor, checklist, round.period, in: scope).token
  }

  /// The link with which a vendor answers the items that it is asked for.
  static func asked(of vendor: String, in installation: Installation) async throws -> String {
    let (assessment, scope) = (installation.house.assessment, installation.scope(AnswerChecks.self))
    let own = try #require(Checklists.checklist("mhlw-hospital-r8"))
    let address = try await assessment.makeLink(for: "v:\(vendor)", own, in: scope).link.address
    return String(try #require(address.split(separator: "/").last))
  }

  static func audit(in installation: Installation) async throws -> [String: String] {
    let (assessment, scope) = (installation.house.assessment, installation.scope(AnswerChecks.self))
    var plan = AuditStore.Plan()
    plan.name = "内部監査"
    plan.endsOn = Installation.today.adding(days: 30)
    plan.scope = try await assessment.auditScope("mhlw-hospital-r8", round: nil, scope.facility)
    let id = try await assessment.audits.plan(plan, in: scope).id
    _ = try await assessment.audits.addAuditor(id, account: nil, name: "外部", organisation: "監査法人", in: scope)
    var audit = try await assessment.audits.find(id, scope.facility)
    let items = try await assessment.auditItems(audit, scope.facility)
    _ = try await assessment.audits.pick(id, [items[1]], from: items, in: scope)
    audit = try await assessment.audits.find(id, scope.facility)
    var outcome = AuditStore.Outcome()
    outcome.auditor = audit.auditors[0].id
    outcome.result = .minor
    (outcome.seen, outcome.note) = ("The rules", "They are of 2019.")
    _ = try await assessment.audits.record(outcome, audit.sample[0].id, of: id, in: scope)
    audit = try await assessment.audits.find(id, scope.facility)
    let seen = try await assessment.attach(
      .init(.minutes, file: (Array("%PDF-1.7 seen".utf8), "seen.pdf")),
      toSampled: audit.sample[0].id,
      of: id,
      in: scope.reading
    )
    return [
      "id": id, "auditor": audit.auditors[0].id, "item": audit.sample[0].id, "finding": audit.findings[0].id,
      "evidence": seen.id,
    ]
  }

  /// A request to take data out, which waits.
  static func media(in installation: Installation) async throws -> String {
    let typed = [
      "medium": "usb", "contents": "Slides <1>", "personal": "no", "purpose": "A talk", "destination": "Yokohama",
      "from": Installation.today.iso, "until": Installation.today.adding(days: 3).iso, "protection": "encrypted",
    ]
    let draft = try MediaDraft(typed, today: Installation.today)
    return try await installation.house.organization.media.ask(draft, department: nil, in: installation.scope()).id
  }

  /// What a vendor asked for by telephone: work tomorrow, which waits.
  static func work(of vendor: String, on asset: String, in installation: Installation) async throws -> String {
    let organization = installation.house.organization
    let scope = installation.scope(EditLedger.self)
    guard
      case .success(let device) = try await organization.suppliers.device(
        asset,
        of: vendor,
        in: installation.facility,
        others: scope.reading
      )
    else { return "there-is-none" }
    let draft = try WorkDraft(
      [
        "kind": "patch", "what": "Updates <1>", "work_on": Installation.today.adding(days: 1).iso, "from": "22:00",
        "until": "2:00", "stops": "yes", "stop_note": "Images", "way": "visit", "workers": "T. Sato",
        "origin": "Yokohama",
      ],
      today: Installation.today
    )
    return try await organization.works.ask(
      draft,
      on: device,
      of: (vendor, "Vendor <1>"),
      source: .telephone,
      by: .hospital(scope)
    ).id
  }

  static func facilityChange(in installation: Installation) async throws -> String {
    let browser = try await installation.browser(.administrator)
    let page = await browser.get("/settings/facility").text
    let version = try #require(
      page.split(separator: "name=\"version\" value=\"").dropFirst().first?.prefix { $0 != "\"" }
    )
    await browser.post(
      "/settings/facility",
      [
        "name": Installation.facilityName, "kind": "hospital", "beds": String(version), "fiscalYearStart": "4",
        "version": String(version),
      ]
    )
    let entries = try await JournalReader(database: installation.house.database).history(
      of: "facility",
      id: installation.facility.rawValue,
      facility: installation.facility.rawValue,
      limit: 50
    )
    return try #require(entries.first { $0.kind == "facility.changed" }?.id)
  }

  /// A file handed in and not yet imported.
  static func draft(in installation: Installation) async throws -> String {
    let browser = try await installation.browser(.administrator)
    await browser.get("/ledger/import")
    let file = Array("管理番号,機器名称,区分\r\nPT-0001,試験端末,端末\r\nPT-0002,<script>端末,なぞ\r\n".utf8)
    let response = await browser.upload(
      "/ledger/import",
      ["kind": "assets"],
      file: (field: "file", name: "台帳.csv", bytes: file)
    )
    let location = try #require(response.headers["location"], "the upload answered \(response.status)")
    return try #require(location.split(separator: "/").last.map(String.init))
  }

  /// A photograph of the survey that came in a batch.
  static func photo(in installation: Installation, _ survey: String) async throws -> String {
    let photos = installation.house.ledger.photos
    let store = installation.house.records.store
    let record = try await store.find(.survey, id: survey, in: installation.scope()).record
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7]
    let upload = try #require(SurveyPhotoStore.Upload(png, name: "IMG<1>.png"))
    _ = try await photos.add([upload], to: record, in: installation.scope())
    return try #require(try await photos.photos(of: survey, in: installation.scope()).first?.id)
  }

  /// A survey of two, and evidence attached to the first item of the monthly check.
  static func poll(
    in installation: Installation
  ) async throws -> (
    survey: String, token: String, evidence: String
  ) {
    let assessment = installation.house.assessment
    let id = try await assessment.openSurvey(
      title: "Poll",
      source: try #require(Questionnaires.source(Questionnaires.departments)),
      file: "departments.yaml",
      naming: .named,
      cycle: .month,
      due: nil,
      population: nil,
      asking: .list(
        Array("回答者,病床数,連絡先\r\nHospital A,40,a@example.jp\r\nHospital B,500,\r\n".utf8),
        name: "members.csv"
      ),
      in: installation.scope(AnswerChecks.self)
    )
    let survey = try await assessment.surveys.find(id, installation.scope(AnswerChecks.self).facility)
    let respondent = try #require(try await assessment.surveys.respondents(survey).first)
    let browser = try await installation.browser(.administrator)
    _ = await browser.get("/assess")
    let answer = await browser.upload(
      "/assess/prefecture-20/items/1/evidence?period=2024-04",
      ["kind": "minutes", "note": ""],
      file: (field: "file", name: "minutes.pdf", bytes: Array("%PDF-1.7".utf8))
    )
    #expect(answer.status == 303)
    let checklist = try #require(Checklists.checklist("prefecture-20"))
    // Of a month that nobody locks while every route is tried.
    let standing = try await assessment.standing(checklist, period: "2024-04", survey.facility)
    return (id, respondent.token, standing["1"]?.attachments.first?.id ?? "")
  }

  /// A file of a form and one of a regulation that staff must read; answers the form's file and the two records.
  static func files(
    in installation: Installation
  ) async throws -> (file: String, form: String, regulation: String) {
    let store = installation.house.records.store
    let form = try await store.create(.formOriginal, ["name": "Form P-1"], in: installation.scope()).id
    let regulation = try await store.create(
      .regulation,
      ["name": "Rules R-1", "must_read": "yes", "version": "1"],
      in: installation.scope()
    ).id
    let browser = try await installation.browser(.administrator)
    for path in ["form_original/\(form)", "regulation/\(regulation)"] {
      await browser.get("/organization/files/\(path)")
      let file = (field: "file", name: "原本<1>.pdf", bytes: Array("%PDF-1.7".utf8))
      let answer = await browser.upload("/organization/files/\(path)", ["use": "original", "note": ""], file: file)
      try #require(answer.status == 303)
    }
    let page = await browser.get("/ledger/form_original/\(form)").text
    let id = page.split(separator: "/organization/file/").dropFirst().first?.prefix { $0 != "\"" }
    return (String(try #require(id)), form, regulation)
  }

  /// A survey with a photographed find.
  static func survey(in installation: Installation) async throws {
    let store = installation.house.records.store
    guard try await store.list(.survey, ListQuery(pageSize: 1), in: installation.scope(ReadLedger.self)).total == 0
    else { return }
    let survey = try await store.create(.survey, ["name": "試験の調査"], in: installation.scope())
    _ = try await SurveyStore(records: store).add(
      ["survey": survey.id, "name": "青い箱", "what": "lte"],
      photo: ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
      in: installation.scope()
    )
  }
}
