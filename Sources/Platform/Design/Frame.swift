import HTML
import Text

/// Everything around a page: head, menu, messages, foot. Web makes one for each request.
package struct Frame: Sendable {
  package struct Account: Sendable {
    /// 「佐藤 美咲（システム担当）」.
    package let label: String
    package let address: String

    package init(label: String, address: String) {
      self.label = label
      self.address = address
    }
  }

  /// Facilities to change to, for those who have an account in more than one.
  package struct Facilities: Sendable {
    /// Where the form goes; it sends `facility`.
    package let address: String
    package let token: String
    package let others: [(id: String, name: String)]

    package init(address: String, token: String, others: [(id: String, name: String)]) {
      self.address = address
      self.token = token
      self.others = others
    }
  }

  /// Unread messages, and how many of them are urgent.
  package struct Inbox: Sendable {
    package let count: Int
    package let urgent: Int
    package let address: String

    package init(count: Int, urgent: Int, address: String) {
      self.count = count
      self.urgent = urgent
      self.address = address
    }
  }

  package var language: Language
  package var inbox: Inbox?
  /// The facility whose records these are; nil before sign-in.
  package var facility: String?
  /// 「令和8年度」.
  package var fiscalYear: String?
  package var account: Account?
  package var facilities: Facilities?
  package var menu: [MenuGroup] = []
  /// Where the search form goes; nil for no search. `searched` is what stands in it.
  package var searchAddress: String?
  package var searched = ""
  /// 異常を知らせる, red, at the same place on every page; shown where an address is given.
  package var reportAddress: String?
  /// 連絡先, likewise.
  package var contactsAddress: String?
  /// This page in the other language.
  package var otherLanguageAddress: String?
  /// On every page while they last (an open incident), and what the last action did.
  package var banners: [Banner] = []
  /// Stripes and 「見本病院です」 across the head.
  package var isDemo = false
  /// How to leave the demo: 「見本を消す」.
  package var demoAddress: String?
  package var session: SessionWarning?
  package var version = ""
  package var helpAddress: String?
  /// The page of the help that explains this very page.
  package var pageHelpAddress: String?
  /// Whose typed text the browser keeps: an id of the account, never shown.
  package var owner = ""
  /// Single keys such as `/` for the search; each person can switch them off.
  package var hasShortcuts = true

  package init(_ language: Language) { self.language = language }

  /// The whole document with head and menu.
  package func html(_ page: Page) -> HTML {
    let width = page.width.rawValue
    return document(
      page,
      bodyClass: width,
      inside: """
        <a class="skip" href="#main">\(say("本文へ", "Skip to content"))</a>\(demoBand)\(head)<div class="shell">\
        \(side)<main id="main" tabindex="-1">\(crumbs(page))\(messages(page))\(heading(page))\(page.main)</main></div>\
        \(foot)\(session?.html(language))
        """
    )
  }

  /// For sign-in, setup and error pages: no menu, no search; the red way out and the contacts stay.
  package func bare(_ page: Page) -> HTML {
    document(
      page,
      bodyClass: "plain",
      inside: """
        <a class="skip" href="#main">\(say("本文へ", "Skip to content"))</a>\(demoBand)\
        <header class="top">\(mark)\(place)<span class="push"></span>\(ways)\(languageLink("tongue"))</header>\
        <main id="main" tabindex="-1">\(messages(page))\(heading(page))\(page.main)</main>\(foot)
        """
    )
  }

  func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }

  func document(_ page: Page, bodyClass: String, inside: HTML) -> HTML {
    let prefix = page.errors.isEmpty ? "" : say("エラー：", "Error: ")
    let again: HTML? = page.refreshSeconds.map {
      "<noscript><meta http-equiv=\"refresh\" content=\"\($0)\"></noscript>"
    }
    return """
      <!doctype html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">\
      <meta name="viewport" content="width=device-width,initial-scale=1">\
      <meta name="format-detection" content="telephone=no">\(again)<title>\(prefix)\(page.title) - Yagura</title>\
      <link rel="icon" href="\(StaticFile.address("yagura.svg"))" type="image/svg+xml">\
      <link rel="stylesheet" href="\(StaticFile.address("look.css"))">\
      <noscript><link rel="stylesheet" href="\(StaticFile.address("plain.css"))"></noscript>\
      <script nomodule src="\(StaticFile.address("old.js"))"></script>\
      <script type="module" src="\(StaticFile.address("yagura.js"))"></script></head>\
      <body\(attribute: "class", bodyClass.isEmpty ? nil : bodyClass)\
      \(attribute: "data-owner", owner.isEmpty ? nil : hexadecimal(fnv1a(owner.utf8)))\
      \(if: !hasShortcuts, " data-keys=\"off\"")>\(inside)</body></html>
      """
  }

  private func crumbs(_ page: Page) -> HTML {
    if page.crumbs.isEmpty { return .empty }
    return """
      <nav class="crumb" aria-label="\(say("現在の場所", "Breadcrumb"))"><ol>\
      \(each: page.crumbs, { "<li><a href=\"\($0.address)\">\($0.label)</a></li>" })\
      <li aria-current="page">\(page.title)</li></ol></nav>
      """
  }

  private func messages(_ page: Page) -> HTML {
    "\(ErrorSummary(page.errors).html(language))\(each: banners, { $0.html(language) })"
  }

  private func heading(_ page: Page) -> HTML {
    let actions: HTML? = page.actions.map { "<div class=\"btns\">\($0)</div>" }
    let lead: HTML? = page.lead.map { "<p class=\"lead\">\($0)</p>" }
    return "<div class=\"title\"><h1>\(Unbroken.html(page.heading ?? page.title))</h1>\(ask)\(actions)</div>\(lead)"
  }

  /// 「？ 使い方」 of this page.
  var ask: HTML? {
    pageHelpAddress.map {
      "<a class=\"ask\" href=\"\($0)\"><span aria-hidden=\"true\">?</span> \(say("使い方", "Help"))</a>"
    }
  }
}

// MARK: - Head, menu, foot

extension Frame {
  private var demoBand: HTML {
    if !isDemo { return .empty }
    let way: HTML? = demoAddress.map { " <a href=\"\($0)\">\(say("見本を消す", "Remove the sample"))</a>" }
    let text = say("見本病院です。登録されているデータは架空のものです。", "This is a sample hospital. All data in it is made up.")
    return "<p class=\"demo\">\(text)\(way)</p>"
  }

  private var head: HTML {
    // On shared ward PCs the way out stands on every page.
    let who: HTML? = account.map { "<a class=\"me\" href=\"\($0.address)\">\($0.label)</a>\(signOut)" }
    return """
      <header class="top">\(mark)\(place)\(search)\(if: searchAddress == nil, "<span class=\"push\"></span>")\(ways)\
      <div class="who">\(messages)\(who)\(languageLink(nil))</div></header>
      """
  }

  /// 「お知らせ 3」, red with a word where something is urgent.
  private var messages: HTML? {
    inbox.map { inbox in
      let word = say("お知らせ", "Inbox")
      let count: HTML =
        inbox.urgent > 0
        ? "<span class=\"n\">\(say("急ぎ\(inbox.urgent)件", "\(inbox.urgent) urgent"))</span>"
        : inbox.count > 0
          ? "<span class=\"n calm\">\(inbox.count)<span class=\"vh\">\(say("件が未読", " unread"))</span></span>" : .empty
      return "<a class=\"inbox\" href=\"\(inbox.address)\">\(word)\(count)</a>"
    }
  }

  private var signOut: HTML? {
    session.map { session in
      """
      <form method="post" action="/sign-out"><input type="hidden" name="csrf" value="\(session.token)">\
      \(Button.submit(say("サインアウト", "Sign out"), look: .text, size: .small))</form>
      """
    }
  }

  /// One button for each other facility, behind a word that opens without scripts.
  private var change: HTML? {
    facilities.map { facilities in
      """
      <details class="change"><summary>\(say("施設を切り替える", "Change facility"))</summary>\
      <form method="post" action="\(facilities.address)"><input type="hidden" name="csrf" value="\(facilities.token)">\
      \(each: facilities.others, { "<button class=\"btn s sm\" name=\"facility\" value=\"\($0.id)\">\($0.name)</button>" })\
      </form></details>
      """
    }
  }

  private var mark: HTML {
    """
    <a class="mark" href="/"><svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">\
    <path fill="#00118f" d="M3 27V12h3V8h4v4h8V8h4v4h3v15h-8v-6a3 3 0 0 0-6 0v6zM8 4l6-3 6 3v2H8z"/></svg>\
    <span>\(if: language == .ja, "<span class=\"kanji\">櫓 </span>")Yagura</span></a>
    """
  }

  private var place: HTML {
    guard let facility else { return .empty }
    return "<div class=\"where\"><b>\(facility)</b>\(fiscalYear)\(change)</div>"
  }

  private var search: HTML {
    guard let searchAddress else { return .empty }
    return """
      <form class="find" role="search" method="get" action="\(searchAddress)">\
      <label for="find">\(say("全体から探す", "Search all"))</label>\
      <input type="search" id="find" name="q" value="\(searched)" autocomplete="off" data-search>\
      <button class="btn s sm" type="submit">\(say("探す", "Search"))</button></form>
      """
  }

  private var ways: HTML {
    let report: HTML? = reportAddress.map {
      "<a class=\"alarm\" href=\"\($0)\">\(say("異常を知らせる", "Report a problem"))</a>"
    }
    let contacts: HTML? = contactsAddress.map {
      "<a class=\"contacts\" href=\"\($0)\">\(say("連絡先", "Contacts"))</a>"
    }
    return "\(report)\(contacts)"
  }

  private func languageLink(_ className: String?) -> HTML {
    guard let otherLanguageAddress else { return .empty }
    let other = language == .ja ? ("en", "English") : ("ja", "日本語")
    return """
      <a\(attribute: "class", className) href="\(otherLanguageAddress)" lang="\(other.0)" hreflang="\(other.0)">\
      \(other.1)</a>
      """
  }

  private var side: HTML {
    let own: HTML? = account.map { "<li class=\"phone\"><a href=\"\($0.address)\">\($0.label)</a></li>" }
    let other: HTML =
      otherLanguageAddress == nil ? .empty : "<li class=\"phone\">\(languageLink(nil))</li>"
    let label: HTML? = facility.map { "<li class=\"phone where\"><b>\($0)</b>\(fiscalYear)\(change)</li>" }
    let mail: HTML? = messages.map { "<li class=\"phone\">\($0)</li>" }
    let out: HTML? = signOut.map { "<li class=\"phone out\">\($0)</li>" }
    return """
      <nav class="side" aria-label="\(say("主なメニュー", "Main menu"))"><details class="drawer">\
      <summary>\(say("メニュー", "Menu"))</summary></details>\
      <ul>\(label)\(mail)\(each: menu, { $0.html })\(own)\(out)\(other)</ul></nav>
      """
  }

  private var foot: HTML {
    let help: HTML? = helpAddress.map { "<a href=\"\($0)\" data-help>\(say("使い方", "Help"))</a>" }
    return "<footer class=\"foot\">\(help)<span class=\"push\">Yagura \(version)</span></footer>"
  }
}
