import Text

/// What changed from one round to another, also between editions: by topic, for numbers and order change.
package struct RoundDifference: Sendable {
  package enum Change: String, Sendable, CaseIterable {
    case worse, better
    /// Answered now, not before.
    case answered
    /// Answered before, not now.
    case unanswered
    /// The edition asks it anew.
    case added
    /// The edition asks it no longer.
    case dropped
    /// A level beside a yes or no.
    case incomparable
    /// What is not graded, and is another number, day, choice or text now.
    case changed
    case same

    package var label: Localized {
      switch self {
      case .worse: Localized(ja: "下がった", en: "Worse")
      case .better: Localized(ja: "上がった", en: "Better")
      case .answered: Localized(ja: "新しく答えた", en: "Answered now")
      case .unanswered: Localized(ja: "まだ答えていない", en: "Not answered yet")
      case .added: Localized(ja: "増えた項目", en: "New item")
      case .dropped: Localized(ja: "なくなった項目", en: "Item gone")
      case .incomparable: Localized(ja: "答え方が違う", en: "Answered differently")
      case .changed: Localized(ja: "変わった", en: "Changed")
      case .same: Localized(ja: "同じ", en: "Same")
      }
    }
  }

  package struct Side: Sendable, Hashable {
    /// 「2(7) サーバ」, several where an edition asks each kind of machine by itself.
    package let names: [Localized]
    package let text: Localized
    /// The weakest of its items; nil where one of them is not answered.
    package let value: AnswerValue?
    /// Whether an answer claimed more than the records showed when it was given, and counts as they did.
    package var isLowered = false
  }

  package struct Line: Sendable {
    package let topic: String
    package let before: Side?
    package let after: Side?
    package let change: Change
  }

  package let lines: [Line]

  package func count(_ change: Change) -> Int { lines.count { $0.change == change } }

  /// Items are compared as they counted when they were answered: what claims more than the records showed counts as those
  /// did, as in scores. What the records say today changes no past round.
  package init(from before: Round, to after: Round) {
    let (old, new) = (Self.sides(before), Self.sides(after))
    let order = after.checklist.topicsInOrder + before.checklist.topicsInOrder.filter { new[$0] == nil }
    var seen: Set<String> = []
    lines = order.filter { (old[$0] != nil || new[$0] != nil) && seen.insert($0).inserted }.map { topic in
      let (left, right) = (old[topic], new[topic])
      return Line(topic: topic, before: left, after: right, change: Self.change(left, right))
    }
  }

  private static func sides(_ round: Round) -> [String: Side] {
    let asked = Set(round.asked.map(\.key))
    let items = round.checklist.items.filter { !$0.isGate && ($0.parent == nil || asked.contains($0.key)) }
    return Dictionary(grouping: items, by: \.subject).mapValues { items in
      let counted = items.map { item -> CountedItem in
        let answer = round.answers[item.key]
        return CountedItem(key: item.key, topic: item.topic, answer: answer, shown: answer?.suggested)
      }
      let values = counted.map(\.value)
      let known = values.compactMap { $0 }
      return Side(
        names: items.map(\.name),
        text: items[0].text,
        value: known.count == values.count ? known.min { $0.height < $1.height } : nil,
        isLowered: counted.contains(where: \.isLowered)
      )
    }
  }

  static func change(_ before: Side?, _ after: Side?) -> Change {
    guard let before else { return .added }
    guard let after else { return .dropped }
    switch (before.value, after.value) {
    case (nil, nil): return .same
    case (nil, _): return .answered
    case (_, nil): return .unanswered
    case (let old?, let new?):
      guard old != new else { return .same }
      switch (old, new) {
      case (.yes, .no), (.no, .yes), (.level, .level): return new.height > old.height ? .better : .worse
      case (.choice, .choice), (.number, .number), (.date, .date), (.text, .text): return .changed
      default: return .incomparable
      }
    }
  }
}

extension ChecklistItem {
  /// What it is compared by: its topic, for what is not graded with its number, since a number and a text say different
  /// things of one topic.
  var subject: String { format.kind.isGraded ? topic : "\(topic)/\(key)" }
}

extension Checklist {
  /// Each topic once, in the order of the form.
  var topicsInOrder: [String] {
    var seen: Set<String> = []
    return items.filter { !$0.isGate }.map(\.subject).filter { seen.insert($0).inserted }
  }
}
