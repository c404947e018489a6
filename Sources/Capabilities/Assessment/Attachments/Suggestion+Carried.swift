import Text
import Time

extension Suggestion {
  /// Where records cannot tell: what was answered before, as long as what was attached to prove it is not stale. It is a
  /// suggestion like any other and counts only once somebody confirms it, but it contradicts nobody.
  static func carried(_ earlier: EarlierAnswer?, _ attachment: Attachment?, today: LocalDate) -> Suggestion? {
    guard let earlier, let attachment, earlier.value.claims,
      !attachment.isStale(on: today)
    else { return nil }
    let until = attachment.goodUntil(keeps: attachment.keeps)
    return Suggestion(
      answer: earlier.value,
      reason: Localized(
        ja:
          "前に「\(earlier.value.label.ja)」と答えていて、同じことについての根拠「\(attachment.title)」が\(until.era())まで有効です。変わりがないか確かめてください。",
        en:
          "This was answered “\(earlier.value.label.en)” before, and “\(attachment.title)”, evidence of the same matter, is good until \(until.english). See whether anything has changed."
      ),
      facts: [],
      isCarried: true
    )
  }

  /// The same with a word on evidence of the topic: one piece may answer several items, but whether it does a person says;
  /// and on what has gone stale. `isOwn` says that it is attached to this very item, which the page shows.
  func noting(_ attachment: Attachment?, isOwn: Bool, today: LocalDate) -> Suggestion {
    guard answer == nil, let attachment else { return self }
    guard attachment.isStale(on: today) else {
      guard !isOwn else { return self }
      let until = attachment.goodUntil(keeps: attachment.keeps)
      return Suggestion(
        answer: nil,
        reason: Localized(
          ja: "同じことについての根拠「\(attachment.title)」が\(until.era())まで有効です。この項目にも当てはまるか確かめてください。\(reason.ja)",
          en:
            "“\(attachment.title)”, evidence of the same matter, is good until \(until.english). See whether it holds here. \(reason.en)"
        ),
        facts: facts
      )
    }
    if attachment.withdrawnAt != nil {
      return Suggestion(
        answer: nil,
        reason: Localized(
          ja: "根拠「\(attachment.title)」は取り下げられました。\(reason.ja)",
          en: "“\(attachment.title)” was withdrawn. \(reason.en)"
        ),
        facts: facts
      )
    }
    let until = attachment.goodUntil(keeps: attachment.keeps)
    return Suggestion(
      answer: nil,
      reason: Localized(
        ja: "根拠「\(attachment.title)」は\(until.era())で期限が切れました。\(reason.ja)",
        en: "“\(attachment.title)” was good until \(until.english). \(reason.en)"
      ),
      facts: facts
    )
  }
}
