import ArgumentParser
import Nouns
import Text
import Time
import Web

struct FactsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: Help.text("記録が示すことを出す", "Print what the records show")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let key, facility: String
    let value: Int
    let population: Int?
    let asOf, freshUntil, explanation: String
    let records: [String]

    init(_ fact: Fact, _ language: Language) {
      key = fact.key
      facility = fact.facility.rawValue
      value = fact.value
      population = fact.population
      asOf = fact.asOf.iso
      freshUntil = fact.freshUntil.iso
      explanation = fact.explanation[language]
      records = fact.listed
    }

    enum Key: String, CodingKey { case key, facility, value, population, asOf, freshUntil, explanation, records }

    /// `population` is written as null where there is none, so that every line has the same keys.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(key, forKey: .key)
      try container.encode(facility, forKey: .facility)
      try container.encode(value, forKey: .value)
      try container.encode(population, forKey: .population)
      try container.encode(asOf, forKey: .asOf)
      try container.encode(freshUntil, forKey: .freshUntil)
      try container.encode(explanation, forKey: .explanation)
      try container.encode(records, forKey: .records)
    }
  }

  func run() async throws {
    let house = try await House.open(place.folder)
    let facts = try await house.closing { try await $0.facts($0.facility(choice.facility)) }
    if json { return try Terminal.json(facts.map { Line($0, Help.language) }) }
    for fact in facts {
      print([fact.label, fact.figure, fact.explanation].map { $0[Help.language] }.joined(separator: "\t"))
    }
  }
}

struct DutiesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duties",
    abstract: Help.text("やることを出す", "Print what there is to do")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let id, title, owner, due, state, reason, link: String
  }

  func run() async throws {
    let house = try await House.open(place.folder)
    let duties = try await house.closing { try await $0.duties($0.facility(choice.facility)) }
      .sorted { ($0.due, $0.rank, $0.id) < ($1.due, $1.rank, $1.id) }
    let language = Help.language
    if json {
      return try Terminal.json(
        duties.map {
          Line(
            id: $0.id,
            title: $0.title[language],
            owner: $0.owner.rawValue,
            due: $0.due.iso,
            state: $0.state.rawValue,
            reason: $0.reason[language],
            link: $0.link
          )
        }
      )
    }
    for duty in duties {
      print("\(duty.due.iso)\t\(duty.state.rawValue)\t\(duty.title[language])\t\(duty.reason[language])")
    }
  }
}
