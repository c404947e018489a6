import HTML
import Text

/// Where one is in a job of several pages.
package struct Steps: Sendable {
  package enum State: Sendable { case done, current, ahead, wrong, skipped }

  package struct Step: Sendable {
    package let label: String
    package let state: State
    /// For steps that can be gone back to.
    package let address: String?

    package init(_ label: String, _ state: State, address: String? = nil) {
      self.label = label
      self.state = state
      self.address = address
    }
  }

  package let steps: [Step]

  package init(_ steps: [Step]) { self.steps = steps }

  /// Steps before `current` (from 0) are done, those after it lie ahead.
  package init(_ labels: [String], current: Int) {
    steps = labels.enumerated().map { index, label in
      Step(label, index < current ? .done : index == current ? .current : .ahead)
    }
  }

  package func html(_ language: Language) -> HTML {
    let ja = language == .ja
    let items = steps.enumerated().map { index, step -> HTML in
      let word = Self.word(step.state)[language]
      let name: HTML = step.address.map { "<a href=\"\($0)\">\(step.label)</a>" } ?? "\(step.label)"
      let place =
        ja ? "全\(steps.count)ステップ中、\(index + 1)ステップ目。" : "Step \(index + 1) of \(steps.count). "
      let end = word.isEmpty ? "" : ja ? "（\(word)）" : " (\(word))"
      return """
        <li\(attribute: "class", Self.mark(step.state))\(if: step.state == .current, " aria-current=\"step\"")>\
        <span class="vh">\(place)</span>\(name)<span class="vh">\(end)</span></li>
        """
    }
    return "<ol class=\"steps\" aria-label=\"\(ja ? "手順" : "Steps")\">\(items)</ol>"
  }

  private static func mark(_ state: State) -> String? {
    switch state {
    case .done: "done"
    case .current: "now"
    case .ahead: nil
    case .wrong: "stop"
    case .skipped: "past"
    }
  }

  private static func word(_ state: State) -> Localized {
    switch state {
    case .done: Localized(ja: "完了", en: "done")
    case .current, .ahead: Localized(both: "")
    case .wrong: Localized(ja: "問題があります", en: "has a problem")
    case .skipped: Localized(ja: "飛ばしました", en: "skipped")
    }
  }
}

/// Views of one thing, as links: the address says which is open.
package struct Tabs: Sendable {
  package let label: String
  package let entries: [MenuEntry]

  package init(_ label: String, _ entries: [MenuEntry]) {
    self.label = label
    self.entries = entries
  }

  package var html: HTML {
    let items = entries.map { entry -> HTML in
      let badge: HTML? = entry.badge.map { " <span class=\"n\">\($0)</span>" }
      return """
        <li><a href="\(entry.address)"\(if: entry.isCurrent, " aria-current=\"page\"")>\(entry.label)\(badge)</a></li>
        """
    }
    return "<nav aria-label=\"\(label)\"><ul class=\"tabs\">\(items)</ul></nav>"
  }
}

/// Asks once more before what cannot be undone or hits many people; everything else is done at once and offers
/// 「元に戻す」. A page of its own, so that it needs no scripts.
package struct Confirmation: Sendable {
  package let action: String
  package let csrf: HTML
  /// 「以下の機器を削除しますか？　この操作は元に戻せません。」
  package let question: String
  /// The names of what is meant.
  package let names: [String]
  /// Further fields, such as the reason.
  package var fields: [FormField] = []
  /// The verb on the button: 「削除」.
  package let verb: String
  package let backAddress: String
  package let isDangerous: Bool

  package init(
    action: String,
    csrf: HTML,
    question: String,
    names: [String],
    fields: [FormField] = [],
    verb: String,
    backAddress: String,
    isDangerous: Bool = true
  ) {
    self.action = action
    self.csrf = csrf
    self.question = question
    self.names = names
    self.fields = fields
    self.verb = verb
    self.backAddress = backAddress
    self.isDangerous = isDangerous
  }

  package func html(_ language: Language) -> HTML {
    let cancel = Localized(ja: "キャンセル", en: "Cancel")[language]
    let list: HTML = names.isEmpty ? .empty : "<ul class=\"asked\">\(each: names, { "<li>\($0)</li>" })</ul>"
    return """
      <p>\(question)</p>\(list)<form class="form" method="post" action="\(action)" novalidate>\(csrf)\
      \(each: fields, { $0.html(language) })<div class="btns">\
      \(Button.submit(verb, look: isDangerous ? .danger : .primary))\
      \(Button.link(cancel, backAddress, look: .secondary))</div></form>
      """
  }
}
