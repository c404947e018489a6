import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/assess/:pack` of a form that vendors answer: who has answered and who has not.
struct VendorListPage {
  let checklist: Checklist
  let period: String
  let name: Localized
  let lines: [VendorStanding]
  /// The answers of each beside the hospital's, by vendor.
  let comparisons: [String: VendorComparison]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let answered = lines.count { $0.state == .answered }
    return .page(
      Page(
        checklist.title[language],
        lead: HTML(
          text: say(
            "\(lines.count)社のうち\(answered)社の回答がそろっています。様式は事業者ごとに1枚です。",
            "\(answered) of \(lines.count) vendors have answered. There is one form a vendor."
          )
        ),
        actions: Button.link(
          say("公式の様式", "Official form"),
          AssessmentPath.official(checklist.id),
          look: .secondary,
          size: .small
        ),
        crumbs: [Crumb(say("自己点検", "Self-checks"), AssessmentPath.list)],
        main: "\(pending)\(table)\(PackNote(checklist.pack, language: language).html)"
      ),
      current: "assessment.list"
    )
  }

  private var pending: HTML {
    let count = checklist.items.count(where: \.isPending)
    guard count > 0 else { return .empty }
    return Banner(
      .warning,
      say(
        "\(count)項目の番号と文は、公式のファイルと照らし合わせるまで仮のものです。",
        "Number and wording of \(count) items are provisional until compared with the official file."
      )
    ).html(language)
  }

  private var table: HTML {
    var table = DataTable<VendorStanding>(
      id: "vendors",
      caption: say("事業者の一覧", "List of vendors"),
      address: Address(AssessmentPath.round(checklist.id)),
      columns: [
        .init("vendor", say("事業者", "Vendor"), isLong: true) { line in
          "<a href=\"\(AssessmentPath.vendor(checklist.id, line.vendor.id, period))\">\(line.vendor.name)</a>"
        },
        .init("systems", say("対象のシステム", "Systems"), isLong: true) { line in
          HTML(text: line.systems.joined(separator: say("、", ", ")))
        },
        .init("state", say("状態", "State")) { VendorChips.state($0.state, language).html },
        .init("answered", say("回答", "Answered"), isNumeric: true) { "\($0.answered) / \($0.items)" },
        .init("due", say("期限", "Due")) { HTML(text: $0.form?.dueOn.map { request.dates.short($0) } ?? "") },
        .init("against", say("病院の答えとの違い", "Differs")) { line in
          let found = [VendorComparison.Verdict.contradicts, .exceeds].compactMap { verdict -> HTML? in
            let count = comparisons[line.vendor.id]?.count(verdict) ?? 0
            return count == 0 ? nil : VendorChips.verdict(verdict, language, count: count)?.html
          }
          return found.joined(separator: " ")
        },
      ],
      rows: lines,
      rowID: \.vendor.id,
      rowName: \.vendor.name,
      empty: EmptyState(
        say("様式を渡す事業者がありません", "There is no vendor to ask"),
        say(
          "システム台帳に事業者を、契約台帳に保守の契約を登録すると、ここに並びます。",
          "Vendors of systems and of contracts in the registers appear here."
        )
      )
    )
    table.isDense = true
    return table.html(language)
  }
}

/// How the states of vendors' forms look, and how their answers go with the hospital's.
enum VendorChips {
  /// Of one answer, or of `count` of them; nil where nothing can be said.
  static func verdict(_ verdict: VendorComparison.Verdict, _ language: Language, count: Int? = nil) -> Chip? {
    guard let label = verdict.label else { return nil }
    let tint: Chip.Tint =
      switch verdict {
      case .contradicts: .red
      case .exceeds: .orange
      case .agrees, .open: .green
      }
    let number = count.map { Localized(ja: " \($0)件", en: ": \($0)")[language] } ?? ""
    return Chip(label[language] + number, tint)
  }

  static func state(_ state: VendorStanding.State, _ language: Language) -> Chip {
    let tint: Chip.Tint =
      switch state {
      case .unsent: .grey
      case .sent: .blue
      case .overdue: .red
      case .partly: .yellow
      case .answered: .green
      }
    return Chip(state.label[language], tint)
  }
}
