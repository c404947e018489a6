import Text

/// Help for findings, requests to vendors, patches and what is to be budgeted.
extension HelpTopic {
  static let followThrough = [vulnerabilities, vendorRequests, patches, feeds]

  private static let vulnerabilities = HelpTopic(
    key: "vulnerabilities",
    title: text("脆弱性を見て、決める", "Looking at vulnerabilities and deciding"),
    lead: text(
      "脆弱性のページには、今日手を打つべきものだけが出ます。そのほかは件数に畳んであり、急がなくて構いません。",
      "The page shows only what needs action today. Everything else is folded into counts and can wait."
    ),
    steps: [
      text(
        "いちばん上は「悪用が確認され、外から届くもの」です。回線、いまの版、直る版、契約での取り決めを読み、「事業者に依頼」を押します。",
        "At the top: what is being attacked and can be reached from outside. Read line, version, fixed version and contract, then press “Ask the vendor”."
      ),
      text(
        "直せないものは、指摘を開いて「例外として受け入れ」にします。代わりの対策、期限、承認した人が要ります。期限が来ると、また未対応に戻ります。",
        "What cannot be mended is accepted: with a measure, an end and who approved. When it ends, the finding is new again."
      ),
      text(
        "「まとめて直せるもの」は、1つの更新で多くが閉じる順です。「更新の展開」で、先に1台で試してから段階に分けて進めます。",
        "“One fix, many devices” lists what closes most. Roll-outs try it on one device and go on in stages."
      ),
      text(
        "版を上げて照合で見つからなくなると、自動で「対応済み（確認待ち）」になります。動作を確かめて「確認済み」にします。",
        "After an update the finding closes by itself as fixed. Check it and mark it verified."
      ),
      text(
        "該当しないと分かったものは「該当せず」にします。理由が残り、版が上がっても判断は消えません。",
        "What does not apply is ruled out with a reason. The decision outlives upgrades."
      ),
    ],
    troubles: [
      .init(
        text("「届き方が不明」と出る", "“Reach unknown”"),
        text(
          "外部接続の台帳で接点の機器を結び付けるか、ネットワーク区画を登録してください。記録がないものは「院内のみ」とは数えません。",
          "Link the boundary device in the list of connections, or record its zone. What is not recorded never counts as inside."
        )
      ),
      .init(
        text("「要確認」が多い", "Many “to check”"),
        text(
          "一覧の「確かめること」で絞ると、何を誰に聞けばよいかが分かります。版が足りないだけなら、確認表を印刷して書いてもらってください。該当すると分かったら、指摘のページで「該当すると確かめた」を押します。",
          "Filter the list by “To be found out”: it says what to ask whom. Where only versions are missing, print the sheet and have it filled in. What turns out to apply is confirmed on the finding's page."
        )
      ),
      .init(
        text("間違えて変更した", "A wrong change"),
        text("保存の直後に出る「元に戻す」を押してください。7日間は取り消せます。", "Press Undo in the message after saving; it works for seven days.")
      ),
    ],
    pages: [
      "/vulnerabilities/findings", "/vulnerabilities/groups", "/vulnerabilities/suppressions",
      "/vulnerabilities/unversioned", "/vulnerabilities/unidentified", "/vulnerabilities/notice",
    ]
  )

  private static let vendorRequests = HelpTopic(
    key: "vendor-requests",
    title: text("事業者に依頼し、回答を受ける", "Asking vendors and taking answers"),
    lead: text(
      "手紙と回答の様式ができます。回答は、Excelでも、紙でも、電話でも受けられます。",
      "A letter and an answer form are made. Answers come by Excel, on paper or by telephone."
    ),
    steps: [
      text(
        "依頼を開き、「手紙を印刷」か「回答様式（Excel）」を渡します。英語の手紙もあります。",
        "Open the request, print the letter or hand over the Excel form. There is an English letter too."
      ),
      text(
        "渡したら「送ったことを記録」を押します。回答がないと、7日・14日・21日に督促が「やること」に出ます。",
        "Press “Note as sent”. Without an answer, reminders appear after 7, 14 and 21 days."
      ),
      text(
        "Excelが返ってきたら依頼のページで取り込みます。紙や電話なら「回答を入力」を使います。",
        "Take the returned file in on the request's page, or type in what was said."
      ),
      text(
        "対応予定日は指摘の予定になり、「影響なし」は理由とともに「該当せず」になります。",
        "Days become plans; “not affected” rules findings out with the vendor's reason."
      ),
      text("まとまらないことは「定例会の議題」に並びます。印刷して会議に持っていきます。", "Open points are gathered as the agenda of the regular meeting."),
    ],
    troubles: [
      .init(
        text("ファイルが取り込めない", "The file is refused"),
        text(
          "行と列を示した理由を読み、そのセルだけ直して選び直してください。半分だけ取り込むことはありません。",
          "Read the reason with its row and column, mend that cell and choose the file again. Nothing is taken in by half."
        )
      )
    ],
    pages: ["/vulnerabilities/requests", "/vulnerabilities/agenda"]
  )

  private static let patches = HelpTopic(
    key: "patches",
    title: text("パッチ・ウイルス対策・サポート終了", "Patches, antivirus and end of support"),
    lead: text(
      "端末の更新とウイルス対策の新しさ、サポート終了の予定を見ます。",
      "How current updates and antivirus are, and when support ends."
    ),
    steps: [
      text(
        "資産管理ツール、WSUS、Get-HotFix の一覧を、そのまま取り込みます。列の順は問いません。",
        "Take in lists of asset tools, WSUS or Get-HotFix as they are."
      ),
      text(
        "網につながらない機器のパターンは、媒体で運んだことを記録し、届いた機器に印を付けます。",
        "For devices without a network record the carried medium and tick where it has arrived."
      ),
      text(
        "更新の展開では、設定とログを退避した記録がないと、適用を完了にできません。",
        "In a roll-out work cannot be completed before settings and logs were saved."
      ),
      text(
        "サポート終了の予定は、年度と月ごとに台数が出ます。印刷して予算の資料にします。",
        "Ends of support stand by fiscal year and month; print them for the budget."
      ),
    ],
    troubles: [
      .init(
        text("「台帳にない」と出る行がある", "Rows “not in the ledger”"),
        text(
          "管理番号・製造番号・ホスト名のどれかで結び付けます。台帳に登録してから取り込み直してください。",
          "Devices are found by asset number, serial number or host name. Enter them in the ledger and import again."
        )
      )
    ],
    pages: [
      "/vulnerabilities/patches", "/vulnerabilities/antivirus", "/vulnerabilities/patterns",
      "/vulnerabilities/rollouts",
      "/vulnerabilities/support", "/vulnerabilities/statistics",
    ]
  )

  private static let feeds = HelpTopic(
    key: "vulnerability-feeds",
    title: text("脆弱性データを運び込む", "Carrying feeds in"),
    lead: text(
      "サーバー室にインターネットは要りません。別のパソコンで入手したファイルを、媒体で運び込みます。",
      "The server room needs no internet. Files are fetched on another computer and carried in."
    ),
    steps: [
      text(
        "「入手するもの」を印刷し、インターネットにつながるパソコンで、名前を変えずに保存します。検査値のファイルも一緒に保存します。",
        "Print “What to fetch” and save the files elsewhere under their own names, the checksum files with them."
      ),
      text(
        "「脆弱性データ」で、まとめて選んで取り込みます。誰が何で持ってきたかも入れます。先に何が変わるかだけ確かめることもできます。",
        "Choose them all under “Feeds” and import them; say who carried them on what. You may first see what would change."
      ),
      text(
        "取り込むと、機器との照合が自動で始まります。",
        "Devices are compared by themselves afterwards."
      ),
      text(
        "県やグループから届いた搬送ファイルは、そのまま1つ選べば取り込めます。送り主の鍵を先に登録します。こちらから配るときは「搬送ファイルを作る」を使います。",
        "A bundle of a prefecture or group is imported as it is, once its sender's key is registered. To send one yourself, use “Make a bundle”."
      ),
      text(
        "「名前の確認」では、台帳の書き方がどの製品かを決めます。候補になければ、製品の名前の一部を入れると探せます。",
        "Under “Names” say which product a text of the ledger means. Where no candidate fits, a part of the name finds others."
      ),
    ],
    troubles: [
      .init(
        text("「一部だけ」と出る", "“In part”"),
        text(
          "年ごとのデータに抜けがあります。抜けた年に公表された弱点は、照合されません。「入手するもの」に、足りない年のファイルが出ます。",
          "Years are missing, and what was published in them is not compared. “What to fetch” lists their files."
        )
      ),
      .init(
        text("取り込みを断られた", "An import is refused"),
        text(
          "理由を読んでください。壊れたファイル、検査値の違い、前より大きく減った件数などです。元のデータはそのまま残っています。",
          "Read the reason: a damaged file, a wrong checksum, far fewer records than before. What was loaded is untouched."
        )
      ),
      .init(
        text("おかしなデータを取り込んだ", "Wrong data was imported"),
        text(
          "「取り込みの履歴」で「取り消す」を押すと、そのデータの最後の取り込みがまるごと元に戻ります。",
          "Under “History” the last import of each feed is taken back as a whole."
        )
      ),
    ],
    pages: ["/vulnerabilities/feeds", "/vulnerabilities/names", "/vulnerabilities/lookup", "/vulnerabilities/scans"]
  )
}
