import Packs
import Testing
import Text
import Time

@testable import Assessment

/// The shipped checklists are what domain.md §1.3 counts, and a mistaken file is refused with its line.
@Suite struct ChecklistTests {
  @Test(arguments: [
    ("mhlw-hospital-r5", 10), ("mhlw-hospital-r6", 18), ("mhlw-hospital-r7", 18), ("mhlw-hospital-r8", 18),
    ("management-3x3", 12), ("bcp-2024", 21), ("holiday-9", 9), ("prefecture-20", 20), ("mhlw-vendor-r5", 8),
    ("mhlw-vendor-r6", 14), ("mhlw-vendor-r7", 13), ("mhlw-vendor-r8", 13), ("roles-manager", 12), ("roles-admin", 22),
    ("roles-user", 14), ("nist-csf-2", 106), ("iso-27001-2022", 93), ("guideline-7-route", 3), ("fee-2024", 7),
    ("fee-2026", 7), ("guideline-7-clauses", 22),
  ])
  func itemsAreAsManyAsTheFormHas(id: String, count: Int) throws {
    let checklist = try #require(Checklists.checklist(id))
    #expect(checklist.items.filter { !$0.isGate }.count == count)
    #expect(checklist.pack.verification == .unverified, "nobody has compared it with its source")
  }

  /// On 2026-11-28: from the month or year in which the edition became valid to that of today.
  @Test(arguments: [
    ("prefecture-20", "2026-11", true), ("prefecture-20", "2024-04", true), ("prefecture-20", "2024-03", false),
    ("prefecture-20", "2026-12", false), ("prefecture-20", "2027-06", false), ("prefecture-20", "1999-01", false),
    ("prefecture-20", "2026", false), ("prefecture-20", "2026-13", false), ("prefecture-20", "2026-1", false),
    ("prefecture-20", "2025-+1", false), ("prefecture-20", "", false), ("management-3x3", "2026", true),
    ("management-3x3", "2024", true), ("management-3x3", "2023", false), ("management-3x3", "2027", false),
    ("management-3x3", "2026-11", false), ("mhlw-hospital-r8", "2026", true), ("mhlw-hospital-r8", "2025", false),
    ("mhlw-hospital-r5", "2023", true), ("mhlw-hospital-r5", "2026", false),
  ])
  func roundsAreOfTheTimeTheEditionIsFor(id: String, period: String, isRound: Bool) throws {
    let checklist = try #require(Checklists.checklist(id))
    let problem = checklist.problem(ofRound: period, on: SuggestionTests.now.day, fiscalYearStart: 4)
    #expect((problem == nil) == isRound, "\(id) \(period)")
    if let problem { #expect(problem.ja.contains("「\(period)」") && problem.en.contains("“\(period)”")) }
  }

  @Test func theEditionsShareTopics() throws {
    let seven = try #require(Checklists.checklist("mhlw-hospital-r7"))
    let eight = try #require(Checklists.checklist("mhlw-hospital-r8"))
    #expect(seven["2-⑬"]?.topic == "source-restriction" && eight["2-⑬"]?.isPending == true)
    // Only three numbers of R8 could be read (domain.md §1.3).
    #expect(eight.items.filter { !$0.isPending && !$0.isGate }.map(\.key) == ["1-①", "3-③", "4-①"])
    #expect(seven["2-②"]?.mayNotApply == true && seven["2-④"]?.mayNotApply == false)
    let six = try #require(Checklists.checklist("mhlw-hospital-r6"))
    #expect(six.items.filter { $0.number == "2(7)" }.map(\.key) == ["2(7):server", "2(7):client", "2(7):network"])
  }

  /// Vendors answer what the hospital answers too, under the same number and topic, and never the ledger (domain.md §1.4).
  @Test(arguments: ["r5", "r6", "r7", "r8"])
  func aVendorIsAskedTheSameTopicsUnderTheSameNumbers(edition: String) throws {
    let vendor = try #require(Checklists.checklist("mhlw-vendor-\(edition)"))
    let hospital = try #require(Checklists.checklist("mhlw-hospital-\(edition)"))
    #expect(vendor.respondent == .vendor && hospital.respondent == .hospital && vendor.year == hospital.year)
    for item in vendor.items where item.topic != "vendor-manager" {
      #expect(hospital[item.key]?.topic == item.topic, "\(item.key)")
    }
    #expect(!vendor.items.contains { $0.topic == "asset-ledger" } && vendor.gate == nil)
  }

  /// What nobody could read is marked (domain.md §1.4: R8 not at all, R7 the two about passwords).
  @Test func whatCouldNotBeReadIsPending() throws {
    func settled(_ id: String) throws -> [String] {
      try #require(Checklists.checklist(id)).items.filter { !$0.isPending }.map(\.number)
    }
    #expect(try settled("mhlw-vendor-r8").isEmpty)
    #expect(try settled("mhlw-vendor-r7") == ["2-⑦", "2-⑧"])
    #expect(try settled("mhlw-vendor-r6").count == 8)
    #expect(try settled("mhlw-vendor-r5").count == 8)
    // Of the fifth stage only the first item was read with its number.
    let continuity = try #require(Checklists.checklist("bcp-2024"))
    #expect(continuity.items.filter(\.isPending).map(\.number) == ["5-2", "5-3", "5-4", "5-5", "5-6"])
    #expect(continuity.sections.map(\.number) == ["1", "2", "3", "4", "5"])
  }

  @Test func everyQuestionOfTheTwentyHasItsMeasureAndLevels() throws {
    let twenty = try #require(Checklists.checklist("prefecture-20"))
    #expect(twenty.measures.count == 12 && twenty.goal == 2)
    for item in twenty.items {
      #expect(item.levels.count == 4 && item.measure != nil, "\(item.key)")
    }
    #expect(twenty.items.filter(\.asksDepartments).map(\.key) == ["15", "16", "17", "18", "19", "20"])
  }

  @Test func everyTopicIsAskedSomewhere() {
    let asked = Set(Checklists.all.flatMap(\.items).map(\.topic))
    #expect(Set(Checklists.topics.keys) == asked, "a topic that nothing asks")
  }

  @Test func aRoundIsAYearOrAMonth() throws {
    func day(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }
    let monthly = try #require(Checklists.checklist("prefecture-20"))
    let matrix = try #require(Checklists.checklist("management-3x3"))
    let form = try #require(Checklists.checklist("mhlw-hospital-r7"))
    #expect(monthly.period(on: try day("2026-11-30"), fiscalYearStart: 4) == "2026-11")
    #expect(matrix.period(on: try day("2027-03-31"), fiscalYearStart: 4) == "2026")
    #expect(matrix.period(on: try day("2027-04-01"), fiscalYearStart: 4) == "2027")
    #expect(form.period(on: try day("2026-11-30"), fiscalYearStart: 4) == "2025")
    #expect(form.isCurrent(on: try day("2026-03-31")))
    #expect(!form.isCurrent(on: try day("2026-04-01")))
  }

  /// The round of a long holiday lasts until the next: what is looked at after New Year belongs to December's.
  @Test(arguments: [
    ("2026-04-01", "2026-04"), ("2026-05-07", "2026-04"), ("2026-08-20", "2026-08"), ("2026-11-30", "2026-08"),
    ("2026-12-28", "2026-12"), ("2027-01-05", "2026-12"), ("2027-03-31", "2026-12"), ("2027-04-28", "2027-04"),
  ])
  func roundsOfLongHolidays(today: String, round: String) throws {
    let nine = try #require(Checklists.checklist("holiday-9"))
    let day = try #require(LocalDate(iso: today))
    #expect(nine.period(on: day, fiscalYearStart: 4) == round)
    #expect(nine.problem(ofRound: round, on: day, fiscalYearStart: 4) == nil)
    #expect(nine.problem(ofRound: "2026-05", on: day, fiscalYearStart: 4) != nil)
  }

  private static let head = """
    pack: own
    edition: 1
    title: {ja: 自院の点検, en: Our own}
    valid: {from: 2026-04-01}
    publisher: みなと中央病院
    source: {title: 院内規程}
    verification: unverified
    entries:
      - {form: checklist, cycle: fiscalYear}

    """

  @Test(arguments: [
    ("  - {item: 1, topic: bakcup, text: {ja: あ, en: a}}", 10, "bakcup"),
    ("  - {item: 1, topic: backup, text: {ja: あ, en: a}, colour: red}", 10, "colour"),
    (
      "  - {item: 1, topic: backup, text: {ja: あ, en: a}}\n  - {item: 1, topic: bcp, text: {ja: い, en: b}}", 11, "twice"
    ),
    ("  - {item: 1, topic: backup, text: {ja: あ, en: a}, part: printer}", 10, "printer"),
    ("  - {form: levels, cycle: month}", 10, "more than one"),
    ("  - {item: 1, topic: backup, text: {ja: あ, en: a}, levels: [{ja: い, en: b}]}", 10, "four"),
    ("", 9, "no item"),
  ])
  func aMistakenFileIsRefusedWithItsLine(body: String, line: Int, word: String) throws {
    try refuse(Self.head + body + "\n", line, word)
  }

  @Test(arguments: ["[8, 4]", "[4, 4]", "[0]", "[13]", "[]", "[April]"])
  func monthsAreInOrder(months: String) throws {
    let form = "{form: checklist, cycle: month, months: \(months)}"
    let item = "  - {item: 1, topic: backup, text: {ja: あ, en: a}}\n"
    try refuse(Self.head.replacing("{form: checklist, cycle: fiscalYear}", with: form) + item, 9, "months")
    try refuse(Self.head.replacing("fiscalYear}", with: "fiscalYear, months: [4]}") + item, 9, "months")
  }

  private func refuse(_ text: String, _ line: Int, _ word: String) throws {
    let pack = try Pack(reading: text, file: "own.yaml")
    let error = #expect(throws: PackError.self) {
      try ChecklistReader.read(pack, topics: Set(Checklists.topics.keys))
    }
    #expect(error?.line == line, "\(error?.description ?? "")")
    #expect(error?.reason.en.contains(word) == true, "\(error?.description ?? "")")
  }
}
