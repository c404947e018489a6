import Ledger
import Text
import Time

/// Contracts and what they leave open, information and cloud services: the papers of the sample hospital. No chance in it.
struct DemoContracts {
  let start: LocalDate
  let today: LocalDate

  private func slashed(_ day: LocalDate) -> String { "\(day.year)/\(day.month)/\(day.day)" }

  /// One maintenance contract for each vendor that has a system, the first day of a fiscal year to its last.
  private var systems: [(vendor: Int, systems: [String])] {
    var byVendor: [Int: [String]] = [:]
    for system in DemoNames.systems { byVendor[system.vendor, default: []].append(system.name) }
    return byVendor.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func name(_ vendor: Int) -> String { "\(DemoNames.vendors[vendor].line)保守" }

  var contracts: DemoTable {
    DemoTable(
      kind: "contracts",
      file: "保守契約一覧.csv",
      header: [
        "契約名", "契約番号", "契約先", "担当部署", "種類", "開始日", "終了日", "更新のしかた", "保守のしかた", "障害時の連絡先",
        "更新の適用を含む", "復旧の支援を含む", "責任分界の文書がある", "データの持ち出しがある", "実際に送られるもの", "再委託先",
      ],
      rows: systems.enumerated().map { index, entry in
        let year = today.year - 1
        // Some were never renewed on paper; some say nothing of updates.
        let ends = index % 9 == 4 ? "\(year)/3/31" : "\(today.year + 1)/3/31"
        return [
          name(entry.vendor), "K-\(digits(index + 1, 3))", DemoNames.vendors[entry.vendor].name, "医療情報部", "保守",
          "\(year - 3)/4/1", ends, index % 3 == 0 ? "自動更新" : "都度更新", ["訪問と遠隔", "訪問のみ", "遠隔のみ"][index % 3],
          index % 6 == 5 ? "" : "0120-555-\(digits(index + 10, 3))", ["なし", "あり", "不明", ""][index % 4],
          ["あり", "なし", "不明"][index % 3], index % 2 == 0 ? "あり" : "なし", index % 8 == 2 ? "あり" : "なし",
          index % 8 == 2 ? "匿名化した検査データ（品質向上のため）" : "", index % 7 == 1 ? "港南複写機販売株式会社" : "",
        ]
      }
    )
  }

  var covers: DemoTable {
    DemoTable(
      kind: "contract_covers",
      file: "契約対象一覧.csv",
      header: ["対象", "契約", "システム"],
      rows: systems.flatMap { entry in entry.systems.map { [$0, name(entry.vendor), $0] } }
    )
  }

  /// Ten contracts were read clause by clause; the rest wait.
  var clauses: DemoTable {
    let owners = ["事業者", "事業者", "双方", "病院", "記載なし"]
    return DemoTable(
      kind: "contract_clauses",
      file: "責任分界確認表.csv",
      header: ["契約", "事柄", "担当", "契約書の言葉・条番号"],
      rows: systems.prefix(10).enumerated().flatMap { index, entry in
        ContractClause.all.enumerated().compactMap { number, clause in
          guard index < 7 || number < 9 else { return nil }
          let owner = index < 3 && clause.isNeeded ? "事業者" : owners[(index * 3 + number) % owners.count]
          return [name(entry.vendor), clause.name.ja, owner, owner == "記載なし" ? "" : "第\(number + 3)条"]
        }
      }
    )
  }

  var information: DemoTable {
    let rows: [[String]] = [
      ["電子カルテ（診療記録）", "要配慮個人情報", "氏名、病名、処方、検査結果、経過", "182000", "医療情報部", "電子カルテ", "システムの中", "最終診療から10年"],
      ["検査画像", "要配慮個人情報", "氏名、患者番号、画像、所見", "164000", "放射線科", "PACS", "システムの中", "最終診療から10年"],
      ["検体検査の結果", "要配慮個人情報", "患者番号、検査値", "151000", "検査部", "検査システム（LIS）", "システムの中", "最終診療から5年"],
      ["医事会計データ", "要配慮個人情報", "氏名、住所、保険、請求", "182000", "医事課", "医事会計", "システムの中", "5年"],
      ["健診結果", "要配慮個人情報", "氏名、結果、判定", "48000", "健診センター", "健診システム", "システムの中", "5年"],
      ["紹介状・退院時要約の控え", "要配慮個人情報", "氏名、病名、経過", "?", "地域連携室", "ファイル共有", "共有フォルダー", ""],
      ["学会発表用の症例データ", "要配慮個人情報", "年齢、性別、画像", "", "医局", "ファイル共有", "共有フォルダー", ""],
      ["透析患者の連絡先", "個人情報", "氏名、住所、電話", "140", "透析室", "透析管理", "端末の中", "通院中"],
      ["職員の人事記録", "個人情報", "氏名、住所、評価、給与", "1900", "総務課", "人事給与", "システムの中", "退職後5年"],
      ["診療の同意書（紙）", "要配慮個人情報", "氏名、署名、処置", "90000", "医事課", "", "紙", "最終診療から5年"],
      ["入退室の記録", "院内限り", "職員番号、時刻、扉", "1900", "施設課", "入退室管理", "システムの中", "1年"],
      ["ネットワーク構成図・設定", "機密", "構成、アドレス、設定", "", "医療情報部", "ファイル共有", "共有フォルダー", "常に最新"],
    ]
    return DemoTable(
      kind: "information_assets",
      file: "情報資産台帳.csv",
      header: ["情報の名前", "区分", "含まれる情報", "人数", "所管部署", "システム", "形", "保存期間"],
      rows: rows
    )
  }

  var clouds: DemoTable {
    let rows: [[String]] = [
      ["グループウェア（クラウド版）", "医療情報部", "予定・掲示・メール", "大洋電子計算株式会社", "職員の連絡", "なし", "承認済み", "二要素", "日本"],
      ["遠隔画像診断サービス", "放射線科", "読影の依頼", "青葉画像診断株式会社", "画像と所見", "あり", "承認済み", "パスワードのみ", "日本"],
      ["オンライン会議", "医局", "会議・症例検討", "株式会社テレカン", "音声・画面", "不明", "承認済み", "パスワードのみ", "不明"],
      ["ファイル転送サービス（無料版）", "医局", "学会の画像の受け渡し", "", "症例画像", "あり", "", "共有ID", "不明"],
      ["文献管理", "図書室", "文献の整理", "", "文献情報", "なし", "承認済み", "パスワードのみ", "米国"],
      ["予約受付サイト", "外来", "予約", "株式会社ケアリンク", "氏名、電話、診療科", "あり", "承認済み", "パスワードのみ", "日本"],
      ["アンケート作成サイト", "看護部", "研修のアンケート", "", "職員の回答", "なし", "確認中の申請", "共有ID", ""],
      ["クラウド勤怠", "総務課", "勤怠", "株式会社勤怠ワークス", "職員番号、時刻", "なし", "承認済み", "統合認証", "日本"],
    ]
    return DemoTable(
      kind: "cloud_services",
      file: "クラウド利用一覧.csv",
      header: ["サービス名", "利用部署", "用途", "提供事業者", "預ける情報", "患者の情報を含む", "利用の承認", "サインインのしかた", "保管する国"],
      rows: rows
    )
  }

  /// What is at hand for the first hour of some ways in and out: three sheets are whole, others lack a thing or two.
  var sheets: DemoTable {
    let lines = ["電子カルテ", "PACS", "検査システム（LIS）", "調剤支援", "手術映像", "内視鏡部門", "超音波画像"]
    let whole = DemoNames.systems.indices.prefix(38).map { DemoNames.systems[$0 * 3 % 58].name }
    return DemoTable(
      kind: "boundary_evidence",
      file: "接点の控え.csv",
      header: [
        "外部接続", "機種", "ファームウェアの版", "版を確かめた日", "設定ファイルのハッシュ", "設定を保存した日", "保守の契約・受付番号", "支援の電話", "ログインできる人",
        "ログの場所と保存日数", "切り離し方",
      ],
      rows: whole.filter(lines.contains).enumerated().map { index, name in
        let day = slashed(today.adding(days: -34))
        let hash = String(repeating: digits(index + 1, 2) + "c4e9", count: 10) + "0a1b"
        return [
          "\(name) 保守回線", "FortiGate 60F", "FortiOS 7.4.8", day, index % 3 == 2 ? "" : hash, day,
          "K-\(digits(index + 1, 3))",
          "0120-555-\(digits(index + 10, 3))", index % 4 == 1 ? "" : "中村 直樹、事業者の保守員2名", "院内ログサーバに400日",
          "WAN側の青いケーブルを抜く。遠隔保守が止まる。",
        ]
      }
    )
  }

  /// Devices that have gone; two of them were never wholly settled.
  func disposals(_ roster: DemoTable) -> DemoTable {
    DemoTable(
      kind: "disposals",
      file: "廃棄・返却の記録.csv",
      header: ["機器", "処分のしかた", "処分日", "データの消去", "消去証明書", "証明書の番号・保管場所", "アカウントの停止", "回線・保守の停止", "確認した人"],
      rows: [
        ["YG00003", "廃棄", slashed(today.adding(days: -300)), "物理破壊", "あり", "D-2001", "あり", "対象外", roster.rows[5][1]],
        ["YG00017", "返却", slashed(today.adding(days: -210)), "上書き消去", "あり", "D-2002", "あり", "あり", roster.rows[5][1]],
        ["YG00101", "廃棄", slashed(today.adding(days: -120)), "物理破壊", "なし", "", "あり", "対象外", roster.rows[6][1]],
        ["YG00945", "返却", slashed(today.adding(days: -60)), "不明", "なし", "", "不明", "なし", ""],
      ]
    )
  }

  /// Who may enter where it matters.
  var rights: DemoTable {
    DemoTable(
      kind: "entry_rights",
      file: "入室権限一覧.csv",
      header: ["場所", "事業者", "入り方", "期限", "理由"],
      rows: [
        ["本館2階 サーバ室", DemoNames.vendors[0].name, "カード", slashed(today.adding(days: 130)), "電子カルテの保守"],
        ["本館2階 サーバ室", DemoNames.vendors[4].name, "カード", slashed(today.adding(days: -20)), "更新の工事"],
        ["本館1階 EPS", DemoNames.vendors[11].name, "鍵", slashed(today.adding(days: 40)), "回線の保守"],
        ["本館2階 サーバ室", DemoNames.vendors[10].name, "立ち会い", "", "サーバの保守"],
      ]
    )
  }

  /// Who was let in over which line; the last one nobody has seen the end of.
  var sessions: DemoTable {
    func line(
      _ system: Int,
      _ visitor: String,
      _ purpose: String,
      days: Int,
      _ times: (from: String, to: String),
      _ result: String = ""
    ) -> [String] {
      let day = slashed(today.adding(days: -days))
      let isOver = !times.to.isEmpty
      return [
        "\(DemoNames.systems[system].name) 保守回線",
        "\(DemoNames.vendors[DemoNames.systems[system].vendor].alias) \(visitor)",
        purpose, day, times.from, "中村 直樹", isOver ? day : "", times.to, isOver ? "中村 直樹" : "", result,
      ]
    }
    return DemoTable(
      kind: "connection_sessions",
      file: "遠隔保守の接続記録.csv",
      header: [
        "外部接続", "つないだ人", "作業の内容", "始めた日", "始めた時刻", "接続を許した職員", "終わった日", "終わった時刻", "切断を確かめた職員", "結果",
      ],
      rows: [
        line(0, "山本", "月例の更新", days: 21, ("13:30", "15:10"), "更新を適用し、再起動した"),
        line(3, "小林", "画像の遅れの調査", days: 9, ("10:05", "11:40"), "ディスクを交換することになった"),
        line(6, "斎藤", "搬送の設定変更", days: 4, ("17:20", "17:55"), "設定を変更した"),
        line(3, "小林", "ディスク交換後の確認", days: 1, ("16:20", "")),
      ]
    )
  }
}
