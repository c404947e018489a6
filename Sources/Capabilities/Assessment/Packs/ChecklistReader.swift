import Packs
import Text

/// Reads a checklist from its pack. A pack with a mistake is refused whole, with the line and the reason.
package struct ChecklistReader {
  /// Where the shipped ones lie; their ids are what follows.
  private static let place = "assessment."

  private let pack: Pack
  private let topics: Set<String>
  private let isOwn: Bool
  private var ownTopics: [String: EvidenceTopic] = [:]
  private var form: PackEntry?
  private var workbook: PublishedWorkbook?
  private var note: Localized?
  private var outcomes: [ChecklistOutcome] = []
  private var sections: [ChecklistSection] = []
  private var measures: [ChecklistMeasure] = []
  private var items: [String: ChecklistItem] = [:]
  /// How items are answered that say nothing else.
  private var usual = AnswerKind.yesNo

  /// A number longer than this fits no column of a form.
  package static let longestNumber = 40

  /// `topics` are the keys an item may name. A facility's own pack (`isOwn`) may bring topics along that are its own.
  package static func read(_ pack: Pack, topics: Set<String>, isOwn: Bool = false) throws(PackError) -> Checklist {
    var reader = ChecklistReader(pack: pack, topics: topics, isOwn: isOwn)
    // Wherever a topic stands in the file, items may name it.
    for entry in pack.entries where reader.isTopic(entry) { try reader.takeTopic(entry) }
    for entry in pack.entries where entry.has("form") { try reader.takeForm(entry) }
    for entry in pack.entries where !reader.isTopic(entry) && !entry.has("form") { try reader.take(entry) }
    return try reader.checklist()
  }

  private init(pack: Pack, topics: Set<String>, isOwn: Bool) {
    self.pack = pack
    self.topics = topics
    self.isOwn = isOwn
  }

  private func isTopic(_ entry: PackEntry) -> Bool { isOwn && entry.has("topic") && !entry.has("item") }

  private mutating func takeTopic(_ entry: PackEntry) throws(PackError) {
    let topic = try EvidenceTopic.read(entry)
    guard topic.key.hasPrefix(OwnChecklist.topicPrefix), topic.key.count <= 80 else {
      throw entry.wrong(
        "topic",
        ja: "自分で決める話題の鍵は「\(OwnChecklist.topicPrefix)」で始め、80文字以内にしてください（\(topic.key)）。",
        en: "the key of a topic of your own begins with ‘\(OwnChecklist.topicPrefix)’ and has at most 80 characters"
      )
    }
    guard ownTopics.updateValue(topic, forKey: topic.key) == nil else {
      throw entry.wrong("topic", ja: "「\(topic.key)」が2つあります。", en: "‘\(topic.key)’ stands twice")
    }
  }

  private mutating func take(_ entry: PackEntry) throws(PackError) {
    if entry.has("section") {
      try entry.allow(["section", "title"])
      let section = ChecklistSection(
        number: try entry.text("section"),
        title: Localized(try entry.words("title")),
        items: []
      )
      sections.append(section)
    } else if entry.has("workbook") {
      try entry.allow(["workbook", "bytes", "address"])
      let hash = try entry.text("workbook")
      guard hash.count == 64, hash.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
        throw entry.wrong(
          "workbook",
          ja: "「workbook」は SHA-256（小文字の16進数64桁）です。",
          en: "‘workbook’ is a SHA-256 in 64 small hexadecimal digits"
        )
      }
      workbook = PublishedWorkbook(hash: hash, bytes: try entry.number("bytes"), address: try entry.text("address"))
    } else if entry.has("note") {
      try entry.allow(["note"])
      note = Localized(try entry.words("note"))
    } else if entry.has("outcome") {
      try takeOutcome(entry)
    } else if entry.has("measure"), !entry.has("item") {
      try takeMeasure(entry)
    } else {
      try takeItem(entry)
    }
  }

  /// Wherever it stands in the file, it says how items are answered.
  private mutating func takeForm(_ entry: PackEntry) throws(PackError) {
    try entry.allow(["form", "by", "cycle", "months", "year", "goal", "target"])
    guard form == nil else {
      throw entry.wrong("form", ja: "「form」は1つだけです。", en: "there is more than one ‘form’")
    }
    form = entry
    if let kind = Checklist.Form(rawValue: try entry.text("form")) { usual = kind.kind }
  }

  private mutating func takeOutcome(_ entry: PackEntry) throws(PackError) {
    try entry.allow(["outcome", "title", "references"])
    guard let isForAllYes = try choice(entry, "outcome", { $0 == "allYes" ? true : $0 == "otherwise" ? false : nil })
    else {
      throw entry.wrong("outcome", ja: "「outcome」は allYes か otherwise です。", en: "‘outcome’ is allYes or otherwise")
    }
    guard !outcomes.contains(where: { $0.isForAllYes == isForAllYes }) else {
      throw entry.wrong("outcome", ja: "同じ「outcome」が2つあります。", en: "the same ‘outcome’ stands twice")
    }
    var references: [ChecklistOutcome.Reference] = []
    for reference in try entry.entries("references") {
      try reference.allow(["title", "address"])
      let title = Localized(try reference.words("title"))
      references.append(ChecklistOutcome.Reference(title: title, address: try reference.optionalText("address")))
    }
    let title = Localized(try entry.words("title"))
    outcomes.append(ChecklistOutcome(isForAllYes: isForAllYes, title: title, references: references))
  }

  private mutating func takeMeasure(_ entry: PackEntry) throws(PackError) {
    try entry.allow(["measure", "title", "effort", "cost", "risk", "prepare", "do", "strengthen"])
    let measure = ChecklistMeasure(
      number: try entry.text("measure"),
      title: Localized(try entry.words("title")),
      risk: Localized(try entry.words("risk")),
      prepare: Localized(try entry.words("prepare")),
      act: Localized(try entry.words("do")),
      strengthen: Localized(try entry.words("strengthen")),
      weight: try weight(entry)
    )
    measures.append(measure)
  }

  private func weight(_ entry: PackEntry) throws(PackError) -> MeasureWeight? {
    let effort = try choice(entry, "effort", MeasureWeight.Effort.init(rawValue:))
    let cost = try choice(entry, "cost", MeasureWeight.Cost.init(rawValue:))
    guard let effort, let cost else {
      guard effort == nil, cost == nil else {
        throw entry.wrong("measure", ja: "「effort」と「cost」は両方書いてください。", en: "‘effort’ and ‘cost’ go together")
      }
      return nil
    }
    return MeasureWeight(effort: effort, cost: cost)
  }

  private mutating func takeItem(_ entry: PackEntry) throws(PackError) {
    try entry.allow(
      AnswerFormat.names.union([
        "item", "topic", "text", "part", "gate", "absent", "pending", "levels", "measure", "row", "asks", "confirm",
        "kind", "within", "parent",
      ])
    )
    let topic = try entry.text("topic")
    guard topics.contains(topic) || ownTopics[topic] != nil else {
      let prefix = OwnChecklist.topicPrefix
      guard isOwn else {
        throw entry.wrong("topic", ja: "「\(topic)」という話題はありません。", en: "there is no topic ‘\(topic)’")
      }
      throw entry.wrong(
        "topic",
        ja: "「\(topic)」という話題はありません。自分で決める話題の鍵は「\(prefix)」で始め、同じファイルに「- topic: \(prefix)…」として書いてください。",
        en:
          "there is no topic ‘\(topic)’; one of your own begins with ‘\(prefix)’ and stands in the same file as ‘- topic: \(prefix)…’"
      )
    }
    let number = try entry.text("item")
    guard number.count <= Self.longestNumber else {
      throw entry.wrong(
        "item",
        ja: "項目の番号は\(Self.longestNumber)文字以内にしてください。",
        en: "the number of an item has at most \(Self.longestNumber) characters"
      )
    }
    let format = try format(entry)
    let measure = try entry.optionalText("measure")
    if let measure, !measures.contains(where: { $0.number == measure }) {
      throw entry.wrong("measure", ja: "対策「\(measure)」がありません。", en: "there is no measure ‘\(measure)’")
    }
    let item = ChecklistItem(
      number: number,
      part: try choice(entry, "part", ChecklistItem.Part.init(rawValue:)),
      topic: topic,
      text: Localized(try entry.words("text")),
      isGate: try flag(entry, "gate"),
      absence: try choice(entry, "absent", ChecklistItem.Absence.init(rawValue:)),
      isPending: try flag(entry, "pending"),
      levels: try levels(entry, format.kind),
      measure: measure,
      row: try choice(entry, "row", ChecklistItem.Row.init(rawValue:)),
      needsSecond: try choice(entry, "confirm") { $0 == "second" ? true : nil } ?? false,
      asksDepartments: try choice(entry, "asks") { $0 == "departments" ? true : nil } ?? false,
      format: format,
      parent: try parent(entry)
    )
    if item.isGate, format.kind != .yesNo || item.parent != nil {
      throw entry.wrong(
        "gate",
        ja: "「gate」は、親のない、はい・いいえの項目だけに書きます。",
        en: "‘gate’ belongs to a yes or no without a parent"
      )
    }
    guard items.updateValue(item, forKey: item.key) == nil else {
      throw entry.wrong("item", ja: "「\(item.key)」が2つあります。", en: "‘\(item.key)’ stands twice")
    }
    if sections.isEmpty { sections.append(ChecklistSection(number: "", title: Localized(both: ""), items: [])) }
    sections[sections.count - 1].items.append(item)
  }

  private func levels(_ entry: PackEntry, _ kind: AnswerKind) throws(PackError) -> [Localized] {
    var levels: [Localized] = []
    for level in try entry.entries("levels") {
      levels.append(Localized(ja: try level.text("ja"), en: try level.text("en")))
    }
    guard levels.isEmpty || (levels.count == 4 && kind == .level) else {
      throw entry.wrong(
        "levels",
        ja: "「levels」はレベルで答える項目の、レベル0から3までの4つです。",
        en: "‘levels’ are four, from 0 to 3, of an item that is answered with a level"
      )
    }
    return levels
  }

  /// `kind` with what belongs to it; as the form is answered where nothing is said.
  private func format(_ entry: PackEntry) throws(PackError) -> AnswerFormat {
    let kind = try choice(entry, "kind") {
      AnswerKind(rawValue: $0).flatMap { AnswerKind.ofItems.contains($0) ? $0 : nil }
    }
    let staysInYear = try choice(entry, "within") { $0 == "fiscalYear" ? true : nil } ?? false
    let format = try AnswerFormat.read(entry, kind ?? usual, staysInYear: staysInYear)
    for name in ["least", "most", "unit"] where entry.has(name) && format.kind != .number {
      throw entry.wrong(name, ja: "「\(name)」は number だけに書きます。", en: "‘\(name)’ belongs to number")
    }
    if let least = format.least, let most = format.most, most < least {
      throw entry.wrong("most", ja: "「most」が「least」より小さくなっています。", en: "‘most’ is smaller than ‘least’")
    }
    if staysInYear, format.kind != .date {
      throw entry.wrong("within", ja: "「within」は date だけに書きます。", en: "‘within’ belongs to date")
    }
    guard format.choices.count <= AnswerFormat.mostChoices else {
      throw entry.wrong(
        "choices",
        ja: "「choices」は\(AnswerFormat.mostChoices)個までです。",
        en: "‘choices’ are at most \(AnswerFormat.mostChoices)"
      )
    }
    return format
  }

  /// Only an item above decides, so that children cannot run in a circle.
  private func parent(_ entry: PackEntry) throws(PackError) -> AnswerCondition? {
    guard entry.has("parent") else { return nil }
    let line = try entry.entry("parent")
    try line.allow(["item", "is"])
    let key = try line.text("item")
    guard let above = items[key], above.format.kind.isChosen else {
      throw line.wrong(
        "item",
        ja: "「parent」には、上にある、はい・いいえかレベルか選択肢の項目を書きます（\(key)）。",
        en: "‘parent’ names an item above that is answered with yes or no, a level or a choice, not ‘\(key)’"
      )
    }
    let values = Set(try line.texts("is"))
    let known = above.choices.map(\.plain)
    guard !values.isEmpty, values.isSubset(of: known) else {
      throw line.wrong(
        "is",
        ja: "「is」には「\(key)」の答えを書きます（\(known.joined(separator: "、"))）。",
        en: "‘is’ takes answers of ‘\(key)’: \(known.joined(separator: ", "))"
      )
    }
    return AnswerCondition(question: key, values: values)
  }

  private func checklist() throws(PackError) -> Checklist {
    guard let form else {
      throw PackError(file: pack.id, line: nil, reason: PackWords(ja: "「form」がありません。", en: "‘form’ is missing"))
    }
    guard let kind = Checklist.Form(rawValue: try form.text("form")) else {
      throw form.wrong("form", ja: "「form」は checklist か levels です。", en: "‘form’ is checklist or levels")
    }
    guard let cycle = Checklist.Cycle(rawValue: try form.text("cycle")) else {
      throw form.wrong("cycle", ja: "「cycle」は fiscalYear か month です。", en: "‘cycle’ is fiscalYear or month")
    }
    guard outcomes.isEmpty || outcomes.count == 2 else {
      throw form.wrong(
        "form",
        ja: "「outcome」は allYes と otherwise の2つです。",
        en: "there are two outcomes, allYes and otherwise"
      )
    }
    guard !items.isEmpty else {
      throw form.wrong("form", ja: "項目が1つもありません。", en: "there is no item")
    }
    return Checklist(
      id: id,
      pack: pack,
      title: Localized(pack.title),
      form: kind,
      respondent: try choice(form, "by", Checklist.Respondent.init(rawValue:)) ?? .hospital,
      cycle: cycle,
      months: try months(form, cycle),
      year: form.has("year") ? try form.number("year") : nil,
      goal: try goal(form),
      targetsStayInYear: try choice(form, "target") { $0 == "fiscalYear" ? true : nil } ?? false,
      sections: sections.filter { !$0.items.isEmpty },
      measures: measures,
      workbook: workbook,
      note: note,
      outcomes: outcomes,
      topics: ownTopics
    )
  }

  private func months(_ form: PackEntry, _ cycle: Checklist.Cycle) throws(PackError) -> [Int] {
    guard form.has("months") else { return [] }
    let texts = try form.texts("months")
    let months = texts.compactMap { Int($0) }.filter { (1...12).contains($0) }
    guard cycle == .month, !months.isEmpty, months.count == texts.count, months == Set(months).sorted() else {
      throw form.wrong(
        "months",
        ja: "「months」には、cycle が month のとき、回を始める月（1〜12）を小さい順に書きます。",
        en: "‘months’ lists, in order, the months (1 to 12) in which a round begins, where the cycle is month"
      )
    }
    return months
  }

  private func goal(_ form: PackEntry) throws(PackError) -> Int? {
    guard form.has("goal") else { return nil }
    let goal = try form.number("goal")
    guard (0...3).contains(goal) else {
      throw form.wrong("goal", ja: "「goal」は 0 から 3 までのレベルです。", en: "‘goal’ is a level from 0 to 3")
    }
    return goal
  }

  private var id: String {
    if isOwn { return OwnChecklist.id(pack.id, pack.edition) }
    return Self.shortID(pack)
  }

  /// `mhlw-hospital-r8` of `assessment.mhlw-hospital-r8`.
  static func shortID(_ pack: Pack) -> String {
    pack.id.hasPrefix(place) ? String(pack.id.dropFirst(place.count)) : pack.id
  }

  private func flag(_ entry: PackEntry, _ name: String) throws(PackError) -> Bool {
    try choice(entry, name) { $0 == "yes" ? true : nil } ?? false
  }

  private func choice<Value>(
    _ entry: PackEntry,
    _ name: String,
    _ read: (String) -> Value?
  ) throws(PackError) -> Value? {
    guard let text = try entry.optionalText(name) else { return nil }
    guard let value = read(text) else {
      throw entry.wrong(name, ja: "「\(name)」に「\(text)」は使えません。", en: "‘\(name)’ cannot be ‘\(text)’")
    }
    return value
  }
}
