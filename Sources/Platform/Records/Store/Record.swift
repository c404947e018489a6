import Text
import Time

/// One thing the registers know: an asset, a vendor, a person.
package struct Record: Sendable, Hashable {
  package let id: String
  package let of: Kind
  /// The key of its `Kind`.
  package var kind: String { of.key }
  /// Grows by one with every change; whoever changes a record says which version was looked at.
  package var version: Int
  /// By field: what is stored. `?` is 「不明」, a field that is not here is not recorded.
  package var values: [String: String]
  /// By field: how a file wrote what is stored in another form.
  package var originals: [String: String]
  /// By the header of a file: what the ledger has no field for.
  package var extras: [String: String]
  package var archivedAt: Instant?
  package var createdAt: Instant
  package var updatedAt: Instant
  /// The name of whoever changed it last.
  package var updatedBy: String
  /// The change set that touched it last.
  package var lastSet: String?

  package init(
    id: String,
    of: Kind,
    version: Int = 1,
    values: [String: String],
    originals: [String: String] = [:],
    extras: [String: String] = [:],
    archivedAt: Instant? = nil,
    createdAt: Instant,
    updatedAt: Instant,
    updatedBy: String,
    lastSet: String? = nil
  ) {
    self.id = id
    self.of = of
    self.version = version
    self.values = values
    self.originals = originals
    self.extras = extras
    self.archivedAt = archivedAt
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.updatedBy = updatedBy
    self.lastSet = lastSet
  }

  package subscript(field: String) -> String? { values[field] }

  package func isUnknown(_ field: String) -> Bool { values[field] == Unknown.value }

  /// Recorded, and not 「不明」.
  package func known(_ field: String) -> String? {
    guard let value = values[field], value != Unknown.value, !value.isEmpty else { return nil }
    return value
  }

  package func date(_ field: String) -> LocalDate? { values[field].flatMap { LocalDate(iso: $0) } }

  /// What people call it, as the journal writes it down.
  package var title: String { title(.ja) }

  /// What people call it, in the reader's language where it has no name.
  package func title(_ language: Language) -> String {
    of.name(of: values) ?? Record.nameless[language]
  }

  package static let nameless = Localized(ja: "（名前なし）", en: "(unnamed)")

  /// A title as it was written down, in the reader's language.
  package static func shown(title: String, _ language: Language) -> String {
    title == nameless.ja ? nameless[language] : title
  }

  /// Whether two states of a record say the same, whenever and by whomever they were written.
  package func saysTheSame(as other: Record) -> Bool {
    values == other.values && originals == other.originals && extras == other.extras
      && (archivedAt == nil) == (other.archivedAt == nil)
  }
}

/// What is wrong with one value that somebody entered.
package struct FieldProblem: Error, Sendable, Hashable {
  package let field: String
  package let value: String
  package let reason: Localized

  package init(field: String, value: String, reason: Localized) {
    self.field = field
    self.value = value
    self.reason = reason
  }
}

/// A record that somebody else changed in the meantime: who, when, and both values of each field in dispute.
package struct RecordConflict: Sendable, Hashable {
  package let record: String
  package let title: String
  package let by: String
  package let at: Instant
  package let currentVersion: Int
  package let fields: [FieldDispute]

  package struct FieldDispute: Sendable, Hashable {
    package let field: String
    /// What the ledger says now, empty if nothing.
    package let theirs: String
    /// What was to be stored.
    package let mine: String
  }
}

/// Why the ledger did not do what was asked. Nothing was changed.
package enum RecordError: Error, Sendable, Hashable {
  /// No such record, or not one of the caller's departments.
  case notFound
  /// The caller's department may not change this.
  case outOfReach
  case invalid([FieldProblem])
  case conflict([RecordConflict])
  /// The plan of an import is older than the ledger: these records changed since. It must be worked out again.
  case planOutdated([String])
  case cannotUndo(Localized)
  case tooMany(limit: Int)
}

extension RecordError {
  /// One sentence for the person who asked.
  package var message: Localized {
    switch self {
    case .notFound:
      Localized(
        ja: "この記録は見つかりません。消されたか、担当する部署のものではありません。",
        en: "There is no such record, or it belongs to another department."
      )
    case .outOfReach:
      Localized(ja: "担当する部署の記録だけを変更できます。", en: "You can change the records of your own departments only.")
    case .invalid(let problems):
      problems.first?.reason ?? Localized(ja: "入力内容を確かめてください。", en: "Please check what was entered.")
    case .conflict(let conflicts):
      Localized(
        ja: "\(conflicts.first?.by ?? "ほかの人")さんが先に変更しました（\(conflicts.count)件）。両方の値を見比べてから保存してください。",
        en:
          "\(conflicts.first?.by ?? "Somebody") changed this first (\(conflicts.count)). Compare both values and save again."
      )
    case .planOutdated(let records):
      Localized(
        ja: "確認のあとで台帳が変わりました（\(records.count)件）。もう一度ファイルを読み直してください。",
        en: "The ledger changed after the preview (\(records.count) records). Please read the file again."
      )
    case .cannotUndo(let reason): reason
    case .tooMany(let limit):
      Localized(ja: "一度に変更できるのは\(limit)件までです。", en: "At most \(limit) records can be changed at once.")
    }
  }
}
