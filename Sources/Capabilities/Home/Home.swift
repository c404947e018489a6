import Nouns
import SQL
import Text
import Time
import Web

/// What each person sees first: what to do, what the records prove, what changed; and the search over everything.
///
/// Home owns no tables. It reads the facts, duties and search of the other capabilities, which the program hands it.
package enum Home {
  package static func capability(_ needs: HomeNeeds) -> Capability {
    Capability(
      name: "home",
      routes: HomeRoutes(needs: needs).routes + HomeAPI(needs: needs).routes,
      menu: [
        MenuItem(key: "home", section: .home, label: Localized(ja: "ホーム", en: "Home"), path: "/", order: 0),
        MenuItem(
          key: "home.duties",
          section: .home,
          label: Localized(ja: "やること", en: "To do"),
          path: "/duties",
          needs: .readLedger,
          order: 1
        ),
        MenuItem(
          key: "home.facts",
          section: .home,
          label: Localized(ja: "記録が示すこと", en: "What the records show"),
          path: "/facts",
          needs: .readLedger,
          order: 2
        ),
        MenuItem(
          key: "home.help",
          section: .documents,
          label: Localized(ja: "使い方", en: "Help"),
          path: "/help",
          order: 90
        ),
      ],
      help: HelpTopic.all.flatMap { topic in topic.pages.map { HelpLink(page: $0, address: HelpPage.path(topic)) } }
        + [
          HelpLink(page: "/", address: "/help/home", isWhole: true),
          HelpLink(page: "/vulnerabilities", address: "/help/vulnerabilities", isWhole: true),
          HelpLink(page: "/ledger", address: "/help/import", isWhole: true),
          HelpLink(page: "/grid", address: "/help/grid", isEnding: true),
          HelpLink(page: "/print", address: "/help/printing", isEnding: true),
        ]
    )
  }
}

/// What Home needs from others, in its own words.
package struct HomeNeeds: Sendable {
  package var facts: @Sendable (FacilityID) async throws -> [Fact]
  package var duties: @Sendable (FacilityID) async throws -> [Duty]
  /// Both, counted once.
  package var standing: @Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty])
  /// Records that a text finds, nearest first, only what the asker may read.
  package var search: @Sendable (String, WebRequest) async throws -> [SearchHit]
  /// The latest change sets, newest first.
  package var changes: @Sendable (Scope<ReadJournal>, Int) async throws -> [RecentChange]
  /// Whether the facility has nothing recorded yet, so that the page starts with the first steps.
  package var isEmpty: @Sendable (FacilityID) async throws -> Bool

  package init(
    facts: @escaping @Sendable (FacilityID) async throws -> [Fact],
    duties: @escaping @Sendable (FacilityID) async throws -> [Duty],
    standing: @escaping @Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty]),
    search: @escaping @Sendable (String, WebRequest) async throws -> [SearchHit],
    changes: @escaping @Sendable (Scope<ReadJournal>, Int) async throws -> [RecentChange],
    isEmpty: @escaping @Sendable (FacilityID) async throws -> Bool
  ) {
    self.facts = facts
    self.duties = duties
    self.standing = standing
    self.search = search
    self.changes = changes
    self.isEmpty = isEmpty
  }
}

/// One line of 最近の変更.
package struct RecentChange: Sendable, Hashable {
  package let at: Instant
  package let title: Localized
  package let actor: String
  package let link: String

  package init(at: Instant, title: Localized, actor: String, link: String) {
    self.at = at
    self.title = title
    self.actor = actor
    self.link = link
  }
}
