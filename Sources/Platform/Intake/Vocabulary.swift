import Text

/// The words people write in cells instead of values. Keys are `Fold.exactKey`: half width, small letters, trimmed.
enum Vocabulary {
  static func isUnknown(_ key: String) -> Bool { key.utf8.count <= 40 && unknown.contains(key) }

  /// A dash of any kind: nothing to write here.
  static func isDash(_ key: String) -> Bool { key.utf8.count <= 12 && dashes.contains(key) }

  static func isNone(_ key: String) -> Bool { key.utf8.count <= 40 && none.contains(key) }

  /// `yes`, `no`, `na`.
  static func yesNo(_ key: String) -> String? { key.utf8.count <= 40 ? yesNoWords[key] : nil }

  static func isDynamicAddress(_ key: String) -> Bool { dynamic.contains(key) || key.hasPrefix("dhcp") }

  /// 「令和5年3月」, `2020/4`: a month, which is no day.
  static func isYearMonth(_ key: String) -> Bool {
    var digits = 0
    var groups = 0
    var isIn = false
    for scalar in key.unicodeScalars {
      if (48...57).contains(scalar.value) {
        digits += 1
        if !isIn { groups += 1 }
        isIn = true
      } else {
        isIn = false
        guard "年月令和平成昭元rhs/.- 頃".unicodeScalars.contains(scalar) else { return false }
      }
    }
    return (groups == 2 || groups == 1 && key.contains("年")) && digits <= 6 && digits > 0
  }

  private static let unknown: Set<String> = keys(
    """
    不明 ? ?? ??? 未確認 確認中 わからない 分からない わかりません 分かりません 不詳 要確認 調査中 未調査 unknown n/k tbd tbc unk \
    (不明) 不明。 未把握 ？ 要調査 不明確 未詳 unclear
    """
  )

  private static let dashes: Set<String> = keys("- -- --- ― ー — – ‐ − ─ ｰ * / // ・ ～ 〃x n/a na #n/a ー- ―― －－")

  private static let none: Set<String> = keys("なし 無し 無 該当なし 該当無し 対象外 ナシ 特になし 特に無し none nil null 非該当 (なし) 未設定 未割当 無記名")

  private static let dynamic: Set<String> = keys("dhcp 自動 自動取得 動的 dynamic 可変 動的割当 auto (dhcp) dhcp割当")

  private static let yesNoWords: [String: String] = {
    var words: [String: String] = [:]
    for key in keys(
      """
      有 あり 有り アリ ○ ◯ 〇 ● ◎ ✓ ✔ ☑ レ yes y 1 済 済み 実施 実施済 実施済み 導入済 導入済み 設置 完了 提出済 提出済み true はい 可 有効 on \
      する 対応済 対応済み 導入 o 有（済） 接続あり ok 要
      """
    ) { words[key] = "yes" }
    for key in keys(
      """
      無 なし 無し ナシ × ✕ ✖ ☓ ☐ x no n 0 未 未実施 未導入 未完了 未提出 false いいえ 否 不可 無効 off しない 未対応 接続なし ng 不要 未設定
      """
    ) { words[key] = "no" }
    for key in keys("対象外 該当なし 該当無し 非該当 n/a na 該当外 適用外") { words[key] = "na" }
    return words
  }()

  private static func keys(_ words: String) -> Set<String> {
    Set(words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Fold.exactKey(String($0)) })
  }
}

/// The words of a list of choices, folded.
struct ChoiceWords {
  private let words: [String: String]

  init(_ choices: [IntakeChoice]) {
    var words: [String: String] = [:]
    for choice in choices {
      for word in [choice.key, choice.label.ja, choice.label.en] + choice.synonyms {
        let key = Fold.key(word)
        if words[key] == nil { words[key] = choice.key }
      }
    }
    self.words = words
  }

  static func shared(_ choices: [IntakeChoice]) -> ChoiceWords { ChoiceWords(choices) }

  /// The choice a text names: as a whole, without what stands in brackets, or without a code in front (`1:端末`).
  func key(for text: String) -> String? {
    if let key = words[Fold.key(text)] { return key }
    let halved = Width.halved(text)
    if let open = halved.firstIndex(of: "("), open > halved.startIndex {
      if let key = words[Fold.key(String(halved[..<open]))] { return key }
    }
    for mark in [":", "：", ".", " ", "_", "）", ")"] {
      guard let end = halved.firstIndex(of: Character(mark)), end > halved.startIndex else { continue }
      let code = halved[..<end]
      guard code.utf8.count <= 3, code.utf8.allSatisfy({ $0 < 128 }) else { continue }
      if let key = words[Fold.key(String(halved[halved.index(after: end)...]))] { return key }
    }
    return nil
  }
}

/// Makers whose names stand in every hospital's ledger.
enum Makers {
  static func isKnown(_ key: String) -> Bool { names.contains(Fold.key(key)) }

  private static let names: Set<String> = Set(
    """
    dell デル hp hpe 日本hp nec 日本電気 fujitsu 富士通 cisco シスコ canon キヤノン キャノン キヤノンメディカル panasonic パナソニック lenovo レノボ \
    toshiba 東芝 hitachi 日立 日立ハイテク apple アップル microsoft マイクロソフト fortinet フォーティネット yamaha ヤマハ epson エプソン brother \
    ブラザー ricoh リコー siemens シーメンス ge gehc philips フィリップス sony ソニー buffalo バッファロー アライドテレシス aruba juniper synology qnap \
    vmware dynabook asus acer sharp シャープ fujifilm 富士フイルム 富士フィルム 日本光電 フクダ電子 terumo テルモ olympus オリンパス sysmex \
    シスメックス 島津製作所 コニカミノルタ 沖データ oki vaio iodata 三菱電機 apc サトー サーモフィッシャー
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Fold.key(String($0)) }
  )
}
