import Foundation

/// The Python of `scripts/python-tools`, with the programs that read our files as oracles (openpyxl, icalendar).
package enum PythonTools {
  package static let program: String =
    (#filePath.split(separator: "/").dropLast(3).map { "/" + $0 } + ["/.build/python/bin/python"]).joined()

  /// Tests that need it are skipped without it, unless `YAGURA_REQUIRE_DATA=1` says that nothing may be skipped.
  package static let isPresent =
    FileManager.default.isExecutableFile(atPath: program)
    || ProcessInfo.processInfo.environment["YAGURA_REQUIRE_DATA"] == "1"
}
