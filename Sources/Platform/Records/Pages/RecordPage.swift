import Design
import HTML
import Intake
import Journal
import Nouns
import Text
import Time
import Web

/// Everything known about one record: its fields, what belongs to it, what capabilities add, and who changed what.
struct RecordPage {
  let kind: Kind
  let catalogue: RecordCatalogue
  let record: Record
  let titles: [String: String]
  let relations: Relations
  let history: [JournalEntry]
  let historyTitles: [String: String]
  /// The change sets of the history, by id.
  let sets: [String: ChangeSet]
  let request: WebRequest
  let added: RecordAdditions.Parts

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var values: ValueText { ValueText(titles: titles, dates: request.dates) }

  var response: WebResponse {
    .page(
      Page(
        title,
        lead: lead,
        actions: actions,
        crumbs: [
          Crumb(kind.traits.home.label[language], kind.traits.home.path),
          Crumb(kind.plural[language], RecordPath.list(kind.key)),
        ],
        main: """
          \(archivedBanner)\(added.banner)<div class="two"><section>\(groups)\(extras)</section>\
          <section>\(related)\(historyList)</section></div>\(retire)
          """
      ),
      current: "ledger." + kind.key
    )
  }

  private var title: String { values.title(record) }

  private var lead: HTML? {
    let told = kind.titleFields.prefix(1) + [kind.owner(record.values)?.field.key].compactMap { $0 }
    let parts = kind.listed.filter { !told.contains($0) }.prefix(4).compactMap { key -> String? in
      guard let field = kind[field: key], let value = record.known(key) else { return nil }
      // A day or a number says nothing without its label.
      return field.type == .date || field.type == .number ? nil : values.text(field, value)
    }.filter { !$0.isEmpty && $0 != record.title(language) }
    return parts.isEmpty ? nil : HTML(text: parts.joined(separator: " ・ "))
  }

  private var actions: HTML? {
    guard request.may(kind.traits.writers) else { return added.actions }
    return added.actions + Button.print(language)
      + Button.link(say("編集", "Edit"), RecordPath.edit(kind.key, record.id), size: .small)
  }

  private var archivedBanner: HTML? {
    guard let at = record.archivedAt else { return nil }
    if let whole = relations.whole {
      let link: HTML = "<a href=\"\(RecordPath.record(kind.key, whole.id))\">\(whole.title(language))</a>"
      return Banner(
        .info,
        say("別の記録に統合しました。", "This record was merged into another."),
        detail: "<p>\(say("いまの記録：", "The record now: "))\(link)</p>"
      ).html(language)
    }
    let back: HTML? =
      request.may(kind.traits.writers)
      ? Button.post(
        say("一覧に戻す", "Put back"),
        RecordPath.record(kind.key, record.id) + "/restore",
        csrf: request.csrf,
        look: .secondary,
        size: .small
      ) : nil
    return Banner(
      .info,
      say(
        "\(request.dates.brief(at, today: request.now.day))に廃止した記録です。",
        "Retired \(request.dates.brief(at, today: request.now.day))."
      ),
      actions: back
    ).html(language)
  }

  private var groups: [HTML] {
    kind.groups.map { group in
      let rows = kind.fields.filter { $0.group == group.key }.map { field -> KeyValues.Line in
        let shown = values.html(record, field)
        let original = record.originals[field.key].flatMap { text -> HTML? in
          text == values.text(field, record.values[field.key])
            ? nil : "<span class=\"sub\">\(say("元の表記", "As written")): \(text)</span>"
        }
        let missing: HTML? =
          shown.isEmpty && field.weight == .essential
          ? "<span class=\"note\">\(Unknown.missingLabel[language])</span>" : nil
        return KeyValues.Line(field.label[language], "\(shown)\(missing)\(original)")
      }
      return "<h2>\(group.label[language])</h2>\(KeyValues(rows).html)"
    }
  }

  private var extras: HTML? {
    guard !record.extras.isEmpty else { return nil }
    let rows = record.extras.keys.sorted().map { KeyValues.Line($0, text: record.extras[$0] ?? "") }
    return "<h2>\(say("取り込んだファイルのその他の列", "Other columns of the file"))</h2>\(KeyValues(rows).html)"
  }

  private var related: [HTML] {
    var parts = relations.pointing.map { group in
      section(
        HTML(text: group.kind.plural[language]),
        group.records,
        of: group.kind,
        total: group.total,
        all: RecordPath.list(group.kind.key, ListQuery(filters: [group.field.key: [.value(record.id)]]))
      )
    }
    if !relations.aliases.isEmpty, let other = kind.traits.aliases.flatMap(catalogue.kind) {
      parts.append(
        section(
          HTML(text: say("別の表記", "Other spellings")),
          relations.aliases,
          of: other,
          total: relations.aliases.count,
          all: nil
        )
      )
    }
    parts.append(added.sections)
    if !relations.similar.isEmpty, let field = kind.traits.similarBy.flatMap({ kind[field: $0] }),
      let value = record.known(field.key)
    {
      parts.append(
        section(
          HTML(text: say("同じ\(field.label.ja)の\(kind.label.ja)", "Same \(field.label.en.lowercased())")),
          Array(relations.similar.prefix(5)),
          of: kind,
          total: relations.similar.count,
          all: RecordPath.list(kind.key, ListQuery(filters: [field.key: [.value(value)]]))
        )
      )
    }
    return parts
  }

  private func section(_ heading: HTML, _ records: [Record], of kind: Kind, total: Int, all: String?) -> HTML {
    let values = ValueText(titles: relations.titles, dates: request.dates)
    let items = records.prefix(20).map { other -> HTML in
      // On the page of what it belongs to that is not told again.
      let owner = kind.owner(other.values)
      let isAmongItsOwn = owner?.kind == self.kind.key
      let details = kind.listed.filter { key in
        key != kind.titleFields[0] && key != owner?.field.key && kind[field: key]?.referenced != self.kind.key
      }.prefix(3).compactMap { key -> String? in
        guard let field = kind[field: key], field.type != .number, let value = other.values[key] else { return nil }
        let text = values.text(field, value)
        return text.isEmpty ? nil : text
      }
      return """
        <li><a href="\(RecordPath.record(kind.key, other.id))">\(values.title(other, isAmongItsOwn: isAmongItsOwn))</a>\
        <span class="sub">\(details.joined(separator: " ・ "))</span></li>
        """
    }
    let more: HTML? =
      total > items.count
      ? all.map { "<p><a href=\"\($0)\">\(say("\(total)件すべてを見る", "See all \(total)"))</a></p>" } : nil
    return """
      <h2>\(heading)<span class="sub">\(Unit.items.count(total, language))</span></h2>\
      <ul class="log">\(items)</ul>\(more)
      """
  }

  private var historyList: HTML {
    var view = HistoryView(catalogue: catalogue, titles: historyTitles, dates: request.dates, today: request.now.day)
    view.sets = sets
    view.subject = record.id
    view.mayOpenSets = request.may(.readJournal)
    return "<h2>\(say("変更の履歴", "History"))</h2><ul class=\"log\">\(each: history, view.entry)</ul>"
  }

  private var retire: HTML? {
    guard record.archivedAt == nil, request.may(kind.traits.writers) else { return nil }
    let form = FormFrame(
      action: RecordPath.record(kind.key, record.id) + "/archive",
      csrf: request.csrf,
      fields: [
        .text(
          "reason",
          say("廃止の理由", "Why"),
          required: true,
          support: say("例：廃棄（消去証明あり）、契約終了", "For example: disposed, contract ended")
        )
      ],
      buttons: Button.submit(say("廃止して一覧から外す", "Retire"), look: .danger, size: .small)
    )
    return
      "<details class=\"more noprint\"><summary>\(say("廃止する", "Retire this record"))</summary>\(form.html(language))</details>"
  }
}

/// Journal entries as sentences.
struct HistoryView {
  let catalogue: RecordCatalogue
  let titles: [String: String]
  let dates: ShownDates
  let today: LocalDate
  /// What the entries were part of, where that is not told already.
  var sets: [String: ChangeSet] = [:]
  var mayOpenSets = false
  /// The record whose page it is; entries about others say what they were about. Empty where every entry does.
  var subject = ""

  private var language: Language { dates.language }

  func entry(_ entry: JournalEntry) -> HTML {
    let kind = catalogue.kind(entry.subjectType)
    let changes = RecordDifference.own(entry.changes).filter {
      !$0.field.hasPrefix(RecordDifference.original) && !$0.field.hasPrefix(RecordDifference.extra)
    }
    let shown = changes.prefix(entry.kind.hasSuffix(".created") ? 0 : 8).compactMap { change -> HTML? in
      guard let kind, let field = kind[field: change.field] else { return nil }
      let values = ValueText(titles: titles, dates: dates)
      return """
        <span class="sub">\(field.label[language]): \(word(values.text(field, change.from)))\
         → \(word(values.text(field, change.to)))</span>
        """
    }
    let more: HTML? =
      changes.count > 8 && !entry.kind.hasSuffix(".created")
      ? "<span class=\"sub\">\(Localized(ja: "ほか\(changes.count - 8)項目", en: "and \(changes.count - 8) more")[language])</span>"
      : nil
    let reason: HTML? = entry.reason.map {
      "<span class=\"sub\">\(Localized(ja: "理由", en: "Reason")[language]): \($0)</span>"
    }
    return """
      <li><time datetime="\(entry.at.iso)">\(dates.brief(entry.at, today: today))</time>\
      \(deed(entry.kind))\(former(entry)) <span class="nb">\(Localized(ja: "（\(entry.actorName)）", en: "(\(entry.actorName))")[language])</span>\(origin(entry))\(shown)\(more)\(reason)</li>
      """
  }

  /// What the entry was about, before it became part of this record.
  private func former(_ entry: JournalEntry) -> HTML? {
    guard !subject.isEmpty, entry.subjectID != subject else { return nil }
    let title = Record.shown(title: entry.subjectTitle, language)
    let link: HTML = "<a href=\"\(RecordPath.record(entry.subjectType, entry.subjectID))\">\(title)</a>"
    return language == .ja ? "（統合前の「\(link)」）" : " (of “\(link)” before the merge)"
  }

  /// The import or the like that the entry was part of, and the row of the file.
  private func origin(_ entry: JournalEntry) -> HTML? {
    let set = entry.set.flatMap { sets[$0] }
    let row = entry.changes.first { $0.field == RecordDifference.row }?.to.flatMap { RowPlace(text: $0) }
    let place = row.map { place -> String in
      // A text file's only sheet is called like the file.
      let isTold = place.sheet.isEmpty || set?.title.ja.contains(place.sheet) == true
      let sheet = isTold ? "" : "\(place.sheet) "
      return Localized(ja: "\(sheet)\(place.row)行目", en: "\(sheet)row \(place.row)")[language]
    }
    guard let set, set.kind != .edit else { return place.map { "<span class=\"sub\">\($0)</span>" } }
    let title: HTML =
      mayOpenSets
      ? "<a href=\"\(RecordPath.changes)/\(set.id)\">\(set.title[language])</a>" : "\(set.title[language])"
    return "<span class=\"sub\">\(title) <span class=\"nb\">\(place)</span></span>"
  }

  private func word(_ text: String) -> String {
    text.isEmpty ? Localized(ja: "（空）", en: "(empty)")[language] : text
  }

  func deed(_ kind: String) -> String {
    switch kind.split(separator: ".").last.map(String.init) ?? "" {
    case "created": Localized(ja: "登録", en: "Added")[language]
    case "changed": Localized(ja: "変更", en: "Changed")[language]
    case "archived": Localized(ja: "廃止", en: "Retired")[language]
    case "restored": Localized(ja: "一覧に戻した", en: "Put back")[language]
    case "filed": Localized(ja: "ファイルを預けた", en: "File added")[language]
    case "read": Localized(ja: "読んだと確認", en: "Confirmed as read")[language]
    case "removed": Localized(ja: "登録の取り消し", en: "Addition undone")[language]
    case "photographed": Localized(ja: "写真を撮った", en: "Photograph taken")[language]
    case "attached": Localized(ja: "ファイルを付けた", en: "File attached")[language]
    case "withdrawn": Localized(ja: "ファイルの内容を取り下げた", en: "File withdrawn")[language]
    case "detached": Localized(ja: "ファイルを外した", en: "File removed")[language]
    default: kind
    }
  }
}
