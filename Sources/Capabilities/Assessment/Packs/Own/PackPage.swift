import Design
import HTML
import Nouns
import Packs
import Text
import Time
import Web

/// `/checklists/:pack`: one edition: what it says of itself, its items, and who confirmed it.
struct PackPage {
  let checklist: Checklist
  /// Nil for one of the program.
  let own: OwnChecklist?
  let unknownFacts: [String]
  /// Why it was not confirmed.
  let error: Localized?
  let request: WebRequest

  private var language: Language { request.language }
  private var pack: Pack { checklist.pack }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    .page(
      Page(
        checklist.title[language],
        lead: HTML(text: say("\(checklist.id)　第\(pack.edition)版", "\(checklist.id), edition \(pack.edition)")),
        actions: """
          \(Button.link(say("点検を開く", "Open the check"), AssessmentPath.round(checklist.id), size: .small)) \
          \(Button.link(say("YAML を保存する", "Save the YAML"), PackPath.file(checklist.id), look: .secondary, size: .small))
          """,
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(say("点検表の管理", "Checklist packs"), PackPath.list),
        ],
        errors: errors,
        main: "\(unknown)\(head)\(confirmation)\(items)"
      ),
      current: "assessment.packs",
      status: error == nil ? nil : 422
    )
  }

  private var errors: [FieldError] { error.map { [FieldError("reason", $0[language])] } ?? [] }

  private var head: HTML {
    var lines: [KeyValues.Line] = [
      .init(say("有効期間", "Valid"), Self.validity(checklist, request)),
      .init(say("発行", "Publisher"), text: pack.publisher),
      .init(
        say("出典", "Source"),
        text: [Localized(pack.source.words)[language], pack.source.address].compactMap(\.self).joined(separator: "　")
      ),
      .init(say("検証", "Verification"), Self.verification(checklist, request)),
      .init(
        say("項目", "Items"),
        text: say(
          "\(checklist.items.count)項目、うち\(checklist.provable)項目は記録で証明できます。",
          "\(checklist.items.count), of which records can prove \(checklist.provable)."
        )
      ),
    ]
    if let own {
      let when = request.dates.brief(own.loadedAt, today: request.now.day)
      lines.append(.init(say("取り込み", "Loaded"), text: "\(when)　\(own.loadedBy)　\(own.fileName)"))
      if let sender = own.sender { lines.append(.init(say("送り主", "Sender"), text: sender)) }
      lines.append(.init(say("指紋（SHA-256）", "Fingerprint (SHA-256)"), "<code class=\"long\">\(own.hash)</code>"))
    }
    if let confirmed = checklist.confirmation {
      lines.append(.init(say("確認した内容", "What was compared"), text: confirmed.reason))
    }
    return KeyValues(lines).html
  }

  private var unknown: HTML {
    guard !unknownFacts.isEmpty else { return .empty }
    return Banner(
      .info,
      say(
        "いまの記録にない名前を根拠にしている項目があります。書き間違いでなければ、記録ができると答えの案が出ます。",
        "Some items rest on facts that no record shows now. Unless they are misspelt, answers are suggested once there are records."
      ),
      detail: "<p>\(unknownFacts.joined(separator: "、"))</p>"
    ).html(language)
  }

  private var confirmation: HTML {
    guard checklist.confirmation == nil, request.may(.answerChecks) else { return .empty }
    let frame = FormFrame(
      action: PackPath.confirm(checklist.id),
      csrf: request.csrf,
      fields: [
        FormField.text(
          "reason",
          say("何と照らして確認したか", "What it was compared with"),
          value: "",
          required: true,
          support: say(
            "例：院内規程 第12条（2026年4月改定）と全項目を照合。あなたの氏名と日時が記録されます。",
            "For example: all items against article 12 of the rules of April 2026. Your name and the time are recorded."
          ),
          width: .full
        ).withError(from: errors)
      ],
      buttons: Button.submit(say("出典と照らして確認した", "I compared it with its source"))
    )
    return "<section><h2>\(say("確認を記録する", "Confirm it"))</h2>\(frame.html(language))</section>"
  }

  private var items: HTML {
    let sections = checklist.sections.map { section -> HTML in
      var table = DataTable<ChecklistItem>(
        id: "items-\(section.number)",
        caption: section.heading(language),
        address: Address(PackPath.pack(checklist.id)),
        columns: [
          .init("number", say("番号", "Number")) { HTML(text: $0.name[language]) },
          .init("text", say("項目", "Item"), isLong: true) { HTML(text: $0.text[language]) },
          .init("topic", say("話題", "Topic"), isLong: true) { item in
            HTML(text: checklist.topic(item.topic)?.title[language] ?? item.topic)
          },
          .init("provable", say("記録で証明", "Provable")) { item in
            checklist.topic(item.topic)?.isProvable(item.format.kind) == true
              ? Chip(say("できる", "Yes"), .green).html : Chip(say("人が答える", "By people"), .grey).html
          },
        ],
        rows: section.items,
        rowID: \.key,
        rowName: { $0.text[language] }
      )
      table.isDense = true
      return "<section><h2>\(section.heading(language))</h2>\(table.html(language))</section>"
    }
    return sections.joined()
  }

  static func validity(_ checklist: Checklist, _ request: WebRequest) -> HTML {
    func day(_ text: String) -> String { LocalDate(iso: text).map { request.dates.short($0) } ?? text }
    let pack = checklist.pack
    return "<span class=\"nb\">\(day(pack.validFrom))</span>〜<span class=\"nb\">\(pack.validTo.map(day) ?? "")</span>"
  }

  static func verification(_ checklist: Checklist, _ request: WebRequest) -> HTML {
    switch checklist.pack.verification {
    case .unverified:
      return Chip(Localized(ja: "未検証", en: "Not verified")[request.language], .grey).html
    case .verified(let name, let on):
      let day = LocalDate(iso: on).map { request.dates.short($0) } ?? on
      let mark = Chip(Localized(ja: "確認済み", en: "Verified")[request.language], .green).html
      return "\(mark)<span class=\"sub\">\(name)　\(day)</span>"
    }
  }
}
