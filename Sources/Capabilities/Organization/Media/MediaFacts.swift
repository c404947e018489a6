import Design
import Nouns
import Text
import Time

extension Organization {
  /// 持ち出したまま期限の過ぎたもの: nothing while nothing is out.
  static func takenOut(_ open: OpenRequests, _ facility: FacilityID, at now: Instant) -> Measured? {
    let out = open.media.filter { $0.state == .approved }
    guard !out.isEmpty else { return nil }
    let late = out.filter { $0.isLate(on: now.day) }
    let (value, of) = (late.count, out.count)
    return Measured(
      fact: Fact(
        key: "organization.media.late",
        facility: facility,
        label: Localized(ja: "期限までに戻っていない持ち出し", en: "Data not back in time"),
        value: value,
        population: of,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: value == 0
          ? Localized(ja: "持ち出し中の\(of)件は、すべて期限内です。", en: "All \(of) media that are out are within their time.")
          : Localized(
            ja: "持ち出し中の\(of)件のうち\(value)件は、期限を過ぎても返却・消去の記録がありません。",
            en: "Of \(of) media that are out, \(value.english("is past its", "are past their")) last day."
          ),
        link: OrganizationPath.mediaRequests,
        records: late.map(\.id),
        isWorry: value > 0
      ),
      since: late.map(\.draft.until).min(),
      work: OrganizationMeasure.Work(
        owner: .safetyManager,
        days: 1,
        rank: 3,
        title: { Localized(ja: "期限の過ぎた持ち出しを確かめる（\($0)件）", en: "Look at data not back in time (\($0))") },
        action: Localized(ja: "持ち出しの一覧を見る", en: "See what is out")
      )
    )
  }

  /// 返却・消去まで記録した持ち出し: of what had to be back within a year. Nothing while nothing had to.
  static func broughtBack(_ open: OpenRequests, _ facility: FacilityID, at now: Instant) -> Measured? {
    let late = open.media.filter { $0.isLate(on: now.day) }
    let (value, of) = (open.returnedMedia, open.returnedMedia + late.count)
    guard of > 0 else { return nil }
    return Measured(
      fact: Fact(
        key: "organization.media.returned",
        facility: facility,
        label: Localized(ja: "返却・消去まで記録した持ち出し", en: "Data taken out and back on record"),
        value: value,
        population: of,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: Localized(
          ja: "この1年に戻るはずの持ち出し\(of)件のうち\(value)件は、申請、承認、返却・消去まで記録があります。",
          en:
            "Of \(of.english("request", "requests")) to take data out that ended within a year, \(value.english("has", "have")) approval and return or erasure on record."
        ),
        link: OrganizationPath.mediaRequests
      ),
      since: nil,
      work: nil
    )
  }

  /// Working days that somebody has to decide.
  static let decisionDays = 2

  /// Requests that wait: for the head of the department, or for the house where none is named.
  static func undecided(
    _ open: OpenRequests,
    today: LocalDate,
    workingDay: (LocalDate) -> LocalDate
  ) -> [Duty] {
    let waiting = open.media.filter { $0.state == .waiting }
    let groups = Dictionary(grouping: waiting, by: \.department).sorted { ($0.key ?? "") < ($1.key ?? "") }
    return groups.compactMap { department, requests in
      guard let first = requests.map(\.requestedAt.day).min() else { return nil }
      let due = workingDay(first.adding(days: decisionDays))
      var duty = Duty(
        id: "organization.media.waiting.\(department ?? "house")",
        title: Localized(
          ja: "持ち出しの申請を決める（\(requests.count)件）",
          en: "Decide on taking data out (\(requests.count))"
        ),
        owner: department == nil ? .safetyManager : .departmentHead,
        due: due,
        state: due < today ? .overdue : .open,
        reason: Localized(
          ja: "\(requests.prefix(3).map(\.name).joined(separator: "、"))\(requests.count > 3 ? "ほか" : "")からの申請が待っています。",
          en:
            "Asked by \(requests.prefix(3).map(\.name).joined(separator: ", "))\(requests.count > 3 ? " and others" : "")."
        ),
        link: OrganizationPath.mediaRequests,
        action: Localized(ja: "申請を見る", en: "See the requests"),
        rank: 2
      )
      duty.department = department
      return duty
    }
  }
}
