import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The two things every list of files needs: the way to withdraw one, and the word on one that was.
package enum FileWithdrawal {
  package static func path(_ hash: String) -> String { "/files/\(Address.encoded(hash))" }

  package static let list = "/files"

  package static let word = Localized(ja: "取り下げ", en: "Withdrawn")

  /// For those who may: 「ファイルを取り下げる」, beside the file's other actions.
  package static func link(_ hash: String, name: String, _ request: WebRequest) -> HTML {
    guard request.may(.withdrawFiles) else { return .empty }
    return Button.link(
      Localized(ja: "ファイルを取り下げる", en: "Withdraw the file")[request.language],
      path(hash),
      look: .text,
      size: .small,
      context: name
    )
  }

  /// In place of the link to a file whose content is gone.
  package static func note(_ name: String, hash: String, at: Instant, _ request: WebRequest) -> HTML {
    let shown: HTML =
      request.may(.withdrawFiles) ? "<a href=\"\(path(hash))\">\(name)</a>" : "<span>\(name)</span>"
    let day = request.dates.day(at.day)
    return """
      \(shown) \(Chip(word[request.language], .red).html)<span class="sub">\
      \(Localized(ja: "\(day)に内容を取り下げました。", en: "Its content was withdrawn on \(day).")[request.language])</span>
      """
  }
}
