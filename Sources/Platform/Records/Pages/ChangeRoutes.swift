import Design
import HTML
import Journal
import Nouns
import Text
import Time
import Web

/// `/ledger/changes`: what was changed together, and taking it back.
package struct ChangeRoutes: Sendable {
  let store: RecordStore
  let journal: JournalReader
  var others: [OtherChanges] = []

  var routes: [Route] {
    [
      .get("/ledger/changes", ReadJournal.self, list), .get("/ledger/changes/:set", ReadJournal.self, show),
      .post("/ledger/changes/:set/undo", EditLedger.self, undo),
    ]
  }

  /// 「元に戻す」 beside the message after a change.
  package static func undoAction(_ set: String) -> Flash.Action {
    Flash.Action(Localized(ja: "元に戻す", en: "Undo"), path: "\(RecordPath.changes)/\(set)/undo")
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadJournal>) async throws -> WebResponse {
    let facility = scope.facility.rawValue
    let current = request.fiscalYear(of: request.now.day)
    var years = [current]
    if let first = try await journal.firstChange(facility: facility) {
      // The latest forty; a ledger older than that is read by its dates.
      while let last = years.last, last > request.fiscalYear(of: first.day), years.count < 40 {
        years.append(last.previous)
      }
    }
    let chosen = request.query["year"].flatMap(Int.init).flatMap { year in years.first { $0.startYear == year } }
    let sets = try await journal.changeSets(
      facility: facility,
      before: request.query["before"],
      from: chosen.map { Instant($0.first) },
      until: chosen.map { Instant($0.next.first) },
      limit: 50
    )
    return ChangeListPage(sets: sets, years: years, chosen: chosen, request: request).response
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadJournal>) async throws -> WebResponse {
    let facility = scope.facility.rawValue
    guard let set = try await journal.changeSet(request["set"], facility: facility) else { throw WebError.notFound() }
    let entries = try await journal.entries(of: set.id, facility: facility, limit: 200)
    let titles = try await titles(entries, request)
    return ChangeSetPage(
      set: set,
      entries: entries,
      titles: titles,
      catalogue: store.catalogue,
      others: others,
      request: request
    ).response
  }

  private func titles(_ entries: [JournalEntry], _ request: WebRequest) async throws -> [String: String] {
    guard request.may(.readLedger) else { return [:] }
    var ids: [String: Set<String>] = [:]
    for entry in entries {
      guard let kind = store.catalogue.kind(entry.subjectType) else { continue }
      for change in entry.changes {
        guard let other = kind[field: change.field]?.referenced else { continue }
        for id in [change.from, change.to].compactMap({ $0 }) { ids[other, default: []].insert(id) }
      }
    }
    return try await store.titles(ids.mapValues { $0.sorted() }, in: request.scope(ReadLedger.self))
  }

  @Sendable func undo(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    do {
      let outcome = try await takeBack(request, scope)
      let left = outcome.left
      let text = Localized(
        ja: "\(outcome.restored)件を元に戻しました。" + (left == 0 ? "" : "あとから変更された\(left)件はそのままです。"),
        en: "\(outcome.restored) put back." + (left == 0 ? "" : " \(left) were changed since and stay.")
      )
      return .redirect(to: "\(RecordPath.changes)/\(outcome.set)", flash: Flash(left == 0 ? .done : .notice, text))
    } catch RecordError.cannotUndo(let reason) {
      return .redirect(to: "\(RecordPath.changes)/\(request["set"])", flash: Flash(.problem, reason))
    } catch RecordError.notFound {
      throw WebError.notFound()
    }
  }
}

extension ChangeRoutes {
  private func takeBack(
    _ request: WebRequest,
    _ scope: Scope<EditLedger>
  ) async throws -> (set: String, restored: Int, left: Int) {
    let set = request["set"]
    if let owner = try await OtherChanges.owner(of: set, among: others, journal, facility: scope.facility.rawValue) {
      return try await owner.undo(set, request)
    }
    let outcome = try await store.undo(set, in: scope)
    return (outcome.set, outcome.restored, outcome.left.count)
  }
}

struct ChangeListPage {
  let sets: [ChangeSet]
  /// Those in which anything was changed, the newest first.
  let years: [FiscalYear]
  /// Nil for all.
  let chosen: FiscalYear?
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    var table = DataTable<ChangeSet>(
      id: "changes",
      caption: say("変更の一覧", "Changes"),
      address: Address(RecordPath.changes),
      columns: [
        .init("title", say("変更", "Change")) { set in
          "<a href=\"\(RecordPath.changes)/\(set.id)\">\(set.title[language])</a>"
        },
        .init("at", say("日時", "When")) { set in
          "<time class=\"nb\" datetime=\"\(set.at.iso)\">\(request.dates.brief(set.at, today: request.now.day))</time>"
        }, .init("who", say("だれが", "Who")) { HTML(text: $0.actorName) },
        .init("count", say("件数", "Records"), isNumeric: true) { "\($0.count.grouped)" },
        .init("state", say("取り消し", "Undo")) { set in ChangeSetPage.state(set, request) },
      ],
      rows: sets,
      rowID: \.id,
      rowName: { $0.title[language] }
    )
    table.empty = EmptyState(
      say("まだ変更はありません。", "Nothing has been changed yet."),
      say("変更や取り込みをすると、ここに並びます。", "Edits and imports appear here.")
    )
    table.isDense = true
    let older: HTML? =
      sets.count == 50
      ? sets.last.map {
        "<p><a href=\"\(address(chosen).setting("before", $0.id).text)\">\(say("これより前の変更", "Earlier changes"))</a></p>"
      } : nil
    return .page(
      Page(
        say("変更と取り消し", "Changes and undo"),
        lead: HTML(
          text: say(
            "編集・一括変更・取り込みは、7日間、まとめて元に戻せます。",
            "Edits, bulk changes and imports can be undone as a whole for seven days."
          )
        ),
        actions: Button.link(
          say("取り下げたファイル", "Withdrawn files"),
          FileWithdrawal.list,
          look: .secondary,
          size: .small
        ),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger")],
        main: "\(choice)\(table.html(language))\(older)"
      ),
      current: "ledger.changes"
    )
  }

  private func address(_ year: FiscalYear?) -> Address {
    Address(RecordPath.changes).setting("year", year.map { String($0.startYear) })
  }

  /// 年度: one link each, the chosen one as text.
  private var choice: HTML? {
    guard years.count > 1 else { return nil }
    let all: [FiscalYear?] = [nil] + years
    let items = all.map { year -> HTML in
      let label = year.map { request.dates.fiscalYear($0) } ?? say("すべての年度", "All years")
      return year == chosen
        ? "<li><b aria-current=\"true\">\(label)</b></li>" : "<li><a href=\"\(address(year).text)\">\(label)</a></li>"
    }
    return "<nav aria-label=\"\(say("年度", "Fiscal year"))\"><ul class=\"years\">\(items)</ul></nav>"
  }
}

struct ChangeSetPage {
  let set: ChangeSet
  let entries: [JournalEntry]
  let titles: [String: String]
  let catalogue: RecordCatalogue
  let others: [OtherChanges]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// An entry about something that is no record.
  private func other(_ entry: JournalEntry, _ view: HistoryView) -> HTML? {
    guard let owner = others.first(where: { $0.label(entry.subjectType) != nil }),
      let label = owner.label(entry.subjectType)
    else { return nil }
    let isGone = entry.kind.hasSuffix(".removed")
    let link = isGone ? nil : owner.link(entry)
    let subject: HTML = link.map { "<a href=\"\($0)\">\(entry.subjectTitle)</a>" } ?? "\(entry.subjectTitle)"
    let lines = owner.lines(entry, request).prefix(8).map { "<span class=\"sub\">\($0)</span>" as HTML }
    let name: HTML = language == .ja ? "\(label.ja)「\(subject)」" : "\(label.en) “\(subject)”"
    return "<li><b>\(name)</b> \(view.deed(entry.kind))\(lines)</li>"
  }

  var response: WebResponse {
    let view = HistoryView(catalogue: catalogue, titles: titles, dates: request.dates, today: request.now.day)
    let rows = entries.map { entry -> HTML in
      if let told = other(entry, view) { return told }
      let kind = catalogue.kind(entry.subjectType)?.label[language] ?? ""
      let title = Record.shown(title: entry.subjectTitle, language)
      let subject: HTML =
        entry.kind.hasSuffix(".removed") || catalogue.kind(entry.subjectType) == nil
        ? "\(title)" : "<a href=\"\(RecordPath.record(entry.subjectType, entry.subjectID))\">\(title)</a>"
      let name: HTML = language == .ja ? "\(kind)「\(subject)」" : "\(kind) “\(subject)”"
      return "<li><b>\(name)</b><ul class=\"log\">\(view.entry(entry))</ul></li>"
    }
    let more: HTML? =
      set.count > entries.count
      ? "<p class=\"note\">\(say("ほか\(set.count - entries.count)件", "and \(set.count - entries.count) more"))</p>" : nil
    return .page(
      Page(
        set.title[language],
        lead: HTML(
          text: say(
            "\(request.dates.brief(set.at, today: request.now.day))、\(set.actorName)、\(set.count)件",
            "\(request.dates.brief(set.at, today: request.now.day)), \(set.actorName), \(set.count) records"
          )
        ),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger"), Crumb(say("変更と取り消し", "Changes"), RecordPath.changes)],
        main: "<div>\(Self.state(set, request))</div><ul class=\"log\">\(rows)</ul>\(more)"
      ),
      current: "ledger.changes"
    )
  }

  /// The button, or why there is none.
  static func state(_ set: ChangeSet, _ request: WebRequest) -> HTML {
    let language = request.language
    if let other = set.undoneBy {
      let label = Localized(ja: "取り消し済み", en: "Undone")[language]
      return "<a href=\"\(RecordPath.changes)/\(other)\">\(label)</a>"
    }
    if set.isDerived {
      return "<span class=\"note\">\(Localized(ja: "記録から自動で決まります", en: "Follows from the records")[language])</span>"
    }
    guard request.now <= set.undoUntil else {
      return "<span class=\"note\">\(Localized(ja: "期限（7日）を過ぎました", en: "Older than 7 days")[language])</span>"
    }
    guard request.may(.editLedger) else { return .empty }
    return Button.post(
      Localized(ja: "元に戻す", en: "Undo")[language],
      "\(RecordPath.changes)/\(set.id)/undo",
      csrf: request.csrf,
      look: .secondary,
      size: .small,
      context: set.title[language]
    )
  }
}
