import Tabular
import Text
import Time

/// Proposes which column is which field. A wrong field costs more than none: only what both the header and the values
/// bear out is mapped, what is likely is asked, and the rest stays an extra column.
struct MappingProposer {
  let schema: IntakeSchema
  let dictionary: HeaderDictionary
  let options: IntakeOptions

  /// From here on a column is mapped without asking.
  static let high = 0.82
  /// From here on it is worth a question.
  static let middle = 0.5
  /// Two fields nearer than this for one column are a question.
  static let margin = 0.05

  /// One column as the proposer sees it, over all tables that share the headers.
  struct Candidate {
    let header: String
    let group: String?
    let isUnnamed: Bool
    let evidence: ValueEvidence
  }

  struct Score {
    let field: Int
    let value: Double
    let match: HeaderDictionary.Match?
    let verdict: ValueEvidence.Verdict
  }

  /// The hash under which a mapping is remembered.
  static func headerSet(kind: String, headers: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let keys = headers.map { HeaderKey($0).full }.sorted()
    for text in [kind] + keys {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0x1f) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }

  func propose(_ candidates: [Candidate], headerSet: String) -> ColumnMapping {
    var columns: [MappedColumn?] = Array(repeating: nil, count: candidates.count)
    var taken: Set<Int> = []
    place(given(candidates), candidates, &columns, &taken)
    if let remembered = options.remembered.first(where: { $0.headerSet == headerSet }) {
      place(recalled(remembered, candidates), candidates, &columns, &taken)
    }
    let scores = candidates.indices.map { columns[$0] == nil ? self.scores(candidates[$0]) : [] }
    let isShifted = isShifted(candidates, scores)
    if !isShifted { assign(scores, candidates, &columns, &taken) }
    for index in candidates.indices where columns[index] == nil {
      columns[index] = unmapped(candidates[index], scores[index], taken)
    }
    var mapping = ColumnMapping(headerSet: headerSet, columns: columns.compactMap(\.self))
    mapping.isShifted = isShifted
    return mapping
  }

  // MARK: What people said

  private typealias Said = (index: Int, field: String?, confidence: MappedColumn.Confidence)

  private func given(_ candidates: [Candidate]) -> [Said] {
    guard !options.given.isEmpty else { return [] }
    // As written first; else however it is spelled.
    let folded = Dictionary(options.given.map { (HeaderKey($0.key).full, $0.value) }, uniquingKeysWith: { a, _ in a })
    return candidates.enumerated().compactMap { index, candidate in
      if let field = options.given[candidate.header] { return (index, field, .given) }
      guard let field = folded[HeaderKey(candidate.header).full] else { return nil }
      return (index, field, .given)
    }
  }

  private func recalled(_ mapping: ColumnMapping, _ candidates: [Candidate]) -> [Said] {
    var fields: [String: MappedColumn] = [:]
    for column in mapping.columns { fields[HeaderKey(column.header).full] = column }
    return candidates.enumerated().compactMap { index, candidate in
      guard let column = fields[HeaderKey(candidate.header).full],
        column.field != nil || column.confidence == .given || column.confidence == .remembered
      else { return nil }
      return (index, column.field, .remembered)
    }
  }

  private func place(
    _ said: [Said],
    _ candidates: [Candidate],
    _ columns: inout [MappedColumn?],
    _ taken: inout Set<Int>
  ) {
    for (index, key, confidence) in said where columns[index] == nil {
      let field = key.flatMap { key in schema.fields.firstIndex { $0.key == key } }
      if key != nil, field == nil { continue }
      if let field, !taken.insert(field).inserted { continue }
      let candidate = candidates[index]
      columns[index] = MappedColumn(
        header: candidate.header,
        field: field.map { schema.fields[$0].key },
        confidence: confidence,
        reason: confidence == .given ? Self.givenReason : Self.rememberedReason,
        group: candidate.group,
        samples: candidate.evidence.samples
      )
    }
  }

  private static let givenReason = Localized(ja: "指定された対応です。", en: "As you said.")
  private static let rememberedReason = Localized(
    ja: "前回、同じ見出しのファイルで使った対応です。",
    en: "As with the last file of the same headers."
  )

  // MARK: Scores

  func scores(_ candidate: Candidate) -> [Score] {
    if SystemHeader.isID(candidate.header) || SystemHeader.isError(candidate.header) { return [] }
    if SystemHeader.isOrdinal(candidate.header), candidate.evidence.isCounting { return [] }
    var scores: [Score] = []
    if !candidate.isUnnamed {
      let group = candidate.group.map { HeaderKey($0) }
      for match in dictionary.matches(HeaderKey(HeaderDictionary.withoutOrdinal(candidate.header)), group: group) {
        let field = schema.fields[match.field]
        let verdict = candidate.evidence.verdict(on: field, schema: schema, resolver: options.references)
        scores.append(
          Score(field: match.field, value: Self.value(match, verdict, field.type), match: match, verdict: verdict)
        )
      }
    }
    if scores.allSatisfy({ $0.value < Self.middle }), let (type, share) = candidate.evidence.plainType() {
      for (index, field) in schema.fields.enumerated() where field.type.isSame(as: type) {
        scores.append(Score(field: index, value: 0.5 + 0.15 * share, match: nil, verdict: .supports))
        break
      }
    }
    return scores.sorted { ($0.value, -$0.field) > ($1.value, -$1.field) }
  }

  private static func value(
    _ match: HeaderDictionary.Match,
    _ verdict: ValueEvidence.Verdict,
    _ type: IntakeType
  ) -> Double {
    var score = match.score
    if match.manner == .generic, verdict != .supports, type.needsProof { score = min(score, 0.6) }
    switch verdict {
    case .supports: return min(1, match.manner >= .generic ? score + 0.1 : score + 0.08)
    case .silent: return score
    // A known header over values we do not know is asked about, unless the header leaves no doubt.
    case .doubtful: return match.manner == .exact && score >= 0.95 ? 0.84 : min(score, 0.6)
    case .contradicts: return match.manner == .exact ? 0.52 : min(score, 0.4)
    }
  }

  /// Whether the values of the next or the last column fit the headers better than their own.
  private func isShifted(_ candidates: [Candidate], _ scores: [[Score]]) -> Bool {
    func fitting(_ shift: Int) -> Int {
      candidates.indices.filter { index in
        guard candidates.indices.contains(index + shift),
          let best = scores[index].first(where: { $0.match?.manner == .exact })
        else { return false }
        let field = schema.fields[best.field]
        guard field.type.hasShape else { return false }
        return candidates[index + shift].evidence.verdict(on: field, schema: schema, resolver: options.references)
          == .supports
      }.count
    }
    let contradicted = scores.filter { $0.first { $0.match?.manner == .exact }?.verdict == .contradicts }.count
    guard contradicted >= 2 else { return false }
    let own = fitting(0)
    return [1, -1].contains { shift in
      let other = fitting(shift)
      return other >= 2 && other > own
    }
  }

  /// The best pairs first; each field and each column once.
  private func assign(
    _ scores: [[Score]],
    _ candidates: [Candidate],
    _ columns: inout [MappedColumn?],
    _ taken: inout Set<Int>
  ) {
    var pairs = scores.enumerated().flatMap { index, list in list.map { (index, $0) } }
    pairs.sort { a, b in
      let left = (a.1.value, -(a.1.match?.rank ?? 99), -a.0)
      let right = (b.1.value, -(b.1.match?.rank ?? 99), -b.0)
      return left > right
    }
    for (index, score) in pairs where score.value >= Self.high && columns[index] == nil && !taken.contains(score.field)
    {
      let rivals = scores[index].filter { $0.field != score.field && !taken.contains($0.field) }
      if let rival = rivals.first, score.value - rival.value < Self.margin, (rival.match?.manner ?? .part) >= .generic {
        continue
      }
      taken.insert(score.field)
      let candidate = candidates[index]
      columns[index] = MappedColumn(
        header: candidate.header,
        field: schema.fields[score.field].key,
        alternatives: alternatives(scores[index], except: score.field),
        confidence: .high,
        reason: MappingReason.mapped(score, schema.fields[score.field]),
        group: candidate.group,
        samples: candidate.evidence.samples
      )
    }
  }

  private func unmapped(_ candidate: Candidate, _ scores: [Score], _ taken: Set<Int>) -> MappedColumn {
    let free = scores.filter { !taken.contains($0.field) && $0.value >= Self.middle }
    let samples = candidate.evidence.samples
    if let best = free.first {
      return MappedColumn(
        header: candidate.header,
        field: nil,
        suggested: schema.fields[best.field].key,
        alternatives: alternatives(scores, except: best.field),
        confidence: .middle,
        reason: MappingReason.asked(best, schema.fields[best.field], rival: free.dropFirst().first, schema),
        group: candidate.group,
        samples: samples
      )
    }
    let second = scores.first { $0.value >= Self.high }
    return MappedColumn(
      header: candidate.header,
      field: nil,
      alternatives: alternatives(scores, except: nil),
      confidence: .low,
      reason: MappingReason.unmapped(candidate, second: second.map { schema.fields[$0.field] }),
      group: candidate.group,
      samples: samples
    )
  }

  private func alternatives(_ scores: [Score], except field: Int?) -> [String] {
    scores.filter { $0.field != field && $0.value >= 0.3 }.prefix(3).map { schema.fields[$0.field].key }
  }
}

extension IntakeType {
  /// Values of this type can be told by their looks.
  var hasShape: Bool {
    switch self {
    case .ip, .mac, .date, .moment, .email, .phone: true
    default: false
    }
  }

  /// Under a header such as 「番号」 the values must bear it out.
  var needsProof: Bool {
    switch self {
    case .identifier, .choice, .date, .moment, .number, .ip, .mac, .phone, .email: true
    case .text, .multiline, .yesNoUnknown, .reference: false
    }
  }

  func isSame(as other: IntakeType) -> Bool {
    switch (self, other) {
    case (.ip, .ip), (.mac, .mac), (.email, .email): true
    default: false
    }
  }
}

/// Why a column was mapped or not, for the person who checks.
enum MappingReason {
  static func mapped(_ score: MappingProposer.Score, _ field: IntakeField) -> Localized {
    let word = score.match?.word ?? ""
    let exact = score.match?.manner == .exact || score.match?.manner == .generic
    let head =
      exact
      ? Localized(ja: "見出しが「\(word)」と一致します。", en: "The header is “\(word)”.")
      : Localized(ja: "見出しに「\(word)」を含みます。", en: "The header contains “\(word)”.")
    guard score.verdict == .supports else { return head }
    return Localized(ja: head.ja + "値も\(field.label.ja)の形です。", en: head.en + " The values look like it, too.")
  }

  static func asked(
    _ score: MappingProposer.Score,
    _ field: IntakeField,
    rival: MappingProposer.Score?,
    _ schema: IntakeSchema
  ) -> Localized {
    let label = field.label
    if score.verdict == .contradicts || score.verdict == .doubtful {
      return Localized(
        ja: "見出しは「\(label.ja)」のようですが、値がその形ではありません。確かめてください。",
        en: "The header reads like “\(label.en)”, but the values do not. Please check."
      )
    }
    if let rival, score.value - rival.value < MappingProposer.margin {
      let other = schema.fields[rival.field].label
      return Localized(
        ja: "「\(label.ja)」か「\(other.ja)」か決められません。選んでください。",
        en: "It may be “\(label.en)” or “\(other.en)”. Please choose."
      )
    }
    if score.match == nil {
      return Localized(
        ja: "値は「\(label.ja)」の形ですが、見出しからは分かりません。確かめてください。",
        en: "The values look like “\(label.en)”, but the header does not say so. Please check."
      )
    }
    return Localized(
      ja: "「\(label.ja)」かもしれませんが、確かではありません。確かめてください。",
      en: "It may be “\(label.en)”, but that is not certain. Please check."
    )
  }

  static func unmapped(_ candidate: MappingProposer.Candidate, second: IntakeField?) -> Localized {
    if let second {
      return Localized(
        ja: "「\(second.label.ja)」には別の列を使います。この列はそのまま独自の列として残します。",
        en: "Another column is used for “\(second.label.en)”. This one is kept as an extra column."
      )
    }
    if SystemHeader.isError(candidate.header) {
      return Localized(ja: "前回の取り込みのエラー欄です。取り込みません。", en: "The error column of an earlier import; not taken.")
    }
    if SystemHeader.isOrdinal(candidate.header) {
      return Localized(ja: "行の番号とみて、取り込みません。", en: "Taken for a running number of the rows.")
    }
    if candidate.isUnnamed {
      return Localized(ja: "見出しのない列です。そのまま独自の列として残します。", en: "A column without a header, kept as an extra column.")
    }
    return Localized(
      ja: "対応する項目が見つかりません。そのまま独自の列として残します。",
      en: "No field fits; kept as an extra column."
    )
  }
}
