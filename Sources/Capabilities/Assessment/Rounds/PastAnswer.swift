import Text
import Time

/// What was answered before.
package struct EarlierAnswer: Sendable, Hashable {
  package let pack: String
  package let period: String
  /// The key of the item it was given to.
  package let item: String
  package let value: AnswerValue
  package let on: LocalDate
}

/// An answer of any round, with what it is about.
///
/// A person's answer is carried over only to later rounds and editions of the checklist it was given to. What somebody said to
/// another one may be read beside an item of the same topic, but is never said again for them.
struct PastAnswer: Sendable {
  let topic: String
  let answer: EarlierAnswer
  let family: String

  init(topic: String, answer: EarlierAnswer) {
    self.topic = topic
    self.answer = answer
    family = Checklist.family(of: answer.pack)
  }

  /// The last answer to each item of a round in the rounds before it of this checklist and its editions, by the item's key:
  /// what was said of a later time is no answer of an earlier one. Numbers change between editions, topics do not. Where
  /// several answers are equally late that of the same number counts, else the lowest. What is not graded is carried only to
  /// the same number where several items of a topic could take it.
  static func earlier(than round: Round, startMonth: Int, _ past: [PastAnswer]) -> [String: EarlierAnswer] {
    let (checklist, family) = (round.checklist, Checklist.family(of: round.checklist.id))
    let begin = Round.begin(of: round.period, startMonth: startMonth)
    let own = past.filter { line in
      guard line.family == family, let its = Round.begin(of: line.answer.period, startMonth: startMonth), let begin
      else { return false }
      // Two editions of one time: what was said to the one is carried to the other.
      return its < begin || (its == begin && line.answer.pack != checklist.id)
    }
    guard !own.isEmpty else { return [:] }
    let (byTopic, items) = (
      Dictionary(grouping: own, by: \.topic), Dictionary(grouping: checklist.items, by: \.topic)
    )
    var found: [String: EarlierAnswer] = [:]
    for item in checklist.items {
      let fitting = (byTopic[item.topic] ?? []).map(\.answer).filter { answer in
        // A level says nothing to a yes or no, nor the other way round.
        guard item.takes(answer.value) else { return false }
        let takers = (items[item.topic] ?? []).count { $0.takes(answer.value) }
        return item.format.kind.isGraded || takers == 1 || item.key == answer.item
      }
      found[item.key] = last(of: fitting, for: item.key).map { answer in
        EarlierAnswer(
          pack: answer.pack,
          period: answer.period,
          item: answer.item,
          value: item.named(answer.value),
          on: answer.on
        )
      }
    }
    return found
  }

  /// What was said to the topic of an item in other checklists until the round ended, the last of each of their items, the
  /// latest first.
  static func elsewhere(
    _ item: ChecklistItem,
    of round: Round,
    startMonth: Int,
    _ past: [PastAnswer]
  ) -> [EarlierAnswer] {
    let family = Checklist.family(of: round.checklist.id)
    let others = past.filter {
      $0.topic == item.topic && $0.family != family && round.lateness($0.answer.on, startMonth: startMonth) == nil
    }
    return Dictionary(grouping: others) { "\($0.family)/\($0.answer.item)" }
      .compactMap { _, lines in last(of: lines.map(\.answer), for: nil) }
      .sorted { ($1.on, $0.pack, $0.item) < ($0.on, $1.pack, $1.item) }
  }

  private static func last(of answers: [EarlierAnswer], for key: String?) -> EarlierAnswer? {
    guard let day = answers.map(\.on).max() else { return nil }
    let late = answers.filter { $0.on == day }
    let same = late.filter { $0.item == key }
    return (same.isEmpty ? late : same).min { $0.value.height < $1.value.height }
  }
}

extension Checklist {
  /// What the editions of one checklist share: `mhlw-hospital` of `mhlw-hospital-r8`, `fee` of `fee-2026`, `own-radiology` of
  /// `own-radiology.2`.
  static func family(of id: String) -> String {
    if id.hasPrefix(OwnChecklist.prefix) { return String(id.prefix { $0 != "." }) }
    guard let dash = id.lastIndex(of: "-") else { return id }
    let mark = id[id.index(after: dash)...]
    let digits = mark.hasPrefix("r") ? mark.dropFirst() : mark
    let isEdition = digits.allSatisfy(\.isNumber) && (mark.hasPrefix("r") ? !digits.isEmpty : digits.count == 4)
    return isEdition ? String(id[..<dash]) : id
  }
}

extension ChecklistShelf {
  /// Where an answer was given: 「自己点検20問　2026年10月　4」. What is the same on the page that shows it, of this item of
  /// this checklist, is left out.
  func source(of answer: EarlierAnswer, on page: (checklist: String, item: String), startMonth: Int) -> Localized {
    guard let checklist = checklist(answer.pack) else { return Localized(both: "\(answer.pack) \(answer.item)") }
    let round = checklist.year == nil ? Round.name(of: answer.period, startMonth: startMonth) : nil
    let item = checklist[answer.item]?.name ?? Localized(both: answer.item)
    let isHere = answer.pack == page.checklist && round != nil
    let parts = [isHere ? nil : checklist.name, round, isHere && answer.item == page.item ? nil : item].compactMap(
      \.self
    )
    return Localized(
      ja: parts.map(\.ja).joined(separator: "　"),
      en: parts.map(\.en).joined(separator: ", ")
    )
  }
}
