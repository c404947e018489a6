import ArgumentParser
import Foundation
import Identity
import Journal
import Nouns
import SQL
import SQLite
import Sealing
import Text
import Time
import Vulnerability

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: Help.text("動かしたまま、データと鍵の写しを作る", "Copy data and keys, also while it serves"),
    discussion: Help.text(
      "鍵は --passphrase-file を付けたときだけ、合言葉で閉じて入れます。鍵がないと、2段階認証の秘密を開けず、変更の記録に署名を続けられません。PostgreSQL のデータベースは pg_dump で写します（実行するコマンドを表示します）。",
      "Keys go in only under a passphrase (--passphrase-file). Without them sealed secrets cannot be opened and the journal cannot go on. A PostgreSQL database is saved with pg_dump; the exact command is printed."
    )
  )

  @OptionGroup var place: Place

  @Argument(help: ArgumentHelp(Help.text("写しを入れる空のフォルダ", "An empty or new folder for the copy"))) var target: String

  @Option(
    help: ArgumentHelp(
      Help.text(
        "鍵を閉じる合言葉を1行目に書いたファイル（12文字以上）",
        "File whose first line is the passphrase for the keys, 12 characters or more"
      )
    )
  )
  var passphraseFile: String?

  @Flag(
    help: ArgumentHelp(
      Help.text(
        "データベースも合言葉で暗号化する（持ち出すディスクや媒体に置くとき）",
        "Encrypt the database under the passphrase, too, for disks and media that leave the room"
      )
    )
  )
  var encrypt = false

  @Flag(
    help: ArgumentHelp(
      Help.text("一時フォルダに戻して確かめる手順を省く", "Do not prove the copy by bringing it back into a temporary folder")
    )
  )
  var skipVerification = false

  @Flag(
    help: ArgumentHelp(
      Help.text(
        "脆弱性データ（feeds.sqlite）も入れる。大きく、媒体からいつでも取り込み直せるので、ふだんは入れません",
        "Also the feeds (feeds.sqlite). Usually left out: they are large and can be loaded again from the medium"
      )
    )
  )
  var withFeeds = false

  @Flag(
    help: ArgumentHelp(
      Help.text(
        "新しく作らず、このフォルダの写しを別の場所に戻して確かめたと記録する（PostgreSQL など）",
        "Make nothing, but note that the backup in this folder was restored elsewhere and found whole (PostgreSQL)"
      )
    )
  )
  var markProved = false

  func run() async throws {
    if markProved { return try await noteProved() }
    let passphrase = try passphraseFile.map { path throws(CommandProblem) in try Passphrase.read(path) }
    if let passphrase, passphrase.count < SealedKeys.shortestPassphrase {
      throw CommandProblem.badInput(
        Localized(
          ja: "合言葉は\(SealedKeys.shortestPassphrase)文字以上にしてください。",
          en: "Use a passphrase of at least \(SealedKeys.shortestPassphrase) characters."
        )
      )
    }
    if encrypt, passphrase == nil {
      throw CommandProblem.badInput(
        Localized(ja: "--encrypt には --passphrase-file が要ります。", en: "--encrypt needs --passphrase-file.")
      )
    }
    let house = try await House.open(place.folder)
    try await house.closing { house in
      // What is sealed may be closed with the one that waits, and only one goes into the backup.
      guard house.keys.next == nil else {
        throw CommandProblem.couldNotRun(
          Localized(
            ja: "封じる鍵の取り替えが途中です。serve を止めて yagura keys rotate を終えてから、バックアップを作ってください。",
            en:
              "A change of the sealing key was begun and not ended. Stop serve, end it with yagura keys rotate, then make the backup."
          )
        )
      }
      try PrivateFiles.makeEmpty(target)
      do {
        try await fill(house, passphrase)
      } catch {
        // Half a backup must not be taken for a whole one.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? [] {
          try? FileManager.default.removeItem(atPath: "\(target)/\(name)")  // as said above
        }
        throw error
      }
    }
    Terminal.say("バックアップを作りました：\(target)", "The backup is made: \(target)")
    if passphrase == nil {
      Terminal.say(
        "鍵は入っていません。\(house.settings.keysFolder) を別の場所に控えるか、--passphrase-file を付けて作り直してください。",
        "It holds no keys. Keep a copy of \(house.settings.keysFolder) elsewhere, or make it again with --passphrase-file."
      )
    }
  }

  private func fill(_ house: House, _ passphrase: String?) async throws {
    do {
      // What was written until now leaves with its seal.
      try await house.sealer.seal()
    } catch let broken as SealingBroken {
      // A copy is wanted then more than ever.
      Terminal.complain(broken.message[Help.language])
    }
    var names: [String] = []
    if let sqlite = house.database as? SQLiteDatabase {
      try await sqlite.backup(to: "\(target)/\(BackupManifest.databaseName)")
      names.append(BackupManifest.databaseName)
    } else {
      Self.sayHowToDump(house.settings, target)
    }
    let settings = "\(house.folder.path)/yagura.yaml"
    if FileManager.default.fileExists(atPath: settings) {
      try PrivateFiles.copy(settings, to: "\(target)/\(BackupManifest.settingsName)")
      names.append(BackupManifest.settingsName)
    }
    if withFeeds, let feeds = house.feedDatabase as? SQLiteDatabase {
      try await feeds.backup(to: "\(target)/\(BackupManifest.feedsName)")
      names.append(BackupManifest.feedsName)
    }
    let keys = KeyFolder(path: house.settings.keysFolder)
    try PrivateFiles.copy(keys.path(of: .signingPublic), to: "\(target)/\(BackupManifest.publicKeyName)")
    names.append(BackupManifest.publicKeyName)
    if let passphrase {
      let sealed = try SealedKeys(house.keys, passphrase: passphrase)
      try PrivateFiles.write(try JSONEncoder().encode(sealed), to: "\(target)/\(BackupManifest.keysName)")
      names.append(BackupManifest.keysName)
    }
    try await finish(house, names, passphrase)
  }

  /// Brings the copy back as `restore` would and looks at it: only that proves a backup.
  private func prove(_ house: House, _ passphrase: String?, _ anchors: [String]) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "yagura-proof-\(house.ids.next())").path
    try PrivateFiles.makeEmpty(folder)
    defer {
      // Nothing but a copy of a copy.
      try? FileManager.default.removeItem(atPath: folder)
    }
    let copy = "\(folder)/\(BackupManifest.databaseName)"
    let sealed = "\(target)/\(BackupManifest.sealedDatabaseName)"
    if encrypt, let passphrase {
      try SealedFile.open(sealed, to: copy, passphrase: passphrase)
    } else {
      try PrivateFiles.copy("\(target)/\(BackupManifest.databaseName)", to: copy)
    }
    let database = try SQLiteDatabase(path: copy)
    let faults = try await database.integrityCheck() + Self.faultsOfFeeds(target, in: folder)
    let report = try await Sealer.verify(
      database,
      publicKeys: [house.keys.signing.publicKey],
      anchors: anchors.compactMap(JournalAnchor.init(reading:))
    )
    let files = StoredFileCheck.told(try await StoredFileCheck.look(database).faults)
    await database.close()
    if let files {
      throw CommandProblem.needsAction(
        Localized(
          ja: "写しを戻して確かめたところ、付けたファイルに食い違いがありました。\(files.ja)前のバックアップから戻せるか確かめてください。",
          en:
            "The copy was brought back, and attached files are not whole. \(files.en) See whether an older backup holds them."
        )
      )
    }
    guard faults.isEmpty, report.isOK else {
      throw CommandProblem.needsAction(
        Localized(
          ja: "写しを戻して確かめたところ、食い違いがありました。別の場所に作り直してください。\(faults.prefix(3).joined(separator: " "))",
          en:
            "The copy was brought back and is not whole. Make it again elsewhere. \(faults.prefix(3).joined(separator: " "))"
        )
      )
    }
  }

  /// Looks at a copy: opening the backup's own file would leave a log beside it.
  private static func faultsOfFeeds(_ target: String, in folder: String) async throws -> [String] {
    let file = "\(target)/\(BackupManifest.feedsName)"
    guard FileManager.default.fileExists(atPath: file) else { return [] }
    let copy = "\(folder)/\(BackupManifest.feedsName)"
    try PrivateFiles.copy(file, to: copy)
    let feeds = try SQLiteDatabase(path: copy)
    let faults = try await feeds.integrityCheck()
    await feeds.close()
    return faults
  }

  private func finish(_ house: House, _ copied: [String], _ passphrase: String?) async throws {
    var names = copied
    var anchors: [String] = []
    for facility in try await house.identity.facilities() {
      // Taken after the copy: none may be newer than what was copied.
      if house.database is SQLiteDatabase { break }
      if let anchor = try await JournalReader(database: house.database).anchor(facility: facility.id.rawValue) {
        anchors.append(anchor.text)
      }
    }
    if names.contains(BackupManifest.databaseName) {
      anchors = try await Self.anchors(of: "\(target)/\(BackupManifest.databaseName)")
      if encrypt, let passphrase {
        let plain = "\(target)/\(BackupManifest.databaseName)"
        try SealedFile.close(plain, to: "\(target)/\(BackupManifest.sealedDatabaseName)", passphrase: passphrase)
        try FileManager.default.removeItem(atPath: plain)
        names = names.map { $0 == BackupManifest.databaseName ? BackupManifest.sealedDatabaseName : $0 }
      }
    }
    let isProvable = house.database is SQLiteDatabase && !skipVerification
    if isProvable { try await prove(house, passphrase, anchors) }
    let key = house.keys.signing.publicKey.fingerprint
    let manifest = BackupManifest(
      format: "yagura-backup-1",
      program: Program.version,
      madeAt: house.clock.now().iso,
      engine: house.database.engine.rawValue,
      signingKey: key,
      files: try names.map { name in
        let path = "\(target)/\(name)"
        guard let hash = BackupManifest.hash(path) else { throw PrivateFiles.unwritable(path) }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        return BackupManifest.File(name: name, bytes: size, sha256: hash)
      },
      anchors: anchors,
      feeds: try await house.vulnerability.feeds.parts().map { part in
        BackupManifest.Feed(
          feed: part.kindName,
          part: part.part,
          made: part.made?.iso,
          loaded: part.loaded.iso,
          records: part.records
        )
      }
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try PrivateFiles.write(try encoder.encode(manifest), to: "\(target)/\(BackupManifest.fileName)")
    let before = BackupNote.read(house.folder)
    let saved = passphrase != nil ? key : before?.keysOf ?? ""
    try BackupNote(
      madeAt: manifest.madeAt,
      folder: target,
      keysOf: saved,
      verifiedAt: isProvable ? house.clock.now().iso : nil,
      provedMadeAt: isProvable ? manifest.madeAt : before?.provedInstant?.iso
    ).write(house.folder)
  }

  /// What a person did elsewhere — restored the backup, ran `yagura verify` — is written down beside the data, once the
  /// files are as they were written.
  private func noteProved() async throws {
    let folder = place.folder
    guard folder.exists else {
      throw CommandProblem.badInput(
        Localized(ja: "\(folder.path) がありません。--data を確かめてください。", en: "\(folder.path) does not exist. Check --data.")
      )
    }
    let manifest = try BackupManifest.read(target)
    try manifest.check(target)
    let settings = try await Settings.read(folder)
    let keys: KeyRing
    do throws(KeyError) {
      keys = try KeyFolder(path: settings.keysFolder).load()
    } catch {
      throw CommandProblem.couldNotRun(error.message)
    }
    guard keys.signing.publicKey.fingerprint == manifest.signingKey else {
      throw CommandProblem.badInput(
        Localized(
          ja: "\(target) は、\(folder.path) のバックアップではありません（鍵が違います）。",
          en: "\(target) is no backup of \(folder.path): the keys are others."
        )
      )
    }
    if manifest.engine != "sqlite" { try Self.checkDump(target) }
    guard let note = BackupNote.read(folder)?.proved(manifest, target, at: Clock.system.now()) else {
      throw CommandProblem.badInput(
        Localized(
          ja: "このフォルダより新しい、確かめたバックアップがあります。何も変えていません。",
          en: "A newer backup was proved already. Nothing was changed."
        )
      )
    }
    try note.write(folder)
    Terminal.say("\(target) を、確かめたバックアップとして記録しました。", "\(target) is noted as a proved backup.")
  }

  /// Keys and settings alone are no backup of a PostgreSQL database.
  private static func checkDump(_ target: String) throws(CommandProblem) {
    let file = "\(target)/\(BackupManifest.dumpName)"
    let head = FileHandle(forReadingAtPath: file).flatMap { handle in
      defer {
        // Read only; closing it can lose nothing.
        try? handle.close()
      }
      return try? handle.read(upToCount: 5)  // no answer is a file that cannot be read
    }
    guard head == Data("PGDMP".utf8) else {
      throw .badInput(
        Localized(
          ja: "\(file) がないか、pg_dump が書いたものではありません。バックアップのときに表示したコマンドで作ってください。",
          en: "\(file) is missing or was not written by pg_dump. Make it with the command that backup printed."
        )
      )
    }
  }

  /// The last seal of each journal in the copy itself.
  private static func anchors(of path: String) async throws -> [String] {
    let copy = try SQLiteDatabase(path: path)
    let reader = JournalReader(database: copy)
    var anchors: [String] = []
    let facilities = try await copy.read(.everyFacility) { tx in
      try tx.rows("SELECT id FROM facility ORDER BY id").map { try $0.text("id") }
    }
    for facility in facilities {
      if let anchor = try await reader.anchor(facility: facility) { anchors.append(anchor.text) }
    }
    await copy.close()
    // Looking at it leaves a log and an index of it, both empty by now.
    for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    return anchors
  }

  private static func sayHowToDump(_ settings: Settings, _ target: String) {
    guard let tools = PostgresTools(settings) else {
      return Terminal.say(
        "データベースは PostgreSQL です。続けて pg_dump --format=custom で \(target)/yagura.dump に写してください（行の保護を越えて読めるよう、postgres として実行します）。",
        "The database is PostgreSQL. Save it now with pg_dump --format=custom into \(target)/yagura.dump, as postgres so that row protection hides nothing."
      )
    }
    let command = tools.dump(into: target)
    Terminal.say(
      "データベースは PostgreSQL です。続けて次のコマンドで写してください（行の保護を越えて読めるよう、postgres として実行します）。\n  \(command)",
      "The database is PostgreSQL. Save it now with this command, as postgres so that row protection hides nothing:\n  \(command)"
    )
  }
}
