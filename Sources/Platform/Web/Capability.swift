import Jobs
import Nouns
import SQL
import Text

/// One part of a hospital's work as the program sees it. The front door of every capability makes one.
package struct Capability: Sendable {
  package let name: String
  package let migrations: [Migration]
  package let routes: [Route]
  package let menu: [MenuItem]
  package let jobs: [JobKind]
  /// Which page of the help explains which pages.
  package let help: [HelpLink]
  /// What the records prove, for `yagura facts`, the home page and assessments.
  package let facts: @Sendable (FacilityID) async throws -> [Fact]
  package let duties: @Sendable (FacilityID) async throws -> [Duty]
  /// Both at once, for whoever needs both: duties are made of facts, and counting takes longer than anything else on the
  /// first page.
  package let standing: @Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty])
  /// Finds records by a text somebody typed; answers only what that person may read. At most 50.
  package let search: @Sendable (String, WebRequest) async throws -> [SearchHit]
  /// What stands above every page of those who must act, until somebody does. Asked with each page, so it must be cheap.
  package let alarms: @Sendable (FacilityID) async throws -> [Alarm]
  let raisesAlarms: Bool
  /// Schemas its endpoints call by name.
  package let schemas: [String: Schema]

  package init(
    name: String,
    migrations: [Migration] = [],
    routes: [Route] = [],
    menu: [MenuItem] = [],
    jobs: [JobKind] = [],
    help: [HelpLink] = [],
    facts: @escaping @Sendable (FacilityID) async throws -> [Fact] = { _ in [] },
    duties: @escaping @Sendable (FacilityID) async throws -> [Duty] = { _ in [] },
    standing: (@Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty]))? = nil,
    search: @escaping @Sendable (String, WebRequest) async throws -> [SearchHit] = { _, _ in [] },
    alarms: (@Sendable (FacilityID) async throws -> [Alarm])? = nil,
    schemas: [String: Schema] = [:]
  ) {
    self.name = name
    self.migrations = migrations
    self.routes = routes
    self.menu = menu
    self.jobs = jobs
    self.help = help
    self.facts = facts
    self.duties = duties
    self.standing = standing ?? { (try await facts($0), try await duties($0)) }
    self.search = search
    self.alarms = alarms ?? { _ in [] }
    raisesAlarms = alarms != nil
    self.schemas = schemas
  }
}

/// A page of the help and the pages that lead to it: those whose path begins with `page`, is it, or ends with it.
package struct HelpLink: Sendable, Hashable {
  package let page: String
  package let address: String
  package let isWhole: Bool
  package let isEnding: Bool

  package init(page: String, address: String, isWhole: Bool = false, isEnding: Bool = false) {
    self.page = page
    self.address = address
    self.isWhole = isWhole
    self.isEnding = isEnding
  }

  func explains(_ path: String) -> Bool {
    if isEnding { return path.hasSuffix(page) }
    return path == page || (!isWhole && path.hasPrefix(page + "/"))
  }
}

/// The seven groups of the navigation (`home` … `documents`), and the settings in the account menu.
package enum MenuSection: String, Sendable, CaseIterable {
  case home, checks, registers, vulnerabilities, incidents, training, documents, settings

  package var label: Localized {
    switch self {
    case .home: Localized(ja: "ホーム", en: "Home")
    case .checks: Localized(ja: "点検", en: "Checks")
    case .registers: Localized(ja: "台帳", en: "Registers")
    case .vulnerabilities: Localized(ja: "脆弱性・保守", en: "Vulnerabilities & maintenance")
    case .incidents: Localized(ja: "インシデント", en: "Incidents")
    case .training: Localized(ja: "教育・訓練", en: "Training & drills")
    case .documents: Localized(ja: "書類・報告", en: "Documents & reports")
    case .settings: Localized(ja: "設定", en: "Settings")
    }
  }
}

/// One item of the navigation, shown to those who may open it.
package struct MenuItem: Sendable {
  /// Names the item for `WebResponse.page(current:)`: `ledger.assets`.
  package let key: String
  package let section: MenuSection
  package let label: Localized
  package let path: String
  package let needs: Permission
  /// Lower comes first within the section.
  package let order: Int

  package init(
    key: String,
    section: MenuSection,
    label: Localized,
    path: String,
    needs: Permission = .signedIn,
    order: Int = 50
  ) {
    self.key = key
    self.section = section
    self.label = label
    self.path = path
    self.needs = needs
    self.order = order
  }
}

/// Something that cannot wait, above every page of those who hold the permission.
package struct Alarm: Sendable, Hashable {
  package let needs: Permission
  package let text: Localized
  /// The button's words, and where it leads.
  package let action: Localized
  package let path: String

  package init(needs: Permission, text: Localized, action: Localized, path: String) {
    self.needs = needs
    self.text = text
    self.action = action
    self.path = path
  }
}

/// A record that a search found.
package struct SearchHit: Sendable, Hashable {
  /// 機器, 事業者 …
  package let kind: Localized
  package let title: String
  /// What tells it from others of the same name.
  package let detail: String
  package let link: String
  /// Lower is nearer to what was typed.
  package let rank: Int

  package init(kind: Localized, title: String, detail: String, link: String, rank: Int = 5) {
    self.kind = kind
    self.title = title
    self.detail = detail
    self.link = link
    self.rank = rank
  }
}
