import HTML
import Text

/// A paper of its own: title, facility, 年度, who printed it and when, boxes for approval stamps, then the contents. Table
/// heads repeat on every page; page numbers come from the browser where it can, and `pages` says how many to expect.
package struct PrintSheet: Sendable {
  package enum Orientation: String, Sendable {
    case portrait = ""
    case landscape = " across2"
  }

  package let title: String
  /// Under the title: what is listed, which filter, as of when.
  package let subtitle: String?
  /// 「2026/11/21 14:05　佐藤 美咲」.
  package let printed: String
  /// 決裁欄: the roles, from the highest, such as 院長・事務長・担当.
  package let stamps: [String]
  package let orientation: Orientation
  /// Known only where the server counted.
  package let pages: Int?
  /// 「令和5年度」 of what is printed, where that is not the one of today.
  package let fiscalYear: String?
  package let backAddress: String
  package let contents: HTML

  package init(
    _ title: String,
    subtitle: String? = nil,
    printed: String,
    stamps: [String] = [],
    orientation: Orientation = .portrait,
    pages: Int? = nil,
    fiscalYear: String? = nil,
    backAddress: String,
    contents: HTML
  ) {
    self.title = title
    self.subtitle = subtitle
    self.printed = printed
    self.stamps = stamps
    self.orientation = orientation
    self.pages = pages
    self.fiscalYear = fiscalYear
    self.backAddress = backAddress
    self.contents = contents
  }
}

extension PrintSheet {
  /// What is printed: head with approval boxes, then the contents.
  func paper(facility: String?, fiscalYear: String?, language: Language) -> HTML {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let fiscalYear = self.fiscalYear ?? fiscalYear
    let hint: HTML? = pages.map { "<p>\(say("全\($0)ページ", "\($0) pages"))</p>" }
    let boxes: HTML =
      stamps.isEmpty
      ? .empty
      : """
      <div class="stamps" role="group" aria-label="\(say("決裁欄", "Approval"))">\
      \(each: stamps, { "<div><b>\($0)</b><span></span></div>" })</div>
      """
    let under: HTML? = subtitle.map { "<p>\($0)</p>" }
    return """
      <main id="main" class="paper" tabindex="0"><div class="sheethead"><div><h1>\(title)</h1>\(under)</div>\(boxes)</div>\
      <div class="sheethead by"><p><b>\(facility)</b></p><p>\(fiscalYear)</p>\
      <p>\(say("印刷：", "Printed "))\(printed)</p>\(hint)</div>\(contents)</main>
      """
  }
}

extension Frame {
  /// The document for paper, with a preview on the screen and no menu.
  package func sheet(_ sheet: PrintSheet) -> HTML {
    let manual = say("印刷はブラウザーの印刷機能で行います。", "Print with the browser's own command.")
    return document(
      Page(sheet.title, main: .empty),
      bodyClass: "sheet\(sheet.orientation.rawValue)",
      inside: """
        <header class="top noprint">\(Button.link(say("戻る", "Back"), sheet.backAddress, look: .secondary, size: .small))\
        \(Button.print(language))\(ask)<span class="nojs">\(manual)</span></header>\
        \(sheet.paper(facility: facility, fiscalYear: fiscalYear, language: language))
        """
    )
  }
}
