import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The form of a hand-made duty: what stands in it and what it means.
struct DutyForm {
  let form: WebForm
  let today: LocalDate

  static let noDay = Localized(
    ja: "日付を読み取れません。2026/11/21 や 令和8年11月21日 のように入力してください。",
    en: "This is no date. Write it like 2026-11-21 or 21 Nov 2026."
  )

  static func day(_ text: String, today: LocalDate) -> LocalDate? { JapaneseDate.read(text, today: today).day }

  /// Throws every problem at once.
  func draft(people: [DutyPerson], departments: [(id: String, name: String)]) throws -> DutyDraft {
    var problems = DutyProblems()
    let due = Self.day(form.text("due"), today: today)
    if due == nil { problems.list.append(("due", Self.noDay)) }
    let owner = Role(rawValue: form.text("owner"))
    if owner == nil { problems.add("owner", "担当の役割を選んでください。", "Choose the role that owns it.") }
    let person = form.text("person")
    if !person.isEmpty, !people.contains(where: { $0.account == person }) {
      problems.add("person", "この人はいまの利用者の中にいません。選び直してください。", "This person has no account. Choose another.")
    }
    let department = form.text("department")
    if !department.isEmpty, !departments.contains(where: { $0.id == department }) {
      problems.add("department", "この部門は台帳にありません。選び直してください。", "This department is not in the ledger.")
    }
    let recurrence = form.text("recurrence")
    let rule = recurrence.isEmpty ? nil : due.flatMap { Self.rule(recurrence, due: $0) }
    if !recurrence.isEmpty, due != nil, rule == nil {
      problems.add("recurrence", "くり返しを選び直してください。", "Choose how it repeats.")
    }
    guard problems.list.isEmpty, let due, let owner else { throw problems }
    return DutyDraft(
      title: form.text("title"),
      reason: form.text("reason"),
      link: form.text("link"),
      owner: owner,
      person: person.isEmpty ? nil : person,
      department: department.isEmpty ? nil : department,
      deputy: Role(rawValue: form.text("deputy")),
      due: due,
      recurrence: rule,
      rank: form.text("urgency") == "high" ? 1 : 5
    )
  }

  /// The choices of the form, most of which take their day from the due date.
  static let rules = ["monthly", "monthly:31", "workday:1", "workday:-1", "yearly", "fiscal", "weekly"]

  static func rule(_ word: String, due: LocalDate) -> Recurrence? {
    switch word {
    case "monthly": .monthly(day: due.day)
    case "yearly": .yearly(month: due.month, day: due.day)
    case "weekly": .weekly(due.weekday)
    default: Recurrence(reading: word)
    }
  }

  static func word(_ recurrence: Recurrence?) -> String {
    switch recurrence {
    case nil: ""
    case .monthly(let day): day == 31 ? "monthly:31" : "monthly"
    case .yearly: "yearly"
    case .weekly: "weekly"
    case .some(let other): other.text
    }
  }

  static func label(_ word: String) -> Localized {
    switch word {
    case "monthly": Localized(ja: "毎月、期限と同じ日", en: "Every month on the day it is due")
    case "yearly": Localized(ja: "毎年、期限と同じ日", en: "Every year on the day it is due")
    case "weekly": Localized(ja: "毎週、期限と同じ曜日", en: "Every week on that day")
    default: Recurrence(reading: word)?.label ?? Localized(both: word)
    }
  }
}

/// `/duties/new`, `/duties/made/:id/edit`.
struct DutyFormRoutes: Sendable {
  let duties: Duties

  var routes: [Route] {
    [
      .get("/duties/new", ManageDuties.self, new),
      .post("/duties", ManageDuties.self, make),
      .get("/duties/made/:id/edit", ManageDuties.self, edit),
      .post("/duties/made/:id/edit", ManageDuties.self, save),
    ]
  }

  @Sendable func new(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> WebResponse {
    try await page(request, scope, nil, [:])
  }

  @Sendable func make(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> WebResponse {
    let form = try request.form()
    do {
      let draft = try await draft(form, scope)
      let id = try await duties.make(draft, in: scope)
      return .redirect(
        to: "/duties/\(MadeDuty.prefix)\(id)",
        flash: .done(Localized(ja: "やることを追加しました。", en: "Added."))
      )
    } catch let problems as DutyProblems {
      return try await page(request, scope, nil, Self.values(form), problems)
    }
  }

  @Sendable func edit(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> WebResponse {
    let made = try await open(request, scope)
    return try await page(request, scope, made, Self.values(made.draft, request))
  }

  @Sendable func save(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> WebResponse {
    let made = try await open(request, scope)
    let form = try request.form()
    do {
      let draft = try await draft(form, scope)
      try await duties.change(made.id, draft, version: Int(form.text("version")) ?? 0, in: scope)
      return .redirect(
        to: "/duties/\(MadeDuty.prefix)\(made.id)",
        flash: .done(Localized(ja: "保存しました。", en: "Saved."))
      )
    } catch let problems as DutyProblems {
      return try await page(request, scope, made, Self.values(form), problems)
    } catch is DutyConflict {
      let problem = DutyProblems("", DutyRoutes.conflict)
      return try await page(request, scope, made, Self.values(form), problem, status: 409)
    }
  }

  private func open(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> MadeDuty {
    guard let made = try await duties.made(request["id"], scope.facility), made.closedAt == nil else {
      throw DutyRoutes.missing
    }
    return made
  }

  private func draft(_ form: WebForm, _ scope: Scope<ManageDuties>) async throws -> DutyDraft {
    let draft = try DutyForm(form: form, today: duties.today).draft(
      people: try await duties.needs.people(scope.facility),
      departments: try await duties.needs.departments(scope.facility)
    )
    try draft.check()
    return draft
  }

  private static let names = [
    "title", "reason", "link", "owner", "person", "department", "deputy", "due", "recurrence", "urgency",
  ]

  private static func values(_ form: WebForm) -> [String: String] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, form.text($0)) })
  }

  private static func values(_ draft: DutyDraft, _ request: WebRequest) -> [String: String] {
    var values = Dictionary(uniqueKeysWithValues: draft.fields)
    values["due"] = request.dates.typed(draft.due)
    values["recurrence"] = DutyForm.word(draft.recurrence)
    values["urgency"] = draft.rank < 3 ? "high" : ""
    return values
  }

  private func page(
    _ request: WebRequest,
    _ scope: Scope<ManageDuties>,
    _ made: MadeDuty?,
    _ values: [String: String],
    _ problems: DutyProblems = DutyProblems(),
    status: Int? = nil
  ) async throws -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let errors = problems.errors(language)
    let people = try await duties.needs.people(scope.facility)
    let departments = try await duties.needs.departments(scope.facility)
    let fields = Self.fields(values, people, departments, language).map { $0.withError(from: errors) }
    let title = made == nil ? say("やることを追加", "Add something to do") : say("やることを変更", "Change")
    let frame = FormFrame(
      action: made.map { "/duties/made/\($0.id)/edit" } ?? "/duties",
      csrf: request.csrf,
      fields: fields + [.hidden("version", String(made?.version ?? 0))],
      buttons: Button.submit(made == nil ? say("追加", "Add") : say("保存", "Save")),
      draft: made == nil ? "duty" : nil
    )
    return .page(
      Page(title, crumbs: [Crumb(say("やること", "To do"), "/duties")], errors: errors, main: frame.html(language)),
      current: "duties.list",
      status: status
    )
  }

  private static func fields(
    _ values: [String: String],
    _ people: [DutyPerson],
    _ departments: [(id: String, name: String)],
    _ language: Language
  ) -> [FormField] {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    func value(_ name: String) -> String { values[name] ?? "" }
    let roles = Role.allCases.map { Choice($0.rawValue, $0.label[language]) }
    let none = Choice("", say("決めない", "Nobody in particular"))
    let titleField = FormField.text("title", say("やること", "What"), value: value("title"), required: true, width: .full)
    return [
      titleField,
      .lines("reason", say("理由・やり方", "Why and how"), value: value("reason"), rows: 3),
      .date("due", say("期限", "Due"), value: value("due"), language: language, required: true),
      .select(
        "recurrence",
        say("くり返し", "Repeats"),
        [Choice("", say("くり返さない", "Once"))] + DutyForm.rules.map { Choice($0, DutyForm.label($0)[language]) },
        chosen: value("recurrence"),
        support: say("日が休みに当たるときは、その前の営業日が期限になります。", "On days off it is due on the working day before.")
      ),
      .select(
        "owner",
        say("担当の役割", "Role"),
        [Choice("", say("選んでください", "Choose"))] + roles,
        chosen: value("owner"),
        required: true
      ),
      .select(
        "person",
        say("担当の人", "Person"),
        [Choice("", say("役割の人みんな", "Everybody in the role"))] + people.map { Choice($0.account, $0.name) },
        chosen: value("person")
      ),
      .select(
        "department",
        say("部門", "Department"),
        [Choice("", say("病院全体", "The whole hospital"))] + departments.map { Choice($0.id, $0.name) },
        chosen: value("department")
      ),
      .select(
        "deputy",
        say("代理の役割", "Deputy"),
        [none] + roles,
        chosen: value("deputy"),
        support: say(
          "期限を3日過ぎると代理に、7日過ぎると安全管理責任者に知らせます。",
          "Told when it is three days late; the safety manager when it is seven."
        )
      ),
      .radios(
        "urgency",
        say("急ぎ", "Urgency"),
        [Choice("", say("ふつう", "Normal")), Choice("high", say("急ぐ", "Urgent"))],
        chosen: value("urgency"),
        across: true
      ),
      .text(
        "link",
        say("開く場所", "Where"),
        value: value("link"),
        support: say("例：/ledger/contract", "For example /ledger/contract")
      ),
    ]
  }
}
