import ArgumentParser
import Assessment

struct AssessPackProvableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provable",
    abstract: Help.text(
      "点検表ごとに、記録で証明できる項目の数と根拠を出す（Documentation/assessment-provable.md）",
      "Print how many items of each checklist the records prove, and by what (Documentation/assessment-provable.md)"
    )
  )

  func run() { print(ProvableDocument.text, terminator: "") }
}
