import Design
import Nouns
import Records
import SQL
import Text
import Time

/// One number that the organization's records prove, and the duty that follows where it is above zero.
struct OrganizationMeasure: Sendable {
  struct Work: Sendable {
    let owner: Role
    /// From the day of `since`, or where a record has none from the day it was last written.
    let days: Int
    let rank: Int
    let title: @Sendable (Int) -> Localized
    let action: Localized
  }

  let key: String
  let label: Localized
  let kind: Kind
  /// Which rows it speaks of, and which of them count.
  let population: SQL
  let condition: SQL
  let link: String
  let text: @Sendable (Int, Int) -> Localized
  let work: Work
  /// The columns whose day, so many days later, is when it became open: a term that ran out, not the day somebody entered it.
  var since: [Since] = []

  struct Since: Sendable {
    let column: String
    var days = 0
  }
}

extension OrganizationMeasure {
  /// When the oldest of the rows that count became open: `s` by the moment of its last change, `d0` and so on by its own
  /// days.
  var sinces: SQL {
    let none = since.map { since -> SQL in " AND (\(name: since.column) IS NULL OR \(name: since.column) = '?')" }
    let days = since.enumerated().map { index, since -> SQL in
      """
      , min(\(name: since.column)) FILTER (WHERE (\(condition)) AND \(name: since.column) <> '?') AS \(name: "d\(index)")
      """
    }
    return
      "min(updated_at) FILTER (WHERE (\(condition))\(none.joined(separator: ""))) AS s\(days.joined(separator: ""))"
  }

  /// The day from which the time to act runs, from a row with `sinces`; nil where nothing counts.
  func since(_ row: Row) throws -> LocalDate? {
    let days = try since.enumerated().compactMap { index, since in
      try row.optionalDate("d\(index)")?.adding(days: since.days)
    }
    return (days + [try row.optionalInstant("s")?.day].compactMap(\.self)).min()
  }

  private static func open(_ column: String) -> SQL { "(\(name: column) IS NULL OR \(name: column) = '?')" }

  private static func before(_ column: String, _ day: LocalDate) -> SQL {
    "(\(name: column) IS NOT NULL AND \(name: column) <> '?' AND \(name: column) < \(day.iso))"
  }

  static func all(today: LocalDate) -> [OrganizationMeasure] {
    posts(today) + papers(today) + forms + work(today) + [budget]
  }

  /// The director decides; whoever keeps the record then writes down what was granted.
  private static let budget = OrganizationMeasure(
    key: "organization.budget.undecided",
    label: Localized(ja: "決まっていない予算要求", en: "Budget requests not decided"),
    kind: .budgetItem,
    population: "name IS NOT NULL",
    condition: open("decided_on"),
    link: "/ledger/budget_item?f.decided_on=!",
    text: { value, of in
      value == 0
        ? Localized(ja: "予算要求\(of)件は、すべて決まっています。", en: "All \(of) budget requests are decided.")
        : Localized(
          ja: "予算要求\(of)件のうち\(value)件は、認めるかどうかが決まっていません。",
          en: "Of \(of) budget requests, \(value.english("is", "are")) neither granted nor refused."
        )
    },
    work: Work(
      owner: .director,
      days: 30,
      rank: 4,
      title: { Localized(ja: "予算要求を認めるか決める（\($0)件）", en: "Decide on budget requests (\($0))") },
      action: Localized(ja: "予算要求を見る", en: "See the requests")
    ),
    since: [Since(column: "requested_on")]
  )

  private static func posts(_ today: LocalDate) -> [OrganizationMeasure] {
    [
      OrganizationMeasure(
        key: "organization.posts.withoutDeputy",
        label: Localized(ja: "代行者のいない役割", en: "Posts without a deputy"),
        kind: .responsibility,
        population: "person IS NOT NULL",
        condition: "person IS NOT NULL AND \(open("deputy"))",
        link: OrganizationPath.chart,
        text: { value, of in
          Localized(
            ja: "担当者の決まっている\(of.things)の役割のうち\(value.things)には、不在のときに代わる人がいません。",
            en: "Of \(of) posts held, \(value.english("has", "have")) nobody to stand in."
          )
        },
        work: Work(
          owner: .safetyManager,
          days: 30,
          rank: 4,
          title: { Localized(ja: "代行者を決める（\($0)件）", en: "Name deputies (\($0))") },
          action: Localized(ja: "体制図を見る", en: "See the chart")
        )
      ),
      OrganizationMeasure(
        key: "organization.qualifications.expiring",
        label: Localized(ja: "期限の近い資格", en: "Qualifications about to expire"),
        kind: .qualification,
        population: "valid_until IS NOT NULL",
        condition: before("valid_until", today.adding(days: 90)),
        link: "/ledger/qualification?sort=valid_until",
        text: { value, of in
          Localized(
            ja: "期限のある資格\(of)件のうち\(value)件は、期限が過ぎたか90日以内に来ます。",
            en:
              "Of \(of) qualifications with a term, \(value.english("has expired or expires", "have expired or expire")) within 90 days."
          )
        },
        work: Work(
          owner: .safetyManager,
          days: 0,
          rank: 6,
          title: { Localized(ja: "資格の更新を確かめる（\($0)件）", en: "See to qualifications (\($0))") },
          action: Localized(ja: "資格を見る", en: "See them")
        ),
        since: [Since(column: "valid_until")]
      ),
    ]
  }

  private static func papers(_ today: LocalDate) -> [OrganizationMeasure] {
    let stale = today.adding(days: -ContactRoutes.verifiedDays)
    return [
      OrganizationMeasure(
        key: "organization.contacts.unverified",
        label: Localized(ja: "確かめていない連絡先", en: "Contacts not verified"),
        kind: .contact,
        population: "name IS NOT NULL",
        condition:
          "(\(open("verified_on")) OR \(before("verified_on", stale)) OR \(before("valid_until", today)))",
        link: OrganizationPath.verify,
        text: { value, of in
          Localized(
            ja: "外部連絡先\(of)件のうち\(value)件は、半年以内に番号を確かめていないか、有効期限が過ぎています。",
            en:
              "Of \(of) outside contacts, \(value.english("was not verified within half a year or is past its", "were not verified within half a year or are past their")) last day."
          )
        },
        work: Work(
          owner: .administrator,
          days: 30,
          rank: 3,
          title: { Localized(ja: "外部連絡先の番号を確かめる（\($0)件）", en: "Verify outside contacts (\($0))") },
          action: Localized(ja: "確かめる", en: "Verify")
        ),
        since: [Since(column: "verified_on", days: ContactRoutes.verifiedDays), Since(column: "valid_until")]
      )
    ]
  }

  private static let forms = [
    OrganizationMeasure(
      key: "organization.forms.withoutCopy",
      label: Localized(ja: "控えのない書類原本", en: "Form originals without an offline copy"),
      kind: .formOriginal,
      population: "name IS NOT NULL",
      condition: "(\(open("offline_place")) OR \(open("master_place")))",
      link: RecordPath.list(Kind.formOriginal.key),
      text: { value, of in
        Localized(
          ja: "書類原本\(of)件のうち\(value)件は、システムの外の控えか印刷用原版がありません。",
          en: "Of \(of) form originals, \(value.english("lacks", "lack")) an offline copy or a print master."
        )
      },
      work: Work(
        owner: .administrator,
        days: 30,
        rank: 5,
        title: { Localized(ja: "書類原本の控えを用意する（\($0)件）", en: "Make offline copies of forms (\($0))") },
        action: Localized(ja: "書類を見る", en: "See the forms")
      )
    ),
    OrganizationMeasure(
      key: "organization.forms.withoutFile",
      label: Localized(ja: "ファイルを預けていない書類原本", en: "Form originals without a file"),
      kind: .formOriginal,
      population: "name IS NOT NULL",
      condition: """
        NOT EXISTS (SELECT 1 FROM document_file d WHERE d.facility = form_original.facility
          AND d.kind = 'form_original' AND d.record = form_original.id)
        """,
      link: RecordPath.list(Kind.formOriginal.key),
      text: { value, of in
        value == 0
          ? Localized(ja: "書類原本\(of)件は、すべてファイルを預けてあります。", en: "Files of all \(of) form originals are kept here.")
          : Localized(
            ja: "書類原本\(of)件のうち\(value)件は、原本のファイルも印刷用原版も預けていません。",
            en:
              "Of \(of) form originals, \(value.english("has", "have")) neither the original file nor a print master here."
          )
      },
      work: Work(
        owner: .administrator,
        days: 60,
        rank: 6,
        title: { Localized(ja: "書類原本のファイルを預ける（\($0)件）", en: "Add the files of forms (\($0))") },
        action: Localized(ja: "書類を見る", en: "See the forms")
      )
    ),
  ]

  private static func work(_ today: LocalDate) -> [OrganizationMeasure] {
    [
      OrganizationMeasure(
        key: "organization.regulations.reviewDue",
        label: Localized(ja: "見直しの時期が来た規程", en: "Regulations due for review"),
        kind: .regulation,
        population: "name IS NOT NULL",
        condition: before("review_due_on", today.adding(days: 30)),
        link: "/ledger/regulation?sort=review_due_on",
        text: { value, of in
          Localized(
            ja: "規程\(of)件のうち\(value)件は、見直しの日が過ぎたか30日以内に来ます。",
            en: "Of \(of) regulations, \(value.english("is", "are")) due for review within 30 days or overdue."
          )
        },
        work: Work(
          owner: .safetyManager,
          days: 0,
          rank: 5,
          title: { Localized(ja: "規程を見直す（\($0)件）", en: "Review regulations (\($0))") },
          action: Localized(ja: "規程を見る", en: "See them")
        ),
        since: [Since(column: "review_due_on")]
      ),
      OrganizationMeasure(
        key: "organization.actions.overdue",
        label: Localized(ja: "期限を過ぎた宿題", en: "Overdue actions"),
        kind: .actionItem,
        population: "type = 'action' AND \(open("done_on"))",
        condition: "type = 'action' AND \(open("done_on")) AND \(before("due_on", today))",
        link: "/ledger/action_item?f.done_on=!&sort=due_on",
        text: { value, of in
          Localized(
            ja: "会議の宿題で終わっていない\(of)件のうち\(value)件は、期限を過ぎています。",
            en: "Of \(of) open actions, \(value.english("is", "are")) overdue."
          )
        },
        work: Work(
          owner: .safetyManager,
          days: 0,
          rank: 4,
          title: { Localized(ja: "会議の宿題を片付ける（\($0)件）", en: "Settle overdue actions (\($0))") },
          action: Localized(ja: "宿題を見る", en: "See the actions")
        ),
        since: [Since(column: "due_on")]
      ),
    ]
  }
}
