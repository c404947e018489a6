import ArgumentParser
import Foundation
import Text
import Time

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: Help.text("見本の病院（420床）を作る", "Make the demo hospital of 420 beds")
  )

  @OptionGroup var place: Place

  @Option(help: ArgumentHelp(Help.text("同じ番号からは同じ病院ができる", "The same number makes the same hospital")))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp(Help.text("今日とみなす日（YYYY-MM-DD）", "The day taken for today (YYYY-MM-DD)")))
  var today: String?

  func run() async throws {
    let folder = place.folder
    if FileManager.default.fileExists(atPath: folder.databaseFile) {
      throw CommandProblem.badInput(
        Localized(
          ja: "\(folder.path) にはすでにデータがあります。見本は空のフォルダに作ってください。",
          en: "\(folder.path) already holds data. Make the demo in an empty folder."
        )
      )
    }
    var day = Clock.system.now().day
    if let today {
      guard let given = LocalDate(iso: today) else {
        throw CommandProblem.badInput(
          Localized(ja: "--today は 2026-11-21 のように書いてください。", en: "Write --today as 2026-11-21.")
        )
      }
      day = given
    }
    try await DemoPlay(hospital: DemoHospital(seed: seed, today: day), seed: seed, today: day).run(in: folder)
    Terminal.say("見本の病院を作りました: \(folder.path)", "The demo hospital is ready: \(folder.path)")
  }
}

/// The sign-in of a demo hospital, written beside it so that `serve` can print it. Never made for a real one.
struct DemoSignIn: Codable, Sendable {
  let user: String
  let password: String

  static func read(_ folder: DataFolder) -> DemoSignIn? {
    // No file, or one that cannot be read, only means that nothing is printed.
    FileManager.default.contents(atPath: "\(folder.path)/demo.json").flatMap {
      try? JSONDecoder().decode(DemoSignIn.self, from: $0)  // as said above
    }
  }

  func write(_ folder: DataFolder) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try encoder.encode(self).write(to: URL(filePath: "\(folder.path)/demo.json"))
  }
}
