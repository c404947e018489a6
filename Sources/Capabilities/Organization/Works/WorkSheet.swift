import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// 作業申請書兼報告書 on A4, as hospitals know it: what is asked, the plan, the result, who approved.
struct WorkSheet: WorkView {
  let side: WorkSide
  let asked: WorkRequest
  let photos: [WorkPhoto]
  let request: WebRequest

  var response: WebResponse {
    .sheet(
      PrintSheet(
        say("作業申請書兼報告書", "Request for work and report"),
        subtitle: asked.vendorName + say("　", ", ") + asked.device.title(language),
        printed: request.printedBy,
        stamps: language == .ja ? ["計画\u{200B}承認", "結果\u{200B}承認", "担当"] : ["Plan", "Result", "Prepared by"],
        backAddress: side.one(asked.id),
        contents: """
          <div class="onepage">\(block(say("1. 作業計画", "1. Plan"), plan(asked)))\(block(say("2. 計画の承認", "2. Approval"), approval))\
          \(block(say("3. 作業結果", "3. Result"), outcome))\(block(say("4. 結果の確認", "4. Confirmation"), confirmation))\
          \(block(say("5. 備考", "5. Remarks"), [KeyValues.Line(say("処理番号", "Number"), text: asked.number)]))</div>
          """
      )
    )
  }

  private func block(_ title: String, _ lines: [KeyValues.Line]) -> HTML {
    "<section class=\"block\"><h2>\(title)</h2>\(KeyValues(lines).html)</section>"
  }

  /// A box that is filled in by hand where nothing is known yet.
  private func line(_ name: String, _ text: String) -> KeyValues.Line { KeyValues.Line(name, broken(text)) }

  private var approval: [KeyValues.Line] {
    let isDecided = asked.row["decided_at"] != nil
    return [
      line(say("状態", "State"), asked.state.label[language]),
      line(say("計画を決めた人", "Decided by"), isDecided ? moment(asked, "decided") : ""),
      line(say("受付・入り口", "Where to come in"), asked.row.text("door")),
      line(say("病院から", "From the hospital"), asked.row.text("note")),
    ]
  }

  private var outcome: [KeyValues.Line] {
    let isReported = asked.row["reported_at"] != nil
    func told(_ column: String) -> String { isReported ? asked.row.text(column) : "" }
    return [
      line(say("開始", "Begun"), moment(asked, "began")), line(say("終了", "Ended"), moment(asked, "ended")),
      line(say("結果", "Outcome"), isReported ? asked.outcome?.label[language] ?? "" : ""),
      line(say("実施した内容", "What was done"), told("report")),
      line(say("作業した人", "Who worked"), told("report_workers")),
      line(say("使った機器・媒体", "Equipment used"), told("report_equipment")),
      line(say("作業後のOS・ファームウェア", "OS or firmware after it"), told("report_os")),
      line(say("残ったこと", "What is left"), told("remains")), line(say("報告", "Reported"), moment(asked, "reported")),
    ] + pictures
  }

  /// So many stand on the sheet, as small as a stamp; the page has all.
  private static let most = 4

  private var pictures: [KeyValues.Line] {
    guard !photos.isEmpty else { return [] }
    let small = pictures(asked, Array(photos.prefix(Self.most)), height: 72)
    let more = photos.count - Self.most
    let rest: HTML = more > 0 ? " \(say("ほか\(more)枚", "and \(more) more"))" : .empty
    return [KeyValues.Line(say("写真", "Photographs"), "\(small.joined(separator: " "))\(rest)")]
  }

  private var confirmation: [KeyValues.Line] {
    [
      line(say("報告を確かめた人", "Confirmed by"), moment(asked, "confirmed")),
      line(say("確認の内容", "What was seen"), asked.row.text("confirm_note")),
    ]
  }
}
