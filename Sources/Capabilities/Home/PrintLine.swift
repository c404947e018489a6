import Design
import HTML
import Nouns
import Text
import Time
import Web

/// On every home: when the first-response pack was last on paper. Those who may print it are led there; what is older than a
/// month, or was never printed, is said in so many words.
struct PrintLine {
  let last: (at: Instant, by: String)?
  let request: WebRequest

  /// As `ResponseRoutes.freshDays` of the organization: the paper is renewed after a month.
  static let freshDays = 31
  /// Where the pack is printed.
  static let path = "/organization/first-response"

  private var mayPrint: Bool { request.may(.readLedger) }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }

  /// One sentence, for screens and paper.
  var sentence: String {
    guard let last else {
      return say("紙の初動パックは、まだ一度も印刷していません。", "The first-response pack was never printed.")
    }
    let day = request.dates.day(last.at.day)
    let by = mayPrint ? say("（\(last.by)）", " by \(last.by)") : ""
    let age = request.now.day.days(since: last.at.day)
    let old =
      age > Self.freshDays
      ? say("\(age)日前のものです。新しくしてください。", " That is \(age) days ago; print it anew.") : ""
    return say("紙の初動パックの最終印刷：\(day)\(by)。", "First-response pack last printed on \(day)\(by).") + old
  }

  var html: HTML {
    let link: HTML? =
      mayPrint ? " <a href=\"\(Self.path)\">\(say("初動パックを開く", "Open the pack"))</a>" : nil
    return "<p class=\"note pack\">\(sentence)\(link)</p>"
  }
}
