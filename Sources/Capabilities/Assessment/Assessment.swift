import Nouns
import SQL
import Text
import Time

/// Checklists whose answers the hospital's own records prove, or contradict.
package struct Assessment: Sendable {
  let schedule: AssessmentSchedule
  /// Everything the records of a facility prove now.
  private let facts: @Sendable (FacilityID) async throws -> [Fact]
  let inspectionNeeds: InspectionNeeds
  let needs: AssessmentNeeds

  package init(
    schedule: AssessmentSchedule,
    inspection: InspectionNeeds = .none,
    facts: @escaping @Sendable (FacilityID) async throws -> [Fact],
    needs: AssessmentNeeds = AssessmentNeeds()
  ) {
    self.schedule = schedule
    inspectionNeeds = inspection
    self.facts = facts
    self.needs = needs
  }

  var delegation: DelegationStore {
    DelegationStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids)
  }

  package var askedLinks: AskedLinkStore {
    AskedLinkStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids)
  }

  /// Whom an item can be given to: departments, the people who may read the checklists, and vendors of systems and of
  /// running contracts, as `d:ID`, `p:ID` and `v:ID`.
  func people(_ facility: FacilityID) async throws -> [(key: String, name: String)] {
    try await needs.departments(facility).map { (key: "d:\($0.id)", name: $0.name) }
      + needs.people(facility).map { (key: "p:\($0.id)", name: $0.name) }
      + vendorForms.vendors(facility).map { (key: "v:\($0.id)", name: $0.name) }
  }

  /// What a facility is called.
  func facilityName(_ facility: FacilityID) async throws -> String {
    try await needs.facilities().first { $0.id == facility }?.name ?? ""
  }

  private func ownFacts(_ facility: FacilityID) async throws -> [Fact] {
    try await DepartmentFacts(surveys: surveys).facts(facility) + AuditFacts(audits: audits).facts(facility)
  }

  package var surveys: PollStore {
    PollStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids)
  }

  var attachments: AttachmentStore {
    AttachmentStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids)
  }

  var rounds: RoundStore { schedule.rounds }
  private var clock: Clock { schedule.clock }

  package static let migrations = AssessmentMigrations.all

  /// The day it is in the hospital.
  package var today: LocalDate { schedule.today }

  /// A round with each item's answer and what the records say to it: see `Assessment.suggestion(_:of:_:startMonth:)`.
  package struct Standing: Sendable {
    package let round: Round
    package let items: [ItemStanding]
    package let fiscalYearStart: Int
    /// What the records prove now, by key.
    package let facts: [String: Fact]
    package let facility: FacilityID
    /// Official wording by the key of the item, where the facility loaded the official form.
    package let wording: [String: String]
    /// What was ever answered to any checklist, the last given first.
    let past: [PastAnswer]

    package subscript(key: String) -> ItemStanding? { items.first { $0.item.key == key } }

    /// The items that count as such: not a gate whose yes only opened the others.
    package var counting: [ItemStanding] {
      let keys = Set(round.checklist.counting { round.answers[$0]?.latest }.map(\.key))
      return items.filter { keys.contains($0.item.key) }
    }

    package func count(_ states: ItemStanding.State...) -> Int { items.count { states.contains($0.state) } }

    /// Whether what the records say may be confirmed along with others in one press. What would leave other items unasked
    /// is answered on its own page: nobody ends a form in passing.
    func isConfirmable(_ line: ItemStanding) -> Bool {
      guard line.state == .suggested, let answer = line.suggestion.answer else { return false }
      return !round.checklist.cutsShort(line.item, answer)
    }

    /// Whether what was answered before may be answered again along with others.
    func isCarriable(_ line: ItemStanding) -> Bool {
      guard let earlier = line.carried else { return false }
      return !round.checklist.cutsShort(line.item, earlier.value)
    }

    package var name: Localized { round.name(startMonth: fiscalYearStart) }

    /// Said of a check that was made after the time of the round; nil for one in time.
    package func lateness(_ day: LocalDate?) -> Localized? { round.lateness(day, startMonth: fiscalYearStart) }

    /// The fiscal year it lies in, for the head of a paper.
    package func fiscalYear(_ language: Language) -> String {
      round.year(startMonth: fiscalYearStart).label(ja: language == .ja)
    }

    /// The checklist and its round; a form of one fiscal year has it in its title already.
    func heading(_ language: Language) -> String {
      let title = round.checklist.name[language]
      return round.checklist.year == nil ? "\(title)　\(name[language])" : title
    }
  }

  /// The round of today of every checklist the hospital answers, from one counting of the facts and few statements.
  package func standings(_ facility: FacilityID) async throws -> [Standing] {
    let start = try await schedule.fiscalYearStart(facility)
    let asked = try await shelf(facility).hospital.map { checklist in
      (checklist: checklist, period: checklist.period(on: today, fiscalYearStart: start))
    }
    return try await standings(asked, start, facts: try await factsByKey(facility), facility)
  }

  /// `period` nil for the round of today; `facts` nil to have them counted now.
  package func standing(
    _ checklist: Checklist,
    period: String? = nil,
    facts: [String: Fact]? = nil,
    _ facility: FacilityID
  ) async throws -> Standing {
    let start = try await schedule.fiscalYearStart(facility)
    let period = period ?? checklist.period(on: today, fiscalYearStart: start)
    let known: [String: Fact]
    if let facts { known = facts } else { known = try await factsByKey(facility) }
    return try await standings([(checklist, period)], start, facts: known, facility)[0]
  }

  private func standings(
    _ asked: [(checklist: Checklist, period: String)],
    _ start: Int,
    facts: [String: Fact],
    _ facility: FacilityID
  ) async throws -> [Standing] {
    let past = try await rounds.newestAnswers(facility)
    let newest = try await attachments.newest(facility)
    let wordings = try await officialForms.wordings(facility)
    let attached = Dictionary(
      grouping: try await attachments.all(
        packs: Set(asked.map(\.checklist.id)),
        periods: Set(asked.map(\.period)),
        facility
      ),
      by: { "\($0.pack)/\($0.period)" }
    )
    var all: [Standing] = []
    for round in try await rounds.rounds(asked, facility) {
      let (checklist, period) = (round.checklist, round.period)
      // Both are asked only of the few checklists that know them.
      let objections = try await schedule.vendorForms.objections(to: checklist, period, facility)
      let confirmed =
        checklist.items.contains(where: \.needsSecond)
        ? try await delegation.confirmed(checklist.id, period, facility) : []
      let items = standings(
        round,
        past: PastAnswer.earlier(than: round, startMonth: start, past),
        attached: (attached["\(checklist.id)/\(period)"] ?? []).map { $0.keeping(by: checklist) },
        newest: newest.mapValues { $0.keeping(by: checklist) },
        objections: objections,
        confirmed: confirmed,
        facts: facts,
        startMonth: start
      )
      all.append(
        Standing(
          round: round,
          items: items,
          fiscalYearStart: start,
          facts: facts,
          facility: facility,
          wording: wordings[checklist.id] ?? [:],
          past: past
        )
      )
    }
    return all
  }

  private func standings(
    _ round: Round,
    past earlier: [String: EarlierAnswer],
    attached: [Attachment],
    newest: [String: Attachment],
    objections: [String: [VendorObjection]],
    confirmed: Set<String>,
    facts: [String: Fact],
    startMonth: Int
  ) -> [ItemStanding] {
    let isSettled = round.isSettled(on: today, startMonth: startMonth)
    let byItem = Dictionary(grouping: attached, by: \.item)
    func suggestion(_ item: ChecklistItem) -> Suggestion {
      let shown = self.suggestion(item, of: round, facts, startMonth: startMonth)
      guard !isSettled else { return shown }
      let carried =
        shown.answer == nil
        ? Suggestion.carried(earlier[item.key], newest[item.topic], today: today) : nil
      let evidence = newest[item.topic]
      let isOwn = evidence.map { $0.pack == round.checklist.id && $0.item == item.key } ?? false
      var suggestion = carried ?? shown.noting(evidence, isOwn: isOwn, today: today)
      suggestion.applying = shown.applying
      suggestion.beside = shown.beside
      return suggestion
    }
    return round.asked.map { item in
      ItemStanding(
        item: item,
        suggestion: suggestion(item),
        answer: round.answers[item.key],
        earlier: earlier[item.key],
        objections: objections[item.key] ?? [],
        attachments: byItem[item.key] ?? [],
        isConfirmed: confirmed.contains(item.key)
      )
    }
  }

  /// What the records prove now, by key.
  func known(_ facility: FacilityID) async throws -> [String: Fact] { try await factsByKey(facility) }

  private func factsByKey(_ facility: FacilityID) async throws -> [String: Fact] {
    Dictionary(
      (try await self.facts(facility) + ownFacts(facility)).map { ($0.key, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// What the records say to an item of a round. Of one that is settled that is what they said when it was answered: what
  /// they say today is of today, and one round has one figure wherever and whenever it is shown.
  func suggestion(
    _ item: ChecklistItem,
    of round: Round,
    _ facts: [String: Fact],
    startMonth: Int
  ) -> Suggestion {
    let answer = round.answers[item.key]
    if round.isOver(on: today, startMonth: startMonth) { return Suggestion(kept: answer) }
    let shown = Self.suggestion(item, round.checklist, facts, clock.now())
    return round.lockedAt == nil ? shown : Suggestion(kept: answer, today: shown)
  }

  static func suggestion(
    _ item: ChecklistItem,
    _ checklist: Checklist,
    _ facts: [String: Fact],
    _ now: Instant
  ) -> Suggestion {
    guard let topic = checklist.topic(item.topic) else {
      return Suggestion(answer: nil, reason: Localized(both: ""), facts: [])
    }
    var suggestion = Suggestion.make(topic, kind: item.format.kind, facts: facts, now: now)
    suggestion.applying = item.absence?.against(facts)
    return suggestion
  }

  /// Keeps an answer beside what the records say now; `facts` nil to have them counted. `reply` says that the vendor that
  /// is asked for the item said so, `sent` that this is what came by a link. Throws `AnswerProblems` or `RoundConflict`.
  package func answer(
    _ draft: AnswerDraft,
    _ key: String,
    of checklist: Checklist,
    period: String? = nil,
    facts: [String: Fact]? = nil,
    reply: VendorReply? = nil,
    taking sent: AskedReply? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws {
    try reply?.check(on: today)
    guard let item = checklist[key] else {
      var problems = AnswerProblems()
      problems.add("item", "「\(key)」という項目はこの点検表にありません。", "This checklist has no item “\(key)”.")
      throw problems
    }
    guard checklist.respondent == .hospital else {
      var problems = AnswerProblems()
      problems.add(
        "pack",
        "この点検表には事業者が答えます。事業者ごとの様式に記入してください。",
        "Vendors answer this checklist. Fill in the form of each vendor."
      )
      throw problems
    }
    let start = try await schedule.fiscalYearStart(scope.facility)
    let period = period ?? checklist.period(on: today, fiscalYearStart: start)
    let known: [String: Fact]
    if let facts { known = facts } else { known = try await factsByKey(scope.facility) }
    let round = try await rounds.round(checklist, period, scope.facility)
    // What only an earlier answer says binds nobody, so that it is not asked for here.
    let suggestion = suggestion(item, of: round, known, startMonth: start)
    let checked = try AnswerCheck(
      checklist: checklist,
      item: item,
      suggestion: suggestion,
      year: round.year(startMonth: start),
      firstOn: round.answers[key]?.checkedOn ?? today
    ).checked(draft)
    try await rounds.keep(checked, item, of: checklist, period, suggestion, reply: reply, taking: sent, in: scope)
  }

  /// Confirms what the records say to each of `keys` where nobody answered yet, and of `carried` what was answered before
  /// where the records cannot tell; never what would leave other items unasked. Answers how many.
  package func accept(
    _ keys: Set<String>,
    carrying carried: Set<String> = [],
    of checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws -> Int {
    guard !keys.isEmpty || !carried.isEmpty else { return 0 }
    let standing = try await standing(checklist, period: period, scope.facility)
    let lines = standing.items.compactMap { line -> (ChecklistItem, AnswerDraft, Suggestion)? in
      let isWanted = keys.contains(line.item.key) && standing.isConfirmable(line)
      let isCarried = carried.contains(line.item.key) && standing.isCarriable(line)
      let answer = isWanted ? line.suggestion.answer : nil
      let before = isCarried ? line.carried?.value : nil
      return (answer ?? before).map { (line.item, AnswerDraft($0), line.suggestion) }
    }
    guard !lines.isEmpty else { return 0 }
    try await rounds.keepAll(lines, of: checklist, standing.round.period, in: scope)
    return lines.count
  }
}
