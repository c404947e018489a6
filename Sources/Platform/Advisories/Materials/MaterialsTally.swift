import Text

/// Gathers items and what was left out of them.
struct MaterialsTally {
  var bill: BillOfMaterials
  private let limit: Int

  init(_ format: BillOfMaterials.Format, _ edition: String, _ limits: FeedLimits) {
    bill = BillOfMaterials(format: format, edition: edition)
    limit = limits.problems
  }

  /// The index of the item.
  mutating func add(_ item: BillOfMaterials.Item) -> Int {
    bill.items.append(item)
    return bill.items.count - 1
  }

  /// Index of each item by its id inside the file.
  var places: [String: Int] {
    var places: [String: Int] = [:]
    for (index, item) in bill.items.enumerated() {
      if let reference = item.reference { places[reference] = index }
    }
    return places
  }

  /// Takes what the maker says of a vulnerability, about the items of these ids: of all where none is named, or the subject
  /// is. One that names only what the file does not hold is left out, since it is about something else.
  mutating func add(
    _ vulnerability: String,
    _ verdict: SupplierStatement.Verdict,
    why: [String?],
    remedy: String?,
    about references: [String],
    _ places: [String: Int]
  ) {
    // A link from another document ends in the id: `urn:cdx:3e67…/1#log4j`.
    let ids = references.map { $0.hasPrefix("urn:cdx:") ? $0.split(separator: "#").last.map(String.init) ?? $0 : $0 }
    let items = ids.compactMap { places[$0] }
    let isOfAll = ids.isEmpty || ids.contains { $0 == bill.subject?.reference }
    guard isOfAll || !items.isEmpty else {
      return skip(
        vulnerability,
        "この部品表にない部品についてのメーカーの見解です。",
        "A statement of the maker about parts that this bill does not hold."
      )
    }
    let reasons = why.compactMap(\.self)
    bill.statements.append(
      BillOfMaterials.Statement(
        vulnerability: vulnerability,
        verdict: verdict,
        justification: reasons.isEmpty ? nil : reasons.joined(separator: ": "),
        remedy: remedy,
        items: isOfAll ? [] : items
      )
    )
  }

  mutating func name(_ text: String?, of item: String, row: Int? = nil) -> CPEName? {
    guard let text = text?.trimmed else { return nil }
    do throws(CPEFault) { return try CPEName(parsing: text) } catch {
      let shown = text.prefix(120)
      skip(item, row: row, "CPE名「\(shown)」が読めません。", "The CPE name “\(shown)” cannot be read.")
      return nil
    }
  }

  mutating func skip(_ record: String?, row: Int? = nil, _ ja: String, _ en: String) {
    guard bill.problems.count < limit else { return }
    bill.problems.append(FeedProblem(record: record, row: row, reason: Localized(ja: ja, en: en)))
  }

  mutating func skipNameless(row: Int? = nil) {
    skip(nil, row: row, "名前のない構成要素です。", "A component without a name.")
  }
}
