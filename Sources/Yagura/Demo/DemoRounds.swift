import Ledger
import Nouns
import Organization
import Pictures
import Records
import Sealing
import Text
import Time

/// Plays `DemoWalks` through the stores that the pages use.
struct DemoRounds: Sendable {
  let house: House
  let facility: FacilityID
  let actor: Actor

  private func scope<P: Permit>(_ permit: P.Type = P.self) -> Scope<P> {
    .operatorOf(facility, as: actor, request: house.ids.next())
  }

  private var records: RecordStore { house.records.store }
  private var surveys: SurveyStore { SurveyStore(records: records) }
  private var today: LocalDate { house.clock.now().day }

  func play(_ act: DemoWalks.Act) async throws {
    switch act {
    case .survey(let survey): try await begin(survey)
    case .find(let survey, let find): try await keep(find, of: survey)
    case .check(let survey, let name):
      if let find = try await self.find(name, of: survey) { _ = try await surveys.check(find.id, in: scope()) }
    case .merge(let survey, let name):
      if let find = try await self.find(name, of: survey) { _ = try await surveys.merge(find.id, in: scope()) }
    case .finish(let survey, let result, let endsOn):
      guard let record = try await one(.survey, survey) else { return }
      _ = try await records.change(
        .survey,
        id: record.id,
        expectedVersion: record.version,
        ["result": result, "ends_on": endsOn.iso, "reviewed_on": today.iso],
        in: scope()
      )
    case .photographs(let survey, let pictures): try await take(pictures, of: survey)
    case .noLine(let count):
      for absence in try await records.absences(in: scope()).filter({ $0.kind == Kind.system.key }).prefix(count) {
        _ = try await records.answerAbsence(.system, absence.id, on: today, in: scope())
      }
    case .enquire:
      _ = try await EnquiryRound(records: records, year: FiscalYear(containing: today)).begin(on: today, in: scope())
    case .answer(let vendor, let values): try await answer(vendor, values)
    case .file(let form, let name, let title, let isMaster, let note):
      guard let record = try await one(.formOriginal, form) else { return }
      try await house.organization.file(
        DemoPaper(title: title).bytes,
        name: name,
        asMaster: isMaster,
        note: note,
        of: .formOriginal,
        record.id,
        in: scope()
      )
    case .print: try await house.organization.notePrint(in: scope())
    case .report: try await report()
    }
  }

  private func one(_ kind: Kind, _ title: String) async throws -> Record? {
    try await records.all(kind, in: scope()).records.first { $0.title == title }
  }

  private func id(_ kind: Kind, _ title: String) async throws -> String? {
    try await records.choices(kind, in: scope()).first { $0.title == title }?.id
  }

  private func find(_ name: String, of survey: String) async throws -> Record? {
    guard let survey = try await id(.survey, survey) else { return nil }
    return try await records.all(.surveyFind, ListQuery(filters: ["survey": [.value(survey)]]), in: scope()).records
      .first { $0.title == name }
  }

  private func begin(_ survey: DemoWalks.Survey) async throws {
    var values = ["name": survey.name, "starts_on": survey.startsOn.iso, "scope": survey.scope]
    values["ends_on"] = survey.endsOn?.iso
    if let contractor = survey.contractor, let vendor = try await id(.vendor, contractor) {
      values["contractor"] = vendor
      values["requested_on"] = survey.startsOn.adding(days: -20).iso
      values["procedure"] = "見るだけとし、機器には何もつながない。写真は病院の端末で撮る。"
      values["pledged_on"] = survey.startsOn.adding(days: -6).iso
      values["hours"] = "平日 10時から17時"
    }
    _ = try await records.create(.survey, values, in: scope())
  }

  private func keep(_ find: DemoWalks.Find, of survey: String) async throws {
    guard let survey = try await id(.survey, survey) else { return }
    var values = [
      "survey": survey, "name": find.name, "what": find.what, "model": find.model, "spot": find.spot,
      "connected": find.connected,
    ]
    if let line = find.line { values["sheet_line"] = String(line) }
    values["department"] = try await id(.department, find.department)
    var place = try await id(.location, find.place)
    if place == nil { place = try await records.create(.location, ["name": find.place], in: scope()).id }
    values["location"] = place
    _ = try await surveys.add(values.filter { !$0.value.isEmpty }, photo: nil, in: scope())
  }

  private func take(_ pictures: [DemoWalks.Photograph], of survey: String) async throws {
    guard let record = try await one(.survey, survey) else { return }
    let uploads = pictures.compactMap { picture -> SurveyPhotoStore.Upload? in
      let texts = picture.lines.map { "http://yagura.example/ledger/survey/\(record.id)/walk?sheet_line=\($0)" }
      return DemoPicture(codes: texts.compactMap { QRCode($0) }, name: picture.name).png.flatMap {
        SurveyPhotoStore.Upload($0, name: picture.name)
      }
    }
    _ = try await house.ledger.photos.add(uploads, to: record, in: scope())
    _ = try await house.ledger.photos.readWaiting(record.id, facility) { _, _ in }
  }

  private func answer(_ vendor: String, _ values: [String: String]) async throws {
    guard let vendor = try await id(.vendor, vendor) else { return }
    let asked = try await records.all(.vendorEnquiry, ListQuery(filters: ["vendor": [.value(vendor)]]), in: scope())
      .records.first { $0.date("answered_on") == nil }
    guard let asked else { return }
    _ = try await records.change(
      .vendorEnquiry,
      id: asked.id,
      expectedVersion: asked.version,
      values,
      in: scope()
    )
  }

  private func report() async throws {
    let draft = try ProblemDraft(
      what: "mail",
      place: "4階西病棟 ナースステーション",
      details: "荷物の不在通知を名乗るメール。添付は開いていない。",
      since: "今朝",
      touched: "そのまま閉じた",
      reporter: "",
      callBack: "内線4210"
    )
    let taken = try await house.organization.reports.take(
      draft,
      photo: nil,
      from: "10.40.2.17",
      account: nil,
      request: house.ids.next(),
      facility: facility
    )
    _ = try await house.organization.reports.open(taken.id, in: scope())
    try await house.organization.reports.close(
      taken.id,
      outcome: "迷惑メール。開いていないことを確かめ、同じメールを全員の受信箱から消した。",
      in: scope()
    )
  }
}
