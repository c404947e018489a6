import Design
import Nouns
import Records
import Text
import Time

extension Organization {
  /// 規程を読んだ職員: how many with an account have confirmed every regulation in force that staff must read. Nothing
  /// where there is none to read.
  func reading(_ facility: FacilityID, _ needs: OrganizationNeeds?, at now: Instant) async throws -> Measured? {
    guard let needs else { return nil }
    let regulations = try await records.all(
      .regulation,
      ListQuery(filters: ["must_read": [.value("yes")]]),
      limit: 500,
      in: own(facility)
    ).records.filter { $0.date("effective_on").map { $0 <= now.day } ?? true }
    let staff = try await needs.accounts(facility).filter(\.isStaff)
    guard !regulations.isEmpty, !staff.isEmpty else { return nil }
    let confirmed = try await readings.all(facility)
    let open = staff.filter { account in
      regulations.contains { confirmed[account.id]?[$0.id]?.contains(ReadingRoutes.version($0)) != true }
    }
    let (left, all) = (open.count, staff.count)
    return Measured(
      fact: Fact(
        key: "organization.regulations.unread",
        facility: facility,
        label: Localized(ja: "規程を読み終えていない職員", en: "Staff who have not read the regulations"),
        value: left,
        population: all,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: left == 0
          ? Localized(
            ja: "アカウントのある職員\(all)人は、読むべき規程\(regulations.count)件をすべて読んだと確認しています。",
            en: "All \(all) staff with an account have confirmed the \(regulations.count) regulations to read."
          )
          : Localized(
            ja: "アカウントのある職員\(all)人のうち\(left)人は、読むべき規程\(regulations.count)件のどれかをまだ読んでいません。",
            en:
              "Of \(all) staff with an account, \(left.english("has", "have")) not confirmed all \(regulations.count) regulations to read."
          ),
        link: RecordPath.list(Kind.regulation.key, ListQuery(filters: ["must_read": [.value("yes")]])),
        isWorry: left > 0
      ),
      since: regulations.compactMap { $0.date("effective_on") ?? $0.createdAt.day }.max(),
      work: OrganizationMeasure.Work(
        owner: .safetyManager,
        days: 60,
        rank: 5,
        title: { Localized(ja: "規程を読んでもらう（残り\($0)人）", en: "Have the regulations read (\($0) people left)") },
        action: Localized(ja: "規程を見る", en: "See the regulations")
      )
    )
  }
}
