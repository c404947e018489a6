import Design
import HTML
import Intake
import Nouns
import Records
import Tabular
import Text
import Time
import Web

/// `/organization/roster`: this month's roster against the register, seen before anything is stored.
struct RosterRoutes: Sendable {
  let roster: RosterStore

  private var drafts: ImportDraftStore { roster.engine.drafts }

  var routes: [Route] {
    [
      .get(OrganizationPath.roster, ImportLedger.self, form),
      .post(OrganizationPath.roster, ImportLedger.self, upload).accepting(bytes: Route.fileBody),
      .get(OrganizationPath.roster + "/:draft", ImportLedger.self, compare).within(.seconds(120)),
      .post(OrganizationPath.roster + "/:draft/apply", ImportLedger.self, apply).within(.seconds(120)),
    ]
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    RosterFormPage(request: request, problem: nil).response
  }

  @Sendable func upload(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    guard let file = try request.form().file("file") else {
      return RosterFormPage(
        request: request,
        problem: Localized(ja: "名簿のファイルを選んでください。", en: "Choose the roster file.")
      ).response
    }
    let source = ImportSource(kind: .people, name: file.name, bytes: file.bytes)
    let id = try await drafts.add(source, in: scope)
    return .redirect(to: "\(OrganizationPath.roster)/\(id)")
  }

  private func source(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> ImportDraftStore.Draft {
    guard let draft = try await drafts.find(request["draft"], in: scope), draft.source.kind.kind == .person else {
      throw WebError.notFound()
    }
    return draft
  }

  @Sendable func compare(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await source(request, scope)
    if let set = draft.committed {
      return .redirect(to: set.isEmpty ? OrganizationPath.roster : "\(RecordPath.changes)/\(set)")
    }
    do {
      let comparison = try await roster.compare(draft, in: scope)
      return RosterPage(draft: draft.id, comparison: comparison, request: request, problem: nil).response
    } catch let error as TabularError {
      return RosterFormPage(
        request: request,
        problem: Localized(
          ja: "「\(draft.source.name)」を読み取れません。\(error.message(.ja))",
          en: "“\(draft.source.name)” cannot be read. \(error.message(.en))"
        )
      ).response
    }
  }

  @Sendable func apply(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await source(request, scope)
    if let set = draft.committed {
      return .redirect(to: set.isEmpty ? OrganizationPath.roster : "\(RecordPath.changes)/\(set)")
    }
    let form = try request.form()
    let comparison = try await roster.compare(draft, in: scope)
    func again(_ problem: Localized) -> WebResponse {
      RosterPage(draft: draft.id, comparison: comparison, request: request, problem: problem).response
    }
    var lastDay: LocalDate?
    if form.text("absent") == "leave" {
      guard case .date(let day, _) = JapaneseDate.read(form.text("last"), today: request.now.day) else {
        return again(Localized(ja: "最後の勤務日を、2026/10/31 のように入力してください。", en: "Enter the last day, as 2026/10/31."))
      }
      lastDay = day
    }
    do {
      let typed = Width.halved(form.text("count")).filter(\.isNumber)
      let outcome = try await roster.apply(comparison, of: draft, leavers: lastDay, confirmed: Int(typed), in: scope)
      let leavers = lastDay == nil ? 0 : comparison.roster.absent.count
      return .redirect(
        to: RecordPath.list(Kind.person.key),
        flash: .done(
          Localized(
            ja:
              "名簿を反映しました。入職\(outcome.report.new.grouped)名、変更\(outcome.report.changed.grouped)名、退職日の記入\(leavers.grouped)名です。",
            en:
              "The roster is taken in: \(outcome.report.new.grouped) joined, \(outcome.report.changed.grouped) changed, \(leavers.grouped) left."
          ),
          action: (outcome.report.set ?? outcome.leaversSet).map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch let refusal as RosterStore.Refusal {
      return again(refusal.message)
    }
  }
}

struct RosterFormPage {
  let request: WebRequest
  let problem: Localized?

  var response: WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let drop = FileDrop(
      "file",
      say("名簿のファイル", "Roster"),
      accept: ".xlsx,.csv,.tsv,.txt",
      limit: Route.fileBody,
      support: say("人事システムの出力（Excel、CSV）。全職員が入ったものを選びます。", "The HR system's export with everybody in it."),
      error: problem?[language]
    )
    var form = FormFrame(
      action: OrganizationPath.roster,
      csrf: request.csrf,
      fields: [],
      more: drop.html(language),
      buttons: Button.submit(say("比べる", "Compare"))
    )
    form.isMultipart = true
    return .page(
      Page(
        say("名簿を比べる", "Compare the roster"),
        lead: HTML(
          text: say(
            "入職、異動、退職した人、これから退職する人、名簿にいない人を並べます。反映するまで何も変わりません。",
            "Who joined, moved, left, will leave, or is missing. Nothing changes until you say so."
          )
        ),
        errors: problem.map { [FieldError("file", $0[language])] } ?? [],
        main: form.html(language)
      ),
      current: "organization.roster"
    )
  }
}

/// The comparison, person by person, and what to do about those who are missing.
struct RosterPage {
  let draft: String
  let comparison: RosterStore.Comparison
  let request: WebRequest
  let problem: Localized?

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var roster: Roster { comparison.roster }

  private static let shown = RosterStore.shown

  private func known(_ person: ExistingRecord?, _ field: String) -> String? {
    person?.values[field].flatMap { $0 == Unknown.value ? nil : $0 }
  }

  private func title(_ person: ExistingRecord?) -> String? {
    (person.flatMap { Kind.person.name(of: $0.values) }).map { Record.shown(title: $0, language) }
  }

  var response: WebResponse {
    let numbers = Numbers([
      Numbers.Item(say("入職", "Joined"), value: roster.joined.count.grouped, of: say("名", "")),
      Numbers.Item(say("異動", "Moved"), value: roster.moved.count.grouped, of: say("名", "")),
      Numbers.Item(say("退職した", "Left"), value: roster.left.count.grouped, of: say("名", "")),
      Numbers.Item(say("これから退職", "Will leave"), value: roster.willLeave.count.grouped, of: say("名", "")),
      Numbers.Item(say("そのほかの変更", "Otherwise changed"), value: roster.otherwise.count.grouped, of: say("名", "")),
      Numbers.Item(
        say("名簿にいない", "Missing"),
        value: roster.absent.count.grouped,
        of: " / \(roster.staff.grouped)",
        isWorrying: roster.isSuspicious
      ),
    ])
    return .page(
      Page(
        say("名簿の比較", "The roster compared"),
        lead: HTML(
          text: say(
            "「\(comparison.preview.source.name)」と職員の台帳を比べました。同じ\(roster.same.grouped)名は変わりません。",
            "“\(comparison.preview.source.name)” against the register; \(roster.same.grouped) are the same."
          )
        ),
        crumbs: [Crumb(say("名簿を比べる", "Compare the roster"), OrganizationPath.roster)],
        errors: problem.map { [FieldError("", $0[language])] } ?? [],
        main: """
          \(numbers.html)\(questions)\(form)\(joined)\(changes(say("異動", "Moved"), roster.moved))\
          \(changes(say("退職した人", "Left"), roster.left))\(changes(say("これから退職する人", "Will leave"), roster.willLeave))\(absent)\
          \(changes(say("そのほかの変更", "Otherwise changed"), roster.otherwise))
          """
      ),
      current: "organization.roster"
    )
  }

  /// Rows the comparison cannot decide on are decided in the import.
  private var questions: HTML? {
    guard case .records(_, let plan, _) = comparison.preview.content, plan.counts.conflicting + plan.counts.refused > 0
    else { return nil }
    return Banner(
      .warning,
      say(
        "決められない行が\(plan.counts.conflicting)行、取り込めない行が\(plan.counts.refused)行あります。",
        "\(plan.counts.conflicting) rows are undecided, \(plan.counts.refused) refused."
      ),
      detail:
        "<p>\(say("これらの行は反映されません。", "They are left out."))<a href=\"\(RecordPath.imports)/\(draft)\">\(say("取り込みの画面で決める", "Decide in the import"))</a></p>"
    ).html(language)
  }

  private var form: HTML {
    var fields: [FormField] = []
    if !roster.absent.isEmpty {
      fields.append(
        .radios(
          "absent",
          say("名簿にいない\(roster.absent.count.grouped)名の扱い", "Those missing (\(roster.absent.count.grouped))"),
          [
            Design.Choice("keep", say("そのままにする", "Leave as they are")),
            Design.Choice("leave", say("退職日を記入する", "Record their last day")),
          ],
          chosen: "keep"
        )
      )
      fields.append(
        .date("last", say("最後の勤務日", "Last day"), value: request.dates.typed(request.now.day), language: language)
      )
      if roster.isSuspicious {
        fields.append(
          .text(
            "count",
            say("退職になる人数の確認", "How many leave, to be sure"),
            support: say(
              "職員\(roster.staff.grouped)名のうち\(roster.absent.count.grouped)名が名簿にいません。一部の部署だけの名簿ではないか、確かめてください。正しければ人数を入力します。",
              "\(roster.absent.count.grouped) of \(roster.staff.grouped) are missing. Make sure this is the whole roster; then type the number."
            ),
            width: .short,
            mode: "numeric"
          )
        )
      }
    }
    return FormFrame(
      action: "\(OrganizationPath.roster)/\(draft)/apply",
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("台帳に反映する", "Take it in"))
        + Button.link(say("やめる", "Cancel"), OrganizationPath.roster, look: .text)
    ).html(language)
  }

  private func list(_ heading: String, _ count: Int, _ items: [HTML]) -> HTML? {
    guard count > 0 else { return nil }
    let more: HTML? =
      count > items.count
      ? "<p class=\"note\">\(say("ほか\(count - items.count)名", "and \(count - items.count) more"))</p>" : nil
    return """
      <details class="more"\(if: count <= 30, " open")><summary>\(heading)\(language.aside(count.grouped))</summary>\
      <ul class="log">\(items)</ul>\(more)</details>
      """
  }

  private var joined: HTML? {
    let items = roster.joined.prefix(Self.shown).map { row -> HTML in
      let name = row.values["name"]?.stored ?? ""
      let more = ["staff_number", "department", "joined_on"].compactMap { key -> String? in
        guard let value = row.values[key]?.stored, !value.isEmpty, let field = Kind.person[field: key] else {
          return nil
        }
        return value.hasPrefix("+")
          ? String(value.dropFirst())
          : ValueText(titles: comparison.titles, dates: request.dates).text(field, value)
      }
      return "<li>\(name)<span class=\"sub\">\(more.joined(separator: " ・ "))</span></li>"
    }
    return list(say("入職", "Joined"), roster.joined.count, Array(items))
  }

  private func changes(_ heading: String, _ changes: [Roster.Change]) -> HTML? {
    let values = ValueText(titles: comparison.titles, dates: request.dates)
    let items = changes.prefix(Self.shown).map { change -> HTML in
      let person = comparison.people[change.record]
      let fields = change.fields.compactMap { field -> HTML? in
        guard let known = Kind.person[field: field.field] else { return nil }
        func shown(_ value: String?) -> String {
          guard let value, value.hasPrefix("+") else { return values.text(known, value) }
          return String(value.dropFirst())
        }
        return "<span class=\"sub\">\(known.label[language]): \(shown(field.from)) → \(shown(field.to))</span>"
      }
      return """
        <li><a href="\(RecordPath.record(Kind.person.key, change.record))">\(title(person))</a> \
        <span class="note">\(known(person, "staff_number"))</span>\(fields)</li>
        """
    }
    return list(heading, changes.count, Array(items))
  }

  private var absent: HTML? {
    let items = roster.absent.prefix(Self.shown).map { id -> HTML in
      let person = comparison.people[id]
      let department = known(person, "department").flatMap { comparison.titles[$0] } ?? ""
      return """
        <li><a href="\(RecordPath.record(Kind.person.key, id))">\(title(person))</a> \
        <span class="note">\(known(person, "staff_number"))　\(department)</span></li>
        """
    }
    return list(say("名簿にいない人", "Missing from the roster"), roster.absent.count, Array(items))
  }
}
