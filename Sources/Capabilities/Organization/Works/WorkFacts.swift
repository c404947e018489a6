import Design
import Nouns
import Records
import SQL
import Text
import Time

/// What waits for somebody: requests to take data out, requests for work, trainings, read once for facts and duties.
struct OpenRequests: Sendable {
  var media: [MediaRequest] = []
  /// Of the last year: what came back, and what had to.
  var returnedMedia = 0
  var works: [WorkRequest] = []
  /// Work of the last year that was finished with a confirmed report.
  var finishedWorks = 0
  /// Nil where no training of this fiscal year is recorded.
  var training: TrainingStanding?

  /// How much work of the last year has had its day, whatever became of it.
  func worksOver(at now: Instant) -> Int {
    works.count { $0.owesReport(at: now) || $0.state == .reported } + finishedWorks
  }
}

extension Organization {
  func openRequests(_ facility: FacilityID, _ needs: OrganizationNeeds?) async throws -> OpenRequests {
    let (key, today) = (facility.rawValue, records.clock.now().day)
    let training = try await trainingStanding(facility, needs)
    return try await records.database.read(.facility(key)) { tx in
      let works = try WorkStore.open(key, since: today.adding(days: -Self.workYear), in: tx)
      return OpenRequests(
        media: try MediaStore.open(key, in: tx),
        returnedMedia: try MediaStore.returned(key, since: today.adding(days: -Self.workYear), in: tx),
        works: works.open,
        finishedWorks: works.finished,
        training: training
      )
    }
  }

  private static let workYear = 365
  /// Days in which a report is to be asked for, and looked at.
  static let reportDays = 3

  /// 報告のない保守作業: nothing while no approved work has had its day.
  static func unreported(_ open: OpenRequests, _ facility: FacilityID, at now: Instant) -> Measured? {
    let owing = open.works.filter { $0.owesReport(at: now) }
    let of = open.worksOver(at: now)
    guard of > 0 else { return nil }
    let value = owing.count
    return Measured(
      fact: Fact(
        key: "organization.works.unreported",
        facility: facility,
        label: Localized(ja: "報告のない保守作業", en: "Work by vendors not reported"),
        value: value,
        population: of,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: value == 0
          ? Localized(
            ja: "この1年に終わった保守作業\(of)件は、すべて報告を受けています。",
            en: of == 1 ? "The one piece of work is reported." : "All \(of) pieces of work are reported."
          )
          : Localized(
            ja: "予定の時刻を過ぎた保守作業\(of)件のうち\(value)件は、事業者の報告がありません。",
            en: "Of \(of) pieces of work whose time is over, \(value.english("is", "are")) not reported."
          ),
        link: OrganizationPath.works,
        records: owing.map(\.id),
        isWorry: value > 0
      ),
      since: owing.map(\.lastDay).min(),
      work: OrganizationMeasure.Work(
        owner: .administrator,
        days: reportDays,
        rank: 4,
        title: { Localized(ja: "保守作業の報告をもらう（\($0)件）", en: "Get reports of work (\($0))") },
        action: Localized(ja: "作業を見る", en: "See the work")
      )
    )
  }

  /// 確かめを終えた保守作業: of the work whose time is over, how much was asked for, approved, reported and looked at.
  static func confirmed(_ open: OpenRequests, _ facility: FacilityID, at now: Instant) -> Measured? {
    let (value, of) = (open.finishedWorks, open.worksOver(at: now))
    guard of > 0 else { return nil }
    return Measured(
      fact: Fact(
        key: "organization.works.confirmed",
        facility: facility,
        label: Localized(ja: "結果まで確かめた保守作業", en: "Work by vendors that was checked"),
        value: value,
        population: of,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: Localized(
          ja: "この1年に予定の時刻を過ぎた保守作業\(of)件のうち\(value)件は、申請、承認、報告、結果の確認まで記録があります。",
          en:
            "Of \(of.english("piece", "pieces")) of work whose time was over within a year, \(value.english("has", "have")) request, approval, report and check on record."
        ),
        link: OrganizationPath.works
      ),
      since: nil,
      work: nil
    )
  }

  /// Requests that wait for a decision, and reports that nobody has looked at.
  static func workDuties(
    _ open: OpenRequests,
    today: LocalDate,
    workingDay: (LocalDate) -> LocalDate
  ) -> [Duty] {
    let waiting = open.works.filter { $0.state == .waiting }
    let reported = open.works.filter { $0.state == .reported }
    return [
      duty(
        "waiting",
        waiting,
        // By the day of the work at the latest.
        due: waiting.map { min($0.draft.day, workingDay($0.row.updatedAt.day.adding(days: decisionDays))) }.min(),
        today: today,
        Localized(ja: "作業申請を決める（\(waiting.count)件）", en: "Decide on work by vendors (\(waiting.count))"),
        rank: 2
      ),
      duty(
        "reported",
        reported,
        due: reported.map { workingDay(($0.moment("reported_at")?.day ?? today).adding(days: reportDays)) }.min(),
        today: today,
        Localized(ja: "作業報告を確かめる（\(reported.count)件）", en: "Look at reports of work (\(reported.count))"),
        rank: 4
      ),
    ].compactMap(\.self)
  }

  private static func duty(
    _ key: String,
    _ works: [WorkRequest],
    due: LocalDate?,
    today: LocalDate,
    _ title: Localized,
    rank: Int
  ) -> Duty? {
    guard let due, let first = works.first else { return nil }
    let names = works.prefix(3).map(\.vendorName)
    let rest = works.count > 3
    return Duty(
      id: "organization.works.\(key)",
      title: title,
      owner: .administrator,
      due: due,
      state: due < today ? .overdue : .open,
      reason: Localized(
        ja: "\(names.joined(separator: "、"))\(rest ? "ほか" : "")の作業です。",
        en: "Work by \(names.joined(separator: ", "))\(rest ? " and others" : "")."
      ),
      link: works.count == 1 ? OrganizationPath.work(first.id) : OrganizationPath.works,
      action: works.count == 1
        ? Localized(ja: "内容を見る", en: "See it") : Localized(ja: "一覧を見る", en: "See the list"),
      rank: rank
    )
  }
}
