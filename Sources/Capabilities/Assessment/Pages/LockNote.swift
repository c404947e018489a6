import HTML
import Text
import Time

/// What ties a printed form to the round it was printed of: when and by whom it was locked, and the digest of its answers;
/// or that they may still change.
struct LockNote {
  let round: Round
  let day: (LocalDate) -> String
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    guard let at = round.lockedAt, let digest = round.digest else {
      return "<p class=\"note\">\(say("まだ締めていません。答えはこの後、変わることがあります。", "Not locked yet: answers may still change."))</p>"
    }
    return """
      <p class="note">\(say(
        "\(day(at.day))に\(round.lockedBy ?? "")が締めました。答えの指紋（SHA-256）：",
        "Locked on \(day(at.day)) by \(round.lockedBy ?? ""). Digest of the answers (SHA-256): "
      ))<span class="long">\(digest)</span></p>
      """
  }
}
