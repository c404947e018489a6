import Design
import HTML
import Records
import Text
import Time
import Web

/// The form on paper, in the official order: first check, target date, second check, remarks. Nothing is left out, and
/// what is not answered is printed as such.
struct RoundSheet {
  let standing: Assessment.Standing
  let request: WebRequest

  private var round: Round { standing.round }
  private var checklist: Checklist { round.checklist }
  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let open = standing.items.count { $0.answer == nil }
    return .sheet(
      PrintSheet(
        checklist.title[language],
        subtitle: open == 0
          ? standing.name[language]
          : say(
            "\(standing.name.ja)　未回答\(open)項目",
            "\(standing.name.en), \(open.english("item", "items")) not answered"
          ),
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        fiscalYear: standing.fiscalYear(language),
        backAddress: AssessmentPath.round(checklist.id, round.period),
        contents:
          "\(table)\(LockNote(round: round, day: { request.dates.short($0) }, language: language).html)\(PackNote(checklist.pack, language: language).html)"
      )
    )
  }

  private var table: HTML {
    FormTable(
      checklist: checklist,
      asked: standing.items.map(\.item),
      answers: standing.round.answers.mapValues(\.onForm),
      wording: standing.wording,
      day: { request.dates.short($0) },
      language: language,
      lateness: standing.lateness
    ).html
  }
}
