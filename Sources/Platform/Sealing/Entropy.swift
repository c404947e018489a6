#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the program gets unpredictable bytes. Tests give a seeded one.
package struct Entropy: Sendable {
  /// That many bytes of chance.
  package var bytes: @Sendable (_ count: Int) -> [UInt8]

  package init(bytes: @escaping @Sendable (_ count: Int) -> [UInt8]) { self.bytes = bytes }

  /// The kernel's generator.
  package static let system = Entropy { count in
    var bytes = [UInt8](repeating: 0, count: max(0, count))
    var filled = 0
    while filled < bytes.count {
      // The kernel gives at most 256 bytes at a time, and those whole.
      let part = min(256, bytes.count - filled)
      let outcome = bytes.withUnsafeMutableBytes { getentropy($0.baseAddress.map { $0 + filled }, part) }
      precondition(outcome == 0, "the kernel gives no random bytes")
      filled += part
    }
    return bytes
  }
}
