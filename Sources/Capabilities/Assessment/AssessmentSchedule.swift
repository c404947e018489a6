import Design
import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Which rounds a hospital owes now, and how far they are.
package struct AssessmentSchedule: Sendable {
  let rounds: RoundStore
  let vendorForms: VendorForms
  let officialForms: OfficialFormStore
  /// The packs that facilities wrote themselves.
  package let packs: OwnChecklistStore
  let clock: Clock
  /// The month the fiscal year of a facility begins in.
  let fiscalYearStart: @Sendable (FacilityID) async throws -> Int
  /// Facts of others that age, for evidence that has to be renewed.
  let ageing: @Sendable (FacilityID) async throws -> [Fact]
  /// What the first page showed last.
  private let standings = MarkedShelf<AssessmentMark, (facts: [Fact], duties: [Duty])>()
  let contradictions = MarkedShelf<AssessmentMark, [Fact]>()
  let decisions = MarkedShelf<AssessmentMark, [Decision]>()
  let readiness = MarkedShelf<AssessmentMark, [Fact]>()
  let progress = MarkedShelf<AssessmentMark, [DepartmentStanding]>()

  package init(
    database: any Database,
    clock: Clock,
    ids: IDMaker,
    vendors: @escaping @Sendable (FacilityID) async throws -> [SuppliedVendor] = { _ in [] },
    ageing: @escaping @Sendable (FacilityID) async throws -> [Fact] = { _ in [] },
    fiscalYearStart: @escaping @Sendable (FacilityID) async throws -> Int
  ) {
    self.ageing = ageing
    rounds = RoundStore(database: database, clock: clock, ids: ids)
    vendorForms = VendorForms(store: VendorFormStore(database: database, clock: clock, ids: ids), vendors: vendors)
    officialForms = OfficialFormStore(database: database, clock: clock, ids: ids)
    packs = OwnChecklistStore(database: database, clock: clock, ids: ids)
    self.clock = clock
    self.fiscalYearStart = fiscalYearStart
  }

  var today: LocalDate { clock.now().day }

  /// Those whose rounds a hospital owes now: the month's twenty questions and the form of the fiscal year. Around long
  /// holidays there are duties of their own (`LongHolidays`).
  private func due(_ facility: FacilityID) async throws -> [Checklist] {
    try await packs.shelf(facility).inUse(on: today).filter {
      $0.respondent == .hospital && ($0.cycle == .month && $0.months.isEmpty || $0.year != nil)
    }
  }

  /// How many items of each due round are asked, and how many of them nobody has answered.
  private func open(
    _ facility: FacilityID
  ) async throws -> [(checklist: Checklist, period: String, asked: Int, open: Int)] {
    let start = try await fiscalYearStart(facility)
    let due = try await due(facility).map { checklist in
      (checklist: checklist, period: checklist.period(on: today, fiscalYearStart: start))
    }
    let values = try await rounds.values(due, facility)
    return due.map { checklist, period in
      let answered = values["\(checklist.id)/\(period)"] ?? [:]
      let asked = checklist.counting { answered[$0] }
      return (checklist, period, asked.count, asked.count { answered[$0.key] == nil })
    }
  }

  /// The forms of vendors that are for this fiscal year.
  private func dueOfVendors(_ facility: FacilityID) async throws -> [(checklist: Checklist, period: String)] {
    let start = try await fiscalYearStart(facility)
    return try await packs.shelf(facility).inUse(on: today).filter { $0.respondent == .vendor }.map { checklist in
      (checklist, checklist.period(on: today, fiscalYearStart: start))
    }
  }

  /// Facts and duties for the first page, counted by `make` once a change.
  func standing(
    _ facility: FacilityID,
    make: () async throws -> (facts: [Fact], duties: [Duty])
  ) async throws -> (facts: [Fact], duties: [Duty]) {
    let mark = try await AssessmentMark(facility, rounds.database, now: clock.now())
    return try await standings.value(facility.rawValue, mark, make: make)
  }

  package func facts(_ facility: FacilityID) async throws -> [Fact] {
    let now = clock.now()
    var more: [Fact] = []
    for line in try await dueOfVendors(facility) {
      more += try await vendorForms.facts(line.checklist, line.period, now, facility)
    }
    return try await open(facility).map { line in
      let all = line.asked
      return Fact(
        key: "assessment.\(line.checklist.id).open",
        facility: facility,
        label: Localized(
          ja: "未回答：\(line.checklist.title.ja)",
          en: "Not answered: \(line.checklist.title.en)"
        ),
        value: line.open,
        population: all,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: line.open == 0
          ? Localized(ja: "\(all)項目すべてに答えています。", en: "Answered: all of \(all.english("item", "items")).")
          : Localized(
            ja: "\(all)項目のうち\(line.open)項目に答えていません。",
            en: "Of \(all) items, \(line.open.english("is", "are")) not answered."
          ),
        link: AssessmentPath.round(line.checklist.id, line.period),
        isWorry: line.open > 0
      )
    } + more
  }

  package func duties(_ facility: FacilityID) async throws -> [Duty] {
    let start = try await fiscalYearStart(facility)
    let (database, clock, ids) = (rounds.database, clock, rounds.ids)
    let surveys = PollStore(database: database, clock: clock, ids: ids)
    var more = try await SurveyDuties(surveys: surveys).duties(facility)
    let delegation = DelegationStore(database: database, clock: clock, ids: ids)
    let links = AskedLinkStore(database: database, clock: clock, ids: ids)
    more += try await DelegationDuties(delegation: delegation, packs: packs, links: links).duties(facility)
    more += try await AuditDuties(
      audits: AuditStore(kept: KeptStore(database: database, clock: clock, ids: ids)),
      packs: packs
    ).duties(facility)
    more += try await StaleEvidenceDuties(
      rounds: rounds,
      attachments: AttachmentStore(database: database, clock: clock, ids: ids),
      facts: ageing
    ).duties(
      try await packs.shelf(facility).inUse(on: today).filter { $0.respondent == .hospital }.map {
        ($0, $0.period(on: today, fiscalYearStart: start))
      },
      facility
    )
    for line in try await dueOfVendors(facility) {
      more += try await vendorForms.duties(
        line.checklist,
        line.period,
        today: today,
        yearEnd: FiscalYear(containing: today, startMonth: start).last,
        facility
      )
    }
    return try await open(facility).filter { $0.open > 0 }.map { line in
      let last =
        line.checklist.cycle == .month
        ? Month(containing: today).last : FiscalYear(containing: today, startMonth: start).last
      return Duty(
        id: "assessment.\(line.checklist.id).\(line.period)",
        title: line.checklist.cycle == .month
          ? Localized(ja: "今月の自己点検を終える", en: "Finish this month's self-check")
          : Localized(ja: "今年度のチェックリストに答える", en: "Answer this year's checklist"),
        owner: .administrator,
        due: last,
        state: .open,
        reason: Localized(
          ja: "\(line.checklist.title.ja)：残り\(line.open)項目。",
          en: "\(line.checklist.title.en): \(line.open.english("item", "items")) left."
        ),
        link: AssessmentPath.round(line.checklist.id, line.period),
        action: Localized(ja: "点検を開く", en: "Open the check"),
        rank: 4
      )
    } + more
  }
}
