import Design
import HTML
import Packs
import Text
import Time
import Web

extension WebRequest {
  /// 「令和8年11月21日（土） 14:05　佐藤 美咲」, for the head of a paper.
  package var printedBy: String {
    "\(dates.day(now.day)) \(now.clock)　\(session?.userName ?? "")"
  }
}

/// The boxes for approval on a paper, from the highest.
package enum PaperStamps {
  package static func usual(_ language: Language) -> [String] {
    language == .ja ? ["病院長", "安全管理\u{200B}責任者", "担当"] : ["Director", "Safety manager", "Prepared by"]
  }
}

/// Where the questions or dates of a page come from, and whether a person has compared them with the source.
package struct PackNote {
  let pack: Pack
  let language: Language

  package init(_ pack: Pack, language: Language) {
    self.pack = pack
    self.language = language
  }

  package var html: HTML {
    let state =
      switch pack.verification {
      case .unverified: Localized(ja: "未検証", en: "not verified")[language]
      case .verified(let by, let on):
        Localized(
          ja: "\(by)が\(LocalDate(iso: on)?.slashed ?? on)に確認",
          en: "verified by \(by) on \(LocalDate(iso: on)?.english ?? on)"
        )[language]
      }
    let (title, source) = (Localized(pack.title)[language], Localized(pack.source.words)[language])
    let text = Localized(
      ja: "項目の出どころ：\(title) 第\(pack.edition)版（\(source)）。\(state)。",
      en: "Source: \(title), edition \(pack.edition) (\(source)); \(state)."
    )
    return "<p class=\"note\">\(text[language])</p>"
  }
}
