import Design
import Nouns
import Records
import SQL
import Text
import Time

/// What the organization's records prove, and what follows.
extension Organization {
  /// A fact, the day from which the time to act on it runs, and the duty it leads to.
  struct Measured: Sendable {
    let fact: Fact
    let since: LocalDate?
    let work: OrganizationMeasure.Work?
  }

  /// `open` is what waits, where it was read already.
  func measured(
    _ facility: FacilityID,
    _ needs: OrganizationNeeds? = nil,
    _ open: OpenRequests? = nil
  ) async throws -> [Measured] {
    let now = records.clock.now()
    let key = facility.rawValue
    let counted = try await records.database.read(.facility(key)) { tx in
      var all: [Measured] = []
      for measure in OrganizationMeasure.all(today: now.day) {
        let rows: SQL = "facility = \(key) AND archived_at IS NULL"
        guard
          let row = try tx.row(
            """
            SELECT count(*) FILTER (WHERE \(measure.condition)) AS v, count(*) FILTER (WHERE \(measure.population)) AS p,
              \(measure.sinces)
            FROM \(name: measure.kind.table) WHERE \(rows)
            """
          )
        else { continue }
        let value = try row.integer("v")
        let population = try row.integer("p")
        guard population > 0 else { continue }
        let ids =
          value == 0
          ? []
          : try tx.rows(
            "SELECT id FROM \(name: measure.kind.table) WHERE \(rows) AND (\(measure.condition)) ORDER BY id LIMIT 200"
          ).map { try $0.text("id") }
        all.append(
          Measured(
            fact: Fact(
              key: measure.key,
              facility: facility,
              label: measure.label,
              value: value,
              population: population,
              asOf: now,
              freshUntil: now.adding(days: 1),
              explanation: measure.text(value, population),
              link: measure.link,
              records: ids,
              isWorry: value > 0
            ),
            since: try measure.since(row),
            work: measure.work
          )
        )
      }
      all += [
        try Self.paper(facility, at: now, in: tx), try CommitteeFact.measured(facility, at: now, in: tx),
      ].compactMap(\.self)
      return all
    }
    return counted
      + [
        try await chain(facility, at: now), try await cuts(facility, at: now), try await unseen(facility, at: now),
        try await reading(facility, needs, at: now), try await budget(facility, needs, at: now),
      ].compactMap(\.self)
      + (try await requests(open, facility, needs, at: now))
  }

  /// What people asked for and is not settled.
  private func requests(
    _ open: OpenRequests?,
    _ facility: FacilityID,
    _ needs: OrganizationNeeds?,
    at now: Instant
  ) async throws -> [Measured] {
    let read: OpenRequests
    if let open { read = open } else { read = try await openRequests(facility, needs) }
    return [
      Self.takenOut(read, facility, at: now), Self.broughtBack(read, facility, at: now),
      Self.unreported(read, facility, at: now), Self.confirmed(read, facility, at: now),
    ].compactMap(\.self)
      + (try await trained(read.training, facility, at: now))
  }

  /// 初動パックの最終印刷: how old the paper is. Nothing while the hospital has not begun with it.
  private static func paper(_ facility: FacilityID, at now: Instant, in tx: any Transaction) throws -> Measured? {
    let key = facility.rawValue
    let last = try PaperStore.last(.response, key, in: tx)
    let hasBegun = try tx.count("SELECT count(*) FROM responsibility WHERE facility = \(key)") > 0
    guard last != nil || hasBegun else { return nil }
    let days = last.map { now.day.days(since: $0.at.day) }
    let isOld = days.map { $0 > ResponseRoutes.freshDays } ?? true
    return Measured(
      fact: Fact(
        key: "organization.response.printed",
        facility: facility,
        label: Localized(ja: "初動パックの最終印刷から", en: "Days since the first-response pack was printed"),
        value: days ?? Fact.never,
        unit: .days,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: last.map { print in
          Localized(
            ja: "紙の初動パックは\(print.at.day.era())に\(print.by)さんが印刷しました。未決定は\(print.openPoints)件でした。",
            en: "The pack was printed on \(print.at.day.english) by \(print.by) with \(print.openPoints) points open."
          )
        }
          ?? Localized(
            ja: "紙の初動パックをまだ一度も印刷していません。攻撃を受けると、この画面は見られません。",
            en: "The pack was never printed. In an attack this page cannot be seen."
          ),
        link: OrganizationPath.response,
        isWorry: isOld
      ),
      since: isOld ? last.map { $0.at.day.adding(days: ResponseRoutes.freshDays) } ?? now.day : nil,
      work: isOld
        ? OrganizationMeasure.Work(
          owner: .administrator,
          days: 7,
          rank: 2,
          title: { _ in Localized(ja: "紙の初動パックを印刷する", en: "Print the first-response pack") },
          action: Localized(ja: "印刷する", en: "Print it")
        ) : nil
    )
  }

  /// Posts of the chain that nobody holds.
  private func chain(_ facility: FacilityID, at now: Instant) async throws -> Measured? {
    let chart = try await records.all(.responsibility, limit: 2_000, in: own(facility))
    let posts = ChartReading.posts(chart.records, chart.titles, today: now.day)
    guard posts.contains(where: { $0.record != nil }) else { return nil }
    let open = posts.filter(\.isOpen)
    // A post that nobody recorded is open since the hospital began with its chart; another since its term ended, or since
    // its holder was taken out.
    let begun = chart.records.map(\.createdAt.day).min()
    let since = open.compactMap { post -> LocalDate? in
      guard let record = chart.records.first(where: { $0.id == post.record }) else { return begun }
      return record.date("until").flatMap { $0 < now.day ? $0 : nil } ?? record.updatedAt.day
    }.min()
    return Measured(
      fact: Fact(
        key: "organization.posts.open",
        facility: facility,
        label: Localized(ja: "担当者の決まっていない役割", en: "Posts nobody holds"),
        value: open.count,
        population: posts.count,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: open.isEmpty
          ? Localized(ja: "責任の体制の\(posts.count.things)の役割には、すべて担当者がいます。", en: "All \(posts.count) posts are held.")
          : Localized(
            ja: "責任の体制のうち、担当者のいない役割があります：\(open.map(\.role.label.ja).joined(separator: "、"))。",
            en: "Nobody holds: \(open.map(\.role.label.en).joined(separator: ", "))."
          ),
        link: OrganizationPath.chart,
        records: open.compactMap(\.record),
        isWorry: !open.isEmpty
      ),
      since: since,
      work: OrganizationMeasure.Work(
        owner: .director,
        days: 30,
        rank: 3,
        title: { Localized(ja: "責任の体制の担当者を決める（\($0)件）", en: "Fill open posts (\($0))") },
        action: Localized(ja: "体制図を見る", en: "See the chart")
      )
    )
  }

  /// Steps of the disconnection order that no second person approved as they read today. The journal decides, so that a
  /// step which was changed after its approval is open again.
  private func cuts(_ facility: FacilityID, at now: Instant) async throws -> Measured? {
    let steps = try await records.all(.cutStep, limit: 500, in: own(facility)).records
    guard !steps.isEmpty else { return nil }
    let approvals = try await CutApproval.read(steps, records, facility)
    let open = steps.filter { !CutApproval.holds($0, approvals[$0.id]) }
    let (value, of) = (open.count, steps.count)
    return Measured(
      fact: Fact(
        key: "organization.cuts.unapproved",
        facility: facility,
        label: Localized(ja: "承認されていない切り離しの手順", en: "Disconnection steps not approved"),
        value: value,
        population: of,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: value == 0
          ? Localized(
            ja: "切り離しの手順\(of)件は、すべて別の人が承認しています。",
            en: "A second person approved all \(of) disconnection steps."
          )
          : Localized(
            ja: "切り離しの手順\(of)件のうち\(value)件は、別の人の承認がないか、承認のあとで変わりました。紙には「未決定」と出ます。",
            en:
              "Of \(of) disconnection steps, \(value.english("lacks a second person's approval or changed after it, and prints", "lack a second person's approval or changed after it, and print")) as undecided."
          ),
        link: OrganizationPath.cutOrder,
        records: open.map(\.id),
        isWorry: value > 0
      ),
      since: open.map(\.updatedAt.day).min(),
      work: OrganizationMeasure.Work(
        owner: .safetyManager,
        days: 14,
        rank: 2,
        title: { Localized(ja: "切り離しの順序を承認する（\($0)件）", en: "Approve the disconnection order (\($0))") },
        action: Localized(ja: "手順を見る", en: "See the steps")
      )
    )
  }

  /// Reports of problems that nobody has looked at.
  private func unseen(_ facility: FacilityID, at now: Instant) async throws -> Measured? {
    let unseen = try await reports.unseen(facility)
    return Measured(
      fact: Fact(
        key: "organization.reports.unseen",
        facility: facility,
        label: Localized(ja: "まだ見ていない異常の知らせ", en: "Reports of problems not looked at"),
        value: unseen.count,
        asOf: now,
        freshUntil: now.adding(seconds: 300),
        explanation: unseen.count == 0
          ? Localized(ja: "届いた異常の知らせは、すべて見ています。", en: "Every report has been looked at.")
          : Localized(ja: "\(unseen.count)件の異常の知らせが、まだ見られていません。", en: "\(unseen.count) reports wait to be looked at."),
        link: OrganizationPath.reports,
        needs: .handleReports,
        isWorry: unseen.count > 0
      ),
      since: unseen.oldest?.day,
      work: OrganizationMeasure.Work(
        owner: .administrator,
        days: 0,
        rank: 0,
        title: { Localized(ja: "異常の知らせを見る（\($0)件）", en: "Look at reports of problems (\($0))") },
        action: Localized(ja: "見る", en: "Look")
      )
    )
  }

  // MARK: Duties

  package func duties(_ facility: FacilityID, _ needs: OrganizationNeeds) async throws -> [Duty] {
    let open = try await openRequests(facility, needs)
    return try await duties(facility, needs, try await measured(facility, needs, open), open)
  }

  func duties(
    _ facility: FacilityID,
    _ needs: OrganizationNeeds,
    _ measured: [Measured],
    _ open: OpenRequests
  ) async throws -> [Duty] {
    let today = records.clock.now().day
    let own = measured.compactMap { measured -> Duty? in
      guard let work = measured.work, measured.fact.value > 0 else { return nil }
      let due = needs.workingDay((measured.since ?? today).adding(days: work.days))
      return Duty(
        id: measured.fact.key,
        title: work.title(measured.fact.value),
        owner: work.owner,
        due: due,
        state: due < today ? .overdue : .open,
        reason: measured.fact.explanation,
        link: measured.fact.link,
        action: work.action,
        rank: work.rank
      )
    }
    return own + (try await leaving(facility, needs, today))
      + Self.undecided(open, today: today, workingDay: needs.workingDay)
      + Self.workDuties(open, today: today, workingDay: needs.workingDay)
      + (try await trainingDuties(open.training, facility, needs, today: today))
  }
}
