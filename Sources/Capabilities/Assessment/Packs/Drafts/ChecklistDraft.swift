import Text

/// A checklist that somebody of a facility is writing: everything as it was typed, right or wrong, until it is published
/// as an edition of an own pack. Parts have numbers of their own, so that a number of the form may change.
package struct ChecklistDraft: Sendable, Hashable, Codable {
  /// A text in both languages; where the English is left empty the Japanese stands for both.
  package struct Words: Sendable, Hashable, Codable {
    package var ja = ""
    package var en = ""

    package init(_ ja: String = "", _ en: String = "") {
      self.ja = ja
      self.en = en
    }

    package var isEmpty: Bool { ja.isEmpty && en.isEmpty }
    package var shown: Localized { Localized(ja: ja, en: en.isEmpty ? ja : en) }
  }

  package struct Head: Sendable, Hashable, Codable {
    /// `own-radiology`.
    package var pack = ""
    package var title = Words()
    package var validFrom = ""
    package var validTo = ""
    package var publisher = ""
    package var sourceTitle = ""
    package var sourceAddress = ""
    /// As in the file: `checklist`, `levels`.
    package var form = "checklist"
    package var by = "hospital"
    package var cycle = "fiscalYear"
    /// 「4, 8, 12」: the months in which a round begins; nil for every month.
    package var months: String?
    package var year = ""
    package var goal = ""
    package var targetsStayInYear = false
    package var note = Words()
  }

  package struct Section: Sendable, Hashable, Codable, Identifiable {
    package var id: Int
    package var number = ""
    package var title = Words()
    package var items: [Item] = []
  }

  package struct Item: Sendable, Hashable, Codable, Identifiable {
    package struct Choice: Sendable, Hashable, Codable {
      package var key: String
      package var label: Words
    }

    package var id: Int
    package var number = ""
    package var text = Words()
    package var topic = ""
    /// Empty for that of the form.
    package var kind = ""
    package var choices: [Choice] = []
    package var least = ""
    package var most = ""
    package var unit = Words()
    package var staysInYear = false
    /// What each level means; four or none.
    package var levels: [Words] = []
    /// The item above, by its id.
    package var parent: Int?
    package var parentValues: [String] = []
    /// `any`, `vendorContract`, or empty where it must apply.
    package var absent = ""
    package var needsSecond = false
    package var asksDepartments = false
    // Of a checklist that was copied; they are carried along.
    package var part = ""
    package var isGate = false
    package var isPending = false
    package var measure = ""
    package var row = ""
  }

  package struct Topic: Sendable, Hashable, Codable, Identifiable {
    package struct Condition: Sendable, Hashable, Codable {
      /// `decides`, `proves`, `refutes`, the level it takes (`1` to `3`), or `beside`: shown, and decides nothing, whatever
      /// `test` and `value` say.
      package var use = "decides"
      package var fact = ""
      /// As in the file: `none`, `atLeast` …
      package var test = "none"
      package var value = ""
    }

    package var id: Int
    /// `own.radiology.3`; it stays through all editions.
    package var key = ""
    package var title = Words()
    package var needs = Words()
    /// Days for which something attached proves it; empty for a year.
    package var keeps = ""
    package var conditions: [Condition] = []
  }

  package struct Measure: Sendable, Hashable, Codable {
    package var number: String
    package var title, risk, prepare, act, strengthen: Words
    package var effort, cost: String
  }

  package struct Outcome: Sendable, Hashable, Codable {
    package struct Reference: Sendable, Hashable, Codable {
      package var title: Words
      package var address: String
    }

    package var holds: String
    package var title: Words
    package var references: [Reference]
  }

  package var head = Head()
  package var sections: [Section] = []
  package var topics: [Topic] = []
  package var measures: [Measure] = []
  package var outcomes: [Outcome] = []
  /// The number the next part gets.
  package var next = 1

  package init() {}

  /// What a part of it is, as addresses and problems name it.
  package enum Part: Sendable, Hashable {
    /// The draft as a whole.
    case whole
    case head
    case section(Int)
    case item(Int)
    case topic(Int)

    package var path: String {
      switch self {
      case .whole: ""
      case .head: "head/0"
      case .section(let id): "sections/\(id)"
      case .item(let id): "items/\(id)"
      case .topic(let id): "topics/\(id)"
      }
    }
  }

  package var items: [Item] { sections.flatMap(\.items) }

  package func section(_ id: Int) -> Section? { sections.first { $0.id == id } }
  package func item(_ id: Int) -> Item? { items.first { $0.id == id } }
  package func topic(_ id: Int) -> Topic? { topics.first { $0.id == id } }

  /// The kind of an item, its own or that of the form.
  package func kind(_ item: Item) -> AnswerKind? {
    item.kind.isEmpty ? Checklist.Form(rawValue: head.form)?.kind : AnswerKind(rawValue: item.kind)
  }

  /// What an item may be answered with, as its children name it, with its words; empty where that is typed.
  package func answers(_ item: Item) -> [(key: String, label: Localized)] {
    let absent: [AnswerValue] = item.absent.isEmpty ? [] : [.notApplicable]
    switch kind(item) {
    case .yesNo: return ([.yes, .no] + absent).map { ($0.plain, $0.label) }
    case .level: return ((0...3).map(AnswerValue.level) + absent).map { ($0.plain, $0.label) }
    case .choice: return item.choices.map { ($0.key, $0.label.shown) } + absent.map { ($0.plain, $0.label) }
    default: return []
    }
  }

  // MARK: Changing

  /// Puts a part in its place; a new one, whose id is 0, at the end. Answers its id.
  @discardableResult
  package mutating func put(_ section: Section) -> Int {
    if let place = sections.firstIndex(where: { $0.id == section.id }) {
      sections[place].number = section.number
      sections[place].title = section.title
      return section.id
    }
    sections.append(Section(id: taken(), number: section.number, title: section.title))
    return next - 1
  }

  /// The same of an item, into the section it belongs to now.
  @discardableResult
  package mutating func put(_ item: Item, in section: Int) -> Int {
    if sections.isEmpty { sections.append(Section(id: taken(), number: "1", title: Words("点検項目", "Items"))) }
    let home = sections.firstIndex { $0.id == section } ?? sections.count - 1
    if let (place, index) = place(of: item.id) {
      guard place != home else {
        sections[place].items[index] = item
        return item.id
      }
      sections[place].items.remove(at: index)
      sections[home].items.append(item)
      return item.id
    }
    var new = item
    new.id = taken()
    sections[home].items.append(new)
    return new.id
  }

  @discardableResult
  package mutating func put(_ topic: Topic) -> Int {
    if let place = topics.firstIndex(where: { $0.id == topic.id }) {
      topics[place] = topic
      return topic.id
    }
    var new = topic
    new.id = taken()
    if new.key.isEmpty {
      new.key = "\(OwnChecklist.topicPrefix)\(head.pack.dropFirst(OwnChecklist.prefix.count)).\(new.id)"
    }
    topics.append(new)
    return new.id
  }

  /// Takes a part away; a section with its items. What pointed to it is told of as a problem.
  package mutating func remove(_ part: Part) {
    switch part {
    case .section(let id): sections.removeAll { $0.id == id }
    case .item(let id): if let (place, index) = place(of: id) { sections[place].items.remove(at: index) }
    case .topic(let id): topics.removeAll { $0.id == id }
    case .head, .whole: break
    }
  }

  /// Moves a part up or down by one; an item that is first or last goes on in the next section.
  package mutating func move(_ part: Part, up: Bool) {
    switch part {
    case .section(let id):
      guard let place = sections.firstIndex(where: { $0.id == id }) else { return }
      let other = place + (up ? -1 : 1)
      if sections.indices.contains(other) { sections.swapAt(place, other) }
    case .item(let id):
      guard let (place, index) = place(of: id) else { return }
      let other = index + (up ? -1 : 1)
      if sections[place].items.indices.contains(other) {
        sections[place].items.swapAt(index, other)
      } else if sections.indices.contains(place + (up ? -1 : 1)) {
        let item = sections[place].items.remove(at: index)
        let next = place + (up ? -1 : 1)
        sections[next].items.insert(item, at: up ? sections[next].items.count : 0)
      }
    case .topic, .head, .whole: break
    }
  }

  package func place(of item: Int) -> (section: Int, index: Int)? {
    for (place, section) in sections.enumerated() {
      if let index = section.items.firstIndex(where: { $0.id == item }) { return (place, index) }
    }
    return nil
  }

  private mutating func taken() -> Int {
    next += 1
    return next - 1
  }
}
