import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessVendorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vendors",
    abstract: Help.text("事業者確認用：どの事業者が答え、どの事業者がまだか", "Vendors' forms: who has answered and who has not")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let vendor, name, state: String
    let systems: [String]
    let items, answered, contradicted: Int
    let dueOn: String?

    enum Key: String, CodingKey { case vendor, name, state, systems, items, answered, contradicted, dueOn }

    /// `dueOn` is null where the form was not handed over.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(vendor, forKey: .vendor)
      try container.encode(name, forKey: .name)
      try container.encode(state, forKey: .state)
      try container.encode(systems, forKey: .systems)
      try container.encode(items, forKey: .items)
      try container.encode(answered, forKey: .answered)
      try container.encode(contradicted, forKey: .contradicted)
      try container.encode(dueOn, forKey: .dueOn)
    }
  }

  func run() async throws {
    let (house, checklist) = try await AssessCommand.open(place, choice, pack, by: .vendor)
    let lines = try await house.closing { house in
      let facility = try await house.facility(choice.facility)
      let round = try await house.assessment.vendorRound(checklist, facility)
      let against = try await house.assessment.contradictions(checklist, round, facility)
      return round.lines.map { line in
        Line(
          vendor: line.vendor.id,
          name: line.vendor.name,
          state: line.state.rawValue,
          systems: line.form?.systems ?? line.vendor.systems,
          items: line.items,
          answered: line.form?.answers.count ?? 0,
          contradicted: against[line.vendor.id] ?? 0,
          dueOn: line.form?.dueOn?.iso
        )
      }
    }
    if json { return try Terminal.json(lines) }
    for line in lines {
      print("\(line.vendor)\t\(line.name)\t\(line.state)\t\(line.answered) / \(line.items)\t\(line.contradicted)")
    }
  }
}
