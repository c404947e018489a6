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
        MenuItem(
          key: "home",
          section: .home,
          label: Localized(ja: "ホーム", en: "Home"),
          path: "/",
          needs: .seeHome,
          order: 0
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
  /// What the records call for and what they show, counted once.
  package var standing: @Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty])
  /// Everything there is to do that whoever asks sees, the most pressing first.
  package var duties: @Sendable (WebRequest, FacilityID) async throws -> [Duty]
  /// What there is to do for whoever asks, the most pressing first; `computed` is what the records call for, where it is
  /// counted already.
  package var board:
    @Sendable (WebRequest, FacilityID, _ computed: [Duty]?, _ whose: HomeReach, _ limit: Int) async throws -> HomeBoard
  /// The newest unread messages to whoever asks.
  package var messages: @Sendable (WebRequest, FacilityID) async throws -> [HomeMessage]
  /// Whom to call inside when something is odd: the post, its telephone and its telephone out of hours.
  package var phones: @Sendable (FacilityID) async throws -> [HomePhone]
  /// What the self-checks call on the director to decide, the most pressing first.
  package var decisions: @Sendable (FacilityID) async throws -> [Decision]
  /// Who is recorded as connected from outside now, the longest first.
  package var connected: @Sendable (Scope<ReadLedger>) async throws -> [HomeConnection]
  /// What vendors work on today, by time.
  package var works: @Sendable (Scope<ReadLedger>) async throws -> [HomeWork]
  /// How far each department is with what the self-checks ask of it now, those that are behind first.
  package var progress: @Sendable (FacilityID) async throws -> [HomeDepartment]
  /// The trainings that an account has to take, as duties of its own.
  package var ownTrainings: @Sendable (_ account: String, FacilityID) async throws -> [Duty]
  /// How far the people whom somebody answers for are with their trainings; nil where none is asked.
  package var staffTraining: @Sendable (Scope<ReadLedger>) async throws -> HomeStaffTraining?
  /// Trainings whose last day is near or over and that somebody still has to take.
  package var trainingsDue: @Sendable (FacilityID) async throws -> [HomeTraining]
  /// What a vendor's account may see of the hospital; nil where nobody has said whose it is.
  package var supplied: @Sendable (_ account: String, FacilityID) async throws -> HomeSupplier?
  /// What the records of somebody's departments show.
  package var departmentFacts: @Sendable (Scope<ReadLedger>) async throws -> [Fact]
  /// Records that a text finds, nearest first, only what the asker may read.
  package var search: @Sendable (String, WebRequest) async throws -> [SearchHit]
  /// The latest change sets, newest first.
  package var changes: @Sendable (Scope<ReadJournal>, Int) async throws -> [RecentChange]
  /// When the first-response pack was last printed, and by whom; nil where it never was.
  package var lastPrint: @Sendable (FacilityID) async throws -> (at: Instant, by: String)?
  /// Whether the facility has nothing recorded yet, so that the page starts with the first steps.
  package var isEmpty: @Sendable (FacilityID) async throws -> Bool

  package init(
    facts: @escaping @Sendable (FacilityID) async throws -> [Fact],
    standing: @escaping @Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty]),
    duties: @escaping @Sendable (WebRequest, FacilityID) async throws -> [Duty] = { _, _ in [] },
    board:
      @escaping @Sendable (WebRequest, FacilityID, [Duty]?, HomeReach, Int) async throws -> HomeBoard = {
        _,
        _,
        _,
        _,
        _ in
        HomeBoard()
      },
    messages: @escaping @Sendable (WebRequest, FacilityID) async throws -> [HomeMessage] = { _, _ in [] },
    phones: @escaping @Sendable (FacilityID) async throws -> [HomePhone] = { _ in [] },
    decisions: @escaping @Sendable (FacilityID) async throws -> [Decision] = { _ in [] },
    connected: @escaping @Sendable (Scope<ReadLedger>) async throws -> [HomeConnection] = { _ in [] },
    works: @escaping @Sendable (Scope<ReadLedger>) async throws -> [HomeWork] = { _ in [] },
    progress: @escaping @Sendable (FacilityID) async throws -> [HomeDepartment] = { _ in [] },
    ownTrainings: @escaping @Sendable (String, FacilityID) async throws -> [Duty] = { _, _ in [] },
    staffTraining: @escaping @Sendable (Scope<ReadLedger>) async throws -> HomeStaffTraining? = { _ in nil },
    trainingsDue: @escaping @Sendable (FacilityID) async throws -> [HomeTraining] = { _ in [] },
    supplied: @escaping @Sendable (String, FacilityID) async throws -> HomeSupplier? = { _, _ in nil },
    departmentFacts: @escaping @Sendable (Scope<ReadLedger>) async throws -> [Fact] = { _ in [] },
    search: @escaping @Sendable (String, WebRequest) async throws -> [SearchHit],
    changes: @escaping @Sendable (Scope<ReadJournal>, Int) async throws -> [RecentChange],
    lastPrint: @escaping @Sendable (FacilityID) async throws -> (at: Instant, by: String)? = { _ in nil },
    isEmpty: @escaping @Sendable (FacilityID) async throws -> Bool
  ) {
    self.facts = facts
    self.duties = duties
    self.board = board
    self.messages = messages
    self.phones = phones
    self.decisions = decisions
    self.connected = connected
    self.works = works
    self.progress = progress
    self.ownTrainings = ownTrainings
    self.staffTraining = staffTraining
    self.trainingsDue = trainingsDue
    self.supplied = supplied
    self.departmentFacts = departmentFacts
    self.standing = standing
    self.search = search
    self.changes = changes
    self.lastPrint = lastPrint
    self.isEmpty = isEmpty
  }
}

/// Whose duties are shown: one's own, all that one sees, or those of a role.
package enum HomeReach: Sendable, Hashable {
  case own, all
  case role(Role)
}

/// What there is to do at a glance.
package struct HomeBoard: Sendable {
  package var overdue: Int
  /// Due from today to seven days ahead.
  package var week: Int
  package var total: Int
  package var top: [Duty]

  package init(overdue: Int = 0, week: Int = 0, total: Int = 0, top: [Duty] = []) {
    self.overdue = overdue
    self.week = week
    self.total = total
    self.top = top
  }
}

/// A message to whoever looks at the first page.
package struct HomeMessage: Sendable, Hashable {
  package let title: Localized
  package let isUrgent: Bool
  package let at: Instant

  package init(title: Localized, isUrgent: Bool, at: Instant) {
    self.title = title
    self.isUrgent = isUrgent
    self.at = at
  }
}

/// A post inside the house and how it is reached.
package struct HomePhone: Sendable, Hashable {
  package let post: Localized
  package let phone: String
  package let nightPhone: String

  package init(post: Localized, phone: String, nightPhone: String) {
    self.post = post
    self.phone = phone
    self.nightPhone = nightPhone
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
