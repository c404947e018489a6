import Design
import HTML
import Nouns
import Text
import Web

/// The home of those who only have an account: the way to report, what to do when something is odd, one's own notices.
/// No figures.
struct StaffHomePage {
  let board: HomeBoard
  let head: HTML
  let paper: PrintLine
  let request: WebRequest

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }

  var response: WebResponse {
    let steps = [
      say("LANケーブルを抜く。Wi-Fiを切る。", "Unplug the LAN cable. Switch Wi-Fi off."),
      say("電源は切らない。", "Leave the power on."), say("画面にさわらない。消さない。", "Touch nothing, delete nothing."),
      say("医療情報部に内線で電話する。", "Call the IT office on its extension."),
      say("いつ、どこで、何が起きたかをメモする。", "Note when, where and what."),
    ]
    let ways: [(String, String)] = [
      ("/inbox", say("お知らせを読む", "Read messages")), ("/calendar", say("予定を見る", "See the calendar")),
      ("/help", say("使い方を見る", "Get help")),
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
}
