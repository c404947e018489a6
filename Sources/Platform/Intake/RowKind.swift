import Tabular
import Text

/// What a row with few cells is, when it is no record.
struct RowKind {
  let kind: SkippedRow.Kind
  let reason: Localized

  /// Nil when the row may be a record. `filled` are the positions of the cells that hold something, `usualFill` how
  /// many cells a record of this table usually has, 0 before the first.
  static func sparse(
    _ cells: [CellValue],
    filled: [Int],
    width: Int,
    isMergedAcross: Bool,
    usualFill: Double,
    isBelowGap: Bool
  ) -> RowKind? {
    guard let first = filled.first else { return nil }
    let text = Width.trimmed(cells[first].text)
    if Notes.isSampleMark(text) { return sample }
    if isTotal(cells, filled) { return total }
    let isSparse = filled.count <= 2 || Double(filled.count) <= usualFill * 0.34
    if isSparse, Notes.isLegendMark(text) || Notes.isEndMark(text) { return legend }
    if width >= 4, filled.count <= 2, filled.allSatisfy({ isAmount(cells[$0]) }) { return total }
    if filled.count == 1, width >= 3, case .text = cells[first] {
      if isMergedAcross || Notes.isSectionMark(text) { return section }
      if first == 0 && width >= 4 && (usualFill >= 3 || usualFill == 0) && !CellShape.isIdentifier(text) {
        return section
      }
      if usualFill >= 4 && first != 0 && !isBelowGap { return nil }
      if usualFill >= 4 { return lone }
    }
    if isBelowGap, usualFill >= 4, filled.count <= max(2, Int(usualFill * 0.34)) { return legendBelow }
    return nil
  }

  /// The line below some headers that numbers the columns or says how to fill them in; nil for anything else.
  static func guide(_ cells: [CellValue], filled: [Int]) -> RowKind? {
    guard filled.count >= 2 else { return nil }
    let texts = filled.map { Width.trimmed(Width.halved(cells[$0].text)) }
    if texts.allSatisfy({ guideWords.contains($0) }) {
      return RowKind(
        kind: .example,
        reason: Localized(ja: "記入方法の行です。", en: "A row that says how to fill in the columns.")
      )
    }
    let numbers = texts.compactMap { Int($0.filter { !"().".contains($0) }) }
    guard filled.count >= 3, numbers.count == texts.count, numbers[0] <= 1 else { return nil }
    guard zip(numbers, numbers.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else { return nil }
    return RowKind(kind: .legend, reason: Localized(ja: "列の番号の行です。", en: "A row that numbers the columns."))
  }

  private static let guideWords: Set<String> = [
    "必須", "任意", "自動", "選択", "入力", "入力不要", "プルダウン", "自由記述", "自由記入", "半角", "全角", "半角英数", "半角数字", "西暦", "和暦", "数値",
    "文字", "テキスト", "日付", "リスト", "required", "optional", "text", "date", "number", "yyyy/mm/dd", "YYYY/MM/DD", "(必須)",
    "(任意)",
    "選択式", "リストから選択", "記入", "有/無", "○/×", "auto",
  ]

  private static let sample = RowKind(
    kind: .example,
    reason: Localized(ja: "記入例の行です。", en: "A sample row.")
  )
  private static let total = RowKind(
    kind: .subtotal,
    reason: Localized(ja: "小計・合計の行です。", en: "A sub-total or total.")
  )
  private static let legend = RowKind(
    kind: .legend,
    reason: Localized(ja: "凡例・注記の行です。", en: "A legend or note.")
  )
  private static let legendBelow = RowKind(
    kind: .legend,
    reason: Localized(ja: "表の下の注記とみて読み飛ばしました。", en: "Taken for a note below the table.")
  )
  private static let section = RowKind(
    kind: .section,
    reason: Localized(ja: "区切りの見出し行です。", en: "A heading inside the list.")
  )
  private static let lone = RowKind(
    kind: .lone,
    reason: Localized(
      ja: "1つのセルにしか記入がないため、取り込みませんでした。",
      en: "Only one cell is filled in; the row was not imported."
    )
  )

  // MARK: Totals

  /// A word for a total in front, and otherwise nothing but numbers and at most one label.
  private static func isTotal(_ cells: [CellValue], _ filled: [Int]) -> Bool {
    var word: Int?
    for position in filled.prefix(4) {
      guard case .text(let text) = cells[position], text.utf8.count <= 90 else { continue }
      if isTotalWord(text) {
        word = position
        break
      }
    }
    guard let word else { return false }
    var labels = 0
    for position in filled where position != word && !isAmount(cells[position]) {
      if case .text(let text) = cells[position], isTotalWord(text) { continue }
      labels += 1
    }
    return labels <= 1
  }

  private static let totalWords = [
    "小計", "中計", "合計", "総計", "総合計", "累計", "総数", "件数", "台数", "計", "subtotal", "grandtotal", "total", "sum",
  ]

  /// 「小計　395台」「放射線科 計」「合計：12件」, not 「体温計」 and not 「合計表示器」.
  static func isTotalWord(_ text: String) -> Bool {
    let halved = Width.trimmed(Width.halved(text)).lowercased()
    var plain = String(halved.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "-" && $0 != "*" })
    for (open, close) in [("【", "】"), ("(", ")"), ("<", ">"), ("[", "]"), ("《", "》"), ("〈", "〉")]
    where plain.hasPrefix(open) && plain.hasSuffix(close) {
      plain = String(plain.dropFirst().dropLast())
    }
    for word in totalWords {
      if plain == word { return true }
      if plain.hasPrefix(word), isAmountText(String(plain.dropFirst(word.count))) { return true }
      // What is counted may stand before: 「放射線科小計」, but a bare 計 only behind a blank.
      if plain.hasSuffix(word), word != "計", word != "sum", plain.count <= word.count + 12 { return true }
    }
    for (label, amount) in splits(plain) where totalWords.contains(where: { $0 != "計" && label.hasSuffix($0) }) {
      if isAmountText(amount) { return true }
    }
    let pieces = halved.split(whereSeparator: { $0.isWhitespace || $0 == ":" || $0 == "：" })
    return pieces.count >= 2 && pieces.dropFirst().contains("計")
  }

  /// 「放射線科小計12台」 → (放射線科小計, 12台)
  private static func splits(_ text: String) -> [(String, String)] {
    guard let digit = text.firstIndex(where: { $0.isASCII && $0.isNumber }), digit > text.startIndex else { return [] }
    return [(String(text[..<digit]), String(text[digit...]))]
  }

  private static let units: Set<String> = [
    "", "台", "件", "名", "人", "個", "本", "枚", "円", "式", "回線", "機", "行", "units", "items", "rows", "pcs",
  ]

  /// A number with a unit: `395台`, `:12件`, `(3)`, `=1,234円`.
  private static func isAmountText(_ text: String) -> Bool {
    var rest = text.filter { !":：=()（）,，.".contains($0) }
    var digits = 0
    while let first = rest.first, first.isASCII, first.isNumber {
      rest.removeFirst()
      digits += 1
    }
    return digits > 0 && units.contains(rest) || text.isEmpty
  }

  static func isAmount(_ cell: CellValue) -> Bool {
    switch cell {
    case .number: return true
    case .text(let text):
      let halved = Width.trimmed(Width.halved(text))
      // `00123` and long numbers are identifiers.
      guard halved.utf8.count <= 12, !halved.hasPrefix("0"), halved.utf8.contains(where: { (48...57).contains($0) })
      else { return false }
      return isAmountText(halved) && halved.filter({ $0.isNumber }).count <= 7
    default: return false
    }
  }
}

/// Words that mark a row or a sheet as written for the reader.
enum Notes {
  static func isLegendMark(_ text: String) -> Bool {
    let key = Width.halved(text)
    if let first = key.unicodeScalars.first, "※*注★☆→↑↓⇒".unicodeScalars.contains(first) {
      return first != "注" || legendWords.contains { key.hasPrefix($0) }
    }
    return legendWords.contains { key.hasPrefix($0) }
  }

  private static let legendWords = [
    "凡例", "注)", "注:", "注：", "注意", "注記", "注1", "注2", "(注", "【注", "備考:", "備考：", "記号", "【凡例", "(※", "<注", "note:",
    "Note:", "NOTE", "Notes", "Legend", "legend", "*", "記入要領", "記入方法", "補足", "(備考", "参考:", "参考：",
  ]

  static func isEndMark(_ text: String) -> Bool {
    ["以上", "-以上-", "以下余白", "以下、余白", "以下空白", "EOF", "END", "end"].contains(Width.halved(text).filter { $0 != " " })
  }

  static func isSampleMark(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, sampleBeginnings.contains(first) else { return false }
    let plain = Width.halved(text).filter { !"()（）[]【】<>〈〉《》:： 　".contains($0) }.lowercased()
    return ["例", "記入例", "記載例", "入力例", "サンプル", "見本", "sample", "example"].contains(plain)
      || (plain.hasPrefix("例") && plain.dropFirst().allSatisfy { $0.isNumber } && plain.count <= 3)
  }

  private static let sampleBeginnings: Set<Unicode.Scalar> = [
    "例", "記", "入", "サ", "見", "s", "S", "e", "E", "(", "（", "[", "【", "<", "〈", "《", "＜", "［",
  ]

  private static let sectionMarks = "■□●○◎◆◇▼▽▲△★☆【《〈＜<≪[［〔・▶►►➤◼︎".unicodeScalars

  static func isSectionMark(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return sectionMarks.contains(first) || isFloor(text)
  }

  /// `3F`, `B1階`, 「本館3階」「東棟」 alone in a row.
  static func isFloor(_ text: String) -> Bool {
    let plain = Width.halved(text).filter { $0 != " " }.lowercased()
    guard plain.utf8.count <= 36 else { return false }
    if plain.hasSuffix("棟") || plain.hasSuffix("館") || plain.hasSuffix("病棟") { return true }
    for end in ["階", "f", "floor"] where plain.hasSuffix(end) {
      let before = plain.dropLast(end.count)
      if let last = before.last, last.isNumber || "一二三四五六七八九十".contains(last) { return true }
      if ["1st", "2nd", "3rd"].contains(where: { before.hasSuffix($0) }) || before.hasSuffix("th") { return true }
    }
    return false
  }

  /// 「■放射線科（12台）」 → 放射線科
  static func sectionName(_ text: String) -> String {
    var name = String(
      text.unicodeScalars.filter { !sectionMarks.contains($0) && !"】》〉＞>≫]］〕".unicodeScalars.contains($0) }
    )
    if let open = name.firstIndex(where: { $0 == "(" || $0 == "（" }), open > name.startIndex {
      name = String(name[..<open])
    }
    return Width.trimmed(name)
  }

  static func isSample(_ sheet: String) -> Bool {
    let name = sheet.lowercased()
    if ["記入例", "記載例", "入力例", "テンプレート", "ひな形", "雛形", "template"].contains(where: name.contains) { return true }
    // 「見本病院」 is a name.
    return ["サンプル", "見本", "sample", "example"].contains { name == $0 || name.hasSuffix($0) || name.contains("(\($0))") }
  }

  static func isNotes(_ sheet: String) -> Bool {
    let name = sheet.lowercased()
    let words = name.split { !$0.isLetter }
    return ["legend", "note", "notes", "readme", "cover", "instructions"].contains { word in
      words.contains { $0 == word }
    }
      || [
        "凡例", "記入要領", "説明", "注意", "使い方", "表紙", "改訂", "改版", "更新履歴", "変更履歴", "選択肢", "コード表", "はじめに", "手順", "目次",
        "プルダウン",
      ].contains { name.contains($0) }
  }
}
