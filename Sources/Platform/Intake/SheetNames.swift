import Tabular
import Text

/// Places and departments that stand not in a column but in the name of the sheet or in a heading inside the list.
struct SheetNames {
  let schema: IntakeSchema
  let options: IntakeOptions

  /// How a mapping file names the sheet's name.
  static let header = "（シート名）"
  static let headers = [header, "シート名"]

  /// A field for the sheet's name: asked for when several sheets of one shape are called like floors or wards and no
  /// column says where things are; used when a person has said so.
  func propose(_ sheets: [String], _ mapping: ColumnMapping) -> MappedColumn? {
    let fields = Set(mapping.columns.compactMap(\.field))
    if let given = options.given[Self.header] ?? options.given["シート名"] {
      return MappedColumn(
        header: Self.header,
        field: given,
        confidence: .given,
        reason: Localized(ja: "指定された対応です。", en: "As you said.")
      )
    }
    if let remembered = options.remembered.first(where: { $0.headerSet == mapping.headerSet })?.sheetName,
      remembered.field != nil
    {
      var column = remembered
      column.confidence = .remembered
      return column
    }
    let names = Set(sheets)
    guard names.count >= 2, let place = reference("location"), !fields.contains(place.key),
      names.allSatisfy({ Notes.isFloor($0) || options.references.isKnown(kind: "location", $0) })
    else { return nil }
    return MappedColumn(
      header: Self.header,
      field: nil,
      suggested: place.key,
      confidence: .middle,
      reason: Localized(
        ja: "シート名が\(place.label.ja)のようです。\(place.label.ja)として登録するか選んでください。",
        en: "The names of the sheets look like places. Choose whether to record them as \(place.label.en)."
      ),
      samples: Array(names.sorted().prefix(3))
    )
  }

  private func reference(_ kind: String) -> IntakeField? {
    schema.fields.first { field in
      if case .reference(kind) = field.type { true } else { false }
    }
  }

  /// The field and kind of reference the sheet's name is used for.
  func reference(_ mapping: ColumnMapping) -> (String, String)? {
    guard let key = mapping.sheetName?.field, let field = schema.field(key), case .reference(let kind) = field.type
    else { return nil }
    return (key, kind)
  }

  /// A name in a cell that refers to something; nil for 「不明」, dashes and 「なし」.
  static func name(_ cell: CellValue) -> String? {
    let text = Width.trimmed(cell.text)
    if text.isEmpty || Ditto.isMark(cell) { return nil }
    if text.utf8.count <= 40 {
      let key = Fold.exactKey(text)
      if Vocabulary.isUnknown(key) || Vocabulary.isDash(key) || Vocabulary.isNone(key) { return nil }
    }
    return ColumnReader.oneLine(text)
  }

  /// Values that hold for all rows of a table or of a section.
  struct Places {
    var fixed: [(String, NormalValue)] = []
    var bySection: [String: [(String, NormalValue)]] = [:]

    func values(_ section: String?) -> [(String, NormalValue)] {
      guard let section, let more = bySection[section] else { return fixed }
      return fixed + more
    }
  }

  func places(of table: FoundTable, _ mapping: ColumnMapping, _ clusters: [String: ReferenceClusters]) -> Places {
    var places = Places()
    if let key = mapping.sheetName?.field, schema.field(key) != nil {
      let stored =
        reference(mapping).flatMap { clusters[$0.1]?.decision(table.sheet)?.stored } ?? table.sheet
      places.fixed = [(key, NormalValue(stored: stored, original: table.sheet))]
    }
    let sections = Set(table.rows.compactMap(\.section))
    guard !sections.isEmpty else { return places }
    let fields = Set(mapping.columns.compactMap(\.field))
    for kind in ["department", "location"] {
      guard let field = reference(kind), !fields.contains(field.key), mapping.sheetName?.field != field.key else {
        continue
      }
      // Safe only when every heading of the list is a place the ledger knows.
      let known = sections.compactMap { name in options.references.find(kind: kind, name).map { (name, $0.id) } }
      guard known.count == sections.count else { continue }
      for (name, id) in known { places.bySection[name] = [(field.key, NormalValue(stored: id, original: name))] }
      break
    }
    return places
  }
}
