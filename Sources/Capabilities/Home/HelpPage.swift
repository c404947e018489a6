import Design
import HTML
import Text
import Web

/// `/help`: how to do the main things, in the order in which a hospital meets them.
struct HelpPage {
  let request: WebRequest

  private struct Topic {
    let title: Localized
    let text: Localized
  }

  private static let topics = [
    Topic(
      title: Localized(ja: "台帳を取り込む", en: "Importing a ledger"),
      text: Localized(
        ja:
          "「台帳」→「取り込み」で、台帳の種類とファイルを選びます。Excel（.xlsx）、CSV、タブ区切りを、題名や結合した見出しがあるままで読み取ります。列の意味が決められないときはお尋ねし、答えは次から覚えています。確認画面で、新しいもの・変わるもの・同じもの・決められないものの件数と、問題のある行と列を見てから取り込みます。決められない行は、その場で扱いを選べます。問題のある行だけを元の列のままExcelに書き出し、直してもう一度取り込めます。大きなファイルは裏で読み取ります。取り込みは7日間、まとめて元に戻せます。",
        en:
          "Registers → Import: choose the kind of ledger and the file. Excel (.xlsx), CSV and tab-separated files are read as they are, with titles and merged headers. Where the meaning of a column is not clear you are asked, once. The preview counts what is new, changed, the same and undecided, and names every problem by row and column. Rows that cannot be told apart are decided on the spot, and the rows with problems can be taken out in your own columns, mended and handed in again. Large files are read in the background. A whole import can be undone for seven days."
      )
    ),
    Topic(
      title: Localized(ja: "「不明」と空欄の違い", en: "Unknown and empty"),
      text: Localized(
        ja: "「不明」は、確かめたがわからなかったという記録です。空欄は、まだ何も書いていないという意味です。どちらも「なし」とは数えません。外部接続の「不明」は、やることの一番上に出ます。",
        en:
          "“Unknown” records that somebody looked and could not tell. Empty means that nothing is recorded yet. Neither counts as no. Unknown external connections come first among the things to do."
      )
    ),
    Topic(
      title: Localized(ja: "まとめて編集する", en: "Editing as a grid"),
      text: Localized(
        ja:
          "一覧の「まとめて編集」を開くと、表計算のように直せます。矢印キーで動き、そのまま打てば入力、Esc でやめます。Excel からの貼り付け、Ctrl+Z の取り消し、Ctrl+D の下へコピーが使えます。打ち終えて1秒たつと自動で保存されます。",
        en:
          "“Edit as a grid” works like a spreadsheet: arrow keys move, typing edits, Esc gives up. Paste from Excel, Ctrl+Z and Ctrl+D work. What you type is saved after a second."
      )
    ),
    Topic(
      title: Localized(ja: "だれが何を変えたか", en: "Who changed what"),
      text: Localized(
        ja:
          "すべての変更は、いつ・だれが・何を・何から何へ変えたかが残ります。記録の画面の「変更の履歴」と、「台帳」→「変更と取り消し」で見られます。変更の記録は鎖のようにつながれ署名されるので、あとから書き換えるとわかります。",
        en:
          "Every change is kept: when, who, what, from and to. See the history on each record and Registers → Changes. The journal is chained and signed, so tampering shows."
      )
    ),
    Topic(
      title: Localized(ja: "二重の記録をまとめる", en: "Merging duplicates"),
      text: Localized(
        ja:
          "「台帳の品質」の「重複」で「見比べて統合する」を押し、残す記録と、項目ごとに残す値を選びます。残さない記録に結び付いていたもの、ネットワークでの姿、履歴は残す記録に移ります。7日間は元に戻せます。",
        en:
          "On the quality page choose “Compare and merge” under Duplicates, then the record to keep and the value of each field. What pointed to the others, what the network saw and their history go with it. It can be undone for seven days."
      )
    ),
    Topic(
      title: Localized(ja: "見つかった機器を突き合わせる", en: "Matching what the network shows"),
      text: Localized(
        ja:
          "資産管理ツールのCSV、nmap の結果（XML）、DHCP の貸し出し、ARP 表を取り込むと、台帳にないのに見つかった機器と、台帳にあるのに見えない機器が、2つの一覧になります。1件ずつ、台帳に加えるか、既存の機器に結び付けるか、対象外にするかを決めます。",
        en:
          "Import the asset tool's CSV, nmap XML, DHCP leases or ARP tables: devices found but not listed, and listed but not seen, become two lists to work through."
      )
    ),
    Topic(
      title: Localized(ja: "会議のために印刷する", en: "Printing for a meeting"),
      text: Localized(
        ja: "一覧の「印刷」は、いまの絞り込みと並びのまま、A4の紙に題名・年度・施設名・印刷日・決裁欄を付けて出します。",
        en:
          "“Print” on a list puts it on A4 as filtered and sorted, with title, fiscal year, facility, date and approval boxes."
      )
    ),
  ]

  var response: WebResponse {
    let language = request.language
    let parts = Self.topics.map { topic -> HTML in
      "<section><h2>\(topic.title[language])</h2><p>\(topic.text[language])</p></section>"
    }
    return .page(Page(Localized(ja: "使い方", en: "Help")[language], main: parts.joined()), current: "home.help")
  }
}
