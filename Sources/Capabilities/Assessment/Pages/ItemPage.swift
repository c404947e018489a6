import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/assess/:pack/items/:item`: what is asked, what the records say, and the answer.
struct ItemPage {
  let standing: Assessment.Standing
  let line: ItemStanding
  /// What was typed, where it was not kept.
  let typed: WebForm?
  let problems: AnswerProblems
  let request: WebRequest
  /// What people settled about it, and whom it can be given to.
  var talk = DelegationStore.Talk()
  /// What came by the link of whoever is asked for it.
  var reply: AskedReply?
  var people: [(key: String, name: String)] = []
  /// Whether the reader was asked for the answer.
  var isAsked = false
  var past = Past()
  /// Whether somebody else answered while this was typed: their answer stands beside it, and sending again replaces it.
  var isOvertaken = false
  /// What was typed to ask somebody, where it was not kept.
  var asking: WebForm?
  /// What was typed to attach evidence, where it was not kept.
  var attaching: WebForm?

  /// What was answered to the same before.
  struct Past {
    /// Where the earlier answer was given.
    var source: Localized?
    /// What was said in other checklists: to be read, never to be carried over.
    var elsewhere: [(answer: EarlierAnswer, value: AnswerValue, source: Localized)] = []
  }

  private var round: Round { standing.round }
  private var checklist: Checklist { round.checklist }
  private var item: ChecklistItem { line.item }
  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var mayAnswer: Bool { (request.may(.answerChecks) || isAsked) && round.lockedAt == nil }
  /// Where answer and evidence go: whoever was only asked has an address of their own.
  private var address: String {
    request.may(.answerChecks)
      ? AssessmentPath.item(checklist.id, item.key, round.period)
      : AssessmentPath.asked(checklist.id, item.key, round.period)
  }

  var response: WebResponse {
    let errors = problems.errors(language)
    return .page(
      Page(
        "\(item.name[language])　\(item.text[language])",
        lead: HTML(
          text: standing.wording[item.key].map { say("公式の文：\($0)", "Official wording: \($0)") }
            ?? standing.heading(language)
        ),
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(checklist.name[language], AssessmentPath.round(checklist.id, round.period)),
        ],
        errors: errors,
        main:
          "\(condition)\(warning)\(objections)\(records)\(earlier)\(elsewhere)\(overtaken)\(mayAnswer ? form(errors) : given)\(evidence)\(talking)\(measure)"
      ),
      current: "assessment.list",
      status: isOvertaken ? 409 : nil
    )
  }

  /// What somebody else has answered in between.
  private var overtaken: HTML {
    guard isOvertaken, mayAnswer, let answer = line.answer else { return .empty }
    let words = say(
      "\(answer.answeredBy)さんが\(request.dates.time(answer.answeredAt))に保存した答えは次のとおりです。あなたの入力は下に残っています。もう一度保存すると、この答えを置き換えます。",
      "\(answer.answeredBy) saved this answer at \(request.dates.time(answer.answeredAt)). What you typed is still below; saving again replaces the answer."
    )
    return Banner(.info, words, detail: KeyValues(givenLines(answer)).html).html(language)
  }

  private var condition: HTML {
    guard let when = checklist.condition(item) else { return .empty }
    return "<p class=\"note\">\(say("\(when.ja)に尋ねる項目です。", "Asked \(when.en)."))</p>"
  }

  private var warning: HTML {
    switch line.state {
    case .contradicted where !line.isBeyondRecords: .empty
    case .contradicted:
      Banner(.warning, line.answer.map { contradiction($0.latest) } ?? "").html(language)
    case .moved:
      Banner(
        .warning,
        say(
          "答えたときは「\(line.answer?.suggested?.label.ja ?? "")」を示していた記録が、いまは「\(line.suggestion.answer?.label.ja ?? "")」を示しています。",
          "When this was answered the records said “\(line.answer?.suggested?.label.en ?? "")”; now they say “\(line.suggestion.answer?.label.en ?? "")”."
        )
      ).html(language)
    case .open, .suggested, .answered: .empty
    }
  }

  private func contradiction(_ answer: AnswerValue) -> String {
    let why = line.suggestion.contradiction(of: answer)
    return say(
      "答えは「\(answer.label.ja)」ですが、\(why.ja)",
      "The answer is “\(answer.label.en)”. \(why.en)"
    )
  }

  /// A vendor's no beside the hospital's answer.
  private var objections: HTML {
    guard !line.objections.isEmpty, let asked = Checklists.vendors(of: checklist) else { return .empty }
    let vendors = line.objections.map { objection -> HTML in
      let note: HTML? = objection.remarks.isEmpty ? nil : "<span class=\"sub\">\(objection.remarks)</span>"
      let address = AssessmentPath.vendor(asked.id, objection.vendor, round.period)
      return "<li><a href=\"\(address)\">\(objection.vendorName)</a>\(note)</li>"
    }
    let title =
      line.isObjected
      ? say("「はい」と答えていますが、事業者は「いいえ」と答えています", "The answer is yes, but a vendor says no")
      : say("「いいえ」と答えた事業者", "Vendors that say no")
    return Banner(line.isObjected ? .warning : .info, title, detail: "<ul>\(vendors.joined())</ul>").html(language)
  }

  // MARK: Evidence

  private var records: HTML {
    let chip: HTML =
      line.suggestion.answer.map { AnswerChips.answer($0, goal: checklist.goal, language).html }
      ?? Chip(say("記録からは分からない", "The records cannot tell"), .grey).html
    let facts = list(line.suggestion.facts)
    let beside: HTML =
      line.suggestion.beside.isEmpty
      ? .empty
      : """
      <details\(line.suggestion.facts.isEmpty ? " open" : "")><summary>\(say("あわせて見る記録", "Other records of this topic"))\
      （\(line.suggestion.beside.count.grouped)）</summary><p class="note">\(say("これらだけでは答えは決まりません。", "These alone decide no answer."))</p>\
      \(list(line.suggestion.beside))</details>
      """
    return """
      <section><h2>\(say("記録が示すこと", "What the records show"))</h2>\
      <p>\(chip) \(line.suggestion.reason[language])</p>\(facts)\(beside)</section>
      """
  }

  /// Facts with their figures and ages, each linked to the list behind it.
  private func list(_ facts: [Fact]) -> HTML {
    let lines = facts.map { fact -> HTML in
      let number = fact.figure[language]
      let name: HTML =
        request.may(fact.needs) ? "<a href=\"\(fact.link)\">\(fact.label[language])</a>" : "\(fact.label[language])"
      return """
        <li>\(name) <span class="nb">\(number)</span><span class="sub">\(DateText.html(request.dates.brief(fact.asOf, today: request.now.day), machine: fact.asOf.iso))\
        \(say("時点", ""))\(fact.recordCount == 0 ? "" : say("、記録\(fact.recordCount.grouped)件", ", \(fact.recordCount.grouped) records"))</span></li>
        """
    }
    return lines.isEmpty ? .empty : "<ul class=\"log\">\(lines.joined())</ul>"
  }

  private var talking: HTML {
    TalkView(
      talk: talk,
      line: line,
      address: AssessmentPath.item(checklist.id, item.key, round.period),
      people: people,
      isLocked: round.lockedAt != nil,
      reply: reply,
      typed: asking,
      errors: asking == nil ? [] : problems.errors(language),
      request: request
    ).html
  }

  private var evidence: HTML {
    AttachmentView(
      attachments: line.attachments,
      address: address,
      today: request.now.day,
      mayChange: mayAnswer,
      mayRemove: request.may(.answerChecks),
      typed: attaching,
      problems: problems,
      request: request
    ).html
  }

  private var earlier: HTML {
    guard let earlier = line.earlier else { return .empty }
    let chip = AnswerChips.answer(earlier.value, of: item, goal: checklist.goal, language)
    return """
      <section><h2>\(say("前の答え", "Earlier answer"))</h2><p>\(said(earlier, chip, past.source))</p></section>
      """
  }

  /// What other checklists were told of the same topic, for whoever answers to read.
  private var elsewhere: HTML {
    guard !past.elsewhere.isEmpty else { return .empty }
    let lines = past.elsewhere.map { answer, value, source -> HTML in
      "<li>\(said(answer, AnswerChips.answer(value, goal: nil, language).html, source))</li>"
    }
    let note = say(
      "問い方が違うため、この項目の答えにはなりません。",
      "They ask it otherwise, so that none of these is an answer here."
    )
    return """
      <details><summary>\(say("ほかの点検表での答え（\(lines.count)）", "Said in other checklists (\(lines.count))"))</summary>\
      <p class="note">\(note)</p><ul>\(lines.joined())</ul></details>
      """
  }

  private func said(_ answer: EarlierAnswer, _ chip: HTML, _ source: Localized?) -> HTML {
    """
    \(chip) <a href="\(AssessmentPath.item(answer.pack, answer.item, answer.period))">\(source?[language] ?? answer.pack)</a> \
    <span class="nb">\(request.dates.short(answer.on))</span>
    """
  }

  // MARK: The answer

  private var given: HTML {
    guard let answer = line.answer else {
      return "<section><h2>\(say("答え", "Answer"))</h2><p>\(say("まだ答えていません。", "Not answered yet."))</p></section>"
    }
    return "<section><h2>\(say("答え", "Answer"))</h2>\(KeyValues(givenLines(answer)).html)</section>"
  }

  private func givenLines(_ answer: GivenAnswer) -> [KeyValues.Line] {
    var lines = [
      KeyValues.Line(say("答え", "Answer"), AnswerChips.answer(answer.latest, of: item, goal: checklist.goal, language)),
      check(say("1回目の確認", "First check"), answer.value, answer.checkedOn, answer.checkedBy),
    ]
    if let second = answer.secondValue {
      lines.append(check(say("2回目の確認", "Second check"), second, answer.secondOn, answer.secondBy))
    }
    if !answer.reason.isEmpty { lines.append(.init(say("記録と違う理由", "Why it differs"), text: answer.reason)) }
    if let target = answer.target { lines.append(.init(say("目標日", "Target date"), text: request.dates.day(target))) }
    if !answer.remarks.isEmpty { lines.append(.init(say("備考", "Remarks"), text: answer.remarks)) }
    return lines
  }

  /// One of the two checks: what was answered, on which day, by whom.
  private func check(_ name: String, _ value: AnswerValue, _ day: LocalDate?, _ by: String?) -> KeyValues.Line {
    let parts = [
      value.label[language], day.map { request.dates.day($0) } ?? "", standing.lateness(day)?[language] ?? "", by ?? "",
    ].filter { !$0.isEmpty }
    return KeyValues.Line(name, text: parts.joined(separator: say("　", ", ")))
  }

  private func form(_ errors: [FieldError]) -> HTML {
    let answer = line.answer
    var fields: [FormField] = [
      .hidden("version", (isOvertaken ? nil : typed?.text("version")) ?? answer.map { String($0.version) } ?? "")
    ]
    fields += AnswerFields(item: item, language: language).fields(
      "value",
      say("答え", "Answer"),
      chosen: typed?.text("value") ?? answer.map { AnswerFields.shown($0.value) } ?? "",
      isAbsent: typed.map { $0.text("absent") == "na" } ?? (answer?.value == .notApplicable)
    )
    if item.format.kind.isGraded {
      fields.append(
        .lines(
          "reason",
          say("記録と違う答えにする理由", "Why the answer differs from the records"),
          value: typed?.text("reason") ?? answer?.reason ?? "",
          rows: 2,
          support: line.suggestion.answer == nil
            ? nil
            : say("記録と同じ答えなら要りません。", "Not needed where the answer is what the records say.")
        )
      )
    }
    if item.format.kind == .yesNo {
      fields.append(
        .date(
          "target",
          say("目標日（「いいえ」のとき）", "Target date (for a no)"),
          value: typed?.text("target") ?? answer?.target?.slashed ?? "",
          language: language
        )
      )
    }
    if answer?.value == .no {
      fields.append(
        .radios(
          "second",
          say("2回目の確認", "Second check"),
          [Choice("", say("まだ", "Not yet"))] + item.choices.map { Choice($0.text, $0.label[language]) },
          chosen: typed?.text("second") ?? answer?.secondValue?.text ?? "",
          across: true
        )
      )
    }
    fields.append(
      .lines("remarks", say("備考", "Remarks"), value: typed?.text("remarks") ?? answer?.remarks ?? "", rows: 2)
    )
    if let assignment = talk.assignment, assignment.vendor != nil, request.may(.answerChecks) {
      let reply = VendorReplyFields(
        typed: typed,
        kept: assignment.reply,
        dates: request.dates,
        support: say(
          "\(assignment.name)の答えなら、その部署と氏名。病院が自分で答えるときは空にします。",
          "Department and name at \(assignment.name), if this is its answer; empty if the hospital answers itself."
        )
      )
      fields += [reply.who, reply.day, reply.way]
    }
    let frame = FormFrame(
      action: address,
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(say("答えを保存", "Save the answer")),
      draft: "assessment/\(checklist.id)/\(round.period)/\(item.key)"
    )
    return "<section><h2>\(say("答え", "Answer"))</h2>\(late)\(frame.html(language))</section>"
  }

  /// What an answer that is given now is called in a round that is over.
  private var late: HTML {
    guard let late = standing.lateness(request.now.day) else { return .empty }
    let kept: HTML =
      line.answer.map {
        "\(KeyValues([check(say("1回目の確認", "First check"), $0.value, $0.checkedOn, $0.checkedBy)]).html)"
      }
      ?? .empty
    return "\(RoundPage.lateNote(late, request))\(kept)"
  }

  private var measure: HTML {
    guard let measure = checklist.measures.first(where: { $0.number == item.measure }) else { return .empty }
    let lines = [
      KeyValues.Line(say("起こりうること", "Risk"), text: measure.risk[language]),
      KeyValues.Line(say("準備", "Prepare"), text: measure.prepare[language]),
      KeyValues.Line(say("実施", "Do"), text: measure.act[language]),
      KeyValues.Line(say("強化", "Strengthen"), text: measure.strengthen[language]),
    ]
    return """
      <section><h2>\(say("対策", "Measure")) \(measure.number)　\(measure.title[language])</h2>\(KeyValues(lines).html)</section>
      """
  }
}
