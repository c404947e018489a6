import Design
import Records
import Text
import Time

/// An audit as it stands: its plan, who audits, what is looked at and what was found.
package struct Audit: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case `internal`, external

    package var label: Localized {
      switch self {
      case .internal: Localized(ja: "内部監査", en: "Internal audit")
      case .external: Localized(ja: "外部監査", en: "External audit")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable {
    case open, closed, withdrawn

    package var label: Localized {
      switch self {
      case .open: Localized(ja: "実施中", en: "Open")
      case .closed: Localized(ja: "終了", en: "Closed")
      case .withdrawn: Localized(ja: "取りやめ", en: "Withdrawn")
      }
    }
  }

  package let row: KeptRow
  package let auditors: [Auditor]
  package let sample: [SampledItem]
  package let findings: [AuditFinding]

  package var id: String { row.id }
  package var name: String { row.text("name") }
  package var kind: Kind { Kind(rawValue: row.text("kind")) ?? .internal }
  package var state: State { State(rawValue: row.text("state")) ?? .open }
  package var startsOn: LocalDate? { row.day("starts_on") }
  package var endsOn: LocalDate? { row.day("ends_on") }

  /// The auditor of this account, nil where it is none of them.
  package func auditor(_ account: String?) -> Auditor? { auditors.first { $0.account != nil && $0.account == account } }

  /// How many findings there are, and how many of them were withdrawn: 「2件（うち取り下げ1件）」.
  package var findingCount: Localized {
    let withdrawn = findings.count { $0.stage == .withdrawn }
    guard withdrawn > 0 else { return Localized(ja: "\(findings.count)件", en: "\(findings.count)") }
    return Localized(
      ja: "\(findings.count)件（うち取り下げ\(withdrawn)件）",
      en: "\(findings.count), \(withdrawn) of them withdrawn"
    )
  }

  /// The finding of an item that stands; nil where there is none or it was withdrawn.
  func standingFinding(of item: SampledItem) -> AuditFinding? {
    findings.first { $0.row.text("sample") == item.id && $0.stage != .withdrawn }
  }

  package var unchecked: Int { sample.count { $0.result == nil } }

  /// What is looked at is called so: an item of the checklist in both languages, a record as it was called.
  package func title(of item: SampledItem, in checklist: Checklist?) -> Localized {
    checklist?[item.item]?.heading ?? Localized(both: item.title)
  }

  /// What a finding is about. `checklist` is the one that the audit looks at.
  package func title(of finding: AuditFinding, in checklist: Checklist?) -> Localized {
    sample.first { $0.id == finding.row.text("sample") }.map { title(of: $0, in: checklist) }
      ?? Localized(both: finding.row.text("title"))
  }

  /// What keeps it from being closed, in the order in which it is settled; empty where nothing does. `checklist` is the one
  /// that it looks at.
  package func obstacles(in checklist: Checklist?) -> [Localized] {
    var all: [Localized] = []
    if sample.isEmpty { all.append(Localized(ja: "見る項目が選ばれていません。", en: "Nothing is chosen to look at.")) }
    if unchecked > 0 {
      all.append(
        Localized(
          ja: "結果のない項目が\(unchecked)件あります。",
          en: "\(unchecked.english("item has", "items have")) no result."
        )
      )
    }
    let open = findings.filter(\.isOpen)
    if !open.isEmpty {
      let names = open.prefix(5).map { title(of: $0, in: checklist) }
      all.append(
        Localized(
          ja: "確かめていない指摘が\(open.count)件あります：\(names.map(\.ja).joined(separator: "、"))。"
            + "処置を確かめるか、理由を付けて受け入れてください。",
          en:
            "\(open.count.english("finding is", "findings are")) not settled: \(names.map(\.en).joined(separator: ", ")). "
            + "Verify what was done, or accept them with a reason."
        )
      )
    }
    return all
  }
}

/// Who audits: somebody with an account, or somebody from outside.
package struct Auditor: Sendable, Hashable {
  package let id: String
  /// The account, nil for somebody from outside.
  package let account: String?
  package let name: String
  package let organisation: String

  init(id: String, account: String?, name: String, organisation: String = "") {
    self.id = id
    self.account = account
    self.name = name
    self.organisation = organisation
  }

  init(_ row: KeptRow) {
    self.init(id: row.id, account: row["account"], name: row.text("name"), organisation: row.text("organisation"))
  }

  /// 「山田 太郎（みなと監査法人）」.
  package func label(_ language: Language) -> String {
    guard account == nil else { return name }
    let from = organisation.isEmpty ? Localized(ja: "外部", en: "outside")[language] : organisation
    return language == .ja ? "\(name)（\(from)）" : "\(name) (\(from))"
  }
}

/// An item or record that is looked at, with what was found.
package struct SampledItem: Sendable {
  /// ISO 19011 speaks of conformity and nonconformity; certifiers grade the latter.
  package enum Result: String, Sendable, CaseIterable {
    case conforms, observation, minor, major

    package var label: Localized {
      switch self {
      case .conforms: Localized(ja: "適合", en: "Conforms")
      case .observation: Localized(ja: "観察事項", en: "Observation")
      case .minor: Localized(ja: "軽微な不適合", en: "Minor nonconformity")
      case .major: Localized(ja: "重大な不適合", en: "Major nonconformity")
      }
    }

    /// Whether it asks for corrective action.
    package var isNonconformity: Bool { self == .minor || self == .major }
  }

  package let row: KeptRow

  package var id: String { row.id }
  /// The key of the checklist's item, or the address of a record.
  package var item: String { row.text("item") }
  package var title: String { row.text("title") }
  package var result: Result? { Result(rawValue: row.text("result")) }
  package var isDrawn: Bool { row.text("way") == "drawn" }
  package var isRecord: Bool { item.hasPrefix("/") }
}

/// What does not conform, and how far its correction is.
package struct AuditFinding: Sendable {
  package enum Stage: String, Sendable, CaseIterable {
    /// Nobody is responsible yet, or there is no day.
    case unplanned
    case planned
    /// Said to be done; the auditor has not looked.
    case done
    case verified
    /// Left as it is, with a reason.
    case accepted
    /// The result was corrected, so that there is no nonconformity.
    case withdrawn

    package var label: Localized {
      switch self {
      case .unplanned: Localized(ja: "処置が未定", en: "No action planned")
      case .planned: Localized(ja: "処置中", en: "Action planned")
      case .done: Localized(ja: "確認待ち", en: "To be verified")
      case .verified: Localized(ja: "確認済み", en: "Verified")
      case .accepted: Localized(ja: "受け入れ", en: "Accepted")
      case .withdrawn: Localized(ja: "取り下げ", en: "Withdrawn")
      }
    }
  }

  package let row: KeptRow

  package var id: String { row.id }
  package var dueOn: LocalDate? { row.day("due_on") }
  /// How grave it is; of what was withdrawn, how grave it was called. Nil where that was not kept.
  package var grade: SampledItem.Result? { SampledItem.Result(rawValue: row.text("grade")) }

  /// Whether anything is left to do.
  package var isOpen: Bool { ![.verified, .accepted, .withdrawn].contains(stage) }

  package var stage: Stage {
    if row["withdrawn_on"] != nil { return .withdrawn }
    if row["accepted_on"] != nil { return .accepted }
    if row["verified_on"] != nil { return .verified }
    if row["done_on"] != nil { return .done }
    return row["owner"] == nil || row["due_on"] == nil || row["action"] == nil ? .unplanned : .planned
  }

  package func isOverdue(on today: LocalDate) -> Bool {
    (stage == .planned || stage == .unplanned) && (dueOn.map { $0 < today } ?? false)
  }
}
