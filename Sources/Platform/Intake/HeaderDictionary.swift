import Text

/// Every word a schema knows for its columns, ready for comparison.
struct HeaderDictionary {
  /// How a header came to mean a field.
  enum Manner: Int, Comparable {
    case similar, part, unknownQualifier, altered, generic, severalThings, knownQualifier, exact

    static func < (left: Manner, right: Manner) -> Bool { left.rawValue < right.rawValue }
  }

  struct Match {
    let field: Int
    /// 0 to 1.
    var score: Double
    var manner: Manner
    /// The word of the schema, as written there.
    let word: String
    /// How early the word stands in the field's list.
    let rank: Int
  }

  private struct Entry {
    let field: Int
    let rank: Int
    let word: String
    /// Only ever a suggestion.
    let isWeak: Bool
    let key: [Unicode.Scalar]
    let words: [String]
    let isGeneric: Bool
    /// The word itself names several things: 「システム名・医療機器名」.
    let isSeveral: Bool

    func match(_ score: Double, _ manner: Manner) -> Match {
      Match(
        field: field,
        score: isWeak ? min(score, 0.6) : score,
        manner: isWeak ? min(manner, .unknownQualifier) : manner,
        word: word,
        rank: rank
      )
    }
  }

  private let entries: [Entry]
  private let exact: [String: [Int]]
  /// Headers that a mapping file or a remembered mapping names, so that their row is known for a header row.
  private let known: Set<String>

  init(_ schema: IntakeSchema, known: some Sequence<String> = []) {
    var entries: [Entry] = []
    var exact: [String: [Int]] = [:]
    for (field, definition) in schema.fields.enumerated() {
      var seen: Set<String> = []
      let words = [definition.label.ja, definition.label.en] + definition.synonyms + [definition.key]
      for (rank, word) in words.enumerated() {
        let isWeak = word.hasPrefix("?") && word.utf8.count > 1
        let word = isWeak ? String(word.dropFirst()) : word
        let key = HeaderKey(word)
        guard !key.full.isEmpty, seen.insert(key.full).inserted else { continue }
        exact[key.full, default: []].append(entries.count)
        entries.append(
          Entry(
            field: field,
            rank: rank,
            word: word,
            isWeak: isWeak,
            key: Array(key.full.unicodeScalars),
            words: key.words,
            isGeneric: Self.generic.contains(key.full),
            isSeveral: key.parts.count > 1
          )
        )
      }
    }
    self.entries = entries
    self.exact = exact
    self.known = Set(known.map { HeaderKey(HeaderDictionary.withoutOrdinal($0)).full })
  }

  /// 「IPアドレス (2)」 → 「IPアドレス」.
  static func withoutOrdinal(_ header: String) -> String {
    guard header.hasSuffix(")"), let open = header.lastIndex(of: "("), open > header.startIndex else { return header }
    let digits = header[header.index(after: open)...].dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      header[header.index(before: open)] == " "
    else { return header }
    return String(header[..<header.index(before: open)])
  }

  /// How sure it is that this text is the head of a column: 1 for a known word, less for one that contains such a word.
  func weight(_ text: String) -> Double {
    let key = HeaderKey(text)
    if known.contains(key.full) || exact[key.full] != nil || exact[key.base] != nil { return 1 }
    if SystemHeader.isOwn(key.full) { return 1 }
    guard text.utf8.count <= 300 else { return 0 }
    let best = matches(key, group: nil).first
    guard let best else { return 0 }
    return best.manner >= .knownQualifier ? 0.9 : best.manner >= .unknownQualifier ? 0.5 : 0
  }

  /// Whether the text is exactly a known word.
  func isKnown(_ text: String) -> Bool {
    let key = HeaderKey(text)
    return known.contains(key.full) || exact[key.full] != nil || exact[key.base] != nil
  }

  static func isGeneric(_ text: String) -> Bool { generic.contains(HeaderKey(text).full) }

  /// The fields this header may mean, the likeliest first.
  func matches(_ key: HeaderKey, group: HeaderKey?) -> [Match] {
    var best: [Int: Match] = [:]
    func offer(_ match: Match) {
      if let present = best[match.field], present.score >= match.score { return }
      best[match.field] = match
    }
    offerExact(key, offer)
    for entry in entries { offerPart(key, entry, offer) }
    if let group, !group.full.isEmpty {
      limitGeneric(&best, under: group)
      // 「保守」 over 「業者」 is 保守業者.
      let whole = HeaderKey(group.base + key.base)
      offerExact(whole) { match in
        var match = match
        match.score -= 0.02
        offer(match)
      }
    }
    if let group, HeaderQualifier.alters(group.full) {
      for (field, match) in best where match.score > 0.6 {
        best[field]?.score = 0.6
        best[field]?.manner = .altered
      }
    }
    return best.values.sorted { ($0.score, -$0.rank, -$0.field) > ($1.score, -$1.rank, -$1.field) }
  }

  /// 「名称」 under 「保守業者」 is not the name of the device.
  private func limitGeneric(_ best: inout [Int: Match], under group: HeaderKey) {
    guard !Self.neutralGroups.contains(group.full), HeaderQualifier.before(group.full) != .harmless else { return }
    for (field, match) in best where match.manner == .generic { best[field]?.score = min(match.score, 0.6) }
  }

  private func offerExact(_ key: HeaderKey, _ offer: (Match) -> Void) {
    let isSeveral = namesSeveral(key)
    func all(_ text: String, _ score: Double, _ manner: Manner) {
      for index in exact[text] ?? [] {
        let entry = entries[index]
        if isSeveral, !entry.isSeveral {
          offer(entry.match(min(score, 0.55), .severalThings))
        } else {
          offer(entry.match(score, manner))
        }
      }
    }
    let isGeneric = Self.generic.contains(key.full)
    all(key.full, isGeneric ? 0.86 : 1, isGeneric ? .generic : .exact)
    if key.base != key.full {
      let altered = HeaderQualifier.alters(key.note) || isAnother(key.note, than: key.base)
      let generic = Self.generic.contains(key.base)
      all(key.base, altered ? 0.55 : generic ? 0.85 : 0.95, altered ? .altered : generic ? .generic : .exact)
    }
    if !key.words.isEmpty {
      let sorted = key.words.sorted()
      for entry in entries where entry.words.count > 1 && entry.words.sorted() == sorted {
        offer(entry.match(0.94, .exact))
      }
    }
  }

  /// 「メーカー／型番」: its parts are words of different fields.
  private func namesSeveral(_ key: HeaderKey) -> Bool {
    guard key.parts.count > 1 else { return false }
    let fields = key.parts.compactMap { exact[$0]?.first.map { entries[$0].field } }
    return Set(fields).count > 1
  }

  /// 「氏名（カナ）」: what stands in brackets is a field of its own.
  private func isAnother(_ note: String, than base: String) -> Bool {
    guard let noted = exact[note]?.first, let meant = exact[base] else { return false }
    return !meant.contains { entries[$0].field == entries[noted].field }
  }

  private func offerPart(_ header: HeaderKey, _ entry: Entry, _ offer: (Match) -> Void) {
    if entry.isGeneric { return }
    guard let (score, manner) = header.words.isEmpty ? partScore(header, entry) : wordScore(header.words, entry.words)
    else { return }
    // 「メーカー／型番」 holds both.
    let isSeveral = header.parts.count > 1
    offer(entry.match(isSeveral ? min(score, 0.55) : score, isSeveral ? .severalThings : manner))
  }

  private func partScore(_ header: HeaderKey, _ entry: Entry) -> (Double, Manner)? {
    let text = header.letters
    let key = entry.key
    guard key.count >= 2, let first = text.first, let last = text.last else { return nil }
    if text.count > key.count {
      if first == key[0], text.starts(with: key) {
        let rest = String(String.UnicodeScalarView(text[key.count...]))
        switch HeaderQualifier.behind(rest) {
        case .harmless: return (0.88, .knownQualifier)
        case .altering: return (0.3, .altered)
        case .unknown: return (0.35, .part)
        }
      }
      if last == key[key.count - 1], text[(text.count - key.count)...].elementsEqual(key) {
        let rest = String(String.UnicodeScalarView(text[..<(text.count - key.count)]))
        switch HeaderQualifier.before(rest) {
        case .harmless: return (0.9, .knownQualifier)
        case .altering: return (0.3, .altered)
        // A longer known word leaves less room for another meaning.
        case .unknown: return (key.count >= 4 ? 0.64 : 0.55, .unknownQualifier)
        }
      }
    }
    guard text.count >= 4, key.count >= 4, first == key[0] || last == key[key.count - 1],
      text.count * 5 >= key.count * 3, key.count * 5 >= text.count * 3, Self.likeness(text, key) >= 0.75
    else { return nil }
    return (0.55, .similar)
  }

  private func wordScore(_ header: [String], _ entry: [String]) -> (Double, Manner)? {
    guard !entry.isEmpty, header.count > entry.count else { return nil }
    if Array(header.suffix(entry.count)) == entry {
      if entry.count == 1, Self.generic.contains(entry[0]) { return nil }
      let rest = header.dropLast(entry.count)
      let kinds = rest.map { HeaderQualifier.before($0) }
      if kinds.contains(.altering) { return (0.3, .altered) }
      return kinds.allSatisfy { $0 == .harmless } ? (0.9, .knownQualifier) : (0.6, .unknownQualifier)
    }
    if Array(header.prefix(entry.count)) == entry {
      let rest = header.dropFirst(entry.count)
      return rest.allSatisfy { HeaderQualifier.behind($0) == .harmless } ? (0.88, .knownQualifier) : (0.35, .part)
    }
    return nil
  }

  /// Dice's coefficient of neighbouring letters.
  static func likeness(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Double {
    guard a.count > 1, b.count > 1 else { return 0 }
    func pairs(_ text: [Unicode.Scalar]) -> [UInt64] {
      (1..<text.count).map { UInt64(text[$0 - 1].value) << 32 | UInt64(text[$0].value) }
    }
    var left: [UInt64: Int] = [:]
    for pair in pairs(a) { left[pair, default: 0] += 1 }
    var common = 0
    for pair in pairs(b) {
      if let count = left[pair], count > 0 {
        left[pair] = count - 1
        common += 1
      }
    }
    return 2 * Double(common) / Double(a.count + b.count - 2)
  }

  private static let neutralGroups: Set<String> = Set(
    """
    基本 基本情報 基本事項 設置 設置情報 管理 管理情報 ネットワーク ネットワーク情報 その他 共通 概要 詳細 仕様 一般 general basic \
    network management information other details 識別 識別情報 属性 製品 製品情報
    """.split(separator: " ").map { HeaderKey(String($0)).full }
  )

  /// Words that head columns of every meaning: alone they need the values to speak for them.
  static let generic: Set<String> = Set(
    """
    区分 種別 種類 分類 名称 名前 名 番号 No コード ID 日付 年月日 場所 担当 担当者 状態 状況 内容 型 アドレス 会社 会社名 業者 年月 \
    name type number date place status code address class kind owner user company title state vendor supplier ベンダ ベンダー
    """.split(separator: " ").map { HeaderKey(String($0)).full }
  )
}

/// Columns that are ours or that count the rows.
enum SystemHeader {
  /// The record's id in our own export.
  static let id = "記録ID（変更しないでください）"
  /// Of the file that lists what went wrong.
  static let error = "エラー内容"

  static func isOwn(_ key: String) -> Bool { key == idKey || key == idBase || key == errorKey }

  static func isID(_ header: String) -> Bool {
    let key = HeaderKey(header)
    return key.full == idKey || key.base == idBase
  }

  static func isError(_ header: String) -> Bool { HeaderKey(header).full == errorKey }

  /// 「No.」「項番」: counts the rows of the sheet and says nothing of the record.
  static func isOrdinal(_ header: String) -> Bool { ordinals.contains(HeaderKey(header).full) }

  private static let idKey = HeaderKey(id).full
  private static let idBase = HeaderKey(id).base
  private static let errorKey = HeaderKey(error).full
  private static let ordinals: Set<String> = Set(
    ["No", "No.", "№", "#", "項番", "通番", "連番", "通し番号", "行", "行番号", "番", "seq", "row", "line", "項", "順", "順番", "整理No"]
      .map { HeaderKey($0).full }
  )
}
