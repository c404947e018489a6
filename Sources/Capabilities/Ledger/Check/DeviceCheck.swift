import Nouns
import Records
import SQL
import Text
import Time

/// 機器の確認: whoever answers for a department says of each device that nobody has confirmed for a year whether it is still
/// there, has moved, or cannot be found.
package struct DeviceCheck: Sendable {
  let records: RecordStore

  package init(records: RecordStore) { self.records = records }

  /// What was found of a device.
  package enum Outcome: String, Sendable, CaseIterable {
    case here, moved, missing

    var label: Localized {
      switch self {
      case .here: Localized(ja: "まだある", en: "Still here")
      case .moved: Localized(ja: "移動した", en: "Moved")
      case .missing: Localized(ja: "見当たらない", en: "Not found")
      }
    }
  }

  /// One answer. `version` is what was looked at, nil to overwrite; `place` is the id of a location, or 不明, for what moved.
  package struct Answer: Sendable, Hashable {
    package let device: String
    package let version: Int?
    package let outcome: Outcome
    package var place: String

    package init(_ device: String, version: Int? = nil, _ outcome: Outcome, place: String = "") {
      self.device = device
      self.version = version
      self.outcome = outcome
      self.place = place
    }
  }

  /// A device nobody has confirmed for so long is asked about.
  static let days = 365

  static func since(_ today: LocalDate) -> LocalDate { today.adding(days: -days) }

  /// Those to ask about of the reader's departments, as many as the fact `ledger.assets.unconfirmed` counts; what was
  /// looked for already and not found comes last.
  package func waiting(
    from offset: Int = 0,
    limit: Int,
    in scope: Scope<ReadLedger>
  ) async throws -> (devices: [Record], titles: [String: String], total: Int) {
    let list = try RecordList(.asset, records.catalogue, scope)
    let facility = scope.facility.rawValue
    let since = Self.since(records.clock.now().day)
    let catalogue = records.catalogue
    return try await records.database.read(scope.reach) { tx in
      let condition: SQL = """
        facility = \(facility) AND archived_at IS NULL AND \(Measures.assetKept)
        AND NOT (\(Confirmations.condition(facility, since: since)))\(list.reachable())
        """
      let total = try tx.count("SELECT count(*) FROM asset WHERE \(condition)")
      let devices = try tx.rows(
        """
        SELECT \(list.columns) FROM asset WHERE \(condition)
        ORDER BY CASE WHEN state = 'missing' THEN 1 ELSE 0 END, asset_number_key, id LIMIT \(limit) OFFSET \(offset)
        """
      ).map(list.record)
      let titles = try ReferenceTitles.of(devices, kind: .asset, catalogue, facility: facility, in: tx)
      return (devices, titles, total)
    }
  }

  /// Keeps the answers as one change, all or none. Answers how many devices it is about, and the set to undo it. Throws
  /// `Placeless` and `RecordError`.
  package func settle(
    _ answers: [Answer],
    in scope: Scope<EditLedger>
  ) async throws -> (count: Int, set: String?) {
    let nowhere = answers.filter { $0.outcome == .moved && $0.place.isEmpty }
    guard nowhere.isEmpty else { throw Placeless(devices: nowhere.map(\.device)) }
    guard !answers.isEmpty else { return (0, nil) }
    let known = try await records.find(.asset, ids: answers.map(\.device), in: scope.reading)
    let states = Dictionary(known.map { ($0.id, $0["state"] ?? "") }, uniquingKeysWith: { first, _ in first })
    let today = records.clock.now().day
    let edits = answers.map { answer in
      RecordEdit(
        id: answer.device,
        expectedVersion: answer.version,
        changes: Self.changes(answer, state: states[answer.device] ?? "", today: today)
      )
    }
    let outcome = try await records.change(
      .asset,
      edits,
      title: Localized(ja: "機器の確認（\(edits.count)台）", en: "Check of \(edits.count) devices"),
      in: scope
    )
    return (edits.count, outcome.set)
  }

  /// Pure: what the ledger learns. What was missing and is found is in use again; what is not found was not seen.
  static func changes(_ answer: Answer, state: String, today: LocalDate) -> [String: String] {
    switch answer.outcome {
    case .missing: return ["state": "missing"]
    case .here, .moved:
      var changes = ["last_seen_on": today.iso]
      if state == "missing" { changes["state"] = "in_use" }
      if answer.outcome == .moved { changes["location"] = answer.place }
      return changes
    }
  }

  /// These moved, and nobody said where to.
  package struct Placeless: Error, Sendable, Hashable {
    package let devices: [String]

    static let message = Localized(
      ja: "移動した先を入力してください。分からないときは「不明」と入力します。",
      en: "Say where it moved to, or “unknown” where nobody can tell."
    )
  }
}
