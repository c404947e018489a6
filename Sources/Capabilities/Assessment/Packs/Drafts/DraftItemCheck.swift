import Text

/// What is wrong with one item of a draft.
struct DraftItemCheck {
  let draft: ChecklistDraft
  let item: ChecklistDraft.Item

  private func problem(_ field: String, _ ja: String, _ en: String) -> DraftProblem {
    DraftProblem(.item(item.id), field, ja, en)
  }

  var problems: [DraftProblem] { words + answering + levels + parent }

  private var words: [DraftProblem] {
    var found: [DraftProblem] = []
    if item.number.isEmpty {
      found.append(problem("number", "項目の番号を入力してください。", "Number the item."))
    } else if item.number.count > ChecklistReader.longestNumber {
      found.append(
        problem(
          "number",
          "番号は\(ChecklistReader.longestNumber)文字以内にしてください。",
          "A number has at most \(ChecklistReader.longestNumber) characters."
        )
      )
    } else if draft.items.contains(where: { $0.id != item.id && ChecklistDraft.key($0) == ChecklistDraft.key(item) }) {
      found.append(
        problem("number", "番号「\(item.number)」の項目がほかにもあります。別の番号にしてください。", "Another item has this number. Give another.")
      )
    }
    if item.text.ja.isEmpty { found.append(problem("text.ja", "問いの文を入力してください。", "Write the question.")) }
    if Checklists.topics[item.topic] == nil, !draft.topics.contains(where: { $0.key == item.topic }) {
      found.append(problem("topic", "話題を選んでください。", "Choose a topic."))
    }
    return found
  }

  private var answering: [DraftProblem] {
    guard let kind = draft.kind(item) else {
      return [problem("kind", "答え方を選んでください。", "Choose how it is answered.")]
    }
    if item.isGate, kind != .yesNo || item.parent != nil {
      return [
        problem(
          "kind",
          "前提の項目は、親のない「はい・いいえ」にしてください。",
          "The gate is a yes or no without a parent."
        )
      ]
    }
    switch kind {
    case .choice:
      let labels = item.choices.map(\.label.ja)
      guard (2...AnswerFormat.mostChoices).contains(item.choices.count), Set(labels).count == labels.count else {
        return [
          problem(
            "choices",
            "選択肢を1行に1つ、2つから\(AnswerFormat.mostChoices)個まで、重ならないように入力してください。",
            "Give two to \(AnswerFormat.mostChoices) different choices, one a line."
          )
        ]
      }
      return []
    case .number:
      var found: [DraftProblem] = []
      for (field, text) in [("least", item.least), ("most", item.most)] where !text.isEmpty && Int(text) == nil {
        found.append(problem(field, "整数で入力するか、空にしてください。", "Give a whole number, or leave it empty."))
      }
      if let least = Int(item.least), let most = Int(item.most), most < least {
        found.append(problem("most", "いちばん小さい数より小さくなっています。", "It is smaller than the least."))
      }
      return found
    default: return []
    }
  }

  private var levels: [DraftProblem] {
    guard draft.kind(item) == .level, !item.levels.isEmpty else { return [] }
    let missing = item.levels.indices.filter { item.levels[$0].ja.isEmpty }
    return missing.map {
      problem("level.\($0)", "4つのレベルすべてに説明を入れるか、すべて空にしてください。", "Describe all four levels, or none.")
    }
  }

  private var parent: [DraftProblem] {
    guard let id = item.parent else { return [] }
    let above = draft.items.prefix { $0.id != item.id }
    guard let parent = draft.item(id) else {
      return [problem("parent", "親の項目がなくなりました。選び直してください。", "The parent is gone. Choose another.")]
    }
    guard above.contains(where: { $0.id == id }) else {
      return [
        problem(
          "parent",
          "親の項目「\(parent.number)」は、この項目より上に置いてください。",
          "The parent, \(parent.number), has to stand above this item."
        )
      ]
    }
    let answers = draft.answers(parent).map(\.key)
    guard !answers.isEmpty else {
      return [
        problem(
          "parent",
          "親にできるのは、はい・いいえ、レベル、選択肢の項目です。",
          "A parent is answered with yes or no, a level or a choice."
        )
      ]
    }
    guard !item.parentValues.isEmpty, Set(item.parentValues).isSubset(of: answers) else {
      return [
        problem("is", "親の答えがどれのときに尋ねるかを選んでください。", "Choose the answers of the parent that ask for it.")
      ]
    }
    return []
  }
}
