import Tabular
import Text
import Time

/// Reads files of surveys: who is asked, and answers that came on paper, by mail or from another program.
struct SurveyFile {
  let today: LocalDate

  static let nameHead = Localized(ja: "回答者", en: "Respondent")
  static let stratumHead = Localized(ja: "区分", en: "Stratum")
  static let answererHead = Localized(ja: "答える人", en: "Answered by")
  static let contactHead = Localized(ja: "連絡先", en: "Contact")
  static let bedsHead = Localized(ja: "病床数", en: "Beds")

  /// What is wrong with a file, by row and column.
  struct Fault: Error, Sendable {
    let row: Int
    let column: String
    let text: Localized

    /// 「12行目「a3」：…」.
    var words: Localized {
      let place = column.isEmpty ? Localized(both: "") : Localized(ja: "「\(column)」", en: ", “\(column)”")
      return Localized(ja: "\(row)行目\(place.ja)：\(text.ja)", en: "Row \(row)\(place.en): \(text.en)")
    }
  }

  /// Every fault of a file, at most `most`.
  struct Faults: Error, Sendable {
    static let most = 50
    let list: [Fault]
  }

  private struct Head {
    let row: Int
    let places: [String: Int]
    let rows: ArraySlice<SheetRow>
  }

  /// The first row that names the respondent is the head, wherever it stands.
  private func head(_ book: Workbook) throws(Faults) -> Head {
    for sheet in book.visibleSheets {
      for (index, row) in sheet.rows.enumerated().prefix(50) {
        let texts = row.cells.map(\.text)
        guard texts.contains(where: { Self.isName($0) }) else { continue }
        var places: [String: Int] = [:]
        for (place, text) in texts.enumerated() where !text.isEmpty {
          let key = Self.isName(text) ? Self.nameHead.ja : text
          if places[key] == nil { places[key] = place }
        }
        return Head(row: row.number, places: places, rows: sheet.rows[(index + 1)...])
      }
    }
    throw Faults(list: [
      Fault(
        row: 1,
        column: "",
        text: Localized(
          ja: "「回答者」という見出しの列がありません。1列目の見出しを「回答者」にしてください。",
          en: "No column is headed “Respondent”. Head the first column so."
        )
      )
    ])
  }

  private static func isName(_ text: String) -> Bool {
    [nameHead.ja, nameHead.en, "施設", "施設名", "Facility"].contains(text)
  }

  /// 回答者, and 区分 or 病床数; 答える人 where somebody else answers, 連絡先 where reminders shall find them.
  func members(_ book: Workbook) throws(Faults) -> [SurveyDraft.Member] {
    let head = try head(book)
    let name = head.places[Self.nameHead.ja] ?? 0
    let stratum = head.places[Self.stratumHead.ja] ?? head.places[Self.stratumHead.en]
    let answerer = head.places[Self.answererHead.ja] ?? head.places[Self.answererHead.en]
    let contact = head.places[Self.contactHead.ja] ?? head.places[Self.contactHead.en]
    let beds = head.places[Self.bedsHead.ja] ?? head.places[Self.bedsHead.en]
    var members: [SurveyDraft.Member] = []
    var faults: [Fault] = []
    var seen: [String: Int] = [:]
    for row in head.rows where row.cells.contains(where: { !$0.isEmpty }) {
      let text = row[name].text
      if text.isEmpty {
        faults.append(
          Fault(row: row.number, column: Self.nameHead.ja, text: Localized(ja: "名前が空です。", en: "The name is empty."))
        )
      } else if let first = seen.updateValue(row.number, forKey: text) {
        faults.append(
          Fault(
            row: row.number,
            column: Self.nameHead.ja,
            text: Localized(ja: "「\(text)」は\(first)行目にもあります。", en: "“\(text)” stands in row \(first) too.")
          )
        )
      }
      var group = stratum.map { row[$0].text } ?? ""
      if group.isEmpty, let beds {
        let typed = row[beds].text
        let number = Int(Width.halved(typed).filter { $0 != "," && $0 != "床" })
        if let number, number >= 0 {
          group = BedClass(beds: number).rawValue
        } else if !typed.isEmpty {
          faults.append(
            Fault(
              row: row.number,
              column: Self.bedsHead.ja,
              text: Localized(ja: "病床数を数で入力してください（\(typed)）。", en: "Give the beds as a number, not “\(typed)”.")
            )
          )
        }
      }
      members.append(
        SurveyDraft.Member(
          name: text,
          stratum: group,
          answerer: answerer.map { row[$0].text } ?? "",
          contact: contact.map { row[$0].text } ?? ""
        )
      )
      if faults.count >= Faults.most { break }
    }
    guard faults.isEmpty else { throw Faults(list: faults) }
    return members
  }

  /// One line for each who answered. Names must be those that were asked; what cannot be read is named by row and column
  /// and nothing is taken.
  func answers(
    _ book: Workbook,
    _ survey: Survey,
    _ respondents: [Respondent]
  ) throws(Faults) -> [(respondent: Respondent, answers: SurveyAnswers)] {
    let head = try head(book)
    let name = head.places[Self.nameHead.ja] ?? 0
    let questionnaire = survey.questionnaire
    let questions = Dictionary(questionnaire.questions.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    let columns = questionnaire.columns.compactMap { column in head.places[column.key].map { (column, $0) } }
    guard !columns.isEmpty else {
      throw Faults(list: [
        Fault(
          row: head.row,
          column: "",
          text: Localized(
            ja: "設問の列がありません。見出しを符号表の「列」と同じにしてください。",
            en: "No column is a question. Head them as the code book does."
          )
        )
      ])
    }
    let byName = Dictionary(respondents.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
    let reading = AnswerReading(today: today)
    var found: [(respondent: Respondent, answers: SurveyAnswers)] = []
    var faults: [Fault] = []
    var seen: Set<String> = []
    for row in head.rows where row.cells.contains(where: { !$0.isEmpty }) {
      guard faults.count < Faults.most else { break }
      let who = row[name].text
      guard let respondent = byName[who] else {
        faults.append(
          Fault(
            row: row.number,
            column: Self.nameHead.ja,
            text: Localized(ja: "「\(who)」はこの調査の相手ではありません。", en: "“\(who)” was not asked.")
          )
        )
        continue
      }
      guard seen.insert(who).inserted else {
        faults.append(
          Fault(
            row: row.number,
            column: Self.nameHead.ja,
            text: Localized(ja: "「\(who)」が2回出てきます。", en: "“\(who)” stands twice.")
          )
        )
        continue
      }
      var answers = SurveyAnswers(count: questionnaire.columns.count)
      for (column, place) in columns {
        guard let question = questions[column.question] else { continue }
        let text = row[place].text
        if let value = reading.read(text, question.format) {
          answers[column] = value
        } else {
          faults.append(Fault(row: row.number, column: column.key, text: AnswerReading.problem(question.format)))
        }
      }
      let settled = questionnaire.settled(answers)
      faults += Self.againstBranch(answers, settled, questionnaire, row: row.number)
      faults += AnswerReading.missing(settled, questionnaire).prefix(3).map {
        Fault(row: row.number, column: $0.key, text: Localized(ja: "必須の設問です。", en: "An answer is required."))
      }
      found.append((respondent, settled))
    }
    guard faults.isEmpty else { throw Faults(list: Array(faults.prefix(Faults.most))) }
    return found
  }

  /// What was answered though an earlier answer says that it is not asked: one of the two is wrong, and only who made the
  /// file knows which.
  private static func againstBranch(
    _ given: SurveyAnswers,
    _ settled: SurveyAnswers,
    _ questionnaire: Questionnaire,
    row: Int
  ) -> [Fault] {
    questionnaire.columns.compactMap { column in
      guard !given[column].isEmpty, !settled.isAsked(column),
        let condition = questionnaire[column.question]?.condition
      else { return nil }
      let values = condition.values.sorted()
      return Fault(
        row: row,
        column: column.key,
        text: Localized(
          ja:
            "「\(condition.question)」が\(values.map { "「\($0)」" }.joined(separator: "か"))のときだけ答える設問です。この欄を空にするか、「\(condition.question)」を直してください。",
          en:
            "It is asked only where “\(condition.question)” is \(values.map { "“\($0)”" }.joined(separator: " or ")). Empty this cell, or mend “\(condition.question)”."
        )
      )
    }
  }
}
