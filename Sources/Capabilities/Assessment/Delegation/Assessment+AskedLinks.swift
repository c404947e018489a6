import Nouns
import Text
import Time

extension Assessment {
  /// What one department or vendor is asked for in a round.
  package struct AskedParty: Sendable {
    package let whom: String
    package let name: String
    let round: Round
    let year: FiscalYear
    let roundName: Localized
    package let lines: [AskedItem]
    /// What was said by the link, saved or sent, by the key of the item.
    let replies: [String: AskedReply]
    /// Official wording by the key of the item, where the facility loaded the official form.
    let wording: [String: String]
    package let link: AskedLink?

    /// The last day on which answers are due.
    var due: LocalDate? { lines.map(\.assignment.due).max() }

    /// The last day on which its link opens the items; nil where it has none.
    package var lastDay: LocalDate? { link.map(lastDay) }

    func lastDay(_ link: AskedLink) -> LocalDate { link.lastDay(due: due ?? link.madeAt.day, in: year) }

    var place: AskedLinkStore.Place {
      AskedLinkStore.Place(checklist: round.checklist, period: round.period, whom: whom, name: name)
    }

    /// What nobody has answered since it was asked for, as a form.
    var open: Checklist { round.checklist.only(Set(lines.filter { !$0.isAnswered }.map(\.item.key))) }

    /// What was said by the link, as a form has it.
    var stored: [String: VendorForm.Answer] {
      replies.mapValues { reply in
        VendorForm.Answer(
          answer: reply.answer,
          answeredAt: reply.savedAt,
          answeredBy: reply.respondent,
          version: reply.version
        )
      }
    }
  }

  /// Nil where whoever it is, is asked for nothing in the round; `period` nil for that of today.
  package func party(
    _ whom: String,
    _ checklist: Checklist,
    period: String? = nil,
    _ facility: FacilityID
  ) async throws -> AskedParty? {
    let period = try await known(period, of: checklist, facility)
    let lines = try await assigned(checklist, period: period, facility).filter { $0.assignment.whom == whom }
    guard let name = lines.first?.assignment.name else { return nil }
    let round = try await rounds.round(checklist, period, facility)
    let start = try await schedule.fiscalYearStart(facility)
    return AskedParty(
      whom: whom,
      name: name,
      round: round,
      year: round.year(startMonth: start),
      roundName: round.name(startMonth: start),
      lines: lines,
      replies: Dictionary(
        lines.compactMap { line in line.said.map { (line.item.key, $0) } },
        uniquingKeysWith: { first, _ in first }
      ),
      wording: try await officialForms.loaded(checklist, facility)?.wording ?? [:],
      link: try await askedLinks.links(checklist.id, period, facility).first { $0.whom == whom }
    )
  }

  /// What whoever is asked for an item sent by a link; nil where nothing came.
  func sent(_ assignment: Assignment, _ round: Round, _ facility: FacilityID) async throws -> AskedReply? {
    try await askedLinks.replies(round.checklist, round.period, facility).first {
      $0.item == assignment.item && $0.whom == assignment.whom && $0.sentAt != nil
    }?.standing(assignment, round.answers[assignment.item])
  }

  /// Makes the link of a department or a vendor. Its address is told here and nowhere else; one that was there opens nothing
  /// any more. Throws `AnswerProblems` where nothing is left to answer, where its time is over, or where a person is asked, and
  /// `RoundConflict.locked`.
  package func makeLink(
    for whom: String,
    _ checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws -> (party: AskedParty, link: HandedLink) {
    var problems = AnswerProblems()
    guard whom.hasPrefix("d:") || whom.hasPrefix("v:") else {
      problems.add(
        "whom",
        "リンクは部門と事業者にだけ作れます。人は自分のアカウントで答えます。",
        "Links are for departments and vendors. A person answers with an account."
      )
      throw problems
    }
    guard let party = try await party(whom, checklist, period: period, scope.facility) else {
      problems.add("whom", "頼んでいる項目がありません。先に項目を頼んでください。", "Nothing is asked there. Ask for items first.")
      throw problems
    }
    guard party.round.lockedAt == nil else { throw RoundConflict.locked }
    guard !party.open.items.isEmpty else {
      problems.add(
        "whom",
        "頼んだ項目には、すべて答えがあります。もう一度答えてもらうときは、項目を頼み直してください。",
        "Everything that is asked there is answered. To have it answered anew, ask for the items again."
      )
      throw problems
    }
    guard party.year.last >= today else {
      problems.add(
        "whom",
        "\(party.year.eraLabel)は終わっているため、リンクでは答えられません。",
        "\(party.year.english) is over, so that no link works for it."
      )
      throw problems
    }
    let made = try await askedLinks.make(party.place, in: scope)
    let link = HandedLink(
      address: AskedLinkRoutes.path(made.token),
      lastDay: party.lastDay(made.link)
    )
    return (party, link)
  }

  /// The link of a department or a vendor opens nothing any more; what came by it stays. Answers whether there was one.
  package func endLink(
    of whom: String,
    _ checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws -> Bool {
    let period = try await known(period, of: checklist, scope.facility)
    let name = try await people(scope.facility).first { $0.key == whom }?.name ?? whom
    let place = AskedLinkStore.Place(checklist: checklist, period: period, whom: whom, name: name)
    return try await askedLinks.end(place, in: scope)
  }

  /// Makes what came by a link the hospital's answer, as it stood when it was looked at; `reason` says why it differs from
  /// what the records say. Throws `AnswerProblems` and `RoundConflict`: what was answered since it was asked for is not
  /// replaced.
  package func take(
    _ key: String,
    version: Int,
    reason: String = "",
    of checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let period = try await known(period, of: checklist, scope.facility)
    let line = try await assigned(checklist, period: period, scope.facility).first { $0.item.key == key }
    guard let line, let sent = line.reply else {
      var problems = AnswerProblems()
      problems.add("version", "この項目に、リンクから届いた答えはありません。", "Nothing came by a link for this item.")
      throw problems
    }
    guard sent.version == version else { throw RoundConflict.answered }
    var draft = AnswerDraft(sent.value)
    draft.reason = reason
    draft.remarks = sent.remarks
    draft.target = sent.target
    draft.checkedOn = sent.savedAt.day
    draft.version = line.before?.version
    try await answer(
      draft,
      key,
      of: checklist,
      period: period,
      reply: line.assignment.vendor == nil ? nil : VendorReply(.terminal, sent.respondent, on: sent.savedAt.day),
      taking: sent,
      in: scope
    )
  }
}
