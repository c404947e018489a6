import Assessment
import Identity
import Nouns
import Text
import Time

/// The monthly questions to the departments, answered by most of them, and last month's internal audit, of which one
/// finding is still open.
struct DemoPolls: Sendable {
  let house: House
  let facility: FacilityID
  let administrator: Actor

  private func scope<P: Permit>(_ permit: P.Type = P.self) -> Scope<P> {
    .operatorOf(facility, as: administrator, request: house.ids.next())
  }

  /// Last month: the audit begins, and the departments are asked from then on.
  func begin() async throws {
    try await audit()
    try await ask()
    try await answer()
  }

  private var assessment: Assessment { house.assessment }
  private var today: LocalDate { house.clock.now().day }

  // MARK: Departments

  /// Asks the departments, every month from now on.
  private func ask() async throws {
    guard let source = Questionnaires.source(Questionnaires.departments) else { return }
    _ = try await assessment.openSurvey(
      title: "部門への問いかけ",
      source: source,
      file: Questionnaires.departments,
      naming: .named,
      cycle: .month,
      due: nil,
      population: nil,
      asking: .all(.departments),
      in: scope()
    )
  }

  /// Of thirty departments, who says no to which question: the cloud services are the sore point.
  private static let denials = ["web-use": 5, "cloud-use": 3, "mail-protection": 6, "report-contact": 4]

  /// What most departments answer in the month it is.
  func answer() async throws {
    let polls = assessment.surveys
    for survey in try await polls.all(facility) {
      for (number, respondent) in try await polls.respondents(survey).enumerated() where number % 10 != 7 {
        let invitation = try await polls.invitation(respondent.token)
        var answers = SurveyAnswers(count: survey.questionnaire.columns.count)
        for question in survey.questionnaire.questions where question.kind == .yesNo {
          guard let column = survey.questionnaire.column(question.key) else { continue }
          answers[column] = Self.denials[question.key].map { number % $0 == 0 } ?? false ? "no" : "yes"
        }
        if let column = survey.questionnaire.column("remarks"), number % 9 == 2 {
          answers[column] = ["夜勤の時間帯に、だれに電話すればよいか分からない。", "翻訳サイトを使ってよいか決めてほしい。", "共用の端末でUSBを使う場面がある。"][number / 9 % 3]
        }
        try await polls.send(answers, invitation, by: respondent.name)
      }
    }
  }

  // MARK: The audit

  private static let seen: [(words: String, result: SampledItem.Result, evidence: String, note: String)] = [
    ("退職者", .conforms, "人事の名簿と、電子カルテの利用者一覧を突き合わせた。", ""),
    ("セキュリティパッチ", .minor, "部門サーバ3台の更新の記録を見た。", "1台に、半年前からの更新が当たっていない。"),
    ("接続元を制限", .observation, "保守用VPNの設定の写しを見た。", "制限の理由と期限が記録されていない接続元が1つある。"),
  ]

  /// An audit of the yearly form by somebody from outside: three items chosen and two drawn, one not as it should be.
  private func audit() async throws {
    var plan = AuditStore.Plan()
    plan.name = "情報セキュリティ内部監査"
    plan.purpose = "立入検査の前に、点検表の答えと記録が合っているかを確かめる。"
    plan.startsOn = today
    plan.endsOn = today.adding(days: 45)
    plan.scope = try await assessment.auditScope("mhlw-hospital-r8", round: nil, facility)
    guard plan.scope != nil else { return }
    let id = try await assessment.audits.plan(plan, in: scope()).id
    _ = try await assessment.audits.addAuditor(
      id,
      account: nil,
      name: "堀 健一",
      organisation: "横浜監査法人",
      in: scope()
    )
    let items = try await assessment.auditItems(try await assessment.audits.find(id, facility), facility)
    let seen = Self.seen.compactMap { seen in items.first { $0.title.contains(seen.words) }.map { ($0, seen) } }
    guard !seen.isEmpty else { return }
    _ = try await assessment.audits.pick(id, seen.map(\.0), from: items, in: scope())
    _ = try await assessment.drawAudit(id, count: 2, seed: "2026", in: scope())
    let audit = try await assessment.audits.find(id, facility)
    guard let auditor = audit.auditors.first?.id else { return }
    for (item, seen) in seen {
      guard let sample = audit.sample.first(where: { $0.item == item.key }) else { continue }
      var outcome = AuditStore.Outcome()
      outcome.auditor = auditor
      (outcome.result, outcome.seen, outcome.note) = (seen.result, seen.evidence, seen.note)
      _ = try await assessment.audits.record(outcome, sample.id, of: id, in: scope())
    }
    guard let finding = try await assessment.audits.find(id, facility).findings.first else { return }
    var action = AuditStore.Action()
    action.cause = "止められる時間が決まっておらず、業者が当てる日を約束できなかった。"
    action.action = "四半期に1回の保守の日を年間予定に入れ、当てた記録を台帳に残す。"
    action.owner = try await house.identity.accounts(in: scope(ManageUsers.self)).first.map { ($0.id, $0.name) }
    action.dueOn = today.adding(days: 60)
    _ = try await assessment.audits.plan(action, finding.id, of: id, in: scope())
  }
}
