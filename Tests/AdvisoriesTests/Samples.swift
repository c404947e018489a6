import Advisories
import Foundation

/// Made-up files in the real shapes, one folder a format (`FeedFormat`): samples for tests where no real file is at hand,
/// and the seeds of the damaged ones.
enum Samples {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpus/advisories")

  static func source(_ name: String) -> FeedSource { FeedSource(path: root.appending(path: name).path()) }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  static func files(of format: FeedFormat) -> [FeedSource] {
    let folder = root.appending(path: format.rawValue)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.sorted().map { FeedSource(path: folder.appending(path: $0).path()) }
  }
}
