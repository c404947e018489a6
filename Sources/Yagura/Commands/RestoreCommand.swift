import ArgumentParser
import Foundation
import Journal
import SQLite
import Sealing
import Text

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: Help.text("バックアップから、新しいフォルダに戻す", "Bring a backup back into a new folder"),
    discussion: Help.text(
      "空でないフォルダには戻しません。戻したあとでデータベースと変更の記録を検査します。",
      "A folder that holds anything is refused. Database and journal are checked afterwards."
    )
  )

  @OptionGroup var place: Place

  @Argument(help: ArgumentHelp(Help.text("バックアップのフォルダ", "The folder of the backup"))) var backup: String

  @Option(help: ArgumentHelp(Help.text("鍵を閉じた合言葉を1行目に書いたファイル", "File whose first line is the passphrase of the keys")))
  var passphraseFile: String?

  @Option(help: ArgumentHelp(Help.text("別に控えてある鍵のフォルダ", "A folder with the keys, kept elsewhere")))
  var keys: String?

  func run() async throws {
    let manifest = try BackupManifest.read(backup)
    try manifest.check(backup)
    let ring = try keyRing(manifest)
    guard ring.signing.publicKey.fingerprint == manifest.signingKey else {
      throw CommandProblem.badInput(
        Localized(ja: "その鍵は、このバックアップのものではありません。", en: "Those keys do not belong to this backup.")
      )
    }
    let folder = place.folder
    try PrivateFiles.makeEmpty(folder.path)
    let wanted = [BackupManifest.databaseName, BackupManifest.settingsName, BackupManifest.feedsName]
    for file in manifest.files where wanted.contains(file.name) {
      try PrivateFiles.copy("\(backup)/\(file.name)", to: "\(folder.path)/\(file.name)")
    }
    try openDatabase(manifest, folder)
    let settings = try await Settings.read(folder)
    do {
      try KeyFolder(path: settings.keysFolder).store(ring)
    } catch KeyError.exists {
      // The settings name a folder outside, and the keys are there already.
    } catch {
      throw CommandProblem.couldNotRun(error.message)
    }
    guard manifest.engine == "sqlite" else {
      return sayHowToRestore(settings)
    }
    try await check(folder, manifest)
    sayWhatToLoad(manifest)
  }

  /// Where the feeds stayed behind, findings wait for them: until then nothing counts as mended.
  private func sayWhatToLoad(_ manifest: BackupManifest) {
    guard let feeds = manifest.feeds, !feeds.isEmpty,
      !manifest.files.contains(where: { $0.name == BackupManifest.feedsName })
    else { return }
    let names = feeds.map { feed in
      "  \(feed.feed)\(feed.part.isEmpty ? "" : " \(feed.part)")（\(feed.made ?? feed.loaded)）"
    }.joined(separator: "\n")
    Terminal.say(
      "脆弱性データはバックアップに入っていません。媒体から yagura vuln import でまとめて取り込み直してください。取り込むまで、見つかっている脆弱性はそのまま残ります。写しを作ったときにあったもの：\n\(names)",
      "The feeds are not in the backup. Load them again from the medium, all at once, with yagura vuln import; until then what was found stays. Loaded when the backup was made:\n\(names)"
    )
  }

  /// Where the database lies under the passphrase.
  private func openDatabase(_ manifest: BackupManifest, _ folder: DataFolder) throws {
    guard manifest.files.contains(where: { $0.name == BackupManifest.sealedDatabaseName }) else { return }
    guard let passphraseFile else {
      throw CommandProblem.badInput(
        Localized(
          ja: "暗号化されたバックアップです。合言葉を --passphrase-file で指定してください。",
          en: "The backup is encrypted. Give its passphrase with --passphrase-file."
        )
      )
    }
    do {
      try SealedFile.open(
        "\(backup)/\(BackupManifest.sealedDatabaseName)",
        to: folder.databaseFile,
        passphrase: try Passphrase.read(passphraseFile)
      )
    } catch {
      throw CommandProblem.badInput(
        Localized(ja: "合言葉が違うか、バックアップが壊れています。", en: "The passphrase is wrong, or the backup is damaged.")
      )
    }
  }

  private func sayHowToRestore(_ settings: Settings) {
    guard let tools = PostgresTools(settings) else {
      return Terminal.say(
        "鍵と設定を戻しました。データベースは pg_restore --clean --if-exists で \(backup)/yagura.dump から戻し、yagura verify で確かめてください。",
        "Keys and settings are back. Bring the database back from \(backup)/yagura.dump with pg_restore --clean --if-exists, then check with yagura verify."
      )
    }
    let preparation = tools.preparation.map { "  " + $0 }.joined(separator: "\n")
    let command = tools.restore(from: backup)
    Terminal.say(
      """
      鍵と設定を戻しました。データベースは、次のコマンドで戻してから yagura verify で確かめてください。
        \(command)
      新しいサーバーに戻すときは、その前に、接続する役割と空のデータベースを作ります（もうあるものは飛ばします）。
      \(preparation)
      """,
      """
      Keys and settings are back. Bring the database back with this command, then check with yagura verify:
        \(command)
      On a new server, make the roles and an empty database first (pass over what is there already):
      \(preparation)
      """
    )
  }

  private func keyRing(_ manifest: BackupManifest) throws -> KeyRing {
    if let keys {
      do throws(KeyError) {
        return try KeyFolder(path: keys).load()
      } catch {
        throw CommandProblem.badInput(error.message)
      }
    }
    guard manifest.files.contains(where: { $0.name == BackupManifest.keysName }) else {
      throw CommandProblem.badInput(
        Localized(
          ja: "このバックアップに鍵は入っていません。控えてある鍵のフォルダを --keys で指定してください。",
          en: "This backup holds no keys. Name the folder with your copy of them with --keys."
        )
      )
    }
    guard let passphraseFile else {
      throw CommandProblem.badInput(
        Localized(
          ja: "鍵を開ける合言葉を --passphrase-file で指定してください。",
          en: "Give the passphrase of the keys with --passphrase-file."
        )
      )
    }
    let passphrase = try Passphrase.read(passphraseFile)
    do {
      let data = try Data(contentsOf: URL(filePath: "\(backup)/\(BackupManifest.keysName)"))
      return try JSONDecoder().decode(SealedKeys.self, from: data).open(passphrase: passphrase)
    } catch {
      throw CommandProblem.badInput(
        Localized(ja: "合言葉が違うか、鍵のファイルが壊れています。", en: "The passphrase is wrong, or the file of the keys is damaged.")
      )
    }
  }

  private func check(_ folder: DataFolder, _ manifest: BackupManifest) async throws {
    let house = try await House.open(folder)
    let (faults, report, files) = try await house.closing { house in
      let faults = try await (house.database as? SQLiteDatabase)?.integrityCheck() ?? []
      let report = try await Sealer.verify(
        house.database,
        publicKeys: [house.keys.signing.publicKey],
        anchors: manifest.anchors.compactMap(JournalAnchor.init(reading:))
      )
      return (faults, report, try await StoredFileCheck.look(house.database))
    }
    print(report.json)
    if let told = StoredFileCheck.told(files.faults) {
      throw CommandProblem.needsAction(
        Localized(
          ja: "戻しましたが、付けたファイルに食い違いがあります。\(told.ja)別のバックアップにあるか確かめてください。",
          en: "It is back, but attached files are not whole. \(told.en) See whether another backup holds them."
        )
      )
    }
    guard faults.isEmpty, report.isOK else {
      throw CommandProblem.needsAction(
        Localized(
          ja: "戻しましたが、検査で食い違いが見つかりました。\(faults.prefix(3).joined(separator: " "))",
          en: "It is back, but the check found something wrong. \(faults.prefix(3).joined(separator: " "))"
        )
      )
    }
    Terminal.say(
      "\(folder.path) に戻し、検査しました（\(manifest.madeAt) の写し、付けたファイル\(files.files)件）。",
      "Restored into \(folder.path) and checked (copy of \(manifest.madeAt), \(files.files) attached files)."
    )
  }
}
