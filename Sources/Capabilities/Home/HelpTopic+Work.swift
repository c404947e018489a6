import Text

// What there is to do, when, and how one hears of it.
extension HelpTopic {
  static let duties = HelpTopic(
    key: "duties",
    title: text("やることを決めて進める", "Things to do"),
    lead: text(
      "台帳の記録から自動で出る「やること」と、人が決めた「やること」を、期限の順に並べます。",
      "Lists what the records call for and what people decided, by due date."
    ),
    steps: [
      text(
        "「やることを追加」で、期限・担当・くり返しを決めます。担当の人を選ぶと、その人のお知らせに届きます。",
        "Add: set when, who and how it repeats. A person you choose is told in the inbox."
      ),
      text(
        "終わったら開いて、何をしたかと記録の場所を書き、「完了にする」を押します。くり返すものは、次の期限になります。",
        "When it is done, open it, say what was done and where the record is, and mark it. What repeats is due again."
      ),
      text(
        "いまできないときは、日付と理由を書いて「先に延ばす」を押します。その日になると戻ってきます。",
        "When it has to wait, put it off to a day and say why. It comes back on that day."
      ),
      text(
        "期限を3日過ぎると代理に、7日過ぎると安全管理責任者に、30日過ぎると病院長に知らせます。",
        "Three days late the deputy is told, after seven the safety manager, after thirty the director."
      ),
    ],
    troubles: [
      .init(
        text("「完了」のボタンがない", "There is no button to mark it done"),
        text(
          "台帳の記録から出ているものは、記録を直すと自動で消えます。「開く場所」を押して直してください。",
          "What comes from the records goes when they are mended. Follow the link and mend them."
        )
      ),
      .init(
        text("自分の「やること」が見つからない", "I cannot find mine"),
        text(
          "「自分の分」か「先に延ばしたもの」を押してください。ほかの人や部門の分は、権限がなければ見えません。",
          "Look under My own or Put off. Others' are shown to those who give out work."
        )
      ),
    ],
    pages: ["/duties", "/inbox"]
  )

  static let calendar = HelpTopic(
    key: "calendar",
    title: text("予定を見る", "The calendar"),
    lead: text(
      "年度の休日、やることの期限、長い休みの前後の確認を見られます。",
      "The fiscal year with days off, due dates and the checks around long holidays."
    ),
    steps: [
      text(
        "数字の付いた日を押すと、その日の「やること」に移ります。スマートフォンでは日付順の一覧だけが出ます。",
        "Press a day with a number to see what is due. On a phone the list is shown."
      ),
      text(
        "5日以上の休みの前後には、9つの心得にそった確認が自動で入ります。",
        "Around holidays of five days or more, checks after the nine rules are added by themselves."
      ),
      text(
        "「予定表アプリで見る」でアドレスを作ると、Outlookやスマートフォンの予定表に期限を表示できます。",
        "Make an address to show due dates in Outlook or on a phone."
      ),
    ],
    troubles: [
      .init(
        text("アドレスを人に知られた", "Somebody else knows the address"),
        text(
          "「作り直す」か「使えなくする」を押してください。前のアドレスはすぐに使えなくなります。",
          "Make a new one or take it back. The old one stops working at once."
        )
      ),
      .init(
        text("祝日が出ない", "Holidays are missing"),
        text("その年度の祝日がまだ公表されていません。公表後の版に更新すると入ります。", "They are not published yet and come with an update.")
      ),
    ],
    pages: ["/calendar"]
  )

  static let mail = HelpTopic(
    key: "mail",
    title: text("メールで受け取る", "Mail"),
    lead: text(
      "急ぎの知らせと、1日1通までのまとめを、病院のメールサーバーから送れます。",
      "Urgent messages and at most one summary a day, through the hospital's mail server."
    ),
    steps: [
      text(
        "管理者は「設定」→「メール」で、メールサーバーと差出人を入れ、「試しに送る」で確かめます。",
        "Administrators set server and sender under Settings → Mail and send a test."
      ),
      text(
        "受け取る人は「アカウント」→「お知らせの受け取り」で、アドレスと受け取るものを選びます。",
        "Each person chooses address and kinds under Your account → Notices."
      ),
      text(
        "サーバーにつながらないときは、間を空けて3日間送り直します。送れていないものは設定の画面に残ります。",
        "While the server is down mails are tried for three days; what is not sent stays listed."
      ),
    ],
    troubles: [
      .init(
        text("「証明書を信頼できません」と出る", "The certificate is not trusted"),
        text(
          "院内の認証局を使っているときは、その証明書（PEM）をこの機械に置き、場所を「認証局の証明書ファイル」に入れてください。",
          "Put the hospital's own authority (PEM) on this machine and name the file."
        )
      ),
      .init(
        text("「届いたか不明」と出る", "It says unknown"),
        text(
          "送り終えるところで接続が切れました。受け取った人に確かめ、届いていなければ「もう一度送る」を押してください。",
          "The line broke at the end. Ask the recipient; if nothing came, send it again."
        )
      ),
    ],
    pages: ["/settings/mail", "/account/notices"]
  )

  static let singleSignOn = HelpTopic(
    key: "single-sign-on",
    title: text("院内の認証と連携する", "Single sign-on"),
    lead: text(
      "Active DirectoryやLDAP、OpenID Connectの認証サーバーのアカウントでサインインできます。",
      "Sign in with Active Directory, LDAP or an OpenID Connect provider."
    ),
    steps: [
      text(
        "「設定」→「院内の認証との連携」で、サーバーと検索用アカウントを入れます。通信は必ず暗号化します。",
        "Set server and look-up account under Settings. The line is always encrypted."
      ),
      text(
        "役割ごとに、どのグループの人かを書きます。サインインのたびに、グループに合わせて役割を直します。",
        "Name the groups of each role. Roles follow the groups at each sign-in."
      ),
      text("「試す」で、ある人が見つかるか、どの役割になるかを確かめてから「使う」にします。", "Try somebody before you switch it on."),
      text(
        "OpenID Connectでは、使う人が一度だけ「アカウント」→「院内の認証」で結び付けます。",
        "With OpenID Connect each person links the account once under Your account."
      ),
    ],
    troubles: [
      .init(
        text("認証サーバーが止まるとサインインできなくなるのでは", "What if the server is down"),
        text(
          "櫓にパスワードを持つアカウントはサインインできます。管理者のうち少なくとも1人は、櫓のパスワードを残してください。",
          "Accounts with a password here still work. Keep one for at least one administrator."
        )
      ),
      .init(
        text("「権限がまだありません」と出る", "It says there is no role"),
        text(
          "その人のグループが、どの役割にも書かれていません。「試す」でグループの名前を確かめてください。",
          "None of the person's groups is named. Look at the groups with Try."
        )
      ),
    ],
    pages: ["/settings/directory", "/settings/openid", "/account/provider"]
  )
}
