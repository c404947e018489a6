/// What an attachment belongs to: an item of a round, or something that an audit looks at (`pack` is `audit`, `period` the
/// audit, and the topic is empty, so that it suggests no answer).
struct AttachmentPlace: Sendable, Hashable {
  let pack: String
  let period: String
  let item: String
  let topic: String

  /// In no checklist's ids.
  static let audit = "audit"
}
