import Text

/// One page of the help: what it is for, how it goes, and what to do when it goes wrong.
struct HelpTopic: Sendable {
  struct Trouble: Sendable {
    let what: Localized
    let remedy: Localized

    init(_ what: Localized, _ remedy: Localized) {
      self.what = what
      self.remedy = remedy
    }
  }

  /// The last part of its address.
  let key: String
  let title: Localized
  let lead: Localized
  let steps: [Localized]
  let troubles: [Trouble]
  /// Pages it explains: those whose path is one of these or lies below it.
  let pages: [String]

  static func named(_ key: String) -> HelpTopic? { all.first { $0.key == key } }

  /// In the order in which a hospital meets them.
  static let all =
    [home, duties, calendar, selfChecks, ownChecklists, audits, surveys]
    // Before the pages they lie under, whose help explains everything below.
    + upkeep + [importing, connections, grid, history, matching]
    + followThrough
    + [printing, accounts, mail, singleSignOn, backup] + people

  static func text(_ ja: String, _ en: String) -> Localized { Localized(ja: ja, en: en) }

  private static let home = HelpTopic(
    key: "home",
    title: text("ホームとやること", "Home and what to do"),
    lead: text(
      "ホームには、台帳から分かった「やること」が急ぐ順に並びます。上から進めれば、優先度どおりです。",
      "Home lists what the records say has to be done, the most urgent first. Work from the top."
    ),
    steps: [
      text("「今日やること」の題名か右のボタンを押すと、直す場所が開きます。", "Press a title or its button to open the place where it is mended."),
      text(
        "直して保存すると、その項目は次に開いたときに消えます。台帳から出ているものに「完了」を付ける操作はありません。",
        "Once the records are right the item is gone the next time you look. What comes from the records is never ticked off."
      ),
      text(
        "「台帳が示していること」や「約束と期限」の数字を押すと、その数字のもとになった一覧が開きます。並ぶ数字は役割によって違います。",
        "Press a figure to see the records behind it. Each role has figures of its own."
      ),
      text(
        "上の「全体から探す」で、機器・事業者・外部接続などをまとめて探せます。全角・半角、ひらがな・カタカナの違いは気にしなくて構いません。",
        "“Search all” looks through devices, vendors, connections and more; width and kana do not matter."
      ),
    ],
    troubles: [
      .init(
        text("直したのに項目が消えない", "An item stays although it was mended"),
        text(
          "項目の説明を読み、まだ条件に当てはまる記録がないか、リンク先の一覧で確かめてください。「不明」と空欄は、直ったことになりません。",
          "Read its reason and look at the linked list: some record still fits. “Unknown” and empty do not count as done."
        )
      ),
      .init(
        text("数字が実際より少ない", "A figure is too low"),
        text(
          "台帳に載っていないものは数えられません。「取り込み」か「新規登録」で足してください。",
          "What is not in the ledger is not counted. Import it or add it."
        )
      ),
    ],
    pages: ["/facts", "/search"]
  )

  private static let importing = HelpTopic(
    key: "import",
    title: text("台帳を取り込む", "Importing a ledger"),
    lead: text(
      "いま使っているExcelやCSVを、そのままの形で取り込めます。確かめる画面までは、何も保存されません。",
      "Drop in the Excel or CSV file you use, as it is. Nothing is stored before you have seen the preview."
    ),
    steps: [
      text(
        "「台帳」→「取り込み」で、台帳の種類とファイルを選びます。題名、結合した見出し、小計があっても構いません。",
        "Registers → Import: choose the kind of ledger and the file. Titles, merged headers and sub-totals do no harm."
      ),
      text(
        "列の意味を決められないときはお尋ねします。答えは次から覚えています。",
        "Where a column's meaning is not clear you are asked; the answer is remembered."
      ),
      text(
        "確認の画面で、新しい・変わる・同じ・決められない件数と、問題のある行と列を見ます。",
        "The preview counts new, changed, same and undecided rows and names problems by row and column."
      ),
      text(
        "「取り込む」を押します。あとから「変更と取り消し」で、7日間まとめて元に戻せます。",
        "Press Import. For seven days the whole import can be undone under Changes."
      ),
    ],
    troubles: [
      .init(
        text("文字が化けている", "Characters are garbled"),
        text(
          "確認の画面で、文字コードと区切りを選び直して「もう一度確かめる」を押してください。",
          "On the preview choose another encoding or separator and look again."
        )
      ),
      .init(
        text("見出しの行を間違えている", "The header row is wrong"),
        text(
          "その列を正しい項目に選び直します。違う項目に入れるより「使わない」にするほうが安全です。",
          "Choose the right field for each column. Leaving one out is safer than a wrong field."
        )
      ),
      .init(
        text("取り込めない行がある", "Rows are refused"),
        text(
          "理由を読み、ファイルを直してもう一度取り込みます。取り込み済みの行は「同じ」になり、二重にはなりません。",
          "Read the reason, mend the file and import it again. Rows that are in already count as the same."
        )
      ),
      .init(
        text("違うファイルを取り込んでしまった", "It was the wrong file"),
        text("「変更と取り消し」を開き、その取り込みの「元に戻す」を押してください。", "Open Changes and press Undo on that import.")
      ),
    ],
    pages: ["/ledger/import"]
  )

  private static let connections = HelpTopic(
    key: "connections",
    title: text("外部接続を心配な順に見る", "Connections, the most worrying first"),
    lead: text(
      "病院の外とつながる口を、心配な順に理由を付けて並べます。「不明」が多いものほど上に来ます。",
      "Every way in or out of the hospital, the most worrying first, with the reason. What is unknown rises to the top."
    ),
    steps: [
      text("「台帳」→「外部接続」を開きます。いちばん上から確かめます。", "Registers → External connections. Begin at the top."),
      text(
        "「心配の理由」を読み、業者や部門に確かめて、記録を直します。",
        "Read why it worries, ask the vendor or department, and correct the record."
      ),
      text(
        "確かめてもわからなければ「不明」を選びます。空欄は、まだ何も書いていないという意味です。どちらも「なし」とは数えません。",
        "Choose “Unknown” where nobody can tell. Empty means that nothing is recorded yet. Neither counts as no."
      ),
      text(
        "現地で確かめた日を「最終確認日」に入れると、古くなるまで上には出ません。",
        "Enter the day it was last confirmed; it stays down until that is stale."
      ),
    ],
    troubles: [
      .init(
        text("使っていない回線が残っている", "A line is not in use any more"),
        text(
          "解約と機器の撤去を確かめてから「廃止」にします。履歴は残り、いつでも戻せます。",
          "Make sure that it is cancelled and removed, then retire the record. Its history stays, and it can be put back."
        )
      ),
      .init(
        text("順番がおかしい", "The order looks wrong"),
        text(
          "理由の欄に、何を見てその順にしたかが書いてあります。記録が古いときは直してください。",
          "The reasons say what the order is made of. Correct what is out of date."
        )
      ),
    ],
    pages: ["/ledger/connection"]
  )

  private static let grid = HelpTopic(
    key: "grid",
    title: text("まとめて編集する", "Editing as a grid"),
    lead: text(
      "一覧の「まとめて編集」を開くと、表計算ソフトのように直せます。",
      "“Edit as a grid” on a list works like a spreadsheet."
    ),
    steps: [
      text("矢印キーで動き、そのまま打つと入力、F2で書き直し、Escでやめます。", "Arrow keys move, typing replaces, F2 edits, Esc gives up."),
      text(
        "Shiftと矢印で範囲を選び、Ctrl+C・Ctrl+Vで写せます。Excelからも貼り付けられます。",
        "Shift and arrows select; Ctrl+C and Ctrl+V copy, also from and to Excel."
      ),
      text("Ctrl+Zで戻し、Ctrl+Dで上のセルを下へ写します。", "Ctrl+Z takes back, Ctrl+D copies down."),
      text("打ち終えて1秒ほどで自動保存され、「保存済み」と時刻が出ます。", "What you type is saved after a second; “Saved” and the time appear."),
    ],
    troubles: [
      .init(
        text("「ほかの人が変更しました」と出る", "“Somebody else changed it” appears"),
        text("自分の値にするか、相手の値を残すかを選びます。どちらの値も履歴に残ります。", "Choose your value or theirs; both stay in the history.")
      ),
      .init(
        text("赤くなって保存されない", "A cell turns red and is not saved"),
        text("セルの下の説明のとおりに直します。ほかのセルは保存されています。", "Correct it as the note says. The other cells are saved.")
      ),
      .init(
        text("通信が切れた", "The line was cut"),
        text("画面を閉じずにお待ちください。つながると、残りを自動で保存します。", "Leave the page open. The rest is saved once the line is back.")
      ),
    ],
    pages: []
  )

  private static let history = HelpTopic(
    key: "history",
    title: text("変更の履歴と取り消し", "History and undo"),
    lead: text(
      "すべての変更は、いつ・だれが・何を・何から何へ変えたかが残ります。",
      "Every change is kept: when, who, what, from what and to what."
    ),
    steps: [
      text("1件の履歴は、記録の画面の「変更の履歴」で見ます。", "Each record shows its own history."),
      text(
        "まとめての変更や取り込みは「変更と取り消し」で見ます。年度を選ぶと、その年度の変更だけになります。",
        "Bulk changes and imports stand under Changes, also by fiscal year."
      ),
      text(
        "「元に戻す」は7日間使えます。あとからさらに変更されたところは、そのまま残ります。",
        "Undo works for seven days. What was changed again since stays as it is."
      ),
    ],
    troubles: [
      .init(
        text("7日を過ぎて元に戻せない", "More than seven days have passed"),
        text("履歴に残っている前の値を見て、手で直してください。", "Read the former value in the history and enter it by hand.")
      ),
      .init(
        text("「変更の記録に食い違いがあります」と言われた", "Somebody says the journal does not hold together"),
        text(
          "管理者に連絡してください。管理者は yagura verify で最初の箇所を確かめ、控えと照らし合わせます。",
          "Tell the administrator, who finds the place with yagura verify and compares with a backup."
        )
      ),
    ],
    pages: ["/ledger/changes"]
  )

  private static let matching = HelpTopic(
    key: "matching",
    title: text("見つかった機器を突き合わせる", "Matching what the network shows"),
    lead: text(
      "資産管理ツールのCSV、nmapの結果、DHCPの貸し出し、ARP表を取り込むと、台帳と見つかった機器の違いが2つの一覧になります。",
      "Import the asset tool's CSV, nmap results, DHCP leases or ARP tables: the differences from the ledger become two lists."
    ),
    steps: [
      text(
        "「台帳にない機器」は、1台ずつ、台帳に加える・既存の機器に結び付ける・対象外にする、を決めます。",
        "Found but not listed: add each to the ledger, link it with a device, or leave it out."
      ),
      text(
        "「見えない機器」は、台帳にあるのにどの記録にも現れない機器です。廃棄や電源断を確かめます。",
        "Listed but not seen: find out whether it was discarded or is switched off."
      ),
    ],
    troubles: [
      .init(
        text("同じ機器が二重に出る", "A device appears twice"),
        text(
          "MACアドレスかホスト名を台帳に入れると、次から同じ機器と分かります。",
          "Enter its MAC address or host name in the ledger; then it is known as one."
        )
      )
    ],
    pages: ["/ledger/unlisted", "/ledger/unseen"]
  )

  private static let printing = HelpTopic(
    key: "printing",
    title: text("会議のために印刷する", "Printing for a meeting"),
    lead: text(
      "一覧の「印刷」で、いまの絞り込みと並びのまま、題名・年度・施設名・印刷日・決裁欄の付いた紙になります。",
      "“Print” on a list makes a paper as filtered and sorted, with title, fiscal year, facility, date and approval boxes."
    ),
    steps: [
      text("一覧で絞り込み、並べ替えてから「印刷」を押します。", "Filter and sort the list, then press Print."),
      text("出た画面でもう一度「印刷」を押し、A4・横を選びます。", "Press Print again on the sheet and choose A4, landscape."),
      text("PDFにするときは、印刷先に「PDFに保存」を選びます。", "For a PDF choose “Save as PDF” as the printer."),
    ],
    troubles: [
      .init(
        text("ページ番号が出ない", "There are no page numbers"),
        text("ブラウザーの印刷の設定で「ヘッダーとフッター」を有効にしてください。", "Turn on headers and footers in the browser's print settings.")
      ),
      .init(
        text("右端が切れる", "The right edge is cut"),
        text("用紙の向きを横にし、倍率を「用紙に合わせる」にしてください。", "Choose landscape and “fit to page”.")
      ),
      .init(
        text("施設名や年度が違う", "The facility or the year is wrong"),
        text(
          "管理者が「設定」→「施設」で直すと、すぐに変わります。",
          "The administrator corrects it under Settings → Facility; it changes at once."
        )
      ),
    ],
    pages: []
  )

  private static let accounts = HelpTopic(
    key: "accounts",
    title: text("アカウントとサインイン", "Accounts and signing in"),
    lead: text(
      "自分のパスワード、2段階認証、日付の書き方は「アカウント」で変えます。ほかの人のアカウントは、管理者が「設定」→「利用者」で扱います。",
      "Change your password, second step and dates on your account page. Administrators keep other accounts under Settings → Users."
    ),
    steps: [
      text("画面の上（スマートフォンでは「メニュー」の中）の自分の名前を押すと「アカウント」が開きます。", "Press your name at the head, on phones inside the menu."),
      text("共用の端末では、席を離れる前に「サインアウト」を押してください。", "On a shared computer sign out before you leave."),
      text(
        "2段階認証を始めたら、回復コードを紙に控えて鍵のかかる場所にしまいます。",
        "When you turn on the second step, lock the recovery codes away on paper."
      ),
      text(
        "ほかの施設にもアカウントがあれば、結び付けると、施設名の下で切り替えられます。",
        "With an account in another facility too, link it and change below the facility's name."
      ),
    ],
    troubles: [
      .init(
        text("続けて間違えて、サインインできない", "Too many wrong passwords"),
        text(
          "表示された時間だけ待ちます。急ぐときは、管理者が「設定」→「利用者」のその人の画面で「すぐに試せるようにする」を押します。",
          "Wait as long as it says. In a hurry, an administrator opens the person under Settings → Users and lets them try now."
        )
      ),
      .init(
        text("パスワードを忘れた、スマートフォンをなくした", "A forgotten password, a lost phone"),
        text(
          "管理者に頼むと、仮パスワードを発行し、2段階認証を解除してもらえます。",
          "An administrator issues a one-time password and resets the second step."
        )
      ),
      .init(
        text("管理者がだれも入れない", "No administrator can sign in"),
        text(
          "Yaguraを動かしている機械で yagura user password 名前 を実行します（管理者の手引き）。",
          "On the machine that runs Yagura use yagura user password NAME (see the administrator's guide)."
        )
      ),
      .init(
        text("覚えのないサインインがある", "A sign-in that nobody can explain"),
        text(
          "「サインインしている端末」でその端末をサインアウトさせ、パスワードを変えて、管理者に知らせてください。",
          "Sign that device out on your account page, change the password and tell the administrator."
        )
      ),
    ],
    pages: ["/account", "/settings/users", "/settings/sign-ins", "/settings/facility"]
  )
}
