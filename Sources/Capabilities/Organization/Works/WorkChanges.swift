import Journal
import Records
import Text
import Time
import Web

/// How the list of all changes tells of those of requests for work.
package enum WorkChanges {
  /// What a row is called; nil for tables of others.
  package static func label(_ type: String) -> Localized? {
    type == WorkTable.request.name ? Localized(ja: "作業申請", en: "Request for work") : nil
  }

  package static func link(_ entry: JournalEntry) -> String? {
    entry.subjectType == WorkTable.request.name ? OrganizationPath.work(entry.subjectID) : nil
  }

  /// What an entry changed, a line a field.
  package static func lines(_ entry: JournalEntry, _ request: WebRequest) -> [String] {
    entry.lines(request.language, named: { fields[$0] }, shown: { shown($0, $1, request) })
  }

  private static func shown(_ field: String, _ value: String, _ request: WebRequest) -> String {
    let language = request.language
    return switch field {
    case "state": WorkRequest.State(rawValue: value)?.label[language] ?? value
    case "kind": WorkDraft.Kind(rawValue: value)?.label[language] ?? value
    case "way": WorkDraft.Way(rawValue: value)?.label[language] ?? value
    case "outcome": WorkRequest.Outcome(rawValue: value)?.label[language] ?? value
    case "source": WorkRequest.Source(rawValue: value)?.label[language] ?? value
    case "stops":
      value == "yes" ? Localized(ja: "ある", en: "Yes")[language] : Localized(ja: "ない", en: "No")[language]
    case "work_on": LocalDate(iso: value).map { request.dates.day($0) } ?? value
    case "window_from", "window_until": Int(value).map(WorkDraft.clock) ?? value
    default: value
    }
  }

  private static let fields: [String: Localized] = [
    "asset_name": Localized(ja: "対象の機器", en: "Device"), "state": Localized(ja: "状態", en: "State"),
    "kind": Localized(ja: "作業の種類", en: "Kind of work"), "what": Localized(ja: "作業の内容", en: "Work"),
    "work_on": Localized(ja: "作業する日", en: "Day"), "window_from": Localized(ja: "始める時刻", en: "From"),
    "window_until": Localized(ja: "終える時刻", en: "Until"), "stops": Localized(ja: "止まるもの", en: "Stands still"),
    "stop_note": Localized(ja: "止まるもの・時間", en: "What stands still"), "way": Localized(ja: "作業のしかた", en: "How"),
    "workers": Localized(ja: "作業する人", en: "Who works"), "origin": Localized(ja: "どこから", en: "From where"),
    "subcontractor": Localized(ja: "再委託先", en: "Sub-contractor"),
    "equipment": Localized(ja: "持ち込む機器・媒体", en: "Equipment brought"),
    "phone": Localized(ja: "当日の連絡先", en: "Telephone on the day"), "source": Localized(ja: "受け付け", en: "Came in by"),
    "decided_by": Localized(ja: "決めた人", en: "Decided by"), "note": Localized(ja: "病院から", en: "From the hospital"),
    "door": Localized(ja: "受付・入り口", en: "Where to come in"), "began_by": Localized(ja: "開始を押した人", en: "Begun by"),
    "ended_by": Localized(ja: "終了を押した人", en: "Ended by"), "outcome": Localized(ja: "結果", en: "Outcome"),
    "report": Localized(ja: "実施した内容", en: "What was done"),
    "report_workers": Localized(ja: "作業した人", en: "Who worked"),
    "report_equipment": Localized(ja: "使った機器・媒体", en: "Equipment used"),
    "report_os": Localized(ja: "作業後のOS・ファームウェア", en: "OS or firmware after the work"),
    "photos": Localized(ja: "写真（枚）", en: "Photographs"),
    "remains": Localized(ja: "残ったこと", en: "What is left"), "reported_by": Localized(ja: "報告した人", en: "Reported by"),
    "confirmed_by": Localized(ja: "報告を確かめた人", en: "Confirmed by"),
    "confirm_note": Localized(ja: "確認の内容", en: "Confirmation"),
  ]
}
