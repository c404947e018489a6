import Text
import Time

/// A statement computed from records: what they prove, how fresh, with links.
package struct Fact: Sendable, Hashable {
  /// Stable, dotted: `ledger.connections.unknown`.
  package let key: String
  package let facility: FacilityID
  package let label: Localized
  package let value: Int
  /// Of how many the value speaks, nil where there is no whole.
  package let population: Int?
  package let unit: Unit
  package let asOf: Instant
  /// Until when the fact may be relied on.
  package let freshUntil: Instant
  package let explanation: Localized
  /// Where the records are: a page's address.
  package let link: String
  /// What it takes to open that page; the fact itself is for all who read facts.
  package let needs: Permission
  /// Ids of the records behind the value: all of them, or the first where whoever counted did not read them all.
  package let records: [String]
  /// How many records are behind the value, those among them that are not in `records`.
  package let recordCount: Int
  /// Whether a value above zero is something wrong.
  package let isWorry: Bool

  /// What the value counts.
  package enum Unit: Sendable, Hashable {
    case records
    case days
  }

  /// Stands for days where it never happened, so that it is older than any limit.
  package static let never = 9_999

  package init(
    key: String,
    facility: FacilityID,
    label: Localized,
    value: Int,
    population: Int? = nil,
    unit: Unit = .records,
    asOf: Instant,
    freshUntil: Instant,
    explanation: Localized,
    link: String,
    needs: Permission = .readLedger,
    records: [String] = [],
    recordCount: Int? = nil,
    isWorry: Bool = false
  ) {
    self.key = key
    self.facility = facility
    self.label = label
    self.value = value
    self.population = population
    self.unit = unit
    self.asOf = asOf
    self.freshUntil = freshUntil
    self.explanation = explanation
    self.link = link
    self.needs = needs
    self.records = records
    self.recordCount = max(recordCount ?? 0, records.count)
    self.isWorry = isWorry
  }

  /// At most this many records are listed of a fact.
  package static let mostListed = 200

  /// Those that are listed where the fact is told; `recordCount` says how many there are.
  package var listed: [String] { Array(records.prefix(Self.mostListed)) }
}

/// Something somebody must do: who, by when, why, and where to press.
package struct Duty: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable { case open, overdue, done }

  /// Stable for the same thing to do: `ledger.connections.unknown`.
  package let id: String
  package let title: Localized
  /// The role that owns it.
  package let owner: Role
  package let due: LocalDate
  package let state: State
  package let reason: Localized
  package let link: String
  /// The button's words.
  package let action: Localized
  /// 0 is the most urgent among those of one due date.
  package let rank: Int
  /// The account of the one person who owns it, nil where the whole role does.
  package var person: String?
  /// The department it is about, nil for the whole facility.
  package var department: String?
  /// The role that is told first when it is overdue.
  package var deputy: Role?
  /// The role that is told when it is overdue for longer, nil for the rule of the pack.
  package var escalateTo: Role?
  /// When it comes again once it is done.
  package var recurrence: Recurrence?
  /// Whether a person says that it is done; what is computed from records goes when the records say so.
  package var isByHand = false

  package init(
    id: String,
    title: Localized,
    owner: Role,
    due: LocalDate,
    state: State,
    reason: Localized,
    link: String,
    action: Localized,
    rank: Int = 5
  ) {
    self.id = id
    self.title = title
    self.owner = owner
    self.due = due
    self.state = state
    self.reason = reason
    self.link = link
    self.action = action
    self.rank = rank
  }
}

/// Something for the director to decide, why, and where its records are.
package struct Decision: Sendable, Hashable {
  package let title: Localized
  /// What the records say, with numbers.
  package let reason: Localized
  /// Where the records are: a page's address.
  package let link: String

  package init(title: Localized, reason: Localized, link: String) {
    self.title = title
    self.reason = reason
    self.link = link
  }
}
