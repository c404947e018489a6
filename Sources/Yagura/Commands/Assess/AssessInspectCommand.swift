import ArgumentParser
import Assessment
import Foundation
import Nouns
import Text

struct AssessInspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: Help.text(
      "立入検査の資料（立入検査用と院内控え）をフォルダーに書き出す",
      "Write the papers for an inspection (inspector's copy and staff's copy) into a folder"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("書き出すフォルダー", "The folder to write"))) var out: String
  @Option(help: ArgumentHelp(Help.text("資料の言葉。ja か en", "The language of the papers, ja or en")))
  var language: String = Language.ja.rawValue
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let path: String
    let bytes: Int
  }

  func run() async throws {
    guard let language = Language(rawValue: language) else {
      throw CommandProblem.badInput(
        Localized(ja: "--language は ja か en です。", en: "--language is ja or en.")
      )
    }
    try Self.checkEmpty(out)
    let (house, checklist) = try await AssessCommand.open(place, choice, pack, by: .hospital)
    let (files, archive, settling) = try await house.closing { house in
      let facility = try await house.facility(choice.facility)
      let standing = try await house.assessment.standing(checklist, facility)
      let inspection = try await house.assessment.inspection(standing, dates: ShownDates(nil, language))
      let files = try InspectionFiles(inspection, fiscalYear: standing.fiscalYear(language))
      return (files, try files.zip(), inspection.settling)
    }
    for file in files.files { try Self.write(file.bytes, file.path, in: out) }
    try Self.write(archive, "inspection.zip", in: out)
    if json {
      try Terminal.json(files.files.map { Line(path: $0.path, bytes: $0.bytes.count) })
    } else {
      for file in files.files { print(file.path) }
    }
    Terminal.say(
      "\(out) に書き出しました。\(settling.ja)。",
      "Written to \(out). \(settling.en)."
    )
  }

  /// Papers of another day are not mixed with today's.
  private static func checkEmpty(_ folder: String) throws(CommandProblem) {
    // A folder that is not there yet is made.
    guard let there = try? FileManager.default.contentsOfDirectory(atPath: folder), !there.isEmpty else { return }
    throw .badInput(
      Localized(ja: "\(folder) は空ではありません。新しいフォルダーを指定してください。", en: "\(folder) is not empty. Name a new folder.")
    )
  }

  private static func write(_ bytes: [UInt8], _ path: String, in folder: String) throws(CommandProblem) {
    let url = URL(filePath: folder).appending(path: path)
    do {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw .couldNotRun(
        Localized(
          ja: "\(url.path()) に書き込めません（\(error.localizedDescription)）。",
          en: "\(url.path()) cannot be written (\(error.localizedDescription))."
        )
      )
    }
  }
}
