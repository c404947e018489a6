import Text

// How the hospital checks itself.
extension HelpTopic {
  static let selfChecks = HelpTopic(
    key: "self-checks",
    title: text("自己点検に答える", "Answer the self-checks"),
    lead: text(
      "点検表の項目のうち、台帳と記録から分かるものには、答えの案と根拠が付いています。人が確かめて、はじめて答えになります。",
      "Where registers and records tell, an item comes with a suggested answer and its evidence. It counts once a person confirms it."
    ),
    steps: [
      text(
        "「自己点検」で点検表を開きます。上から、記録と違う答え、記録が変わったもの、記録から分かったもの、回答が要るものの順に並びます。",
        "Open a checklist under Self-checks. Contradicted answers come first, then changed records, suggestions, and what needs you."
      ),
      text(
        "「記録から分かったもの」は、根拠を読んで、違うと思うものの印を外し、「記録のとおりに確定」を押します。",
        "Read the evidence of the suggestions, clear what you disagree with, and confirm the rest."
      ),
      text(
        "記録と違う答えにするときは、項目を開いて答えと理由を書きます。記録より良く答えたものは「記録と違う」と出続けます。",
        "To answer otherwise, open the item and say why. An answer that claims more than the records stays marked."
      ),
      text(
        "「いいえ」には目標日を付けます。様式の年度の中の日だけが使えます。できたら、2回目の確認を入れます。",
        "A no takes a target date inside the form's fiscal year. Add the second check when it is done."
      ),
      text(
        "すべて答えたら「締める」を押します。答えの指紋が記録に残り、開き直すには理由が要ります。",
        "When all is answered, lock the round. A digest is kept, and reopening takes a reason."
      ),
      text(
        "「Excelで書き出す」でどの様式もファイルにでき、記入したファイルは「Excelの様式から答えを取り込む」で戻します。後から保存された答えは、印を付けないかぎり置き換わりません。",
        "Any form leaves by “Export as Excel” and comes back filled in. Answers stored in the meantime stay unless you mark them."
      ),
      text(
        "「公式の様式」で公表されたExcelを取り込むと、公式の文が番号に付き、その様式のまま記入済みで書き出せます。",
        "Load the published Excel under “Official form”: its wording is attached, and the form itself comes back filled in."
      ),
      text(
        "部門、人、事業者に頼むときは、項目の「部門・人・事業者に頼む」で相手と期限を決めます。点検の画面の「頼んでいる項目」で進み具合が分かり、まだの相手に督促できます。",
        "Ask a department, a person or a vendor from an item's page. The round's page lists who is asked and reminds those who have not answered."
      ),
      text(
        "事業者が答える様式は、事業者ごとに渡した日と期限を記録し、返ってきたファイルか、紙や電話の回答を入れます。院内の端末で答えてもらうリンクも作れます（アドレスは作ったときにだけ出て、回答の期限の2週間後まで使えます）。病院の「はい」と違う「いいえ」が分かります。",
        "For vendors' forms note when they went out and by when they are due, and enter what comes back, or make a link with which the vendor answers at a terminal inside; its address is shown once and works until two weeks after the answers are due. A no against the hospital's yes is shown."
      ),
      text(
        "立入検査の前に「資料を開く」で、立入検査用と院内控えの2つを印刷するか、ZIPで書き出します。",
        "Before an inspection, “Open the papers” prints the inspector's and the staff's copy or exports both."
      ),
      text(
        "項目の「付けた根拠」に、文書・議事録・写真・台帳の記録を付けます。中身の指紋（SHA-256）と一緒に、そのときのまま残ります。期限を過ぎた根拠は、答えの案から外れます。",
        "Attach documents, minutes, photographs or records to an item. They are kept as they were with their SHA-256. What is stale no longer suggests an answer."
      ),
      text(
        "「点数と傾向」は、いちばん弱いところ、守りの4つの面、回ごとの移り変わり、手間のわりによく上がる対策を示します。未回答は届いていないものと数えます。",
        "“Scores and trend” shows the weakest link, the four parts of the defence, the rounds so far, and which measure raises most. What is not answered counts as not reached."
      ),
      text(
        "「経営層向け1枚」は、決めていただくことを3つまで付けたA4の紙になります。自分の点検表の点数も並びます。",
        "“Director's page” is one sheet of A4 with up to three decisions to take. Own checklists stand there, too."
      ),
    ],
    troubles: [
      .init(
        text("「記録からは分からない」と出る", "It says that the records cannot tell"),
        text(
          "何を記録すれば分かるかが書いてあります。記録がなくても、人が答えることはできます。",
          "The page says which record would show it. A person can answer without."
        )
      ),
      .init(
        text("番号や文が公式の様式と違う", "Number or wording differ from the official form"),
        text(
          "文はYaguraの言葉で、「未検証」の点検表は公式のファイルと照らし合わせていません。照らした人が「点検表の管理」で確認を記録できます。令和8年度は3項目のほかは仮のものです。",
          "Texts are our own words, and packs marked as not verified were not compared; whoever does can confirm them under Checklist packs. Of fiscal 2026 all but three items are provisional."
        )
      ),
    ],
    pages: ["/assess"]
  )

  static let surveys = HelpTopic(
    key: "surveys",
    title: text("部門や施設に尋ねる", "Ask departments and facilities"),
    lead: text(
      "同じことを多くの部門や施設に尋ね、答えを数えます。部門への問いかけの答えは、毎月の自己点検の根拠になります。",
      "Ask many the same and count the answers. What departments answer becomes evidence for the monthly self-check."
    ),
    steps: [
      text(
        "「調査・問いかけ」の「調査を始める」で、設問、相手、記名か集計のみかを選びます。始めると変えられません。",
        "Under Surveys choose questions, whom to ask, and with names or counted only. This cannot be changed later."
      ),
      text(
        "相手ごとのリンクを渡します。アカウントがなくても、スマートフォンで答えられます。途中で保存でき、「該当なしで完了」も選べます。",
        "Give each their link. No account is needed, a phone will do; answers can be saved and gone on with, or finished as not concerned."
      ),
      text(
        "結果は区分ごとに数えます。1〜4件の数と、引き算で分かってしまう数は「×」で隠します。数の設問では、最小と最大を出しません。",
        "Results are counted by stratum. Counts from 1 to 4, and what would give them away, are hidden (×). Of numbers the least and the most are not told."
      ),
      text(
        "「Excelで書き出す」には符号表が付きます。記名の調査では、1件ずつの答えも出ます。",
        "The export has a code book, and with names every answer."
      ),
      text(
        "一覧で尋ねた相手には、ここからのお知らせが届きません。期限の7日前から「やること」に出るので、調査の画面の「督促」から、文を印刷するか、メールで送ります。",
        "No message from here reaches those who were asked by a list. From 7 days before the end on you have a duty; print what to write under Reminders, or send it by mail."
      ),
      text(
        "受け付けが終わると、答えた人は同じリンクの「自分の答えと全体の答えを見る」で、同じ区分の答えと比べられます。区分だけでは出せない設問は全体と比べ、それも出せないときは理由を書きます。ほかの人がだれかは出ません。",
        "Once nobody can answer any more, whoever answered compares with their stratum by the same link; where that may not be shown with all together, or it says why nothing is. Who others are is not shown."
      ),
    ],
    troubles: [
      .init(
        text("部門が答えても、自己点検に案が出ない", "Departments answered, but nothing is suggested"),
        text(
          "5つに4つ以上の部門が答えると出ます。答えていない部門は「はい」に数えません。",
          "Four fifths of the departments must have answered. Silence never counts as yes."
        )
      ),
      .init(
        text("紙やメールで届いた答えを入れたい", "Answers came on paper or by mail"),
        text("調査の画面の「届いた回答をファイルで取り込む」で、表にして取り込みます。", "Put them into a table and import it on the survey's page.")
      ),
    ],
    pages: ["/surveys"]
  )
}
