import Time

/// A synthetic hospital of 420 beds with two years behind it, as the files its staff would have handed in and the edits they
/// would have made. Nothing here touches a database: the demo command sends it through the same doors as a user's data.
struct DemoHospital: Sendable {
  /// Something that happened on a day.
  struct Step: Sendable {
    let day: LocalDate
    let hour: Int
    let person: Int
    let event: Event
  }

  enum Event: Sendable {
    case importTable(DemoTable)
    /// One field of one record, found by what identifies it in the files.
    case edit(kind: String, record: String, field: String, value: String, reason: String?)
    case archive(kind: String, record: String, reason: String)
    case walk(DemoWalks.Act)
    case work(DemoWorks.Act)
    case media(DemoMedia.Act)
  }

  let steps: [Step]
  /// Those who act in the history: two administrators and the safety manager.
  let people = Self.signingIn
  static let signingIn = ["佐藤 美咲", "中村 直樹", "井上 和夫"]

  init(seed: UInt64, today: LocalDate) {
    var random = DemoRandom(seed: seed)
    let start = today.adding(days: -730)
    var devices = DemoDevices(random: DemoRandom(seed: random.next()), start: start, today: today)
    var lines = DemoConnections(random: DemoRandom(seed: random.next()), today: today)
    var staff = DemoStaff(random: DemoRandom(seed: random.next()), start: start, today: today)

    var steps: [Step] = []
    func add(_ day: LocalDate, _ hour: Int, _ person: Int, _ event: Event) {
      steps.append(Step(day: min(day, today.adding(days: -1)), hour: hour, person: person, event: event))
    }
    add(start, 9, 0, .importTable(DemoHospital.vendorTable))
    add(start, 9, 0, .importTable(DemoHospital.systemTable))
    let roster = staff.first()
    add(start, 10, 0, .importTable(roster))
    add(start, 11, 0, .importTable(devices.first()))
    add(start.adding(days: 14), 15, 0, .importTable(lines.first()))
    let papers = DemoContracts(start: start, today: today)
    add(start.adding(days: 20), 10, 1, .importTable(papers.contracts))
    add(start.adding(days: 20), 11, 1, .importTable(papers.covers))
    add(start.adding(days: 41), 14, 1, .importTable(papers.clauses))
    add(start.adding(days: 90), 15, 1, .importTable(papers.information))
    add(start.adding(days: 97), 15, 1, .importTable(papers.clouds))
    let house = DemoOrganization(start: start, today: today, people: roster.rows.map { $0[1] })
    for (index, table) in [
      house.responsibilities, house.qualifications, house.contacts, house.committees, house.regulations, house.topics,
      house.forms,
    ].enumerated() { add(start.adding(days: 400), 9 + index, 0, .importTable(table)) }
    add(start.adding(days: 60), 14, 1, .importTable(house.zones))
    add(today.adding(days: -31), 10, 1, .importTable(house.cuts))
    add(today.adding(days: -50), 10, 0, .importTable(house.meetings))
    add(today.adding(days: -50), 11, 0, .importTable(house.actions))
    for (day, hour, person, act) in DemoWalks(today: today).acts { add(day, hour, person, .walk(act)) }
    for (day, hour, person, act) in DemoWorks(today: today).acts { add(day, hour, person, .work(act)) }
    for (day, hour, person, act) in DemoMedia(today: today).acts { add(day, hour, person, .media(act)) }
    add(today.adding(days: -30), 15, 1, .importTable(papers.sheets))
    add(today.adding(days: -29), 15, 1, .importTable(papers.disposals(roster)))
    add(today.adding(days: -28), 15, 1, .importTable(papers.rights))
    add(today.adding(days: -25), 10, 1, .importTable(house.budget))
    add(today.adding(days: -1), 17, 1, .importTable(papers.sessions))
    var latest = roster
    for month in 1..<24 {
      let day = start.adding(days: month * 30 + 3)
      if month % 3 == 0 { add(day, 10, 1, .importTable(devices.purchased(month: month))) }
      if month == 6 || month == 18 {
        latest = staff.renewed(month: month, on: day)
        add(day, 13, 0, .importTable(latest))
      }
      for edit in devices.edits(on: day) { add(day.adding(days: 2), 16, edit.person, edit.event) }
      for edit in lines.edits(on: day) { add(day.adding(days: 5), 11, edit.person, edit.event) }
    }
    let training = DemoTraining(today: today, roster: latest)
    add(today.adding(days: -76), 9, 2, .importTable(training.administrators))
    add(today.adding(days: -76), 10, 2, .importTable(training.trainings))
    add(today.adding(days: -76), 11, 2, .importTable(training.questions))
    add(today.adding(days: -43), 17, 2, .importTable(training.taken(0)))
    add(today.adding(days: -43), 18, 2, .importTable(training.attended))
    add(today.adding(days: -3), 17, 2, .importTable(training.taken(1)))
    // The walk round the wards this autumn brought to light what nobody had listed.
    add(today.adding(days: -16), 14, 0, .importTable(lines.found(in: 12)))
    add(today.adding(days: -4), 14, 0, .importTable(lines.found(in: 21)))
    add(today.adding(days: -2), 17, 1, .importTable(devices.inventory()))
    for edit in lines.latest() { add(today.adding(days: -1), 8, 0, edit) }
    self.steps = steps.enumerated().sorted {
      ($0.element.day, $0.element.hour, $0.offset) < ($1.element.day, $1.element.hour, $1.offset)
    }
    .map(\.element)
  }

  private static var vendorTable: DemoTable {
    DemoTable(
      kind: "vendors",
      file: "取引事業者一覧.csv",
      header: ["事業者名", "別名", "電話番号", "メールアドレス", "備考"],
      rows: DemoNames.vendors.enumerated().map { index, vendor in
        [
          vendor.name, vendor.alias, index % 11 == 7 ? "" : "045-555-\(digits(100 + index, 4))",
          index % 7 == 3 ? "" : "support\(index + 1)@vendor.example", vendor.line,
        ]
      }
    )
  }

  private static var systemTable: DemoTable {
    DemoTable(
      kind: "systems",
      file: "システム一覧.csv",
      header: ["システム名", "所管部署", "事業者", "導入年月日", "シングルサインオン", "認証基盤", "アカウントの持ち方", "開示書（MDS/SDS）"],
      rows: DemoNames.systems.enumerated().map { index, system in
        [
          system.name, system.department, DemoNames.vendors[system.vendor].name,
          "\(2015 + index % 11)/\(1 + index % 12)/1",
        ] + signIn(index) + [disclosure(index)]
      }
    )
  }

  /// Most vendors handed one in when the ministry's checklist asked for it; some still owe it, and of some nobody knows.
  private static func disclosure(_ index: Int) -> String {
    switch index % 9 {
    case 4: "未提出"
    case 7: "不明"
    case 8: "対象外"
    default: "提出済"
    }
  }

  /// The records and the office suite hang on the hospital's directory; departments keep their own, and of many nobody has
  /// asked.
  private static func signIn(_ index: Int) -> [String] {
    switch index % 7 {
    case 0: ["あり", index % 14 == 0 ? "Active Directory（院内）" : "職員証カード認証", "個人ごと"]
    case 1: ["なし", "", "個人ごと"]
    case 2: ["なし", "", "共用"]
    case 3: ["不明", "", "不明"]
    case 4: ["なし", "", index % 2 == 0 ? "混在" : "共用"]
    case 5: ["あり", index % 3 == 0 ? "" : "Active Directory（院内）", "個人ごと"]
    default: ["", "", ""]
    }
  }
}

/// A number with leading zeros.
func digits(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
