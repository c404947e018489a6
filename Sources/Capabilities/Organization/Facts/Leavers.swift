import Nouns
import Records
import SQL
import Text
import Time

/// Who leaves soon, or left lately, and still answers for something.
struct Leaver: Sendable, Hashable {
  let id: String
  let name: String
  let lastDay: LocalDate
  /// Records that name them, by any field of any kind.
  let holdings: Int
  let accounts: Int
}

extension Organization {
  /// Leavers are told of this many days before their last day, and for as long after it.
  static let noticeDays = 45
  static let mostDuties = 20

  /// Whether a record that names somebody is theirs to hand over: what they were taught goes with them.
  static func isHeld(_ kind: Kind) -> Bool { kind != .trainingAttendance }

  func leavers(_ facility: FacilityID, _ needs: OrganizationNeeds, _ today: LocalDate) async throws -> [Leaver] {
    let key = facility.rawValue
    let pointing = records.catalogue.fields(pointingTo: Kind.person.key).filter { Self.isHeld($0.0) }
    let found = try await records.database.read(.facility(key)) { tx -> [(Leaving, Int)] in
      let people = try tx.rows(
        """
        SELECT id, name, user_name, staff_number, left_on FROM person
        WHERE facility = \(key) AND archived_at IS NULL AND left_on IS NOT NULL AND left_on <> '?'
          AND left_on >= \(today.adding(days: -Self.noticeDays).iso) AND left_on <= \(today.adding(days: Self.noticeDays).iso)
        ORDER BY left_on, id LIMIT 500
        """
      ).compactMap { row -> Leaving? in
        guard let day = try row.optionalDate("left_on") else { return nil }
        return Leaving(
          id: try row.text("id"),
          name: try row.text("name"),
          signsInAs: try row.optionalText("user_name") ?? row.optionalText("staff_number"),
          lastDay: day
        )
      }
      guard !people.isEmpty else { return [] }
      var counts: [String: Int] = [:]
      for (kind, field) in pointing {
        for row in try tx.rows(
          """
          SELECT \(name: field.key + "_id") AS person, count(*) AS n FROM \(name: kind.table)
          WHERE facility = \(key) AND \(name: field.key + "_id") IN (\(list: people.map(\.id))) AND archived_at IS NULL
          GROUP BY \(name: field.key + "_id")
          """
        ) { counts[try row.text("person"), default: 0] += try row.integer("n") }
      }
      return people.map { ($0, counts[$0.id] ?? 0) }
    }
    guard !found.isEmpty else { return [] }
    let accounts = try await needs.accounts(facility)
    return found.map { person, holdings in
      Leaver(
        id: person.id,
        name: person.name,
        lastDay: person.lastDay,
        holdings: holdings,
        accounts: accounts.count(where: person.holds)
      )
    }
  }

  /// Whoever leaves, as the roster knows them.
  private struct Leaving {
    let id: String
    let name: String
    let signsInAs: String?
    let lastDay: LocalDate

    /// By the user name, and by the shown name as well: an account too many in the list is better than one left open.
    func holds(_ account: OrganizationAccount) -> Bool {
      if let signsInAs, account.userName.lowercased() == signsInAs.lowercased() { return true }
      return Fold.key(account.name) == Fold.key(name)
    }
  }

  /// One duty for each leaver who still answers for something, before the last day; beyond a screenful one for all.
  func leaving(_ facility: FacilityID, _ needs: OrganizationNeeds, _ today: LocalDate) async throws -> [Duty] {
    let open = try await leavers(facility, needs, today).filter { $0.holdings + $0.accounts > 0 }
    if open.count > Self.mostDuties, let first = open.map(\.lastDay).min() {
      return [
        Duty(
          id: "organization.leavers",
          title: Localized(ja: "退職する\(open.count)名の受け持ちを引き継ぐ", en: "Hand over what \(open.count) leavers answer for"),
          owner: .administrator,
          due: first,
          state: first < today ? .overdue : .open,
          reason: Localized(
            ja: "退職する人が受け持つ機器・システム・役割・アカウントが残っています。",
            en: "Leavers still answer for devices, systems, posts or accounts."
          ),
          link: "/ledger/person?sort=-left_on",
          action: Localized(ja: "職員を見る", en: "See the people"),
          rank: 2
        )
      ]
    }
    return open.map { leaver in
      Duty(
        id: "organization.leaver.\(leaver.id)",
        title: Localized(ja: "\(leaver.name)さんの受け持ちを引き継ぐ", en: "Hand over what \(leaver.name) answers for"),
        owner: .administrator,
        due: leaver.lastDay,
        state: leaver.lastDay < today ? .overdue : .open,
        reason: Localized(
          ja: "最後の勤務日は\(leaver.lastDay.era())です。受け持ち\(leaver.holdings)件、アカウント\(leaver.accounts)件が残っています。",
          en:
            "The last day is \(leaver.lastDay.english); \(leaver.holdings) records and \(leaver.accounts) accounts are left."
        ),
        link: OrganizationPath.handOver(leaver.id),
        action: Localized(ja: "引き継ぎを見る", en: "See the list"),
        rank: 2
      )
    }
  }
}
