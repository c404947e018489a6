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
    abstract: Help.text("変更の記録が書き換えられていないか確かめる", "Check that the journal was not altered")
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
    let report = try await house.closing { house in
      let facility = choice.facility == nil ? nil : try await house.facility(choice.facility).rawValue
      if let acceptBreak { try await accept(acceptBreak, facility, house) }
      return try await Sealer.verify(house.database, publicKeys: [house.keys.signing.publicKey], facility: facility)
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
