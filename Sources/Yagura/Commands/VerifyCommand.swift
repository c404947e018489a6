import ArgumentParser
import Foundation
import Journal
import Sealing
import Text

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: Help.text("変更の記録が書き換えられていないか確かめる", "Check that the journal was not altered")
  )

  @OptionGroup var place: Place

  func run() async throws {
    let house = try await House.open(place.folder)
    let report: VerifyReport
    do {
      report = try await Sealer.verify(house.database, publicKey: house.keys.signing.publicKey)
    } catch {
      await house.close()
      throw House.storageProblem(error, place.folder)
    }
    await house.close()
    print(report.json)
    guard report.isOK else {
      throw CommandProblem.needsAction(
        Localized(ja: "変更の記録に食い違いがあります。", en: "The journal does not hold together.")
      )
    }
  }
}
