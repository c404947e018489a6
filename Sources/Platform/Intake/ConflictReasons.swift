import Text

/// What a person reads about rows that collide.
enum ConflictReasons {
  /// How the codes of rows begin that a person must decide on.
  static let code = "conflict."

  private static func ja(_ place: RowPlace) -> String { "シート「\(place.sheet)」の\(place.row)行目" }
  private static func en(_ place: RowPlace) -> String { "row \(place.row) of sheet “\(place.sheet)”" }

  static func duplicate(_ place: RowPlace) -> Localized {
    Localized(
      ja: "\(ja(place))と同じ内容です。1件として数えました。",
      en: "The same as \(en(place)); counted once."
    )
  }

  static func reused(_ label: Localized, _ value: String, _ place: RowPlace) -> Localized {
    Localized(
      ja: "\(label.ja)「\(value)」は\(ja(place))でも使われていて、内容が違います。この行をどうするかを選ぶか、正しい\(label.ja)に直して、もう一度取り込んでください。",
      en:
        "The \(label.en) “\(value)” is also used in \(en(place)) for something different. Choose what to do with this row, or correct the \(label.en) and import again."
    )
  }

  static func reusedBelow(_ place: RowPlace) -> Localized {
    Localized(
      ja: "同じ番号が\(ja(place))でも使われています。どちらが正しいか確かめてください。",
      en: "The same number is used in \(en(place)). Check which is right."
    )
  }

  static func sameSerial(_ serial: Localized, _ number: Localized, _ place: RowPlace) -> Localized {
    Localized(
      ja: "\(ja(place))と\(serial.ja)が同じで、\(number.ja)が違います。同じ機器か確かめて、どちらかを直してください。",
      en: "The \(serial.en) is that of \(en(place)), but the \(number.en) differs. Check whether they are one thing."
    )
  }

  static func sharedNote(_ label: Localized, _ place: RowPlace) -> Localized {
    Localized(
      ja: "\(ja(place))と\(label.ja)が同じです。別の機器として取り込みました。書き間違いがないか確かめてください。",
      en: "The \(label.en) is that of \(en(place)). Imported as a different thing; check for a typing mistake."
    )
  }

  static func sharedWithLedger(_ label: Localized, _ title: String) -> Localized {
    Localized(
      ja: "登録済みの「\(title)」と\(label.ja)が同じです。別の機器として扱いました。書き間違いがないか確かめてください。",
      en: "The \(label.en) is that of “\(title)” in the ledger. Treated as a different thing; check for a mistake."
    )
  }

  static func several(_ label: Localized, _ value: String, _ count: Int) -> Localized {
    Localized(
      ja: "\(label.ja)「\(value)」の記録が\(count)件あり、どれか決められません。",
      en: "There are \(count) records of \(label.en) “\(value)”; it cannot be told which is meant."
    )
  }

  static func otherNumber(_ matched: Localized, _ against: Localized, _ title: String) -> Localized {
    Localized(
      ja: "\(matched.ja)は登録済みの「\(title)」と同じですが、\(against.ja)が違います。同じ機器か確かめてください。",
      en: "The \(matched.en) is that of “\(title)”, but the \(against.en) differs. Check whether they are one thing."
    )
  }

  static func twoRecords(_ first: Localized, _ one: String, _ second: Localized, _ other: String) -> Localized {
    Localized(
      ja: "\(first.ja)は「\(one)」、\(second.ja)は「\(other)」のものです。どちらの記録か確かめてください。",
      en: "The \(first.en) belongs to “\(one)” and the \(second.en) to “\(other)”. Check which record is meant."
    )
  }

  static func taken(_ label: Localized, _ value: String, _ title: String, _ different: [Localized]) -> Localized {
    Localized(
      ja:
        "\(label.ja)「\(value)」は登録済みの「\(title)」の番号ですが、\(different.map(\.ja).joined(separator: "・"))が違います。番号の使い回しでないか確かめてください。",
      en:
        "The \(label.en) “\(value)” belongs to “\(title)”, but the \(different.map(\.en).joined(separator: " and ")) differs. Check whether the number was re-used."
    )
  }

  static func claimed(_ title: String, _ place: RowPlace) -> Localized {
    Localized(
      ja: "\(ja(place))と同じ記録「\(title)」を指しています。どちらの内容にするか決めてください。",
      en: "It means the same record, “\(title)”, as \(en(place)). Decide which to keep."
    )
  }

  static func perhapsSame(
    _ title: String,
    _ same: [Localized],
    _ different: [Localized],
    _ count: Int
  ) -> Localized {
    let (sameJa, sameEn) = (same.map(\.ja).joined(separator: "と"), same.map(\.en).joined(separator: " and "))
    if different.isEmpty {
      return Localized(
        ja: "\(sameJa)が同じ記録が\(count)件あり、どれのことか決められません。どの記録か、新しい記録かを選んでください。",
        en:
          "\(count) records have the same \(sameEn), so it cannot be told which is meant. Choose one, or add a new one."
      )
    }
    let ja = different.map(\.ja).joined(separator: "・")
    let en = different.map(\.en).joined(separator: " and ")
    return Localized(
      ja: "登録済みの「\(title)」と\(sameJa)が同じですが、\(ja)が違います。同じものの訂正か、別のものかを選んでください。",
      en: "The \(sameEn) are those of “\(title)”, but the \(en) differs. Choose whether it is corrected or another one."
    )
  }

  static let gone = Localized(
    ja: "書き出したあとに、この記録は台帳から外されています。もう一度登録するか決めてください。",
    en: "The record has left the ledger since the export. Decide whether to add it again."
  )

  static func bothSides(_ labels: [Localized]) -> Localized {
    Localized(
      ja: "\(labels.map(\.ja).joined(separator: "・"))が、書き出したあとに台帳でも変更されています。どちらにするか選んでください。",
      en:
        "\(labels.map(\.en).joined(separator: " and ")) also changed in the ledger since the export. Choose which to keep."
    )
  }

  static func unknownKept(_ label: Localized?) -> Localized {
    Localized(
      ja: "ファイルでは不明ですが、台帳には\(label?.ja ?? "値")の記録があるため、台帳の値を残しました。",
      en: "Unknown in the file, but known in the ledger: the ledger's value was kept."
    )
  }

  static func charactersKept(_ present: String) -> Localized {
    Localized(
      ja: "ファイルの文字コードにない文字が別の文字になっているため、台帳の「\(present)」を残しました。",
      en: "The file's encoding lacks a character, so the ledger's “\(present)” was kept."
    )
  }

  static func noIdentity(_ labels: [Localized]) -> Localized {
    Localized(
      ja: "\(labels.map(\.ja).joined(separator: "・"))のいずれもない行があります。次の取り込みで同じものと見分けられないことがあります。",
      en: "Some rows have none of \(labels.map(\.en).joined(separator: ", ")), so they may not be recognised next time."
    )
  }
}
