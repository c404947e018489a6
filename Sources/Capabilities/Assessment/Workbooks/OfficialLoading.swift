import Nouns
import Tabular
import Text

/// Why a workbook is not taken for the official one as it is: what differs, and that a person may say so anyway.
package struct OfficialDoubt: Error, Sendable {
  package let reasons: [TabularError]
}

extension Assessment {
  var officialForms: OfficialFormStore { schedule.officialForms }

  /// Loads the official workbook of a checklist. A file without the form's heads or settled numbers throws `TabularError`,
  /// and so does one that is filled in: its answers would stay wherever the hospital gives none. One that is not the published file, or differs from the one loaded before, throws `OfficialDoubt` unless `isCertain`.
  @discardableResult
  package func load(
    _ bytes: [UInt8],
    name: String,
    for checklist: Checklist,
    isCertain: Bool,
    in scope: Scope<AnswerChecks>
  ) async throws -> OfficialForm {
    let form = try OfficialForm(bytes, name: name, checklist)
    if form.isPublished != true {
      let answered = form.answeredCells(today: today)
      guard answered.isEmpty else { throw Self.filledIn(answered, form) }
    }
    if !isCertain {
      let doubts = try await doubts(form, scope.facility)
      guard doubts.isEmpty else { throw OfficialDoubt(reasons: doubts) }
    }
    try await officialForms.load(form, name: name, in: scope)
    return form
  }

  private func doubts(_ form: OfficialForm, _ facility: FacilityID) async throws -> [TabularError] {
    guard form.isPublished != true else { return [] }
    var doubts: [TabularError] = []
    if let published = form.checklist.workbook {
      doubts.append(
        TabularError(
          reason: Localized(
            ja:
              "公表されたファイルと指紋（SHA-256）が違います。公表：\(published.hash)（\(published.bytes)バイト）、このファイル：\(form.hash)（\(form.bytes.count)バイト）。",
            en:
              "The fingerprint (SHA-256) is not that of the published file. Published: \(published.hash) (\(published.bytes) bytes); this file: \(form.hash) (\(form.bytes.count) bytes)."
          ),
          remedy: Localized(
            ja: "公式のサイトから入手し直してください。公式が差し替えたことを確かめたなら、印を付けて（コマンドでは --certain）取り込めます。",
            en:
              "Get it again from the official site. If you know that it was replaced there, tick the box (--certain on the command line) and load it."
          )
        )
      )
    }
    if let before = try await loadedForm(form.checklist, facility), before.hash != form.hash {
      let differences = before.differences(in: form.book)
      doubts += differences
      if differences.isEmpty { doubts.append(Self.sameCells) }
    }
    return doubts
  }

  private static func filledIn(_ cells: [CellPlace], _ form: OfficialForm) -> TabularError {
    let most = 30
    let names = cells.prefix(most).map { CellRange.letters(column: $0.column) + String($0.row) }
    let more = cells.count - names.count
    return TabularError(
      place: TablePlace(sheet: form.sheetName),
      reason: Localized(
        ja: "答えが記入されています：\(names.joined(separator: "、"))\(more > 0 ? "、ほか\(more)セル" : "")。",
        en: "It is filled in already: \(names.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")."
      ),
      remedy: Localized(
        ja: "公式のサイトにある記入前の様式を取り込むか、これらのセルを空にして保存してから取り込んでください。",
        en: "Load the empty form of the official site, or clear these cells, save it and load it again."
      )
    )
  }

  private static let sameCells = TabularError(
    reason: Localized(
      ja: "前に取り込んだファイルと、セルの内容は同じですが、書式・入力規則・印刷設定のどれかか、記入済みの欄が違います。",
      en:
        "Its cells say the same as the file that was loaded before, but formats, rules, print settings or filled-in fields differ."
    ),
    remedy: Localized(
      ja: "公式のサイトから入手したままのファイルかを確かめてください。そうであれば、印を付けて（コマンドでは --certain）取り込めます。",
      en:
        "Check that it is the file as the official site gives it. If it is, tick the box (--certain on the command line) and load it."
    )
  )

  /// What was loaded before, unless it can no longer be read: then anything may replace it.
  func loadedForm(_ checklist: Checklist, _ facility: FacilityID) async throws -> OfficialForm? {
    do {
      return try await officialForms.form(checklist, facility)
    } catch is TabularError {
      return nil
    }
  }

  /// The official workbook with the answers of the hospital's round, nil where none was loaded. `hospital` is its name.
  package func filledForm(_ standing: Standing, hospital: String) async throws -> [UInt8]? {
    guard let form = try await officialForms.form(standing.round.checklist, standing.facility) else { return nil }
    return try form.filled(standing.round.askedAnswers.mapValues(\.onForm), name: hospital)
  }

  /// The official workbook with the answers of a vendor.
  package func filledForm(
    _ checklist: Checklist,
    _ line: VendorStanding,
    _ facility: FacilityID
  ) async throws -> [UInt8]? {
    guard let form = try await officialForms.form(checklist, facility) else { return nil }
    return try form.filled(line.form?.answers.mapValues(\.answer) ?? [:], name: line.vendor.name)
  }

  /// A copy of the loaded official workbook whose fixed cells were changed is refused with what differs; other forms pass.
  func changedOfficial(
    _ bytes: [UInt8],
    name: String,
    _ checklist: Checklist,
    _ facility: FacilityID
  ) async throws
    -> [TabularError]
  {
    guard let form = try await loadedForm(checklist, facility) else { return [] }
    // Whoever reads the answers says why a file cannot be read.
    guard let book = try? TableReader.read(bytes, name: name) else { return [] }
    return form.isCopy(book) ? Array(form.differences(in: book).prefix(50)) : []
  }
}
