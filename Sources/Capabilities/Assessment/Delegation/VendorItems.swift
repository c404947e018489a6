import Nouns
import Text
import Time

extension Assessment {
  /// What one vendor is asked for of the hospital's own round: items on a form of their own, which goes out on paper or as
  /// a file and comes back.
  package struct VendorItems: Sendable {
    package let vendor: SuppliedVendor
    package let standing: Standing
    package let lines: [AskedItem]

    /// The form with these items alone.
    var checklist: Checklist { standing.round.checklist.only(Set(lines.map(\.item.key))) }

    /// Who answered last.
    var reply: VendorReply? { lines.compactMap(\.assignment.reply).max { $0.on < $1.on } }

    /// What the vendor said; what the hospital answered itself is not told.
    var answers: [String: FormAnswer] {
      let replied = Set(lines.filter { $0.assignment.reply != nil }.map(\.item.key))
      return standing.round.answers.filter { replied.contains($0.key) }.mapValues(\.onForm)
    }
  }

  /// Nil where the vendor is asked for nothing in the round.
  package func items(of vendor: String, _ standing: Standing) async throws -> VendorItems? {
    let round = standing.round
    let lines = try await assigned(round.checklist, period: round.period, standing.facility).filter {
      $0.assignment.vendor == vendor
    }
    guard let first = lines.first else { return nil }
    let known = try await vendorForms.vendors(standing.facility).first { $0.id == vendor }
    let gone = SuppliedVendor(id: vendor, name: first.assignment.name, systems: [], contact: "")
    return VendorItems(vendor: known ?? gone, standing: standing, lines: lines)
  }

  /// The items of a vendor as a workbook; `hospital` is the facility's name.
  package static func file(_ items: VendorItems, hospital: String, language: Language) -> FormFile {
    let (standing, checklist) = (items.standing, items.checklist)
    let keys = Set(checklist.items.map(\.key))
    return FormFile(
      checklist: checklist,
      period: standing.round.period,
      periodName: standing.name,
      vendor: (items.vendor.id, items.vendor.name),
      facility: hospital,
      systems: items.vendor.systems,
      answers: items.answers,
      versions: standing.round.answers.filter { keys.contains($0.key) }.mapValues(\.version),
      wording: standing.wording,
      language: language,
      reply: items.reply
    )
  }
}
