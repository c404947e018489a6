import Text

/// Why a pack was not taken or not confirmed. Nothing changed.
package enum OwnChecklistProblem: Error, Sendable, Hashable {
  /// This edition is there with another text.
  case editionTaken(pack: String, edition: Int, newest: Int)
  /// The facility keeps as many as it may.
  case tooMany
  case notFound(String)
  /// It comes with the program, so that no bundle carries it.
  case shipped(String)
  /// Somebody confirmed it before.
  case isConfirmed(by: String)
  case reasonMissing
  /// Nobody of that name, user name or id has an account that reads checklists.
  case nobody(String)

  package var text: Localized {
    switch self {
    case .editionTaken(let pack, let edition, let newest):
      Localized(
        ja: "「\(pack)」の第\(edition)版は、違う内容でもう入っています。内容を変えたときは、ファイルの edition を\(newest + 1)にしてください。",
        en:
          "Edition \(edition) of “\(pack)” is there already with another text. Set edition to \(newest + 1) in the file."
      )
    case .tooMany:
      Localized(
        ja: "点検表は\(OwnChecklist.mostEditions)版までです。これ以上は取り込めません。",
        en: "A facility keeps at most \(OwnChecklist.mostEditions) editions. No more can be loaded."
      )
    case .notFound(let id):
      Localized(
        ja: "「\(id)」という点検表はありません。yagura assess packs で確かめてください。",
        en: "There is no checklist “\(id)”. Look at yagura assess packs."
      )
    case .shipped(let id):
      Localized(
        ja: "「\(id)」は組み込みの点検表で、どの施設にもあるため、搬送ファイルには入りません。.yaml に書き出せます。",
        en:
          "“\(id)” comes with the program and is there in every facility, so no bundle carries it. Export it to .yaml."
      )
    case .isConfirmed(let name):
      Localized(ja: "\(name)さんがもう確認しています。", en: "\(name) has confirmed it already.")
    case .reasonMissing:
      Localized(
        ja: "何と照らして確認したかを、500文字以内で書いてください。",
        en: "Say what it was compared with, in at most 500 characters."
      )
    case .nobody(let name):
      Localized(
        ja: "「\(name)」という、点検表を見られる利用者はいません。利用者の画面にある氏名かユーザー名で指定してください。",
        en:
          "No account that may read checklists is called “\(name)”. Give the name or user name as on the page of users."
      )
    }
  }
}
