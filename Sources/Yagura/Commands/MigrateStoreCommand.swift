import ArgumentParser
import Foundation
import Identity
import Journal
import Nouns
import Postgres
import SQL
import SQLite
import Sealing
import Text

struct MigrateStoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate-store",
    abstract: Help.text("SQLite の中身を PostgreSQL に移す", "Move what SQLite holds to PostgreSQL"),
    discussion: Help.text(
      "yagura serve を止めてから実行します。空のデータベースだけを相手にし、表ごとに件数と中身の合計を両側で比べ、変更の記録の鎖を検証します。途中で止まったら、同じコマンドで続きから再開します。元の SQLite は変わりません。",
      "Stop yagura serve first. The target must be empty. Counts and sums of every table are compared on both sides and the journal's chain is verified. If it stops half-way, the same command goes on from there. The SQLite file is not changed."
    )
  )

  @OptionGroup var place: Place

  @Option(help: ArgumentHelp(Help.text("移す先（postgresql://…）", "Where to, postgresql://…"))) var to: String

  @Option(
    help: ArgumentHelp(
      Help.text("表を作る役割の接続先（別にある場合）", "Address of the role that owns the tables, where it is another")
    )
  )
  var owner: String?

  @Option(
    help: ArgumentHelp(
      Help.text("移す施設（番号か名前）。何度でも。指定しなければすべて", "Facility to move, by id or name; may be repeated; all without it")
    )
  )
  var facility: [String] = []

  func run() async throws {
    let folder = place.folder
    guard FileManager.default.fileExists(atPath: folder.databaseFile) else {
      throw CommandProblem.badInput(
        Localized(
          ja: "\(folder.path) に SQLite のデータベースがありません。--data を確かめてください。",
          en: "There is no SQLite database in \(folder.path). Check --data."
        )
      )
    }
    let lock = try folder.lockForServing(note: "migrate-store, pid \(ProcessInfo.processInfo.processIdentifier)")
    defer { withExtendedLifetime(lock) {} }
    // The sealer's work is done when the house closes, so that nothing unsealed is carried over.
    let house = try await House.open(folder)
    guard house.database is SQLiteDatabase else {
      await house.close()
      throw CommandProblem.badInput(
        Localized(
          ja: "\(folder.path)/yagura.yaml はすでに PostgreSQL を指しています。移し終えている場合は、何もする必要はありません。",
          en: "\(folder.path)/yagura.yaml names PostgreSQL already. Where it was moved before, there is nothing to do."
        )
      )
    }
    try await house.closing { house in
      try await house.sealer.seal()
      try await move(house)
    }
  }

  private func move(_ house: House) async throws {
    var chosen: [String] = []
    for name in facility { chosen.append(try await house.facility(name).rawValue) }
    for address in [to, owner].compactMap({ $0 }) {
      try DatabaseLine(address).check(isAccepted: house.settings.acceptsUnverifiedDatabase)
    }
    var configuration = PostgresConfiguration(address: to, ownerAddress: owner)
    configuration.connections = 2
    let target = PostgresDatabase(configuration, clock: house.clock, program: Program.version)
    do {
      try await target.migrate(Capabilities.migrations)
      let migration = StoreMigration(
        source: house.database,
        target: target,
        facilities: chosen.isEmpty ? nil : chosen.sorted(),
        noteFile: "\(house.folder.path)/migrate-store.json",
        targetName: Self.name(of: to)
      )
      let results = try await migration.run { table, count in
        if count > 0 { Terminal.say("  \(table)：\(count)件", "  \(table): \(count)") }
      }
      try await check(results, target, house, chosen)
      await target.close()
    } catch StoreMigration.Refusal.targetHasData(let tables) {
      await target.close()
      throw CommandProblem.badInput(
        Localized(
          ja: "移す先にデータがあるため、何もしませんでした（\(tables.prefix(5).joined(separator: "、"))）。空のデータベースを指定してください。",
          en:
            "The target holds data, so nothing was done (\(tables.prefix(5).joined(separator: ", "))). Name an empty database."
        )
      )
    } catch {
      await target.close()
      throw error is CommandProblem ? error : House.storageProblem(error, house.folder)
    }
  }

  private func check(
    _ results: [StoreMigration.Result],
    _ target: PostgresDatabase,
    _ house: House,
    _ chosen: [String]
  ) async throws {
    let different = results.filter { !$0.isEqual }.map(\.table)
    guard different.isEmpty else {
      throw CommandProblem.needsAction(
        Localized(
          ja: "次の表の中身が両側で違います：\(different.joined(separator: "、"))。移した先は使わず、もう一度実行してください。",
          en: "These tables differ: \(different.joined(separator: ", ")). Do not use the target; run it again."
        )
      )
    }
    for id in chosen.isEmpty ? try await house.identity.facilities().map(\.id.rawValue) : chosen {
      let report = try await Sealer.verify(target, publicKeys: [house.keys.signing.publicKey], facility: id)
      guard report.isOK else {
        throw CommandProblem.needsAction(
          Localized(
            ja: "移した先で、施設 \(id) の変更の記録の鎖が検証できません。移した先は使わないでください。",
            en: "The journal of facility \(id) does not verify on the target. Do not use it."
          )
        )
      }
    }
    let rows = results.reduce(0) { $0 + $1.count }
    Terminal.say(
      "\(results.count)個の表、\(rows)件を移し、両側の件数と中身が同じこと、変更の記録の鎖が続いていることを確かめました。",
      "\(results.count) tables with \(rows) rows are moved; counts, contents and the journal's chain are the same on both sides."
    )
    Terminal.say(
      "使い始めるには、\(house.folder.path)/yagura.yaml に database: url: を書いて yagura serve を起動します。元のファイル yagura.sqlite は、確かめ終わるまで残してください。",
      "To use it, write database: url: into \(house.folder.path)/yagura.yaml and start yagura serve. Keep yagura.sqlite until you are sure."
    )
  }

  /// Host and database without user and password.
  static func name(of address: String) -> String {
    guard let at = address.lastIndex(of: "@") else { return address }
    return String(address[address.index(after: at)...])
  }
}
