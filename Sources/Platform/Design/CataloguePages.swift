import HTML
import Text

extension Catalogue {
  static let token: HTML = "<input type=\"hidden\" name=\"csrf\" value=\"sample\">"

  static func frame(_ language: Language, current: String = "/assets") -> Frame {
    let ja = language == .ja
    func entry(_ name: String, _ english: String, _ address: String, badge: String? = nil) -> MenuEntry {
      MenuEntry(ja ? name : english, address, badge: badge, isCurrent: address == current)
    }
    var frame = Frame(language)
    frame.facility = ja ? "みなと中央病院" : "Minato Central Hospital"
    frame.fiscalYear = ja ? "令和8年度" : "FY2026"
    frame.account = .init(label: ja ? "佐藤 美咲（システム担当）" : "Misaki Sato (systems)", address: "/account")
    frame.menu = [
      MenuGroup(ja ? "ホーム" : "Home", entries: [entry("ホーム", "Home", "/")]),
      MenuGroup(ja ? "点検" : "Checks", entries: [entry("点検", "Checks", "/checks", badge: ja ? "残り3" : "3 left")]),
      MenuGroup(
        ja ? "台帳" : "Registers",
        entries: [
          entry("機器", "Devices", "/assets"), entry("システム", "Systems", "/systems"),
          entry("外部接続", "External connections", "/connections"), entry("事業者・契約", "Vendors", "/vendors"),
        ]
      ),
      MenuGroup(
        ja ? "脆弱性・保守" : "Vulnerabilities",
        entries: [entry("脆弱性・保守", "Vulnerabilities", "/advisories", badge: "4")]
      ),
      MenuGroup(ja ? "インシデント" : "Incidents", entries: [entry("インシデント", "Incidents", "/incidents")]),
    ]
    frame.searchAddress = "/search"
    frame.reportAddress = "/report"
    frame.contactsAddress = "/contacts"
    frame.otherLanguageAddress = "?lang=\(ja ? "en" : "ja")"
    frame.isDemo = true
    frame.demoAddress = "/demo/remove"
    frame.version = "0.1.0"
    frame.helpAddress = "/help"
    frame.owner = "sample"
    frame.session = SessionWarning(endsIn: 1800, token: "sample")
    return frame
  }

  static func home(_ language: Language) -> HTML {
    let ja = language == .ja
    var frame = frame(language, current: "/")
    frame.isDemo = false
    frame.banners = [
      Banner(
        .emergency,
        ja ? "悪用が確認された脆弱性が、外とつながる機器2台に該当します" : "Two devices with outside connections have an exploited weakness",
        detail: """
          \(ja ? "FortiGate 60F（透析管理の保守回線・CT室の保守回線）。対応期限は11月28日（土）です。" : "FortiGate 60F, due by 28 Nov.") \
          <a href="/advisories/1">\(ja ? "該当機器と直し方を見る" : "See the devices and what to do")</a>
          """
      )
    ]
    let numbers = Numbers([
      .init(
        ja ? "外とつながる口" : "Ways in and out",
        value: "47",
        of: ja ? "か所" : "",
        note: ja ? "不明 5・接続元制限なし 7" : "5 unknown",
        address: "/connections",
        isWorrying: true
      ),
      .init(
        ja ? "版がわからない機器" : "Version unknown",
        value: "11",
        of: ja ? "/ 1,512台" : "of 1,512",
        note: ja ? "先月より9台減" : "9 fewer than last month",
        address: "/assets?version=unknown"
      ),
      .init(
        ja ? "サポート切れ" : "Out of support",
        value: "38",
        of: ja ? "台" : "",
        note: ja ? "うち外部接続あり 2台" : "2 connected",
        address: "/assets?support=ended",
        isWorrying: true
      ),
      .init(
        ja ? "オフラインの控え" : "Offline copy",
        value: "1",
        of: ja ? "日前" : "day ago",
        note: ja ? "復元試験 9月12日 成功" : "Restored 12 Sep",
        address: "/backups"
      ),
      .init(
        ja ? "二要素認証" : "Two factors",
        value: "6",
        of: ja ? "/ 14システム" : "of 14",
        note: ja ? "基準日まで131日" : "131 days left",
        address: "/systems?mfa=no"
      ),
    ])
    return frame.html(
      Page(
        ja ? "ホーム" : "Home",
        heading: ja ? "今日やること" : "Today",
        lead:
          "\(ja ? "期限を過ぎたものが1件、今週中が2件あります。上から順に進めれば、優先度どおりです。" : "One is overdue, two are due this week. Start at the top.")",
        main: """
          \(todo(ja).html)<p><a href="/duties">\(ja ? "12月以降の予定 18件" : "18 more from December")</a></p>\
          <h2>\(ja ? "台帳が示していること" : "What the ledger shows")<span class="sub">\
          \(ja ? "11月21日 8:30 時点" : "21 Nov, 8:30")</span></h2>\(numbers.html)
          """
      )
    )
  }

  private static func todo(_ ja: Bool) -> TodoList {
    TodoList([
      .init(
        due: ja ? "11月19日（木）" : "Thu 19 Nov",
        overdue: ja ? "2日超過" : "2 days late",
        title: ja ? "退職した3名のアカウントを止める" : "Close the accounts of three who left",
        address: "/duties/1",
        why: ja ? "10月31日に退職。電子カルテと検査システムに残っています（11月の職員名簿と照合）。" : "They left on 31 Oct and are still in two systems.",
        action: ja ? "3名を見る" : "See them"
      ),
      .init(
        due: ja ? "11月24日（火）" : "Tue 24 Nov",
        title: ja ? "「不明」の外部接続 5件を確かめる" : "Check five unknown connections",
        address: "/connections?worry=unknown",
        why: ja ? "CT装置・マンモグラフィ・血液ガス分析装置ほか。保守回線の記録がない装置です。" : "CT, mammography and others without a record.",
        action: ja ? "調査票を印刷" : "Print the survey"
      ),
      .init(
        due: ja ? "11月30日（月）" : "Mon 30 Nov",
        title: ja ? "紙の初動パックを印刷し直す" : "Print the paper pack again",
        address: "/pack",
        why: ja ? "最後の印刷から62日。連絡先が2件変わりました。" : "62 days old; two contacts changed.",
        action: ja ? "印刷" : "Print"
      ),
    ])
  }

  private static func ways(_ choices: [Choice], _ language: Language) -> FormField {
    let ja = language == .ja
    return .radioTable(
      "ways",
      ja ? "つなぎ方" : "Ways in",
      [
        RadioTable.Line("ways.vpn", "VPN", chosen: "yes"),
        RadioTable.Line("ways.lte", "LTE", chosen: "", error: ja ? "LTEがあるか選んでください。" : "Choose one for LTE."),
      ],
      choices,
      language: language
    )
  }

  static func form(_ language: Language) -> HTML {
    let ja = language == .ja
    let yes = [
      Choice("yes", ja ? "有" : "Yes"), Choice("no", ja ? "無" : "No"), Choice("unknown", Unknown.word[language]),
    ]
    let frame = FormFrame(
      action: "/assets",
      csrf: token,
      fields: [
        .text(
          "name",
          ja ? "機器の名前" : "Name",
          required: true,
          support: ja ? "院内で呼んでいる名前です。" : "As it is called here.",
          error: ja ? "機器の名前が入力されていません。院内で呼んでいる名前を入力してください。" : "Enter the name by which it is called."
        ),
        .date(
          "support-end",
          ja ? "サポート終了日" : "End of support",
          value: ja ? "令和8年13月1日" : "2026-13-01",
          language: language,
          error: ja ? "13月はありません。1月から12月のどれかにしてください。" : "There is no month 13. Use 1 to 12."
        ),
        .select(
          "department",
          ja ? "部署" : "Department",
          [Choice("", ja ? "選んでください" : "Choose"), Choice("rad", ja ? "放射線科" : "Radiology")],
          chosen: "rad"
        ),
        .radios(
          "external",
          ja ? "外部接続" : "External connection",
          yes,
          across: true,
          required: true,
          support: ja ? "わからないときは「不明」を選びます。あとで確かめる一覧に入ります。" : "Choose “unknown” if you are not sure.",
          error: ja ? "外部接続を選んでください。" : "Choose one."
        ),
        .checkboxes(
          "uses",
          ja ? "扱う情報" : "Holds",
          [
            Choice("patients", ja ? "患者の情報" : "Patient data", support: ja ? "氏名、検査結果、画像など" : "Names, results, images"),
            Choice("staff", ja ? "職員の情報" : "Staff data"),
          ],
          chosen: ["patients"]
        ),
        ways(yes, language),
        .number("count", ja ? "台数" : "How many", value: "1"),
        .telephone("phone", ja ? "保守の電話番号" : "Telephone for maintenance", value: "03-0000-0000"),
        .lines("note", ja ? "備考" : "Note", value: ja ? "\n一行目は空行です。\n<b>そのまま</b>" : "\nAn empty line first."),
        .hidden("version", "3"),
      ],
      buttons:
        "\(Button.submit(ja ? "保存" : "Save"))\(Button.link(ja ? "キャンセル" : "Cancel", "/assets", look: .secondary))",
      draft: "asset/new"
    )
    return self.frame(language).html(
      Page(
        ja ? "機器の追加" : "Add a device",
        crumbs: [Crumb(ja ? "機器" : "Devices", "/assets")],
        errors: frame.errors,
        main: frame.html(language)
      )
    )
  }

  static func signIn(_ language: Language) -> HTML {
    let ja = language == .ja
    var frame = frame(language)
    frame.account = nil
    let form = FormFrame(
      action: "/sign-in",
      csrf: token,
      fields: [
        .text("user", ja ? "利用者名" : "User name", required: true, autocomplete: "username"),
        .password("password", ja ? "パスワード" : "Password", autocomplete: "current-password"),
      ],
      buttons: Button.submit(ja ? "サインイン" : "Sign in")
    )
    return frame.bare(Page(ja ? "サインイン" : "Sign in", main: form.html(language)))
  }

  static func upload(_ language: Language) -> HTML {
    let ja = language == .ja
    let drop = FileDrop(
      "files",
      ja ? "台帳のファイル" : "Ledger files",
      accept: ".xlsx,.csv,.tsv",
      isMany: true,
      support: ja ? "いまお使いの形のままで取り込めます。" : "As they are."
    )
    var form = FormFrame(
      action: "/import",
      csrf: token,
      fields: [],
      more: drop.html(language),
      buttons: Button.submit(ja ? "次へ" : "Next")
    )
    form.isMultipart = true
    return frame(language).html(Page(ja ? "台帳の取り込み" : "Import", main: form.html(language)))
  }
}
