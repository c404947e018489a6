import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// One request for work: the plan, what else happens that day, and the step that comes next.
struct WorkPage: WorkView {
  let side: WorkSide
  let asked: WorkRequest
  /// Other work on the same days; empty for the vendor, who is told nothing of others.
  let conflicts: [WorkConflict]
  let photos: [WorkPhoto]
  /// What the report says the device runs on now, where the ledger says something else.
  var version: WorkVersion?
  /// The departments whose requests the reader may open; nil for all.
  var departments: Set<String>?
  let request: WebRequest

  var response: WebResponse {
    .page(
      Page(
        "\(asked.draft.kind.label[language])\(language.colon)\(asked.device.name)",
        lead: "\(chip(asked)) \(when(asked))",
        actions: Button.link(say("印刷", "Print"), side.one(asked.id, "print"), look: .secondary, size: .small),
        crumbs: [Crumb(listTitle, side.list)],
        main: """
          \(next)\(block(say("病院の決定", "The decision"), decision(asked)))\(block(say("作業の結果", "The result"), result(asked)))\(gallery)\
          \(block(say("作業の計画", "The plan"), plan(asked)))\(ways)
          """
      ),
      current: side.current
    )
  }

  private func block(_ title: String, _ lines: [KeyValues.Line]) -> HTML {
    lines.isEmpty ? .empty : "<section><h2>\(title)</h2>\(KeyValues(lines).html)</section>"
  }

  private var gallery: HTML {
    guard !photos.isEmpty else { return .empty }
    let gone = photos.filter { $0.withdrawnAt != nil }.compactMap { photo in
      photo.withdrawnAt.map { FileWithdrawal.note(photo.name, hash: photo.hash, at: $0, request) }
    }
    let shown = zip(photos.filter { $0.withdrawnAt == nil }, pictures(asked, photos, height: 160)).map {
      photo,
      picture -> HTML in
      """
      <li>\(picture)<span class="sub">\(photo.name) <span class="noprint">\(FileWithdrawal.link(
        photo.hash, name: photo.name, request))</span></span></li>
      """
    }
    return """
      <section><h2>\(say("写真", "Photographs"))</h2><ul class="log">\(shown)</ul>\(each: gone, { "<p>\($0)</p>" })</section>
      """
  }

  // MARK: The next step

  private var next: HTML {
    switch asked.state {
    case .waiting: side == .hospital ? deciding : note(say("病院の承認を待っています。", "The hospital has not decided yet."))
    case .sentBack:
      note(say("差し戻されました。直して、もう一度申請できます。", "It was sent back. It can be changed and asked for anew."))
    case .approved, .running, .ended: onTheDay
    case .reported:
      side == .hospital ? confirming : note(say("病院の確認を待っています。", "The hospital has not looked at the report yet."))
    case .confirmed, .withdrawn: .empty
    }
  }

  private func note(_ text: String) -> HTML { "<p>\(text)</p>" }

  private var deciding: HTML {
    let others = conflictList
    guard request.may(.editLedger) else { return others }
    let isOver = !may(.approve, asked)
    let over: HTML =
      isOver ? note(say("予定の時刻が過ぎているため、承認できません。", "The planned time is over; it cannot be approved.")) : .empty
    let approve: HTML = isOver ? .empty : Button.submit(say("承認する", "Approve"), name: "decision", value: "approve")
    let form = FormFrame(
      action: side.one(asked.id, "decide"),
      csrf: request.csrf,
      fields: [
        .text(
          "door",
          say("受付・入り口", "Where to come in"),
          support: asked.draft.way == .visit
            ? say("例：1階の防災センターで受付し、通用口から入る", "As: register at the security desk on the ground floor")
            : say("外からの作業では、接続の前に連絡する先などを書きます。", "For work from outside, whom to ring before connecting."),
          width: .full
        ),
        .lines("note", say("ひとこと（差し戻すときは理由）", "A word (why, where it is sent back)"), rows: 2),
      ],
      buttons: approve
        + Button.submit(say("差し戻す", "Send back"), name: "decision", value: "sendBack", look: .secondary)
    )
    return """
      \(others)<section class="noprint"><h2>\(say("決める", "Decide"))</h2>\(over)\(form.html(language))</section>
      """
  }

  private var conflictList: HTML {
    let heading: HTML = "<h2>\(say("同じ日のほかの作業", "Other work that day"))</h2>"
    guard !conflicts.isEmpty else {
      return "<section>\(heading)<p>\(say("ほかの作業の予定はありません。", "Nothing else is planned."))</p></section>"
    }
    let rows = conflicts.map { conflict -> HTML in
      let other = conflict.other
      let title = "\(other.draft.kind.label[language])\(language.colon)\(other.device.name)"
      let mayOpen = departments.map { other.device.department.map($0.contains) ?? false } ?? true
      let name: HTML = mayOpen ? "<a href=\"\(side.one(other.id))\">\(title)</a>" : HTML(text: title)
      let marks: [HTML] = [
        conflict.isSameDevice ? Chip(say("同じ機器", "Same device"), .red).html : .empty,
        conflict.isSameTime ? Chip(say("時間が重なる", "Same time"), .orange).html : .empty, chip(other),
      ]
      return """
        <li>\(name) \(marks.joined(separator: " "))<span class="sub">\(when(other))\(say("、", ", "))\
        \(other.vendorName)</span></li>
        """
    }
    return "<section>\(heading)<ul class=\"log\">\(rows)</ul></section>"
  }

  private var onTheDay: HTML {
    var buttons: [HTML] = []
    if may(.begin, asked) { buttons.append(press(say("開始", "Begin"), "begin", .primary)) }
    if may(.end, asked) { buttons.append(press(say("終了", "End"), "end", .primary)) }
    if may(.report, asked) {
      let look: Button.Look = asked.state == .ended ? .primary : .secondary
      buttons.append(Button.link(say("報告する", "Report"), side.one(asked.id, "report"), look: look))
    }
    let words =
      switch asked.state {
      case .running: say("作業中です。終わったら「終了」を押してください。", "Work is under way. Press “End” when it is over.")
      case .ended: say("作業が終わりました。報告を書いてください。", "The work is over. Please report it.")
      default:
        asked.owesReport(at: request.now)
          ? say("予定の時刻が過ぎました。実施したか、しなかったかを報告してください。", "The planned time is over. Please say whether it was done.")
          : say("作業の日に、始めるとき「開始」を押してください。", "On the day, press “Begin” when work begins.")
      }
    let missing: HTML =
      asked.row["reported_at"] != nil && asked.state == .ended
      ? note(say("報告が差し戻されました。", "The report was sent back.")) : .empty
    return "\(missing)\(note(words))\(row(buttons))"
  }

  private var confirming: HTML {
    guard request.may(.editLedger) else { return .empty }
    let form = FormFrame(
      action: side.one(asked.id, "confirm"),
      csrf: request.csrf,
      fields: ledger + [
        .lines("confirm_note", say("確かめたこと（差し戻すときは足りないこと）", "What you saw (or what is missing)"), rows: 2)
      ],
      buttons: Button.submit(say("報告を確かめた", "Confirm the report"), name: "decision", value: "confirm")
        + Button.submit(say("書き直してもらう", "Ask for a better one"), name: "decision", value: "return", look: .secondary)
    )
    return """
      <section class="noprint"><h2>\(say("報告を確かめる", "Look at the report"))</h2>\(form.html(language))</section>
      """
  }

  /// The ledger's value and the report's, and whether the one takes the other's place.
  private var ledger: [FormField] {
    guard let version else { return [] }
    let before = version.before.isEmpty ? say("（記録なし）", "(not recorded)") : version.before
    return [
      .hidden("seen", String(version.revision)),
      .checkboxes(
        "ledger",
        say("台帳のOS・ファームウェア", "OS or firmware in the register"),
        [
          Design.Choice(
            "yes",
            say("「\(before)」を「\(version.after)」に書き換える", "Change “\(before)” to “\(version.after)”"),
            support: say(
              "外すと、台帳はそのままです。書き換えは「変更と取り消し」で元に戻せます。",
              "Leave it out and the register stays. The change can be undone."
            )
          )
        ],
        chosen: ["yes"]
      ),
    ]
  }

  // MARK: Whatever else can be done

  private func press(_ label: String, _ verb: String, _ look: Button.Look) -> HTML {
    Button.post(label, side.one(asked.id, verb), csrf: request.csrf, look: look, context: asked.device.name)
  }

  private var ways: HTML {
    var buttons: [HTML] = []
    if may(.mend, asked) {
      buttons.append(Button.link(say("申請を直す", "Change it"), side.one(asked.id, "edit"), look: .secondary))
    }
    if asked.state == .reported, side == .vendor || request.may(.editLedger) {
      buttons.append(Button.link(say("報告を直す", "Change the report"), side.one(asked.id, "report"), look: .secondary))
    }
    if asked.state.isOver || asked.state == .reported, side == .vendor || request.may(.editLedger) {
      let again = Address(side.new).setting("again", asked.id)
      buttons.append(
        Button.link(
          say("同じ内容で申請する", "Ask for the same again"),
          (side == .hospital ? again.setting("vendor", asked.vendor) : again).text,
          look: .secondary
        )
      )
    }
    if may(.withdraw, asked) { buttons.append(press(say("申請を取り下げる", "Withdraw"), "withdraw", .secondary)) }
    if side == .hospital, asked.draft.way == .remote, asked.state == .approved || asked.state == .running {
      buttons.append(
        Button.link(say("保守の接続を記録する", "Record the connection"), "/ledger/connection/sessions", look: .secondary)
      )
    }
    return "\(row(buttons))\(callOff)"
  }

  private func row(_ buttons: [HTML]) -> HTML {
    buttons.isEmpty ? .empty : "<div class=\"btns noprint\">\(buttons)</div>"
  }

  /// What was approved may be called off with its reason until it begins.
  private var callOff: HTML {
    guard side == .hospital, asked.state == .approved, request.may(.editLedger) else { return .empty }
    let form = FormFrame(
      action: side.one(asked.id, "decide"),
      csrf: request.csrf,
      fields: [.lines("note", say("取り消す理由", "Why"), rows: 2, required: true)],
      buttons: Button.submit(
        say("承認を取り消して差し戻す", "Call it off and send it back"),
        name: "decision",
        value: "sendBack",
        look: .secondary
      )
    )
    return """
      <section class="noprint"><h2>\(say("承認を取り消す", "Call it off"))</h2>\(form.html(language))</section>
      """
  }
}

/// What was done, filled in from the plan, with photographs; also why approved work is called off.
struct WorkReportPage: WorkView {
  let side: WorkSide
  let asked: WorkRequest
  let typed: [String: String]
  let errors: [FieldError]
  let request: WebRequest

  private func value(_ field: String) -> String { typed[field] ?? asked.reported(field) }

  private var photo: FormField {
    let kept = asked.row.number("photos") ?? 0
    let known = kept > 0 ? say("\(kept)枚を預かっています。", "\(kept) are kept. ") : ""
    // A browser sends no file twice.
    let again = errors.isEmpty ? "" : say("選んだ写真は、もう一度選んでください。", "Choose the photographs once more. ")
    var field = FormField(
      "photo",
      say("写真", "Photographs"),
      .file(accept: "image/jpeg,image/png,image/webp", many: true)
    )
    field.support =
      known + again
      + say(
        "画面や銘板など、1枚8MB、\(WorkPhoto.most)枚まで。患者さんの名前や画像が写らないようにしてください。",
        "Screens, labels; up to 8 MB each and \(WorkPhoto.most) in all. Mind that no patient is on them."
      )
    return field
  }

  var response: WebResponse {
    let all: [FormField] = [
      .radios(
        "outcome",
        say("結果", "Outcome"),
        WorkRequest.Outcome.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
        chosen: value("outcome"),
        required: true
      ),
      .lines(
        "report",
        say("実施した内容", "What was done"),
        value: value("report"),
        rows: 4,
        required: true,
        support: say("計画の内容を入れてあります。違うところだけ直してください。", "The plan is filled in; change what differs.")
      ), .lines("report_workers", say("作業した人", "Who worked"), value: value("report_workers"), rows: 2, required: true),
      .lines("report_equipment", say("使った機器・記録媒体", "Equipment used"), value: value("report_equipment"), rows: 2),
      .text(
        "report_os",
        say("作業後のOS・ファームウェア", "OS or firmware after the work"),
        value: value("report_os"),
        support: say(
          "変わったときだけ、版まで書きます。例：FortiOS 7.2.8。病院が報告を確かめるときに、機器の台帳に反映できます。",
          "Only where it changed, with its version, as FortiOS 7.2.8. The hospital can take it over into its register."
        ),
        width: .full
      ),
      .lines(
        "remains",
        say("残ったこと・気づいたこと", "What is left, what was noticed"),
        value: value("remains"),
        rows: 2,
        support: say("次にすること、設定の変更、警告の表示など。なければ空のままにします。", "Next steps, changed settings, warnings; else empty.")
      ),
    ]
    let fields = (all + [photo]).map { $0.withError(from: errors) }
    var form = FormFrame(
      action: side.one(asked.id, "report"),
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("報告する", "Report"))
        + Button.link(say("やめる", "Cancel"), side.one(asked.id), look: .text),
      draft: "works/\(asked.id)/report"
    )
    form.isMultipart = true
    return .page(
      Page(
        say("作業の報告", "Report of work"),
        lead: HTML(text: asked.device.title(language)),
        crumbs: [Crumb(listTitle, side.list)],
        errors: errors.filter(\.field.isEmpty) + fields.errors,
        main: form.html(language)
      ),
      current: side.current
    )
  }
}
