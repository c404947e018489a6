import Blobs
import Nouns
import Text
import Time

extension Assessment {
  /// What somebody wants to attach, before it is checked: from a form, a program or a command.
  package struct Evidence: Sendable {
    package var kind: Attachment.Kind
    /// The bytes with the name of their file; nil for a record.
    package var file: (bytes: [UInt8], name: String)?
    /// The address of a record; empty for a file.
    package var link: String
    /// The day it speaks of; today where nothing is said.
    package var datedOn: LocalDate?
    package var note: String

    package init(
      _ kind: Attachment.Kind,
      file: (bytes: [UInt8], name: String)? = nil,
      link: String = "",
      datedOn: LocalDate? = nil,
      note: String = ""
    ) {
      self.kind = kind
      self.file = file
      self.link = link
      self.datedOn = datedOn
      self.note = note
    }
  }

  /// The same, checked. Throws `AnswerProblems` with the fields `dated`, `note`, `link` and `file`, and with what was
  /// found before.
  func draft(
    _ evidence: Evidence,
    beside found: AnswerProblems = AnswerProblems(),
    in scope: Scope<ReadLedger>
  ) async throws -> AttachmentDraft {
    var problems = found
    let day = evidence.datedOn ?? today
    if day > today { problems.add("dated", "先の日付は入れられません。", "A date to come proves nothing yet.") }
    if evidence.note.count > AttachmentDraft.longestNote {
      problems.add(
        "note",
        "\(AttachmentDraft.longestNote)文字以内で入力してください。",
        "At most \(AttachmentDraft.longestNote) characters."
      )
    }
    var body: AttachmentDraft.Body?
    if evidence.kind == .page {
      let link = evidence.link
      if AttachmentDraft.isOwnAddress(link), let found = try await needs.page(link, scope) {
        body = .page(link: link, title: found.title, contents: found.contents)
      } else {
        problems.add(
          "link",
          "台帳の記録の場所ではありません。記録の画面を開き、/ledger/ で始まる場所を写してください。",
          "This is no record. Open its page and copy the address that begins with /ledger/."
        )
      }
    } else {
      do throws(DocumentUpload.Refusal) {
        body = .file(try DocumentUpload(evidence.file?.bytes ?? [], name: evidence.file?.name ?? ""))
      } catch {
        problems.add("file", error.reason.ja, error.reason.en)
      }
    }
    guard problems.list.isEmpty, let body else { throw problems }
    return AttachmentDraft(kind: evidence.kind, body: body, datedOn: day, note: evidence.note)
  }

  /// Attaches evidence to an item of a round; `period` nil for that of today. Throws `AnswerProblems`,
  /// `RoundConflict.locked`, and `WithdrawnAgain` for content that was withdrawn.
  package func attach(
    _ evidence: Evidence,
    to item: ChecklistItem,
    of checklist: Checklist,
    period: String? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws -> Attachment {
    let draft = try await draft(evidence, in: scope.reading)
    let start = try await schedule.fiscalYearStart(scope.facility)
    let period = period ?? checklist.period(on: today, fiscalYearStart: start)
    let id = try await attachments.add(draft, to: item, of: checklist, period, in: scope)
    guard let kept = try await attachments.find(id, scope.facility) else { throw RoundConflict.answered }
    return kept.keeping(by: checklist)
  }

  /// What is attached to the answers of a round; `period` nil for that of today.
  package func evidence(
    _ checklist: Checklist,
    period: String? = nil,
    _ facility: FacilityID
  ) async throws -> [Attachment] {
    let start = try await schedule.fiscalYearStart(facility)
    let period = period ?? checklist.period(on: today, fiscalYearStart: start)
    return try await attachments.all(checklist.id, period, facility).map { $0.keeping(by: checklist) }
  }
}
