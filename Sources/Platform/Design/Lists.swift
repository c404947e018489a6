import HTML
import Text

/// What somebody must do, most pressing first: by when, what and why in whole sentences, one place to press.
package struct TodoList: Sendable {
  package struct Item: Sendable {
    /// 「11月24日（火）」.
    package let due: String
    /// 「2日超過」, in red above the date; nil where there is time.
    package let overdue: String?
    package let title: String
    package let address: String
    package let why: String
    /// The button; the first item's is the main one.
    package let action: String
    package let actionAddress: String

    package init(
      due: String,
      overdue: String? = nil,
      title: String,
      address: String,
      why: String,
      action: String,
      actionAddress: String? = nil
    ) {
      self.due = due
      self.overdue = overdue
      self.title = title
      self.address = address
      self.why = why
      self.action = action
      self.actionAddress = actionAddress ?? address
    }
  }

  package let items: [Item]

  package init(_ items: [Item]) { self.items = items }

  package var html: HTML {
    let rows = items.enumerated().map { index, item -> HTML in
      let late: HTML? = item.overdue.map { "<b>\($0)</b>" }
      return """
        <li><span class="due">\(late)<span class="nb">\(item.due)</span></span><span><a class="t" \
        href="\(item.address)">\(item.title)</a><span class="why">\(item.why)</span></span>\
        \(Button.link(
          item.action, item.actionAddress, look: index == 0 ? .primary : .secondary, size: .small, context: item.title))\
        </li>
        """
    }
    return "<ol class=\"todo\">\(rows)</ol>"
  }
}

/// Tasks to do in any order, each a page: the whole row is the link. 「完了」 is plain so that the open ones stand out.
package struct TaskList: Sendable {
  package enum State: Sendable {
    case done, open, cannotStart
    /// 「確認待ち」 and the like.
    case other(Chip)
  }

  package struct Task: Sendable {
    package let title: String
    package let address: String
    package let state: State
    package let support: String?

    package init(_ title: String, _ address: String, _ state: State, support: String? = nil) {
      self.title = title
      self.address = address
      self.state = state
      self.support = support
    }
  }

  package let tasks: [Task]
  /// Whether it says how many are done.
  package var isCounted = true

  package init(_ tasks: [Task]) { self.tasks = tasks }

  package func html(_ language: Language) -> HTML {
    let done = tasks.count { if case .done = $0.state { true } else { false } }
    let progress =
      language == .ja ? "\(tasks.count)件のうち\(done)件が完了" : "\(done) of \(tasks.count) completed"
    return
      "\(isCounted ? "<p>\(progress)</p>" : HTML.empty)<ul class=\"tasks\">\(each: tasks, { Self.row($0, language) })</ul>"
  }

  private static func row(_ task: Task, _ language: Language) -> HTML {
    let ja = language == .ja
    let state: HTML =
      switch task.state {
      case .done: "<span>\(ja ? "完了" : "Completed")</span>"
      case .open: Chip(ja ? "未完了" : "Incomplete", .blue).html
      case .cannotStart: "<span class=\"note\">\(ja ? "まだ始められません" : "Cannot start yet")</span>"
      case .other(let chip): chip.html
      }
    let support: HTML? = task.support.map { "<span class=\"support\">\($0)</span>" }
    let name: HTML =
      if case .cannotStart = task.state {
        "<span>\(task.title)</span>"
      } else {
        "<a href=\"\(task.address)\">\(task.title)</a>"
      }
    return "<li>\(name)\(state)\(support)</li>"
  }
}

/// Numbers one can act on: each a link to its list, with what it is out of and how it changed.
package struct Numbers: Sendable {
  package struct Item: Sendable {
    package let label: String
    package let value: String
    /// 「か所」「/ 1,512台」.
    package let of: String
    /// 「先月より9台減」.
    package let note: String?
    package let address: String?
    package let isWorrying: Bool

    package init(
      _ label: String,
      value: String,
      of: String = "",
      note: String? = nil,
      address: String? = nil,
      isWorrying: Bool = false
    ) {
      self.label = label
      self.value = value
      self.of = of
      self.note = note
      self.address = address
      self.isWorrying = isWorrying
    }
  }

  package let items: [Item]

  package init(_ items: [Item]) { self.items = items }

  package var html: HTML { "<ul class=\"nums\(items.count == 6 ? " six" : "")\">\(each: items, Self.cell)</ul>" }

  private static func cell(_ item: Item) -> HTML {
    let note: HTML? = item.note.map { "<span class=\"d\">\($0)</span>" }
    let inside: HTML = """
      <span class="l">\(item.label)</span><span class="v">\(item.value)<small>\(item.of)</small></span>\(note)
      """
    let box: HTML = item.address.map { "<a href=\"\($0)\">\(inside)</a>" } ?? "<div>\(inside)</div>"
    return "<li\(if: item.isWorrying, " class=\"worry\"")>\(box)</li>"
  }
}

/// Names and values of one record.
package struct KeyValues: Sendable {
  package struct Line: Sendable {
    package let name: String
    package let value: HTML

    package init(_ name: String, _ value: HTML) {
      self.name = name
      self.value = value
    }

    package init(_ name: String, text: String) { self.init(name, HTML(text: text)) }
  }

  package let lines: [Line]

  package init(_ lines: [Line]) { self.lines = lines }

  package var html: HTML {
    "<dl class=\"kv\">\(each: lines, { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" })</dl>"
  }
}

/// What was entered, to be read once more before it is sent; 「変更」 leads back to each field.
package struct CheckAnswers: Sendable {
  package struct Line: Sendable {
    package let name: String
    package let value: HTML
    package let changeAddress: String?

    package init(_ name: String, _ value: HTML, changeAddress: String? = nil) {
      self.name = name
      self.value = value
      self.changeAddress = changeAddress
    }
  }

  package let lines: [Line]

  package init(_ lines: [Line]) { self.lines = lines }

  package func html(_ language: Language) -> HTML {
    "<dl class=\"kv check\">\(each: lines, { Self.row($0, language) })</dl>"
  }

  private static func row(_ line: Line, _ language: Language) -> HTML {
    let change: HTML? = line.changeAddress.map {
      "<a class=\"nb\" href=\"\($0)\">\(language == .ja ? "変更" : "Change")\(Button.hidden(line.name))</a>"
    }
    return "<dt>\(line.name)</dt><dd>\(line.value)</dd><dd>\(change)</dd>"
  }
}

/// What happened, newest first.
package struct HistoryList: Sendable {
  package struct Event: Sendable {
    /// As shown, 「昨日 17:40」; `machine` in ISO 8601.
    package let shown: String
    package let machine: String
    package let text: HTML
    /// Who and why.
    package let note: String?

    package init(shown: String, machine: String, text: HTML, note: String? = nil) {
      self.shown = shown
      self.machine = machine
      self.text = text
      self.note = note
    }
  }

  package let events: [Event]

  package init(_ events: [Event]) { self.events = events }

  package var html: HTML {
    "<ul class=\"log\">\(each: events, Self.line)</ul>"
  }

  /// 「7.6.3 → 7.6.4」, said in words for those who hear it.
  package static func change(from: String, to: String, _ language: Language) -> HTML {
    let arrow = language == .ja ? "から" : "to"
    return "<del>\(from)</del> <span aria-hidden=\"true\">→</span><span class=\"vh\">\(arrow)</span> <ins>\(to)</ins>"
  }

  private static func line(_ event: Event) -> HTML {
    let note: HTML? = event.note.map { "<span class=\"sub\">\($0)</span>" }
    return "<li>\(DateText.html(event.shown, machine: event.machine))\(event.text)\(note)</li>"
  }
}
