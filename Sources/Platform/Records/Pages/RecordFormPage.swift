import Design
import HTML
import Text
import Web

/// 追加 and 編集, with the problems of the last try beside their fields, and both values where somebody else was first.
struct RecordFormPage {
  let form: RecordForm
  /// Nil for a new record.
  let record: Record?
  let version: Int
  let conflict: RecordConflict?
  let reason: String
  let request: WebRequest

  private var kind: Kind { form.kind }
  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// Not `reason`: a kind may have a field of that name.
  static let whyField = "change_reason"

  var response: WebResponse {
    let title =
      record.map { say("\($0.title(.ja)) の編集", "Edit \($0.title(.en))") }
      ?? say("\(kind.label.ja)の追加", "Add \(kind.label.en.lowercased())")
    let back = record.map { RecordPath.record(kind.key, $0.id) } ?? RecordPath.list(kind.key)
    var crumbs = [
      Crumb(kind.traits.home.label[language], kind.traits.home.path),
      Crumb(kind.plural[language], RecordPath.list(kind.key)),
    ]
    if let record { crumbs.append(Crumb(record.title(language), RecordPath.record(kind.key, record.id))) }
    let fields = form.fields()
    let why = FormField.text(
      Self.whyField,
      say("変更の理由", "Why"),
      value: reason,
      support: say("変更履歴に残ります。空欄でもかまいません。", "Kept in the history; may be left empty.")
    )
    var frame = FormFrame(
      action: record.map { RecordPath.edit(kind.key, $0.id) } ?? RecordPath.new(kind.key),
      csrf: request.csrf,
      fields: [],
      more: more(fields, why),
      buttons: Button.submit(say("保存", "Save")) + Button.link(say("キャンセル", "Cancel"), back, look: .text),
      draft: "\(kind.key)/\(record?.id ?? "new")"
    )
    frame.id = "record-form"
    return .page(
      Page(
        title,
        crumbs: crumbs,
        errors: fields.errors,
        main: "\(conflict.map(conflictBanner))\(frame.html(language))"
      ),
      current: "ledger." + kind.key,
      status: conflict == nil ? nil : 409
    )
  }

  private func more(_ fields: [FormField], _ why: FormField) -> HTML {
    let byName = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0) })
    let groups = kind.groups.map { group -> HTML in
      let members = kind.fields.filter { $0.group == group.key }.compactMap { byName[$0.key] }
      return "<h2>\(group.label[language])</h2>\(each: members, { $0.html(language) })"
    }
    return """
      <input type="hidden" name="version" value="\(version)">\(groups)\
      \(record == nil ? nil : why.html(language))
      """
  }

  private func conflictBanner(_ conflict: RecordConflict) -> HTML {
    let values = ValueText(titles: form.titles, dates: request.dates)
    let rows = conflict.fields.compactMap { dispute -> HTML? in
      guard let field = kind[field: dispute.field] else { return nil }
      return """
        <tr><th scope="row">\(field.label[language])</th><td data-h="\(say("いまの台帳", "Ledger now"))">\
        \(values.html(field, dispute.theirs))</td><td data-h="\(say("あなたの入力", "Yours"))">\
        \(values.html(field, dispute.mine))</td></tr>
        """
    }
    let table: HTML = """
      <div class="table"><table class="cards"><thead><tr><th scope="col">\(say("項目", "Field"))</th>\
      <th scope="col">\(say("いまの台帳", "Ledger now"))</th><th scope="col">\(say("あなたの入力", "Yours"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>\
      <p>\(say("下の欄はあなたの入力のままです。もう一度「保存」を押すと、その内容で上書きします。", "The fields below hold what you typed. Saving again overwrites with it."))</p>
      """
    return Banner(
      .warning,
      say("\(conflict.by)さんが先に変更しました。何も失われていません。", "\(conflict.by) changed this first. Nothing is lost."),
      detail: table
    ).html(language)
  }
}
