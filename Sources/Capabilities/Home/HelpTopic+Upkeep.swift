import Text

// What a department and the people who let maintenance in do between the checks, and what it costs.
extension HelpTopic {
  static let upkeep = [deviceCheck, maintenanceSessions, works, media, budget]

  private static let deviceCheck = HelpTopic(
    key: "device-check",
    title: text("機器がまだあるか確かめる", "Going through the devices"),
    lead: text(
      "この1年に確かめた記録のない機器を、部門ごとに20台ずつ確かめます。",
      "Devices without a record of being seen within a year, twenty at a time, by department."
    ),
    steps: [
      text(
        "ホームの「機器を確かめる」を押し、機器の前まで行きます。番号と設置場所が名前の下に出ています。",
        "Press “Check devices” on your home and walk to them. Number and place stand under each name."
      ),
      text(
        "「まだある」「移動した」「見当たらない」のどれかを選びます。移動したものは、移動した先も入力します。",
        "Choose still here, moved or not found. For what moved, say where to."
      ),
      text(
        "「選んだものを記録する」を押します。残りが全部あるときは「選んでいないものは『まだある』で記録する」が早道です。",
        "Press “Record what is chosen”. Where all others are there, the second button records them as well."
      ),
    ],
    troubles: [
      .init(
        text("移動した先の名前が登録されていない", "The place it moved to is not recorded"),
        text(
          "先に「設置場所」を登録するか、「不明」と入力します。あとから機器の画面で直せます。",
          "Record the place first, or write “unknown” and mend it later on the device."
        )
      ),
      .init(
        text("見当たらないと記録した機器がまた出る", "A device that was not found is asked about again"),
        text(
          "見つかるか、廃棄・紛失の手続きが終わるまで、一覧の最後に残ります。見つかったら「まだある」を選びます。",
          "It stays at the end of the list until it is found or its loss is settled."
        )
      ),
    ],
    pages: ["/ledger/asset/check"]
  )

  private static let maintenanceSessions = HelpTopic(
    key: "maintenance-sessions",
    title: text("接続中の保守を記録する", "Maintenance that is connected"),
    lead: text(
      "外から保守につないでいる人を、いまだれがつないでいるか分かるように記録します。",
      "A record of who is connected from outside, so that everybody sees who is on now."
    ),
    steps: [
      text(
        "電話などで申し出を受けたら、つなぐ前に、外部接続・つなぐ人・作業の内容を入れて「いまから接続中にする」を押します。",
        "When somebody asks to connect, choose the line, write who and what for, and press “Connected from now”."
      ),
      text(
        "作業が終わり、回線が切れたことを確かめてから「切れた」を押します。時刻とあなたの名前が残ります。",
        "When the work is done and you have seen that the line is cut, press “Cut”. Time and your name are kept."
      ),
      text(
        "前の日からつないだままのものには印が付き、「やること」に出ます。",
        "What has been on since an earlier day is marked and becomes a thing to do."
      ),
    ],
    troubles: [
      .init(
        text("記録していない接続がある", "A connection was not recorded"),
        text(
          "「これまでの記録」から新規登録するか、Excelで取り込みます。この画面は記録したものだけを示し、回線を見張ることはありません。",
          "Add it under “All sessions” or import a list. The page shows what was recorded; it does not watch the line."
        )
      ),
      .init(
        text("まちがえて「切れた」を押した", "“Cut” was pressed by mistake"),
        text("画面の上に出る「元に戻す」を押します。", "Press “Undo” at the top of the page.")
      ),
    ],
    pages: ["/ledger/connection/sessions", "/ledger/connection_session"]
  )

  private static let works = HelpTopic(
    key: "works",
    title: text("保守の作業申請", "Work by vendors"),
    lead: text(
      "事業者が機器に作業する前に申請を受け、承認し、開始・終了・報告・確認までを残します。",
      "A vendor asks before working on a device; approval, begin, end, report and confirmation are on record."
    ),
    steps: [
      text(
        "事業者は自分のアカウントの「新しく申請」から申請します。書面や電話で受けたときは、病院の職員が「申請を入力する」から入れます。",
        "The vendor asks from its own account. What comes on paper or by telephone is entered by the hospital."
      ),
      text(
        "申請の画面で同じ日のほかの作業を確かめ、受付・入り口を入れて「承認する」を押します。直してほしいときは理由を書いて「差し戻す」を押します。",
        "Look at other work that day, say where to come in, and press “Approve”; or send it back with the reason."
      ),
      text(
        "当日は「開始」と「終了」を押します。事業者が押せないときは、病院の職員が押します。時刻と押した人が残ります。",
        "On the day “Begin” and “End” are pressed, by the vendor or by the hospital. Time and name are kept."
      ),
      text(
        "報告には計画の内容が入っているので、違うところだけ直します。病院の職員が「報告を確かめた」を押すと完了です。",
        "The report is filled in from the plan. It is finished once the hospital has confirmed it."
      ),
      text(
        "報告には写真を付けられます。OSやファームウェアの版が変わったときは報告に書き、確かめる人が台帳に反映するかどうかを決めます。",
        "A report takes photographs. Where OS or firmware changed it says so, and whoever confirms decides whether the register is changed."
      ),
      text("「印刷」で、作業申請書兼報告書がA4で出ます。", "“Print” gives the request and report on A4."),
    ],
    troubles: [
      .init(
        text("「開始」が出ない", "There is no button to begin"),
        text(
          "「開始」は、承認された作業の予定の日にだけ出ます。日が変わったときは、差し戻して日時を直してもらいます。",
          "It appears on the planned day of approved work. For another day send the request back."
        )
      ),
      .init(
        text("「開始」や「終了」を押し忘れた", "Nobody pressed begin or end"),
        text(
          "予定の時刻を過ぎると、押していなくても報告を書けます。実施しなかったときも、そのように報告します。",
          "Once the planned time is over, the report can be written all the same, also that nothing was done."
        )
      ),
      .init(
        text("事業者が自社の機器を選べない", "A vendor cannot choose its device"),
        text(
          "機器の「保守業者」がその事業者になっているかを確かめます。アカウントがどの事業者のものかは「事業者のアカウント」で決めます。",
          "Look at the maintenance vendor of the device, and at whose the account is under Vendors' accounts."
        )
      ),
    ],
    pages: ["/works", "/own-works"]
  )

  private static let media = HelpTopic(
    key: "media",
    title: text("USB・データの持ち出し", "Taking data out"),
    lead: text(
      "院外へデータを持ち出す前に申請し、別の人が認め、戻ったことを確かめるまでを残します。",
      "Data leave the house after somebody else approved it, and it is on record when they are back."
    ),
    steps: [
      text(
        "職員は、ホームの「USB・データ持ち出しを申請」から、何を・何のため・どこへ・いつまでを書いて申請します。",
        "Staff ask from their home: which data, what for, where to and until when."
      ),
      text(
        "選んだ部署の責任者（選ばなければ安全管理責任者）の「やること」に出ます。「認める」か「認めない」を押すと、申請した人のお知らせに届きます。",
        "The head of the department decides, or the safety manager where none was chosen; whoever asked is told."
      ),
      text(
        "媒体が戻るか、送った先で消したことを確かめたら、「返却・消去を確かめた」を押します。期限を過ぎると「やること」に出ます。",
        "Once it is back, or deleted where it went, press “Returned or deleted”. What is late becomes a thing to do."
      ),
    ],
    troubles: [
      .init(
        text("「認める」ボタンが出ない", "There is no button to approve"),
        text(
          "自分の申請は自分では決められません。ほかの部署の申請も決められません。",
          "Nobody decides about their own request, nor about another department's."
        )
      ),
      .init(
        text("媒体をなくした", "The medium is lost"),
        text("すぐに「異常を知らせる」から知らせ、電話もします。", "Report it at once with the red button, and telephone.")
      ),
    ],
    pages: ["/media"]
  )

  private static let budget = HelpTopic(
    key: "budget",
    title: text("予算と執行", "The budget"),
    lead: text(
      "セキュリティのために要求した予算と、認められた額、執行した額を記録します。今年度の合計は病院長のホームに出ます。",
      "What was asked for security, granted and spent. The year's sums stand on the director's home."
    ),
    steps: [
      text(
        "要求したら、件名・年度・要求額・要求した日を記録します。決まるまで、病院長の「決めていただくこと」に出ます。",
        "Record what was asked for. Until it is decided it stands among the director's decisions."
      ),
      text(
        "決まったら、認められた額と決まった日を入れます。認められなかったときは 0 と入れます。",
        "Once decided, enter what was granted and the day; 0 where it was refused."
      ),
      text(
        "支払いのたびに、執行額とその時点を直します。Excelの一覧からも取り込めます。",
        "Keep what was spent and its day up to date. Lists in Excel can be imported."
      ),
    ],
    troubles: [
      .init(
        text("ホームの合計に入らない", "It is not counted on the home"),
        text(
          "年度が今年度になっているか、確かめてください。「2026」「令和8年度」のどちらでも読み取ります。",
          "Look at its fiscal year; 2026 and FY2026 are both read."
        )
      )
    ],
    pages: ["/ledger/budget_item"]
  )
}
