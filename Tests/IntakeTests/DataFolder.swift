#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The folder of sample data, where there is one: `YAGURA_TEST_DATA`, else `../shared/data` beside the package.
enum DataFolder {
  static let path: String =
    if let given = getenv("YAGURA_TEST_DATA") {
      String(cString: given)
    } else {
      (#filePath.split(separator: "/").dropLast(3).dropLast().map { "/" + $0 } + ["/shared/data"]).joined()
    }

  /// Tests that need it are skipped without it, unless `YAGURA_REQUIRE_DATA` says that it must be there.
  static let isPresent = access(path + "/ledgers/hospital-a", R_OK) == 0 || isRequired

  static func ledger(_ name: String) -> String { path + "/ledgers/hospital-a/" + name }

  private static let isRequired = getenv("YAGURA_REQUIRE_DATA").map { String(cString: $0) } == "1"
}
