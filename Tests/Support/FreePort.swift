#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A port of loopback that nobody listens on at this moment.
package func freePort() -> Int {
  let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(handle) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  _ = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
      bind(handle, generic, size) + getsockname(handle, generic, &size)
    }
  }
  return Int(UInt16(bigEndian: address.sin_port))
}
