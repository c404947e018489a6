import Foundation
import Synchronization

/// A folder of its own for a test, removed when the last reference goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// What a whole process shares is removed when it ends (`untilExit`), for nothing lets go of it before.
  package init(untilExit: Bool = false) throws {
    path = NSTemporaryDirectory() + "yagura-test-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    if untilExit { Self.remembered.withLock { $0.append(path) } }
  }

  private static let remembered: Mutex<[String]> = {
    atexit {
      TemporaryFolder.remembered.withLock { for path in $0 { try? FileManager.default.removeItem(atPath: path) } }
    }
    return Mutex([])
  }()

  /// A path inside the folder.
  package func file(_ name: String) -> String { path + "/" + name }

  // What cannot be removed stays in the machine's temporary folder; the test has said what it had to say.
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

package func temporaryFolder() throws -> TemporaryFolder { try TemporaryFolder() }
