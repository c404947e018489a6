import ArgumentParser
import Foundation
import Identity
import Nouns
import Text
import Time

/// Accounts from the machine itself, for when nobody who manages users can sign in any more. Everything is journalled as
/// done on the console.
struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: Help.text("利用者を一覧する、加える、入れるようにする", "List and add users, and let them in again"),
    subcommands: [List.self, Add.self, Password.self, Unlock.self, EndSessions.self, Vendors.self]
  )

  /// Which installation, which facility.
  struct Where: ParsableArguments {
    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice

    func scope(in house: House) async throws -> Scope<ManageUsers> {
      try await house.operatorScope(ManageUsers.self, facility: choice.facility)
    }

    /// Opens the house, finds the user and does one thing with the account.
    func with<T: Sendable>(
      _ userName: String,
      _ body: (House, Account, Scope<ManageUsers>) async throws -> T
    ) async throws -> T {
      let house = try await House.open(place.folder)
      return try await house.closing { house in
        let scope = try await scope(in: house)
        guard let account = try await house.identity.account(named: userName, in: scope) else {
          throw CommandProblem.badInput(
            Localized(
              ja: "「\(userName)」という利用者はいません。yagura user list で確かめてください。",
              en: "There is no user “\(userName)”. See yagura user list."
            )
          )
        }
        return try await house.problemsAsInput { try await body(house, account, scope) }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: Help.text("利用者の一覧", "Print the users")
    )

    @OptionGroup var here: Where
    @Flag(help: "JSON") var json = false

    struct Line: Encodable {
      let userName, name, state: String
      let roles: [String]
      let secondFactor: Bool
      let signedInAt: String
    }

    func run() async throws {
      let house = try await House.open(here.place.folder)
      let (accounts, now) = try await house.closing { house in
        (try await house.identity.accounts(in: here.scope(in: house)), house.clock.now())
      }
      let lines = accounts.map { account in
        Line(
          userName: account.userName,
          name: account.name,
          state: account.lockedAt != nil
            ? "locked" : account.oneTimeUntil.map { $0 <= now ? "expired" : "one-time" } ?? "active",
          roles: account.grants.map { $0.grant.role.rawValue + ($0.grant.department.map { "@\($0)" } ?? "") },
          secondFactor: account.hasSecondFactor,
          signedInAt: account.signedInAt?.iso ?? ""
        )
      }
      if json { return try Terminal.json(lines) }
      for line in lines {
        print("\(line.userName)\t\(line.name)\t\(line.state)\t\(line.roles.joined(separator: ","))\t\(line.signedInAt)")
      }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: Help.text("利用者を仮パスワードで加える", "Add a user with a one-time password")
    )

    @OptionGroup var here: Where

    @Argument(help: ArgumentHelp(Help.text("ユーザー名", "User name"))) var user: String

    @Option(help: ArgumentHelp(Help.text("氏名", "Name"))) var name: String

    @Option(help: ArgumentHelp(Help.text("役割：", "Role: ") + Role.allCases.map(\.rawValue).joined(separator: "|")))
    var role: String

    @OptionGroup var issued: Issued

    func run() async throws {
      guard let role = Role(rawValue: role) else {
        throw CommandProblem.badInput(
          Localized(ja: "「\(role)」という役割はありません。", en: "There is no role “\(role)”.")
        )
      }
      let target = try issued.target()
      let password: String
      do {
        let house = try await House.open(here.place.folder)
        password = try await house.closing { house in
          try await house.problemsAsInput {
            try await house.identity.addUser(
              try AccountDraft(userName: user, name: name),
              grants: [Grant(role: role)],
              in: here.scope(in: house)
            ).password
          }
        }
      } catch {
        target.remove()
        throw error
      }
      try target.write(password)
    }
  }

  /// Where a password that was made goes: into a new file for its owner only.
  struct Issued: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        Help.text(
          "仮パスワードを書く新しいファイル（所有者だけが読める）。指定しなければ画面に出す",
          "New file, readable by its owner only, for the one-time password; without it the password is printed"
        )
      )
    )
    var passwordFile: String?

    /// Makes the file first, so that no password is issued that nobody gets to see.
    func target() throws(CommandProblem) -> PasswordTarget { try PasswordTarget(passwordFile) }
  }

  struct Password: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "password",
      abstract: Help.text(
        "仮パスワードを発行する（7日以内に1回だけ使え、待ち時間も解かれる）",
        "Issue a one-time password, valid once within seven days; also ends a lock-out"
      )
    )

    @OptionGroup var here: Where
    @Argument(help: ArgumentHelp(Help.text("ユーザー名", "User name"))) var user: String
    @OptionGroup var issued: Issued

    @Flag(
      help: ArgumentHelp(Help.text("2段階認証も解除する（スマートフォンをなくしたとき）", "Also turn off two-step sign-in, for a lost phone"))
    )
    var resetSecondFactor = false

    func run() async throws {
      let target = try issued.target()
      let password: String
      do {
        password = try await here.with(user) { house, account, scope in
          if resetSecondFactor { try await house.identity.resetFactor(of: account.id, in: scope) }
          return try await house.identity.issuePassword(for: account.id, in: scope)
        }
      } catch {
        target.remove()
        throw error
      }
      try target.write(password)
      Terminal.say(
        "「\(user)」の仮パスワードを発行しました。サインインすると、新しいパスワードを決めます。",
        "A one-time password for “\(user)” is issued. A new one is chosen at sign-in."
      )
    }
  }

  struct Unlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unlock",
      abstract: Help.text("停止と待ち時間を解く", "Unlock an account and end its lock-out")
    )

    @OptionGroup var here: Where
    @Argument(help: ArgumentHelp(Help.text("ユーザー名", "User name"))) var user: String

    func run() async throws {
      try await here.with(user) { house, account, scope in
        try await house.identity.letIn(account.id, in: scope)
      }
      Terminal.say("「\(user)」はサインインできます。", "“\(user)” may sign in.")
    }
  }

  struct EndSessions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end-sessions",
      abstract: Help.text("すべての端末からサインアウトさせる", "Sign a user out everywhere")
    )

    @OptionGroup var here: Where
    @Argument(help: ArgumentHelp(Help.text("ユーザー名", "User name"))) var user: String

    func run() async throws {
      let count = try await here.with(user) { house, account, scope in
        try await house.identity.endSessions(of: account.id, in: scope)
      }
      Terminal.say("\(count)台の端末からサインアウトさせました。", "Signed out on \(count) devices.")
    }
  }
}

/// A file made for one password, or the terminal.
struct PasswordTarget: Sendable {
  private let path: String?

  init(_ path: String?) throws(CommandProblem) {
    self.path = path
    guard let path else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .badInput(
        Localized(
          ja: "\(path) を新しく作れません。まだないファイルを、書き込める場所に指定してください。",
          en: "\(path) cannot be made. Name a file that does not exist yet, in a writable place."
        )
      )
    }
    close(descriptor)
  }

  func write(_ password: String) throws(CommandProblem) {
    guard let path else { return print(password) }
    guard let file = FileHandle(forWritingAtPath: path) else { throw Self.unwritable(path, password) }
    do {
      try file.write(contentsOf: Data((password + "\n").utf8))
      try file.close()
    } catch {
      throw Self.unwritable(path, password)
    }
  }

  /// Where nothing was issued.
  func remove() {
    guard let path else { return }
    // An empty file that stays does no harm.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The password is valid by now, so it must not be lost.
  private static func unwritable(_ path: String, _ password: String) -> CommandProblem {
    .needsAction(
      Localized(
        ja: "\(path) に書けませんでした。仮パスワードは \(password) です。",
        en: "\(path) could not be written. The one-time password is \(password)"
      )
    )
  }
}
