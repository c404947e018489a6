import Time

/// What the staff of the sample hospital were taught this fiscal year: a training for all with its questions, and one for new
/// staff. Most have taken them; some are late. No chance in it.
struct DemoTraining {
  let today: LocalDate
  /// The roster as it is now.
  let roster: DemoTable

  private static let yearly = "情報セキュリティ研修（全職員）"
  private static let newcomers = "新しく入った職員の情報セキュリティ研修"

  private func slashed(_ day: LocalDate) -> String { "\(day.year)/\(day.month)/\(day.day)" }

  private var year: FiscalYear { FiscalYear(containing: today) }

  /// Nothing begins before the fiscal year does.
  private func ago(_ days: Int) -> LocalDate { max(year.first, today.adding(days: -days)) }

  /// Those who administer the house, as the roster has them with the names they sign in under.
  var administrators: DemoTable {
    DemoTable(
      kind: "people",
      file: "医療情報部の名簿.csv",
      header: ["職員番号", "氏名", "フリガナ", "所属", "職種", "採用日", "ログイン名"],
      rows: [["100001", "佐藤 美咲", "サトウ ミサキ", "医療情報部", "事務", "2019/4/1", DemoPlay.signIn.user]]
    )
  }

  var trainings: DemoTable {
    DemoTable(
      kind: "trainings",
      file: "研修計画.csv",
      header: ["研修名", "年度", "種類", "ねらい", "開始日", "受講期限", "対象", "受け方", "読む内容"],
      rows: [
        [
          Self.yearly, String(year.startYear), "年次", "いつもと違うことに気づいたら、すぐに止めて知らせられるようにする。", slashed(ago(75)),
          slashed(today.adding(days: 9)), "全職員", "画面で読む", Self.text,
        ],
        [
          Self.newcomers, String(year.startYear), "新採用時", "働き始める前に、パスワードと持ち出しのきまりを知る。", slashed(year.first),
          slashed(today.adding(days: -6)), "今年度に採用された職員", "集合研修", "",
        ],
      ]
    )
  }

  private static let text = """
    ■ おかしいと思ったら
    ・LANケーブルを抜き、Wi-Fiを切ります。電源は切りません。
    ・画面にさわらず、内線で医療情報部に知らせます。
    ・間違って開いたときも、すぐに知らせれば被害を小さくできます。責められることはありません。
    ■ メール
    ・急がせる、お金や賞品をちらつかせる、パスワードを聞く。このようなメールは、開く前に送った人に電話で確かめます。
    ・添付のファイルで「コンテンツの有効化」を求められたら、押さずに閉じます。
    ■ パスワード
    ・長く、ほかで使っていないものにします。付せんに書いて画面に貼りません。
    ・人に教えません。システム担当者が聞くこともありません。
    ■ 持ち出し
    ・患者さんの情報を私物のUSBメモリやクラウドに入れません。必要なときは持ち出しを申請します。
    """

  var questions: DemoTable {
    DemoTable(
      kind: "training_questions",
      file: "研修の確認の問題.csv",
      header: ["研修名", "問題番号", "問い", "選択肢", "正解", "説明"],
      rows: [
        [
          Self.yearly, "1", "端末の画面に見慣れない警告が出ました。最初にすることはどれですか。", "電源を切る\nLANケーブルを抜いて内線で知らせる\n様子を見る", "2",
          "電源を切ると、調べるための手がかりが消えることがあります。",
        ],
        [
          Self.yearly, "2", "あやしい添付ファイルを開いてしまいました。どうしますか。", "すぐに知らせる\nウイルス検査をして、何も出なければ知らせない\nメールを消す", "1",
          "早く知らせるほど、止められる範囲が広がります。",
        ],
        [
          Self.yearly, "3", "システム担当を名乗る人が電話でパスワードを聞いてきました。", "急ぎなら教える\n上司の許しがあれば教える\n教えない", "3",
          "担当者がパスワードを聞くことはありません。",
        ],
      ]
    )
  }

  private static let header = ["研修名", "職員番号", "受講日", "受け方", "正解した数", "問題の数"]

  /// Those who work here, in the order of the roster.
  private var staff: [[String]] { roster.rows.filter { $0[7].isEmpty } }

  /// The training for all as it was taken on screen, in two lots: first before six weeks, then until last week.
  func taken(_ lot: Int) -> DemoTable {
    let rows = staff.enumerated().filter { index, person in
      // Two wards are behind; the department of radiology is through.
      let isOpen = ["4階西病棟", "外来"].contains(person[3]) ? index % 3 == 0 : person[3] != "放射線科" && index % 11 == 4
      return !isOpen && (index % 5 < 3) == (lot == 0)
    }
    let (first, days) = lot == 0 ? (74, 30) : (40, 36)
    return DemoTable(
      kind: "training_attendances",
      file: lot == 0 ? "受講の記録_前半.csv" : "受講の記録_後半.csv",
      header: Self.header,
      rows: rows.map { index, person in
        [
          Self.yearly, person[0], slashed(ago(first - index % days)), "画面", index % 6 == 1 ? "2" : "3", "3",
        ]
      }
    )
  }

  /// Those who joined this year and came to the class; two did not.
  var attended: DemoTable {
    let joined = staff.filter { person in
      let parts = person[6].split(separator: "/").compactMap { Int($0) }
      guard parts.count == 3, let day = LocalDate(year: parts[0], month: parts[1], day: parts[2]) else { return false }
      return year.contains(day)
    }
    return DemoTable(
      kind: "training_attendances",
      file: "新採用者研修の出席者名簿.csv",
      header: Array(Self.header.prefix(4)),
      rows: joined.dropFirst(2).map { [Self.newcomers, $0[0], slashed(ago(60)), "集合"] }
    )
  }
}
