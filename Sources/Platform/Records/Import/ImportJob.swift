import Design
import Intake
import Jobs
import Nouns
import Tabular
import Text

/// A large file is taken in while people do something else. The job reads the draft again, so it may start over after a
/// crash: what was stored then compares as the same.
struct ImportJob: Sendable {
  static let name = "ledger.import"
  /// Files with more rows than this become a job; fewer take less than a second.
  static let threshold = 2_000

  let imports: RecordImport
  let drafts: ImportDraftStore

  var kind: JobKind {
    JobKind(name: Self.name, title: Localized(ja: "台帳の取り込み", en: "Ledger import"), run: run)
  }

  @Sendable private func run(_ context: JobContext) async throws -> JobOutcome {
    // The order was given under the permission to import; the job acts in that name.
    let scope = Scope<ImportLedger>.operatorOf(
      FacilityID(rawValue: context.facility),
      as: Actor(id: context.actorID, name: context.actorName),
      request: context.request
    )
    guard let draft = try await drafts.find(context.payload, in: scope) else { throw DraftGone() }
    if let set = draft.committed { return JobOutcome(message: Self.alreadyDone, link: "\(RecordPath.changes)/\(set)") }
    let preview: ImportPreview
    do {
      preview = try await imports.preview(draft.source, in: scope) { note, done, total in
        try await context.progress(done, of: total, note: note)
      }
    } catch let error as TabularError {
      throw Unreadable(message: Localized(ja: error.message(.ja), en: error.message(.en)))
    }
    let total = preview.rowCount
    try await context.progress(0, of: total, note: Localized(ja: "台帳に書き込んでいます。", en: "Writing to the ledger."))
    let report: ImportReport
    do {
      report = try await imports.commit(preview, in: scope)
    } catch let error as RecordError {
      throw Unreadable(message: error.message)
    }
    try await drafts.commit(draft.id, set: report.set ?? "", in: scope)
    return JobOutcome(
      isPartial: report.conflicting + report.refused > 0,
      message: report.sentence(draft.source.name),
      link: report.set.map { "\(RecordPath.changes)/\($0)" } ?? draft.source.kind.path,
      set: report.set
    )
  }

  private static let alreadyDone = Localized(ja: "この取り込みはすでに終わっています。", en: "This import was already done.")

  private struct Unreadable: JobFailure { let message: Localized }
}

/// The file was discarded, or thrown away after its days.
struct DraftGone: JobFailure {
  let message = Localized(
    ja: "取り込むファイルがもうありません。もう一度ファイルを選んでください。",
    en: "The file is no longer there. Choose it again."
  )
}

extension ImportPreview {
  /// Rows that would be looked at.
  var rowCount: Int {
    switch content {
    case .records(_, let plan, _): plan.counts.dataRows
    case .other(_, let count, _, _): count
    }
  }
}

extension ImportReport {
  /// What happened, in one sentence.
  func sentence(_ name: String) -> Localized {
    var ja = "「\(name)」を取り込みました。新しい\(new.grouped)件、変更\(changed.grouped)件、同じ\(same.grouped)件"
    var en = "“\(name)” is imported: \(new.grouped) new, \(changed.grouped) changed, \(same.grouped) the same"
    if conflicting + refused > 0 {
      ja += "、取り込まなかったもの\((conflicting + refused).grouped)件"
      en += ", \((conflicting + refused).grouped) left out"
    }
    return Localized(ja: ja + "。", en: en + ".")
  }
}
