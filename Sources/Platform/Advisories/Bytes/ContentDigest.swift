import Synchronization

/// SHA-256 and size of a content, known once it has been read to its end.
package final class ContentDigest: Sendable {
  private let state = Mutex<(sha256: String, size: Int)?>(nil)

  package init() {}

  /// In lower-case hexadecimal; nil as long as the content was not read to its end.
  package var sha256: String? { state.withLock { $0?.sha256 } }

  /// Bytes of the inflated content.
  package var size: Int? { state.withLock { $0?.size } }

  func set(_ sha256: String, size: Int) { state.withLock { $0 = (sha256, size) } }
}
