import Design
import HTML
import Nouns
import Text
import Web

/// The home of those who only have an account: what to do when something is odd and whom to call, the way to report, what to
/// read.
/// No figures.
struct StaffHomePage {
  let board: HomeBoard
  /// How many trainings are left to take.
  let trainings: Int
  let phones: [HomePhone]
  let head: HTML
  let paper: PrintLine
  let request: WebRequest

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }

  var response: WebResponse {
    let steps: [HTML] = [
      HTML(text: say("LANケーブルを抜く。Wi-Fiを切る。", "Unplug the LAN cable. Switch Wi-Fi off.")),
      HTML(text: say("電源は切らない。", "Leave the power on.")),
      HTML(text: say("画面にさわらない。消さない。", "Touch nothing, delete nothing.")),
      "\(say("電話する。", "Telephone."))\(numbers)",
      HTML(text: say("いつ、どこで、何が起きたかを、この画面で知らせる。", "Tell us on this page when, where and what.")),
    ]
    let ways: [(String, String)] = [
      ("/report", say("異常を見つけた", "Something is odd")),
      ("/media/new", say("USB・データ持ち出しを申請", "Ask to take data out")),
      (
        "/training",
        trainings == 0
          ? say("研修を受ける", "Take a training") : say("研修を受ける（\(trainings)件）", "Take a training (\(trainings))")
      ), ("/regulations", say("規程を読む", "Read the regulations")), ("/inbox", say("お知らせを読む", "Read messages")),
    ]
    let todo: HTML =
      board.top.isEmpty
      ? .empty
      : "<h2>\(say("あなたのやること", "For you to do"))</h2>\(DutyList(duties: board.top, request: request).html)"
    return .page(
      Page(
        say("ホーム", "Home"),
        heading: say("おかしいと思ったら", "If something is odd"),
        main: """
          <ol class="steps5">\(each: steps, { "<li>\($0)</li>" })</ol>\(head)\(todo)\
          <ul class="ways3">\(each: ways, { "<li><a href=\"\($0.0)\">\($0.1)</a></li>" })</ul>\(paper.html)
          """
      ),
      current: "home"
    )
  }

  /// The hospital's own extensions; where none is recorded, where to look.
  private var numbers: HTML {
    let lines = phones.filter { !$0.phone.isEmpty || !$0.nightPhone.isEmpty }.map { line -> HTML in
      let numbers = PhoneText.html(day: line.phone, night: line.nightPhone, request.language)
      return "<br>\(line.post[request.language]) <b>\(numbers)</b>"
    }
    guard lines.isEmpty else { return lines.joined() }
    return "<br>\(say("番号は上の「連絡先」にあります。", "The numbers are under “Emergency contacts” above."))"
  }
}
