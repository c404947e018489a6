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

/// Addresses of an installation's routes with ids that exist, and with ids that do not.
struct Addresses: Sendable {
  /// One record of each kind that has any.
  var records: [String: String] = [:]
  var sets: [String] = []
  var draft = ""
  /// An account that nobody uses.
  var account = ""
  /// A change of the facility that can be taken back.
  var facilityChange = ""
  /// A report of a problem, with a photograph.
  var report = ""
  /// A request to take data out.
  var media = ""
  /// A training that no other route takes out.
  var training = ""
  /// A vendor's request for work, which waits.
  var work = ""
  /// A photograph of a survey that came in a batch.
  var photo = ""
  /// A file of a form.
  var file = ""
  /// What opens a vendor's form at a terminal.
  var form = ""
  /// What opens the items that a vendor is asked for.
  var asked = ""
  /// A survey, the link of one who is asked, and evidence attached to an answer.
  var poll = (survey: "", token: "", evidence: "")
  /// An audit with an auditor from outside, an item, and its finding.
  var audit: [String: String] = [:]
  /// A checklist that is being written.
  var written = ""
  /// A roster that waits to be taken in.
  var roster = ""
  /// Two saved views of devices: one for the page, one for programs.
  var views: [String] = []
  /// Work that the administrator ordered and nobody has begun.
  var job = ""
  /// By the part of the address before the id: what follows from vulnerabilities.
  var triage: [String: String] = [:]
  /// A token that nobody uses.
  var token = ""
  /// A vendor that supplies a system.
  var vendor = ""

  /// One checklist of each make: levels by month, a form of one year, the matrix, one that decides, a standard.
  static let packs = ["prefecture-20", "mhlw-hospital-r8", "management-3x3", "guideline-7-route", "nist-csf-2"]

  /// Kinds whose quality is looked at.
  static let examined = ["asset", "connection", "system", "vendor", "person"]

  /// Parameters for which no test can have a real value, each with its reason.
  static let without: [String: String] = [
    "/account/sessions/:id/end": "the only session there is would be one's own",
    "/duties/:id": "a duty is seen by those it is for only; DutyTests try it",
    "/duties/:id/snooze": "the same",
    "/duties/:id/wake": "the same",
    "/duties/:id/done": "the same",
    "/duties/:id/withdraw": "the same",
    "/duties/made/:id/edit": "the same",
    "/media/own/:id/withdraw": "a request is taken back by whoever asked only; MediaPageTests try it",
    "/api/v1/media-requests/:id/withdraw": "the same",
    "/own-works/:id": "a request is one vendor's only; WorkPageTests try it",
    "/own-works/:id/print": "the same",
    "/own-works/:id/edit": "the same",
    "/own-works/:id/withdraw": "the same",
    "/own-works/:id/begin": "the same",
    "/own-works/:id/end": "the same",
    "/own-works/:id/report": "the same",
    "/api/v1/own-work-requests/:id": "the same",
    "/api/v1/own-work-requests/:id/withdraw": "the same",
    "/api/v1/own-work-requests/:id/begin": "the same",
    "/api/v1/own-work-requests/:id/end": "the same",
    "/api/v1/own-work-requests/:id/report": "the same",
    "/own-works/:id/photos/:photo": "the same",
    "/api/v1/own-work-requests/:id/photos": "the same",
    "/api/v1/own-work-requests/:id/photos/:photo": "the same",
    "/works/:id/photos/:photo": "the work has no report yet; WorkPhotoTests try it",
    "/api/v1/work-requests/:id/photos/:photo": "the same",
    "/training/:id": "a training is for those it asks and the roster knows; TrainingPageTests try it",
    "/training/:id/file": "the same",
    "/api/v1/own-trainings/:id": "the same",
    "/api/v1/own-trainings/:id/complete": "the same",
    "/inbox/:id/open": "a message is one account's only; PostTests try it",
    "/api/v1/duties/:id": "a duty is seen by those it is for only; DutyAPITests try it",
    "/api/v1/duties/:id/snooze": "the same",
    "/api/v1/duties/:id/wake": "the same",
    "/api/v1/duties/:id/done": "the same",
    "/api/v1/duties/:id/withdraw": "the same",
    "/api/v1/inbox/:id/read": "a message is one account's only; PostTests try it",
    "/calendar/feed/:token": "the token is shown once; CalendarTests try it",
    "/settings/mail/letters/:id/again": "no letter has failed",
    "/api/v1/mail-letters/:id/again": "no letter has failed; SettingsAPITests try it",
    "/api/v1/checklist-drafts/:draft/topics/:part": "the copy has no topic of its own; DraftAPITests try it",
    "/api/v1/vulnerabilities/feeds/keys/:fingerprint": "no key is registered; FeedAPITests try it",
    "/api/v1/polls-asked/:survey": "nobody asks the facility; SurveyAPITests try it",
    "/api/v1/polls-asked/:survey/answers": "the same",
    "/api/v1/polls-asked/:survey/mirror": "nobody asks the facility; SurveyTests try it",
    "/assess/evidence/:id": "nothing is attached to an answer; AttachmentTests try it",
    "/assess/evidence/:id/remove": "the same",
    "/account/links/:id/end": "nobody has an account in another facility",
    "/api/v1/sessions/:id": "the only session there is would be one's own",
    "/static/*file": "the names of static files hold their content's hash; the pages' links lead there",
    "/vulnerabilities/devices/:asset/files/:file/remove": "nothing is attached; AttachedFileTests try it",
    "/api/v1/vulnerability/devices/:asset/files/:file": "nothing is attached; TriageAPITests try it",
    "/settings/users/:id/roles/:role/remove": "it would take the role from the account that other routes need",
  ]

  init() {}

  init(_ installation: Installation, account name: String = "spare") async throws {
    for kind in Capabilities.catalogue.kinds {
      let page = try await installation.house.records.store.list(
        kind,
        ListQuery(pageSize: 1),
        in: installation.scope(ReadLedger.self)
      )
      if let record = page.records.first { records[kind.key] = record.id }
    }
    // Of the ledger: an audit is taken back only by whoever answers checklists.
    let changes = try await installation.house.records.recentChanges(50, in: installation.scope(ReadJournal.self))
      .filter { !$0.title.ja.contains("監査") }.prefix(2)
    sets = changes.compactMap { $0.link.split(separator: "/").last.map(String.init) }
    if let line = records[Kind.connection.key] {
      records[Kind.connectionSession.key] = try await installation.house.ledger.sessions.begin(
        line,
        visitor: "T. Sato",
        purpose: "",
        in: installation.scope()
      ).id
    }
    account = try await installation.account(name, .vendor).id
    triage = try await TriageSample.make(in: installation)
    vendor = try await Self.supplier(in: installation)
    form = try await Self.terminal(of: vendor, in: installation)
    asked = try await Self.asked(of: vendor, in: installation)
    let round = EnquiryRound(
      records: installation.house.records.store,
      year: FiscalYear(containing: Installation.today)
    )
    _ = try await round.begin(on: Installation.today, in: installation.scope())
    records[Kind.vendorEnquiry.key] = try await round.read(in: installation.scope()).enquiries.first?.id
    draft = try await Self.draft(in: installation)
    try await Self.survey(in: installation)
    for kind in [Kind.survey, .surveyFind] {
      let page = try await installation.house.records.store.list(
        kind,
        ListQuery(pageSize: 1),
        in: installation.scope(ReadLedger.self)
      )
      records[kind.key] = page.records.first?.id
    }
    photo = try await Self.photo(in: installation, records[Kind.survey.key] ?? "")
    let kept = try await Self.files(in: installation)
    file = kept.file
    poll = try await Self.poll(in: installation)
    audit = try await Self.audit(in: installation)
    written = try await installation.house.assessment.makeDraft(from: "prefecture-20", in: installation.scope())
    records[Kind.formOriginal.key] = kept.form
    records[Kind.regulation.key] = kept.regulation
    report = try await installation.house.organization.reports.take(
      ProblemDraft(
        what: "slow",
        place: "3階東病棟",
        details: "",
        since: "",
        touched: "",
        reporter: "",
        callBack: ""
      ),
      photo: ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
      from: name,
      account: nil,
      request: "test",
      facility: installation.facility
    ).id
    media = try await Self.media(in: installation)
    training = try await installation.house.records.store.create(
      .training,
      ["name": "Address training", "fiscal_year": "2026"],
      in: installation.scope()
    ).id
    work = try await Self.work(of: vendor, on: records[Kind.asset.key] ?? "", in: installation)
    roster = try await installation.house.records.drafts.add(
      ImportSource(kind: .people, name: "名簿.csv", bytes: Array("職員番号,氏名,所属\r\nR-1,試験 太郎,医事課\r\n".utf8)),
      in: installation.scope()
    )
    for name in ["One", "Two"] {
      let read = installation.scope(ReadLedger.self)
      views += [
        try await installation.house.records.views.save(name, kind: .asset, query: "", isShared: true, in: read).id
      ]
    }
    facilityChange = try await Self.facilityChange(in: installation)
    token = try await installation.token("予備", [.signedIn]).token.id
    job = try await installation.house.runner.store.order(
      "ledger.import",
      title: Localized(ja: "機器の取り込み", en: "Import of devices"),
      payload: draft,
      facility: installation.facility.rawValue,
      actorID: "test",
      actorName: "佐藤 美咲"
    )
  }

  /// Every address of the route whose ids exist; nil where `without` says why there is none. Fails for a route with a
  /// parameter that nobody told this list of.
  func real(_ route: Route) throws -> [String]? {
    let query = Self.queries["\(route.method.rawValue) \(route.pattern)"] ?? ""
    guard route.pattern.contains(":") || route.pattern.contains("*") else { return [route.pattern + query] }
    if Self.without[route.pattern] != nil { return nil }
    if let api = realAPI(route) { return api.map { $0 + query } }
    if route.pattern.hasPrefix("/settings/tokens/:id") { return [fill(route.pattern, ["id": token])] }
    if route.pattern.hasPrefix("/ledger/quality/:kind/:rule") {
      return Self.examined.flatMap { kind in
        QualityRule.allCases.map { fill(route.pattern, ["kind": kind, "rule": $0.rawValue]) }
      }
    }
    if route.pattern.hasPrefix("/files/:hash") {
      return [fill(route.pattern, ["hash": BlobStore.name(of: Array("%PDF-1.7".utf8))])]
    }
    if route.pattern.hasPrefix("/ledger/vendor_enquiry/:id") {
      return [fill(route.pattern, ["id": records["vendor_enquiry"] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/ledger/connection/sessions/:id") {
      return [fill(route.pattern, ["id": records["connection_session"] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/ledger/contract/:id") {
      return [fill(route.pattern, ["id": records["contract"] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/ledger/survey_photo/") { return [fill(route.pattern, ["photo": photo])] }
    if route.pattern.hasPrefix("/surveys/:id") { return [fill(route.pattern, ["id": poll.survey])] }
    if route.pattern.hasPrefix("/form/:token") { return [fill(route.pattern, ["token": form])] }
    if route.pattern.hasPrefix("/asked/:token") { return [fill(route.pattern, ["token": asked])] }
    if route.pattern.hasPrefix("/q/:token") { return [fill(route.pattern, ["token": poll.token])] }
    if route.pattern.hasPrefix("/assess/evidence/:id") { return [fill(route.pattern, ["id": poll.evidence])] }
    if route.pattern.hasPrefix("/organization/file/") { return [fill(route.pattern, ["id": file])] }
    if route.pattern.hasPrefix("/organization/files/") {
      return [fill(route.pattern, ["kind": "form_original", "record": records["form_original"] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/regulations/:regulation") {
      return [fill(route.pattern, ["regulation": records["regulation"] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/ledger/survey/:id") || route.pattern.hasPrefix("/ledger/survey_find/:id") {
      let kind = route.pattern.hasPrefix("/ledger/survey/") ? "survey" : "survey_find"
      return [fill(route.pattern, ["id": records[kind] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/ledger/:kind/views/:view") {
      return [fill(route.pattern, ["kind": "asset", "view": views.first ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/ledger/:kind") {
      guard route.pattern.contains(":id") else {
        return Capabilities.catalogue.kinds.map { fill(route.pattern, ["kind": $0.key]) }
      }
      return records.sorted { $0.key < $1.key }.map { fill(route.pattern, ["kind": $0.key, "id": $0.value]) }
    }
    if route.pattern.hasPrefix("/ledger/changes/:set") { return sets.map { fill(route.pattern, ["set": $0]) } }
    if route.pattern.hasPrefix("/ledger/import/:draft") { return [fill(route.pattern, ["draft": draft])] }
    if route.pattern.hasPrefix("/organization/people/:id") {
      return [fill(route.pattern, ["id": records["person"] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/organization/meetings/:id") {
      return [fill(route.pattern, ["id": records["meeting"] ?? "there-is-none"])]
    }
    if route.pattern.hasPrefix("/works/:id") { return [fill(route.pattern, ["id": work])] }
    if route.pattern.hasPrefix("/trainings/:id") {
      return [fill(route.pattern, ["id": training])]
    }
    if route.pattern.hasPrefix("/media/") { return [fill(route.pattern, ["id": media])] }
    if route.pattern.hasPrefix("/organization/reports/:id") { return [fill(route.pattern, ["id": report])] }
    if route.pattern.hasPrefix("/organization/roster/:draft") { return [fill(route.pattern, ["draft": roster])] }
    if route.pattern.hasPrefix("/settings/users/:id") { return [fill(route.pattern, ["id": account])] }
    if route.pattern.hasPrefix("/settings/facility/changes/:id") {
      return [fill(route.pattern, ["id": facilityChange])]
    }
    if route.pattern == "/help/:topic" {
      let topics = [
        "home", "duties", "calendar", "import", "connections", "grid", "history", "matching", "vulnerabilities",
        "vendor-requests", "patches", "vulnerability-feeds", "printing", "self-checks", "surveys", "accounts", "mail",
        "single-sign-on", "device-check", "maintenance-sessions", "works", "media", "budget",
        "training",
      ]
      return topics.map { fill(route.pattern, ["topic": $0]) }
    }
    if route.pattern.hasPrefix("/assess/:pack/asked/:vendor") {
      return [fill(route.pattern, ["pack": "mhlw-hospital-r8", "vendor": vendor])]
    }
    if route.pattern.hasPrefix("/assess/:pack/links/:whom") {
      return [fill(route.pattern, ["pack": "mhlw-hospital-r8", "whom": Percent.encode("v:\(vendor)")])]
    }
    if route.pattern.hasPrefix("/assess/:pack/vendors/:vendor") {
      return [fill(route.pattern, ["pack": "mhlw-vendor-r8", "vendor": vendor])]
    }
    if route.pattern.hasPrefix("/checklists/drafts/:draft") {
      guard route.pattern.hasSuffix("/:part/:id") else { return [fill(route.pattern, ["draft": written])] }
      // The copy has its sections and items numbered from 1.
      return [("head", "0"), ("sections", "0"), ("items", "0"), ("items", "2"), ("topics", "0")].map {
        fill(route.pattern, ["draft": written, "part": $0.0, "id": $0.1])
      }
    }
    if route.pattern.hasPrefix("/checklists/:pack") {
      return Self.packs.map { fill(route.pattern, ["pack": $0]) }
    }
    if route.pattern == "/assess/:pack" || route.pattern.hasPrefix("/assess/:pack/official") {
      return (Self.packs + ["mhlw-vendor-r8"]).map { fill(route.pattern, ["pack": $0]) }
    }
    if route.pattern.hasPrefix("/assess/:pack") {
      return Self.packs.compactMap { Checklists.checklist($0) }.map {
        fill(route.pattern, ["pack": $0.id, "item": Percent.encode($0.items[0].key)])
      }
    }
    if route.pattern == "/vulnerabilities/sheets/:list" {
      return ["requests", "points", "patches", "support", "statistics", "fix", "unversioned"].flatMap {
        let path = fill(route.pattern, ["list": $0])
        return [path, path + "?format=csv"]
      }
    }
    if route.pattern == "/vulnerabilities/groups/:by" {
      return ["fix", "vendor", "system", "asset"].map { fill(route.pattern, ["by": $0]) }
    }
    if route.pattern.hasPrefix("/vulnerabilities/devices/:asset") {
      return [fill(route.pattern, ["asset": records["asset"] ?? "there-is-none"])]
    }
    let parts = route.pattern.split(separator: "/").map(String.init)
    if parts.count > 2, parts[0] == "vulnerabilities", let id = triage[parts[1]] {
      return [fill(route.pattern, ["id": id, "set": id])]
    }
    if route.pattern.hasPrefix("/audits/:id") { return [fill(route.pattern, audit)] }
    if route.pattern.hasPrefix("/jobs/:id") { return [fill(route.pattern, ["id": job])] }
    if route.pattern.hasPrefix("/language/:language") { return [fill(route.pattern, ["language": "ja"])] }
    Issue.record("\(route.method.rawValue) \(route.pattern): tell Addresses what its parameters may be")
    return nil
  }

  /// What some addresses of the interface must carry.
  private static let queries = [
    "POST /api/v1/assessments/:pack/items/:item/evidence": "?name=a.pdf",
    "POST /api/v1/audits/:id/items/:item/evidence": "?name=a.pdf",
    "POST /api/v1/polls/:survey/answers": "?name=a.csv",
    "POST /api/v1/work-requests/:id/photos": "?name=a.png",
    "GET /api/v1/polls/:survey/cross": "?rows=web-use&columns=mail-caution",
    "POST /api/v1/assessments/:pack/form": "?name=a.xlsx",
    "POST /api/v1/assessments/:pack/vendors/:vendor/form": "?name=a.xlsx",
    "PUT /api/v1/assessments/:pack/official": "?name=a.xlsx",
    "POST /api/v1/imports": "?kind=assets&name=a.csv", "GET /api/v1/search": "?q=CT",
    "POST /api/v1/vulnerability/devices/:asset/files": "?name=a.csv",
    "POST /api/v1/vulnerabilities/requests/:id/form": "?name=a.xlsx",
    "POST /api/v1/vulnerabilities/feeds/imports": "?name=a.json",
    "POST /api/v1/vulnerabilities/feeds/bundle": "?maker=a",
    "DELETE /api/v1/checklist-drafts/:draft/sections/:part": "?mark=a",
    "DELETE /api/v1/checklist-drafts/:draft/items/:part": "?mark=a",
    "DELETE /api/v1/records/:kind/:id": "?reason=%E8%A9%A6%E9%A8%93",
  ]

  /// Those of `/api/v1`; nil for other routes.
  private func realAPI(_ route: Route) -> [String]? {
    guard route.endpoint != nil else { return nil }
    let path = String(route.pattern.dropFirst(Route.apiRoot.count))
    if path.hasPrefix("/vulnerabilities/groups/") {
      return ["fix", "vendor", "system", "asset"].map { fill(route.pattern, ["by": $0]) }
    }
    let parts = path.split(separator: "/").map(String.init)
    if parts.count > 2, parts[0] == "vulnerabilities", let id = triage["api/\(parts[1])"] ?? triage[parts[1]] {
      let stage = triage["stage"] ?? "there-is-none"
      let device = triage["device"] ?? "there-is-none"
      return [fill(route.pattern, ["id": id, "set": id, "stage": stage, "device": device])]
    }
    if path.hasPrefix("/quality/:kind/:rule") {
      return Self.examined.map { fill(route.pattern, ["kind": $0, "rule": "essentialMissing"]) }
    }
    if path.hasPrefix("/files/") {
      return [fill(route.pattern, ["kind": "form_original", "record": records["form_original"] ?? "there-is-none"])]
    }
    if path.hasPrefix("/file/") { return [fill(route.pattern, ["id": file])] }
    if path.hasPrefix("/surveys/") {
      return [fill(route.pattern, ["survey": records["survey"] ?? "there-is-none"])]
    }
    if path.hasPrefix("/survey-photos/") { return [fill(route.pattern, ["id": photo])] }
    if path.hasPrefix("/views/:kind/:id") {
      return [fill(route.pattern, ["kind": "asset", "id": views.last ?? "there-is-none"])]
    }
    if path.contains(":kind") {
      guard path.contains(":id") else {
        return Capabilities.catalogue.kinds.map { fill(route.pattern, ["kind": $0.key]) }
      }
      return records.sorted { $0.key < $1.key }.map { fill(route.pattern, ["kind": $0.key, "id": $0.value]) }
    }
    if path.hasPrefix("/vulnerability/devices/") {
      return [fill(route.pattern, ["asset": records["asset"] ?? "there-is-none"])]
    }
    if path.hasPrefix("/vendor-accounts/:account") { return [fill(route.pattern, ["account": account])] }
    if path.hasPrefix("/work-requests/:id") { return [fill(route.pattern, ["id": work])] }
    if path.hasPrefix("/problem-reports/:id") { return [fill(route.pattern, ["id": report])] }
    if path.hasPrefix("/facility/changes/:id") { return [fill(route.pattern, ["id": facilityChange])] }
    if path.hasPrefix("/survey-finds/:id") {
      return [fill(route.pattern, ["id": records["survey_find"] ?? "there-is-none"])]
    }
    if path.hasPrefix("/trainings/:id") {
      return [fill(route.pattern, ["id": training])]
    }
    if path.hasPrefix("/media-requests/:id") { return [fill(route.pattern, ["id": media])] }
    if path.hasPrefix("/connection-sessions/:id") {
      return [fill(route.pattern, ["id": records["connection_session"] ?? "there-is-none"])]
    }
    if path.hasPrefix("/contracts/") { return [fill(route.pattern, ["id": records["contract"] ?? "there-is-none"])] }
    if path.hasPrefix("/enquiries/:year") { return [fill(route.pattern, ["year": "2026"])] }
    if path.hasPrefix("/audits/:id") { return [fill(route.pattern, audit)] }
    if path.hasPrefix("/polls/:survey") { return [fill(route.pattern, ["survey": poll.survey])] }
    if path.hasPrefix("/checklist-drafts/:draft") {
      return [fill(route.pattern, ["draft": written, "part": path.contains("/items/") ? "2" : "1"])]
    }
    if path.hasPrefix("/checklists/:pack") {
      return Self.packs.prefix(route.method.isSafe ? Self.packs.count : 1).map { fill(route.pattern, ["pack": $0]) }
    }
    if path.hasPrefix("/assessments/:pack/evidence/:evidence") {
      return [fill(route.pattern, ["pack": "prefecture-20", "evidence": poll.evidence])]
    }
    if path.hasPrefix("/assessments/:pack/asked-links") {
      return [fill(route.pattern, ["pack": "mhlw-hospital-r8", "whom": Percent.encode("v:\(vendor)")])]
    }
    if path.hasPrefix("/assessments/:pack/vendors") {
      return [fill(route.pattern, ["pack": "mhlw-vendor-r8", "vendor": vendor])]
    }
    if path.hasPrefix("/assessments/:pack") {
      // Every checklist where items are read; else few, as a minute has room for so many requests only.
      let packs = path == "/assessments/:pack" ? Self.packs : Array(Self.packs.prefix(route.method.isSafe ? 2 : 1))
      return packs.compactMap { Checklists.checklist($0) }.map {
        fill(route.pattern, ["pack": $0.id, "item": Percent.encode($0.items[0].key), "measure": "04"])
      }
    }
    if path.hasPrefix("/tokens/") { return [fill(route.pattern, ["id": token])] }
    if path.hasPrefix("/accounts/") { return [fill(route.pattern, ["id": account, "role": "none"])] }
    if path.hasPrefix("/jobs/") { return [fill(route.pattern, ["id": job])] }
    if path.hasPrefix("/changes/") { return sets.map { fill(route.pattern, ["set": $0]) } }
    if path.hasPrefix("/rosters/:draft") { return [fill(route.pattern, ["draft": roster])] }
    if path.hasPrefix("/imports/") { return [fill(route.pattern, ["draft": draft])] }
    return nil
  }

  /// The same with ids that nothing has; nil where the address takes none.
  func nonsense(_ route: Route) -> String? {
    guard route.pattern.contains(":") || route.pattern.contains("*") else { return nil }
    return route.pattern.split(separator: "/").reduce(into: "") { path, segment in
      path += "/" + (segment.hasPrefix(":") || segment.hasPrefix("*") ? "nonsense-%E3%81%82'%22%3C" : segment)
    }
  }

  private func fill(_ pattern: String, _ values: [String: String]) -> String {
    pattern.split(separator: "/").reduce(into: "") { path, segment in
      path += "/" + (segment.hasPrefix(":") ? values[String(segment.dropFirst())] ?? "nonsense" : String(segment))
    }
  }
}
