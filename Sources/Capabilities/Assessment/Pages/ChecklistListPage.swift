import Design
import HTML
import Packs
import Text
import Time
import Web

/// `/assess`: every checklist with how far its round is.
struct ChecklistListPage {
  let lines: [Assessment.Standing]
  /// The forms that vendors answer.
  let vendors: [(checklist: Checklist, round: Assessment.VendorRound)]
  /// The ids of those whose rounds are for today.
  let inUse: Set<String>
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// The packs of those. Older editions of an own checklist stand beside the one in use, so that nobody takes one for the
  /// other.
  private var used: Set<String> {
    Set(lines.map(\.round.checklist).filter { inUse.contains($0.id) }.map(\.pack.id))
  }

  var response: WebResponse {
    let used = used
    let now = lines.filter { used.contains($0.round.checklist.pack.id) }
    let past = lines.filter { !used.contains($0.round.checklist.pack.id) }
    let old: HTML =
      past.isEmpty
      ? .empty
      : """
      <details><summary>\(say("前の年度の様式", "Forms of earlier years"))</summary>\(table(past, "past"))\
      \(vendorTable(vendors.filter { !inUse.contains($0.checklist.id) }, "past-vendors"))</details>
      """
    return .page(
      Page(
        say("自己点検", "Self-checks"),
        lead: HTML(
          text: say(
            "台帳と記録から分かる項目には、答えの案と根拠が付いています。確かめて確定してください。",
            "Where registers and records tell, an answer is suggested with its evidence. Look and confirm."
          )
        ),
        actions: Button.link(
          say("経営層向け1枚", "Director's page"),
          AssessmentPath.director,
          look: .secondary,
          size: .small
        ),
        main: """
          \(table(now, "checks"))<section><h2>\(say("事業者が答える様式", "Forms that vendors answer"))</h2>\
          \(vendorTable(vendors.filter { inUse.contains($0.checklist.id) }, "vendor-forms"))</section>\(old)
          """
      ),
      current: "assessment.list"
    )
  }

  private func table(_ lines: [Assessment.Standing], _ id: String) -> HTML {
    let used = used
    var table = DataTable<Assessment.Standing>(
      id: id,
      caption: say("点検表の一覧", "List of checklists"),
      address: Address(AssessmentPath.list),
      columns: [
        .init("title", say("点検表", "Checklist"), isLong: true) { line in
          let checklist = line.round.checklist
          let mark: HTML =
            checklist.pack.verification == .unverified
            ? " \(Chip(say("未検証", "Not verified"), .grey).html)" : .empty
          let old: HTML =
            checklist.editions > 1 && !inUse.contains(checklist.id) && used.contains(checklist.pack.id)
            ? " \(Chip(say("前の版", "Earlier edition"), .grey).html)" : .empty
          return """
            <a href="\(AssessmentPath.round(checklist.id, line.round.period))">\(checklist.name[language])</a>\(mark)\(old)
            """
        },
        .init("period", say("いまの回", "Round")) { HTML(text: $0.name[language]) },
        .init("done", say("回答", "Answered"), isNumeric: true) { line in
          "\(line.counting.count { $0.answer != nil }) / \(line.counting.count)"
        },
        .init("state", say("状態", "State"), isLong: true) { line in state(line) },
      ],
      rows: lines,
      rowID: { $0.round.checklist.id },
      rowName: { $0.round.checklist.name[language] }
    )
    table.isDense = true
    return table.html(language)
  }

  private func state(_ line: Assessment.Standing) -> HTML {
    if line.round.lockedAt != nil { return Chip(say("締め済み", "Locked"), .green).html }
    let counts: [(Int, Localized, Chip.Tint)] = [
      (line.count(.contradicted), Localized(ja: "記録と違う", en: "contradicted"), .red),
      (line.count(.moved), Localized(ja: "記録が変わった", en: "changed since"), .orange),
      (line.count(.open), Localized(ja: "要回答", en: "to answer"), .yellow),
      (line.count(.suggested), Localized(ja: "確認待ち", en: "to confirm"), .blue),
    ]
    let chips = counts.filter { $0.0 > 0 }.map { number, word, tint in
      Chip(language == .ja ? "\(word.ja) \(number)" : "\(number) \(word.en)", tint).html
    }
    return chips.isEmpty ? Chip(say("すべて回答済み", "All answered"), .green).html : chips.joined(separator: " ")
  }

  private func vendorTable(_ lines: [(checklist: Checklist, round: Assessment.VendorRound)], _ id: String) -> HTML {
    guard !lines.isEmpty else { return .empty }
    var table = DataTable<(checklist: Checklist, round: Assessment.VendorRound)>(
      id: id,
      caption: say("事業者が答える様式の一覧", "List of forms that vendors answer"),
      address: Address(AssessmentPath.list),
      columns: [
        .init("title", say("様式", "Form"), isLong: true) { line in
          "<a href=\"\(AssessmentPath.round(line.checklist.id, line.round.period))\">\(line.checklist.title[language])</a>"
        },
        .init("period", say("いまの回", "Round")) { HTML(text: $0.round.name[language]) },
        .init("done", say("回答した事業者", "Vendors answered"), isNumeric: true) { line in
          "\(line.round.lines.count { $0.state == .answered }) / \(line.round.lines.count)"
        },
        .init("overdue", say("期限切れ", "Overdue"), isNumeric: true) { line in
          let count = line.round.lines.count { $0.state == .overdue }
          return count == 0 ? "0" : Chip("\(count)", .red).html
        },
      ],
      rows: lines,
      rowID: \.checklist.id,
      rowName: { $0.checklist.title[language] }
    )
    table.isDense = true
    return table.html(language)
  }
}
