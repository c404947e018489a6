import Records
import Text

extension Kind {
  /// 保守の接続: somebody outside was let in over a recorded way in, from when to when. What nobody has ended is on now.
  package static let connectionSession = Kind(
    key: "connection_session",
    label: Localized(ja: "保守の接続", en: "Maintenance session"),
    plural: Localized(ja: "保守の接続", en: "Maintenance sessions"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("end", ja: "終わり", en: "End"),
    ],
    fields: [
      Field(
        "connection",
        ja: "外部接続",
        en: "External connection",
        .reference("connection"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "回線|保守回線|接続番号|システム・装置"
      ),
      Field(
        "visitor",
        ja: "つないだ人",
        en: "Who connected",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(ja: "会社名と名前を書きます。", en: "Company and name."),
        synonyms: "接続者|作業者|作業者名|保守担当|相手"
      ),
      Field(
        "purpose",
        ja: "作業の内容",
        en: "Work",
        .text,
        group: "basic",
        weight: .essential,
        synonyms: "作業内容|目的|用件|接続理由"
      ),
      Field(
        "started_on",
        ja: "始めた日",
        en: "Began on",
        .date,
        group: "basic",
        weight: .essential,
        synonyms: "接続日|開始日|作業日"
      ),
      Field("started_time", ja: "始めた時刻", en: "Began at", .text, group: "basic", synonyms: "開始時刻|接続時刻|開始時間"),
      Field("admitted_by", ja: "接続を許した職員", en: "Let in by", .text, group: "basic", synonyms: "許可者|立会者|立ち会い|受付者"),
      Field(
        "ended_on",
        ja: "終わった日",
        en: "Ended on",
        .date,
        group: "end",
        help: Localized(ja: "空いている間は「接続中」です。", en: "While it is empty the session is on."),
        synonyms: "終了日|切断日"
      ),
      Field("ended_time", ja: "終わった時刻", en: "Ended at", .text, group: "end", synonyms: "終了時刻|切断時刻|終了時間"),
      Field("ended_by", ja: "切断を確かめた職員", en: "End seen by", .text, group: "end", synonyms: "確認者|切断確認者"),
      Field("result", ja: "結果", en: "Result", .multiline, group: "end", synonyms: "作業結果|報告|備考"),
    ],
    titleFields: ["visitor"],
    identities: [["connection", "started_on", "started_time"]],
    defaultSort: [Sort("started_on", isDescending: true)],
    listed: ["visitor", "connection", "purpose", "started_on", "started_time", "ended_on", "ended_time"],
    menuOrder: 9,
    reach: .parent("connection"),
    traits: KindTraits(
      sharedNames: ["visitor"],
      lead: Localized(
        ja: "外からの保守が、いつからいつまでつながっていたかの記録です。空いている「終わった日」は、まだつながっていることを示します。",
        en: "From when to when maintenance from outside was connected. Without a last day it still is."
      ),
      views: [(Localized(ja: "接続中の保守", en: "Connected now"), "/ledger/connection/sessions")],
      frontPath: "/ledger/connection/sessions"
    )
  )
}
