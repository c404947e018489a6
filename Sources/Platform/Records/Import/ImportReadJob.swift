import Design
import Intake
import Jobs
import Nouns
import Tabular
import Text
import Time

/// A large file is read, mapped and compared while people do something else; what the preview page shows is kept with
/// the draft. Nothing in the ledger changes, so it may be stopped or start over at any time.
struct ImportReadJob: Sendable {
  static let name = "ledger.import.read"

  let imports: RecordImport
  let drafts: ImportDraftStore

  var kind: JobKind {
    JobKind(name: Self.name, title: Localized(ja: "取り込むファイルの確認", en: "Checking a file"), run: run)
  }

  /// What the job is ordered with.
  struct Order {
    let draft: String
    /// `ImportDraftStore.beginReading`.
    let mark: String
    let language: Language

    var text: String { "\(draft) \(mark) \(language.rawValue)" }

    init(draft: String, mark: String, language: Language) {
      self.draft = draft
      self.mark = mark
      self.language = language
    }

    init?(_ text: String) {
      let parts = text.split(separator: " ")
      guard parts.count == 3, let language = Language(rawValue: String(parts[2])) else { return nil }
      self.init(draft: String(parts[0]), mark: String(parts[1]), language: language)
    }
  }

  @Sendable private func run(_ context: JobContext) async throws -> JobOutcome {
    let scope = Scope<ImportLedger>.operatorOf(
      FacilityID(rawValue: context.facility),
      as: Actor(id: context.actorID, name: context.actorName),
      request: context.request
    )
    guard let order = Order(context.payload), let draft = try await drafts.find(order.draft, in: scope) else {
      throw DraftGone()
    }
    // Decisions are carried out when it is taken in; the page shows every row they are about.
    var source = draft.source
    source.decisions = RowDecisions()
    let preview: ImportPreview
    do {
      preview = try await imports.preview(source, in: scope) { note, done, total in
        try await context.progress(done, of: total, note: note)
      }
    } catch let error as TabularError {
      let failure = Localized(ja: error.message(.ja), en: error.message(.en))
      try await drafts.keep(failure: failure, of: draft.id, mark: order.mark, in: scope)
      throw Unreadable(name: source.name, reason: failure, kind: source.kind)
    }
    let digest = preview.digest
    var products: [ImportDraftStore.Product: [UInt8]] = [:]
    let options = SheetWriter.BookOptions(createdAt: imports.records.clock.now())
    if !preview.problems.isEmpty {
      products[.problems] = try SheetWriter.workbook([preview.problemSheet(order.language)], options)
    }
    products[.errors] = try preview.errorFile(order.language, options)
    // False where somebody said something else of the file meanwhile: its own reading follows.
    _ = try await drafts.keep(digest, products, of: draft.id, mark: order.mark, in: scope)
    return JobOutcome(
      message: digest.sentence,
      link: "\(RecordPath.imports)/\(draft.id)",
      linkLabel: Localized(ja: "確認の画面へ進む", en: "Go on to the preview")
    )
  }

  private struct Unreadable: JobFailure {
    let name: String
    let reason: Localized
    let kind: ImportKind

    var message: Localized {
      Localized(ja: "「\(name)」を読み取れません。\(reason.ja)", en: "“\(name)” cannot be read. \(reason.en)")
    }

    var remedy: (link: String, label: Localized)? {
      (
        "\(RecordPath.imports)?kind=\(kind.name)", Localized(ja: "別のファイルを選ぶ", en: "Choose another file")
      )
    }
  }
}

extension ImportDigest {
  /// What would happen, in one sentence.
  var sentence: Localized {
    guard let counts else {
      return Localized(
        ja: "「\(source)」を読み取りました。見つかった機器は\(seen.grouped)件です。取り込むまで何も変わりません。",
        en: "“\(source)” is read: \(seen.grouped) devices seen. Nothing changes until you import it."
      )
    }
    let (new, changed, same) = (counts.new.grouped, counts.changed.grouped, counts.same.grouped)
    var ja = "「\(source)」を読み取りました。新しい\(new)件、変わる\(changed)件、同じ\(same)件"
    var en = "“\(source)” is read: \(new) new, \(changed) changed, \(same) the same"
    if counts.conflicting > 0 {
      ja += "、決められない\(counts.conflicting.grouped)件"
      en += ", \(counts.conflicting.grouped) undecided"
    }
    if counts.refused > 0 {
      ja += "、取り込めない\(counts.refused.grouped)件"
      en += ", \(counts.refused.grouped) refused"
    }
    return Localized(ja: ja + "です。取り込むまで台帳は変わりません。", en: en + ". Nothing changes until you import it.")
  }
}

extension ImportPreview {
  /// The problems as a table of their own.
  func problemSheet(_ language: Language) -> SheetDraft {
    let heads = [
      Localized(ja: "シート", en: "Sheet"), Localized(ja: "行", en: "Row"), Localized(ja: "列", en: "Column"),
      Localized(ja: "値", en: "Value"), Localized(ja: "エラー内容", en: "Reason"),
    ].map { ColumnDraft($0[language]) }
    return SheetDraft(
      title: Localized(ja: "取り込みの問題", en: "Import problems")[language],
      columns: heads,
      rows: problems.map { problem in
        [
          .text(problem.sheet), .number(Double(problem.row), text: String(problem.row)), .text(problem.column ?? ""),
          .text(problem.value ?? ""), .text(problem.reason[language]),
        ]
      }
    )
  }
}
