import ArgumentParser
import Foundation
import Text
import Web

/// The program: one file per command in `Commands/`, and the house they all open.
package struct Program: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "yagura",
    abstract: Help.text("病院のサイバーセキュリティの台帳と仕事", "A hospital's cybersecurity ledger and work"),
    version: Program.version,
    subcommands: [
      InitCommand.self, ServeCommand.self, DemoCommand.self, ImportCommand.self, ExportCommand.self, FactsCommand.self,
      DutiesCommand.self, VerifyCommand.self, UserCommand.self, TokenCommand.self, FacilityCommand.self,
      DoctorCommand.self,
      BackupCommand.self, RestoreCommand.self, KeysCommand.self, MigrateStoreCommand.self, VulnCommand.self,
      AssessCommand.self, WorkCommand.self, MediaCommand.self, TrainingCommand.self,
      RosterCommand.self,
    ]
  )

  package static let version = "0.1.0"

  package init() {}

  /// Runs the command and ends the process with the exit code of its help: 0 done, 1 needs action, 2 bad input, 3 could
  /// not run.
  package static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let problem as CommandProblem {
      Terminal.complain(problem.text[Help.language])
      Foundation.exit(problem.code)
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code == ExitCode.success {
        print(text)
        Foundation.exit(0)
      }
      Terminal.complain(text)
      // The parser's own usage errors are EX_USAGE (64); ours are 2.
      Foundation.exit(code == ExitCode.validationFailure ? 2 : 3)
    }
  }
}

/// Words of the command line in the language of the locale.
enum Help {
  static let language: Language = {
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
    return locale.hasPrefix("ja") ? .ja : .en
  }()

  static func text(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
}

/// Messages go to standard error, results to standard output.
enum Terminal {
  static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  static func say(_ ja: String, _ en: String) { complain(Help.text(ja, en)) }

  /// One JSON document with sorted keys.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
  }

  /// What programs are told of each, as one JSON document.
  static func json<Value>(_ values: [Value], as shape: JSONShape<Value>) {
    var writer = JSONWriter()
    writer.array { writer in for value in values { shape.write(value, Help.language, to: &writer) } }
    json(bytes: writer.bytes)
  }

  /// What programs are told of one thing.
  static func json<Value>(_ value: Value, as shape: JSONShape<Value>) {
    var writer = JSONWriter()
    shape.write(value, Help.language, to: &writer)
    json(bytes: writer.bytes)
  }

  /// A JSON document that is written already.
  static func json(bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes) + Data("\n".utf8)) }
}
