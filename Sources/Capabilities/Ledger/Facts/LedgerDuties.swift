import Nouns
import Text
import Time

/// What follows from the facts: who must do what, by when. Pure: the same facts on the same day always give the same
/// duties. The time runs from the day the oldest record concerned was entered, so that what is left lying becomes overdue;
/// steady work on the ledger is due at the end of each month.
package struct LedgerDuties: Sendable {
  /// The device ledger is stale when nobody changed it for this long.
  package static let staleDays = 90

  package let today: LocalDate
  /// The working day on or after a day.
  package let workingDay: @Sendable (LocalDate) -> LocalDate

  package init(today: LocalDate, workingDay: @escaping @Sendable (LocalDate) -> LocalDate) {
    self.today = today
    self.workingDay = workingDay
  }

  package func duties(_ facts: [MeasuredFact]) -> [Duty] {
    let byKey = Dictionary(facts.map { ($0.fact.key, $0) }, uniquingKeysWith: { first, _ in first })
    return Self.rules.compactMap { rule in byKey[rule.fact].flatMap { duty(rule, $0) } }
      .sorted { ($0.due, $0.rank, $0.id) < ($1.due, $1.rank, $1.id) }
  }

  private func duty(_ rule: Rule, _ measured: MeasuredFact) -> Duty? {
    let fact = measured.fact
    guard fact.value > rule.above else { return nil }
    let due = workingDay(rule.isMonthly ? endOfMonth : (measured.since ?? today).adding(days: rule.days))
    return Duty(
      id: rule.fact,
      title: rule.title(fact.value),
      owner: rule.owner,
      due: due,
      state: due < today ? .overdue : .open,
      reason: fact.explanation,
      link: fact.link,
      action: rule.action,
      rank: rule.rank
    )
  }

  private var endOfMonth: LocalDate {
    let (year, month, _) = today.parts
    return LocalDate(year: year, month: month, day: LocalDate.days(inMonth: month, of: year)) ?? today
  }

  struct Rule: Sendable {
    let fact: String
    let owner: Role
    /// How many days there are to do it.
    let days: Int
    let rank: Int
    let title: @Sendable (Int) -> Localized
    let action: Localized
    /// The value up to which nothing is to do.
    var above = 0
    /// Steady work on the ledger: each month anew, however old the records are.
    var isMonthly = false
  }

  static let rules =
    [
      Rule(
        fact: "ledger.connections.unknown",
        owner: .administrator,
        days: 7,
        rank: 0,
        title: { Localized(ja: "分からない外部接続を確かめる（\($0)件）", en: "Find out about unknown connections (\($0))") },
        action: Localized(ja: "心配な順に見る", en: "See the worst first")
      ),
      Rule(
        fact: "ledger.connections.unrestricted",
        owner: .administrator,
        days: 14,
        rank: 1,
        title: { Localized(ja: "外部接続の接続元を制限する（\($0)件）", en: "Restrict who may connect (\($0))") },
        action: Localized(ja: "制限のない接続を見る", en: "See open connections")
      ),
      Rule(
        fact: "ledger.connections.weakAuthentication",
        owner: .administrator,
        days: 14,
        rank: 1,
        title: { Localized(ja: "共通ID・認証なしの外部接続を改める（\($0)件）", en: "Replace shared IDs and open doors (\($0))") },
        action: Localized(ja: "該当する接続を見る", en: "See the connections")
      ),
      Rule(
        fact: "ledger.connections.unsupported",
        owner: .administrator,
        days: 14,
        rank: 1,
        title: { Localized(ja: "サポートの終わった接点の機器を更新する（\($0)件）", en: "Update unsupported boundary devices (\($0))") },
        action: Localized(ja: "心配な順に見る", en: "See the worst first")
      ),
      Rule(
        fact: "ledger.sightings.unlisted",
        owner: .administrator,
        days: 14,
        rank: 2,
        title: { Localized(ja: "台帳にない機器を確かめる（\($0)件）", en: "Settle devices found and not listed (\($0))") },
        action: Localized(ja: "見つかった機器を見る", en: "See what was found")
      ),
      Rule(
        fact: "ledger.assets.duplicates",
        owner: .administrator,
        days: 30,
        rank: 4,
        title: { Localized(ja: "重複した機器を片付ける（\($0)台）", en: "Settle duplicate devices (\($0))") },
        action: Localized(ja: "重複を見る", en: "See duplicates")
      ),
      Rule(
        fact: "ledger.connections.unconfirmed",
        owner: .administrator,
        days: 30,
        rank: 3,
        title: {
          Localized(ja: "1年以上確認していない外部接続を確かめる（\($0)件）", en: "Confirm connections not looked at for a year (\($0))")
        },
        action: Localized(ja: "確認する接続を見る", en: "See the connections"),
        isMonthly: true
      ),
      Rule(
        fact: "ledger.assets.ownerLeft",
        owner: .administrator,
        days: 14,
        rank: 3,
        title: { Localized(ja: "退職者が管理者の機器を引き継ぐ（\($0)台）", en: "Hand over devices of people who left (\($0))") },
        action: Localized(ja: "機器を見る", en: "See the devices")
      ),
      Rule(
        fact: "ledger.vendors.withoutContact",
        owner: .administrator,
        days: 30,
        rank: 5,
        title: { Localized(ja: "事業者の連絡先をそろえる（\($0)社）", en: "Complete vendor contacts (\($0))") },
        action: Localized(ja: "事業者を見る", en: "See vendors"),
        isMonthly: true
      ),
      Rule(
        fact: "ledger.assets.missing",
        owner: .administrator,
        days: 14,
        rank: 3,
        title: { Localized(ja: "所在の分からない機器を探す（\($0)台）", en: "Look for missing devices (\($0))") },
        action: Localized(ja: "機器を見る", en: "See the devices")
      ),
      Rule(
        fact: "ledger.assets.endOfSupport",
        owner: .safetyManager,
        days: 60,
        rank: 4,
        title: { Localized(ja: "サポートの終わった機器の扱いを決める（\($0)台）", en: "Decide about devices past support (\($0))") },
        action: Localized(ja: "機器を見る", en: "See the devices"),
        isMonthly: true
      ),
      Rule(
        fact: "ledger.assets.incomplete",
        owner: .administrator,
        days: 30,
        rank: 6,
        title: { Localized(ja: "機器台帳の空いている大事な項目を埋める（\($0)台）", en: "Fill essential fields of devices (\($0))") },
        action: Localized(ja: "足りない項目を見る", en: "See what is missing"),
        isMonthly: true
      ),
      Rule(
        fact: "ledger.assets.age",
        owner: .administrator,
        days: staleDays,
        rank: 6,
        title: { Localized(ja: "機器台帳を見直す（\($0)日間更新なし）", en: "Review the device ledger (unchanged for \($0) days)") },
        action: Localized(ja: "変更の記録を見る", en: "See changes"),
        above: staleDays - 1
      ),
    ] + contractRules + lifeRules
}
