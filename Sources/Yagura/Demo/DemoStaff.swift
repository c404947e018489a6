import Text
import Time

/// Nine hundred people and their comings and goings.
struct DemoStaff {
  private static let header = ["職員番号", "氏名", "フリガナ", "所属", "職種", "役職", "採用日", "退職日", "メール"]

  private var random: DemoRandom
  private let start: LocalDate
  private let today: LocalDate
  private var counter = 0
  private var rows: [[String]] = []
  /// The names of those who hold posts and of those who sign in: nobody else bears them, so that tables may name them.
  private var taken = Set(DemoHospital.signingIn.map(Self.spoken))
  private static let holders = 40

  init(random: DemoRandom, start: LocalDate, today: LocalDate) {
    self.random = random
    self.start = start
    self.today = today
  }

  mutating func first() -> DemoTable {
    rows = (0..<860).map { _ in person(joined: start.adding(days: -random.number(30...9000))) }
    return table(on: start)
  }

  /// The roster half a year later: some left, some came.
  mutating func renewed(month: Int, on day: LocalDate) -> DemoTable {
    for _ in 0..<18 {
      let index = random.number(0...rows.count - 1)
      if rows[index][7].isEmpty { rows[index][7] = slashed(day.adding(days: -random.number(1...120))) }
    }
    for _ in 0..<20 { rows.append(person(joined: day.adding(days: -random.number(1...60)))) }
    return table(on: day)
  }

  private mutating func person(joined: LocalDate) -> [String] {
    counter += 1
    let surname = random.pick(DemoNames.surnames)
    let given = free(random.pick(DemoNames.givenNames), of: surname.0)
    let department = random.pick(DemoNames.departments.flatMap { Array(repeating: $0.name, count: $0.weight) })
    let number = "2\(digits(counter, 5))"
    return [
      number, "\(surname.0)　\(given.0)", random.chance(99) ? "\(surname.1) \(given.1)" : "", department,
      random.pick([
        "看護師", "看護師", "看護師", "看護師", "医師", "医師", "薬剤師", "診療放射線技師", "臨床検査技師", "臨床工学技士", "理学療法士", "管理栄養士", "事務", "事務",
        "委託", "非常勤",
      ]),
      random.chance(6) ? random.pick(["主任", "師長", "技師長", "課長", "部長"]) : "", slashed(joined), "",
      "u\(number)@hospital.example",
    ]
  }

  /// The given name, or the next one that makes no namesake of somebody who is named in tables.
  private mutating func free(_ given: (String, String), of surname: String) -> (String, String) {
    let all = DemoNames.givenNames
    let first = all.firstIndex { $0.0 == given.0 } ?? 0
    let names = (0..<all.count).lazy.map { all[(first + $0) % all.count] }
    let chosen = names.first { !taken.contains(Self.spoken(surname + $0.0)) } ?? given
    if counter <= Self.holders { taken.insert(Self.spoken(surname + chosen.0)) }
    return chosen
  }

  private static func spoken(_ name: String) -> String { Fold.key(name) }

  private func table(on day: LocalDate) -> DemoTable {
    DemoTable(kind: "people", file: "職員名簿_\(day.year)年\(day.month)月.csv", header: Self.header, rows: rows)
  }

  private func slashed(_ day: LocalDate) -> String { "\(day.year)/\(day.month)/\(day.day)" }
}
