import Text

/// What change sets are called, in both languages: 「機器「CT-01」の変更」, 「機器12件をまとめて変更」.
package enum Titles {
  /// `name` is what the record is called there: `RecordWriter.name`.
  package static func added(_ kind: Kind, _ name: Localized) -> Localized {
    one(kind, name, ja: "の登録", en: { "New \($0)" })
  }

  static func changed(
    _ kind: Kind,
    _ records: [Record],
    name: (Record) throws -> Localized
  ) rethrows -> Localized {
    guard records.count != 1 else {
      return one(kind, try name(records[0]), ja: "の変更", en: { "Change of \($0)" })
    }
    return many(kind, records, ja: "をまとめて変更", en: "changed together")
  }

  static func retired(_ kind: Kind, _ records: [Record], name: (Record) throws -> Localized) rethrows -> Localized {
    guard records.count != 1 else {
      return one(kind, try name(records[0]), ja: "の廃止", en: { "Retirement of \($0)" })
    }
    return many(kind, records, ja: "の廃止", en: "retired")
  }

  static func putBack(_ kind: Kind, _ records: [Record], name: (Record) throws -> Localized) rethrows -> Localized {
    guard records.count != 1 else {
      return one(kind, try name(records[0]), ja: "を一覧に戻す変更", en: { "Putting back \($0)" })
    }
    return many(kind, records, ja: "を一覧に戻す変更", en: "put back")
  }

  static func merged(_ kind: Kind, _ others: [Record], into kept: Record) -> Localized {
    let ja = others.map { "「\($0.title(.ja))」" }.joined()
    let en = others.map { "“\($0.title(.en))”" }.joined(separator: ", ")
    return Localized(
      ja: "\(kind.label.ja)\(ja)を「\(kept.title(.ja))」に統合",
      en: "Merging of \(kind.label.en.lowercased()) \(en) into “\(kept.title(.en))”"
    )
  }

  package static func imported(_ what: Localized, _ file: String) -> Localized {
    Localized(ja: "\(what.ja)の取り込み「\(file)」", en: "Import of \(what.en.lowercased()) “\(file)”")
  }

  private static func one(_ kind: Kind, _ name: Localized, ja: String, en: (String) -> String) -> Localized {
    Localized(ja: "\(kind.label.ja)「\(name.ja)」\(ja)", en: en("\(kind.label.en.lowercased()) “\(name.en)”"))
  }

  private static func many(_ kind: Kind, _ records: [Record], ja: String, en: String) -> Localized {
    Localized(
      ja: "\(kind.label.ja)\(records.count)件\(ja)",
      en: "\(records.count) \(kind.plural.en.lowercased()) \(en)"
    )
  }
}
