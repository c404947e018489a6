import Records
import Text
import Time

/// The rules of the quality page.
package struct QualityCheck: Sendable {
  package var today: LocalDate
  /// A record counts as confirmed for this long.
  package var confirmedForDays = 365
  package var endOfSupport: SupportEnd

  package init(today: LocalDate, endOfSupport: @escaping SupportEnd = { _ in nil }) {
    self.today = today
    self.endOfSupport = endOfSupport
  }

  /// `confirmed`: by record, when something else than its own date last confirmed it.
  package func report(
    _ kind: Kind,
    _ records: [Record],
    confirmed: [String: LocalDate] = [:]
  ) -> QualityReport {
    let records = records.filter { $0.archivedAt == nil && $0["state"] != "disposed" }
    var findings: [QualityFinding] = []
    for field in Self.identifying(kind) { findings += sharing(field, records) }
    findings += pastSupport(records)
    findings += gaps(kind, records)
    findings += stale(kind, records, confirmed)
    findings += privateUse(records)
    findings += readings(kind, records)
    let order = QualityRule.allCases
    let sorted = findings.enumerated().sorted {
      let left = order.firstIndex(of: $0.element.rule) ?? 0
      let right = order.firstIndex(of: $1.element.rule) ?? 0
      return (left, $0.offset) < (right, $1.offset)
    }.map(\.element)
    return QualityReport(kind: kind, population: records.count, findings: sorted)
  }

  /// The fields whose value should belong to one record only.
  static func identifying(_ kind: Kind) -> [Field] {
    kind.identities.filter { $0.count == 1 }.compactMap { kind[field: $0[0]] }
  }

  /// Records with the same number, serial, MAC or name. A number on things that are surely different (another serial
  /// number and another hardware address) was given twice; everything else is one thing entered twice until somebody says
  /// otherwise.
  private func sharing(_ field: Field, _ records: [Record]) -> [QualityFinding] {
    var byValue: [String: [Record]] = [:]
    var order: [String] = []
    for record in records {
      guard let value = record.known(field.key) else { continue }
      let parts = field.type == .mac ? SightingMatch.parts(value) : [value]
      for part in parts {
        let key = field.type == .text ? Fold.key(part) : Fold.exactKey(part)
        if byValue[key] == nil { order.append(key) }
        byValue[key, default: []].append(record)
      }
    }
    var reused: [QualityFinding.Group] = []
    var doubled: [QualityFinding.Group] = []
    for key in order {
      guard let same = byValue[key], same.count > 1, Set(same.map(\.id)).count > 1 else { continue }
      let group = QualityFinding.Group(value: same[0].values[field.key] ?? key, records: same.map(\.id))
      if field.key == "asset_number" || field.key == "staff_number", Self.areSurelyDifferent(same) {
        reused.append(group)
      } else {
        doubled.append(group)
      }
    }
    return [
      finding(
        .numberReused,
        field,
        reused,
        ja: "同じ\(field.label.ja)が別々のものに付いています。",
        en: "The same \(field.label.en.lowercased()) is on different things."
      ),
      finding(
        .duplicate,
        field,
        doubled,
        ja: "\(field.label.ja)が同じ記録が複数あります。",
        en: "Several records share one \(field.label.en.lowercased())."
      ),
    ].compactMap { $0 }
  }

  /// Whether signs that two things cannot share all differ among the records that have them.
  static func areSurelyDifferent(_ records: [Record]) -> Bool {
    let signs = records[0].kind == "person" ? ["name"] : ["serial_number", "mac_address"]
    var isKnown = false
    for sign in signs {
      let values = records.compactMap { $0.known(sign) }
      guard values.count > 1 else { continue }
      if Set(values.map { Fold.key($0) }).count < values.count { return false }
      isKnown = true
    }
    return isKnown
  }

  private func finding(
    _ rule: QualityRule,
    _ field: Field,
    _ groups: [QualityFinding.Group],
    ja: String,
    en: String
  ) -> QualityFinding? {
    guard !groups.isEmpty else { return nil }
    var seen: Set<String> = []
    let records = groups.flatMap(\.records).filter { seen.insert($0).inserted }
    return QualityFinding(
      rule: rule,
      field: field.key,
      text: Localized(ja: ja, en: en),
      records: records,
      groups: groups
    )
  }

  private func pastSupport(_ records: [Record]) -> [QualityFinding] {
    let past = records.filter { isPastSupport($0) }
    guard !past.isEmpty else { return [] }
    return [
      QualityFinding(
        rule: .pastSupport,
        field: nil,
        text: Localized(
          ja: "OSやファームウェアのサポートが終わっています。更新か、使い続ける場合の守りを決めてください。",
          en: "The OS or firmware is no longer supported. Update it, or decide how it is protected."
        ),
        records: past.map(\.id),
        groups: []
      )
    ]
  }

  /// Whether support of what the record names has ended: by the ledger's own date, else by the rule pack.
  package func isPastSupport(_ record: Record) -> Bool {
    for field in ["support_ends_on", "firmware_support_ends_on"] {
      if let date = record.date(field) { return date < today }
    }
    for field in ["os", "firmware"] {
      if let text = record.known(field), let end = endOfSupport(text) { return end.date < today }
    }
    return false
  }

  private func gaps(_ kind: Kind, _ records: [Record]) -> [QualityFinding] {
    kind.fields.flatMap { field -> [QualityFinding] in
      guard field.weight > .extra, field.key != "reading" else { return [] }
      let concerned = records.filter { Self.needs($0, field) }
      let missing = concerned.filter { $0.values[field.key] == nil }
      let unknown = concerned.filter { $0.isUnknown(field.key) }
      let essential = field.weight == .essential
      return [
        gap(
          essential ? .essentialMissing : .usefulMissing,
          field,
          missing,
          ja: "\(field.label.ja)が記入されていません。",
          en: "\(field.label.en) is not recorded."
        ),
        essential
          ? gap(.essentialUnknown, field, unknown, ja: "\(field.label.ja)が「不明」です。", en: "\(field.label.en) is unknown.")
          : nil,
      ].compactMap { $0 }
    }
  }

  private func gap(
    _ rule: QualityRule,
    _ field: Field,
    _ records: [Record],
    ja: String,
    en: String
  ) -> QualityFinding? {
    guard !records.isEmpty else { return nil }
    return QualityFinding(
      rule: rule,
      field: field.key,
      text: Localized(ja: ja, en: en),
      records: records.map(\.id),
      groups: []
    )
  }

  /// Whether the field means anything for the record: a printer needs no antivirus, a line that does not exist no device.
  static func needs(_ record: Record, _ field: Field) -> Bool {
    switch (record.kind, field.key) {
    case ("asset", "antivirus"), ("asset", "last_patched_on"):
      ["server", "terminal", "virtual", "medical"].contains(record["category"] ?? "terminal")
    case ("asset", "os"): record["category"] != "printer"
    case ("asset", "serial_number"), ("asset", "model"), ("asset", "location"): record["category"] != "virtual"
    case ("connection", let key) where !["system_name", "department", "has_connection"].contains(key):
      !["no", "na"].contains(record["has_connection"] ?? "")
    case ("person", _): record.date("left_on") == nil
    default: true
    }
  }

  private func stale(_ kind: Kind, _ records: [Record], _ confirmed: [String: LocalDate]) -> [QualityFinding] {
    guard let field = kind[field: "last_seen_on"] ?? kind[field: "last_confirmed_on"] else { return [] }
    let old = records.filter { record in
      guard Self.needs(record, field) else { return false }
      // A device without a date was there on the day it was entered; a connection without one is told as a gap.
      let own = record.date(field.key) ?? (kind.key == Kind.asset.key ? record.createdAt.day : nil)
      guard let date = [own, confirmed[record.id]].compactMap({ $0 }).max() else { return false }
      return today.days(since: date) > confirmedForDays
    }
    guard !old.isEmpty else { return [] }
    return [
      QualityFinding(
        rule: .stale,
        field: field.key,
        text: Localized(
          ja: "最後に確認してから\(confirmedForDays)日を過ぎています。\(kind.key == Kind.asset.key ? Confirmations.rule.ja : "")",
          en:
            "Last confirmed more than \(confirmedForDays) days ago.\(kind.key == Kind.asset.key ? " " + Confirmations.rule.en : "")"
        ),
        records: old.map(\.id),
        groups: []
      )
    ]
  }

  private func privateUse(_ records: [Record]) -> [QualityFinding] {
    // In UTF-8 they begin with one of the last bytes there are, which most text has none of.
    func isOdd(_ text: String) -> Bool { text.utf8.contains { $0 >= 0xee } && PrivateUse.contains(text) }
    let found = records.filter { $0.values.values.contains(where: isOdd) || $0.extras.values.contains(where: isOdd) }
    guard !found.isEmpty else { return [] }
    return [
      QualityFinding(
        rule: .privateUse,
        field: nil,
        text: Localized(
          ja: "この病院だけで使う文字（外字）が入っています。ほかのパソコンでは読めません。",
          en: "Characters that only this hospital's fonts know. Other computers cannot show them."
        ),
        records: found.map(\.id),
        groups: []
      )
    ]
  }

  private func readings(_ kind: Kind, _ records: [Record]) -> [QualityFinding] {
    guard kind.key == "person" else { return [] }
    let found = records.filter { $0.known("reading") == nil }
    guard !found.isEmpty else { return [] }
    return [
      QualityFinding(
        rule: .readingMissing,
        field: "reading",
        text: Localized(ja: "フリガナがないため、五十音順に並びません。", en: "Without a reading they cannot be put in order."),
        records: found.map(\.id),
        groups: []
      )
    ]
  }
}
