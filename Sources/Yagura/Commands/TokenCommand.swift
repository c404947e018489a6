import ArgumentParser
import Foundation
import Identity
import Nouns
import Text
import Time

/// Tokens for programs, from the machine itself: for scripts that set up the link with another system.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: Help.text("APIトークンを作る、一覧する、取り消す", "Make, list and revoke API tokens"),
    subcommands: [List.self, Create.self, Revoke.self]
  )

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract: Help.text("トークンを作る（1回だけ表示）", "Make a token; it is shown once")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("用途", "What it is for"))) var name: String

    @Option(help: ArgumentHelp(Help.text("だれとして働くか（ユーザー名）", "User name of the account it acts for")))
    var user: String

    @Option(
      help: ArgumentHelp(
        Help.text("できること（コンマ区切り）：", "What it may do, comma-separated: ")
          + Permission.allCases.map(\.rawValue).joined(separator: "|")
      )
    )
    var permissions: String

    @Option(help: ArgumentHelp(Help.text("有効な日数（365まで）", "Days until it expires, at most 365")))
    var days = 90

    @Option(
      help: ArgumentHelp(
        Help.text(
          "トークンを書く新しいファイル（所有者だけが読める）。指定しなければ画面に出す",
          "New file, readable by its owner only, for the token; without it the token is printed"
        )
      )
    )
    var tokenFile: String?

    func run() async throws {
      let target = try PasswordTarget(tokenFile)
      let text: String
      do {
        let house = try await House.open(place.folder)
        text = try await house.closing { house in
          let account = try await account(in: house)
          let scope = try await house.operatorScope(ManageSettings.self, facility: choice.facility)
          let names = permissions.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
          return try await house.problemsAsInput {
            let draft = try APITokenDraft(name: name, permissions: names, days: days)
            return try await house.identity.makeToken(draft, for: account, in: scope).text
          }
        }
      } catch {
        target.remove()
        throw error
      }
      try target.write(text)
    }

    private func account(in house: House) async throws -> Account {
      let scope = try await house.operatorScope(ManageUsers.self, facility: choice.facility)
      guard let account = try await house.identity.account(named: user, in: scope) else {
        throw CommandProblem.badInput(
          Localized(
            ja: "「\(user)」という利用者はいません。yagura user list で確かめてください。",
            en: "There is no user “\(user)”. See yagura user list."
          )
        )
      }
      return account
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: Help.text("トークンの一覧（中身は出ません）", "Print the tokens, never their text")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Flag(help: "JSON") var json = false

    struct Line: Encodable {
      let id, name, account, state, expiresAt, usedAt: String
      let permissions: [String]
    }

    func run() async throws {
      let house = try await House.open(place.folder)
      let (tokens, now) = try await house.closing { house in
        let scope = try await house.operatorScope(ManageSettings.self, facility: choice.facility)
        return (try await house.identity.tokens(in: scope), house.clock.now())
      }
      let lines = tokens.map { token in
        Line(
          id: token.id,
          name: token.name,
          account: token.accountName,
          state: token.state(at: now).rawValue,
          expiresAt: token.expiresAt.iso,
          usedAt: token.usedAt?.iso ?? "",
          permissions: token.permissions.map(\.rawValue)
        )
      }
      if json { return try Terminal.json(lines) }
      for line in lines {
        print(
          "\(line.id)\t\(line.name)\t\(line.account)\t\(line.state)\t\(line.expiresAt)\t\(line.permissions.joined(separator: ","))"
        )
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: Help.text("トークンを取り消す", "Revoke a token")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("トークンの番号（token list）", "The token's id, as token list prints it"))) var id:
      String

    func run() async throws {
      let house = try await House.open(place.folder)
      let worked = try await house.closing { house in
        let scope = try await house.operatorScope(ManageSettings.self, facility: choice.facility)
        return try await house.identity.revokeToken(id, in: scope)
      }
      switch worked {
      case true?: Terminal.say("トークンを取り消しました。", "The token is revoked.")
      case false?: Terminal.say("このトークンはすでに取り消されています。", "The token was revoked already.")
      case nil:
        throw CommandProblem.badInput(
          Localized(
            ja: "「\(id)」というトークンはありません。yagura token list で確かめてください。",
            en: "There is no token “\(id)”. See yagura token list."
          )
        )
      }
    }
  }
}
