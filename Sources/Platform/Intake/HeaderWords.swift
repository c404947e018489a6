import Text

/// The words at the head of a column, made comparable: 「①　ＩＰ\nアドレス（固定）※」 is `ipあどれす` with the note `固定`.
struct HeaderKey: Hashable {
  /// Folded, without punctuation.
  let full: String
  /// The same without what stands in brackets.
  let base: String
  /// What stands in brackets.
  let note: String
  /// The parts of 「メーカー／型番」: more than one when the header names several things.
  let parts: [String]
  /// Lower-case words of an English header, abbreviations spelled out; empty when there is a Japanese letter.
  let words: [String]
  /// `base`, letter by letter.
  let letters: [Unicode.Scalar]

  init(_ text: String) {
    let folded = Fold.key(Self.withoutMarks(text))
    var outside: [Unicode.Scalar] = []
    var inside: [Unicode.Scalar] = []
    var depth = 0
    for scalar in folded.unicodeScalars {
      switch scalar {
      case "(", "[", "{", "〔", "【", "〈", "《", "「", "『": depth += 1
      case ")", "]", "}", "〕", "】", "〉", "》", "」", "』": depth = max(0, depth - 1)
      // 「用途※リモート保守など」: from the mark on it is a remark.
      case "※" where !outside.isEmpty: depth = Int.max / 2
      default: if depth > 0 { inside.append(scalar) } else { outside.append(scalar) }
      }
    }
    full = Self.plain(folded.unicodeScalars)
    let stripped = Self.plain(outside)
    base = stripped.isEmpty ? full : stripped
    note = Self.plain(inside)
    parts = Self.parts(of: text)
    words = Self.words(of: text)
    letters = Array(base.unicodeScalars)
  }

  /// Folded text without punctuation; `#` alone stays.
  private static func plain(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in scalars where !isPunctuation(scalar) { kept.append(scalar) }
    if kept.isEmpty, scalars.contains("#") { return "#" }
    return String(kept)
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 128 {
      return !(48...57).contains(scalar.value) && !(97...122).contains(scalar.value)
        && !(65...90).contains(scalar.value)
    }
    switch scalar {
    case "、", "。", "・", "：", "／", "「", "」", "『", "』", "【", "】", "〔", "〕", "〈", "〉", "《", "》", "※", "★", "☆", "●", "○",
      "◎", "■", "□", "▲", "▼", "◆", "◇", "→", "〜", "~", "々":
      return scalar != "々"
    default: return false
    }
  }

  /// Marks in front and behind that say nothing of the column: ※ * ★, 必須, a number in a circle, `3.`, `(2)`.
  private static func withoutMarks(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars.filter { $0.value != 0x200b && $0.value != 0xfeff })
    func blank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || "※*＊★☆●◎■□◆◇▼▲".unicodeScalars.contains(scalar)
    }
    while let first = scalars.first, blank(first) || (0x2460...0x2473).contains(first.value) { scalars.removeFirst() }
    while let last = scalars.last, blank(last) { scalars.removeLast() }
    // `3.` and `3)` count columns; `3F` and `2次` do not.
    let digits = scalars.prefix { (48...57).contains($0.value) || (0xff10...0xff19).contains($0.value) }.count
    if digits > 0, digits <= 2, scalars.count > digits + 1, ".．)）、:：".unicodeScalars.contains(scalars[digits]) {
      scalars.removeFirst(digits + 1)
    }
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: scalars)
    var result = String(kept)
    guard result.unicodeScalars.contains(where: { "(（[【＜<".unicodeScalars.contains($0) }) else { return result }
    for mark in ["必須", "任意", "required", "optional"] {
      for (open, close) in [("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"), ("＜", "＞"), ("<", ">")] {
        result = replacing(open + mark + close, in: result)
      }
    }
    return result
  }

  private static func replacing(_ piece: String, in text: String) -> String {
    let piece = Array(piece.utf8)
    let bytes = Array(text.utf8)
    guard bytes.count >= piece.count else { return text }
    for start in 0...(bytes.count - piece.count) where Array(bytes[start..<(start + piece.count)]) == piece {
      return String(decoding: bytes[..<start] + bytes[(start + piece.count)...], as: UTF8.self)
    }
    return text
  }

  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = String.UnicodeScalarView()
    var depth = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "(", "（", "[", "【": depth += 1
      case ")", "）", "]", "】": depth = max(0, depth - 1)
      case "/", "／", "・", "･", "、", ",", "，", "&", "＆", "+", "＋", "|", "｜":
        parts.append(String(part))
        part = String.UnicodeScalarView()
      default: if depth == 0 { part.append(scalar) }
      }
    }
    parts.append(String(part))
    return parts.map { plain(Fold.key($0).unicodeScalars) }.filter { !$0.isEmpty }
  }

  private static let spelledOut: [String: String] = [
    "no": "number", "num": "number", "nr": "number", "nbr": "number", "#": "number", "addr": "address",
    "dept": "department", "mfr": "manufacturer", "mfg": "manufacturer", "maker": "manufacturer",
    "make": "manufacturer", "desc": "description", "loc": "location", "tel": "phone", "telephone": "phone",
    "sn": "serial", "os": "os", "pc": "computer", "hw": "hardware", "sw": "software", "id": "id",
    "section": "department", "division": "department", "installed": "install", "installation": "install",
    "purchased": "purchase", "supplier": "vendor", "addresses": "address", "equip": "equipment",
  ]

  /// English words; `ipAddress`, `IP_ADDRESS` and `IP Addr.` give the same.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for scalar in Width.halved(text).unicodeScalars {
      switch scalar.value {
      case 65...90, 97...122, 48...57:
        let isCapital = (65...90).contains(scalar.value)
        if isCapital, wasSmall, !word.isEmpty {
          words.append(word)
          word = ""
        }
        wasSmall = (97...122).contains(scalar.value)
        word.unicodeScalars.append(isCapital ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
      case 35: words.append("#")
      case 128...: if !scalar.properties.isWhitespace { return [] }; fallthrough
      default:
        if !word.isEmpty { words.append(word) }
        word = ""
        wasSmall = false
      }
    }
    if !word.isEmpty { words.append(word) }
    if words.count == 2, words == ["s", "n"] { return ["serial", "number"] }
    return words.map { spelledOut[$0] ?? $0 }.filter { !["of", "the", "a", "an", "in", "for", "date2"].contains($0) }
  }
}

/// Words that stand before or after a known header word, and what they do to its meaning.
enum HeaderQualifier {
  case harmless, altering, unknown

  /// Before: 「機器管理番号」 is 管理番号, 「旧管理番号」 is not.
  static func before(_ word: String) -> HeaderQualifier {
    if harmlessBefore.contains(word) { return .harmless }
    return alteringParts.contains(where: { word.contains($0) }) ? .altering : .unknown
  }

  /// Behind: 「業者名」 is 業者, 「業者電話番号」 is not.
  static func behind(_ word: String) -> HeaderQualifier {
    if harmlessBehind.contains(word) || word == "1" { return .harmless }
    // 「IPアドレス2」 is the second one.
    return word.utf8.allSatisfy { (48...57).contains($0) } ? .altering : .unknown
  }

  /// In brackets or in the group above: 「IPアドレス（旧）」, 「移設前」 over 「設置場所」.
  static func alters(_ word: String) -> Bool {
    let key = HeaderKey(word).full
    return alteringParts.contains { key.contains($0) }
  }

  private static func keys(_ words: String) -> Set<String> {
    Set(words.split(separator: " ").map { HeaderKey(String($0)).full })
  }

  private static let harmlessBefore = keys(
    """
    機器 医療機器 装置 端末 PC パソコン コンピュータ コンピューター サーバ サーバー 製品 商品 本体 対象 当該 現 現在 現在の \
    主 主な 病院 院内 当院 情報 情報機器 ME 器材 備品 物品 ハード ハードウェア デバイス メーカー 製造 機械 登録 \
    ネットワーク NW LAN 有線 有線LAN ご 御 device asset equipment machine pc computer system product primary main current \
    hospital network unit item
    """
  )

  private static let harmlessBehind = keys(
    """
    名 名称 欄 等 など 情報 一覧 内容 様 値 の有無 有無 種別 name info information
    """
  )

  // Parts of words that make it a different thing: an earlier or later one, a second one, or something about it.
  private static let alteringParts = [String](
    keys(
      """
      旧 前任 以前 移設前 変更前 更新前 前回 過去 次回 次期 新規 予定 移設先 移動先 変更後 更新後 予備 副 サブ 第二 2台目 \
      セカンダリ バックアップ 無線 wifi 親 子機 接続先 関連 紐付 リース 満了 期限 終了 廃棄 返却 保証 連絡先 電話 tel fax 担当 \
      責任者 管理者 コード 単価 金額 価格 数量 台数 old previous former backup secondary wireless parent next lease \
      warranty contact remote gateway subnet manager second alternate expiry
      """
    )
  )
}

extension HeaderKey {
  /// `HeaderKey(text).full`, without the work where the text cannot be a header.
  static func quick(_ text: String) -> String { text.utf8.count > 60 ? "" : HeaderKey(text).full }
}
