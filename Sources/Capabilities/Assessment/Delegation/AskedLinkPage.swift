import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/assess/:pack/links/:whom`: what a department or a vendor is asked for, and the link with which it answers.
struct AskedLinkPage {
  let party: Assessment.AskedParty
  /// The link where it was made just now: its address is shown this once.
  let made: Assessment.HandedLink?
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var round: Round { party.round }

  var response: WebResponse {
    .page(
      Page(
        say("\(party.name)に頼んだ項目とリンク", "What \(party.name) is asked for, and its link"),
        lead: HTML(
          text: say(
            "リンクを開いた人は、アカウントなしで、頼んだ項目だけに答えられます。届いた答えは、項目のページで確かめるまで病院の答えになりません。",
            "Whoever opens the link answers these items without an account. What comes is no answer of the hospital's until somebody takes it over on the page of the item."
          )
        ),
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(round.checklist.title[language], AssessmentPath.round(round.checklist.id, round.period)),
        ],
        main: "\(link)\(table)"
      ),
      current: "assessment.list"
    )
  }

  private var table: HTML {
    AssignedView(
      lines: party.lines,
      checklist: round.checklist,
      period: round.period,
      mayRemind: false,
      isOfOne: true,
      request: request
    ).html
  }

  private var link: HTML {
    guard request.may(.answerChecks), round.lockedAt == nil else { return .empty }
    func post(_ label: String, _ verb: String = "") -> HTML {
      Button.post(
        label,
        AssessmentPath.askedLink(round.checklist.id, party.whom, round.period, verb: verb),
        csrf: request.csrf,
        look: .secondary,
        size: .small
      )
    }
    let title = say("リンク", "Link")
    // Where everything is answered a link would have nothing to ask.
    let isWaiting = party.lines.contains { !$0.isAnswered }
    guard let link = party.link else {
      return isWaiting ? "<section><h2>\(title)</h2>\(post(say("リンクを作る", "Make a link")))</section>" : .empty
    }
    return """
      <section><h2>\(title)</h2>\(made.map(address) ?? standing(link))\
      \(Button.row(isWaiting ? post(say("作り直す", "Make another")) : .empty, post(say("使えなくする", "End it"), "end")))</section>
      """
  }

  private func address(_ made: Assessment.HandedLink) -> HTML {
    let last = request.dates.day(made.lastDay)
    return Banner(
      .success,
      say(
        "リンクを作りました。\(last)まで使えます。アドレスはこの画面を閉じると、もう見られません。前に作ったリンクがあれば、使えなくなりました。",
        "The link is made and works until \(last). Its address is shown on this page only. One that was there opens nothing any more."
      ),
      detail: "<p><a href=\"\(made.address)\"><span class=\"long\">\(request.origin + made.address)</span></a></p>"
    ).html(language)
  }

  private func standing(_ link: AskedLink) -> HTML {
    let last = party.lastDay ?? link.madeAt.day
    let (made, until) = (request.dates.day(link.madeAt.day), request.dates.day(last))
    let words =
      last < request.now.day
      ? say(
        "\(made)に\(link.madeBy)さんが作ったリンクは、\(until)で終わりました。続けて答えてもらうときは、作り直してください。",
        "The link that \(link.madeBy) made on \(made) ended on \(until). Make another to have it go on."
      )
      : say(
        "\(made)に\(link.madeBy)さんが作ったリンクが、\(until)まで使えます。アドレスは作ったときにだけ表示します。控えがないときは、作り直してください。",
        "The link that \(link.madeBy) made on \(made) works until \(until). Its address was shown when it was made; make another where it is lost."
      )
    return "<p>\(words)</p>"
  }
}
