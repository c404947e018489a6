import Nouns
import Text
import Time

extension Assessment {
  var vendorForms: VendorForms { schedule.vendorForms }

  package var vendorLinks: VendorLinkStore {
    VendorLinkStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids)
  }

  /// The round of a vendors' form: which year, and how far each vendor is.
  package struct VendorRound: Sendable {
    package let period: String
    package let name: Localized
    package let year: FiscalYear
    package let lines: [VendorStanding]
    /// Official wording by the key of the item, where the facility loaded the official form.
    package let wording: [String: String]
  }

  package func vendorRound(_ checklist: Checklist, _ facility: FacilityID) async throws -> VendorRound {
    let start = try await schedule.fiscalYearStart(facility)
    let period = checklist.period(on: today, fiscalYearStart: start)
    let year = FiscalYear(startYear: Int(period) ?? today.year, startMonth: start)
    return VendorRound(
      period: period,
      name: Localized(ja: year.eraLabel, en: year.english),
      year: year,
      lines: try await vendorForms.standings(checklist, period, today: today, facility),
      wording: try await officialForms.loaded(checklist, facility)?.wording ?? [:]
    )
  }

  /// Notes that the form was handed over, to come back by `due`, within the usual time where that is nil. Throws
  /// `AnswerProblems` for a day that has passed.
  package func handOver(
    _ checklist: Checklist,
    to vendor: SuppliedVendor,
    due: LocalDate? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let round = try await vendorRound(checklist, scope.facility)
    let due = due ?? today.adding(days: VendorForms.usualDays)
    guard due >= today else { throw VendorForms.withoutDay }
    try await vendorForms.store.send(to: vendor, checklist, round.period, due: due, in: scope)
  }

  /// Notes that a vendor was reminded. Throws `AnswerProblems` where it has no form.
  package func remind(_ line: VendorStanding, _ checklist: Checklist, in scope: Scope<AnswerChecks>) async throws {
    guard line.form?.sentOn != nil else {
      var problems = AnswerProblems()
      problems.add("vendor", "先に、様式を渡したことを記録してください。", "Note first that the form was handed over.")
      throw problems
    }
    let round = try await vendorRound(checklist, scope.facility)
    try await vendorForms.store.remind(line.vendor, checklist, round.period, in: scope)
  }

  /// Notes that the form was not handed over after all. Throws `AnswerProblems` where answers came back.
  package func withdraw(_ line: VendorStanding, _ checklist: Checklist, in scope: Scope<AnswerChecks>) async throws {
    let round = try await vendorRound(checklist, scope.facility)
    try await vendorForms.store.withdraw(line.vendor, checklist, round.period, in: scope)
  }

  /// A link with which the vendor answers at a terminal inside, as it is handed over.
  package struct HandedLink: Sendable {
    /// The path of its address.
    package let address: String
    /// The last day on which it opens the form.
    package let lastDay: LocalDate
  }

  /// Makes the link of a form. Its address is told here and nowhere else; one that was there opens nothing any more.
  package func makeLink(
    for line: VendorStanding,
    _ checklist: Checklist,
    in scope: Scope<AnswerChecks>
  ) async throws -> HandedLink {
    let round = try await vendorRound(checklist, scope.facility)
    let made = try await vendorLinks.make(for: line.vendor, checklist, round.period, in: scope)
    return HandedLink(
      address: VendorTerminalRoutes.path(made.token),
      lastDay: made.link.lastDay(due: line.form?.dueOn, in: round.year)
    )
  }

  /// The link of a form opens nothing any more.
  package func endLink(of line: VendorStanding, _ checklist: Checklist, in scope: Scope<AnswerChecks>) async throws {
    let round = try await vendorRound(checklist, scope.facility)
    try await vendorLinks.end(for: line.vendor, checklist, round.period, in: scope)
  }

  /// What a vendor answered to one item, as a program or a command says it.
  package struct VendorLine: Sendable {
    /// The key of the item.
    package let item: String
    /// As it is written: `yes`, `no`, `na`, and so on by the kind of the item.
    package let value: String
    /// Nil leaves the target date where it is, `.some(nil)` takes it off.
    package var target: LocalDate??
    /// Nil leaves the remarks as they are.
    package var remarks: String?
    /// What stood there when it was looked at; nil where nothing did.
    package var version: Int?

    package init(
      item: String,
      value: String,
      target: LocalDate?? = nil,
      remarks: String? = nil,
      version: Int? = nil
    ) {
      self.item = item
      self.value = value
      self.target = target
      self.remarks = remarks
      self.version = version
    }
  }

  /// Keeps what a vendor answered, all of it or nothing. A yes after a no is the second check. Throws `AnswerProblems`
  /// with fields like `answers/0/value`, `respondent` and `repliedOn`, and `RoundConflict.answered` where somebody was faster.
  package func enter(
    _ lines: [VendorLine],
    of vendor: VendorStanding,
    _ checklist: Checklist,
    reply: VendorReply,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let round = try await vendorRound(checklist, scope.facility)
    let rule = FormRule(checklist: checklist, year: round.year, today: today)
    var problems = AnswerProblems()
    var answers: [(item: ChecklistItem, answer: FormAnswer, version: Int?)] = []
    do { try reply.check(on: today) } catch { problems = error }
    if lines.isEmpty { problems.add("answers", "1項目以上に答えを入れてください。", "Answer at least one item.") }
    for (place, line) in lines.enumerated() {
      let field = "answers/\(place)"
      guard let item = checklist[line.item], !answers.contains(where: { $0.item.key == line.item }) else {
        problems.add(
          "\(field)/item",
          "「\(line.item)」という項目はこの点検表にないか、2回あります。",
          "This checklist has no item “\(line.item)”, or it stands here twice."
        )
        continue
      }
      guard let value = item.read(line.value, today: today) else {
        let wanted = item.wanted
        problems.add("\(field)/value", "\(item.name.ja)：\(wanted.ja)", "\(item.name.en): \(wanted.en)")
        continue
      }
      let before = vendor.form?.answers[item.key]?.answer
      let answer = VendorEntry.answer(
        value,
        line.target ?? before?.target,
        line.remarks ?? before?.remarks ?? "",
        before,
        today
      )
      for problem in rule.problems(answer, item) {
        problems.add(
          "\(field)/\(VendorEntry.field(problem.column))",
          "\(item.name.ja)：\(problem.reason.ja)\(problem.remedy.ja)",
          "\(item.name.en): \(problem.reason.en) \(problem.remedy.en)"
        )
      }
      answers.append((item, answer, line.version))
    }
    guard problems.list.isEmpty else { throw problems }
    try await vendorForms.store.keep(
      answers,
      of: vendor.vendor,
      checklist,
      round.period,
      reply: reply,
      in: scope
    )
  }

  /// A vendor's answers beside the hospital's own of the same year.
  package func comparison(
    _ checklist: Checklist,
    _ period: String,
    _ form: VendorForm?,
    _ facility: FacilityID
  ) async throws -> VendorComparison {
    var own: Round?
    if let hospital = Checklists.hospital(of: checklist) { own = try await rounds.round(hospital, period, facility) }
    return VendorComparison(checklist, form, own: own)
  }

  /// Each vendor's answers beside the hospital's own, by vendor.
  package func comparisons(
    _ checklist: Checklist,
    _ round: VendorRound,
    _ facility: FacilityID
  ) async throws -> [String: VendorComparison] {
    guard let hospital = Checklists.hospital(of: checklist) else { return [:] }
    let own = try await rounds.round(hospital, round.period, facility)
    return Dictionary(
      round.lines.map { ($0.vendor.id, VendorComparison(checklist, $0.form, own: own)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The form of a vendor as a workbook; `hospital` is the facility's name.
  package static func vendorFile(
    _ checklist: Checklist,
    _ line: VendorStanding,
    of round: VendorRound,
    hospital: String,
    language: Language
  ) -> FormFile {
    FormFile(
      checklist: checklist,
      period: round.period,
      periodName: round.name,
      vendor: (line.vendor.id, line.vendor.name),
      facility: hospital,
      systems: line.systems,
      answers: line.form?.answers.mapValues(\.answer) ?? [:],
      versions: line.form?.answers.mapValues(\.version) ?? [:],
      wording: round.wording,
      language: language,
      reply: line.form?.reply
    )
  }
}
