private import Packs

/// An era of the Japanese calendar, from its first day to the day before the next begins.
package struct Era: Sendable, Hashable {
  /// 令和
  package let name: String
  /// Reiwa
  package let english: String
  /// The letter of official forms: M, T, S, H, R.
  package let letter: String
  package let first: LocalDate

  /// All eras in order of time, from the pack `calendar/eras.yaml`.
  package static let all: [Era] = Packs.require("calendar/eras.yaml") { (pack) throws(PackError) in
    var eras: [Era] = []
    for entry in pack.entries {
      try entry.allow(["name", "english", "letter", "first"])
      guard let first = LocalDate(iso: try entry.day("first")) else {
        throw entry.wrong("first", ja: "存在しない日です。", en: "no such day")
      }
      if let last = eras.last, first <= last.first {
        throw entry.wrong("first", ja: "元号が年代順に並んでいません。", en: "eras are not in order of time")
      }
      eras.append(
        Era(
          name: try entry.text("name"),
          english: try entry.text("english"),
          letter: try entry.text("letter"),
          first: first
        )
      )
    }
    return eras
  }

  /// Before this day Japan used a calendar of moon and sun. A Gregorian day of that time must not wear an era's name.
  package static let firstGregorianDay = LocalDate(dayNumber: -35_428)

  /// The era of a day, or nil before 1873-01-01.
  package static func of(_ day: LocalDate) -> Era? {
    day < firstGregorianDay ? nil : all.last { $0.first <= day }
  }

  /// The year of this era that the Western year is: 2026 is 令和8.
  package func year(of western: Int) -> Int { western - first.year + 1 }

  /// 元年, 2年 …
  package static func yearText(_ year: Int) -> String { year == 1 ? "元年" : "\(year)年" }
}
