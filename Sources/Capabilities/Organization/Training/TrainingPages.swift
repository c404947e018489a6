import Design
import HTML
import Nouns
import Records
import Tabular
import Text
import Time
import Web

/// `/trainings`: the trainings of a year, each with how many have taken it.
struct TrainingListPage {
  let standing: TrainingStanding
  let year: FiscalYear
  let current: FiscalYear
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  private var lead: String {
    let people = standing.people
    guard people.asked > 0 else {
      return say("だれがどの研修を受けたか、まだの人はだれかを見ます。", "Who has taken which training, and who is left.")
    }
    return say(
      "始まった研修の対象\(people.asked.grouped)人のうち、\(people.done.grouped)人がすべて終えました。",
      "Of \(people.asked.grouped) staff asked by trainings that have begun, \(people.done.grouped) have taken all of theirs."
    )
  }

  var response: WebResponse {
    let years = [current.next, current, current.previous, current.previous.previous]
    let shown = years.contains(year) ? years : [year] + years
    let table = DataTable<TrainingStanding.Line>(
      id: "trainings",
      caption: say("研修の一覧", "Trainings"),
      address: request.address(OrganizationPath.trainings),
      columns: columns,
      rows: standing.lines,
      rowID: \.id,
      rowName: { $0.training.title },
      filter: FilterBar(
        address: request.address(OrganizationPath.trainings),
        fields: [
          .select(
            name: "year",
            label: say("年度", "Fiscal year"),
            choices: shown.map {
              Design.Choice(String($0.startYear), $0.shown(request.dates.style, ja: language == .ja))
            },
            chosen: String(year.startYear)
          )
        ]
      ),
      empty: EmptyState(
        say("この年度の研修は登録されていません。", "No training of this year is recorded."),
        say(
          "職員の教育は、年に1回は記録に残るように行います。研修名、対象、期限を登録してください。",
          "Staff are to be trained at least once a year, with a record. Enter a title, for whom and until when."
        ),
        actions: mayMake ? Button.link(say("研修を登録", "Add a training"), Self.new) : nil
      )
    )
    return .page(
      Page(
        say("研修の状況", "Training so far"),
        lead: HTML(text: lead),
        actions: mayMake && !standing.lines.isEmpty
          ? Button.link(say("研修を登録", "Add a training"), Self.new, size: .small) : nil,
        main: table.html(language)
      ),
      current: "organization.trainings"
    )
  }

  private static let new = RecordPath.new(Kind.training.key)

  /// Trainings are of the whole house: whoever holds one department only adds none.
  private var mayMake: Bool {
    request.may(.editLedger) && (try? request.scope(EditLedger.self))?.departments == nil
  }

  /// This year is what is shown where nothing is chosen.
  private func value(_ year: FiscalYear) -> String { year == current ? "" : String(year.startYear) }

  private var columns: [DataTable<TrainingStanding.Line>.Column] {
    [
      .init("title", say("研修", "Training")) { line in
        "<a href=\"\(OrganizationPath.training(line.id))\">\(line.training.title)</a>"
      },
      .init("due", say("受講期限", "Until")) { line in
        DateText.html(request.dates.short(line.training.due), machine: line.training.due.iso)
      },
      .init("done", say("受けた人", "Taken by"), isNumeric: true) { line in
        "\(line.done.count.grouped) / \(line.asked.count.grouped)"
      },
      .init("state", say("状態", "State")) { line in TrainingPage.chip(line, standing.today, language) },
    ]
  }
}

/// `/trainings/:id`: by department, and by name those who are left.
struct TrainingPage {
  let line: TrainingStanding.Line
  let departments: TrainingDepartments
  /// Whose names are shown; `-` for people without a department, nil for nobody's.
  var department: String?
  let request: WebRequest
  var typed: [String: String] = [:]
  var chosen: Set<String> = []
  var errors: [FieldError] = []

  private var language: Language { request.language }
  private var today: LocalDate { request.now.day }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var training: Training { line.training }

  private func place(_ verb: String = "") -> Address {
    Address(OrganizationPath.training(line.id) + (verb.isEmpty ? "" : "/" + verb)).setting("department", department)
  }

  var address: String { place().text }

  static func chip(_ line: TrainingStanding.Line, _ today: LocalDate, _ language: Language) -> HTML {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let (training, open) = (line.training, line.open.count)
    if line.asked.isEmpty { return Chip(say("対象の人がいません", "Asks nobody"), .orange).html }
    if open == 0 { return Chip(say("全員が受講", "All have taken it"), .green).html }
    if !training.hasBegun(on: today) { return Chip(say("これから", "Not begun"), .grey).html }
    let late = today.days(since: training.due)
    if late > 0 {
      return Chip(
        say("\(late.grouped)日超過 残り\(open.grouped)人", "\(late.english("day", "days")) late, \(open.grouped) left"),
        .red
      )
      .html
    }
    return Chip(
      say("残り\(open.grouped)人", "\(open.grouped) left"),
      late >= -Organization.trainingNotice ? .orange : .blue
    ).html
  }

  private func name(_ department: String?) -> String {
    departments.name(department) ?? say("部署のない人", "Without a department")
  }

  var response: WebResponse {
    let people = TrainingDesk.people(line, department: department, open: true)
    return .page(
      Page(
        training.title,
        lead: "\(Self.chip(line, today, language)) \(when)",
        actions: buttons,
        crumbs: [Crumb(say("研修の状況", "Training so far"), OrganizationPath.trainings)],
        errors: errors,
        main: "\(department == nil ? .empty : names(people))\(ways)\(table)"
      ),
      current: "organization.trainings"
    )
  }

  private var when: String {
    let days = say(
      "\(request.dates.day(training.starts))から\(request.dates.day(training.due))まで",
      "\(request.dates.day(training.starts)) to \(request.dates.day(training.due))"
    )
    let held = training.isClass ? OwnTrainingPage.held(training, request) : ""
    return held.isEmpty ? days : days + say("、集合研修 ", ", in class ") + held
  }

  private var buttons: HTML {
    Button.link(say("受講者名簿を印刷", "Print the list"), place("print").text, look: .secondary, size: .small)
      + Button.link(say("Excelで書き出す", "Excel"), place("sheet").text, look: .secondary, size: .small)
      + Button.link("CSV", place("sheet").setting("format", "csv").text, look: .secondary, size: .small)
  }

  // MARK: By department

  private var table: HTML {
    let groups = line.groups(departments)
    guard !groups.isEmpty else {
      return EmptyState(
        say("対象の人がいません。", "It asks nobody."),
        say("研修の対象と、職員の名簿の所属・職種・採用日を確かめてください。", "Look at whom it is for, and at the roster.")
      ).html(language)
    }
    let counts = [say("受けた人", "Taken by"), say("まだの人", "Left")]
    let rows = groups.map { group -> HTML in
      let to = Address(OrganizationPath.training(line.id)).setting("department", group.department ?? "-").text
      return """
        <tr><th scope="row"><a href="\(to)">\(name(group.department))</a></th>\
        <td class="num">\(group.done.grouped) / \(group.asked.count.grouped)</td>\
        <td class="num">\(group.open == 0 ? say("なし", "None") : group.open.grouped)</td></tr>
        """
    }
    let caption = say("部署ごとの受講の状況", "By department")
    return """
      <h2>\(caption)</h2><div class="table"><table class="dense"><caption class="vh">\(caption)</caption><thead><tr>\
      <th scope="col">\(say("部署", "Department"))</th>\(each: counts, { "<th scope=\"col\" class=\"num\">\($0)</th>" })\
      </tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  // MARK: By name

  private func names(_ people: [TrainingPerson]) -> HTML {
    let whose = name(department == "-" ? nil : department)
    let heading: HTML = "<h2 id=\"left\">\(say("\(whose)の、まだ受けていない人", "Left in \(whose)"))</h2>"
    guard !people.isEmpty else { return "\(heading)<p>\(say("まだの人はいません。", "Nobody is left."))</p>" }
    guard request.may(.editLedger) else {
      return "\(heading)<ul>\(each: people, { "<li>\(title($0))</li>" })</ul>"
    }
    let form = FormFrame(
      action: OrganizationPath.training(line.id) + "/record",
      csrf: request.csrf,
      fields: fields(people).map { $0.withError(from: errors) },
      buttons: Button.submit(say("受講を記録する", "Record it"))
    )
    let note = say(
      "アカウントのない人や集合研修に出た人を、出席名簿から記録します。",
      "Record from the attendance list those without an account, and those who came to a class."
    )
    return "<section class=\"noprint\">\(heading)<p>\(note)</p>\(form.html(language))</section>"
  }

  private func fields(_ people: [TrainingPerson]) -> [FormField] {
    let ways = (Kind.trainingAttendance[field: "way"]?.choices ?? []).filter { $0.key != "screen" }
    let choices = people.map { Design.Choice($0.id, title($0)) }
    let who = FormField.checkboxes(
      "person",
      say("受けた人", "Who has taken it"),
      choices,
      chosen: chosen,
      across: true,
      required: true
    )
    let day = request.dates.typed(training.record.date("held_on") ?? today)
    let when = FormField.date(
      "done_on",
      say("受講日", "Taken on"),
      value: typed["done_on"] ?? day,
      language: language,
      required: true
    )
    let how = FormField.select(
      "way",
      say("受け方", "How"),
      ways.map { Design.Choice($0.key, $0.label[language]) },
      chosen: typed["way"] ?? (training.isClass ? "class" : "paper"),
      required: true
    )
    return [who, when, how, .hidden("department", department ?? "")]
  }

  private func title(_ person: TrainingPerson) -> String {
    person.number.isEmpty ? person.name : person.name + language.aside(person.number)
  }

  private var ways: HTML {
    var buttons = [
      Button.link(say("研修の内容", "The training"), RecordPath.record(Kind.training.key, line.id), look: .secondary)
    ]
    if request.may(Kind.trainingQuestion.traits.readers) {
      let query = ListQuery(filters: ["training": [.value(line.id)]])
      buttons.append(
        Button.link(
          say("確認の問題", "Check questions"),
          RecordPath.list(Kind.trainingQuestion.key, query),
          look: .secondary
        )
      )
    }
    if request.may(.editLedger), training.hasBegun(on: today), !line.open.isEmpty {
      buttons.append(
        Button.post(
          say("まだの人に知らせる", "Tell those who are left"),
          OrganizationPath.training(line.id) + "/remind",
          csrf: request.csrf,
          look: .secondary,
          context: training.title
        )
      )
    }
    return "<div class=\"btns noprint\">\(buttons)</div>"
  }

  // MARK: Paper and files

  private var shown: [TrainingPerson] { TrainingDesk.people(line, department: department) }

  /// 受講者名簿: names by department with room to sign; who has taken it is marked.
  var paper: WebResponse {
    let byDepartment = Dictionary(grouping: shown, by: \.department)
    let groups = line.groups(departments).filter { byDepartment[$0.department] != nil }
    let blocks = groups.map { group -> HTML in
      let rows = (byDepartment[group.department] ?? []).map { person -> HTML in
        let day = line.done[person.id].map { $0.doneOn.map { request.dates.short($0) } ?? say("済み", "Taken") } ?? ""
        return """
          <tr><td class="nb">\(person.number)</td><td class="nb">\(person.name)</td><td class="nb">\(day)</td>\
          <td></td></tr>
          """
      }
      let heads = [say("職員番号", "Number"), say("氏名", "Name"), say("受講日", "Taken on"), say("署名", "Signature")]
      return """
        <section><h2>\(name(group.department))</h2><table class="dense"><thead><tr>\
        \(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table></section>
        """
    }
    return .sheet(
      PrintSheet(
        say("受講者名簿", "Attendance list"),
        subtitle: training.title + say("　", ", ") + when,
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: address,
        contents: blocks.isEmpty ? "<p>\(say("対象の人がいません。", "It asks nobody."))</p>" : blocks.joined()
      )
    )
  }

  /// Its heads are those that the import reads.
  var sheet: SheetDraft {
    SheetDraft(
      title: say("受講の状況", "Training"),
      columns: [
        ColumnDraft(say("研修", "Training")), ColumnDraft(say("職員番号", "Staff number")), ColumnDraft(say("氏名", "Name")),
        ColumnDraft(say("所属", "Department")), ColumnDraft(say("受講日", "Taken on"), kind: .date),
        ColumnDraft(say("受け方", "How")), ColumnDraft(say("正解した数", "Right answers")),
        ColumnDraft(say("問題の数", "Questions")),
      ],
      rows: shown.map { person in
        let taken = line.done[person.id]
        let way = Kind.trainingAttendance[field: "way"]?.choices.first { $0.key == taken?.way }?.label[language] ?? ""
        return [
          .text(training.title), .text(person.number), .text(person.name),
          .text(departments.name(person.department) ?? ""),
          taken?.doneOn.map { .date($0, minutes: nil) } ?? .empty, way.isEmpty ? .empty : .text(way),
          taken?.result.map { .text(String($0.correct)) } ?? .empty,
          taken?.result.map { .text(String($0.asked)) } ?? .empty,
        ]
      }
    )
  }
}
