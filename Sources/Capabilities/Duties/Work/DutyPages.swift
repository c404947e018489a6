import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/duties`: everything there is to do, who owns it and when it comes again.
struct DutyListPage {
  let duties: [Duty]
  let people: [DutyPerson]
  let show: String
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  private static let most = 500

  var response: WebResponse {
    let names = Dictionary(people.map { ($0.account, $0.name) }, uniquingKeysWith: { first, _ in first })
    let today = request.now.day
    var table = DataTable<Duty>(
      id: "duties",
      caption: say("やることの一覧", "What is to do"),
      address: Address("/duties"),
      columns: [
        .init("due", say("期限", "Due")) { duty in
          let late = today.days(since: duty.due)
          let word: HTML = late > 0 ? Chip(say("\(late)日超過", "\(late.english("day", "days")) late"), .red).html : .empty
          return "\(DateText.html(request.dates.short(duty.due), machine: duty.due.iso)) \(word)"
        },
        .init("title", say("やること", "To do"), isLong: true) { duty in
          """
          <a href="/duties/\(Percent.encode(duty.id))">\(duty.title[language])</a>\
          <span class="sub">\(duty.reason[language])</span>
          """
        },
        .init("owner", say("担当", "Owner")) { duty in
          HTML(text: duty.person.flatMap { names[$0] } ?? duty.owner.label[language])
        },
        .init("again", say("くり返し", "Repeats")) { duty in HTML(text: duty.recurrence?.label[language] ?? "") },
        .init("go", say("操作", "Action"), isAction: true) { duty in
          Button.link(
            duty.action[language],
            duty.link,
            look: .secondary,
            size: .small,
            context: duty.title[language]
          )
        },
      ],
      rows: Array(duties.prefix(Self.most)),
      rowID: \.id,
      rowName: { $0.title[language] }
    )
    table.isDense = true
    table.empty = EmptyState(
      say("やることはありません。", "There is nothing to do."),
      say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
    )
    let tabs = Tabs(
      say("表示", "Show"),
      [("", say("すべて", "All")), ("own", say("自分の分", "My own")), ("snoozed", say("先に延ばしたもの", "Put off"))]
        .map { MenuEntry($0.1, $0.0.isEmpty ? "/duties" : "/duties?show=\($0.0)", isCurrent: show == $0.0) }
    )
    let add: HTML =
      request.may(.manageDuties)
      ? Button.link(say("やることを追加", "Add"), "/duties/new", look: .secondary, size: .small) : .empty
    let rest: HTML =
      duties.count > Self.most
      ? "<p>\(say("急ぐ順に\(Self.most)件を表示しています（全\(duties.count.grouped)件）。", "The \(Self.most) most pressing of \(duties.count.grouped)."))</p>"
      : .empty
    return .page(
      Page(
        say("やること", "To do"),
        lead: HTML(
          text: say(
            "台帳の記録から出ているものは、記録を直すと自動で消えます。人が決めたものは、開いて「完了」にします。",
            "What comes from the records goes when they are mended. What people set is opened and marked done."
          )
        ),
        actions: "\(add)\(Button.print(language))",
        main: "\(tabs.html)\(table.html(language))\(rest)"
      ),
      current: "duties.list"
    )
  }
}

/// `/duties/:id`: what is to do and why, what may be done with it, and what happened so far.
struct DutyPage {
  let duty: Duty
  let made: MadeDuty?
  let snoozedUntil: LocalDate?
  let isDone: Bool
  let events: [DutyEvent]
  let people: [DutyPerson]
  let departments: [(id: String, name: String)]
  let request: WebRequest
  let form: WebForm
  let problems: DutyProblems

  private var language: Language { request.language }
  private var path: String { "/duties/\(Percent.encode(duty.id))" }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let errors = problems.errors(language)
    return .page(
      Page(
        duty.title[language],
        lead: HTML(text: duty.reason[language]),
        actions: actions,
        crumbs: [Crumb(say("やること", "To do"), "/duties")],
        errors: errors,
        main:
          "\(facts)\(isDone ? .empty : forms(errors))<section><h2>\(say("経過", "What happened"))</h2>\(log)</section>"
      ),
      current: "duties.list"
    )
  }

  private var actions: HTML? {
    guard let made, !isDone, request.may(.manageDuties) else { return nil }
    return Button.link(say("変更", "Change"), "/duties/made/\(made.id)/edit", look: .secondary, size: .small)
  }

  private var facts: HTML {
    let owner = duty.person.flatMap { id in people.first { $0.account == id }?.name } ?? duty.owner.label[language]
    let late = request.now.day.days(since: duty.due)
    let state: HTML =
      isDone
      ? Chip(say("完了", "Done"), .green).html
      : late > 0
        ? Chip(say("\(late)日超過", "\(late.english("day", "days")) late"), .red).html
        : Chip(say("これから", "Open"), .blue).html
    var lines = [
      KeyValues.Line(say("状態", "State"), state),
      KeyValues.Line(
        say("期限", "Due"),
        DateText.html(request.dates.day(duty.due), machine: duty.due.iso)
      ),
      KeyValues.Line(say("担当", "Owner"), text: owner),
    ]
    if let department = duty.department, let name = departments.first(where: { $0.id == department })?.name {
      lines.append(KeyValues.Line(say("部門", "Department"), text: name))
    }
    if let deputy = duty.deputy { lines.append(KeyValues.Line(say("代理", "Deputy"), text: deputy.label[language])) }
    if let recurrence = duty.recurrence {
      lines.append(KeyValues.Line(say("くり返し", "Repeats"), text: recurrence.label[language]))
    }
    if let snoozedUntil {
      lines.append(
        KeyValues.Line(
          say("先に延ばした日", "Put off until"),
          DateText.html(request.dates.day(snoozedUntil), machine: snoozedUntil.iso)
        )
      )
    }
    let link = made?.draft.link ?? (duty.link == path ? "" : duty.link)
    if !link.isEmpty {
      lines.append(KeyValues.Line(say("開く場所", "Where"), "<a href=\"\(link)\">\(duty.action[language])</a>"))
    }
    return KeyValues(lines).html
  }

  private func forms(_ errors: [FieldError]) -> HTML {
    var parts: [HTML] = []
    if duty.isByHand {
      let frame = FormFrame(
        action: "\(path)/done",
        csrf: request.csrf,
        fields: [
          FormField.lines(
            "evidence",
            say("何をしたか・記録のある場所", "What was done, and where the record is"),
            value: form.text("evidence"),
            rows: 3,
            required: true
          ).withError(from: errors)
        ],
        buttons: Button.submit(say("完了にする", "Mark as done"))
      )
      parts.append("<section><h2>\(say("完了", "Done"))</h2>\(frame.html(language))</section>")
    }
    if snoozedUntil != nil {
      parts.append(
        """
        <section><h2>\(say("先に延ばしています", "Put off"))</h2>\
        \(Button.post(say("一覧に戻す", "Put back on the list"), "\(path)/wake", csrf: request.csrf, look: .secondary))</section>
        """
      )
    } else {
      let isOpen = errors.contains { ["until", "reason"].contains($0.field) }
      let frame = FormFrame(
        action: "\(path)/snooze",
        csrf: request.csrf,
        fields: [
          FormField.date("until", say("いつまで", "Until"), value: form.text("until"), language: language, required: true),
          FormField.lines("reason", say("理由", "Why"), value: form.text("reason"), rows: 2, required: true),
        ].map { $0.withError(from: errors) },
        buttons: Button.submit(say("先に延ばす", "Put off"), look: .secondary)
      )
      parts.append(
        "<details\(if: isOpen, " open")><summary>\(say("先に延ばす", "Put it off"))</summary>\(frame.html(language))</details>"
      )
    }
    if made != nil, request.may(.manageDuties) {
      let frame = FormFrame(
        action: "\(path)/withdraw",
        csrf: request.csrf,
        fields: [withdrawal.withError(from: errors)],
        buttons: Button.submit(say("取りやめる", "Withdraw"), look: .danger)
      )
      parts.append("<details><summary>\(say("取りやめる", "Withdraw it"))</summary>\(frame.html(language))</details>")
    }
    return parts.joined()
  }

  /// The field has the same name as that of putting off, so it has an id of its own.
  private var withdrawal: FormField {
    var field = FormField.text("reason", say("取りやめる理由", "Why it is withdrawn"), required: true)
    field.idPrefix = "withdraw"
    return field
  }

  /// Who was told stands in the record as the role's key.
  private func shown(_ event: DutyEvent) -> String {
    guard event.kind == .escalated, let role = Role(rawValue: event.note) else { return event.note }
    return role.label[language]
  }

  private var log: HTML {
    if events.isEmpty { return "<p>\(say("まだ何もありません。", "Nothing yet."))</p>" }
    return HistoryList(
      events.map { event in
        let word: Localized =
          switch event.kind {
          case .made: Localized(ja: "追加", en: "Added")
          case .changed: Localized(ja: "変更", en: "Changed")
          case .snoozed: Localized(ja: "先に延ばした", en: "Put off")
          case .woken: Localized(ja: "一覧に戻した", en: "Put back")
          case .done: Localized(ja: "完了", en: "Done")
          case .withdrawn: Localized(ja: "取りやめ", en: "Withdrawn")
          case .escalated: Localized(ja: "期限を過ぎたため知らせた", en: "Overdue; told")
          }
        let until = event.until.map { say("（\($0.slashed)まで）", " (until \($0.english))") } ?? ""
        let who = say("（\(event.actorName)）", "(\(event.actorName))")
        return HistoryList.Event(
          shown: request.dates.brief(event.at, today: request.now.day),
          machine: event.at.iso,
          text: " \(word[language])\(until) <span class=\"nb\">\(who)</span>",
          note: event.note.isEmpty ? nil : shown(event)
        )
      }
    ).html
  }
}
