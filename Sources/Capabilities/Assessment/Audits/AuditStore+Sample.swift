import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// What is looked at, and what was found there.
extension AuditStore {
  /// Draws `count` of the items whose keys are among `drawable` and that are not chosen yet; seed and rule are written
  /// down with the audit.
  package func draw(
    _ id: String,
    count: Int,
    seed: String,
    from items: [(key: String, title: String)],
    among drawable: Set<String>,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    try await write(id, Localized(ja: "監査の標本を抽出", en: "Sample of an audit drawn"), in: scope) { audit, writer in
      let chosen = Set(audit.sample.map(\.item))
      let left = items.filter { drawable.contains($0.key) && !chosen.contains($0.key) }
      guard (1...left.count.clamped(to: 1...Self.most)).contains(count), !left.isEmpty else {
        throw KeptError.wrong([
          .init(
            "count",
            ja: left.isEmpty ? "抽出できる項目は残っていません。" : "抽出する数は1から\(left.count)までにしてください。",
            en: left.isEmpty ? "No item is left to draw." : "Draw between 1 and \(left.count) items."
          )
        ])
      }
      guard !seed.isEmpty, seed.count <= 100, audit.row["seed"] == nil else {
        throw KeptError.wrong([
          .init(
            "seed",
            ja: audit.row["seed"] == nil
              ? "乱数の種を100文字以内で入れてください。" : "標本は1回だけ抽出できます。足りない項目は選んで加えてください。",
            en: audit.row["seed"] == nil
              ? "Give a seed of at most 100 characters." : "A sample is drawn once. Add more items by choosing them."
          )
        ])
      }
      let drawn = Set(AuditDraw.draw(left.map(\.key), count: count, seed: seed))
      let rule = AuditDraw.rule(count, of: left.count, seed: seed)
      try writer.change(AuditTable.audit, from: audit.row, to: audit.row.setting(["seed": seed, "rule": rule]))
      try Self.add(left.filter { drawn.contains($0.key) }, way: "drawn", to: audit, from: items, &writer)
    }
  }

  /// Adds what somebody chose: items of the checklist, or records by their address.
  package func pick(
    _ id: String,
    _ chosen: [(key: String, title: String)],
    from items: [(key: String, title: String)],
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    guard !chosen.isEmpty else {
      throw KeptError.wrong([.init("items", ja: "見る項目を選んでください。", en: "Choose what to look at.")])
    }
    return try await write(id, Localized(ja: "監査で見る項目を追加", en: "Items of an audit chosen"), in: scope) {
      audit,
      writer in
      let there = Set(audit.sample.map(\.item))
      guard audit.sample.count + chosen.count <= Self.most else {
        throw KeptError.wrong([
          .init("items", ja: "1つの監査で見る項目は\(Self.most)件までです。", en: "An audit looks at most at \(Self.most) items.")
        ])
      }
      try Self.add(chosen.filter { !there.contains($0.key) }, way: "picked", to: audit, from: items, &writer)
    }
  }

  /// Places follow the form; records come after its items.
  private static func add(
    _ chosen: [(key: String, title: String)],
    way: String,
    to audit: Audit,
    from items: [(key: String, title: String)],
    _ writer: inout KeptWriter
  ) throws {
    let places = Dictionary(items.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, item) in chosen.enumerated() {
      let place = places[item.key] ?? items.count + audit.sample.count + index
      try writer.create(
        AuditTable.sample,
        [
          "audit": audit.id, "place": String(place), "item": item.key, "title": String(item.title.prefix(500)),
          "way": way,
        ]
      )
    }
  }

  /// Takes an item off that nobody has looked at.
  package func drop(_ sample: String, of id: String, in scope: Scope<AnswerChecks>) async throws -> String? {
    try await write(id, Localized(ja: "監査の項目を外す", en: "Item taken off an audit"), in: scope) { audit, writer in
      guard let item = audit.sample.first(where: { $0.id == sample }) else { throw KeptError.notFound }
      guard item.result == nil, !item.isDrawn else {
        throw KeptError.wrong([
          .init(
            "",
            ja: item.isDrawn ? "抽出した項目は外せません。標本が偏るためです。" : "結果を記録した項目は外せません。",
            en: item.isDrawn
              ? "What was drawn stays, or the sample would lean." : "What has a result stays."
          )
        ])
      }
      try writer.remove(AuditTable.sample, item.row)
    }
  }

  /// What an auditor found.
  package struct Outcome: Sendable {
    package var auditor = ""
    package var result: SampledItem.Result?
    /// The evidence that was seen.
    package var seen = ""
    /// What is to be said of it; of a nonconformity, what does not conform.
    package var note = ""
    /// Why the finding that an earlier result made is withdrawn.
    package var withdrawal = ""
    package var version: Int?

    package init() {}
  }

  /// Records what an auditor found. Whoever has an account records for themselves; for somebody from outside whoever may
  /// answer checklists writes it down. Refused with the reason where the auditor is not independent of the item. A
  /// nonconformity makes a finding; it is withdrawn where the result is corrected before anything was done about it. What was
  /// withdrawn stays as it was: another nonconformity makes another finding.
  package func record(
    _ outcome: Outcome,
    _ sample: String,
    of id: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    let (key, actor) = (scope.facility.rawValue, scope.actor)
    return try await write(id, Localized(ja: "監査の結果を記録", en: "Result of an audit recorded"), in: scope) {
      audit,
      writer in
      guard let item = audit.sample.first(where: { $0.id == sample }) else { throw KeptError.notFound }
      if let version = outcome.version, version != item.row.version {
        throw KeptError.changedSince(by: item.row.updatedBy)
      }
      let involved = try Self.involved(audit, key, in: writer.tx)[item.item] ?? []
      let auditor = try Self.auditor(outcome.auditor, of: audit, actor, involved)
      let result = try Self.checked(outcome)
      try writer.change(
        AuditTable.sample,
        from: item.row,
        to: item.row.setting([
          "result": result.rawValue, "seen": outcome.seen, "note": outcome.note, "checked_on": writer.now.day.iso,
          "auditor": auditor.id, "auditor_name": auditor.label(.ja),
        ])
      )
      try Self.follow(outcome, result, item, by: auditor, of: audit, &writer)
    }
  }

  /// What a result means for the finding of its item.
  private static func follow(
    _ outcome: Outcome,
    _ result: SampledItem.Result,
    _ item: SampledItem,
    by auditor: Auditor,
    of audit: Audit,
    _ writer: inout KeptWriter
  ) throws {
    guard let finding = audit.standingFinding(of: item) else {
      guard result.isNonconformity else { return }
      try writer.create(
        AuditTable.finding,
        [
          "audit": audit.id, "sample": item.id, "title": item.title, "what": outcome.note, "grade": result.rawValue,
        ]
      )
      return
    }
    var changes = ["what": outcome.note, "grade": result.rawValue]
    if !result.isNonconformity {
      guard finding.stage == .unplanned else {
        throw KeptError.wrong([
          .init(
            "result",
            ja: "この指摘には処置が決まっています。指摘を理由を付けて受け入れるか、処置を確かめてください。",
            en: "Action is planned for this finding. Accept it with a reason, or verify what was done."
          )
        ])
      }
      changes = [
        "withdrawn_on": writer.now.day.iso, "withdrawn_by": auditor.label(.ja), "withdrawn_reason": outcome.withdrawal,
      ]
    }
    try writer.change(AuditTable.finding, from: finding.row, to: finding.row.setting(changes))
  }

  private static func checked(_ outcome: Outcome) throws(KeptError) -> SampledItem.Result {
    var troubles: [KeptError.FieldTrouble] = []
    if outcome.result == nil { troubles.append(.init("result", ja: "結果を選んでください。", en: "Choose a result.")) }
    if outcome.seen.isEmpty {
      troubles.append(.init("seen", ja: "何を見て判断したかを入れてください。", en: "Say what was seen."))
    }
    if outcome.note.isEmpty, outcome.result != .conforms {
      troubles.append(.init("note", ja: "どこが求めと違うかを入れてください。", en: "Say what differs from what is required."))
    }
    for (field, text) in [("seen", outcome.seen), ("note", outcome.note), ("withdrawn_reason", outcome.withdrawal)]
    where text.count > 2_000 {
      troubles.append(.init(field, ja: "2000文字以内で入れてください。", en: "At most 2,000 characters."))
    }
    guard troubles.isEmpty, let result = outcome.result else { throw .wrong(troubles) }
    return result
  }

  /// The auditor who looks, where they may: of the audit, themselves, and independent of the item.
  static func auditor(
    _ id: String,
    of audit: Audit,
    _ actor: Actor,
    _ involved: [AuditIndependence.Involved]
  ) throws(KeptError) -> Auditor {
    guard let auditor = audit.auditors.first(where: { $0.id == id }) else {
      throw .wrong([.init("auditor", ja: "監査人を選んでください。", en: "Choose the auditor.")])
    }
    if let account = auditor.account, account != actor.id {
      throw .wrong([
        .init(
          "auditor",
          ja: "\(auditor.name)さんの結果は、本人が記録します。",
          en: "\(auditor.name) records this in person."
        )
      ])
    }
    let parts = AuditIndependence.conflicts(auditor, with: involved)
    guard parts.isEmpty else {
      let words = AuditIndependence.words(auditor.name, parts)
      throw .wrong([.init("auditor", ja: words.ja, en: words.en)])
    }
    return auditor
  }

  /// Keeps evidence that was seen, with the answers' evidence and like it. Answers its id.
  @discardableResult
  func attach(
    _ draft: AttachmentDraft,
    to sample: String,
    of id: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String {
    let (key, file) = (scope.facility.rawValue, kept.ids.next())
    _ = try await write(id, Localized(ja: "監査の根拠を追加", en: "Evidence of an audit attached"), in: scope) {
      audit,
      writer in
      guard let item = audit.sample.first(where: { $0.id == sample }) else { throw KeptError.notFound }
      let place = AttachmentPlace(pack: AttachmentPlace.audit, period: id, item: sample, topic: "")
      let changes = try AttachmentStore.insert(
        draft,
        id: file,
        at: place,
        by: writer.actor.name,
        key,
        writer.now,
        in: writer.tx
      )
      writer.note(
        "\(AuditTable.sample.name).attached",
        (AuditTable.sample.name, sample, AuditTable.sample.title(item.row.values)),
        changes
      )
    }
    return file
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
