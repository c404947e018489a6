import Packs
import Text
import Web

/// A draft and its parts as JSON. What is sent is taken as the page's form takes what is typed.
enum DraftBody {
  private static let text = Schema.text(upTo: DraftTyping.longest)
  private static let words = Schema.object([.always("ja", text), .maybe("en", text)])

  // MARK: What is sent

  private static let mark = Schema.Member.always(
    "mark",
    .text(upTo: 40),
    Localized(ja: "読んだときの mark", en: "The mark that was read")
  )

  private static let headMembers: [Schema.Member] = [
    .maybe("pack", text), .maybe("title", words), .maybe("publisher", text), .maybe("sourceTitle", text),
    .maybe("sourceAddress", text), .maybe("validFrom", text), .maybe("validTo", text),
    .maybe("form", .choice(["checklist", "levels"])), .maybe("by", .choice(["hospital", "vendor"])),
    .maybe("cycle", .choice(["fiscalYear", "month"])),
    .maybe("months", text, Localized(ja: "回を始める月（4, 8, 12）。空なら毎月", en: "Months in which a round begins (4, 8, 12)")),
    .maybe("year", text), .maybe("goal", text),
    .maybe("target", .boolean, Localized(ja: "目標日は様式の年度の中に限る", en: "Target dates stay inside the form's year")),
    .maybe("note", words),
  ]

  private static let sectionMembers: [Schema.Member] = [.maybe("number", text), .maybe("title", words)]

  private static let itemMembers: [Schema.Member] = [
    .maybe("section", .optional(.count), Localized(ja: "入れる章", en: "The section it belongs to")),
    .maybe("number", text), .maybe("text", words), .maybe("topic", text), .maybe("kind", text),
    .maybe("choices", .list(words, upTo: AnswerFormat.mostChoices)), .maybe("least", text), .maybe("most", text),
    .maybe("unit", words),
    .maybe("within", .boolean, Localized(ja: "日付は様式の年度の中に限る", en: "A day stays inside the form's year")),
    .maybe("levels", .list(words, upTo: 4)), .maybe("parent", .optional(.count)),
    .maybe(
      "is",
      .list(text, upTo: 40),
      Localized(ja: "上の項目がどの答えのときに問うか", en: "Answers of the parent with which it is asked")
    ),
    .maybe("absent", .choice(["", "any", "vendorContract"])), .maybe("confirm", .boolean), .maybe("asks", .boolean),
  ]

  private static let condition = Schema.object([
    .always("use", text), .always("fact", text), .always("test", text), .maybe("value", text),
  ])

  private static let topicMembers: [Schema.Member] = [
    .maybe("title", words), .maybe("needs", words), .maybe("keeps", text),
    .maybe("conditions", .list(condition, upTo: 40)),
  ]

  static func schema(_ part: ChecklistDraft.Part, isNew: Bool) -> Schema {
    let members =
      switch part {
      case .section: sectionMembers
      case .item: itemMembers
      case .topic: topicMembers
      case .head, .whole: headMembers
      }
    return .object(isNew ? members : [mark] + members)
  }

  /// The fields of the part's page.
  static func form(_ part: ChecklistDraft.Part, _ json: JSONValue) -> WebForm {
    var fields: [(String, String)] = []
    func add(_ name: String, _ value: JSONValue?) {
      switch value {
      case .text(let text): fields.append((name, text))
      case .integer(let number): fields.append((name, String(number)))
      case .bool(true): fields.append((name, "yes"))
      case .object:
        fields.append(("\(name).ja", value?["ja"]?.text ?? ""))
        fields.append(("\(name).en", value?["en"]?.text ?? ""))
      default: break
      }
    }
    func line(_ words: JSONValue) -> String {
      let (ja, en) = (words["ja"]?.text ?? "", words["en"]?.text ?? "")
      return en.isEmpty ? ja : "\(ja) | \(en)"
    }
    for member in members(part) where !["choices", "levels", "is", "conditions"].contains(member) {
      add(member, json[member])
    }
    let choices = json["choices"]?.array ?? []
    if !choices.isEmpty { add("choices", .text(choices.map { oneLine(line($0)) }.joined(separator: "\n"))) }
    for (place, level) in (json["levels"]?.array ?? []).enumerated() { add("level.\(place)", .text(line(level))) }
    for answer in json["is"]?.array ?? [] { add("is", answer) }
    for (place, condition) in (json["conditions"]?.array ?? []).enumerated() {
      for field in ["use", "fact", "test", "value"] { add("\(field).\(place)", condition[field]) }
    }
    return WebForm(fields: Fields(fields))
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  private static func members(_ part: ChecklistDraft.Part) -> [String] {
    guard case .object(let members, _) = schema(part, isNew: true) else { return [] }
    return members.map(\.name)
  }

  // MARK: What is answered

  static let problem = Schema.object([
    .always("part", .text), .always("field", .text), .always("text", .text),
  ])

  private static let identity: [Schema.Member] = [.always("id", .count), .always("mark", .text)]

  private static func full(_ members: [Schema.Member], leaving: Set<String> = []) -> [Schema.Member] {
    members.filter { !leaving.contains($0.name) }.map { .always($0.name, answered($0.schema), $0.about) }
  }

  /// As it is answered: a text is as long as it is, English is always there.
  private static func answered(_ schema: Schema) -> Schema {
    switch schema {
    case .text(let rule) where rule.choices.isEmpty: .text
    case .object(let members, let others):
      .object(members.map { .always($0.name, answered($0.schema), $0.about) }, others: others)
    case .array(let element, _): .list(answered(element))
    case .optional(let inner): .optional(answered(inner))
    default: schema
    }
  }

  static let whole = Schema.object([
    .always("id", .text), .always("version", .count), .always("changedAt", .instant), .always("changedBy", .text),
    .always("head", .object([.always("mark", .text)] + full(headMembers))),
    .always(
      "sections",
      .list(
        .object(
          identity + full(sectionMembers) + [
            .always("items", .list(.object(identity + full(itemMembers, leaving: ["section"]))))
          ]
        )
      )
    ), .always("topics", .list(.object(identity + [.always("key", .text)] + full(topicMembers)))),
    .always("problems", .list(problem)),
  ])

  static func write(_ problem: DraftProblem, _ language: Language, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("part", problem.part.path)
      writer.member("field", problem.field)
      writer.member("text", problem.text[language])
    }
  }

  private static func write(_ name: String, _ words: ChecklistDraft.Words, _ writer: inout JSONWriter) {
    writer.object(name) { write(words, &$0) }
  }

  private static func write(_ words: ChecklistDraft.Words, _ writer: inout JSONWriter) {
    writer.member("ja", words.ja)
    writer.member("en", words.en)
  }

  private static func write(_ name: String, _ all: [ChecklistDraft.Words], _ writer: inout JSONWriter) {
    writer.array(name) { writer in
      for words in all { writer.object { write(words, &$0) } }
    }
  }

  static func write(_ kept: KeptDraft, _ language: Language, _ writer: inout JSONWriter) {
    let draft = kept.draft
    writer.member("id", kept.id)
    writer.member("version", kept.version)
    writer.member("changedAt", kept.changedAt)
    writer.member("changedBy", kept.changedBy)
    writer.object("head") { write(draft.head, ChecklistDraftStore.mark(.head, draft), &$0) }
    writer.array("sections") { writer in
      for section in draft.sections {
        writer.object { writer in
          writer.member("id", section.id)
          writer.member("mark", ChecklistDraftStore.mark(.section(section.id), draft))
          writer.member("number", section.number)
          write("title", section.title, &writer)
          writer.array("items") { writer in
            for item in section.items {
              writer.object { write(item, ChecklistDraftStore.mark(.item(item.id), draft), &$0) }
            }
          }
        }
      }
    }
    writer.array("topics") { writer in
      for topic in draft.topics {
        writer.object { write(topic, ChecklistDraftStore.mark(.topic(topic.id), draft), &$0) }
      }
    }
    writer.array("problems") { writer in
      for problem in draft.problems() { write(problem, language, &writer) }
    }
  }

  private static func write(_ head: ChecklistDraft.Head, _ mark: String, _ writer: inout JSONWriter) {
    writer.member("mark", mark)
    writer.member("pack", head.pack)
    write("title", head.title, &writer)
    writer.member("publisher", head.publisher)
    writer.member("sourceTitle", head.sourceTitle)
    writer.member("sourceAddress", head.sourceAddress)
    writer.member("validFrom", head.validFrom)
    writer.member("validTo", head.validTo)
    writer.member("form", head.form)
    writer.member("by", head.by)
    writer.member("cycle", head.cycle)
    writer.member("months", head.months ?? "")
    writer.member("year", head.year)
    writer.member("goal", head.goal)
    writer.member("target", head.targetsStayInYear)
    write("note", head.note, &writer)
  }

  private static func write(_ item: ChecklistDraft.Item, _ mark: String, _ writer: inout JSONWriter) {
    writer.member("id", item.id)
    writer.member("mark", mark)
    writer.member("number", item.number)
    write("text", item.text, &writer)
    writer.member("topic", item.topic)
    writer.member("kind", item.kind)
    write("choices", item.choices.map(\.label), &writer)
    writer.member("least", item.least)
    writer.member("most", item.most)
    write("unit", item.unit, &writer)
    writer.member("within", item.staysInYear)
    write("levels", item.levels, &writer)
    writer.member("parent", item.parent)
    writer.member("is", texts: item.parentValues)
    writer.member("absent", item.absent)
    writer.member("confirm", item.needsSecond)
    writer.member("asks", item.asksDepartments)
  }

  private static func write(_ topic: ChecklistDraft.Topic, _ mark: String, _ writer: inout JSONWriter) {
    writer.member("id", topic.id)
    writer.member("mark", mark)
    writer.member("key", topic.key)
    write("title", topic.title, &writer)
    write("needs", topic.needs, &writer)
    writer.member("keeps", topic.keeps)
    writer.array("conditions") { writer in
      for condition in topic.conditions {
        writer.object { writer in
          writer.member("use", condition.use)
          writer.member("fact", condition.fact)
          writer.member("test", condition.test)
          writer.member("value", condition.value)
        }
      }
    }
  }
}
