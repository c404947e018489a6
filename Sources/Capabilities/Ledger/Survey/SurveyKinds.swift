import Records
import Text

/// Walking the house to see what is really there.
extension Kind {
  /// 現地調査: one walk through server rooms, behind ONUs and consoles; with its papers where a contractor walks
  /// (厚労行政推進調査事業 報告書 §2: request, procedure, pledge, hours, technical review).
  package static let survey = Kind(
    key: "survey",
    label: Localized(ja: "現地調査", en: "Field survey"),
    plural: Localized(ja: "現地調査", en: "Field surveys"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("contractor", ja: "外部に頼む場合", en: "By a contractor"),
    ],
    fields: [
      Field("name", ja: "調査名", en: "Survey", .text, group: "basic", weight: .essential, isRequired: true),
      Field("starts_on", ja: "開始日", en: "Starts on", .date, group: "basic", weight: .essential),
      Field("ends_on", ja: "終了日", en: "Ends on", .date, group: "basic"),
      Field("leader", ja: "責任者", en: "Led by", .reference("person"), group: "basic", weight: .essential),
      Field("scope", ja: "調べる範囲", en: "Scope", .multiline, group: "basic"),
      Field("contractor", ja: "調査する事業者", en: "Contractor", .reference("vendor"), group: "contractor"),
      Field("requested_on", ja: "依頼日", en: "Requested on", .date, group: "contractor"),
      Field(
        "procedure",
        ja: "調査の手順",
        en: "Procedure",
        .multiline,
        group: "contractor",
        help: Localized(
          ja: "見るだけか、つないで調べるか。つなぐなら機器・アドレス・通信の内容まで書きます。",
          en: "Only looking, or connecting? If connecting: device, address, traffic."
        )
      ),
      Field("pledged_on", ja: "誓約書の受領日", en: "Pledge received on", .date, group: "contractor"),
      Field("hours", ja: "立ち入る時間帯", en: "Hours", .text, group: "contractor"),
      Field(
        "workers",
        ja: "作業した人数",
        en: "People",
        .number,
        group: "contractor",
        help: Localized(ja: "「頼む書類」の記録を足した人数です。", en: "The sum of the record among the papers.")
      ),
      Field("person_hours", ja: "作業したのべ時間", en: "Hours of work", .number, group: "contractor"),
      Field("reviewer", ja: "技術面を確かめた人", en: "Technical review by", .reference("person"), group: "contractor"),
      Field("reviewed_on", ja: "技術面を確かめた日", en: "Reviewed on", .date, group: "contractor"),
      Field("result", ja: "まとめ", en: "Result", .multiline, group: "basic", weight: .extra),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("starts_on", isDescending: true)],
    listed: ["name", "starts_on", "ends_on", "leader", "contractor", "reviewed_on"],
    menuOrder: 30,
    reach: .everyone
  )

  /// Something somebody saw on a walk: photographed, placed, checked by a second person, and then part of the ledger.
  package static let surveyFind = Kind(
    key: "survey_find",
    label: Localized(ja: "見つけたもの", en: "Find"),
    plural: Localized(ja: "調査で見つけたもの", en: "Finds of surveys"),
    groups: [
      FieldGroup("basic", ja: "見たもの", en: "What was seen"), FieldGroup("after", ja: "確認と反映", en: "Check and merge"),
    ],
    fields: [
      Field(
        "name",
        ja: "見たもの",
        en: "What",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(ja: "ラベルに書いてある名前や型番です。", en: "The name or model on its label.")
      ),
      Field(
        "survey",
        ja: "現地調査",
        en: "Survey",
        .reference("survey"),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field(
        "what",
        ja: "種類",
        en: "Type",
        .choice(SurveyObject.allCases.map { Choice($0.rawValue, ja: $0.label.ja, en: $0.label.en) }),
        group: "basic",
        weight: .essential
      ),
      Field("location", ja: "場所", en: "Place", .reference("location"), group: "basic", weight: .essential),
      Field("spot", ja: "場所の詳しい位置", en: "Exact spot", .text, group: "basic"),
      Field("department", ja: "部署", en: "Department", .reference("department"), group: "basic"),
      Field("model", ja: "メーカー・型番", en: "Maker and model", .text, group: "basic"),
      Field("serial_number", ja: "製造番号", en: "Serial number", .identifier, group: "basic"),
      Field("connected", ja: "外につながっている", en: "Connected outside", .yesNoUnknown, group: "basic", weight: .essential),
      Field("sheet_line", ja: "調査票の行", en: "Line of the sheet", .number, group: "basic", weight: .extra),
      Field("found_on", ja: "見た日", en: "Seen on", .date, group: "basic", weight: .essential),
      Field("found_at", ja: "見た時刻", en: "Seen at", .text, group: "basic", weight: .extra),
      Field("found_by", ja: "見た人", en: "Seen by", .text, group: "basic", weight: .essential),
      Field("photo", ja: "写真", en: "Photograph", .identifier, group: "basic", weight: .extra),
      Field("remarks", ja: "気づいたこと", en: "Remarks", .multiline, group: "basic", weight: .extra),
      Field("checked_by", ja: "確かめた人", en: "Checked by", .text, group: "after", weight: .essential),
      Field("checked_on", ja: "確かめた日", en: "Checked on", .date, group: "after"),
      Field("asset", ja: "台帳の機器", en: "Device of the ledger", .reference("asset"), group: "after"),
      Field("connection", ja: "台帳の外部接続", en: "Connection of the ledger", .reference("connection"), group: "after"),
    ],
    titleFields: ["name"],
    identities: [["survey", "sheet_line"]],
    defaultSort: [Sort("found_on", isDescending: true), Sort("name")],
    listed: ["name", "what", "location", "connected", "found_on", "found_by", "checked_by"],
    reach: .everyone,
    traits: KindTraits(sharedNames: ["name"])
  )
}

/// What is looked for on a walk: what connects the house to the outside, and what nobody listed.
package enum SurveyObject: String, Sendable, CaseIterable {
  case onu, router, lte, networkSwitch = "switch", wireless, server, console, terminal, modem, other, nothing

  package var label: Localized {
    switch self {
    case .onu: Localized(ja: "ONU・モデム（光回線の箱）", en: "ONU or modem")
    case .router: Localized(ja: "ルーター・VPN装置", en: "Router or VPN device")
    case .lte: Localized(ja: "LTE・携帯回線の機器", en: "LTE or mobile device")
    case .networkSwitch: Localized(ja: "スイッチ", en: "Switch")
    case .wireless: Localized(ja: "無線アクセスポイント", en: "Wireless access point")
    case .server: Localized(ja: "サーバ", en: "Server")
    case .console: Localized(ja: "検査装置の操作卓", en: "Modality console")
    case .terminal: Localized(ja: "端末・パソコン", en: "Terminal or PC")
    case .modem: Localized(ja: "電話回線・ISDNの機器", en: "Telephone or ISDN device")
    case .other: Localized(ja: "そのほか", en: "Something else")
    case .nothing: Localized(ja: "何もなかった", en: "Nothing there")
    }
  }

  /// Whether such a thing is a way out of the house until somebody shows otherwise.
  var isWayOut: Bool { [.onu, .router, .lte, .modem].contains(self) }

  /// The category of the device it becomes.
  var category: String {
    switch self {
    case .server: "server"
    case .terminal: "terminal"
    case .console: "medical"
    case .onu, .router, .lte, .networkSwitch, .wireless, .modem: "network"
    case .other, .nothing: "other"
    }
  }
}
