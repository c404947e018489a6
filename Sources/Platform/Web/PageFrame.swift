import Design
import HTML
import Nouns
import Text
import Time

/// Puts a page into the house: menu by permission, message, language, warning before the session ends.
struct PageFrame: Sendable {
  let app: WebApp
  let exchange: Exchange
  let framed: FramedPage
  let flash: Flash?

  private var language: Language { exchange.language }

  var html: HTML {
    var frame = Frame(language)
    frame.version = app.settings.version
    frame.otherLanguageAddress = LocalPath.make(
      "/language/\(language == .ja ? "en" : "ja")",
      ["next": (exchange.method?.isSafe ?? false) ? exchange.address : nil]
    )
    frame.reportAddress = app.settings.reportAddress
    frame.contactsAddress = app.settings.contactsAddress
    frame.helpAddress = app.settings.helpAddress
    if let flash { frame.banners.append(banner(flash)) }
    guard let session = exchange.session, framed.surroundings == .full else { return frame.bare(framed.page) }
    if let path = session.secondFactorPath { frame.banners.append(factorBanner(path)) }
    frame.facility = session.facilityName
    frame.fiscalYear = fiscalYear(session)
    if let path = exchange.target?.path, app.settings.helpAddress != nil {
      frame.pageHelpAddress = app.help.first { $0.explains(path) }?.address
    }
    if let sheet = framed.sheet { return frame.sheet(sheet) }
    if !session.otherFacilities.isEmpty {
      frame.facilities = Frame.Facilities(
        address: app.settings.facilityPath,
        token: session.csrf,
        others: session.otherFacilities.map { (id: $0.id.rawValue, name: $0.name) }
      )
    }
    frame.account = Frame.Account(label: account(session), address: app.settings.accountPath)
    frame.menu = menu(session)
    if let inbox = session.inbox, let address = app.settings.inboxPath {
      frame.inbox = Frame.Inbox(count: inbox.count, urgent: inbox.urgent, address: address)
    }
    frame.banners += exchange.alarms.filter { exchange.target?.path.hasPrefix($0.path) != true }.map { alarm in
      Banner(
        .emergency,
        alarm.text[language],
        actions: Button.link(alarm.action[language], alarm.path, look: .secondary, size: .small)
      )
    }
    frame.searchAddress = app.settings.searchPath
    frame.searched = exchange.target?.path == app.settings.searchPath ? exchange.target?.query["q"] ?? "" : ""
    frame.isDemo = app.settings.isDemo
    frame.demoAddress = app.settings.demoAddress
    frame.owner = session.userID
    // Mostly the idle time itself, so that equal pages stay equal bytes and 304 works.
    let left = min(session.idleSeconds, max(0, session.expiresAt.seconds(since: exchange.now)))
    frame.session = SessionWarning(
      endsIn: left + 60 >= session.idleSeconds ? session.idleSeconds : left,
      token: session.csrf
    )
    return frame.html(framed.page)
  }

  private func fiscalYear(_ session: Session) -> String {
    let year = FiscalYear(containing: exchange.now.day, startMonth: session.fiscalYearStart)
    return ShownDates(session.dateStyle, language).fiscalYear(year)
  }

  private func account(_ session: Session) -> String {
    let roles = Role.allCases.filter { role in session.grants.contains { $0.role == role } }
    guard let first = roles.first else { return session.userName }
    let role = first.label[language]
    return language == .ja ? "\(session.userName)（\(role)）" : "\(session.userName) (\(role))"
  }

  /// Entries that fit on a screen without folding.
  private static let shortMenu = 14

  private func menu(_ session: Session) -> [Design.MenuGroup] {
    let items = app.menu.filter { session.may($0.needs) }
    let isShort = items.count <= Self.shortMenu
    return MenuSection.allCases.compactMap { section in
      let entries = items.filter { $0.section == section }.map { item in
        Design.MenuEntry(item.label[language], item.path, isCurrent: item.key == framed.current)
      }
      guard !entries.isEmpty else { return nil }
      var group = Design.MenuGroup(section.label[language], entries: entries)
      group.staysOpen = isShort
      return group
    }
  }

  private func banner(_ flash: Flash) -> Banner {
    let kind: Banner.Kind =
      switch flash.kind {
      case .done: .success
      case .notice: .info
      case .problem: .error
      }
    let button: HTML? = flash.action.map { action in
      """
      <form method="post" action="\(action.path)"><input type="hidden" name="csrf" value="\(exchange.token?.text)">\
      \(each: action.fields.sorted { $0.key < $1.key }, hidden)\
      \(Button.submit(action.label[language], look: .secondary, size: .small))</form>
      """
    }
    return Banner(kind, flash.text[language], actions: button)
  }

  /// Why somebody may do less than was granted, and what to do.
  private func factorBanner(_ path: String) -> Banner {
    let ja = language == .ja
    return Banner(
      .warning,
      ja
        ? "管理する人には2段階認証が必要です。設定するまで、管理の操作はできません。"
        : "Those who manage must sign in in two steps. Until you set it up you can do no more than staff.",
      actions: Button.link(ja ? "2段階認証を設定" : "Set it up", path, look: .secondary, size: .small)
    )
  }

  private func hidden(_ field: (key: String, value: String)) -> HTML {
    "<input type=\"hidden\" name=\"\(field.key)\" value=\"\(field.value)\">"
  }
}
