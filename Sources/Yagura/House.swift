import Assessment
import Duties
import Foundation
import HTML
import Home
import Identity
import Jobs
import Journal
import Ledger
import Logging
import Nouns
import Organization
import Postgres
import Records
import SQL
import SQLite
import Sealing
import ServiceLifecycle
import Text
import Time
import Vulnerability
import Web

/// One opened installation: its database, keys and capabilities fitted together. Commands and the server both stand on it.
struct House: Sendable {
  let folder: DataFolder
  let settings: Settings
  let database: any Database
  /// The store of the feeds: a file of its own on SQLite, the same database on PostgreSQL.
  let feedDatabase: any Database
  let keys: KeyRing
  let clock: Clock
  let ids: IDMaker
  let logger: Logger
  let identity: Identity
  let records: Records
  let organization: Organization
  let ledger: Ledger
  let work: Duties
  /// Which self-checks are due.
  let schedule: AssessmentSchedule
  let installation: InstallationPart
  let vulnerability: Vulnerability
  let runner: JobRunner
  let sealer: Sealer
  let setUpCode: String?

  /// Opens the folder, brings its schema up to date and fits the capabilities together. `creating` makes what is missing;
  /// without it a folder that was never made is an error.
  static func open(
    _ folder: DataFolder,
    creating: Bool = false,
    clock: Clock = .system,
    ids: IDMaker? = nil,
    passwords: PasswordHash = PasswordHash()
  ) async throws -> House {
    if creating {
      try folder.make()
    } else if !folder.exists {
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
    let keys = try keyRing(settings, creating: creating)
    let database = try openDatabase(folder, settings, clock, creating: creating)
    let feedDatabase = try openFeeds(folder, settings, clock, beside: database)
    let ids = ids ?? IDMaker.uuid7(clock)
    do {
      try await migrate(database, feedDatabase)
    } catch {
      await database.close()
      if feedDatabase.engine == .sqlite { await feedDatabase.close() }
      throw storageProblem(error, folder)
    }
    return try await House(
      folder: folder,
      settings: settings,
      database: database,
      feedDatabase: feedDatabase,
      keys: keys,
      clock: clock,
      ids: ids,
      passwords: passwords
    )
  }

  private init(
    folder: DataFolder,
    settings: Settings,
    database: any Database,
    feedDatabase: any Database,
    keys: KeyRing,
    clock: Clock,
    ids: IDMaker,
    passwords: PasswordHash
  ) async throws {
    self.folder = folder
    self.settings = settings
    self.database = database
    self.feedDatabase = feedDatabase
    self.keys = keys
    self.clock = clock
    self.ids = ids
    var logger = Logger(label: "yagura") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
    self.logger = logger
    // One name for all processes of an installation: two that meet are kept apart by their transactions, and a command
    // that ends never makes the next one wait for its lease.
    sealer = Sealer(database: database, key: keys.signing, clock: clock, holder: "yagura")
    let records = Records(
      database: database,
      clock: clock,
      ids: ids,
      catalogue: Capabilities.catalogue,
      sealer: sealer
    )
    self.records = records
    let organization = Organization(records: records)
    self.organization = organization
    let ledger = Ledger(
      records: records.store,
      endOfSupport: Self.endOfSupport,
      workingDay: { HolidayCalendar.standard.nextWorkingDay(onOrAfter: $0) }
    )
    self.ledger = ledger
    var identitySettings = Identity.Settings()
    let bare = Identity(database: database, seal: keys.seal, clock: clock, ids: ids)
    let isNew = try await bare.facilities().isEmpty
    identitySettings.setUpCode = isNew ? Identity.makeSetUpCode() : nil
    setUpCode = identitySettings.setUpCode
    let identity = Identity(
      database: database,
      seal: keys.seal,
      settings: identitySettings,
      clock: clock,
      ids: ids,
      passwords: passwords,
      departments: { facility in
        try await organization.departments(facility).map { Identity.Department(id: $0.id, name: $0.title) }
      }
    )
    self.identity = identity
    let vulnerability = Vulnerability(
      database: database,
      feedDatabase: feedDatabase,
      clock: clock,
      ids: ids,
      needs: Capabilities.vulnerabilityNeeds(ledger, identity),
      fetcher: FeedFetcher(settings: settings.fetch, folder: folder.fetched),
      signing: keys.signing
    )
    self.vulnerability = vulnerability
    let installation = InstallationPart(folder: folder, database: database, clock: clock)
    self.installation = installation
    let schedule = Self.schedule(database, clock, ids, identity, ledger) { facility in
      try await ledger.facts(facility) + vulnerability.facts(facility) + installation.facts(facility)
    }
    self.schedule = schedule
    let needs = Capabilities.needs(identity, ledger, vulnerability)
    work = Self.duties(database, clock, ids, keys, settings, identity: identity) { facility in
      try await organization.duties(facility, needs) + ledger.duties(facility) + vulnerability.duties(facility)
        + installation.duties(facility) + schedule.duties(facility)
    } personal: { account, facility in
      try await organization.ownTrainings(account, facility, needs)
    } departments: { facility in
      try await organization.departments(facility).map { (id: $0.id, name: $0.title) }
    }
    runner = JobRunner(
      database: database,
      kinds: records.jobs + ledger.jobs + vulnerability.jobs + work.jobs,
      clock: clock,
      ids: ids,
      logger: logger
    )
  }

  /// Until when the maker of what a text names gives updates, by the shipped pack.
  @Sendable static func endOfSupport(_ text: String) -> (product: Localized, date: LocalDate)? {
    guard let product = EndOfSupport.match(text), let date = product.date else { return nil }
    return (product.name, date)
  }

  /// Beside the server.
  var sealing: SealingService { SealingService(sealer, logger: logger) }

  /// Does one thing and closes the house, also where it fails; errors of the store become words for the operator.
  func closing<T: Sendable>(_ body: (House) async throws -> T) async throws -> T {
    do {
      let answer = try await body(self)
      await close()
      return answer
    } catch {
      await close()
      throw Self.storageProblem(error, folder)
    }
  }

  /// Seals what is still open, so that a command leaves nothing unsealed, and lets go of the database.
  func close() async {
    do {
      try await sealer.seal()
    } catch {
      logger.warning("sealing at the end failed", metadata: ["error": "\(error)"])
    }
    await database.close()
    if feedDatabase.engine == .sqlite { await feedDatabase.close() }
  }

  private static func keyRing(_ settings: Settings, creating: Bool) throws(CommandProblem) -> KeyRing {
    let folder = KeyFolder(path: settings.keysFolder)
    do throws(KeyError) {
      if creating, !FileManager.default.fileExists(atPath: folder.path(of: .sealing)) { return try folder.create() }
      return try folder.load()
    } catch {
      throw .couldNotRun(error.message)
    }
  }

  static func openDatabase(
    _ folder: DataFolder,
    _ settings: Settings,
    _ clock: Clock,
    creating: Bool
  ) throws -> any Database {
    if let url = settings.databaseURL {
      for address in [url, settings.databaseOwnerURL].compactMap({ $0 }) {
        try DatabaseLine(address).check(isAccepted: settings.acceptsUnverifiedDatabase)
      }
      var configuration = PostgresConfiguration(address: url, ownerAddress: settings.databaseOwnerURL)
      configuration.connections = settings.databaseConnections
      return PostgresDatabase(configuration, clock: clock, program: Program.version)
    }
    if !creating, !FileManager.default.fileExists(atPath: folder.databaseFile) {
      throw CommandProblem.badInput(
        Localized(
          ja: "\(folder.path) にデータベースがありません。yagura init で作るか、--data を確かめてください。",
          en: "There is no database in \(folder.path). Make one with yagura init, or check --data."
        )
      )
    }
    do {
      return try SQLiteDatabase(path: folder.databaseFile, clock: clock, program: Program.version)
    } catch {
      throw storageProblem(error, folder)
    }
  }

  /// On PostgreSQL the feeds share the database; elsewhere they have a file, made where it is missing: nothing is lost
  /// with it that cannot be loaded again.
  static func openFeeds(
    _ folder: DataFolder,
    _ settings: Settings,
    _ clock: Clock,
    beside database: any Database
  ) throws -> any Database {
    settings.databaseURL == nil ? try openFeedsAlone(folder, settings, clock) : database
  }

  /// Without the main store, for commands that need nothing else.
  static func openFeedsAlone(_ folder: DataFolder, _ settings: Settings, _ clock: Clock) throws -> any Database {
    guard settings.databaseURL == nil else { return try openDatabase(folder, settings, clock, creating: true) }
    do {
      return try SQLiteDatabase(path: folder.feedsFile, clock: clock, program: Program.version)
    } catch {
      throw storageProblem(error, folder)
    }
  }

  private static func migrate(_ database: any Database, _ feeds: any Database) async throws {
    guard database.engine == .sqlite else {
      return try await database.migrate(Capabilities.migrations + Capabilities.feedMigrations)
    }
    try await database.migrate(Capabilities.migrations)
    try await feeds.migrate(Capabilities.feedMigrations)
  }

  static func storageProblem(_ error: any Error, _ folder: DataFolder) -> any Error {
    guard let error = error as? StorageError else { return error }
    switch error {
    case .newerSchema(let names):
      return CommandProblem.couldNotRun(
        Localized(
          ja: "このデータは新しい版の Yagura で使われています（\(names.joined(separator: "、"))）。新しい版で開いてください。",
          en: "A newer Yagura has used this data (\(names.joined(separator: ", "))). Open it with that version."
        )
      )
    case .full:
      return CommandProblem.couldNotRun(
        Localized(ja: "ディスクに空きがありません。空きを作ってから、もう一度実行してください。", en: "The disk is full. Make room and try again.")
      )
    case .readOnly:
      return CommandProblem.couldNotRun(
        Localized(
          ja: "\(folder.path) に書き込めません。権限を確かめてください。",
          en: "\(folder.path) cannot be written. Check the permissions."
        )
      )
    case .unavailable(let why), .uncertain(let why), .failed(let why):
      return CommandProblem.couldNotRun(
        Localized(ja: "データベースを使えません：\(why)", en: "The database cannot be used: \(why)")
      )
    default: return error
    }
  }
}

extension House {
  /// Makes the facility and its first administrator. Throws `CommandProblem.badInput` with every problem.
  func setUp(facility: String, administrator: String, name: String? = nil, password: String) async throws {
    do {
      try await identity.setUp(
        facility: try FacilityDraft(name: facility),
        administrator: try AccountDraft(userName: administrator, name: name ?? administrator),
        password: password
      )
    } catch let already as AlreadySetUp {
      throw CommandProblem.badInput(already.message)
    } catch let problems as Problems {
      throw CommandProblem.badInput(
        Localized(
          ja: problems.list.map(\.message.ja).joined(separator: "\n"),
          en: problems.list.map(\.message.en).joined(separator: "\n")
        )
      )
    }
  }

  /// The facility a command is about: the one with this id or exact name, or the only one there is.
  func facility(_ chosen: String?) async throws -> FacilityID {
    let all = try await identity.facilities()
    guard let first = all.first else {
      throw CommandProblem.badInput(
        Localized(
          ja: "まだ施設がありません。yagura init か、ブラウザの初期設定で作ってください。",
          en: "There is no facility yet. Make one with yagura init or the setup assistant."
        )
      )
    }
    let choices = all.map { "  \($0.id.rawValue)  \($0.name)" }.joined(separator: "\n")
    guard let chosen else {
      if all.count == 1 { return first.id }
      throw CommandProblem.badInput(
        Localized(
          ja: "施設が\(all.count.things)あります。--facility に番号か名前を指定してください。\n\(choices)",
          en: "There are \(all.count) facilities. Name one with --facility, by id or name.\n\(choices)"
        )
      )
    }
    let found = all.filter { $0.id.rawValue == chosen || $0.name == chosen }
    if found.count == 1, let one = found.first { return one.id }
    throw CommandProblem.badInput(
      found.isEmpty
        ? Localized(
          ja: "「\(chosen)」という施設はありません。次のどれかを指定してください。\n\(choices)",
          en: "There is no facility “\(chosen)”. Name one of these.\n\(choices)"
        )
        : Localized(
          ja: "「\(chosen)」という名前の施設が\(found.count.things)あります。番号で指定してください。\n\(choices)",
          en: "\(found.count) facilities are called “\(chosen)”. Name one by its id.\n\(choices)"
        )
    )
  }

  /// What the operator at the machine may do: everything, under a name that shows in the history as the console's.
  func operatorScope<P: Permit>(_ permit: P.Type, facility chosen: String? = nil) async throws -> Scope<P> {
    Scope<P>.operatorOf(try await facility(chosen), as: Self.operatorActor, request: ids.next())
  }

  /// Who runs a command: the account of the machine.
  static let operatorActor = Actor(id: "operator", name: "コマンド（\(NSUserName())）")

  func facts(_ facility: FacilityID) async throws -> [Fact] {
    var facts: [Fact] = []
    for part in Capabilities.parts(self) { facts += try await part.facts(facility) }
    facts += try await work.facts(facility)
    return facts + (try await assessment.assessed(facts, facility))
  }

  /// What is open and not put off, the most pressing first.
  func duties(_ facility: FacilityID) async throws -> [Duty] {
    try await work.list(DutyReader(account: "", grants: [], seesAll: true), facility)
  }

  /// The program behind sockets.
  func web(hosts: Set<String>?, behindProxy: Bool, timeLimit: Duration? = nil) -> WebApp {
    var settings = WebSettings(
      secret: WebSettings.secret(from: keys.sealing),
      hosts: hosts,
      behindProxy: behindProxy,
      version: Program.version
    )
    if let timeLimit { settings.timeLimit = timeLimit }
    settings.figures = figures
    settings.apiRequestsPerMinute = self.settings.apiRequestsPerMinute
    settings.isDemo = DemoSignIn.read(folder) != nil
    return WebApp(
      capabilities: Capabilities.all(self),
      sessions: sessions,
      settings: settings,
      clock: clock,
      ids: ids,
      logger: logger
    )
  }
}
