import Records
import Text

/// Committees, their meetings, and what was decided there.
extension Kind {
  package static let committee = Kind(
    key: "committee",
    label: Localized(ja: "委員会", en: "Committee"),
    plural: Localized(ja: "委員会", en: "Committees"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "委員会名",
        en: "Committee",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "会議名|名称"
      ),
      Field("chair", ja: "委員長", en: "Chair", .reference("person"), group: "basic", weight: .essential),
      Field("secretary", ja: "事務局", en: "Secretary", .reference("person"), group: "basic"),
      Field("members", ja: "委員", en: "Members", .multiline, group: "basic"),
      Field(
        "cycle",
        ja: "開催",
        en: "Meets",
        .choice([
          Choice("monthly", ja: "毎月", en: "Monthly"), Choice("bimonthly", ja: "隔月", en: "Every two months"),
          Choice("quarterly", ja: "四半期ごと", en: "Quarterly"), Choice("half", ja: "半年ごと", en: "Half-yearly"),
          Choice("yearly", ja: "年1回", en: "Yearly"), Choice("needed", ja: "必要なとき", en: "When needed"),
        ]),
        group: "basic",
        weight: .essential
      ),
      Field("task", ja: "担当すること", en: "Task", .multiline, group: "basic"),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "chair", "secretary", "cycle"],
    menuOrder: 40,
    reach: .everyone,
    traits: KindTraits(home: OrganizationPath.home)
  )

  package static let meeting = Kind(
    key: "meeting",
    label: Localized(ja: "会議", en: "Meeting"),
    plural: Localized(ja: "会議の記録", en: "Meetings"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("minutes", ja: "議事録", en: "Minutes"),
    ],
    fields: [
      Field("name", ja: "会議名", en: "Meeting", .text, group: "basic", weight: .essential, isRequired: true),
      Field(
        "committee",
        ja: "委員会",
        en: "Committee",
        .reference("committee"),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field("held_on", ja: "開催日", en: "Held on", .date, group: "basic", weight: .essential),
      Field("place", ja: "場所", en: "Place", .text, group: "basic"),
      Field("agenda", ja: "議題", en: "Agenda", .multiline, group: "basic", weight: .essential),
      Field("materials", ja: "資料", en: "Materials", .multiline, group: "basic"),
      Field("attendees", ja: "出席者", en: "Present", .multiline, group: "minutes"),
      Field("minutes", ja: "議事の内容", en: "Minutes", .multiline, group: "minutes", weight: .essential),
      Field("approved_by", ja: "議事録の承認者", en: "Minutes approved by", .reference("person"), group: "minutes"),
      Field("approved_on", ja: "議事録の承認日", en: "Minutes approved on", .date, group: "minutes"),
    ],
    titleFields: ["name"],
    identities: [["committee", "held_on"]],
    defaultSort: [Sort("held_on", isDescending: true)],
    listed: ["name", "committee", "held_on", "place", "approved_on"],
    menuOrder: 41,
    reach: .everyone,
    traits: KindTraits(home: OrganizationPath.home)
  )

  /// What a meeting decided, and what somebody took upon themselves.
  package static let actionItem = Kind(
    key: "action_item",
    label: Localized(ja: "決定・宿題", en: "Decision or action"),
    plural: Localized(ja: "決定と宿題", en: "Decisions and actions"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field("name", ja: "内容", en: "What", .text, group: "basic", weight: .essential, isRequired: true),
      Field("meeting", ja: "会議", en: "Meeting", .reference("meeting"), group: "basic", weight: .essential),
      Field(
        "type",
        ja: "種類",
        en: "Type",
        .choice([
          Choice("decision", ja: "決定", en: "Decision"), Choice("action", ja: "宿題", en: "Action"),
          Choice("report", ja: "報告", en: "Report"),
        ]),
        group: "basic",
        weight: .essential
      ),
      Field("owner", ja: "担当者", en: "Owner", .reference("person"), group: "basic", weight: .essential),
      Field("due_on", ja: "期限", en: "Due on", .date, group: "basic", weight: .essential),
      Field("done_on", ja: "終わった日", en: "Done on", .date, group: "basic"),
      Field("result", ja: "結果", en: "Result", .multiline, group: "basic"),
    ],
    titleFields: ["name"],
    identities: [["meeting", "name"]],
    defaultSort: [Sort("due_on")],
    listed: ["name", "type", "owner", "due_on", "done_on", "meeting"],
    menuOrder: 42,
    reach: .everyone,
    traits: KindTraits(home: OrganizationPath.home)
  )
}
