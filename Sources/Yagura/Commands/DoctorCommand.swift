import ArgumentParser
import Foundation
import Text

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: Help.text("置き場所・鍵・データベース・記録を調べる", "Look at folder, keys, database and journal"),
    discussion: Help.text(
      "何も変えません。終了コード：0 異常なし、1 対応が必要、3 調べられなかった",
      "Changes nothing. Exit status: 0 sound, 1 needs action, 3 could not be looked at"
    )
  )

  @OptionGroup var place: Place
  @Flag(help: "JSON") var json = false

  struct Answer: Encodable {
    struct Line: Encodable {
      let check, state, message: String
    }

    let ok: Bool
    let checks: [Line]
  }

  func run() async throws {
    guard place.folder.exists else {
      throw CommandProblem.badInput(
        Localized(
          ja: "\(place.folder.path) がありません。--data を確かめてください。",
          en: "\(place.folder.path) does not exist. Check --data."
        )
      )
    }
    let findings = await Examination(folder: place.folder).findings()
    let isSound = findings.allSatisfy { $0.state == .good || $0.state == .note }
    if json {
      let lines = findings.map {
        Answer.Line(check: $0.check.rawValue, state: $0.state.rawValue, message: $0.message[Help.language])
      }
      try Terminal.json(Answer(ok: isSound, checks: lines))
    } else {
      for finding in findings { print("\(finding.state.mark[Help.language])  \(finding.message[Help.language])") }
    }
    if findings.contains(where: { $0.state == .impossible }) {
      throw CommandProblem.couldNotRun(
        Localized(ja: "調べられなかったところがあります。", en: "Something could not be looked at.")
      )
    }
    if !isSound {
      throw CommandProblem.needsAction(Localized(ja: "対応が必要なところがあります。", en: "Something needs action."))
    }
  }
}
