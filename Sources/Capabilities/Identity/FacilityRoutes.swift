import Design
import HTML
import Journal
import Nouns
import Text
import Time
import Web

/// `/settings/facility`: what the facility says of itself; it stands in the head and on every paper.
struct FacilityRoutes: Sendable {
  let identity: Identity

  var routes: [Route] {
    [
      .get("/settings/facility", ManageSettings.self, show),
      .post("/settings/facility", ManageSettings.self, save),
      .post("/settings/facility/changes/:id/undo", ManageSettings.self, undo),
    ]
  }

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let facility = try await identity.facility(in: scope)
    return try await page(request, scope, facility, version: facility.version)
  }

  @Sendable private func save(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let form = try request.form()
    let typed = Dictionary(uniqueKeysWithValues: Facility.Field.allCases.map { ($0, form.text($0.rawValue)) })
    let version = Int(form.text("version")) ?? 0
    do {
      let draft = try FacilityDraft(typed)
      let entry = try await identity.save(draft, version: version, in: scope, visit: Visit(request))
      guard let entry else {
        return .redirect(
          to: Self.path,
          flash: Flash(.notice, Localized(ja: "変更はありませんでした。", en: "Nothing was changed."))
        )
      }
      let flash = Flash.done(
        Localized(ja: "施設の設定を保存しました。", en: "The facility's settings were saved."),
        action: Flash.Action(Localized(ja: "元に戻す", en: "Undo"), path: Self.undoPath(entry))
      )
      return .redirect(to: Self.path, flash: flash)
    } catch let problems as Problems {
      let facility = try await identity.facility(in: scope)
      return try await page(
        request,
        scope,
        facility,
        typed: typed,
        version: version,
        errors: problems.errors(request.language)
      )
    } catch let conflict as FacilityConflict {
      // Saving once more takes what stands in the form.
      return try await page(
        request,
        scope,
        conflict.current,
        typed: typed,
        version: conflict.current.version,
        errors: Self.errors(conflict, typed, request.language),
        status: 409
      )
    }
  }

  @Sendable private func undo(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    do {
      let (restored, left) = try await identity.undoFacilityChange(request["id"], in: scope, visit: Visit(request))
      let text = Localized(
        ja: "\(restored)項目を元に戻しました。" + (left == 0 ? "" : "あとから変更された\(left)項目はそのままです。"),
        en: "\(restored) put back." + (left == 0 ? "" : " \(left) changed since and stay.")
      )
      return .redirect(to: Self.path, flash: Flash(left == 0 ? .done : .notice, text))
    } catch let problems as Problems {
      let text = problems.list.first?.message ?? Localized(ja: "元に戻せませんでした。", en: "It could not be undone.")
      return .redirect(to: Self.path, flash: Flash(.problem, text))
    } catch is FacilityConflict {
      return .redirect(
        to: Self.path,
        flash: Flash(
          .problem,
          Localized(
            ja: "ほかの人が同時に変更したため、元に戻しませんでした。もう一度お試しください。",
            en: "Somebody changed it at the same time. Please try again."
          )
        )
      )
    } catch is Identity.Missing {
      throw WebError.notFound(Localized(ja: "この変更", en: "This change"))
    }
  }

  private static let path = "/settings/facility"

  static func undoPath(_ entry: String) -> String { "\(path)/changes/\(Percent.encode(entry))/undo" }

  /// Beside each field that differs, what it is now.
  private static func errors(
    _ conflict: FacilityConflict,
    _ typed: [Facility.Field: String],
    _ language: Language
  ) -> [FieldError] {
    let ja = language == .ja
    let general = FieldError(
      "",
      ja
        ? "ほかの人が先に変更しました。違いを確かめ、このままでよければもう一度「保存」を押してください。"
        : "Somebody else saved first. Look at what differs; to keep what you typed, press Save again."
    )
    return [general]
      + Facility.Field.allCases.compactMap { field in
        let value = conflict.current.value(field)
        guard value != Width.trimmed(typed[field] ?? "") else { return nil }
        let shown = value.isEmpty ? (ja ? "（空）" : "(empty)") : field.shown(value, language)
        return FieldError(field.rawValue, ja ? "いまは「\(shown)」になっています。" : "It is now “\(shown)”.")
      }
  }

  private func page(
    _ request: WebRequest,
    _ scope: Scope<ManageSettings>,
    _ facility: Facility,
    typed: [Facility.Field: String]? = nil,
    version: Int,
    errors: [FieldError] = [],
    status: Int? = nil
  ) async throws -> WebResponse {
    let history = try await identity.facilityHistory(in: scope)
    let page = FacilityPage(request: request, facility: facility, typed: typed, version: version, history: history)
    return .page(page.page(errors), current: "identity.facility", status: status)
  }
}

/// The form, and below it who changed what.
struct FacilityPage {
  let request: WebRequest
  let facility: Facility
  /// What stands in the form where it was sent and not taken.
  let typed: [Facility.Field: String]?
  let version: Int
  let history: [JournalEntry]

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  func page(_ errors: [FieldError]) -> Page {
    let fields = Facility.Field.allCases.map { control($0).withError(from: errors) }
    let frame = FormFrame(
      action: "/settings/facility",
      csrf: request.csrf,
      fields: fields + [.hidden("version", String(version))],
      buttons: Button.submit(say("保存", "Save")),
      draft: "facility"
    )
    return Page(
      say("施設", "Facility"),
      lead: HTML(
        text: say(
          "ここで決めた名前と年度は、画面の上と印刷物にすぐに反映されます。",
          "The name and the fiscal year appear at the head of each page and on papers at once."
        )
      ),
      errors: errors,
      main: "\(frame.html(language))<section><h2>\(say("変更の履歴", "History"))</h2>\(log)</section>"
    )
  }

  private func control(_ field: Facility.Field) -> FormField {
    let value = typed?[field] ?? facility.value(field)
    let label = field.label[language]
    let none = Choice("", say("選んでください", "Choose"))
    switch field {
    case .name:
      return .text(field.rawValue, label, value: value, required: true, autocomplete: "organization")
    case .kind:
      let choices = Facility.Kind.allCases.map { Choice($0.rawValue, $0.label[language]) }
      return .select(field.rawValue, label, choices, chosen: value, required: true)
    case .beds:
      return .number(
        field.rawValue,
        label,
        value: value,
        support: say("許可病床数。病床のない施設は空欄のままにします。", "Licensed beds. Leave it empty where there are none.")
      )
    case .prefecture:
      let choices = Prefecture.all.map { Choice($0.name.ja, $0.name[language]) }
      return .select(field.rawValue, label, [none] + choices, chosen: value)
    case .address:
      var control = FormField.text(field.rawValue, label, value: value, autocomplete: "street-address")
      control.width = .full
      return control
    case .telephone: return .telephone(field.rawValue, label, value: value, support: say("代表番号", "Main number"))
    case .fiscalYearStart:
      let choices = (1...12).map { Choice(String($0), FacilityDraft.month($0)[language]) }
      return .select(field.rawValue, label, choices, chosen: value, required: true)
    case .secondFactor:
      return .select(
        field.rawValue,
        label,
        ["", "yes"].map { Choice($0, FacilityDraft.secondFactor($0 == "yes")[language]) },
        chosen: value,
        support: say(
          "必須にすると、システム管理者と安全管理責任者は、2段階認証を設定するまで一般職員と同じことしかできません。",
          "Where it is required, administrators and safety managers can do no more than staff until they have set it up."
        )
      )
    }
  }

  private var log: HTML {
    let events = history.map { entry -> HistoryList.Event in
      let lines = entry.changes.map { change -> HTML in
        let field = Facility.Field(rawValue: change.field)
        func word(_ value: String?) -> String {
          guard let value, !value.isEmpty else { return say("（空）", "(empty)") }
          return field?.shown(value, language) ?? value
        }
        let name = field?.label[language] ?? change.field
        let value: HTML =
          entry.kind == "facility.set-up"
          ? HTML(text: word(change.to)) : HistoryList.change(from: word(change.from), to: word(change.to), language)
        return "<span class=\"sub\">\(name)\(say("：", ": "))\(value)</span>"
      }
      let deed = entry.kind == "facility.set-up" ? say("登録", "Set up") : say("変更", "Changed")
      let who = say("（\(entry.actorName)）", "(\(entry.actorName))")
      let reason: HTML? =
        entry.reason == Identity.undoReason ? "<span class=\"sub\">\(say("元に戻した", "Undone"))</span>" : nil
      return HistoryList.Event(
        shown: request.dates.brief(entry.at, today: request.now.day),
        machine: entry.at.iso,
        text: " \(deed) <span class=\"nb\">\(who)</span>\(lines)\(reason)\(undo(entry))"
      )
    }
    return HistoryList(events).html
  }

  private func undo(_ entry: JournalEntry) -> HTML? {
    guard entry.kind == "facility.changed", request.now <= entry.at.adding(days: Identity.undoDays) else { return nil }
    return Button.post(
      say("元に戻す", "Undo"),
      FacilityRoutes.undoPath(entry.id),
      csrf: request.csrf,
      look: .secondary,
      size: .small,
      context: request.dates.brief(entry.at, today: request.now.day)
    )
  }
}
