import Foundation
import Identity
import Journal
import SQL
import SQLite
import Sealing
import Text
import Time
import Web

/// What `doctor` found out about one thing.
struct Finding: Sendable {
  enum Check: String, Sendable, CaseIterable {
    case folder, settings, keys, savedKeys, keyAge, backup, certificate, disk, serving, database, schema, clock,
      journal, files
  }

  enum State: String, Sendable {
    case good, note, action, impossible

    var mark: Localized {
      switch self {
      case .good: Localized(ja: "［よし］", en: "[good]  ")
      case .note: Localized(ja: "［参考］", en: "[note]  ")
      case .action: Localized(ja: "［対応］", en: "[action]")
      case .impossible: Localized(ja: "［不可］", en: "[failed]")
      }
    }
  }

  let check: Check
  let state: State
  let message: Localized

  init(_ check: Check, _ state: State, _ ja: String, _ en: String) {
    self.check = check
    self.state = state
    message = Localized(ja: ja, en: en)
  }
}

/// Looks at an installation without changing it: nothing is migrated, sealed or written.
struct Examination: Sendable {
  let folder: DataFolder
  var clock = Clock.system
  /// Bytes free below which there is too little.
  var leastFree = 500 << 20

  func findings() async -> [Finding] {
    var found = [rights(), disk(), serving()]
    let settings: Settings
    do {
      settings = try await Settings.read(folder)
      found.append(Finding(.settings, .good, "設定を読めます。", "The settings can be read."))
    } catch {
      return found + [
        Finding(.settings, .impossible, "yagura.yaml を読めません：\(error)", "yagura.yaml cannot be read: \(error)")
      ]
    }
    let lines = [settings.databaseURL, settings.databaseOwnerURL].compactMap { $0 }.map { DatabaseLine($0) }
    found += [backup(), certificate(settings)].compactMap { $0 }
    // One line is told of, the worst.
    if let line = lines.first(where: { !$0.isGuarded }) ?? lines.first { found.append(line.finding) }
    var keys: KeyRing?
    do throws(KeyError) {
      let ring = try KeyFolder(path: settings.keysFolder).load()
      keys = ring
      found.append(
        Finding(.keys, .good, "鍵は \(settings.keysFolder) にあります。", "The keys are in \(settings.keysFolder).")
      )
      found.append(saved(ring, settings))
    } catch {
      found.append(Finding(.keys, .impossible, error.message.ja, error.message.en))
    }
    return found + (await database(settings, keys))
  }

  // MARK: Backup and certificate

  private func backup() -> Finding? {
    // The sample hospital has nothing to lose.
    guard DemoSignIn.read(folder) == nil else { return nil }
    let how = "yagura backup --data \(folder.path) --passphrase-file …"
    guard let note = BackupNote.read(folder), let made = note.madeInstant else {
      return Finding(
        .backup,
        .action,
        "バックアップがありません。別のディスクか媒体に作ってください：\(how)",
        "There is no backup. Make one on another disk or medium: \(how)"
      )
    }
    let days = clock.now().seconds(since: made) / 86_400
    if days >= BackupNote.freshDays {
      return Finding(
        .backup,
        .action,
        "最後のバックアップ（\(note.folder)）から\(days)日たちました。作り直してください：\(how)",
        "The latest backup (\(note.folder)) is \(days) days old. Make a new one: \(how)"
      )
    }
    guard note.verifiedAt != nil else {
      return Finding(
        .backup,
        .note,
        "最後のバックアップは\(days)日前ですが、戻せることを確かめていません。別の場所に yagura restore で戻し、yagura verify のあとで yagura backup --mark-proved \(note.folder) と記録してください。",
        "The latest backup is \(days) days old, and nobody has shown that it can be restored. Restore it elsewhere, run yagura verify, and note it with yagura backup --mark-proved \(note.folder)."
      )
    }
    return Finding(
      .backup,
      .good,
      "最後のバックアップは\(days)日前で、戻せることも確かめてあります（\(note.folder)）。",
      "The latest backup is \(days) days old and was proved by restoring it (\(note.folder))."
    )
  }

  private func certificate(_ settings: Settings) -> Finding? {
    // Without one of its own the program makes and renews it by itself.
    guard let file = settings.certificateFile else { return nil }
    guard let end = CertificateFile.validUntil(file) else {
      return Finding(
        .certificate,
        .action,
        "証明書 \(file) を読めません。PEM形式のファイルを tls: certificate: に指定してください。",
        "The certificate \(file) cannot be read. Name a PEM file as tls: certificate:."
      )
    }
    let days = end.seconds(since: clock.now()) / 86_400
    let day = end.day
    guard days >= 30 else {
      return Finding(
        .certificate,
        .action,
        "証明書は\(day.slashed)に期限が切れます（あと\(days)日）。新しいものに取り替えてください。",
        "The certificate expires on \(day.iso), in \(days) days. Replace it."
      )
    }
    return Finding(.certificate, .good, "証明書は\(day.slashed)まで有効です。", "The certificate is valid until \(day.iso).")
  }

  // MARK: The machine

  private func rights() -> Finding {
    let files = FileManager.default
    // No attributes: it is not there, or closed to this user, which is what the finding says.
    guard let rights = (try? files.attributesOfItem(atPath: folder.path))?[.posixPermissions] as? Int,
      files.isReadableFile(atPath: folder.path), files.isWritableFile(atPath: folder.path)
    else {
      return Finding(
        .folder,
        .impossible,
        "\(folder.path) を読み書きできません。yagura を動かす利用者で実行してください。",
        "\(folder.path) cannot be read and written. Run this as the user that runs yagura."
      )
    }
    guard rights & 0o077 == 0 else {
      return Finding(
        .folder,
        .action,
        "\(folder.path) をほかの利用者も開けます。chmod 700 で所有者だけにしてください。",
        "Other users can open \(folder.path). Make it the owner's only: chmod 700."
      )
    }
    return Finding(.folder, .good, "\(folder.path) は所有者だけが開けます。", "\(folder.path) is its owner's only.")
  }

  private func disk() -> Finding {
    // No answer is the finding itself.
    guard let free = (try? FileManager.default.attributesOfFileSystem(forPath: folder.path))?[.systemFreeSize] as? Int
    else {
      return Finding(.disk, .impossible, "空き容量を調べられません。", "Free space cannot be told.")
    }
    // PostgreSQL has no file here.
    let size = (try? FileManager.default.attributesOfItem(atPath: folder.databaseFile))?[.size] as? Int ?? 0
    let text = "\(free >> 20) MB"
    guard free >= max(leastFree, size) else {
      return Finding(
        .disk,
        .action,
        "空きが \(text) しかありません。データベースの大きさ（\(size >> 20) MB）と \(leastFree >> 20) MB の大きいほうより多く空けてください。",
        "Only \(text) are free. Keep more free than the database is large (\(size >> 20) MB) and than \(leastFree >> 20) MB."
      )
    }
    return Finding(.disk, .good, "空きは \(text) です。", "\(text) are free.")
  }

  private func serving() -> Finding {
    guard let holder = folder.servingHolder() else {
      return Finding(.serving, .note, "serve は動いていません。", "Nobody serves this folder.")
    }
    return Finding(.serving, .note, "serve が動いています（\(holder)）。", "It is being served (\(holder)).")
  }

  private func saved(_ ring: KeyRing, _ settings: Settings) -> Finding {
    let note = BackupNote.read(folder)
    if note?.keysOf == ring.signing.publicKey.fingerprint {
      return Finding(
        .savedKeys,
        .good,
        "鍵は合言葉で閉じてバックアップに入れてあります（最後のバックアップ：\(note?.madeAt ?? "")、\(note?.folder ?? "")）。",
        "The keys are in a backup under a passphrase (latest backup: \(note?.madeAt ?? ""), \(note?.folder ?? ""))."
      )
    }
    return Finding(
      .savedKeys,
      .action,
      "鍵は \(settings.keysFolder) にしかありません。なくすと、2段階認証の秘密を開けず、変更の記録に署名を続けられません。yagura backup --passphrase-file で控えてください。",
      "The keys are nowhere but in \(settings.keysFolder). Without them sealed secrets cannot be opened and the journal cannot go on. Save them with yagura backup --passphrase-file."
    )
  }

  // MARK: The data

  private func database(_ settings: Settings, _ keys: KeyRing?) async -> [Finding] {
    let database: any Database
    do {
      database = try House.openDatabase(folder, settings, clock, creating: false)
    } catch {
      return [Self.unreachable(error)]
    }
    var found: [Finding] = []
    do {
      found.append(try await integrity(database))
      let pending = try await Self.pending(database)
      found.append(schema(pending))
      if pending.isEmpty {
        found.append(try await time(database))
        if let keys {
          found.append(try await journal(database, keys))
          let age = try await database.read(.everyFacility) { tx in try KeyAge.read(tx, keys) }
          if let finding = age.finding(at: clock.now()) { found.append(finding) }
        }
        found.append(try await files(database))
      }
    } catch {
      found.append(Self.unreachable(error))
    }
    await database.close()
    return found
  }

  private static func unreachable(_ error: any Error) -> Finding {
    let text = (error as? CommandProblem)?.text ?? Localized(both: "\(error)")
    return Finding(
      .database,
      .impossible,
      "データベースを調べられません：\(text.ja)",
      "The database cannot be looked at: \(text.en)"
    )
  }

  private func integrity(_ database: any Database) async throws -> Finding {
    guard let sqlite = database as? SQLiteDatabase else {
      let count = try await database.read(.everyFacility) { tx in try tx.count("SELECT count(*) FROM facility") }
      return Finding(.database, .good, "PostgreSQL につながります（施設\(count)）。", "PostgreSQL answers (\(count) facilities).")
    }
    let faults = try await sqlite.integrityCheck()
    guard faults.isEmpty else {
      return Finding(
        .database,
        .action,
        "データベースが壊れています。バックアップから戻してください：\(faults.prefix(3).joined(separator: "、"))",
        "The database is damaged. Restore a backup: \(faults.prefix(3).joined(separator: ", "))"
      )
    }
    return Finding(.database, .good, "データベースは壊れていません。", "The database is sound.")
  }

  /// Migrations that the next start makes. Throws `newerSchema` where the data is from a newer program.
  private static func pending(_ database: any Database) async throws -> [String] {
    // On PostgreSQL the feeds share the database.
    let known = Capabilities.migrations + (database.engine == .postgres ? Capabilities.feedMigrations : [])
    return try await database.read(.everyFacility) { tx in
      let applied = try tx.rows("SELECT name, content FROM migration")
      return try MigrationPlan(known: known, applied: applied).pending.map(\.name)
    }
  }

  private func schema(_ pending: [String]) -> Finding {
    guard !pending.isEmpty else {
      return Finding(.schema, .good, "データベースの形は最新です。", "The schema is up to date.")
    }
    return Finding(
      .schema,
      .action,
      "次に起動すると、データベースの形を\(pending.count)段階更新します（\(pending.joined(separator: "、"))）。先にバックアップを作ってください。",
      "The next start updates the schema in \(pending.count) steps (\(pending.joined(separator: ", "))). Make a backup first."
    )
  }

  /// What was written last must not lie ahead of the clock.
  private func time(_ database: any Database) async throws -> Finding {
    let last = try await database.read(.everyFacility) { tx in
      try tx.row("SELECT max(at) AS at FROM journal")?.optionalInstant("at")
    }
    let now = clock.now()
    guard let last, last > now.adding(seconds: 300) else {
      return Finding(.clock, .good, "時計は \(now.slashed) です。", "The clock says \(now.slashed).")
    }
    return Finding(
      .clock,
      .action,
      "時計（\(now.slashed)）が、最後の記録（\(last.slashed)）より前です。時刻を合わせてください。",
      "The clock (\(now.slashed)) is behind the latest entry (\(last.slashed)). Set the time."
    )
  }

  /// What is attached must be there, and be what it was.
  private func files(_ database: any Database) async throws -> Finding {
    let (count, faults) = try await StoredFileCheck.look(database)
    guard let told = StoredFileCheck.told(faults) else {
      return Finding(
        .files,
        .good,
        "付けたファイル\(count)件は、付けたときのままです。",
        "\(count) attached files are as they were attached."
      )
    }
    return Finding(
      .files,
      .action,
      "\(told.ja)バックアップから戻せるか確かめてください。",
      "\(told.en) See whether a backup holds them."
    )
  }

  private func journal(_ database: any Database, _ keys: KeyRing) async throws -> Finding {
    let report = try await Sealer.verify(database, publicKey: keys.signing.publicKey)
    if let broken = report.firstBroken {
      return Finding(
        .journal,
        .action,
        "変更の記録に食い違いがあります：\(broken.facility) #\(broken.sequence) \(broken.reason.label.ja)",
        "The journal does not hold together: \(broken.facility) #\(broken.sequence) \(broken.reason.label.en)"
      )
    }
    let ends =
      report.accepted.isEmpty
      ? Localized(ja: "", en: "")
      : Localized(
        ja: "認めた食い違いが\(report.accepted.count)か所あります。",
        en: " \(report.accepted.count) breaks were accepted."
      )
    return Finding(
      .journal,
      report.accepted.isEmpty ? .good : .note,
      "変更の記録\(report.sealed)件は封印されたままです（未封印\(report.unsealed)件）。\(ends.ja)",
      "\(report.sealed) entries of the journal are as sealed (\(report.unsealed) not sealed yet).\(ends.en)"
    )
  }
}
