import Design
import HTML
import Records
import Text
import Time
import Web

/// `/training`: what is to be taken, the nearest day first, then what was taken.
struct OwnTrainingListPage {
  let mine: OwnTraining.Mine
  let request: WebRequest

  private var language: Language { request.language }
  private var today: LocalDate { request.now.day }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    .page(
      Page(
        say("研修を受ける", "Take a training"),
        lead: mine.open.isEmpty
          ? nil : HTML(text: say("読み終えたら「受講しました」を押してください。", "Press “I have taken it” once you have read it.")),
        main: mine.person == nil ? unknown : "\(open)\(done)"
      ),
      current: "organization.ownTrainings"
    )
  }

  /// Nothing can be put on record for an account that is nobody's.
  private var unknown: HTML {
    EmptyState(
      say("名簿のどの人か、まだ分かりません。", "The roster does not say who you are."),
      say(
        "職員の名簿の「ログイン名」に「\(mine.userName)」と入れてもらうと、ここに研修が出ます。システム管理者か部門責任者に頼んでください。",
        "Ask the administrator or your head of department to enter “\(mine.userName)” as “Signs in as” in the roster."
      )
    ).html(language)
  }

  private var open: HTML {
    guard !mine.open.isEmpty else {
      return EmptyState(
        say("今は受ける研修がありません。", "There is no training to take now."),
        say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
      ).html(language)
    }
    return TodoList(
      mine.open.map { line in
        let late = today.days(since: line.training.due)
        return TodoList.Item(
          due: request.dates.brief(line.training.due, today: today),
          overdue: late > 0 ? say("\(late.grouped)日超過", "\(late.english("day", "days")) late") : nil,
          title: line.training.title,
          address: OrganizationPath.ownTraining(line.id),
          why: line.training.isClass
            ? OwnTrainingPage.held(line.training, request) : line.training.record.known("purpose") ?? "",
          action: line.training.isClass ? say("案内を見る", "See when") : say("受ける", "Take it")
        )
      }
    ).html
  }

  private var done: HTML {
    guard !mine.done.isEmpty else { return .empty }
    let rows = mine.done.compactMap { line -> HTML? in
      guard let taken = line.done.values.first else { return nil }
      return """
        <li><a href="\(OrganizationPath.ownTraining(line.id))">\(line.training.title)</a>\
        <span class="sub">\(OwnTrainingPage.taken(taken, request))</span></li>
        """
    }
    return "<h2>\(say("受けた研修", "Trainings taken"))</h2><ul class=\"log\">\(rows)</ul>"
  }
}

/// `/training/:id`: the material, the questions, and afterwards what is right and why.
struct OwnTrainingPage {
  let line: TrainingStanding.Line
  let questions: [TrainingQuestion]
  let file: DocumentFile?
  let regulation: Record?
  let typed: [String: String]
  /// The questions that were left open.
  let open: Set<String>
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var training: Training { line.training }
  private var attendance: Attendance? { line.done.values.first }

  static func taken(_ attendance: Attendance, _ request: WebRequest) -> String {
    let language = request.language
    let day = attendance.doneOn.map { request.dates.day($0) } ?? ""
    let head = Localized(ja: "\(day)に受講", en: "Taken on \(day)")[language]
    guard let (correct, asked) = attendance.result else { return head }
    return head + Localized(ja: "、\(asked)問のうち\(correct)問正解", en: ", \(correct) of \(asked) right")[language]
  }

  static func held(_ training: Training, _ request: WebRequest) -> String {
    let day = training.record.date("held_on").map { request.dates.day($0) }
    return [day, training.record.known("place")].compactMap(\.self).joined(
      separator: request.language == .ja ? " " : ", "
    )
  }

  var response: WebResponse {
    let fields = questions.map(field)
    let until = say("受講期限 \(request.dates.day(training.due))", "Until \(request.dates.day(training.due))")
    return .page(
      Page(
        training.title,
        lead: attendance.map { HTML(text: Self.taken($0, request)) } ?? HTML(text: until),
        crumbs: [Crumb(say("研修を受ける", "Take a training"), OrganizationPath.ownTrainings)],
        errors: fields.errors,
        main: "\(purpose)\(TrainingText(training.record.known("contents") ?? "").html)\(sources)\(ending(fields))"
      ),
      current: "organization.ownTrainings"
    )
  }

  private var purpose: HTML {
    guard let text = training.record.known("purpose") else { return .empty }
    return "<p><b>\(say("ねらい", "Purpose"))</b>\(language.colon)\(text)</p>"
  }

  /// Where there is more to read.
  private var sources: HTML {
    var lines: [KeyValues.Line] = []
    if training.isClass { lines.append(.init(say("開催", "Held"), text: Self.held(training, request))) }
    if let file {
      let path = OrganizationPath.ownTraining(line.id) + "/file"
      lines.append(
        .init(say("資料", "Material"), "<a href=\"\(path)\">\(file.name)</a> \(DocumentSection.size(file.size))")
      )
    }
    if let place = training.record.known("document") {
      let isLink = place.hasPrefix("https://") || place.hasPrefix("http://")
      let shown: HTML = isLink ? "<a href=\"\(place)\" rel=\"noreferrer\">\(place)</a>" : HTML(text: place)
      lines.append(.init(say("資料のある場所", "Where the material is"), shown))
    }
    let list: HTML = lines.isEmpty ? .empty : KeyValues(lines).html
    guard let regulation else { return list }
    return """
      \(list)<section class="block"><h2>\(regulation.title(language))</h2>\
      \(TrainingText(regulation.known("contents") ?? "").html)</section>
      """
  }

  private func ending(_ fields: [FormField]) -> HTML {
    if attendance != nil { return answers }
    if training.isClass { return "<p>\(OwnTraining.inClass[language])</p>" }
    let heading: HTML = questions.isEmpty ? .empty : "<h2>\(say("確認の問題", "Check questions"))</h2>"
    return heading
      + FormFrame(
        action: OrganizationPath.ownTraining(line.id),
        csrf: request.csrf,
        fields: fields,
        buttons: Button.submit(say("受講しました", "I have taken it"))
      ).html(language)
  }

  private func field(_ question: TrainingQuestion) -> FormField {
    let choices = question.choices.enumerated().map { Design.Choice(String($0), $1) }
    return .radios(
      question.field,
      question.text,
      choices,
      chosen: typed[question.field],
      required: true,
      error: open.contains(question.id)
        ? say("「\(question.short)」の答えを1つ選んでください。", "Choose one answer to “\(question.short)”.") : nil
    )
  }

  /// Shown to those alone who have given theirs, which stand beside the right ones.
  private var answers: HTML {
    guard !questions.isEmpty, let attendance, attendance.way == "screen" else { return .empty }
    let rows = questions.map { question -> HTML in
      let why: HTML = question.explanation.isEmpty ? .empty : "<span class=\"sub\">\(question.explanation)</span>"
      return """
        <li>\(question.text)\(own(question, attendance))<span class="sub"><b>\(say("正解", "Right answer"))\(language.colon)\
        \(question.choices[question.right])</b></span>\(why)</li>
        """
    }
    return "<h2>\(say("確認の問題の答え", "Answers"))</h2><ul class=\"log\">\(rows)</ul>"
  }

  /// What was chosen; nothing where it was not kept, or the question has been changed since.
  private func own(_ question: TrainingQuestion, _ attendance: Attendance) -> HTML {
    guard let chosen = question.chosen(in: attendance.answers) else { return .empty }
    let chip =
      chosen == question.right ? Chip(say("正解", "Right"), .green).html : Chip(say("不正解", "Wrong"), .orange).html
    return """
      <span class="sub">\(say("あなたの答え", "Your answer"))\(language.colon)\(question.choices[chosen]) \(chip)</span>
      """
  }
}

/// Text with headings (lines that begin with ■ or #) and lists (・, - or *).
struct TrainingText {
  let lines: [String]

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Width.trimmed(String($0)) }
  }

  var html: HTML {
    var (out, items): (HTML, [HTML]) = (.empty, [])
    func closed() -> HTML { items.isEmpty ? .empty : "<ul>\(items)</ul>" }
    for line in lines {
      guard let first = line.first else { continue }
      let rest = Width.trimmed(String(line.dropFirst()))
      if "・-*".contains(first), !rest.isEmpty {
        items.append("<li>\(rest)</li>")
        continue
      }
      out += closed()
      items = []
      out += "■#".contains(first) && !rest.isEmpty ? "<h2>\(rest)</h2>" : "<p>\(line)</p>"
    }
    return out + closed()
  }
}
