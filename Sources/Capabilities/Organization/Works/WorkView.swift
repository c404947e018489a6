import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// At whose desk a page of requests for work is shown: the hospital's, or the vendor's own, which says nothing of others.
enum WorkSide: Sendable {
  case hospital, vendor

  var list: String { self == .hospital ? OrganizationPath.works : OrganizationPath.ownWorks }
  var new: String { list + "/new" }
  func one(_ id: String, _ verb: String = "") -> String { "\(list)/\(id)" + (verb.isEmpty ? "" : "/\(verb)") }

  /// The entry of the menu.
  var current: String { self == .hospital ? "organization.works" : "organization.ownWorks" }
}

/// What every page of requests for work needs.
protocol WorkView {
  var side: WorkSide { get }
  var request: WebRequest { get }
}

extension WorkView {
  var language: Language { request.language }
  func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var listTitle: String {
    side == .hospital ? say("保守の作業申請", "Work by vendors") : say("作業申請", "Your requests for work")
  }

  func chip(_ asked: WorkRequest) -> HTML {
    if asked.owesReport(at: request.now) { return Chip(WorkRequest.State.ended.label[language], .orange).html }
    let tint: Chip.Tint =
      switch asked.state {
      case .waiting, .reported: .orange
      case .approved, .ended: .blue
      case .running: .yellow
      case .sentBack: .red
      case .confirmed: .green
      case .withdrawn: .grey
      }
    return Chip(asked.state.label[language], tint).html
  }

  /// 「11月21日 13:00〜15:00」.
  func when(_ asked: WorkRequest) -> HTML {
    let day = request.dates.brief(asked.draft.day, today: request.now.day)
    return "<span class=\"nb\">\(day)</span> <span class=\"nb\">\(hours(asked.draft.window))</span>"
  }

  func hours(_ window: WorkWindow) -> String { language == .ja ? window.text : window.english }

  func moment(_ asked: WorkRequest, _ deed: String) -> String {
    [asked.moment("\(deed)_at").map { request.dates.time($0) }, asked.row["\(deed)_by"]].compactMap(\.self)
      .joined(separator: say("、", ", "))
  }

  /// What may be done with it now by whoever looks.
  func may(_ step: WorkStep, _ asked: WorkRequest) -> Bool {
    let isAllowed = side == .vendor ? request.may(.requestWork) : request.may(.editLedger)
    return isAllowed && step.fits(asked, at: request.now)
  }

  func stops(_ draft: WorkDraft) -> String {
    draft.stops ? say("ある", "Yes") + language.colon + draft.stopNote : say("ない", "Nothing")
  }

  /// The plan, a line a thing, as pages and paper show it.
  func plan(_ asked: WorkRequest) -> [KeyValues.Line] {
    let draft = asked.draft
    let entered = asked.source == .account ? "" : language.aside(asked.source.label[language])
    let when = "\(request.dates.day(draft.day)) \(hours(draft.window))"
    let lines: [(String, String)] = [
      (say("事業者", "Vendor"), asked.vendorName),
      (
        say("申請", "Asked"),
        [request.dates.time(asked.row.createdAt), asked.row.text("asked_name")].joined(separator: say("、", ", "))
          + entered
      ), (say("対象の機器", "Device"), asked.device.title(language)),
      (say("作業の種類", "Kind of work"), draft.kind.label[language]),
      (say("作業の内容", "Work"), draft.what), (say("予定の日時", "When"), when),
      (say("止まるもの", "Stands still"), stops(draft)), (say("作業のしかた", "How"), draft.way.label[language]),
      (say("作業する人", "Who works"), draft.workers), (say("どこから", "From where"), draft.origin),
      (say("再委託先", "Sub-contractor"), draft.subcontractor.isEmpty ? say("なし", "None") : draft.subcontractor),
      (say("持ち込む機器・媒体", "Equipment brought"), draft.equipment.isEmpty ? say("なし", "None") : draft.equipment),
      (say("当日の連絡先", "Telephone on the day"), draft.phone),
    ]
    return lines.filter { !$0.1.isEmpty }.map { KeyValues.Line($0.0, broken($0.1)) }
  }

  /// What the hospital decided.
  func decision(_ asked: WorkRequest) -> [KeyValues.Line] {
    let lines: [(String, String)] = [
      (say("決めた人", "Decided by"), moment(asked, "decided")),
      (say("受付・入り口", "Where to come in"), asked.row.text("door")),
      (say("病院から", "From the hospital"), asked.row.text("note")),
    ]
    return lines.filter { !$0.1.isEmpty }.map { KeyValues.Line($0.0, broken($0.1)) }
  }

  /// What was done.
  func result(_ asked: WorkRequest) -> [KeyValues.Line] {
    let hasReport = asked.row["reported_at"] != nil
    func told(_ column: String) -> String { hasReport ? asked.row.text(column) : "" }
    let lines: [(String, String)] = [
      (say("開始", "Begun"), moment(asked, "began")), (say("終了", "Ended"), moment(asked, "ended")),
      (say("結果", "Outcome"), asked.outcome?.label[language] ?? ""),
      (say("実施した内容", "What was done"), told("report")), (say("作業した人", "Who worked"), told("report_workers")),
      (say("使った機器・媒体", "Equipment used"), told("report_equipment")),
      (say("作業後のOS・ファームウェア", "OS or firmware after it"), told("report_os")),
      (say("残ったこと", "What is left"), told("remains")), (say("報告", "Reported"), moment(asked, "reported")),
      (say("報告の確認", "Confirmed"), moment(asked, "confirmed")),
      (say("確認の内容", "Confirmation"), asked.row.text("confirm_note")),
    ]
    return lines.filter { !$0.1.isEmpty }.map { KeyValues.Line($0.0, broken($0.1)) }
  }

  /// The photographs as links, or as small pictures where there is room for a few only.
  func pictures(_ asked: WorkRequest, _ photos: [WorkPhoto], height: Int) -> [HTML] {
    photos.filter { $0.withdrawnAt == nil }.map { photo in
      let address = side.one(asked.id, "photos/\(Address.encoded(photo.id))")
      return """
        <a href="\(address)"><img src="\(address)" height="\(String(height))" \
        alt="\(say("写真 \(photo.name)", "Photograph \(photo.name)"))"></a>
        """
    }
  }

  /// Lines as they were typed.
  func broken(_ text: String) -> HTML {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { HTML(text: String($0)) }
      .joined(separator: "<br>")
  }
}
