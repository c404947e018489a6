import Assessment
import Foundation
import Text

extension AssessCommand {
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
