import Text

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Why a ZIP file could not be written: where, and the system's `errno`.
package struct ZipWriteError: Error, Sendable, Hashable {
  package let path: String
  package let number: Int32

  init(_ path: String, _ number: Int32) {
    self.path = path
    self.number = number
  }

  package var message: Localized {
    let why = String(cString: strerror(number))
    return Localized(
      ja: "\(path) に書けません（\(why)）。空き容量、権限、大きさ（4GBまで）を確かめてください。",
      en: "\(path) cannot be written (\(why)). Check free space, permissions and size (up to 4 GB)."
    )
  }
}
