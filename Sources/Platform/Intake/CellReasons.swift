import Text
import Time

/// What a person reads about a cell: its value, what is allowed, what to do.
enum CellReasons {
  static func short(_ text: String) -> String {
    let line = ColumnReader.oneLine(text)
    return line.count > 40 ? String(line.prefix(40)) + "…" : line
  }

  static func excelError(_ error: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "Excelのエラー（\(error)）です。\(field.label.ja)の計算式を直すか、値を書き直してください。",
      en: "The cell holds the Excel error \(error). Correct the formula or type the value."
    )
  }

  static func privateUse(_ text: String) -> Localized {
    let codes = Set(PrivateUse.positions(in: text).map(\.code)).sorted().joined(separator: "、")
    return Localized(
      ja: "外字（\(codes)）が含まれています。ほかのパソコンでは正しく表示されません。通常の文字に置き換えてください。",
      en: "It contains private-use characters (\(codes)), which other computers cannot show. Replace them."
    )
  }

  static func namesakes(_ text: String) -> Localized {
    Localized(
      ja: "「\(short(text))」という名前の人が2人以上いるため、だれのことか決められません。名前の代わりに職員番号を書いてください。",
      en:
        "Two or more people are called “\(short(text))”, so nobody can tell who is meant. Write the staff number instead."
    )
  }

  static func placeholder(_ text: String) -> Localized {
    Localized(
      ja: "「\(short(text))」はメーカーの初期値とみて、記録しませんでした。",
      en: "“\(short(text))” looks like a factory default and was not recorded."
    )
  }

  static func tooLong(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」は\(field.label.ja)として長すぎます。列がずれていないか確かめてください。",
      en: "“\(short(text))” is too long for \(field.label.en). Check that the columns have not shifted."
    )
  }

  static func number(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」は数値として読めません。\(field.label.ja)には数字だけを書いてください。",
      en: "“\(short(text))” is not a number. Write digits only for \(field.label.en)."
    )
  }

  static func serial(_ text: String, _ day: LocalDate) -> Localized {
    Localized(
      ja: "数値\(text)をExcelの日付とみて、\(day.era())として登録します。",
      en: "\(text) was taken for an Excel date, \(day.english)."
    )
  }

  static func date(_ text: String, _ reason: Localized, _ field: IntakeField) -> Localized {
    Localized(ja: "「\(short(text))」：\(reason.ja)", en: "“\(short(text))”: \(reason.en)")
  }

  static func monthOnly(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」には日がありません。\(field.label.ja)は「2026/4/1」「R8.4.1」のように日まで書いてください。",
      en: "“\(short(text))” has no day. Write \(field.label.en) with the day, such as 2026/4/1."
    )
  }

  static func address(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」はIPアドレスとして読めません。「192.168.1.10」の形か、「DHCP」「不明」と書いてください。",
      en: "“\(short(text))” is not an IP address. Write it as 192.168.1.10, or DHCP, or ? if unknown."
    )
  }

  static func suffixDropped(_ text: String, _ address: String) -> Localized {
    Localized(
      ja: "「\(short(text))」から、アドレス\(address)だけを登録します。",
      en: "Of “\(short(text))” only the address \(address) is recorded."
    )
  }

  static func hardware(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」はMACアドレスとして読めません。「00:1A:2B:3C:4D:5E」のように12桁の16進数で書いてください。",
      en: "“\(short(text))” is not a MAC address. Write 12 hexadecimal digits, such as 00:1A:2B:3C:4D:5E."
    )
  }

  static func phone(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」は電話番号として読めません。「045-680-0073」や「内線1234」のように書いてください。",
      en: "“\(short(text))” is not a telephone number. Write it as 045-680-0073."
    )
  }

  static func email(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」はメールアドレスとして読めません。「name@example.jp」の形で書いてください。",
      en: "“\(short(text))” is not a mail address. Write it as name@example.jp."
    )
  }

  static func yesNo(_ text: String, _ field: IntakeField) -> Localized {
    Localized(
      ja: "「\(short(text))」は読み取れません。\(field.label.ja)には「有」「無」「不明」のいずれかを書いてください。",
      en: "“\(short(text))” cannot be read. Write yes, no or ? for \(field.label.en)."
    )
  }

  static func yesNoWithMore(_ text: String) -> Localized {
    Localized(
      ja: "「\(short(text))」の最初の語だけを読み取りました。残りは元の値として残します。",
      en: "Only the first word of “\(short(text))” was read; the rest is kept as the original value."
    )
  }

  static func choice(_ text: String, _ field: IntakeField, _ choices: [IntakeChoice]) -> Localized {
    let ja = choices.prefix(8).map { "「\($0.label.ja)」" }.joined() + (choices.count > 8 ? "など" : "")
    let en = choices.prefix(8).map(\.label.en).joined(separator: ", ") + (choices.count > 8 ? " …" : "")
    return Localized(
      ja: "「\(short(text))」は\(field.label.ja)の選択肢にありません。\(ja)から選んで書いてください。",
      en: "“\(short(text))” is not a choice for \(field.label.en). Use one of: \(en)."
    )
  }
}
