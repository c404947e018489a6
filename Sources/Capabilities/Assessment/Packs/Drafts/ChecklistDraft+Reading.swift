import Packs

extension ChecklistDraft {
  /// What a pack holds, as a draft: of a facility's own for its next edition, of one of the program for a copy under
  /// another name. The fingerprint of an official workbook is left behind, since the copy is no longer that form. Throws
  /// `PackError`.
  package init(copying source: String, file: String, as name: String) throws(PackError) {
    let pack = try Pack(reading: source, file: file)
    self.init()
    head.pack = name
    head.title = Words(pack.title)
    head.validFrom = pack.validFrom
    head.validTo = pack.validTo ?? ""
    head.publisher = pack.publisher
    head.sourceTitle = pack.source.title
    head.sourceAddress = pack.source.address ?? ""
    var ids: [String: Int] = [:]
    for entry in pack.entries {
      if entry.has("form") {
        try take(form: entry)
      } else if entry.has("section") {
        put(Section(id: 0, number: try entry.text("section"), title: Words(try entry.words("title"))))
      } else if entry.has("note") {
        head.note = Words(try entry.words("note"))
      } else if entry.has("outcome") {
        outcomes.append(try Outcome(entry))
      } else if entry.has("item") {
        let item = try Item(entry, parents: ids)
        let id = put(item, in: sections.last?.id ?? 0)
        ids[item.part.isEmpty ? item.number : "\(item.number):\(item.part)"] = id
      } else if entry.has("topic") {
        put(try Topic(entry))
      } else if entry.has("measure") {
        measures.append(try Measure(entry))
      }
    }
  }

  private mutating func take(form entry: PackEntry) throws(PackError) {
    head.form = try entry.text("form")
    head.by = try entry.optionalText("by") ?? "hospital"
    head.cycle = try entry.text("cycle")
    head.months = try entry.has("months") ? entry.texts("months").joined(separator: ", ") : nil
    head.year = try entry.optionalText("year") ?? ""
    head.goal = try entry.optionalText("goal") ?? ""
    head.targetsStayInYear = entry.has("target")
  }
}

extension ChecklistDraft.Words {
  init(_ words: PackWords) { self.init(words.ja, words.en) }
}

extension ChecklistDraft.Item {
  /// `parents` are the ids of the items above, by their keys.
  fileprivate init(_ entry: PackEntry, parents: [String: Int]) throws(PackError) {
    self.init(id: 0)
    number = try entry.text("item")
    text = ChecklistDraft.Words(try entry.words("text"))
    topic = try entry.text("topic")
    kind = try entry.optionalText("kind") ?? ""
    for choice in try entry.entries("choices") {
      let label = ChecklistDraft.Words(try choice.text("ja"), try choice.text("en"))
      choices.append(Choice(key: try choice.text("key"), label: label))
    }
    least = try entry.optionalText("least") ?? ""
    most = try entry.optionalText("most") ?? ""
    unit = try entry.optionalWords("unit").map { ChecklistDraft.Words($0) } ?? ChecklistDraft.Words()
    staysInYear = entry.has("within")
    for level in try entry.entries("levels") {
      levels.append(ChecklistDraft.Words(try level.text("ja"), try level.text("en")))
    }
    if entry.has("parent") {
      let line = try entry.entry("parent")
      parent = parents[try line.text("item")]
      parentValues = try line.texts("is")
    }
    absent = try entry.optionalText("absent") ?? ""
    needsSecond = entry.has("confirm")
    asksDepartments = entry.has("asks")
    part = try entry.optionalText("part") ?? ""
    isGate = entry.has("gate")
    isPending = entry.has("pending")
    measure = try entry.optionalText("measure") ?? ""
    row = try entry.optionalText("row") ?? ""
  }
}

extension ChecklistDraft.Topic {
  fileprivate init(_ entry: PackEntry) throws(PackError) {
    self.init(id: 0)
    key = try entry.text("topic")
    title = ChecklistDraft.Words(try entry.words("title"))
    needs = ChecklistDraft.Words(try entry.words("needs"))
    keeps = try entry.optionalText("keeps") ?? ""
    for use in ["decides", "proves", "refutes"] {
      for line in try entry.entries(use) { conditions.append(try Condition(line, use)) }
    }
    for level in try entry.entries("levels") {
      let number = try level.text("level")
      for line in try level.entries("proves") { conditions.append(try Condition(line, number)) }
    }
    conditions += try entry.texts("beside").map { Condition(use: "beside", fact: $0) }
  }
}

extension ChecklistDraft.Topic.Condition {
  fileprivate init(_ entry: PackEntry, _ use: String) throws(PackError) {
    self.init(
      use: use,
      fact: try entry.text("fact"),
      test: try entry.text("is"),
      value: try entry.optionalText("value") ?? ""
    )
  }
}

extension ChecklistDraft.Measure {
  fileprivate init(_ entry: PackEntry) throws(PackError) {
    self.init(
      number: try entry.text("measure"),
      title: .init(try entry.words("title")),
      risk: .init(try entry.words("risk")),
      prepare: .init(try entry.words("prepare")),
      act: .init(try entry.words("do")),
      strengthen: .init(try entry.words("strengthen")),
      effort: try entry.optionalText("effort") ?? "",
      cost: try entry.optionalText("cost") ?? ""
    )
  }
}

extension ChecklistDraft.Outcome {
  fileprivate init(_ entry: PackEntry) throws(PackError) {
    var references: [Reference] = []
    for line in try entry.entries("references") {
      references.append(
        Reference(title: .init(try line.words("title")), address: try line.optionalText("address") ?? "")
      )
    }
    self.init(holds: try entry.text("outcome"), title: .init(try entry.words("title")), references: references)
  }
}
