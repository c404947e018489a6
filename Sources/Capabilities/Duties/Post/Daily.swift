import Jobs
import Nouns
import SQL
import Text
import Time

// What is done once a day for each facility: telling deputies and managers of what is overdue, and the summaries by mail.
extension Duties {
  package static let dailyKind = "duties.daily"

  var dailyJob: JobKind {
    JobKind(
      name: Self.dailyKind,
      title: Localized(ja: "やることの見回り", en: "Daily look at what is to do"),
      keepDays: 7
    ) { context in
      let result = try await daily(FacilityID(rawValue: context.facility))
      return JobOutcome(
        message: Localized(
          ja: "期限を過ぎた\(result.escalated)件を代理や責任者に知らせ、まとめのメールを\(result.digests)通用意しました。",
          en: "\(result.escalated) overdue escalated, \(result.digests) summaries made ready."
        )
      )
    }
  }

  /// Whether the day's look is still to be done: after the set hour, once.
  func isDailyDue(_ facility: FacilityID) async throws -> Bool {
    let now = clock.now()
    let hour = try await relay(facility)?.digestHour ?? 8
    guard now.timeOfDay.hour >= hour else { return false }
    return try await database.read(.facility(facility.rawValue)) { tx in
      try tx.row("SELECT day FROM duty_day WHERE facility = \(facility.rawValue) AND day = \(now.day)") == nil
    }
  }

  /// May be run as often as one likes: what was told or mailed already is not again.
  @discardableResult
  func daily(_ facility: FacilityID) async throws -> (escalated: Int, digests: Int) {
    let now = clock.now()
    let everyone = DutyReader(account: "", grants: [], seesAll: true)
    let duties = try await list(everyone, facility)
    let people = try await needs.people(facility)
    let escalated = try await escalate(duties, people, facility)
    // On days off nobody reads a summary; what is urgent goes at once all the same.
    let hasRelay = try await relay(facility) != nil
    let digests = calendar.isWorkingDay(now.day) && hasRelay ? try await digest(duties, people, facility) : 0
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run(
        """
        INSERT INTO duty_day (facility, day, at) VALUES (\(facility.rawValue), \(now.day), \(now))
        ON CONFLICT (facility, day) DO NOTHING
        """
      )
    }
    try await needs.order(Self.postKind, facility)
    return (escalated, digests)
  }

  /// One message to each person and step, however many duties reached it today.
  private func escalate(_ duties: [Duty], _ people: [DutyPerson], _ facility: FacilityID) async throws -> Int {
    let now = clock.now()
    let today = now.day
    let reached = duties.flatMap { duty in
      Escalation.standard.reached(duty, on: today).map { (duty: duty, step: $0.step, role: $0.role) }
    }
    guard !reached.isEmpty else { return 0 }
    return try await database.write(.facility(facility.rawValue)) { tx in
      var fresh: [String: [(duty: Duty, step: Escalation.Step, role: Role)]] = [:]
      var count = 0
      for item in reached {
        let inserted = try tx.run(
          """
          INSERT INTO duty_escalation (facility, duty, due, step, at)
          VALUES (\(facility.rawValue), \(item.duty.id), \(item.duty.due), \(item.step.key), \(now))
          ON CONFLICT (facility, duty, due, step) DO NOTHING
          """
        )
        guard inserted == 1 else { continue }
        count += 1
        fresh["\(item.step.key)/\(item.role.rawValue)", default: []].append(item)
        try note(
          .escalated,
          item.duty.id,
          item.duty.due,
          facility,
          .system,
          tx,
          text: item.role.rawValue
        )
      }
      for (key, items) in fresh.sorted(by: { $0.key < $1.key }) {
        guard let first = items.first else { continue }
        for person in people where person.holds(first.role) {
          try deliver(Self.escalation(items.map(\.duty), first.step, key, person, today), facility, tx)
        }
      }
      return count
    }
  }

  private static func escalation(
    _ duties: [Duty],
    _ step: Escalation.Step,
    _ key: String,
    _ person: DutyPerson,
    _ today: LocalDate
  ) -> InboxMessage.Draft {
    let names = duties.prefix(10).map { $0.title.ja }.joined(separator: "、")
    let english = duties.prefix(10).map { $0.title.en }.joined(separator: ", ")
    let rest = duties.count > 10 ? Localized(ja: "ほか\(duties.count - 10)件", en: " and \(duties.count - 10) more") : nil
    return InboxMessage.Draft(
      account: person.account,
      origin: "escalation/\(key)/\(today.iso)",
      title: Localized(
        ja: "期限を\(step.after)日以上過ぎた「やること」があります（\(duties.count)件）",
        en: "\(duties.count) to do overdue by \(step.after) days or more"
      ),
      text: Localized(ja: names + (rest?.ja ?? ""), en: english + (rest?.en ?? "")),
      link: duties.count == 1 ? duties[0].link : "/duties",
      isUrgent: step.isUrgent
    )
  }

  /// At most one summary a person and day: the key of `mail_digest` sees to it, in the transaction that puts the letter
  /// in line.
  private func digest(_ duties: [Duty], _ people: [DutyPerson], _ facility: FacilityID) async throws -> Int {
    let now = clock.now()
    let today = now.day
    let wishes = try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT account, address, wants_digest, wants_urgent FROM mail_wish
        WHERE facility = \(facility.rawValue) AND wants_digest AND address <> ''
        """
      ).map(MailWish.init)
    }
    let byAccount = Dictionary(people.map { ($0.account, $0) }, uniquingKeysWith: { first, _ in first })
    let pressing = duties.filter { $0.due <= today.adding(days: 7) }
    var count = 0
    for wish in wishes {
      guard let person = byAccount[wish.account] else { continue }
      let reader = DutyReader(account: person.account, grants: person.grants, seesAll: false)
      let own = pressing.filter(reader.owns)
      let isNew = try await database.write(.facility(facility.rawValue)) { tx -> Bool in
        let fresh = try tx.rows(
          """
          SELECT title_ja FROM inbox_message WHERE facility = \(facility.rawValue) AND account = \(wish.account)
            AND read_at IS NULL AND at > \(now.adding(days: -3)) ORDER BY id DESC LIMIT 50
          """
        ).map { try $0.text("title_ja") }
        guard !own.isEmpty || !fresh.isEmpty else { return false }
        let inserted = try tx.run(
          """
          INSERT INTO mail_digest (facility, account, day, at)
          VALUES (\(facility.rawValue), \(wish.account), \(today), \(now))
          ON CONFLICT (facility, account, day) DO NOTHING
          """
        )
        guard inserted == 1 else { return false }
        let text = MailText.digest(own, fresh, today: today, address: try mailAddress(facility, tx))
        try post(to: wish.account, wish.address, subject: text.subject, body: text.body, facility, tx)
        return true
      }
      if isNew { count += 1 }
    }
    return count
  }

  // MARK: Facts

  /// Whether mails are stuck, so that a silent inbox is not taken for a quiet day.
  package func facts(_ facility: FacilityID) async throws -> [Fact] {
    let now = clock.now()
    let stuck = try await database.read(.facility(facility.rawValue)) { tx in
      try tx.count(
        """
        SELECT count(*) FROM mail_out WHERE facility = \(facility.rawValue) AND (state IN ('failed', 'unknown')
          OR (state = 'waiting' AND created_at < \(now.adding(seconds: -3600))))
        """
      )
    }
    return [
      Fact(
        key: "duties.mail.stuck",
        facility: facility,
        label: Localized(ja: "送れていないメール", en: "Mails not sent"),
        value: stuck,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: Localized(
          ja: "1時間以上送れていない、または届いたか分からないメールの数です。設定のメールの画面で理由を確かめられます。",
          en: "Mails that have waited for more than an hour, or of which nobody knows whether they arrived."
        ),
        link: "/settings/mail",
        needs: .manageSettings,
        isWorry: true
      )
    ]
  }
}
