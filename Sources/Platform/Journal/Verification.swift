import SQL
import Sealing
import Text
import Time

/// What checking the audit trail found.
package struct VerifyReport: Sendable, Hashable {
  package let sealed: Int
  package let unsealed: Int
  package let firstBroken: Broken?
  /// Breaks that were put on record; the chain goes on after each.
  package var accepted: [AcceptedBreak] = []

  /// Whether everything is as it was sealed, but for what was accepted.
  package var isOK: Bool { firstBroken == nil }

  package struct Broken: Sendable, Hashable {
    package let facility: String
    /// The place in the chain, counted from 1.
    package let sequence: Int
    /// The entry that stands there, nil where there is none.
    package let id: String?
    package let at: Instant?
    package let reason: Reason
  }

  package enum Reason: String, Sendable, CaseIterable {
    case contentChanged = "content-changed"
    case headerChanged = "header-changed"
    case missing
    case reordered
    case tailMissing = "tail-missing"
    case notAsAnchored = "not-as-anchored"
    case unsigned
    case forgedCheckpoint = "forged-checkpoint"
    case unknownKey = "unknown-key"
    case rewritten
    case erasedUnrecorded = "erased-unrecorded"
    case unreadable
    case changedAfterAcceptance = "changed-after-acceptance"
  }
}

extension VerifyReport.Reason {
  package var label: Localized {
    switch self {
    case .contentChanged:
      Localized(ja: "記録の内容（変更の値、理由、対象の名前）が書き換えられています。", en: "The content of the entry was altered.")
    case .headerChanged:
      Localized(
        ja: "記録の見出し（日時、操作者、対象など）または封印が書き換えられています。",
        en: "The entry's head (time, actor, subject …) or its seal was altered."
      )
    case .missing: Localized(ja: "記録が抜き取られています。", en: "An entry was removed.")
    case .reordered: Localized(ja: "記録の順序が入れ替えられています。", en: "Entries were put in another order.")
    case .tailMissing: Localized(ja: "末尾の記録が削られています。", en: "The last entries were removed.")
    case .notAsAnchored:
      Localized(
        ja: "控えておいた封印と合いません。末尾が署名ごと削られたか、作り直されています。",
        en: "It does not match the seal that was written down: the end was cut with its signatures, or made anew."
      )
    case .unsigned:
      Localized(ja: "署名に含まれない記録が続いています。", en: "Sealed entries follow that no signature covers.")
    case .forgedCheckpoint: Localized(ja: "署名が正しくありません。", en: "A signature is not genuine.")
    case .unknownKey: Localized(ja: "知らない鍵で署名されています。", en: "Signed with a key that is not known.")
    case .rewritten:
      Localized(
        ja: "この記録から次の署名までの間が、封印ごと作り直されています。",
        en: "Between this entry and the next signature the chain was made anew."
      )
    case .erasedUnrecorded:
      Localized(ja: "消去の記録がないのに、内容が消されています。", en: "The content was dropped, and no erasure is on record.")
    case .unreadable: Localized(ja: "記録を読み取れません。", en: "The entry cannot be read.")
    case .changedAfterAcceptance:
      Localized(
        ja: "食い違いを認めたあとで、その部分がさらに書き換えられています。",
        en: "The broken part was changed again after it had been accepted."
      )
    }
  }
}

extension VerifyReport {
  /// `{"ok":…,"sealed":…,"unsealed":…,"firstBroken":…}`, one line; with `"accepted":[…]` where breaks were accepted.
  package var json: String {
    var text = "{\"ok\":\(isOK),\"sealed\":\(sealed),\"unsealed\":\(unsealed),\"firstBroken\":"
    guard let broken = firstBroken else { return text + "null" + acceptedJSON + "}" }
    text += "{\"facility\":\(Payload.quoted(broken.facility)),\"seq\":\(broken.sequence)"
    text += ",\"id\":\(Payload.quoted(broken.id)),\"at\":\(Payload.quoted(broken.at?.iso))"
    return text + ",\"reason\":\"\(broken.reason.rawValue)\"}" + acceptedJSON + "}"
  }

  private var acceptedJSON: String {
    guard !accepted.isEmpty else { return "" }
    let items = accepted.map { end in
      "{\"facility\":\(Payload.quoted(end.facility)),\"seq\":\(end.brokenAt),\"finding\":\"\(end.finding.rawValue)\""
        + ",\"resumedAfter\":\(end.resumedAfter),\"at\":\(Payload.quoted(end.at.iso))"
        + ",\"by\":\(Payload.quoted(end.actorName)),\"reason\":\(Payload.quoted(end.reason))}"
    }
    return ",\"accepted\":[\(items.joined(separator: ","))]"
  }

  /// One line for each accepted break, for people.
  package func acceptedLines(_ language: Language) -> [String] {
    accepted.map { end in
      let day = end.at.day
      return Localized(
        ja:
          "\(end.facility) #\(end.brokenAt)：\(end.finding.label.ja)\(day.slashed)に\(end.actorName)が認めました（理由：\(end.reason)）。#\(end.resumedAfter + 1) から新しい鎖です。",
        en:
          "\(end.facility) #\(end.brokenAt): \(end.finding.label.en) Accepted on \(day.english) by \(end.actorName), because: \(end.reason). A new chain begins at #\(end.resumedAfter + 1)."
      )[language]
    }
  }
}

extension Sealer {
  /// Computes every chain anew from what the database holds and compares it with the seals and signatures, reading
  /// each entry once. `publicKeys` are all keys the installation has ever signed with; `anchors` what was written down.
  package static func verify(
    _ database: any Database,
    publicKeys: [VerifyingKey],
    anchors: [JournalAnchor] = [],
    facility only: String? = nil
  ) async throws -> VerifyReport {
    let keys = Dictionary(publicKeys.map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
    return try await database.read(.everyFacility) { tx in
      let facilities = try tx.rows(
        """
        SELECT facility FROM journal WHERE seq IS NOT NULL GROUP BY facility
        UNION SELECT facility FROM journal_checkpoint GROUP BY facility ORDER BY facility
        """
      ).map { row throws(StorageError) in try row.text("facility") }
      let anchored = Dictionary(grouping: anchors, by: \.facility)
      let breaks = try Self.breaks(tx)
      var broken: VerifyReport.Broken?
      var accepted: [AcceptedBreak] = []
      for facility in Set(facilities).union(anchored.keys).union(breaks.keys).sorted()
      where broken == nil && (only == nil || only == facility) {
        let walk = ChainWalk(
          facility: facility,
          keys: keys,
          anchors: anchored[facility] ?? [],
          breaks: breaks[facility] ?? [],
          tx: tx
        )
        broken = try walk.firstBroken()
        accepted += walk.accepted
      }
      let own: SQL = only.map { " AND facility = \($0)" } ?? ""
      return VerifyReport(
        sealed: try tx.count("SELECT count(*) FROM journal WHERE seq IS NOT NULL\(own)"),
        unsealed: try tx.count("SELECT count(*) FROM journal WHERE seq IS NULL\(own)"),
        firstBroken: broken,
        accepted: accepted
      )
    }
  }

  /// By facility, in their order. A copy from before there were any has no such table.
  private static func breaks(_ tx: any Transaction) throws -> [String: [AcceptedBreak]] {
    if tx.engine == .sqlite, try tx.count("SELECT count(*) FROM sqlite_master WHERE name = 'journal_break'") == 0 {
      return [:]
    }
    let all = try tx.rows(
      "SELECT \(AcceptedBreak.columns) FROM journal_break ORDER BY facility, resumed_after"
    ).map { row throws(StorageError) in try AcceptedBreak(row) }
    return Dictionary(grouping: all, by: \.facility)
  }

  package static func verify(_ database: any Database, publicKey: VerifyingKey) async throws -> VerifyReport {
    try await verify(database, publicKeys: [publicKey])
  }
}
