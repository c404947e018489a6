import Nouns
import Text
import Time

extension Assessment {
  /// What is asked of somebody: by when, and with which word.
  package struct Errand: Sendable {
    /// `d:` and the id of a department, `p:` and that of an account, or `v:` and that of a vendor.
    package var whom: String
    /// In a week where nothing is said.
    package var due: LocalDate?
    package var note: String

    package init(whom: String, due: LocalDate? = nil, note: String = "") {
      self.whom = whom
      self.due = due
      self.note = note
    }

    static let longestNote = 500
    /// Days that somebody has where nothing is said.
    static let usualDays = 7
  }

  /// Whom somebody means by a name or an id: a department, a person or a vendor. Throws `AnswerProblems` where it is none or
  /// several.
  package func whom(_ name: String, _ facility: FacilityID) async throws -> String {
    let found = try await people(facility).filter { $0.name == name || $0.key.dropFirst(2) == name }
    guard found.count == 1 else {
      var problems = AnswerProblems()
      problems.add(
        "whom",
        found.isEmpty
          ? "「\(name)」という部門も人も事業者もいません。" : "「\(name)」は\(found.count.things)あります。番号で指定してください。",
        found.isEmpty
          ? "There is no department, person or vendor “\(name)”." : "“\(name)” is \(found.count) of them. Give the id."
      )
      throw problems
    }
    return found[0].key
  }

  /// Who is asked for what in a round, and which of it is answered.
  package struct AskedItem: Sendable {
    package let item: ChecklistItem
    package let assignment: Assignment
    /// What stands as the answer, given before or since it was asked for.
    package let answer: GivenAnswer?
    /// What was said by a link since, saved or sent; nil where nothing was.
    let said: AskedReply?

    /// Whether it was answered since it was asked for.
    package var isAnswered: Bool { assignment.isAnswered(by: answer) }

    /// The answer from before, which stands until what is asked for comes.
    package var before: GivenAnswer? { isAnswered ? nil : answer }

    /// What was sent by it.
    package var reply: AskedReply? { said?.sentAt == nil ? nil : said }

    /// Whether something was sent that nobody has made the hospital's answer.
    var hasArrived: Bool { !isAnswered && reply != nil }
  }

  /// In the order of the checklist, without what the answers so far do not ask; `period` nil for the round of today.
  package func assigned(
    _ checklist: Checklist,
    period: String? = nil,
    _ facility: FacilityID
  ) async throws -> [AskedItem] {
    let period = try await known(period, of: checklist, facility)
    let found = Dictionary(
      try await delegation.assignments(checklist.id, period, facility).map { ($0.item, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    guard !found.isEmpty else { return [] }
    let round = try await rounds.round(checklist, period, facility)
    let replies = try await askedLinks.replies(checklist, period, facility)
    return round.asked.compactMap { item in
      found[item.key].map { assignment in
        let answer = round.answers[item.key]
        let said = replies.first { $0.item == item.key && $0.whom == assignment.whom }
        return AskedItem(item: item, assignment: assignment, answer: answer, said: said?.standing(assignment, answer))
      }
    }
  }

  /// Asks a department, a person or a vendor for the answers to items, all of them or none. Throws `AnswerProblems` and
  /// `RoundConflict.locked`.
  package func assign(
    _ keys: [String],
    _ errand: Errand,
    of checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws -> [Assignment] {
    let period = try await known(period, of: checklist, scope.facility)
    var problems = AnswerProblems()
    let items = keys.compactMap { checklist[$0] }
    if let missing = keys.first(where: { checklist[$0] == nil }) {
      problems.add("items", "「\(missing)」という項目はこの点検表にありません。", "This checklist has no item “\(missing)”.")
    } else if items.isEmpty {
      problems.add("items", "頼む項目を選んでください。", "Choose the items to ask for.")
    } else {
      // Nobody could answer what is not asked.
      let asked = Set(try await rounds.round(checklist, period, scope.facility).asked.map(\.key))
      for item in items where !asked.contains(item.key) { problems.add(notAskedNow: item, of: checklist) }
    }
    let chosen = try await people(scope.facility).first { $0.key == errand.whom }
    if chosen == nil {
      problems.add("whom", "頼む相手を、部門、人、事業者から選んでください。", "Choose a department, a person or a vendor to ask.")
    }
    let due = errand.due ?? today.adding(days: Errand.usualDays)
    if due < today { problems.add("due", "期限は今日より後の日にしてください。", "The date lies in the past. Choose today or later.") }
    if errand.note.count > Errand.longestNote {
      problems.add(
        "note",
        "ひとことは\(Errand.longestNote)文字以内で入力してください。",
        "At most \(Errand.longestNote) characters."
      )
    }
    guard problems.list.isEmpty, let chosen else { throw problems }
    let id = String(errand.whom.dropFirst(2))
    let all = items.map { item in
      let assignment = Assignment(
        pack: checklist.id,
        period: period,
        item: item.key,
        department: errand.whom.hasPrefix("d:") ? id : nil,
        person: errand.whom.hasPrefix("p:") ? id : nil,
        vendor: errand.whom.hasPrefix("v:") ? id : nil,
        name: chosen.name,
        due: due,
        note: errand.note,
        assignedBy: scope.actor.name
      )
      return (assignment: assignment, item: item)
    }
    try await delegation.assign(all, of: checklist, in: scope)
    return all.map(\.assignment)
  }

  /// Nobody is asked for this item any more. Answers whether somebody was.
  package func withdraw(
    _ item: ChecklistItem,
    of checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws -> Bool {
    try await delegation.unassign(checklist, known(period, of: checklist, scope.facility), item, in: scope)
  }

  /// Whom a round was reminded of, and whom nobody can reach.
  package struct Reminding: Sendable {
    package let reminded: [Assignment]
    /// Asked of a department in which nobody has an account that sees it, or of a person without one, and without a link:
    /// nobody was reminded.
    package let unreached: [Assignment]

    /// The names of those whom nobody can reach, each once.
    package var unreachedNames: [String] {
      unreached.map(\.name).reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }

    /// Whom nobody can reach, and what to do about it; nil where everybody is reached.
    package var warning: Localized? {
      guard !unreached.isEmpty else { return nil }
      let names = unreachedNames
      return Localized(
        ja: "\(names.joined(separator: "、"))には、アカウントのある人もリンクもないため、督促できませんでした。リンクを作って渡すか、ほかの相手に頼んでください。",
        en:
          "Not reminded, as nobody there has an account and there is no link: \(names.joined(separator: ", ")). Make a link and hand it over, or ask somebody else."
      )
    }
  }

  /// Reminds whoever is asked and has not answered, with one message each: of these items, of all where `keys` is nil. That
  /// a vendor or a department with a link alone was reminded is only noted, for no message reaches it. Throws
  /// `RoundConflict.locked`.
  package func remind(
    _ keys: Set<String>? = nil,
    of checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws -> Reminding {
    let period = try await known(period, of: checklist, scope.facility)
    let lines = try await assigned(checklist, period: period, scope.facility)
    let reached = try await reachable(lines, checklist, period, scope.facility)
    // What was sent waits for the hospital.
    let open = lines.filter { !$0.isAnswered && !$0.hasArrived && (keys?.contains($0.item.key) ?? true) }
    let (within, beyond) = (
      open.filter { reached.contains($0.assignment.whom) || $0.assignment.vendor != nil },
      open.filter { !reached.contains($0.assignment.whom) && $0.assignment.vendor == nil }
    )
    let reminded = try await delegation.remind(Set(within.map(\.item.key)), of: checklist, period, in: scope)
    let byAsked = Dictionary(grouping: reminded.filter { $0.vendor == nil }, by: \.whom)
    let notices = byAsked.sorted { $0.key < $1.key }.compactMap { _, all in
      Self.notice(all, checklist, period, by: scope.actor.name, origin: rounds.ids.next())
    }
    if !notices.isEmpty { try await needs.tell(notices, scope.facility) }
    return Reminding(reminded: reminded, unreached: beyond.map(\.assignment))
  }

  /// Those inside whom a message or a link that still works reaches, as `Assignment.whom` has them.
  private func reachable(
    _ lines: [AskedItem],
    _ checklist: Checklist,
    _ period: String,
    _ facility: FacilityID
  ) async throws -> Set<String> {
    let start = try await schedule.fiscalYearStart(facility)
    let year = try await rounds.round(checklist, period, facility).year(startMonth: start)
    let links = try await askedLinks.links(checklist.id, period, facility).filter { link in
      let due = lines.map(\.assignment).filter { $0.whom == link.whom }.map(\.due).max()
      return due.map { link.lastDay(due: $0, in: year) >= today } ?? false
    }
    return Set(
      try await needs.answering(facility).map { "d:\($0)" } + needs.people(facility).map { "p:\($0.id)" }
        + links.map(\.whom)
    )
  }

  private static func notice(
    _ all: [Assignment],
    _ checklist: Checklist,
    _ period: String,
    by name: String,
    origin: String
  ) -> AssessmentNeeds.Notice? {
    guard let first = all.min(by: { $0.due < $1.due }), let item = checklist[first.item] else { return nil }
    let more = all.count - 1
    return AssessmentNeeds.Notice(
      department: first.department,
      person: first.person,
      origin: "assessment.reminder.\(origin)",
      title: Localized(ja: "点検の項目に答えてください（督促）", en: "Reminder: answer an item of a check"),
      text: Localized(
        ja:
          "\(name)さんから：「\(checklist.title.ja)」の \(item.name.ja)\(more > 0 ? " ほか\(more)項目" : "")。期限は\(first.due.slashed)です。",
        en:
          "From \(name): \(item.name.en)\(more > 0 ? " and \(more) more" : "") of “\(checklist.title.en)”, by \(first.due.iso)."
      ),
      link: more > 0
        ? AssessmentPath.round(checklist.id, period) : AssessmentPath.item(checklist.id, first.item, period)
    )
  }

  /// The round that is meant: that of today where none is named.
  func known(_ period: String?, of checklist: Checklist, _ facility: FacilityID) async throws -> String {
    if let period { return period }
    return checklist.period(on: today, fiscalYearStart: try await schedule.fiscalYearStart(facility))
  }
}
