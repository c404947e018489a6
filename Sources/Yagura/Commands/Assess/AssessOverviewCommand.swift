import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("点検表と、いまの回がどこまで進んだかを出す", "Print the checklists and how far their rounds of today are")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let house = try await House.open(place.folder)
    let standings = try await house.closing { house in
      try await house.assessment.standings(house.facility(choice.facility))
    }
    if json { return Terminal.json(standings, as: Assessment.Standing.shape) }
    for standing in standings {
      let round = standing.round
      let done = "\(standing.counting.count { $0.answer != nil }) / \(standing.counting.count)"
      let title = round.checklist.title[Help.language]
      print("\(round.checklist.id)\t\(title)\t\(round.period)\t\(done)\t\(standing.count(.contradicted))")
    }
  }
}

struct AssessOverviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overview",
    abstract: Help.text(
      "経営層向けの1枚：点検の点数と、決めること",
      "The director's page: scores of the checks, and what to decide"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let house = try await House.open(place.folder)
    let overview = try await house.closing { house in
      try await house.assessment.overview(house.facility(choice.facility))
    }
    if json { return Terminal.json(overview, as: Assessment.Overview.shape) }
    let language = Help.language
    for reading in overview.readings {
      let (round, whole) = (reading.standing.round, reading.board.whole)
      let title = round.checklist.title[language]
      print("round\t\(round.checklist.id)\t\(title)\t\(round.period)\t\(whole.met) / \(whole.applicable)")
    }
    for decision in overview.decisions {
      print("decision\t\(decision.title[language])\t\(decision.reason[language])")
    }
  }
}
