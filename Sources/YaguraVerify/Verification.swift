import ArgumentParser
import Foundation
import Journal
import SQL
import SQLite
import Sealing
import Text

/// Why nothing was checked: 2 for what was given, 3 for the machine.
struct Problem: Error {
  let code: Int32
  let message: String

  init(_ code: Int32, ja: String, en: String) {
    self.code = code
    message = inLanguage(ja, en)
  }
}

var inJapanese: Bool {
  let environment = ProcessInfo.processInfo.environment
  let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
  return locale.hasPrefix("ja")
}

func inLanguage(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[inJapanese ? .ja : .en] }

func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

struct Verification: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yagura-verify",
    abstract: inLanguage(
      "変更の記録が書き換えられていないか、写しだけで確かめる",
      "Check from a copy alone that the journal was not altered"
    ),
    discussion: inLanguage(
      "終了コード：0 異常なし、1 書き換えあり、2 指定の誤り、3 確かめられなかった",
      "Exit status: 0 sound, 1 altered, 2 wrong usage, 3 could not be checked"
    )
  )

  @Argument(help: ArgumentHelp(inLanguage("写したデータベースのファイル（SQLite）", "The copied database, a SQLite file")))
  var database: String

  @Option(
    help: ArgumentHelp(
      inLanguage(
        "署名鍵の公開部分（signing.pub）。鍵を替えたことがあれば、すべて指定します",
        "The public half of the signing key (signing.pub); where it was ever replaced, each of them"
      )
    )
  )
  var key: [String]

  @Option(
    help: ArgumentHelp(
      inLanguage(
        "紙などに控えておいた封印（施設:番号:ハッシュ）。末尾の切り取りが分かります",
        "A seal that was written down, FACILITY:SEQUENCE:HASH; it shows whether the end was cut"
      )
    )
  )
  var anchor: [String] = []

  @Flag(
    help: ArgumentHelp(
      inLanguage("一時フォルダに写さず、そのファイルを直接開く", "Open the file itself, not a copy in the temporary folder")
    )
  )
  var inPlace = false

  /// Prints the finding as one line of JSON and answers the exit code.
  func findings() async throws -> Int32 {
    let keys = try key.map { path in
      do {
        return try KeyFolder.verifyingKey(at: path)
      } catch let error as KeyError {
        throw Problem(2, ja: error.message.ja, en: error.message.en)
      }
    }
    guard !keys.isEmpty else { throw Problem(2, ja: "--key で公開鍵を指定してください。", en: "Give the public key with --key.") }
    let anchors = try anchor.map { text in
      guard let anchor = JournalAnchor(reading: text) else {
        throw Problem(2, ja: "控え \(text) を読めません。", en: "The anchor \(text) cannot be read.")
      }
      return anchor
    }
    try checkIsDatabase()
    let report: VerifyReport
    if inPlace {
      report = try await check(database, keys, anchors)
    } else {
      let copy = try EvidenceCopy(of: database)
      defer { copy.remove() }
      report = try await check(copy.path, keys, anchors)
    }
    print(report.json)
    for line in report.acceptedLines(inJapanese ? .ja : .en) { complain(line) }
    guard let broken = report.firstBroken else { return 0 }
    complain("\(broken.facility) #\(broken.sequence): \(inLanguage(broken.reason.label.ja, broken.reason.label.en))")
    return 1
  }

  private func checkIsDatabase() throws {
    guard let file = FileHandle(forReadingAtPath: database) else {
      throw Problem(2, ja: "\(database) を開けません。", en: "\(database) cannot be opened.")
    }
    defer {
      // Read only; closing it can lose nothing.
      try? file.close()
    }
    let head: Data?
    do {
      head = try file.read(upToCount: 16)
    } catch {
      throw Problem(2, ja: "\(database) を読めません。", en: "\(database) cannot be read.")
    }
    guard head == Data("SQLite format 3\0".utf8) else {
      throw Problem(2, ja: "\(database) は SQLite のデータベースではありません。", en: "\(database) is no SQLite database.")
    }
  }

  private func check(_ path: String, _ keys: [VerifyingKey], _ anchors: [JournalAnchor]) async throws -> VerifyReport {
    do {
      let store = try SQLiteDatabase(path: path)
      let hasJournal = try await store.read(.everyFacility) { tx in
        try tx.count("SELECT count(*) FROM sqlite_master WHERE name IN ('journal', 'journal_checkpoint')") == 2
      }
      guard hasJournal else {
        throw Problem(
          2,
          ja: "\(database) に Yagura の変更の記録がありません。",
          en: "\(database) holds no journal of Yagura."
        )
      }
      let report = try await Sealer.verify(store, publicKeys: keys, anchors: anchors)
      await store.close()
      return report
    } catch let error as StorageError {
      throw Problem(
        3,
        ja: "\(database) を最後まで読めませんでした：\(error)",
        en: "\(database) could not be read to its end: \(error)"
      )
    }
  }
}

/// The database as it was handed over, so that looking at it changes nothing: opening a SQLite file may.
struct EvidenceCopy {
  private let folder: String
  let path: String

  init(of source: String) throws {
    folder = NSTemporaryDirectory() + "/yagura-verify-" + UUID().uuidString
    path = folder + "/copy.sqlite"
    do {
      let files = FileManager.default
      try files.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      for suffix in ["", "-wal"] where files.fileExists(atPath: source + suffix) {
        try files.copyItem(atPath: source + suffix, toPath: path + suffix)
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + suffix)
      }
    } catch {
      remove()
      throw Problem(
        3,
        ja: "一時フォルダに写せませんでした。空き容量を確かめるか、--in-place を使ってください。",
        en: "It could not be copied to the temporary folder. Check the free space, or use --in-place."
      )
    }
  }

  func remove() {
    // What cannot be removed is the machine's to clear.
    try? FileManager.default.removeItem(atPath: folder)
  }
}
