import ArgumentParser
import Foundation
import Intake
import Nouns
import Organization
import Records
import Tabular
import Text
import Time
import Web

/// A roster of the HR system against the register.
struct RosterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roster",
    abstract: Help.text(
      "名簿を職員の台帳と比べ、反映する（入職、異動、退職、名簿にいない人）",
      "Compare a roster with the register of people, and take it in"
    ),
    subcommands: [Compare.self, Apply.self]
  )

  /// Compares the file and runs `body` with what came out.
  static func with<Value: Sendable>(
    _ place: Place,
    _ choice: FacilityChoice,
    _ file: String,
    _ body: @escaping @Sendable (RosterStore, RosterStore.Comparison, Scope<ImportLedger>) async throws -> Value
  ) async throws -> Value {
    let source = ImportSource(
      kind: .people,
      name: URL(filePath: file).lastPathComponent,
      bytes: try ImportCommand.read(file)
    )
    let house = try await House.open(place.folder)
    return try await house.closing { house in
      let scope = try await house.operatorScope(ImportLedger.self, facility: choice.facility)
      let roster = RosterStore(engine: house.records)
      do {
        return try await body(roster, try await roster.compare(source, in: scope), scope)
      } catch let error as TabularError {
        throw CommandProblem.badInput(Localized(ja: error.message(.ja), en: error.message(.en)))
      } catch let error as RecordError {
        throw CommandProblem.badInput(error.message)
      } catch let refusal as RosterStore.Refusal {
        throw CommandProblem.badInput(refusal.message)
      }
    }
  }

  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: Help.text("名簿と台帳の違いを出す（何も変わりません）", "Print how a roster differs; nothing changes")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("名簿のファイル（全職員）", "The roster, with everybody in it"))) var file: String
    @Flag(help: ArgumentHelp(Help.text("人数だけ", "Numbers only"))) var counts = false
    @Flag(help: "JSON") var json = false

    func run() async throws {
      let counts = counts
      let (difference, people) = try await RosterCommand.with(place, choice, file) { roster, comparison, scope in
        let people = counts ? [] : try await roster.people(comparison.roster.lines(nil), in: scope)
        return (RosterDifference(comparison), people)
      }
      guard counts || !json else { return Terminal.json(people, as: RosterPerson.shape) }
      if json { return Terminal.json(difference, as: RosterDifference.shape) }
      Terminal.complain(difference.text[Help.language])
      for person in people {
        print(
          [person.group.rawValue, person.record ?? "", person.number ?? "", person.name, person.department ?? ""]
            .joined(separator: "\t")
        )
      }
    }
  }

  struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "apply",
      abstract: Help.text("名簿を台帳に反映する", "Take a roster in")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("名簿のファイル（全職員）", "The roster, with everybody in it"))) var file: String
    @Option(
      help: ArgumentHelp(
        Help.text("名簿にいない人の最後の勤務日。なければそのまま", "The last day of those missing; without it they stay as they are")
      )
    ) var lastDay: String?
    @Option(help: ArgumentHelp(Help.text("退職になる人数の確認", "How many leave, to be sure"))) var count: Int?

    func run() async throws {
      let count = count
      let day = try lastDay.map { text -> LocalDate in
        guard let day = LocalDate(iso: text) else {
          throw CommandProblem.badInput(
            Localized(ja: "日付は 2026-10-31 のように指定してください。", en: "Give the day as 2026-10-31.")
          )
        }
        return day
      }
      let (report, left) = try await RosterCommand.with(place, choice, file) { roster, comparison, scope in
        let outcome = try await roster.apply(comparison, leavers: day, confirmed: count, in: scope)
        return (outcome.report, outcome.leaversSet == nil ? 0 : comparison.roster.absent.count)
      }
      Terminal.say(
        "名簿を反映しました。入職\(report.new)名、変更\(report.changed)名、退職日の記入\(left)名です。",
        "The roster is taken in: \(report.new) joined, \(report.changed) changed, \(left) left."
      )
    }
  }
}
