import Text

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Small text files of the operator: certificates and keys.
enum TextFile {
  static let limit = 1 << 20

  static func read(_ path: String) throws(ListeningError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < limit {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count < 0 { throw problem(path, errno) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whole or not at all: written beside, then put in place.
  static func write(_ text: String, to path: String, mode: mode_t) throws(ListeningError) {
    let draft = "\(path).new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw problem(path, errno) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let reason = errno
        close(descriptor)
        throw problem(path, reason)
      }
      bytes = bytes.dropFirst(count)
    }
    let isSafe = fsync(descriptor) == 0
    close(descriptor)
    guard isSafe, rename(draft, path) == 0 else { throw problem(path, errno) }
  }

  private static func problem(_ path: String, _ number: Int32) -> ListeningError {
    let reason = strerror(number).map { String(cString: $0) } ?? "errno \(number)"
    return ListeningError(
      Localized(
        ja: "ファイル \(path) を読み書きできません（\(reason)）。場所と権限を確かめてください。",
        en: "The file \(path) cannot be read or written (\(reason)). Check its place and permissions."
      )
    )
  }
}

// Inside `TextFile` the names `read` and `write` are its own.

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
