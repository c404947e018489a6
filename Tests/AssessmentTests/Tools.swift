import Foundation
import Support

/// Other programs that read workbooks, as oracles.
enum Tools {
  struct Failure: Error { let text: String }

  /// What a piece of Python prints.
  static func python(_ code: String, _ arguments: [String], _ folder: TemporaryFolder) async throws -> String {
    try await run(PythonTools.program, ["-c", code] + arguments, folder)
  }

  /// LibreOffice, nil where it is not installed (`scripts/install-needs test` installs it).
  static let office: String? = ["/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The first sheet of a workbook as LibreOffice writes it to CSV.
  static func csv(_ path: String, _ folder: TemporaryFolder) async throws -> String {
    guard let office else { throw Failure(text: "no LibreOffice") }
    let profile = "-env:UserInstallation=file://\(folder.file("office"))"
    _ = try await run(
      office,
      [
        "--headless", profile, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir",
        folder.file("csv"), path,
      ],
      folder
    )
    let name = (path as NSString).lastPathComponent.replacing(".xlsx", with: ".csv")
    return String(decoding: try Data(contentsOf: URL(filePath: folder.file("csv/\(name)"))), as: UTF8.self)
  }

  private static func run(_ program: String, _ arguments: [String], _ folder: TemporaryFolder) async throws -> String {
    let (output, errors) = (folder.file("output-\(UUID())"), folder.file("errors-\(UUID())"))
    let process = try Spawned(
      program,
      arguments,
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder.file("home"), "LANG": "C.UTF-8"],
      output: output,
      errors: errors
    )
    let code = await process.ended()
    func text(_ path: String) -> String {
      // A program that said nothing left no file.
      (try? String(contentsOf: URL(filePath: path), encoding: .utf8)) ?? ""
    }
    guard code == 0 else { throw Failure(text: "\(program) ended with \(code): \(text(errors))") }
    return text(output)
  }
}
