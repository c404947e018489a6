import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// What a vendor asks for, in five short parts; for the hospital the same with the vendor and how the request came in.
struct WorkFormPage: WorkView {
  let side: WorkSide
  /// Nil for a new request.
  let asked: WorkRequest?
  let vendor: (id: String, name: String)
  let devices: [WorkDevice]
  /// How many devices the vendor maintains.
  let deviceCount: Int
  let typed: [String: String]
  let errors: [FieldError]
  /// Whether the fields hold what was asked for last.
  var isCopy = false
  let request: WebRequest

  private func value(_ field: String) -> String { typed[field] ?? "" }

  var response: WebResponse {
    let parts = [device, work, time, people, equipment].map { part in
      (title: part.title, fields: part.fields.map { $0.withError(from: errors) })
    }
    let inside = parts.enumerated().map { index, part -> HTML in
      let heading = "\(index + 1). \(part.title)"
      return "<h2>\(heading)</h2>\(each: part.fields, { $0.html(language) })"
    }
    var hidden: [FormField] = []
    if let asked { hidden.append(.hidden("version", String(asked.row.version))) }
    if side == .hospital { hidden.append(.hidden("vendor", vendor.id)) }
    let form = FormFrame(
      action: asked.map { side.one($0.id) } ?? side.list,
      csrf: request.csrf,
      fields: hidden,
      more: inside.joined(),
      buttons: Button.submit(asked == nil ? say("申請する", "Ask") : say("申請し直す", "Ask anew"))
        + Button.link(say("やめる", "Cancel"), asked.map { side.one($0.id) } ?? side.list, look: .text),
      draft: "works/\(asked?.id ?? vendor.id)"
    )
    let title = asked == nil ? say("作業の申請", "Ask for work") : say("作業の申請を直す", "Change a request for work")
    return .page(
      Page(
        title,
        lead: HTML(text: lead),
        crumbs: [Crumb(listTitle, side.list)],
        errors: unplaced(parts.flatMap(\.fields)) + parts.flatMap(\.fields).errors,
        main: form.html(language)
      ),
      current: side.current
    )
  }

  /// What is wrong with fields that this form does not show, and with the whole.
  private func unplaced(_ fields: [FormField]) -> [FieldError] {
    let names = Set(fields.map(\.name))
    return errors.filter { !names.contains($0.field) }.map { FieldError("", $0.message) }
  }

  private var lead: String {
    let copied =
      isCopy ? say("前回の申請の内容を入れてあります。違うところだけ直してください。", "The last request is filled in; change what differs.") : ""
    return [vendor.name, copied].filter { !$0.isEmpty }.joined(separator: say("　", ". "))
  }

  private typealias Part = (title: String, fields: [FormField])

  private var device: Part {
    var fields: [FormField] = []
    let known = devices.contains { $0.id == value("device") }
    if !devices.isEmpty {
      fields.append(
        .select(
          "device",
          say("機器", "Device"),
          [Design.Choice("", say("選んでください", "Choose"))] + devices.map { Design.Choice($0.id, $0.title(language)) },
          chosen: known ? value("device") : "",
          required: side == .vendor && deviceCount <= devices.count
        )
      )
    }
    if side == .hospital || deviceCount > devices.count || devices.isEmpty {
      let label =
        devices.isEmpty ? say("機器", "Device") : say("一覧にない機器", "A device that is not in the list")
      var other = FormField.text(
        devices.isEmpty ? "device" : "other",
        label,
        value: devices.isEmpty ? value("device") : value("other"),
        required: devices.isEmpty,
        support: say("管理番号または機器名を入力します。", "Type its number or name.")
      )
      other.width = .full
      fields.append(other)
    }
    if side == .hospital, asked == nil {
      fields.append(
        .radios(
          "source",
          say("申請の受け方", "How the request came in"),
          [WorkRequest.Source.paper, .telephone].map { Design.Choice($0.rawValue, $0.label[language]) },
          chosen: value("source"),
          across: true,
          required: true
        )
      )
    }
    return (say("対象の機器", "The device"), fields)
  }

  private var work: Part {
    (
      say("作業の内容", "The work"),
      [
        .radios(
          "kind",
          say("作業の種類", "Kind of work"),
          WorkDraft.Kind.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
          chosen: value("kind"),
          required: true
        ),
        .lines(
          "what",
          say("作業の内容", "What is done"),
          value: value("what"),
          rows: 3,
          required: true,
          support: say("例：月例の更新プログラムを適用し、再起動する", "As: install this month's updates and restart")
        ),
      ]
    )
  }

  private var time: Part {
    let until = FormField.text(
      "until",
      say("終える時刻", "Until"),
      value: value("until"),
      required: true,
      support: say("日をまたぐときも、時刻だけを入れます。例：2:00", "Past midnight write the time alone, as 2:00."),
      width: .short
    )
    return (
      say("日時と停止", "When, and what stands still"),
      [
        .date("work_on", say("作業する日", "Day"), value: value("work_on"), language: language, required: true),
        .text(
          "from",
          say("始める時刻", "From"),
          value: value("from"),
          required: true,
          support: say("例：13:30", "As 13:30."),
          width: .short
        ),
        until,
        .radios(
          "stops",
          say("止まるものがありますか", "Does anything stand still?"),
          [Design.Choice("yes", say("ある", "Yes")), Design.Choice("no", say("ない", "No"))],
          chosen: value("stops"),
          across: true,
          required: true
        ),
        .text(
          "stop_note",
          say("止まるもの・時間", "What, and how long"),
          value: value("stop_note"),
          support: say("「ある」のときに入力します。例：検査の画像を15分ほど見られない", "Where yes; as: images for 15 minutes"),
          width: .full
        ),
      ]
    )
  }

  private var people: Part {
    (
      say("作業する人", "Who works"),
      [
        .radios(
          "way",
          say("作業のしかた", "How"),
          WorkDraft.Way.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
          chosen: value("way"),
          required: true
        ),
        .lines(
          "workers",
          say("作業する人の氏名", "Names"),
          value: value("workers"),
          rows: 3,
          required: true,
          support: say("1行に1人ずつ、全員を書きます。", "Everybody, a line each.")
        ),
        .text(
          "origin",
          say("どこから", "From where"),
          value: value("origin"),
          required: true,
          support: say("来院なら所属の営業所、外からなら接続する場所です。", "The branch they come from, or the place they connect from."),
          width: .full
        ),
        .text(
          "subcontractor",
          say("再委託先", "Sub-contractor"),
          value: value("subcontractor"),
          support: say("ほかの会社の人が作業するときの会社名です。なければ空のままにします。", "Where somebody of another company works; else empty."),
          width: .full
        ), .telephone("phone", say("当日の連絡先", "Telephone on the day"), value: value("phone")),
      ]
    )
  }

  private var equipment: Part {
    (
      say("持ち込むもの", "What is brought"),
      [
        .lines(
          "equipment",
          say("持ち込む機器・記録媒体", "Devices and media"),
          value: value("equipment"),
          rows: 2,
          support: say(
            "パソコンやUSBメモリなど。ウイルス検査を済ませてください。なければ空のままにします。",
            "Laptops, sticks and the like, checked for viruses; else empty."
          )
        )
      ]
    )
  }
}

/// `/works/new`: for which vendor somebody of the hospital enters a request.
struct WorkVendorPage: WorkView {
  let vendors: [(id: String, title: String)]
  let request: WebRequest

  var side: WorkSide { .hospital }

  var response: WebResponse {
    let choices = [Design.Choice("", say("選んでください", "Choose"))] + vendors.map { Design.Choice($0.id, $0.title) }
    let field = FormField.select("vendor", say("事業者", "Vendor"), choices, required: true)
    let main: HTML =
      vendors.isEmpty
      ? EmptyState(
        say("事業者が登録されていません。", "No vendor is recorded."),
        say("先に事業者を登録してください。", "Record the vendor first."),
        actions: Button.link(say("事業者を登録する", "Record a vendor"), "/ledger/vendor/new", look: .secondary)
      ).html(language)
      : """
      <form class="form" method="get" action="\(side.new)">\(field.html(language))\
      <div class="btns">\(Button.submit(say("次へ", "Next")))\
      \(Button.link(say("やめる", "Cancel"), side.list, look: .text))</div></form>
      """
    return .page(
      Page(
        say("作業申請の入力", "Enter a request"),
        lead: HTML(
          text: say("書面や電話で受けた申請を、事業者に代わって入力します。", "What came on paper or by telephone, entered for the vendor.")
        ),
        crumbs: [Crumb(listTitle, side.list)],
        main: main
      ),
      current: side.current
    )
  }
}
