import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// What is attached to an answer, on the page of its item: the list with dates and hashes, and the form to add more.
struct AttachmentView {
  let attachments: [Attachment]
  /// Where the item is.
  let address: String
  let today: LocalDate
  let mayChange: Bool
  /// Whether what is attached may be taken off, which whoever was only asked for an answer may not.
  var mayRemove = true
  let typed: WebForm?
  let problems: AnswerProblems
  let request: WebRequest
  /// Whether it belongs to an audit: it shows what was seen on a day, does not age, and stays.
  var isSeen = false

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    "<section><h2 id=\"evidence\">\(say("付けた根拠", "Attached evidence"))</h2>\(list)\(mayChange ? form : .empty)</section>"
  }

  private var list: HTML {
    guard !attachments.isEmpty else { return "<p>\(say("まだありません。", "None yet."))</p>" }
    let lines = attachments.map { attachment -> HTML in
      let link = attachment.type == nil ? attachment.link : AssessmentPath.attachment(attachment.id)
      let until = attachment.goodUntil(keeps: attachment.keeps)
      if let withdrawn = attachment.withdrawnAt { return gone(attachment, withdrawn) }
      let chip =
        isSeen
        ? Chip(say("確認した根拠", "Seen"), .grey)
        : attachment.isStale(on: today)
          ? Chip(say("期限切れ", "Stale"), .orange)
          : Chip(say("\(request.dates.short(until))まで有効", "Good until \(request.dates.short(until))"), .grey)
      let remove: HTML =
        mayChange && mayRemove && !isSeen
        ? Button.post(
          say("外す", "Take off"),
          AssessmentPath.attachment(attachment.id) + "/remove",
          csrf: request.csrf,
          look: .text,
          size: .small,
          context: attachment.title
        ) : .empty
      let withdraw: HTML =
        attachment.type == nil ? .empty : FileWithdrawal.link(attachment.hash, name: attachment.title, request)
      let note: HTML = attachment.note.isEmpty ? .empty : "<span class=\"sub\">\(attachment.note)</span>"
      let kept: HTML =
        attachment.contents.isEmpty
        ? .empty
        : "<details><summary>\(say("付けたときの記録", "The record as it was"))</summary><p><span class=\"long\">\(attachment.contents)</span></p></details>"
      return """
        <li><a href="\(link)">\(attachment.title)</a> \(chip.html)\(note)\
        <span class="sub">\(attachment.kind.label[language])、\(request.dates.short(attachment.datedOn))、\(attachment.addedBy)<br>\
        SHA-256 <code>\(attachment.hash)</code></span>\(kept)\(remove)\(withdraw)</li>
        """
    }
    return "<ul class=\"log\">\(lines.joined())</ul>"
  }

  /// What is left of one whose content was withdrawn.
  private func gone(_ attachment: Attachment, _ at: Instant) -> HTML {
    """
    <li>\(FileWithdrawal.note(attachment.title, hash: attachment.hash, at: at, request))\
    <span class="sub">\(attachment.kind.label[language])、\(request.dates.short(attachment.datedOn))、\(attachment.addedBy)<br>\
    SHA-256 <code>\(attachment.hash)</code></span></li>
    """
  }

  private var form: HTML {
    let errors = problems.errors(language)
    var file = FormField("file", say("ファイル", "File"), .file(accept: nil, many: false))
    file.support = say(
      "PDF、Word、Excel、PowerPoint、JPEG、PNG、WebP。20MBまで。",
      "PDF, Word, Excel, PowerPoint, JPEG, PNG or WebP up to 20 MB."
    )
    let fields: [FormField] = [
      .radios(
        "kind",
        say("種類", "Kind"),
        Attachment.Kind.allCases.map { Choice($0.rawValue, $0.label[language]) },
        chosen: typed?.text("kind") ?? Attachment.Kind.document.rawValue,
        across: true
      ),
      file,
      .text(
        "link",
        say("台帳の記録の場所（種類が「台帳の記録」のとき）", "Address of the record (for a record)"),
        value: typed?.text("link") ?? "",
        support: say("例：/ledger/asset/… 。いまの内容を一緒に残します。", "As /ledger/asset/…; what it says now is kept too."),
        width: .full
      ),
      .date(
        "dated",
        say("根拠の日付（空なら今日）", "Date of the evidence (today if empty)"),
        value: typed?.text("dated") ?? "",
        language: language
      ),
      .text("note", say("説明", "Note"), value: typed?.text("note") ?? "", width: .full),
    ]
    var frame = FormFrame(
      action: AssessmentPath.attachments(address),
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(say("根拠を付ける", "Attach"), look: .secondary)
    )
    frame.isMultipart = true
    return """
      <details\(if: typed != nil, " open")><summary>\(say("根拠を付ける", "Attach evidence"))</summary>\(frame.html(language))</details>
      """
  }
}
