import Nouns
import Text
import Time

/// Evidence behind an answer that is too old to prove it: what was attached past the period of its topic, or facts past
/// their own.
struct StaleEvidence: Sendable, Hashable {
  /// The name of the attachment, or what the fact counts.
  let title: Localized
  /// The last day on which it proved anything.
  let until: LocalDate
  /// Whether its content was withdrawn, rather than grown old.
  var isWithdrawn = false

  /// What has gone stale behind an answer; nil where records or something newer still prove it, and for answers that
  /// claim nothing. `newest` is the newest attachment of the topic, from whatever round it is.
  static func behind(
    _ answer: (latest: AnswerValue, suggested: AnswerValue?),
    _ topic: EvidenceTopic,
    kind: AnswerKind,
    facts: [String: Fact],
    newest: Attachment?,
    now: Instant
  ) -> StaleEvidence? {
    guard answer.latest.claims else { return nil }
    // What the records say today, be it another answer, needs no renewal.
    guard Suggestion.make(topic, kind: kind, facts: facts, now: now).answer == nil else { return nil }
    if let newest {
      guard newest.isStale(on: now.day, keeps: topic.keeps) else { return nil }
      return StaleEvidence(
        title: Localized(both: newest.title),
        until: newest.goodUntil(keeps: topic.keeps),
        isWithdrawn: newest.withdrawnAt != nil
      )
    }
    guard answer.suggested != nil else { return nil }
    let stale = topic.conditions.compactMap { facts[$0.fact] }.filter { $0.freshUntil < now }
    return stale.min { ($0.freshUntil, $0.key) < ($1.freshUntil, $1.key) }.map {
      StaleEvidence(title: $0.label, until: $0.freshUntil.day)
    }
  }
}
