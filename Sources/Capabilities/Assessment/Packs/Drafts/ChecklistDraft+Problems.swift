import Packs
import Text
import Time

extension ChecklistDraft {
  /// Everything that is wrong, in the order of the draft. Where nothing else is, what the reader of packs says has the last
  /// word, since its file is what is published.
  package func problems() -> [DraftProblem] {
    var found = headProblems + topics.flatMap(topicProblems)
    if items.isEmpty {
      found.append(.init(.whole, "", "項目が1つもありません。項目を加えてください。", "There is no item. Add one."))
    }
    if items.count > OwnChecklist.mostItems {
      found.append(
        .init(
          .whole,
          "",
          "項目は\(OwnChecklist.mostItems)個までです。いくつか外してください。",
          "There are at most \(OwnChecklist.mostItems) items. Remove some."
        )
      )
    }
    for section in sections { found += problems(section) }
    guard found.isEmpty else { return found }
    do throws(PackError) {
      _ = try OwnChecklist.read(yaml(edition: 1), file: head.pack)
    } catch {
      found.append(.init(.whole, "", error.reason.ja, error.reason.en))
    }
    return found
  }

  package func problems(of part: Part) -> [DraftProblem] { problems().filter { $0.part == part } }

  // MARK: The head

  private var headProblems: [DraftProblem] {
    var found: [DraftProblem] = []
    func wrong(_ field: String, _ ja: String, _ en: String) { found.append(.init(.head, field, ja, en)) }
    if !OwnChecklist.isID(head.pack) {
      wrong(
        "pack",
        "「\(OwnChecklist.prefix)」で始め、英小文字・数字・ハイフンで40文字以内にしてください。",
        "Begin with “\(OwnChecklist.prefix)”; small letters, digits and hyphens, at most 40."
      )
    }
    if head.title.ja.isEmpty { wrong("title.ja", "点検表の名前を入力してください。", "Give the checklist a title.") }
    if head.publisher.isEmpty { wrong("publisher", "発行する部署や委員会を入力してください。", "Say who publishes it.") }
    if head.sourceTitle.isEmpty { wrong("sourceTitle", "もとにした規程や文書を入力してください。", "Name the rule or paper behind it.") }
    let from = LocalDate(iso: head.validFrom)
    if from == nil { wrong("validFrom", "使い始める日を、2026/4/1 のように入力してください。", "Give the first day, like 2026-04-01.") }
    if !head.validTo.isEmpty {
      let to = LocalDate(iso: head.validTo)
      if to == nil {
        wrong("validTo", "日付を、2027/3/31 のように入力してください。ずっと使うなら空にします。", "Give a day like 2027-03-31, or leave it empty.")
      } else if let to, let from, to < from {
        wrong("validTo", "使い始める日より前です。後の日にしてください。", "It lies before the first day. Give a later one.")
      }
    }
    let months = (head.months ?? "").split(separator: ", ").map { Int($0) ?? 0 }
    if head.cycle == "month", months != Set(months.filter { (1...12).contains($0) }).sorted() {
      wrong(
        "months",
        "月は1から12までの数を、4, 8, 12 のように小さい順に入力してください。毎月なら空にします。",
        "Give months from 1 to 12 in order, like 4, 8, 12, or leave it empty for every month."
      )
    }
    if !head.year.isEmpty, !(Int(head.year).map { (1900...9998).contains($0) } ?? false) {
      wrong("year", "年度は西暦4桁で入力してください。毎年使うなら空にします。", "Give the fiscal year in four digits, or leave it empty.")
    }
    if !head.goal.isEmpty, !(Int(head.goal).map { (1...3).contains($0) } ?? false) {
      wrong("goal", "目標のレベルは1から3です。", "The level to reach is 1 to 3.")
    }
    return found
  }

  // MARK: Topics

  private func topicProblems(_ topic: Topic) -> [DraftProblem] {
    var found: [DraftProblem] = []
    func wrong(_ field: String, _ ja: String, _ en: String) { found.append(.init(.topic(topic.id), field, ja, en)) }
    if topic.title.ja.isEmpty { wrong("title.ja", "話題の名前を入力してください。", "Name the topic.") }
    if topic.needs.ja.isEmpty {
      wrong("needs.ja", "どの記録があれば分かるかを入力してください。", "Say which record would show it.")
    }
    if topics.contains(where: { $0.id != topic.id && $0.key == topic.key }) {
      wrong("title.ja", "同じ鍵（\(topic.key)）の話題が2つあります。1つを外してください。", "Two topics have the key \(topic.key). Remove one.")
    }
    if !topic.keeps.isEmpty, !(Int(topic.keeps).map { (1...3_660).contains($0) } ?? false) {
      wrong("keeps", "根拠が有効な日数を1から3660までの整数で入力してください。", "Give the days as a whole number from 1 to 3660.")
    }
    for (place, condition) in topic.conditions.enumerated() {
      if condition.fact.isEmpty {
        wrong("fact.\(place)", "根拠にする記録を選んでください。", "Choose the record it rests on.")
      }
      guard condition.test != "none", condition.use != "beside" else { continue }
      let value = Int(condition.value)
      let isShare = condition.test.hasPrefix("percent")
      if value == nil || (isShare && !(0...100).contains(value ?? -1)) {
        isShare
          ? wrong("value.\(place)", "割合を0から100までの整数で入力してください。", "Give the share as a whole number, 0 to 100.")
          : wrong("value.\(place)", "数を整数で入力してください。", "Give a whole number.")
      }
    }
    let levels = Set(topic.conditions.compactMap { Int($0.use) })
    if let highest = levels.max(), levels != Set(1...highest) {
      wrong("use.0", "レベルの条件は、レベル1から順に入れてください。", "Conditions of levels begin with level 1 and leave none out.")
    }
    return found
  }

  // MARK: Sections and items

  private func problems(_ section: Section) -> [DraftProblem] {
    var found: [DraftProblem] = []
    if section.number.isEmpty {
      found.append(.init(.section(section.id), "number", "区分の番号を入力してください。", "Number the section."))
    }
    if section.title.ja.isEmpty {
      found.append(.init(.section(section.id), "title.ja", "区分の名前を入力してください。", "Name the section."))
    }
    return found + section.items.flatMap { DraftItemCheck(draft: self, item: $0).problems }
  }
}

extension ChecklistDraft.Head {
  /// Whether nobody has written anything into it yet.
  var isBlank: Bool {
    pack == OwnChecklist.prefix && title == ChecklistDraft.Words() && publisher.isEmpty && sourceTitle.isEmpty
  }
}
