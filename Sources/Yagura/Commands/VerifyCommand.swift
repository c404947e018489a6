import ArgumentParser
import Foundation
import Journal
import Nouns
import Sealing
import Text
import Time

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: Help.text(
      "変更の記録と付けたファイルが書き換えられていないか確かめる",
      "Check that neither the journal nor an attached file was altered"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice

  @Option(
    help: ArgumentHelp(
      Help.text(
        "調べ終えた食い違いを理由とともに署名して残し、そこから新しい鎖を始める。食い違いはいつまでも表示される",
        "Put a break you have looked into on record, signed, with this reason, and begin a new chain; the break stays visible"
      )
    )
  )
  var acceptBreak: String?

  func run() async throws {
    let house = try await House.open(place.folder)
    let (report, files) = try await house.closing { house in
      let facility = choice.facility == nil ? nil : try await house.facility(choice.facility).rawValue
      if let acceptBreak { try await accept(acceptBreak, facility, house) }
      let keys = [house.keys.signing.publicKey]
      let report = try await Sealer.verify(house.database, publicKeys: keys, facility: facility)
      return (report, try await StoredFileCheck.look(house.database).faults)
    }
    print(report.json)
    for line in report.acceptedLines(Help.language) { Terminal.complain(line) }
    if let broken = report.firstBroken {
      let label = broken.reason.label
      throw CommandProblem.needsAction(
        Localized(
          ja: "変更の記録に食い違いがあります：\(broken.facility) #\(broken.sequence) \(label.ja)",
          en: "The journal does not hold together: \(broken.facility) #\(broken.sequence) \(label.en)"
        )
      )
    }
    // The journal holds the hash of each file that was attached; the file itself must still be that one.
    if let told = StoredFileCheck.told(files) { throw CommandProblem.needsAction(told) }
  }

  private func accept(_ reason: String, _ facility: String?, _ house: House) async throws {
    let (ids, actor) = (house.ids, House.operatorActor)
    do {
      _ = try await house.sealer.acceptBreak(facility: facility, actorName: actor.name, reason: reason) { end in
        // The report below shows it as well.
        JournalEntry(
          id: ids.next(),
          facility: end.facility,
          at: end.at,
          actorID: actor.id,
          actorName: actor.name,
          request: ids.next(),
          kind: "journal.break-accepted",
          subjectType: "journal",
          subjectID: String(end.brokenAt),
          subjectTitle: "#\(end.brokenAt)",
          changes: [FieldChange(field: "finding", from: end.finding.rawValue, to: String(end.resumedAfter + 1))],
          reason: end.reason
        )
      }
      try await house.sealer.seal()
    } catch let refusal as AcceptanceRefusal {
      throw CommandProblem.badInput(refusal.message)
    }
  }
}
