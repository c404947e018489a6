import ArgumentParser
import Foundation
import Identity
import Nouns
import Text

/// Facilities of one installation. A further one is made here and not on a page: nobody of one facility decides about
/// another.
struct FacilityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facility",
    abstract: Help.text("施設を一覧する、加える", "List facilities, or add one"),
    subcommands: [List.self, Add.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: Help.text("施設の番号と名前を出す", "Print the id and name of each facility")
    )

    @OptionGroup var place: Place
    @Flag(help: "JSON") var json = false

    struct Line: Encodable {
      let id, name, kind: String
    }

    func run() async throws {
      let house = try await House.open(place.folder)
      let all = try await house.closing { try await $0.identity.facilities() }
      if json { return try Terminal.json(all.map { Line(id: $0.id.rawValue, name: $0.name, kind: $0.kind.rawValue) }) }
      for facility in all { print("\(facility.id.rawValue)\t\(facility.name)\t\(facility.kind.label[Help.language])") }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: Help.text("施設とその最初の管理者を加える", "Add a facility with its first administrator")
    )

    @OptionGroup var place: Place

    @Option(help: ArgumentHelp(Help.text("施設の名前", "Name of the facility")))
    var name: String

    @Option(
      help: ArgumentHelp(Help.text("種類：", "Kind: ") + Facility.Kind.allCases.map(\.rawValue).joined(separator: "|"))
    )
    var kind = "hospital"

    @Option(help: ArgumentHelp(Help.text("最初の管理者のユーザー名", "User name of its first administrator")))
    var admin: String

    @Option(help: ArgumentHelp(Help.text("管理者の氏名", "The administrator's name")))
    var adminName: String?

    @Option(help: ArgumentHelp(Help.text("パスワードを1行目に書いたファイル", "File whose first line is the password")))
    var passwordFile: String

    func run() async throws {
      let password = try InitCommand.password(from: passwordFile)
      let house = try await House.open(place.folder)
      let made = try await house.closing { house in
        // The first comes from the set-up, which can be run once only.
        _ = try await house.facility(house.identity.facilities().first?.id.rawValue)
        if try await house.identity.facilities().contains(where: { $0.name == name }) {
          throw CommandProblem.badInput(
            Localized(ja: "「\(name)」という施設はすでにあります。", en: "There is a facility “\(name)” already.")
          )
        }
        return try await house.problemsAsInput {
          try await house.identity.addFacility(
            try FacilityDraft(name: name, kind: kind),
            administrator: try AccountDraft(userName: admin, name: adminName ?? admin),
            password: password
          )
        }
      }
      print(made.facility.rawValue)
      Terminal.say("「\(name)」を加えました。", "“\(name)” is added.")
    }
  }
}

extension House {
  /// `Problems` of a draft are bad input for the operator, each on a line.
  func problemsAsInput<T: Sendable>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let problems as Problems {
      throw CommandProblem.badInput(
        Localized(
          ja: problems.list.map(\.message.ja).joined(separator: "\n"),
          en: problems.list.map(\.message.en).joined(separator: "\n")
        )
      )
    }
  }
}
