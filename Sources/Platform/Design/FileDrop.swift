import HTML
import Text

/// Takes files by button or by dropping. Without scripts it is a plain file input.
package struct FileDrop: Sendable {
  package let name: String
  package let label: String
  /// 「.xlsx,.csv」.
  package let accept: String?
  package let isMany: Bool
  /// Bytes for each file; the server checks again.
  package let limit: Int
  package let most: Int
  package var support: String?
  package var error: String?

  package init(
    _ name: String,
    _ label: String,
    accept: String? = nil,
    isMany: Bool = false,
    limit: Int = 50 * 1_048_576,
    most: Int = 20,
    support: String? = nil,
    error: String? = nil
  ) {
    self.name = name
    self.label = label
    self.accept = accept
    self.isMany = isMany
    self.limit = limit
    self.most = most
    self.support = support
    self.error = error
  }

  package func html(_ language: Language) -> HTML {
    let ja = language == .ja
    let megabytes = limit / 1_048_576
    let id = "field-\(name)"
    let count = isMany ? (ja ? "\(most)個まで、" : "up to \(most) files, ") : ""
    let rule =
      ja
      ? "ここにファイルを重ねて離すか、ボタンで選びます。\(count)1個あたり\(megabytes)MBまで。"
      : "Drop files here or choose them with the button: \(count)\(megabytes) MB each."
    let wrong: HTML? = error.map { "<p class=\"wrong\" id=\"\(id)-error\">\($0)</p>" }
    let by = error == nil ? "\(id)-support" : "\(id)-support \(id)-error"
    let more: HTML? = support.map { "<br>\($0)" }
    return """
      <div class="field\(error == nil ? "" : " bad")" data-drop data-limit="\(limit)" data-most="\(most)"\
      \(words(ja))><label for="\(id)">\(label)</label><p class="support" id="\(id)-support">\(rule)\(more)</p>\(wrong)\
      <div class="drop"><input type="file" id="\(id)" name="\(name)"\(attribute: "accept", accept)\
      \(if: isMany, " multiple") aria-describedby="\(by)"\(if: error != nil, " aria-invalid=\"true\"")>\
      <ul></ul><p role="status"></p><div class="choice jsonly"><input type="checkbox" id="\(id)-wide" data-wide>\
      <label for="\(id)-wide">\(ja ? "ドロップ範囲を画面全体に広げる" : "Accept drops anywhere on the page")</label>\
      </div></div></div>
      """
  }

  private func words(_ ja: Bool) -> HTML {
    let parts =
      ja
      ? [
        "「{}」は選べない種類のファイルです。", "「{}」は大きすぎます。", "「{}」は数の上限を超えるため外しました。", "{}個のファイルを選択中です。", "外す",
      ]
      : [
        "“{}” is a kind of file that cannot be taken.", "“{}” is too large.",
        "“{}” was left out: too many files.", "{} files chosen.", "Remove",
      ]
    return """
       data-kind="\(parts[0])" data-large="\(parts[1])" data-many="\(parts[2])" data-count="\(parts[3])" \
      data-remove="\(parts[4])"
      """
  }
}

/// How far a job has come. While it runs the region renews itself; without scripts the page does
/// (`Page.refreshSeconds`).
package struct JobProgress: Sendable {
  package enum State: Sendable {
    case waiting, running, done, partlyDone, failed, cancelled

    package var isOver: Bool { self != .waiting && self != .running }

    package var chip: (Localized, Chip.Tint) {
      switch self {
      case .waiting: (Localized(ja: "順番待ち", en: "Waiting"), .grey)
      case .running: (Localized(ja: "処理中", en: "Running"), .blue)
      case .done: (Localized(ja: "成功", en: "Succeeded"), .green)
      case .partlyDone: (Localized(ja: "一部失敗", en: "Partly failed"), .orange)
      case .failed: (Localized(ja: "失敗", en: "Failed"), .red)
      case .cancelled: (Localized(ja: "中断", en: "Stopped"), .grey)
      }
    }
  }

  package let id: String
  package let state: State
  package let done: Int
  /// Nil while it is not known how much there is.
  package let total: Int?
  package let unit: Unit
  /// 「佐藤 美咲」, 「14:31」.
  package let startedBy: String
  package let startedAt: String
  package let note: String?
  /// Buttons: 「中断」 while it runs, 「結果を見る」 after.
  package let actions: HTML

  package init(
    id: String,
    state: State,
    done: Int,
    total: Int?,
    unit: Unit = .items,
    startedBy: String,
    startedAt: String,
    note: String? = nil,
    actions: HTML = .empty
  ) {
    self.id = id
    self.state = state
    self.done = done
    self.total = total
    self.unit = unit
    self.startedBy = startedBy
    self.startedAt = startedAt
    self.note = note
    self.actions = actions
  }

  /// For `Page.refreshSeconds`.
  package var refreshSeconds: Int? { state.isOver ? nil : 3 }

  package func html(_ language: Language) -> HTML {
    let ja = language == .ja
    let (word, tint) = state.chip
    let count =
      total.map { "\(done.grouped) / \(unit.count($0, language))" } ?? (done == 0 ? "" : unit.count(done, language))
    let bar: HTML =
      total.map {
        "<progress max=\"\(max($0, 1))\" value=\"\(min(done, $0))\" aria-label=\"\(ja ? "進み具合" : "Progress")\">\(count)</progress>"
      }
      ?? .empty
    let remark: HTML? = note.map { "<p>\($0)</p>" }
    let stay =
      state.isOver ? "" : ja ? "この画面を離れても処理は続きます。" : "You may leave this page; the work goes on."
    let buttons: HTML = actions.isEmpty ? .empty : "<div class=\"btns\">\(actions)</div>"
    return """
      <section id="\(id)"\(attribute: "data-refresh", state.isOver ? nil : "3")>\
      <p role="status">\(Chip(word[language], tint).html) <span class="nb">\(count)</span></p>\(bar)\(remark)\
      <p class="note">\(ja ? "受付：" : "Accepted ")\(startedAt)\(ja ? "　" : ", ")\(startedBy)\(ja ? "。" : ". ")\(stay)</p>\
      \(buttons)</section>
      """
  }
}
