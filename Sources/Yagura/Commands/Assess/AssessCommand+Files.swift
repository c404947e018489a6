import ArgumentParser
import Assessment
import Foundation
import Text

extension AssessCommand {
  /// Of the option that says whose form is written or read.
  static let vendorHelp = ArgumentHelp(
    Help.text(
      "事業者の番号か名前（事業者確認用。病院の点検表なら、その事業者に頼んだ項目）",
      "Id or name of the vendor (vendors' forms; of a hospital's list the items it is asked for)"
    )
  )

  /// The vendor of this id or name. Throws `CommandProblem.badInput` with those there are.
  static func vendor(_ chosen: String?, _ lines: [VendorStanding]) throws(CommandProblem) -> VendorStanding {
    let found = lines.filter { $0.vendor.id == chosen || $0.vendor.name == chosen }
    if found.count == 1, let one = found.first { return one }
    let names = lines.map { "  \($0.vendor.id)  \($0.vendor.name)" }.joined(separator: "\n")
    throw .badInput(
      Localized(
        ja: "--vendor に事業者を1つ指定してください。\n\(names)",
        en: "Name one vendor with --vendor.\n\(names)"
      )
    )
  }

  /// What a vendor, by id or name, is asked for in the hospital's own round; nil where none is named. Throws
  /// `CommandProblem.badInput` where it is asked for nothing.
  static func items(
    of chosen: String?,
    _ standing: Assessment.Standing,
    _ assessment: Assessment
  ) async throws -> Assessment.VendorItems? {
    guard let chosen else { return nil }
    let asked = try await assessment.assigned(
      standing.round.checklist,
      period: standing.round.period,
      standing.facility
    )
    let vendor = asked.first {
      $0.assignment.vendor == chosen || $0.assignment.vendor != nil && $0.assignment.name == chosen
    }
    guard let vendor = vendor?.assignment.vendor, let items = try await assessment.items(of: vendor, standing) else {
      throw CommandProblem.badInput(
        Localized(ja: "「\(chosen)」という事業者に頼んだ項目はありません。", en: "No item is asked of a vendor “\(chosen)”.")
      )
    }
    return items
  }

  static func write(_ bytes: [UInt8], to path: String) throws(CommandProblem) {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .couldNotRun(
        Localized(
          ja: "\(path) に書き込めません（\(error.localizedDescription)）。",
          en: "\(path) cannot be written (\(error.localizedDescription))."
        )
      )
    }
  }
}
