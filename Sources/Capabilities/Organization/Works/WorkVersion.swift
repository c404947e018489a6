import Nouns
import Records
import Text
import Time
import Web

/// What a report says a device runs on after the work, beside what the ledger says: whoever confirms the report sees both
/// and decides whether the ledger is changed.
package struct WorkVersion: Sendable, Hashable {
  /// Empty where the ledger says nothing.
  package let before: String
  package let after: String
  /// The version of the device's record that was looked at.
  package let revision: Int

  package static let shape = JSONShape<WorkVersion?>([
    .maybe("before") { $0?.before }, .maybe("after") { $0?.after }, .count("deviceVersion") { $0?.revision },
  ])
}

/// Confirming a report, with the change of the ledger that follows from it.
package struct WorkConfirmation: Sendable {
  let works: WorkStore
  let records: RecordStore

  package init(works: WorkStore, records: RecordStore) {
    self.works = works
    self.records = records
  }

  private static let field = "os"

  private var device: Kind? { records.catalogue.kind("asset").flatMap { $0[field: Self.field] == nil ? nil : $0 } }

  /// Nil where the report names no version, the ledger says the same, or the device is not there any more.
  package func version(of work: WorkRequest, in scope: Scope<ReadLedger>) async throws -> WorkVersion? {
    let after = work.row.text("report_os")
    guard !after.isEmpty, let kind = device,
      let record = try await records.find(kind, ids: [work.device.id], in: scope).first, record.archivedAt == nil
    else { return nil }
    let before = record.known(Self.field) ?? ""
    return before == after ? nil : WorkVersion(before: before, after: after, revision: record.version)
  }

  /// Puts on record that the report was looked at. With `seen`, the version of the device's record that was looked at, the
  /// ledger is changed to what the report says, as a change of its own that can be taken back; without, it is left alone.
  /// Throws `KeptError`; then neither is done.
  package func confirm(
    _ id: String,
    note: String,
    device seen: Int?,
    in scope: Scope<EditLedger>
  ) async throws -> (work: String?, device: String?) {
    var changed: String?
    if let seen {
      let work = try await works.find(id, in: scope.reading)
      try WorkStep.confirm.check(work, at: records.clock.now())
      changed = try await change(work, seen, in: scope)
    }
    do {
      return (try await works.confirm(id, isEnough: true, note: note, in: scope), changed)
    } catch {
      // Somebody was first: then the ledger is as it was, too.
      if let changed { _ = try await records.undo(changed, in: scope) }
      throw error
    }
  }

  private func change(_ work: WorkRequest, _ seen: Int, in scope: Scope<EditLedger>) async throws -> String? {
    guard let kind = device, let version = try await version(of: work, in: scope.reading) else { return nil }
    do {
      return try await records.change(
        kind,
        [RecordEdit(id: work.device.id, expectedVersion: seen, changes: [Self.field: version.after])],
        title: Localized(
          ja: "作業報告\(work.number)による機器の版の更新（\(work.device.name)）",
          en: "Version of \(work.device.name) by the report of work \(work.number)"
        ),
        reason: "作業報告 \(work.number)（\(work.vendorName)）",
        in: scope
      ).set
    } catch let error as RecordError {
      throw KeptError.wrong([.init("os", ja: error.message.ja, en: error.message.en)])
    }
  }
}
