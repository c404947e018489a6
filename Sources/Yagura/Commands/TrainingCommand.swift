import ArgumentParser
import Nouns
import Organization
import Records
import Text
import Time
import Web

/// Trainings, as those who answer for people have them.
struct TrainingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: Help.text(
      "研修：受講の状況、まだの人、受講の記録、お知らせ",
      "Trainings: how far people are, who is left, record who has taken one, remind"
    ),
    discussion: Help.text(
      "研修・受講の記録・確認の問題の一覧は yagura import と export でも出し入れできます（trainings、training_attendances、training_questions）。",
      "Trainings, records and questions are also imported and exported as trainings, training_attendances, training_questions."
    ),
    subcommands: [List.self, People.self, Record.self, Remind.self]
  )

  /// Runs `body` with the operator's scope, with errors as a command says them.
  static func with<Value: Sendable>(
    _ place: Place,
    _ choice: FacilityChoice,
    _ body: @escaping @Sendable (TrainingDesk, Scope<EditLedger>) async throws -> Value
  ) async throws -> Value {
    let house = try await House.open(place.folder)
    return try await house.closing { house in
      let scope = try await house.operatorScope(EditLedger.self, facility: choice.facility)
      do {
        return try await body(Capabilities.trainings(house), scope)
      } catch let error as RecordError {
        throw CommandProblem.badInput(error.message)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: Help.text("年度の研修と、受講した人数・対象の人数", "Print a year's trainings with how many have taken them, of how many")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Option(help: ArgumentHelp(Help.text("年度（始まる年）。指定しなければ今年度", "The fiscal year; this one unless told"))) var year:
      Int?
    @Flag(help: "JSON") var json = false

    func run() async throws {
      let year = year
      let lines = try await TrainingCommand.with(place, choice) { desk, scope in
        let asked = try await desk.year(scope.facility, asked: year)
        return try await desk.standing(of: asked, in: scope.reading).lines
      }
      if json { return Terminal.json(lines, as: TrainingStanding.Line.shape) }
      for line in lines {
        print(
          [line.id, line.training.due.iso, "\(line.done.count)/\(line.asked.count)", line.training.title].joined(
            separator: "\t"
          )
        )
      }
    }
  }

  struct People: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "people",
      abstract: Help.text("研修の対象の人と受講日", "Print whom a training asks, and when each took it")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("研修の番号（list の最初の欄）", "The training's id, first by list"))) var id: String
    @Flag(help: ArgumentHelp(Help.text("まだの人だけ", "Only those left"))) var open = false
    @Flag(help: "JSON") var json = false

    func run() async throws {
      let (id, open) = (id, open)
      let rows = try await TrainingCommand.with(place, choice) { desk, scope in
        try await desk.rows(of: id, department: nil, open: open, in: scope.reading)
      }
      if json { return Terminal.json(rows, as: TrainingRow.shape) }
      for row in rows {
        print(
          [
            row.person.id, row.person.number, row.person.name, row.departmentName ?? "",
            row.attendance?.doneOn?.iso ?? "",
          ].joined(separator: "\t")
        )
      }
    }
  }

  struct Record: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record",
      abstract: Help.text("出席名簿から受講を記録する", "Record who has taken a training, from a list")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("研修の番号", "The training's id"))) var id: String
    @Argument(help: ArgumentHelp(Help.text("職員番号（または職員の番号）", "Staff numbers, or ids of people"))) var people: [String]
    @Option(help: ArgumentHelp(Help.text("受講日", "Taken on"))) var on: String
    @Option(help: "screen|class|paper|outside") var way = "class"

    func run() async throws {
      let (id, people, on, way) = (id, people, on, way)
      let count = try await TrainingCommand.with(place, choice) { desk, scope in
        let rows = try await desk.rows(of: id, department: nil, open: false, in: scope.reading)
        let wanted = try people.map { text -> String in
          let named = rows.filter { $0.person.id == text || $0.person.number == text }
          guard named.count == 1, let one = named.first else {
            throw CommandProblem.badInput(
              Localized(
                ja: "「\(text)」という職員は、この研修の対象の人の中で1人に決まりません。",
                en: "“\(text)” is not one of the people whom the training asks."
              )
            )
          }
          return one.person.id
        }
        return try await desk.enter(wanted, for: id, on: on, way: way, in: scope).count
      }
      Terminal.say("\(count)人の受講を記録しました。", "Recorded for \(count).")
    }
  }

  struct Remind: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remind",
      abstract: Help.text("まだの人の「お知らせ」に入れる", "Put a message into the inboxes of those left")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("研修の番号", "The training's id"))) var id: String

    func run() async throws {
      let id = id
      let (told, without) = try await TrainingCommand.with(place, choice) { try await $0.remind(id, in: $1) }
      Terminal.say("\(told)人に知らせました。アカウントのない人は\(without)人です。", "Told \(told); \(without) have no account.")
    }
  }
}
