import Text

/// Why something was not done with a survey.
package enum SurveyProblem: Error, Sendable, Equatable {
  case notFound
  case closed
  /// It was sent already and is kept without a name, so that it cannot be found again.
  case alreadySent
  /// Somebody else saved in between.
  case moved
  /// It is only counted and was begun in another browser, to which alone it is shown.
  case begunElsewhere
  /// Mails were to go out and no relay is set, or no address for the links in them.
  case noRelay, noAddress
  /// One of two questions that were to be crossed has no choices of one each.
  case notCrossed
  /// It is only counted and answers still come in.
  case heldBack
  /// Somebody named in a file has answered already.
  case answeredBefore
  /// So many questions are answered and would be dropped.
  case answersStand(Int)
  /// Required questions that are asked and not answered, by the key of the column.
  case missing([String])

  package var text: Localized {
    switch self {
    case .notFound: Localized(ja: "この調査はありません。", en: "There is no such survey.")
    case .closed: Localized(ja: "この調査は締め切りました。", en: "This survey is closed.")
    case .alreadySent:
      Localized(
        ja: "もう送ってあります。だれの答えか分からない形で残しているため、直せません。",
        en: "It was sent already. It is kept without a name and cannot be changed."
      )
    case .moved:
      Localized(
        ja: "ほかの人が先に保存したため、保存しませんでした。いまの答えを確かめて、もう一度入力してください。",
        en:
          "Somebody else saved first, so nothing was stored. Look at the answers as they are now and enter yours again."
      )
    case .begunElsewhere:
      Localized(
        ja:
          "ほかの端末（ブラウザー）で答え始めています。集計のみの調査では、送り主にもリンクが分かるため、保存した中身は、答え始めた端末でだけ出します。続きはその端末で答えてください。",
        en:
          "The answers were begun on another device (in another browser). This survey is only counted and its sender knows the links, so what was saved is shown on that device alone. Please go on there."
      )
    case .noRelay:
      Localized(
        ja: "メールサーバーが設定されていないため、送りませんでした。「設定」の「メール」で設定するか、一覧を印刷して知らせてください。",
        en:
          "Nothing was sent: no mail server is set. Set one under Settings, Mail, or print the list and tell them otherwise."
      )
    case .noAddress:
      Localized(
        ja: "この画面のアドレスが設定されていないため、リンクを書けません。「設定」の「メール」で設定してください。",
        en: "The links cannot be written: set under Settings, Mail the address under which people reach these pages."
      )
    case .notCrossed:
      Localized(
        ja: "掛け合わせられるのは、1つを選ぶ別々の設問2つです。符号表の「列」で指定してください。",
        en:
          "Only two different questions with one choice each can be crossed. Name them by their columns of the code book."
      )
    case .heldBack:
      Localized(
        ja:
          "集計のみの調査の結果は、だれも答えられなくなるまで（調査を締め切るか、毎月の調査ならその月が終わるまで）出しません。途中で出すと、見るたびの差と、だれが答え終えたかから、だれがどう答えたかが分かるためです。いまは回答率と、まだ答えていない相手だけを出します。",
        en:
          "Counted only: no results before nobody can answer any more, that is before the survey is closed or, of a monthly one, the month is over. While answers come in, what changes between two looks, beside who has answered, would tell who said what. Until then there is the response rate and who is missing."
      )
    case .answeredBefore:
      Localized(
        ja: "もう答えている相手がファイルにあるため、取り込みませんでした。",
        en: "Some in the file have answered already, so nothing was imported."
      )
    case .answersStand(let count):
      Localized(
        ja: "ここまでの答えが\(count)件あるため、「該当なしで完了」にしていません。消してよいかを指定してください。",
        en: "There are answers (\(count)), so it was not finished as not concerned. Say whether they may be dropped."
      )
    case .missing(let keys):
      Localized(
        ja: "必須の設問\(keys.count)問に答えていません：\(Self.list(keys, "、") { "ほか\($0)問" })。",
        en: "\(keys.count) required questions are not answered: \(Self.list(keys, ", ") { "and \($0) more" })."
      )
    }
  }

  /// The first ten, and how many more there are.
  private static func list(_ keys: [String], _ comma: String, more: (Int) -> String) -> String {
    (keys.prefix(10) + (keys.count > 10 ? [more(keys.count - 10)] : [])).joined(separator: comma)
  }
}
