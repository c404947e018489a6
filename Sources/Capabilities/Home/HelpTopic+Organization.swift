import Text

extension HelpTopic {
  /// Pages of the organization and of field surveys.
  static let people = [organization, response, training, roster, report, survey]

  private static let training = HelpTopic(
    key: "training",
    title: text("研修", "Trainings"),
    lead: text(
      "職員が何を学び、だれが受けて、だれがまだかを記録します。年に1回の研修の証拠になります。",
      "What staff are taught, who has taken it and who is left: the record of the yearly training."
    ),
    steps: [
      text(
        "「研修の状況」の「研修を登録」で、研修名、年度、対象、受講期限、読む内容を入れます。資料のファイルは、登録した後の画面で預けます。",
        "“Add a training”: title, year, for whom, until when, and the text. Files are added on its page."
      ),
      text(
        "確認の問題は、研修の「確認の問題」から1問ずつ入れるか、一覧を取り込みます。10問まで出ます。",
        "Add check questions one by one or import a list; ten are asked at most."
      ),
      text(
        "職員はホームの「研修を受ける」で読み、問題に答えて「受講しました」を押します。正解と説明は、そのあとで出ます。",
        "Staff read under “Take a training”, answer and press “I have taken it”; what is right is shown afterwards."
      ),
      text(
        "集合研修に出た人やアカウントのない人は、研修の画面で部署を選び、名前に印を付けて記録します。「受講者名簿を印刷」で署名の紙が出ます。名簿のファイルは「受講の記録」へ取り込めます。職員番号の列があると、同じ名前の人を取り違えません。",
        "Those who came to a class or have no account are ticked by department; the list to sign is printed there. A file goes in under “Training records”; with staff numbers nobody is taken for another of the same name."
      ),
      text(
        "まだの人は部署ごとに名前で出ます。Excelで書き出し、「まだの人に知らせる」でお知らせに入れられます。期限の14日前から、部門責任者の「やること」に出ます。",
        "Who is left is shown by department, leaves as a workbook, and can be told in the inbox. From 14 days before the end it is a duty of the head."
      ),
    ],
    troubles: [
      .init(
        text("「名簿のどの人か、まだ分かりません」と出る", "“The roster does not say who you are”"),
        text(
          "アカウントと名簿の人が結び付いていません。名簿のその人の「ログイン名」に、画面に出ている名前を入れると結び付きます。職員番号で入っている人は、何もしなくても結び付きます。",
          "Enter the name shown as “Signs in as” of that person in the roster. Whoever signs in under the staff number is known already."
        )
      ),
      .init(
        text("対象の人が0人になる", "A training asks nobody"),
        text(
          "対象に書いた部署や職種が名簿の書き方と同じか、採用日が入っているかを確かめてください。",
          "See that departments and occupations are written as in the roster, and that people have the day they joined."
        )
      ),
    ],
    pages: [
      "/training", "/trainings", "/ledger/training", "/ledger/training_attendance", "/ledger/training_question",
    ]
  )

  private static let organization = HelpTopic(
    key: "organization",
    title: text("体制図と委員会、規程", "Responsibilities, committees, regulations"),
    lead: text(
      "だれが責任を持ち、不在のときにだれが代わるか、何をどこに定めてあるかを記録します。",
      "Who answers, who stands in, and what is ruled where."
    ),
    steps: [
      text(
        "「責任の体制」で「役割を追加」を押し、担当者と代行者を選びます。図と表は自動でできます。",
        "Add a role with its holder and deputy; chart and table follow."
      ),
      text(
        "赤い点線の箱は、担当者が決まっていない役割です。代行者のいない役割は「やること」に出ます。",
        "A dashed red box has no holder; posts without a deputy become duties."
      ),
      text(
        "会議の記録を開いて「資料を作る」を押すと、宿題、期限を過ぎたこと、記録が示す数字が1枚になります。",
        "A meeting's “Material” puts open actions, overdue duties and figures on paper."
      ),
      text(
        "規程で「職員が読んで確認する」を「あり」にすると、職員の「読んで確認する規程」に出ます。版が変わると、もう一度確認します。",
        "With “Staff confirm reading” a regulation appears for everybody; a new version asks again."
      ),
    ],
    troubles: [
      .init(
        text("退職する人の受け持ちが分からない", "What does a leaver answer for?"),
        text("職員の画面で「引き継ぎ」を押すと、機器・システム・役割・アカウントの一覧が出ます。", "“Hand-over” on a person's page lists it all.")
      )
    ],
    pages: ["/organization", "/regulations", "/ledger/responsibility", "/ledger/committee", "/ledger/regulation"]
  )

  private static let response = HelpTopic(
    key: "response",
    title: text("紙の初動パックと連絡先", "The first-response pack and contacts"),
    lead: text(
      "攻撃を受けると、この画面は見られないかもしれません。最初の1時間に要るものを、紙で手元に置きます。",
      "In an attack this page may be gone. What the first hour needs is kept on paper."
    ),
    steps: [
      text(
        "「紙の初動パック」で「全部を印刷」を押します。印刷した日と人が記録され、1か月たつと「やること」に出ます。",
        "“Print all of it”: date and person are recorded; after a month it is a duty."
      ),
      text(
        "紙に「未決定」と出るところは、画面の「まだ決まっていないこと」から埋めます。",
        "What prints as undecided is listed on the page with the place to settle it."
      ),
      text(
        "「切り離しの順序」の「順序を承認」で、記入した人とは別の人が承認すると決定になります。承認のあとで書き直した手順は、もう一度承認が要ります。紙で承認したときは、手順に「承認した人」と「承認日」を記録します。",
        "A disconnection step is decided once somebody else approves it under “Approve the order”; what is changed afterwards wants a new approval. An approval on paper is recorded on the step."
      ),
      text(
        "外部連絡先は「ひな形から追加」で入れ、電話して確かめたら「確かめた」を記録します。半年ごとに確かめます。",
        "Add contacts from the pack, ring them, record it; every half year."
      ),
    ],
    troubles: [
      .init(
        text("番号に「未検証」と出る", "A number says “not verified”"),
        text(
          "資料から写しただけの番号です。電話するか公式の案内と見比べて、「連絡先を確かめる」で印を付けてください。",
          "It was only copied. Ring or compare, then tick it under “Verify contacts”."
        )
      )
    ],
    pages: [
      "/organization/first-response", "/organization/contacts", "/organization/poster", "/ledger/contact",
      "/ledger/cut_step", "/organization/cut-order", "/contacts",
    ]
  )

  private static let roster = HelpTopic(
    key: "roster",
    title: text("名簿を比べる", "Comparing the roster"),
    lead: text(
      "人事システムの名簿を入れると、入職、異動、退職、名簿にいない人が並びます。",
      "The HR system's roster against the register: joined, moved, left, missing."
    ),
    steps: [
      text("「名簿を比べる」で、全職員の入ったファイルを選びます。", "Choose the file with everybody in it."),
      text("名簿にいない人は、そのままにするか、最後の勤務日を記入するかを選びます。", "For those missing choose: leave, or record their last day."),
      text("「台帳に反映する」を押すと変わります。7日間は元に戻せます。", "“Take it in” changes the register; it can be undone for seven days."),
    ],
    troubles: [
      .init(
        text("人数を入力するように言われる", "It asks for a number"),
        text(
          "職員の5分の1以上が名簿にいないため、一部の部署だけのファイルかもしれません。正しければ、その人数を入力します。",
          "A fifth or more is missing: perhaps the file is only a part. If it is right, type the number."
        )
      )
    ],
    pages: ["/organization/roster"]
  )

  private static let report = HelpTopic(
    key: "report",
    title: text("異常を知らせる", "Reporting a problem"),
    lead: text(
      "どの画面にもある赤いボタンから、アカウントがなくても知らせられます。掲示物のQRコードからも開けます。",
      "The red button on every page, or the code on the wall, without an account."
    ),
    steps: [
      text(
        "何が、どこで、いつから、を選んで書き、「知らせる」を押します。写真は8MBまで送れます。",
        "Say what, where, since when; a photograph up to 8 MB may go with it."
      ),
      text(
        "届くと、担当者のすべての画面の上に赤い知らせが出ます。だれかが開くと消えます。システム管理者と安全管理責任者の「お知らせ」にも残り、急ぎのメールを受け取る人には届きます。",
        "An alarm stands above every page of those who act until somebody opens it. It lies in the inboxes of administrators and safety managers, and is mailed to those who want urgent mails."
      ),
      text("担当者は内容を確かめて電話し、どうなったかを書いて「対応済みにする」を押します。", "Ring back, write what came of it and close it."),
    ],
    troubles: [
      .init(
        text("「多くの知らせが届いたため」と出る", "It says too many came in"),
        text("同じ場所から10分間に6回まで受け付けます。電話で知らせてください。", "Six within ten minutes from one place. Please telephone.")
      )
    ],
    pages: ["/report", "/organization/reports"]
  )

  private static let survey = HelpTopic(
    key: "survey",
    title: text("現地調査と保守回線の照会", "Field surveys and asking vendors"),
    lead: text(
      "記録がないことは、回線がないことではありません。歩いて見て、事業者に聞いて確かめます。",
      "No record does not mean no line. Walk, look, and ask."
    ),
    steps: [
      text(
        "「現地調査」を追加し、「調査票」を印刷するか、スマートフォンで「記録する」を開きます。",
        "Add a survey; print its sheet or open “Record a find” on a telephone."
      ),
      text(
        "写真を撮り、種類と場所を選んで保存します。つながらない場所では端末に残り、つながったときに送ります。",
        "Photograph, choose, save; without a network it waits in the telephone."
      ),
      text(
        "見つけた人と別の人が「確かめた」を押し、「台帳に登録」で機器と外部接続になります。",
        "A second person checks it; “Add to the ledger” makes a device and a connection."
      ),
      text(
        "事業者に頼む調査では「頼む書類」で、依頼書、作業手順書、誓約書、人数と時間の記録、技術面の確認票を印刷します。受け取った日や時間を調査に記録すると、足りないものが「やること」から消えます。",
        "For a contractor print request, procedure, pledge, record of hours and review under “Contractor's papers”, and record on the survey what came back."
      ),
      text(
        "年に一度「事業者」の「年に一度の照会」で、すべての事業者に聞きます。Excelか紙で出し、回答を取り込むか「回答を記入」で書き写します。",
        "Once a year ask every vendor: out by workbook or paper, back by import or “Enter answer”."
      ),
      text(
        "回答のない事業者には督促し、「督促した」で残します。期限が過ぎたら、どう扱うかを書いて締め切ります。台帳と違う回答は「やること」に出ます。",
        "Remind who has not answered and note it. After the day close the round and say what follows. Answers that differ from the ledger become a thing to do."
      ),
    ],
    troubles: [
      .init(
        text("スマートフォンで撮った写真を送れない", "The telephone cannot send"),
        text(
          "調査票のQRコードも一緒に写しておき、あとで行の番号を入れて登録してください。",
          "Photograph the code of the line, too, and enter its number later."
        )
      )
    ],
    pages: ["/ledger/survey", "/ledger/survey_find", "/ledger/vendor_enquiry", "/ledger/connection/absences"]
  )
}
