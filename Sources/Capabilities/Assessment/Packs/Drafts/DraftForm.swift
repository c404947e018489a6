import Design
import Nouns
import Text
import Time
import Web

/// The fields of one part of a draft, and what was typed into them.
struct DraftForm {
  let draft: ChecklistDraft
  /// What the records prove now, by key, for the list of facts.
  let facts: [(key: String, label: Localized)]
  let language: Language

  func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// `part` with id 0 is a new one, which goes into `section`.
  func fields(_ part: ChecklistDraft.Part, section: Int?) -> [FormField] {
    switch part {
    case .whole: []
    case .head: head
    case .section(let id): fields(draft.section(id) ?? ChecklistDraft.Section(id: 0, number: nextSection))
    case .item(let id):
      item(draft.item(id) ?? newItem(section), in: draft.place(of: id).map { draft.sections[$0.section].id } ?? section)
    case .topic(let id): topic(draft.topic(id) ?? ChecklistDraft.Topic(id: 0))
    }
  }

  private var nextSection: String { String(draft.sections.count + 1) }

  private func newItem(_ section: Int?) -> ChecklistDraft.Item {
    var item = ChecklistDraft.Item(id: 0)
    guard let home = section.flatMap({ draft.section($0) }) ?? draft.sections.last else { return item }
    // As the last of its section is counted: 20 → 21, 3-7 → 3-8.
    let last = home.items.last?.number ?? "\(home.number)-0"
    let digits = String(last.reversed().prefix { $0.isASCII && $0.isNumber }.prefix(9).reversed())
    let number = String(last.dropLast(digits.count)) + String((Int(digits) ?? home.items.count) + 1)
    item.number = draft.items.contains { $0.number == number } ? "" : number
    return item
  }

  private func words(
    _ name: String,
    _ ja: String,
    _ en: String,
    _ words: ChecklistDraft.Words,
    isLong: Bool = false,
    required: Bool = false
  ) -> [FormField] {
    let (first, second) = (say(ja, en), say("\(ja)（英語）", "\(en) in English"))
    let support = say("空なら日本語と同じになります。", "The same as the Japanese where empty.")
    guard isLong else {
      return [
        .text("\(name).ja", first, value: words.ja, required: required, width: .full),
        .text("\(name).en", second, value: words.en, support: support, width: .full),
      ]
    }
    return [
      .lines("\(name).ja", first, value: words.ja, rows: 2, required: required),
      .lines("\(name).en", second, value: words.en, rows: 2, support: support),
    ]
  }

  private func box(_ name: String, _ label: String, _ choice: String, _ isOn: Bool) -> FormField {
    .checkboxes(name, label, [Choice("yes", choice)], chosen: isOn ? ["yes"] : [])
  }

  // MARK: The head

  private var head: [FormField] {
    let head = draft.head
    var fields: [FormField] = [
      .text(
        "pack",
        say("点検表の記号", "Name in files"),
        value: head.pack,
        required: true,
        support: say(
          "own- で始まる半角の英小文字・数字・ハイフン。版が変わっても同じものを使います。例：own-radiology",
          "Begins with own-; small letters, digits and hyphens. The same through all editions: own-radiology"
        )
      )
    ]
    fields += words("title", "点検表の名前", "Title", head.title, required: true)
    fields += [
      .text("publisher", say("発行する部署・委員会", "Published by"), value: head.publisher, required: true),
      .text(
        "sourceTitle",
        say("もとにした規程・文書", "Rule or paper behind it"),
        value: head.sourceTitle,
        required: true,
        width: .full
      ),
      .text("sourceAddress", say("その場所（URLなど）", "Where it is"), value: head.sourceAddress, width: .full),
      .date(
        "validFrom",
        say("使い始める日", "First day"),
        value: shown(head.validFrom),
        language: language,
        required: true
      ),
      .date(
        "validTo",
        say("使い終わる日", "Last day"),
        value: shown(head.validTo),
        language: language,
        support: say("ずっと使うなら空にします。", "Empty where there is none.")
      ),
      .radios(
        "form",
        say("ふだんの答え方", "Usual way to answer"),
        [
          Choice(
            "checklist",
            AnswerKind.yesNo.label[language],
            support: say("1回目、目標日、2回目", "First check, target date, second")
          ),
          Choice("levels", AnswerKind.level.label[language]),
        ],
        chosen: head.form
      ),
      .radios(
        "by",
        say("答える人", "Who answers"),
        [Choice("hospital", say("病院", "The hospital")), Choice("vendor", say("事業者ごと", "Each vendor"))],
        chosen: head.by,
        across: true
      ),
      .radios(
        "cycle",
        say("回", "Rounds"),
        [Choice("fiscalYear", say("年度に1回", "Each fiscal year")), Choice("month", say("毎月", "Each month"))],
        chosen: head.cycle,
        across: true
      ),
      .text(
        "months",
        say("毎月ではなく、決まった月に行うなら、その月", "The months, if not every month"),
        value: head.months ?? "",
        support: say("長い休みのたびなら「4, 8, 12」のように入力します。", "As 4, 8, 12 for each long holiday.")
      ),
      .number(
        "year",
        say("この年度だけの様式なら、その年度（西暦）", "The fiscal year, for a form of one year"),
        value: head.year,
        support: say("毎年使うなら空にします。", "Empty where it is used every year.")
      ),
      .number("goal", say("目標のレベル（1〜3）", "Level to reach (1 to 3)"), value: head.goal),
      box(
        "target",
        say("目標日", "Target dates"),
        say("年度の中の日だけを受け付ける", "Take only days of the fiscal year"),
        head.targetsStayInYear
      ),
    ]
    return fields + words("note", "答える前に読むこと", "To read before answering", head.note, isLong: true)
  }

  /// An ISO day as people write it; what is none stays as it was typed.
  private func shown(_ text: String) -> String { LocalDate(iso: text)?.slashed ?? text }

  private func fields(_ section: ChecklistDraft.Section) -> [FormField] {
    [.text("number", say("区分の番号", "Number"), value: section.number, required: true)]
      + words("title", "区分の名前", "Title", section.title, required: true)
  }

  // MARK: An item

  private func item(_ item: ChecklistDraft.Item, in section: Int?) -> [FormField] {
    var fields: [FormField] = [
      .text("number", say("番号", "Number"), value: item.number, required: true)
    ]
    if draft.sections.count > 1 {
      fields.append(
        .select(
          "section",
          say("区分", "Section"),
          draft.sections.map { Choice(String($0.id), "\($0.number)　\($0.title.shown[language])") },
          chosen: section.map { String($0) } ?? draft.sections.last.map { String($0.id) } ?? ""
        )
      )
    }
    fields += words("text", "問いの文", "Question", item.text, isLong: true, required: true)
    fields.append(
      .select(
        "topic",
        say("話題", "Topic"),
        topics(item.topic),
        chosen: item.topic,
        required: true,
        support: say(
          "話題が同じ項目は、版や点検表が変わっても答えと根拠を引き継ぎます。ない話題は、先に「この点検表だけの話題」に加えます。",
          "Items of one topic share answers and evidence across editions and checklists. Add a topic of your own first where none fits."
        )
      )
    )
    fields += answering(item) + family(item)
    fields += [
      .radios(
        "absent",
        say("該当なし", "Not applicable"),
        [
          Choice("", say("選べない", "Not offered")), Choice("any", say("選べる", "Offered")),
          Choice("vendorContract", say("事業者との契約がないとき", "Where there is no contract with a vendor")),
        ],
        chosen: item.absent
      ),
      box(
        "confirm",
        say("2人目の確認", "Second person"),
        say("答えた人とは別の人が確かめるまで、締められない", "Somebody else has to confirm before the round can be locked"),
        item.needsSecond
      ),
      box(
        "asks",
        say("部門", "Departments"),
        say("人にしか分からないので、部門に尋ねる", "Only people can tell, so departments are asked"),
        item.asksDepartments
      ),
    ]
    return fields
  }

  /// The way of answering that alone needs a field of an item; nil for a field that all need.
  static func kind(of field: String) -> AnswerKind? {
    switch field {
    case "choices": .choice
    case "least", "most", "unit.ja", "unit.en": .number
    case "within": .date
    default: field.hasPrefix("level.") ? .level : nil
    }
  }

  private func answering(_ item: ChecklistDraft.Item) -> [FormField] {
    let usual = Checklist.Form(rawValue: draft.head.form)?.kind.label[language] ?? ""
    let labels = item.choices.map { choice in
      choice.label.en.isEmpty || choice.label.en == choice.label.ja
        ? choice.label.ja : "\(choice.label.ja) | \(choice.label.en)"
    }
    var fields: [FormField] = [
      .select(
        "kind",
        say("答え方", "How it is answered"),
        [Choice("", say("ふだんの答え方（\(usual)）", "As usual: \(usual)"))]
          + AnswerKind.ofItems.map { Choice($0.rawValue, $0.label[language]) },
        chosen: item.kind
      ),
      .lines(
        "choices",
        say("選択肢（「1つ選ぶ」のとき）", "Choices (for one choice)"),
        value: labels.joined(separator: "\n"),
        rows: 3,
        support: say("1行に1つ。英語は | の後に書きます。例：専用線 | Leased line", "One a line, English behind a |: 専用線 | Leased line")
      ),
      .number("least", say("いちばん小さい数（「数」のとき）", "Least (for a number)"), value: item.least),
      .number("most", say("いちばん大きい数（「数」のとき）", "Most (for a number)"), value: item.most),
      .text(
        "unit.ja",
        say("単位（「数」のとき）", "Unit (for a number)"),
        value: item.unit.ja,
        width: .short
      ),
      .text("unit.en", say("単位（英語）", "Unit in English"), value: item.unit.en, width: .short),
      box(
        "within",
        say("日付（「日付」のとき）", "Day (for a date)"),
        say("年度の中の日だけを受け付ける", "Take only days of the fiscal year"),
        item.staysInYear
      ),
    ]
    for level in 0...3 {
      let words = item.levels.indices.contains(level) ? item.levels[level] : ChecklistDraft.Words()
      fields.append(
        .text(
          "level.\(level)",
          say("レベル\(level)の説明（「レベル」のとき）", "What level \(level) means (for a level)"),
          value: words.en.isEmpty || words.en == words.ja ? words.ja : "\(words.ja) | \(words.en)",
          width: .full
        )
      )
    }
    return fields
  }

  /// The parent, and once it is chosen the answers of it that ask for this item.
  private func family(_ item: ChecklistDraft.Item) -> [FormField] {
    let above = item.id == 0 ? draft.items : Array(draft.items.prefix { $0.id != item.id })
    var possible = above.filter { !draft.answers($0).isEmpty }
    if let parent = item.parent.flatMap({ draft.item($0) }), !possible.contains(where: { $0.id == parent.id }) {
      possible.append(parent)
    }
    var fields: [FormField] = [
      .select(
        "parent",
        say("親の項目", "Parent"),
        [Choice("", say("なし（いつも尋ねる）", "None: always asked"))]
          + possible.map { Choice(String($0.id), "\($0.number)　\($0.text.shown[language])") },
        chosen: item.parent.map { String($0) } ?? "",
        support: say("親を選んで保存すると、どの答えのときに尋ねるかを選べます。", "Choose and save; then choose which answers ask for this item.")
      )
    ]
    if let parent = item.parent.flatMap({ draft.item($0) }) {
      fields.append(
        .checkboxes(
          "is",
          say("「\(parent.number)」の答えがこれのときに尋ねる", "Asked where \(parent.number) is answered"),
          draft.answers(parent).map { Choice($0.key, $0.label[language]) },
          chosen: Set(item.parentValues)
        )
      )
    }
    return fields
  }

  private func topics(_ chosen: String) -> [Choice] {
    let own = draft.topics.map {
      Choice($0.key, say("この点検表だけ：\($0.title.ja)", "Of this checklist: \($0.title.shown.en)"))
    }
    let known = Checklists.topics.values.sorted { $0.title[language] < $1.title[language] }.map {
      Choice($0.key, $0.title[language])
    }
    return [Choice("", say("選んでください", "Choose"))] + own + known
  }

  // MARK: A topic

  private static let tests = ["none", "atLeast", "atMost", "percentAtLeast", "percentAtMost"]

  private func topic(_ topic: ChecklistDraft.Topic) -> [FormField] {
    var fields = words("title", "話題の名前", "Name", topic.title, required: true)
    fields += words("needs", "どの記録があれば分かるか", "Which record would show it", topic.needs, isLong: true, required: true)
    fields.append(
      .number(
        "keeps",
        say("付けた根拠が有効な日数", "Days for which attached evidence is good"),
        value: topic.keeps,
        support: say("空なら\(EvidenceTopic.usualKeeps)日です。", "\(EvidenceTopic.usualKeeps) where empty.")
      )
    )
    for place in 0..<(topic.conditions.count + 2) {
      let isThere = topic.conditions.indices.contains(place)
      let condition = isThere ? topic.conditions[place] : ChecklistDraft.Topic.Condition()
      let number = place + 1
      fields += [
        .select(
          "fact.\(place)",
          say("根拠\(number)：どの記録", "Evidence \(number): which record"),
          factChoices(condition.fact),
          chosen: condition.fact
        ),
        .select(
          "test.\(place)",
          say("根拠\(number)：どうであれば", "Evidence \(number): what it must say"),
          Self.tests.map { Choice($0, test($0)) },
          chosen: condition.test
        ),
        .number("value.\(place)", say("根拠\(number)：数・割合", "Evidence \(number): figure"), value: condition.value),
        .select(
          "use.\(place)",
          say("根拠\(number)：何が言えるか", "Evidence \(number): what it shows"),
          uses,
          chosen: condition.use
        ),
      ]
    }
    return fields
  }

  private func factChoices(_ chosen: String) -> [Choice] {
    let known = facts.map { Choice($0.key, $0.label[language] + language.aside($0.key)) }
    let missing = chosen.isEmpty || facts.contains { $0.key == chosen } ? [] : [Choice(chosen, chosen)]
    return [Choice("", say("使わない", "None"))] + missing + known
  }

  private func test(_ test: String) -> String {
    switch test {
    case "none": say("1件もない（0件）", "There is none")
    case "atLeast": say("この数以上", "At least this many")
    case "atMost": say("この数以下", "At most this many")
    case "percentAtLeast": say("全体のこの割合（%）以上", "At least this share (%)")
    default: say("全体のこの割合（%）以下", "At most this share (%)")
    }
  }

  private var uses: [Choice] {
    [
      Choice("decides", say("満たせば「はい」、外れれば「いいえ」", "Yes where it holds, no where not")),
      Choice("proves", say("満たせば「はい」（外れても「いいえ」とは言えない）", "Yes where it holds")),
      Choice("refutes", say("満たせば「いいえ」", "No where it holds")),
      Choice("1", say("レベル1に要る", "Needed for level 1")), Choice("2", say("レベル2に要る", "Needed for level 2")),
      Choice("3", say("レベル3に要る", "Needed for level 3")),
      Choice("beside", say("答えは決めず、答える人に見せるだけ", "Decides nothing: shown to whoever answers")),
    ]
  }
}
