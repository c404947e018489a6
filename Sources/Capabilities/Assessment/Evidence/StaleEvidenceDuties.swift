import Nouns
import SQL
import Text
import Time

/// Evidence to renew, one duty a topic: it appears the day after the evidence ends and goes by itself once something
/// newer is attached, the records can tell again, or the answer claims nothing any more.
struct StaleEvidenceDuties: Sendable {
  let rounds: RoundStore
  let attachments: AttachmentStore
  /// What the records prove now.
  let facts: @Sendable (FacilityID) async throws -> [Fact]

  /// How long there is to renew it.
  static let days = 14

  /// An answer of a round of today that is not locked: what is locked was true when it was signed.
  private struct Line: Sendable {
    let checklist: Checklist
    let period: String
    let item: ChecklistItem
    let latest: AnswerValue
    let suggested: AnswerValue?
  }

  /// `current` are the checklists of today, each with the period its round has now.
  func duties(_ current: [(checklist: Checklist, period: String)], _ facility: FacilityID) async throws -> [Duty] {
    let lines = try await lines(current, facility)
    guard !lines.isEmpty else { return [] }
    let now = rounds.clock.now()
    let newest = try await attachments.newest(facility)
    let known =
      lines.contains { $0.suggested != nil }
      ? Dictionary(try await facts(facility).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first }) : [:]
    var met: Set<String> = []
    return lines.compactMap { line in
      guard let topic = line.checklist.topic(line.item.topic),
        let stale = StaleEvidence.behind(
          (line.latest, line.suggested),
          topic,
          kind: line.item.format.kind,
          facts: known,
          newest: newest[topic.key],
          now: now
        ), met.insert(topic.key).inserted
      else { return nil }
      return Self.duty(line, stale, topic)
    }
  }

  private static func duty(_ line: Line, _ stale: StaleEvidence, _ topic: EvidenceTopic) -> Duty {
    let (title, item) = (line.checklist.title, line.item)
    let (end, ended) = stale.isWithdrawn ? ("に取り下げられました", "was withdrawn on") : ("で期限が切れました", "was good until")
    return Duty(
      id: "assessment.stale.\(topic.key)",
      title: Localized(ja: "根拠を新しくする：\(item.text.ja)", en: "Renew the evidence: \(item.text.en)"),
      owner: .administrator,
      due: stale.until.adding(days: days),
      state: .open,
      reason: Localized(
        ja: "\(title.ja)の\(item.name.ja)に「\(line.latest.label.ja)」と答えた根拠「\(stale.title.ja)」は、"
          + "\(stale.until.slashed)\(end)。新しい根拠を付けるか、答えを直してください。",
        en: "“\(stale.title.en)”, behind the answer “\(line.latest.label.en)” to \(item.name.en) of \(title.en), "
          + "\(ended) \(stale.until.iso). Attach newer evidence or change the answer."
      ),
      link: AssessmentPath.item(line.checklist.id, item.key, line.period),
      action: Localized(ja: "項目を開く", en: "Open the item"),
      rank: 4
    )
  }

  private func lines(
    _ current: [(checklist: Checklist, period: String)],
    _ facility: FacilityID
  ) async throws -> [Line] {
    let (key, periods) = (facility.rawValue, Set(current.map(\.period)).sorted())
    guard !periods.isEmpty else { return [] }
    var answers: [String: (latest: AnswerValue, suggested: AnswerValue?)] = [:]
    for row in try await rounds.database.read(
      .facility(key),
      { tx in
        try tx.rows(
          """
          SELECT a.pack AS pack, a.period AS period, a.item AS item, a.value AS value,
            a.second_value AS second_value, a.suggested AS suggested
          FROM assessment_answer a LEFT JOIN assessment_round r ON r.facility = a.facility AND r.pack = a.pack
            AND r.period = a.period
          WHERE a.facility = \(key) AND a.period IN (\(list: periods)) AND r.locked_at IS NULL
          """
        )
      }
    ) {
      let text = try row.optionalText("second_value") ?? row.text("value")
      guard let latest = AnswerValue(text: text) else { continue }
      let place = "\(try row.text("pack"))/\(try row.text("period"))/\(try row.text("item"))"
      answers[place] = (latest, try row.optionalText("suggested").flatMap(AnswerValue.init(text:)))
    }
    return current.flatMap { checklist, period in
      checklist.asked { answers["\(checklist.id)/\(period)/\($0)"]?.latest }.compactMap { item in
        answers["\(checklist.id)/\(period)/\(item.key)"].map {
          Line(checklist: checklist, period: period, item: item, latest: $0.latest, suggested: $0.suggested)
        }
      }
    }
  }
}
