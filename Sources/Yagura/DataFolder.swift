import Foundation
import Text

#if canImport(Glibc)
import Glibc
#endif

/// The folder of one installation: its database, keys, settings and locks.
struct DataFolder: Sendable {
  let path: String

  init(_ path: String) { self.path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false).trimmingSlash }

  var databaseFile: String { "\(path)/yagura.sqlite" }

  /// What the feeds say lies apart: it is large, public, and loaded again at any time.
  var feedsFile: String { "\(path)/feeds.sqlite" }

  /// Feeds that were fetched over the network, as they came.
  var fetched: String { "\(path)/fetched" }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// Makes the folder readable by its owner only.
  func make() throws(CommandProblem) {
    do {
      try FileManager.default.createDirectory(
        atPath: path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    } catch {
      throw .couldNotRun(
        Localized(
          ja: "フォルダ \(path) を作れません。書き込める場所を --data で指定してください。",
          en: "The folder \(path) cannot be made. Name a writable place with --data."
        )
      )
    }
  }

  /// Who serves the folder at the moment, as the file says; nil where nobody does.
  func servingHolder() -> String? {
    let file = "\(path)/serve.lock"
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
    return FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? "?"
  }

  /// Held while one `serve` runs on the folder; the file says who holds it.
  func lockForServing(note: String) throws(CommandProblem) -> ServingLock {
    let file = "\(path)/serve.lock"
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .couldNotRun(
        Localized(ja: "\(file) を開けません。", en: "\(file) cannot be opened.")
      )
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      let holder = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? "?"
      throw .couldNotRun(
        Localized(
          ja: "\(path) はすでに別の yagura serve が使っています（\(holder)）。先にそれを止めてください。",
          en: "\(path) is already served by another yagura (\(holder)). Stop that one first."
        )
      )
    }
    ftruncate(descriptor, 0)
    // Only a note for people: a full disk must not stop serving.
    _ = note.withCString { write(descriptor, $0, strlen($0)) }
    return ServingLock(descriptor: descriptor)
  }
}

/// Ends with the process, however it ends: the kernel lets go of the lock.
final class ServingLock: Sendable {
  private let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}

extension String {
  fileprivate var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
