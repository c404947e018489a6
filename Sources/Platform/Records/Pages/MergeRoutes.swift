import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/ledger/:kind/merge?id=…&id=…`: two records of one thing side by side, and one of them.
struct MergeRoutes: Sendable {
  let store: RecordStore

  var routes: [Route] {
    [
      .get("/ledger/:kind/merge", EditLedger.self, form),
      .post("/ledger/:kind/merge", EditLedger.self, merge),
    ]
  }

  private func records(
    _ ids: [String],
    _ kind: Kind,
    _ scope: Scope<EditLedger>
  ) async throws -> (records: [Record], titles: [String: String]) {
    let all = try await store.find(kind, ids: Array(ids.prefix(MergeOrder.most)), in: scope.reading)
    let records = all.filter { $0.archivedAt == nil }
    var pointed: [String: Set<String>] = [:]
    for field in kind.references {
      guard let other = field.referenced else { continue }
      for record in records { if let id = record.known(field.key) { pointed[other, default: []].insert(id) } }
    }
    return (records, try await store.titles(pointed.mapValues { $0.sorted() }, in: scope.reading))
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, store.catalogue)
    let (records, titles) = try await records(request.query.all("id"), kind, scope)
    return MergePage(kind: kind, records: records, titles: titles, request: request).response
  }

  @Sendable func merge(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, store.catalogue)
    let form = try request.form()
    let ids = form.all("id")
    let kept = form.text("kept")
    guard ids.count > 1, ids.contains(kept) else {
      return .redirect(
        to: RecordPath.merge(kind.key, ids),
        flash: Flash(.problem, Localized(ja: "残す記録を選んでください。", en: "Choose the record to keep."))
      )
    }
    var versions: [String: Int] = [:]
    for id in ids { versions[id] = Int(form.text("version \(id)")) }
    var values: [String: String] = [:]
    for field in kind.fields where form.contains("field \(field.key)") {
      values[field.key] = form.text("field \(field.key)")
    }
    let reason = form.text("reason")
    do {
      let outcome = try await found {
        try await store.merge(
          kind,
          MergeOrder(kept: kept, others: ids, versions: versions, values: values),
          reason: reason.isEmpty ? nil : reason,
          in: scope
        )
      }
      return .redirect(
        to: RecordPath.record(kind.key, kept),
        flash: .done(
          Localized(ja: "\(ids.count)件の記録を1件に統合しました。", en: "\(ids.count) records are one now."),
          action: outcome.set.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch RecordError.conflict {
      return .redirect(
        to: RecordPath.merge(kind.key, ids),
        flash: Flash(
          .problem,
          Localized(
            ja: "ほかの人が先に変更したため、統合していません。いまの値を見比べて、もう一度選んでください。",
            en: "Somebody changed one of the records first. Compare them as they are now and choose again."
          )
        )
      )
    }
  }
}

struct MergePage {
  let kind: Kind
  let records: [Record]
  let titles: [String: String]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// The one that says most, proposed to be kept; of equals the oldest.
  private var fullest: Record? {
    records.max { ($0.values.count, -$0.createdAt.milliseconds) < ($1.values.count, -$1.createdAt.milliseconds) }
  }

  var response: WebResponse {
    .page(
      Page(
        say("\(kind.label.ja)の統合", "Merge \(kind.plural.en.lowercased())"),
        lead: HTML(
          text: say(
            "同じものの記録を1件にまとめます。残さない記録に結び付いていたもの、ネットワークでの姿、履歴は、残す記録に引き継ぎます。7日間は元に戻せます。",
            "Records of one thing become one. What pointed to the others, what the network saw and their history go with the one you keep. It can be undone for seven days."
          )
        ),
        crumbs: [
          Crumb(kind.traits.home.label[language], kind.traits.home.path),
          Crumb(kind.plural[language], RecordPath.list(kind.key)),
        ],
        main: records.count > 1 ? form : nothing
      ),
      current: "ledger." + kind.key
    )
  }

  private var nothing: HTML {
    EmptyState(
      say("統合する記録が2件以上ありません。", "There are not two records to merge."),
      say("台帳の品質の「重複」から選ぶか、廃止していない記録を選んでください。", "Choose them on the quality page, among records that are not retired."),
      actions: Button.link(say("一覧を見る", "See the list"), RecordPath.list(kind.key))
    ).html(language)
  }

  private var form: HTML {
    let kept = fullest?.id ?? ""
    let hidden = records.map {
      "<input type=\"hidden\" name=\"id\" value=\"\($0.id)\"><input type=\"hidden\" name=\"version \($0.id)\" value=\"\($0.version)\">"
        as HTML
    }
    let heads = records.enumerated().map { index, record -> HTML in
      """
      <th scope="col"><a href="\(RecordPath.record(kind.key, record.id))">\(name(index))</a></th>
      """
    }
    let keep = records.enumerated().map { index, record -> HTML in
      """
      <td data-h="\(name(index))"><label class="choice"><input type="radio" name="kept" value="\(record.id)"\
      \(if: record.id == kept, " checked")><span>\(say("この記録を残す", "Keep this one"))</span></label></td>
      """
    }
    let rows = kind.fields.compactMap { row($0, kept) }
    let reason = FormField.text("reason", say("理由", "Why"), support: say("例：二重に登録されていたため", "For example: listed twice"))
    return """
      <form method="post" action="\(RecordPath.list(kind.key))/merge">\(request.csrf)\(hidden)\
      <div class="table"><table class="cards"><caption class="vh">\(say("記録の比較", "The records compared"))</caption>\
      <thead><tr><th scope="col">\(say("項目", "Field"))</th>\(heads)</tr></thead><tbody>\
      <tr><th scope="row">\(say("残す記録", "To keep"))</th>\(keep)</tr>\(rows)</tbody></table></div>\
      \(reason.html(language))<div class="btns">\(Button.submit(say("統合する", "Merge")))\
      \(Button.link(say("やめる", "Cancel"), RecordPath.list(kind.key), look: .text))</div></form>
      """
  }

  /// Two records of one name are told apart by their place in the table.
  private func name(_ index: Int) -> String {
    let title = records[index].title(language)
    return records.count { $0.title(language) == title } > 1 ? "\(title) (\(index + 1))" : title
  }

  /// Where the records differ one chooses; where they agree there is nothing to choose.
  private func row(_ field: Field, _ kept: String) -> HTML? {
    let values = ValueText(titles: titles, dates: request.dates)
    let said = records.map { $0.values[field.key] ?? "" }
    guard said.contains(where: { !$0.isEmpty }) else { return nil }
    let isOpen = Set(said).count > 1
    let own = records.first { $0.id == kept }?.known(field.key) != nil ? kept : nil
    // An unknown gives way to something known.
    let chosen =
      own ?? records.first { $0.known(field.key) != nil }?.id ?? records.first { $0.values[field.key] != nil }?.id
    let cells = records.enumerated().map { index, record -> HTML in
      let text = values.html(record, field)
      guard isOpen, record.values[field.key] != nil else {
        let none: HTML = "<span class=\"note\">\(Unknown.missingLabel[language])</span>"
        return "<td data-h=\"\(name(index))\">\(text.isEmpty ? none : text)</td>"
      }
      let label = "\(field.label[language])\(language.colon)\(name(index))"
      return """
        <td data-h="\(name(index))"><label class="choice"><input type="radio" name="field \(field.key)" \
        value="\(record.id)" aria-label="\(label)"\(if: record.id == chosen, " checked")><span>\(text)</span></label></td>
        """
    }
    return "<tr><th scope=\"row\">\(field.label[language])</th>\(cells)</tr>"
  }
}
