import ArgumentParser
import Assessment

struct AssessPackSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: Help.text(
      "点検表のファイルの書き方を JSON Schema で出す（Documentation/checklist.schema.json）",
      "Print the JSON Schema of a checklist's file (Documentation/checklist.schema.json)"
    )
  )

  func run() { print(ChecklistSchema.text, terminator: "") }
}
