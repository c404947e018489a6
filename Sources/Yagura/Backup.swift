import Foundation
import Journal
import SQLite
import Sealing
import Text
import Time

/// What lies in a backup folder: the database as it was at one moment, settings, keys where a passphrase closes them, and
/// a manifest with the hash of each file and the last seal of each journal.
struct BackupManifest: Codable, Sendable {
  static let fileName = "manifest.json"
  static let databaseName = "yagura.sqlite"
  /// The same under the passphrase.
  static let sealedDatabaseName = "yagura.sqlite.sealed"
  static let keysName = "keys.sealed"
  static let publicKeyName = "signing.pub"
  static let settingsName = "yagura.yaml"
  /// The store of feeds, where it was asked for.
  static let feedsName = "feeds.sqlite"
  /// What `pg_dump` writes beside the rest.
  static let dumpName = "yagura.dump"

  let format: String
  let program: String
  let madeAt: String
  /// `sqlite`, or `postgres` where the database is saved by its own tools.
  let engine: String
  /// Names the signing key, so that the keys that belong to it are known.
  let signingKey: String
  let files: [File]
  /// As `yagura-verify --anchor` takes them.
  let anchors: [String]
  /// What was loaded of the feeds when the backup was made, whether or not it lies in it. Nil in those of older versions.
  var feeds: [Feed]?

  /// One feed, or one year of it.
  struct Feed: Codable, Sendable, Equatable {
    let feed: String
    let part: String
    /// When its publisher made it, and when it was loaded.
    let made: String?
    let loaded: String
    let records: Int
  }

  struct File: Codable, Sendable {
    let name: String
    let bytes: Int
    let sha256: String
  }

  static func read(_ folder: String) throws(CommandProblem) -> BackupManifest {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(fileName)"),
      let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data),  // said below
      manifest.format == "yagura-backup-1"
    else {
      throw .badInput(
        Localized(
          ja: "\(folder) は Yagura のバックアップではありません（\(fileName) を読めません）。",
          en: "\(folder) is no backup of Yagura: \(fileName) cannot be read."
        )
      )
    }
    return manifest
  }

  /// Throws where a file is missing or is not as it was written.
  func check(_ folder: String) throws(CommandProblem) {
    for file in files {
      guard Self.hash("\(folder)/\(file.name)") == file.sha256 else {
        throw .badInput(
          Localized(
            ja: "バックアップの \(file.name) が欠けているか、作られたときと違います。別のバックアップを使ってください。",
            en: "\(file.name) of the backup is missing or not as it was written. Use another backup."
          )
        )
      }
    }
  }

  /// Of a whole file, read in pieces; nil where it cannot be read.
  static func hash(_ path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer {
      // Read only; closing it can lose nothing.
      try? file.close()
    }
    var running = RunningHash()
    do {
      while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { running.add(Array(piece)) }
    } catch {
      return nil
    }
    return Hex.encode(running.finish())
  }
}

/// Remembers beside the data when a backup was last made and whether it held the keys; `doctor` looks at it.
struct BackupNote: Codable, Sendable {
  let madeAt: String
  let folder: String
  /// The signing key whose ring was saved under a passphrase, empty where none was since the keys changed.
  var keysOf: String
  /// When it was brought back and found whole; nil where that was not done.
  var verifiedAt: String?
  /// When the latest backup that was brought back and found whole had been made: often this one, else an older one.
  var provedMadeAt: String?

  var madeInstant: Instant? { Instant(iso: madeAt) }
  /// When the latest proved backup was made. Notes of older versions know of themselves only.
  var provedInstant: Instant? { (provedMadeAt ?? (verifiedAt == nil ? nil : madeAt)).flatMap { Instant(iso: $0) } }

  /// The note once the backup of the manifest was proved; nil where a newer one was proved before.
  func proved(_ manifest: BackupManifest, _ target: String, at now: Instant) -> BackupNote? {
    guard let made = Instant(iso: manifest.madeAt), provedInstant.map({ $0 <= made }) ?? true else { return nil }
    var note = self
    note.provedMadeAt = manifest.madeAt
    if manifest.madeAt == madeAt { note.verifiedAt = now.iso }
    return note
  }

  /// A backup older than this is a worry.
  static let freshDays = 7

  private static func path(_ folder: DataFolder) -> String { "\(folder.path)/backup.json" }

  static func read(_ folder: DataFolder) -> BackupNote? {
    // No note means that no backup was made, or none that is known of.
    FileManager.default.contents(atPath: path(folder)).flatMap { try? JSONDecoder().decode(Self.self, from: $0) }
  }

  func write(_ folder: DataFolder) throws { try JSONEncoder().encode(self).write(to: URL(filePath: Self.path(folder))) }
}

/// Folders and files that only their owner reads.
enum PrivateFiles {
  /// Makes the folder where it is missing. Throws where there is anything in it.
  static func makeEmpty(_ path: String) throws(CommandProblem) {
    let files = FileManager.default
    do {
      try files.createDirectory(
        atPath: path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      guard try files.contentsOfDirectory(atPath: path).isEmpty else {
        throw CommandProblem.badInput(
          Localized(
            ja: "\(path) は空ではありません。空のフォルダか、まだないフォルダを指定してください。",
            en: "\(path) is not empty. Name an empty folder or a new one."
          )
        )
      }
    } catch let problem as CommandProblem {
      throw problem
    } catch {
      throw .couldNotRun(
        Localized(ja: "フォルダ \(path) を作れません。", en: "The folder \(path) cannot be made.")
      )
    }
  }

  static func write(_ data: Data, to path: String) throws(CommandProblem) {
    let done = FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
    guard done else { throw unwritable(path) }
  }

  static func copy(_ from: String, to path: String) throws(CommandProblem) {
    do {
      try FileManager.default.copyItem(atPath: from, toPath: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      throw unwritable(path)
    }
  }

  static func unwritable(_ path: String) -> CommandProblem {
    .couldNotRun(
      Localized(
        ja: "\(path) に書けません。空き容量と権限を確かめてください。",
        en: "\(path) cannot be written. Check free space and permissions."
      )
    )
  }
}

/// The passphrase that closes and opens the keys of a backup: the first line of a file.
enum Passphrase {
  static func read(_ path: String) throws(CommandProblem) -> String {
    guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
      throw .badInput(
        Localized(ja: "合言葉のファイル \(path) を読めません。", en: "The passphrase file \(path) cannot be read.")
      )
    }
    return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }
}
