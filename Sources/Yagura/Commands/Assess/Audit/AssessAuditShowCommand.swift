import ArgumentParser
import Assessment
import Nouns
import Records
import Text
import Time

struct AssessAuditShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Help.text("監査人、見る項目と結果、指摘を番号と一緒に出す", "Print auditors, items with results, and findings, with their ids")
  )

  @OptionGroup var options: AuditOptions
  @Flag(help: "JSON") var json = false

  struct Shown: Encodable {
    let id, name, state: String
    let auditors: [Person]
    let items: [Item]
    let findings: [Finding]

    struct Person: Encodable { let id, name, organisation: String }
    struct Item: Encodable {
      let id, item, title: String
      let result: String?
    }
    struct Finding: Encodable {
      let id, title, what, stage: String
      let dueOn: String?
    }
  }

  func run() async throws {
    let (found, checklist) = try await options.with { assessment, scope in
      let audit = try await assessment.audits.find(options.audit, scope.facility)
      return (audit, try await assessment.auditChecklist(audit, scope.facility))
    }
    let shown = Shown(
      id: found.id,
      name: found.name,
      state: found.state.rawValue,
      auditors: found.auditors.map { .init(id: $0.id, name: $0.name, organisation: $0.organisation) },
      items: found.sample.map { item in
        .init(
          id: item.id,
          item: item.item,
          title: found.title(of: item, in: checklist)[Help.language],
          result: item.result?.rawValue
        )
      },
      findings: found.findings.map { finding in
        .init(
          id: finding.id,
          title: found.title(of: finding, in: checklist)[Help.language],
          what: finding.row.text("what"),
          stage: finding.stage.rawValue,
          dueOn: finding.dueOn?.iso
        )
      }
    )
    if json { return try Terminal.json(shown) }
    for person in shown.auditors { print("auditor\t\(person.id)\t\(person.name)\t\(person.organisation)") }
    for item in shown.items { print("item\t\(item.id)\t\(item.item)\t\(item.result ?? "-")") }
    for finding in shown.findings {
      print("finding\t\(finding.id)\t\(finding.stage)\t\(finding.dueOn ?? "-")\t\(finding.what)")
    }
  }
}
