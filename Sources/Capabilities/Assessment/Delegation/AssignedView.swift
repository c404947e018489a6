import Design
import HTML
import Text
import Time
import Web

/// On the page of a round: who is asked for which item, and how to remind those who have not answered.
struct AssignedView {
  let lines: [Assessment.AskedItem]
  let checklist: Checklist
  let period: String
  let mayRemind: Bool
  /// On the page of one vendor, which names it already.
  var isOfOne = false
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    guard !lines.isEmpty else { return .empty }
    let title = say("頼んでいる項目", "Items that others are asked for")
    var table = DataTable<Assessment.AskedItem>(
      id: "assigned",
      caption: title,
      address: Address(AssessmentPath.round(checklist.id)),
      columns: [
        .init("item", say("項目", "Item"), isLong: true) { line in
          """
          <a href="\(AssessmentPath.item(checklist.id, line.item.key, period))">\(line.item.name[language])\
          　\(line.item.text[language])</a>
          """
        },
        .init("asked", isOfOne ? say("ひとこと", "A word") : say("頼んだ相手", "Asked")) { asked($0.assignment) },
        .init("due", say("期限", "By")) { HTML(text: request.dates.short($0.assignment.due)) },
        .init("state", say("状態", "State")) { state($0) },
        .init("reminded", say("督促", "Reminded")) { line in
          HTML(text: line.assignment.remindedOn.map { request.dates.short($0) } ?? "")
        },
      ],
      rows: lines,
      rowID: \.item.key,
      rowName: { $0.item.name[language] }
    )
    table.isDense = true
    let open = lines.count { !$0.isAnswered && !$0.hasArrived }
    let remind: HTML =
      mayRemind && open > 0
      ? Button.post(
        say("まだの\(open)項目を督促する", "Remind of the \(open) that are open"),
        "\(AssessmentPath.list)/\(checklist.id)/remind?period=\(period)",
        csrf: request.csrf,
        look: .secondary
      ) : .empty
    return "<section><h2>\(title)</h2>\(table.html(language))\(remind)</section>"
  }

  private func asked(_ assignment: Assignment) -> HTML {
    if isOfOne { return HTML(text: assignment.note) }
    guard let vendor = assignment.vendor else {
      guard assignment.department != nil else { return HTML(text: assignment.name) }
      return "<a href=\"\(AssessmentPath.askedLink(checklist.id, assignment.whom, period))\">\(assignment.name)</a>"
    }
    return "<a href=\"\(AssessmentPath.askedVendor(checklist.id, vendor, period))\">\(assignment.name)</a>"
  }

  private func state(_ line: Assessment.AskedItem) -> HTML {
    if line.isAnswered {
      let by: HTML? = line.assignment.reply.map { reply in
        "<span class=\"sub\">\(request.dates.short(reply.on))　\(reply.respondent)（\(reply.way.label[language])）</span>"
      }
      return "\(Chip(say("回答済み", "Answered"), .green).html)\(by)"
    }
    let before: HTML? = line.before.map { answer in
      let label = line.item.words(answer.latest)[language]
      let day = request.dates.short(answer.answeredAt.day)
      return "<span class=\"sub\">\(say("前の答え：\(label)（\(day)）", "Answer from before: \(label), \(day)"))</span>"
    }
    return "\(waiting(line).html)\(before)"
  }

  private func waiting(_ line: Assessment.AskedItem) -> Chip {
    if line.hasArrived { return Chip(say("届いた", "Arrived"), .blue) }
    return line.assignment.due < request.now.day
      ? Chip(say("期限切れ", "Overdue"), .red) : Chip(say("回答待ち", "Waiting"), .yellow)
  }
}
