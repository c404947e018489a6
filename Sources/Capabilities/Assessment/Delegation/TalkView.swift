import Design
import HTML
import Nouns
import Text
import Time
import Web

/// On the page of an item: who shall answer, what was said about it, and the second person's confirmation.
struct TalkView {
  let talk: DelegationStore.Talk
  let line: ItemStanding
  /// Where the item is.
  let address: String
  let people: [(key: String, name: String)]
  let isLocked: Bool
  /// What came by the link of whoever is asked.
  var reply: AskedReply?
  /// What was typed to ask somebody, where it was not kept, with what is wrong.
  var typed: WebForm?
  var errors: [FieldError] = []
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var mayManage: Bool { request.may(.answerChecks) && !isLocked }

  private func action(_ verb: String) -> String {
    let parts = address.split(separator: "?", maxSplits: 1)
    return "\(parts[0])/\(verb)" + (parts.count == 2 ? "?\(parts[1])" : "")
  }

  var html: HTML { "\(arrived)\(confirmation)\(assigned)\(comments)" }

  private var arrived: HTML {
    guard let reply, let assignment = talk.assignment else { return .empty }
    return ReplyView(
      reply: reply,
      name: assignment.name,
      line: line,
      action: AssessmentPath.reply(assignment.pack, assignment.item, assignment.period),
      mayTake: mayManage && !assignment.isAnswered(by: line.answer),
      request: request
    ).html
  }

  private var confirmation: HTML {
    guard line.item.needsSecond, let answer = line.answer else { return .empty }
    let title = say("2人目の確認", "A second person's confirmation")
    if let confirmation = talk.confirmation {
      let when = request.dates.brief(confirmation.at, today: request.now.day)
      return """
        <section><h2>\(title)</h2><p>\(Chip(say("確認済み", "Confirmed"), .green).html) \
        \(say("\(when)、\(confirmation.by)さん", "\(confirmation.by), \(when)"))</p></section>
        """
    }
    let words = say(
      "この項目は、答えた人とは別の人が確かめます。確かめるまで点検は締められません。",
      "Somebody other than who answered has to look at this. Until then the round cannot be locked."
    )
    let isOwn = talk.answeredID != nil && talk.answeredID == request.session?.userID
    let own: HTML =
      isOwn ? "<p>\(say("あなたの答えです。ほかの人に頼んでください。", "The answer is yours: ask somebody else."))</p>" : .empty
    let button: HTML =
      mayManage && !isOwn
      ? FormFrame(
        action: action("confirm"),
        csrf: request.csrf,
        fields: [.hidden("version", String(answer.version))],
        buttons: Button.submit(say("確かめた", "I have looked"), look: .secondary)
      ).html(language) : .empty
    return "<section><h2>\(title)</h2><p>\(words)</p>\(own)\(button)</section>"
  }

  private var assigned: HTML {
    let now: HTML = talk.assignment.map(asked) ?? "<p>\(say("だれにも頼んでいません。", "Nobody is asked."))</p>"
    guard mayManage else {
      return talk.assignment == nil ? .empty : "<section><h2>\(say("担当", "Asked"))</h2>\(now)</section>"
    }
    let frame = FormFrame(
      action: action("assign"),
      csrf: request.csrf,
      fields: [
        FormField.select(
          "whom",
          say("頼む相手", "Whom to ask"),
          [Choice("", say("だれにも頼まない", "Nobody"))] + people.map(choice),
          chosen: typed?.text("whom") ?? talk.assignment?.whom ?? ""
        ),
        .date(
          "due",
          say("期限（空なら1週間後）", "By (in a week if empty)"),
          value: typed?.text("due") ?? talk.assignment?.due.slashed ?? "",
          language: language
        ),
        .text(
          "word",
          say("ひとこと", "A word"),
          value: typed?.text("word") ?? talk.assignment?.note ?? "",
          width: .full
        ),
      ].map { $0.withError(from: errors) },
      buttons: Button.submit(say("頼む", "Ask"), look: .secondary)
    )
    let remind: HTML =
      talk.assignment?.isAnswered(by: line.answer) ?? true
      ? .empty
      : Button.post(
        say("督促する", "Remind"),
        action("remind"),
        csrf: request.csrf,
        look: .secondary,
        size: .small,
        context: talk.assignment?.name
      )
    return """
      <section><h2>\(say("担当", "Who is asked"))</h2>\(now)\(remind)\
      <details\(if: typed != nil, " open")><summary>\(say("部門・人・事業者に頼む", "Ask a department, a person or a vendor"))</summary>\(frame.html(language))</details></section>
      """
  }

  private func choice(_ whom: (key: String, name: String)) -> Choice {
    Choice(whom.key, whom.key.hasPrefix("v:") ? say("\(whom.name)（事業者）", "\(whom.name) (vendor)") : whom.name)
  }

  private func asked(_ assignment: Assignment) -> HTML {
    let due = request.dates.day(assignment.due)
    let note: HTML = assignment.note.isEmpty ? .empty : "<span class=\"sub\">\(assignment.note)</span>"
    let reminded: HTML =
      assignment.remindedOn.map { day -> HTML in
        let words = say(
          "\(request.dates.day(day))に督促しました（\(assignment.reminders)回目）。",
          "Reminded \(request.dates.day(day)) (no. \(assignment.reminders))."
        )
        return "<span class=\"sub\">\(words)</span>"
      } ?? .empty
    let words = say("\(assignment.name)に頼んでいます。期限：\(due)。", "\(assignment.name) is asked, by \(due).")
    let reply: HTML =
      assignment.reply.map { reply -> HTML in
        let words = say(
          "\(request.dates.day(reply.on))に\(reply.respondent)さんが答えました（\(reply.way.label.ja)）。",
          "Answered by \(reply.respondent) on \(request.dates.day(reply.on)) (\(reply.way.label.en.lowercased()))."
        )
        return "<p>\(words)</p>"
      } ?? .empty
    let link: HTML =
      assignment.vendor.map { vendor -> HTML in
        let address = AssessmentPath.askedVendor(assignment.pack, vendor, assignment.period)
        return "<p><a href=\"\(address)\">\(say("渡す紙とファイル", "Paper and file to hand over"))</a></p>"
      } ?? .empty
    let byLink: HTML =
      assignment.person == nil
      ? """
      <p><a href="\(AssessmentPath.askedLink(assignment.pack, assignment.whom, assignment.period))">\
      \(say("リンクで答えてもらう", "Have it answered by a link"))</a></p>
      """ : .empty
    let before: HTML =
      line.answer == nil || assignment.isAnswered(by: line.answer)
      ? .empty
      : "<p class=\"note\">\(say("頼む前の答えが、新しい答えが来るまで残ります。", "The answer from before stands until a new one comes."))</p>"
    return "<p>\(words)\(note)\(reminded)</p>\(before)\(reply)\(link)\(byLink)"
  }

  private var comments: HTML {
    let lines = talk.comments.map { comment in
      HistoryList.Event(
        shown: request.dates.brief(comment.at, today: request.now.day),
        machine: comment.at.iso,
        text: " \(comment.text) <span class=\"nb\">\(language.aside(comment.by))</span>"
      )
    }
    let list: HTML = lines.isEmpty ? .empty : HistoryList(lines).html
    let frame = FormFrame(
      action: action("comments"),
      csrf: request.csrf,
      fields: [.lines("text", say("コメント", "Comment"), rows: 2)],
      buttons: Button.submit(say("書き込む", "Write"), look: .secondary, size: .small)
    )
    return "<section><h2>\(say("やりとり", "Comments"))</h2>\(list)\(frame.html(language))</section>"
  }
}
