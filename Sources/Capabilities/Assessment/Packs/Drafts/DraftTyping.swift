import Text
import Time
import Web

/// Puts what was typed on the page of a part into a draft. Everything is kept as it was typed; what is wrong with it the
/// draft says itself.
struct DraftTyping {
  let form: WebForm
  let today: LocalDate
  /// A page shows the answers of the parent that was chosen before; a program names those of the parent it sends.
  var isOfOneParent = false

  /// Longer than this no text is kept.
  static let longest = 4_000

  /// Answers the part as it is called now: a new one has its id. Throws `DraftConflict.removed`.
  func apply(_ part: ChecklistDraft.Part, to draft: inout ChecklistDraft) throws(DraftConflict) -> ChecklistDraft.Part {
    switch part {
    case .whole: return .whole
    case .head:
      draft.head = head(draft.head)
      return .head
    case .section(let id):
      guard id == 0 || draft.section(id) != nil else { throw .removed }
      return .section(draft.put(ChecklistDraft.Section(id: id, number: text("number"), title: words("title"))))
    case .item(let id):
      guard id == 0 || draft.item(id) != nil else { throw .removed }
      let home = Int(text("section")) ?? draft.place(of: id).map { draft.sections[$0.section].id } ?? 0
      return .item(draft.put(item(draft.item(id) ?? ChecklistDraft.Item(id: 0)), in: home))
    case .topic(let id):
      guard id == 0 || draft.topic(id) != nil else { throw .removed }
      return .topic(draft.put(topic(draft.topic(id) ?? ChecklistDraft.Topic(id: 0))))
    }
  }

  private func text(_ name: String) -> String { String(form.text(name).prefix(Self.longest)) }
  private func words(_ name: String) -> ChecklistDraft.Words { .init(text("\(name).ja"), text("\(name).en")) }
  private func isOn(_ name: String) -> Bool { form.all(name).contains("yes") }

  /// A day in ISO form where it is one.
  private func day(_ name: String) -> String {
    JapaneseDate.read(text(name), today: today).day?.iso ?? text(name)
  }

  /// 「専用線 | Leased line」.
  private static func words(_ line: String) -> ChecklistDraft.Words {
    let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map {
      AnswerReading.trim(String($0))
    }
    return .init(parts.first ?? "", parts.count == 2 ? parts[1] : "")
  }

  private func head(_ before: ChecklistDraft.Head) -> ChecklistDraft.Head {
    var head = before
    head.pack = text("pack")
    head.title = words("title")
    head.publisher = text("publisher")
    head.sourceTitle = text("sourceTitle")
    head.sourceAddress = text("sourceAddress")
    head.validFrom = day("validFrom")
    head.validTo = day("validTo")
    head.form = text("form") == "levels" ? "levels" : "checklist"
    head.by = text("by") == "vendor" ? "vendor" : "hospital"
    head.cycle = text("cycle") == "month" ? "month" : "fiscalYear"
    let months = Width.halved(text("months")).split { !("0"..."9").contains($0) }
    head.months = months.isEmpty ? nil : months.joined(separator: ", ")
    head.year = Width.halved(text("year"))
    head.goal = Width.halved(text("goal"))
    head.targetsStayInYear = isOn("target")
    head.note = words("note")
    return head
  }

  private func item(_ before: ChecklistDraft.Item) -> ChecklistDraft.Item {
    var item = before
    item.number = text("number")
    item.text = words("text")
    item.topic = text("topic")
    item.kind = AnswerKind.ofItems.contains { $0.rawValue == text("kind") } ? text("kind") : ""
    item.choices = choices(before.choices)
    item.least = AnswerReading.number(text("least")).map(String.init) ?? text("least")
    item.most = AnswerReading.number(text("most")).map(String.init) ?? text("most")
    item.unit = words("unit")
    item.staysInYear = isOn("within")
    let levels = (0...3).map { Self.words(text("level.\($0)")) }
    item.levels = levels.allSatisfy(\.isEmpty) ? [] : levels
    item.parent = Int(text("parent"))
    // Answers belong to the parent they were chosen for.
    item.parentValues = item.parent == nil || (!isOfOneParent && item.parent != before.parent) ? [] : form.all("is")
    item.absent = ["any", "vendorContract"].contains(text("absent")) ? text("absent") : ""
    item.needsSecond = isOn("confirm")
    item.asksDepartments = isOn("asks")
    return item
  }

  /// A choice keeps its key while it is called the same, or stands where it stood.
  private func choices(_ before: [ChecklistDraft.Item.Choice]) -> [ChecklistDraft.Item.Choice] {
    let lines = text("choices").split(whereSeparator: \.isNewline).map { Self.words(String($0)) }.filter { !$0.isEmpty }
    var taken: Set<String> = []
    var found: [ChecklistDraft.Item.Choice] = []
    for (place, label) in lines.prefix(AnswerFormat.mostChoices + 1).enumerated() {
      let same = before.first { $0.label.ja == label.ja }
      let moved = lines.count == before.count ? before[place] : nil
      let isFree = moved.map { old in !lines.contains { $0.ja == old.label.ja } } ?? false
      var key = same?.key ?? (isFree ? moved?.key : nil) ?? ""
      if key.isEmpty || taken.contains(key) { key = Self.free(taken.union(before.map(\.key))) }
      taken.insert(key)
      found.append(.init(key: key, label: label))
    }
    return found
  }

  private static func free(_ taken: Set<String>) -> String {
    var number = 1
    while taken.contains("c\(number)") { number += 1 }
    return "c\(number)"
  }

  private func topic(_ before: ChecklistDraft.Topic) -> ChecklistDraft.Topic {
    var topic = before
    topic.title = words("title")
    topic.needs = words("needs")
    topic.keeps = AnswerReading.number(text("keeps")).map(String.init) ?? text("keeps")
    topic.conditions = []
    for place in 0..<40 where form.contains("fact.\(place)") && !text("fact.\(place)").isEmpty {
      topic.conditions.append(
        .init(
          use: text("use.\(place)"),
          fact: text("fact.\(place)"),
          test: text("test.\(place)"),
          value: text("test.\(place)") == "none"
            ? "" : AnswerReading.number(text("value.\(place)")).map(String.init) ?? text("value.\(place)")
        )
      )
    }
    return topic
  }
}
