import Foundation

/// `YAGURA_LONG_TESTS=1`, which `make test-long` sets: more cases, more kills.
package enum LongTests {
  package static let areOn = ProcessInfo.processInfo.environment["YAGURA_LONG_TESTS"] == "1"
}

/// The real-looking sample files, where there are any: `YAGURA_TEST_DATA`, else `../shared/data` beside the package.
package enum TestData {
  package static let path: String =
    if let given = ProcessInfo.processInfo.environment["YAGURA_TEST_DATA"] {
      given
    } else {
      (#filePath.split(separator: "/").dropLast(4).map { "/" + $0 } + ["/shared/data"]).joined()
    }

  /// Tests that need them are skipped without them, unless `YAGURA_REQUIRE_DATA=1` says that they must be there.
  package static let isPresent =
    FileManager.default.isReadableFile(atPath: ledger("機器管理台帳.xlsx"))
    || ProcessInfo.processInfo.environment["YAGURA_REQUIRE_DATA"] == "1"

  /// A file of hospital A's ledgers.
  package static func ledger(_ name: String) -> String { path + "/ledgers/hospital-a/" + name }
}
