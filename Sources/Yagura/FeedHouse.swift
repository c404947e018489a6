import Foundation
import Logging
import SQL
import Text
import Time
import Vulnerability

/// The store of feeds alone, without keys, ledger and capabilities: what commands need that speak of no facility. Feeds are
/// the installation's, so that a folder in which nobody was set up yet will do.
struct FeedHouse: Sendable {
  let folder: DataFolder
  let settings: Settings
  let database: any Database
  let feeds: FeedStore
  let advisories: AdvisoryStore

  static func open(_ folder: DataFolder, clock: Clock = .system) async throws -> FeedHouse {
    guard folder.exists else {
      throw CommandProblem.badInput(
        Localized(
          ja: "\(folder.path) がありません。yagura init で作るか、--data を確かめてください。",
          en: "\(folder.path) does not exist. Make it with yagura init, or check --data."
        )
      )
    }
    let settings: Settings
    do {
      settings = try await Settings.read(folder)
    } catch {
      throw CommandProblem.badInput(
        Localized(
          ja: "\(folder.path)/yagura.yaml を読めません：\(error)",
          en: "\(folder.path)/yagura.yaml cannot be read: \(error)"
        )
      )
    }
    let database = try House.openFeedsAlone(folder, settings, clock)
    do {
      try await database.migrate(
        database.engine == .sqlite ? Capabilities.feedMigrations : Capabilities.migrations + Capabilities.feedMigrations
      )
    } catch {
      await database.close()
      throw House.storageProblem(error, folder)
    }
    return FeedHouse(
      folder: folder,
      settings: settings,
      database: database,
      feeds: FeedStore(database: database, clock: clock, ids: IDMaker.uuid7(clock)),
      advisories: AdvisoryStore(database: database)
    )
  }

  /// Does one thing and lets go of the store, also where it fails; refusals become words for the operator.
  func closing<T: Sendable>(_ body: (FeedHouse) async throws -> T) async throws -> T {
    do {
      let answer = try await body(self)
      await database.close()
      return answer
    } catch {
      await database.close()
      if let refusal = error as? FeedRefusal { throw CommandProblem.badInput(refusal.message) }
      throw House.storageProblem(error, folder)
    }
  }
}

extension House {
  /// When feeds are stale: for the strictest facility, and by the pack in a folder in which nobody was set up.
  static func feedStaleness(in folder: DataFolder) async throws -> FeedStaleness {
    let settings = try await Settings.read(folder)
    guard settings.databaseURL != nil || FileManager.default.fileExists(atPath: folder.databaseFile) else {
      return .standard
    }
    return try await House.open(folder).closing { try await $0.vulnerability.strictestStaleness() }
  }

  /// Orders a comparison for every facility after the feeds changed; the server carries it out. A folder in which nobody was
  /// set up has none.
  static func orderComparisons(in folder: DataFolder) async throws {
    let settings = try await Settings.read(folder)
    guard settings.databaseURL != nil || FileManager.default.fileExists(atPath: folder.databaseFile) else { return }
    let house = try await House.open(folder)
    _ = try await house.closing { try await $0.vulnerability.orderComparisons() }
  }
}
