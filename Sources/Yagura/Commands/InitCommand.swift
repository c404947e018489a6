import ArgumentParser
import Foundation
import Identity
import Text

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: Help.text("新しい施設の置き場所を作る", "Make the folder of a new facility")
  )

  @OptionGroup var place: Place

  @Option(help: ArgumentHelp(Help.text("施設の名前", "Name of the facility")))
  var facility: String

  @Option(help: ArgumentHelp(Help.text("最初の管理者の利用者名", "User name of the first administrator")))
  var admin: String

  @Option(help: ArgumentHelp(Help.text("パスワードを1行目に書いたファイル", "File whose first line is the password")))
  var passwordFile: String

  @Flag(help: ArgumentHelp(Help.text("確認せずに進める", "Do not ask")))
  var yes = false

  func run() async throws {
    let folder = place.folder
    let password = try Self.password(from: passwordFile)
    if !yes {
      Terminal.say("\(folder.path) に「\(facility)」を作ります。よろしいですか？ [y/N]", "Make “\(facility)” in \(folder.path)? [y/N]")
      guard readLine()?.lowercased().hasPrefix("y") == true else {
        throw CommandProblem.badInput(Localized(ja: "中止しました。何も作っていません。", en: "Stopped. Nothing was made."))
      }
    }
    let house = try await House.open(folder, creating: true)
    do {
      try await house.setUp(facility: facility, administrator: admin, password: password)
    } catch {
      await house.close()
      throw error
    }
    await house.close()
    Terminal.say("「\(facility)」を作りました。", "“\(facility)” is made.")
  }

  /// The first line of the file, without its end.
  static func password(from path: String) throws(CommandProblem) -> String {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw .badInput(Localized(ja: "パスワードのファイル \(path) を読めません。", en: "The password file \(path) cannot be read."))
    }
    return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }
}

/// `--facility`, which commands take that are about one of several.
struct FacilityChoice: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      Help.text("施設（番号か、正確な名前）。1つしかなければ不要", "Facility by id or exact name; not needed where there is one")
    )
  )
  var facility: String?
}

/// `--data DIR`, which always names the installation.
struct Place: ParsableArguments {
  @Option(name: .customLong("data"), help: ArgumentHelp(Help.text("データのフォルダ", "Folder of the installation")))
  var data: String

  var folder: DataFolder { DataFolder(data) }
}
