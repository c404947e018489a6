import Text

/// Why a table could not be read or written, in words for the person who has the file in front of them.
package struct TabularError: Error, Sendable, Hashable {
  package let place: TablePlace?
  package let reason: Localized
  /// What the person can do about it.
  package let remedy: Localized

  package init(place: TablePlace? = nil, reason: Localized, remedy: Localized) {
    self.place = place
    self.reason = reason
    self.remedy = remedy
  }

  /// Place, reason and remedy in one line, for messages and logs.
  package func message(_ language: Language) -> String {
    let parts = [place.map { $0.shown[language] }, reason[language], remedy[language]].compactMap(\.self)
    return parts.filter { !$0.isEmpty }.joined(separator: language == .ja ? "" : " ")
  }

  /// The same error, with the place filled in where it had none.
  func at(_ place: TablePlace) -> TabularError {
    self.place == nil ? TabularError(place: place, reason: reason, remedy: remedy) : self
  }
}

/// Where in a table: what is unknown is nil. Rows and columns count from 1, as on the screen.
package struct TablePlace: Sendable, Hashable {
  package var sheet: String?
  package var row: Int?
  package var column: Int?

  package init(sheet: String? = nil, row: Int? = nil, column: Int? = nil) {
    self.sheet = sheet
    self.row = row
    self.column = column
  }

  package var shown: Localized {
    var ja: [String] = []
    var en: [String] = []
    if let sheet {
      ja.append("シート「\(sheet)」")
      en.append("Sheet “\(sheet)”")
    }
    switch (row, column) {
    case (let row?, let column?):
      let cell = CellRange.letters(column: column - 1) + String(row)
      ja.append("\(cell)セル")
      en.append("cell \(cell)")
    case (let row?, nil):
      ja.append("\(row)行目")
      en.append("row \(row)")
    case (nil, let column?):
      ja.append("\(CellRange.letters(column: column - 1))列")
      en.append("column \(CellRange.letters(column: column - 1))")
    case (nil, nil): break
    }
    guard !ja.isEmpty else { return Localized(both: "") }
    return Localized(ja: ja.joined(separator: "の") + "：", en: en.joined(separator: ", ") + ":")
  }
}

/// Something odd that did not stop the reading, by the line of the file.
package struct LineProblem: Sendable, Hashable {
  /// Counts from 1.
  package let line: Int
  package let reason: Localized

  package init(line: Int, reason: Localized) {
    self.line = line
    self.reason = reason
  }
}

// The refusals that several readers share. One place, so that the wording stays the same.
extension TabularError {
  static let saveAsXLSX = Localized(
    ja: "Excelで開き、「名前を付けて保存」で「Excelブック（.xlsx）」を選んで保存し、もう一度取り込んでください。",
    en: "Open it in Excel, save it as “Excel Workbook (.xlsx)”, and import it again."
  )

  static func damaged(_ ja: String, _ en: String) -> TabularError {
    TabularError(
      reason: Localized(ja: "ファイルが壊れています（\(ja)）。", en: "The file is damaged (\(en))."),
      remedy: Localized(
        ja: "Excelで開けるか確かめ、保存し直してから取り込んでください。",
        en: "Check that Excel opens it, save it again, and import that."
      )
    )
  }

  static func tooLarge(_ ja: String, _ en: String) -> TabularError {
    TabularError(
      reason: Localized(ja: "大きすぎて取り込めません（\(ja)）。", en: "It is too large to import (\(en))."),
      remedy: Localized(
        ja: "使っていない行・列・シートを消すか、ファイルを分けてください。",
        en: "Remove unused rows, columns and sheets, or split the file."
      )
    )
  }

  static func suspicious(_ ja: String, _ en: String) -> TabularError {
    TabularError(
      reason: Localized(ja: "安全のため取り込みませんでした（\(ja)）。", en: "It was refused for safety (\(en))."),
      remedy: Localized(
        ja: "入手元を確かめてください。正しいファイルなら、Excelで新しいブックに貼り付けて保存し直してください。",
        en: "Check where the file came from. If it is right, paste it into a new workbook in Excel and save that."
      )
    )
  }

  static let passwordProtected = TabularError(
    reason: Localized(ja: "パスワード付きのファイルです。", en: "The file is protected by a password."),
    remedy: Localized(
      ja: "Excelでパスワードを解除して保存し直してから取り込んでください。",
      en: "Remove the password in Excel, save the file, and import it again."
    )
  )

  static let oldExcel = TabularError(
    reason: Localized(ja: "古いExcel形式（.xls）です。", en: "It is an old Excel file (.xls)."),
    remedy: saveAsXLSX
  )

  static let binaryExcel = TabularError(
    reason: Localized(ja: "Excelバイナリ形式（.xlsb）です。", en: "It is a binary Excel file (.xlsb)."),
    remedy: saveAsXLSX
  )

  static let openDocument = TabularError(
    reason: Localized(ja: "OpenDocument形式（.ods）です。", en: "It is an OpenDocument file (.ods)."),
    remedy: saveAsXLSX
  )

  static let withMacros = TabularError(
    reason: Localized(ja: "マクロを含むファイル（.xlsm）です。", en: "The file contains macros (.xlsm)."),
    remedy: Localized(
      ja: "マクロは取り込めません。「Excelブック（.xlsx）」で保存し直してから取り込んでください。",
      en: "Macros are not accepted. Save it as “Excel Workbook (.xlsx)” and import that."
    )
  )

  static let withExternalLinks = TabularError(
    reason: Localized(ja: "ほかのファイルへのリンクを含んでいます。", en: "The file links to other files."),
    remedy: Localized(
      ja: "Excelの「データ」→「リンクの編集」でリンクを解除し、保存し直してから取り込んでください。",
      en: "Break the links in Excel (Data, Edit Links), save the file, and import it again."
    )
  )

  static let notAWorkbook = TabularError(
    reason: Localized(ja: "Excelの表ではありません。", en: "It is not an Excel workbook."),
    remedy: Localized(
      ja: "Excelブック（.xlsx）かCSVファイルを選んでください。",
      en: "Choose an Excel workbook (.xlsx) or a CSV file."
    )
  )

  static let empty = TabularError(
    reason: Localized(ja: "ファイルが空です。", en: "The file is empty."),
    remedy: Localized(ja: "正しいファイルか確かめてください。", en: "Check that it is the right file.")
  )
}
