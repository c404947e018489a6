import Records
import Text

/// What proves that the outside is in hand: boundary devices, disposals, entry, answers of vendors.
extension Kind {
  /// What must be at hand about a boundary device in the first hour of an incident.
  package static let boundaryEvidence = Kind(
    key: "boundary_evidence",
    label: Localized(ja: "接点の控え", en: "Boundary evidence"),
    plural: Localized(ja: "接点の控え", en: "Boundary evidence"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("configuration", ja: "設定の控え", en: "Configuration"),
      FieldGroup("support", ja: "支援とログ", en: "Support and logs"),
    ],
    fields: [
      Field(
        "connection",
        ja: "外部接続",
        en: "External connection",
        .reference("connection"),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field("model", ja: "機種", en: "Model", .text, group: "basic", weight: .essential),
      Field("serial_number", ja: "製造番号", en: "Serial number", .identifier, group: "basic"),
      Field("firmware", ja: "ファームウェアの版", en: "Firmware version", .text, group: "basic", weight: .essential),
      Field("firmware_on", ja: "版を確かめた日", en: "Version checked on", .date, group: "basic", weight: .essential),
      Field(
        "configuration_hash",
        ja: "設定ファイルのハッシュ",
        en: "Hash of the configuration",
        .identifier,
        group: "configuration",
        weight: .essential,
        help: Localized(
          ja: "SHA-256 の値を貼り付けます。次に取ったときに、変わっていないかが分かります。",
          en: "Paste the SHA-256, so that a later copy can be compared."
        )
      ),
      Field(
        "configuration_on",
        ja: "設定を保存した日",
        en: "Configuration saved on",
        .date,
        group: "configuration",
        weight: .essential
      ),
      Field("configuration_place", ja: "設定の保管場所", en: "Kept at", .text, group: "configuration"),
      Field(
        "support_number",
        ja: "保守の契約・受付番号",
        en: "Support number",
        .identifier,
        group: "support",
        weight: .essential
      ),
      Field("support_phone", ja: "支援の電話", en: "Support telephone", .phone, group: "support", weight: .essential),
      Field("sign_ins", ja: "ログインできる人", en: "Who may log in", .multiline, group: "support", weight: .essential),
      Field("log_place", ja: "ログの場所と保存日数", en: "Place and days of logs", .text, group: "support", weight: .essential),
      Field(
        "how_to_cut",
        ja: "切り離し方",
        en: "How to disconnect",
        .multiline,
        group: "support",
        weight: .essential,
        help: Localized(ja: "どの線を抜くか、どのボタンを押すか。切ると何が止まるかも書きます。", en: "Which cable, which switch, and what stops.")
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "support",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Comment"
      ),
    ],
    titleFields: ["model", "firmware"],
    identities: [["connection"]],
    defaultSort: [Sort("model")],
    listed: ["connection", "model", "firmware", "firmware_on", "configuration_on", "support_phone"],
    reach: .parent("connection"),
    traits: KindTraits(sharedNames: ["model"], importName: "boundary_evidence")
  )

  /// The end of a device: erased, certified, accounts and lines closed.
  package static let disposal = Kind(
    key: "disposal",
    label: Localized(ja: "廃棄・返却の記録", en: "Disposal"),
    plural: Localized(ja: "廃棄・返却", en: "Disposals"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "asset",
        ja: "機器",
        en: "Device",
        .reference("asset"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "管理番号|機器名|資産番号"
      ),
      Field(
        "way",
        ja: "処分のしかた",
        en: "Way",
        .choice([
          Choice("destroyed", ja: "廃棄", en: "Destroyed", synonyms: "廃棄処分"),
          Choice("returned", ja: "返却", en: "Returned", synonyms: "リース返却|返還"),
          Choice("sold", ja: "売却", en: "Sold", synonyms: "下取り"),
          Choice("given", ja: "譲渡", en: "Given away", synonyms: "寄贈"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "処分方法|処分区分"
      ),
      Field(
        "done_on",
        ja: "処分日",
        en: "Done on",
        .date,
        group: "basic",
        weight: .essential,
        synonyms: "廃棄日|返却日|廃棄年月日|Disposed On"
      ),
      Field("vendor", ja: "処分業者", en: "Contractor", .reference("vendor"), group: "basic", synonyms: "業者|廃棄業者|事業者"),
      Field(
        "erasure",
        ja: "データの消去",
        en: "Erasure",
        .choice([
          Choice("shredded", ja: "物理破壊", en: "Shredded", synonyms: "破砕|穴あけ"),
          Choice("overwritten", ja: "上書き消去", en: "Overwritten", synonyms: "ソフト消去|データ消去"),
          Choice("key_destroyed", ja: "暗号鍵の破棄", en: "Key destroyed", synonyms: "暗号化消去"),
          Choice("no_storage", ja: "記憶装置なし", en: "No storage", synonyms: "媒体なし"),
          Choice("none", ja: "消去していない", en: "Not erased", synonyms: "未消去|消去なし"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "データ消去方法|消去方法|Erasure Method"
      ),
      Field(
        "certificate",
        ja: "消去証明書",
        en: "Certificate",
        .yesNoUnknown,
        group: "basic",
        weight: .essential,
        synonyms: "証明書|消去証明|廃棄証明書"
      ),
      Field(
        "certificate_number",
        ja: "証明書の番号・保管場所",
        en: "Certificate number and place",
        .text,
        group: "basic",
        synonyms: "証明書番号"
      ),
      Field(
        "accounts_closed",
        ja: "アカウントの停止",
        en: "Accounts closed",
        .yesNoUnknown,
        group: "basic",
        weight: .essential,
        synonyms: "ID停止|アカウント削除"
      ),
      Field(
        "lines_closed",
        ja: "回線・保守の停止",
        en: "Lines closed",
        .yesNoUnknown,
        group: "basic",
        weight: .essential,
        synonyms: "回線停止|保守停止|回線解約"
      ),
      Field("confirmed_by", ja: "確認した人", en: "Confirmed by", .reference("person"), group: "basic", synonyms: "確認者|立会者"),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Comment"
      ),
    ],
    titleFields: ["certificate_number", "way"],
    identities: [["asset"]],
    defaultSort: [Sort("done_on")],
    listed: ["asset", "way", "done_on", "erasure", "certificate", "accounts_closed", "lines_closed"],
    reach: .parent("asset")
  )

  /// Who may enter a place.
  package static let entryRight = Kind(
    key: "entry_right",
    label: Localized(ja: "入室できる人", en: "Entry right"),
    plural: Localized(ja: "入室できる人", en: "Entry rights"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "location",
        ja: "場所",
        en: "Place",
        .reference("location"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "部屋|区画"
      ),
      Field("person", ja: "職員", en: "Person", .reference("person"), group: "basic", synonyms: "氏名|職員名"),
      Field("vendor", ja: "事業者", en: "Vendor", .reference("vendor"), group: "basic", synonyms: "会社名|業者名"),
      Field("holder", ja: "名前（台帳にない人）", en: "Name (not on record)", .text, group: "basic", weight: .extra),
      Field(
        "way",
        ja: "入り方",
        en: "Way in",
        .choice([
          Choice("card", ja: "カード", en: "Card", synonyms: "ICカード|社員証"),
          Choice("key", ja: "鍵", en: "Key", synonyms: "物理鍵"),
          Choice("code", ja: "暗証番号", en: "Code", synonyms: "テンキー|パスコード"),
          Choice("escort", ja: "立ち会い", en: "Escorted", synonyms: "同行|付き添い"),
          Choice("biometric", ja: "生体認証", en: "Biometric", synonyms: "指紋|静脈|顔"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "入室方法|媒体"
      ),
      Field("valid_until", ja: "期限", en: "Until", .date, group: "basic", synonyms: "有効期限|終了日"),
      Field("reason", ja: "理由", en: "Reason", .text, group: "basic", weight: .extra),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Comment"
      ),
    ],
    titleFields: ["holder", "way"],
    identities: [],
    defaultSort: [Sort("valid_until")],
    listed: ["location", "person", "vendor", "holder", "way", "valid_until"],
    reach: .everyone,
    traits: KindTraits(namedAfter: ["person", "vendor"])
  )

  /// The yearly question to a vendor: what lines lead into the hospital?
  package static let vendorEnquiry = Kind(
    key: "vendor_enquiry",
    label: Localized(ja: "事業者への照会", en: "Enquiry to vendor"),
    plural: Localized(ja: "事業者への照会", en: "Enquiries to vendors"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("answer", ja: "回答", en: "Answer")],
    fields: [
      Field(
        "vendor",
        ja: "事業者",
        en: "Vendor",
        .reference("vendor"),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field(
        "year",
        ja: "年度",
        en: "Fiscal year",
        .identifier,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(ja: "西暦の4桁。令和8年度は2026です。", en: "Four digits: fiscal year 2026 begins in April 2026.")
      ),
      Field("asked_on", ja: "照会した日", en: "Asked on", .date, group: "basic", weight: .essential),
      Field(
        "way",
        ja: "方法",
        en: "Way",
        .choice([
          Choice("form", ja: "書面", en: "Letter", synonyms: "紙|郵送"),
          Choice("mail", ja: "メール", en: "E-mail", synonyms: "電子メール"),
          Choice("phone", ja: "電話", en: "Telephone", synonyms: "口頭"),
          Choice("visit", ja: "面談", en: "Meeting", synonyms: "訪問|来院"),
        ]),
        group: "basic"
      ),
      Field("due_on", ja: "回答期限", en: "Due on", .date, group: "basic", weight: .essential),
      Field("reminded_on", ja: "督促した日", en: "Reminded on", .date, group: "basic", weight: .extra),
      Field("reminders", ja: "督促の回数", en: "Reminders", .number, group: "basic", weight: .extra),
      Field("answered_on", ja: "回答のあった日", en: "Answered on", .date, group: "answer", weight: .essential),
      Field("answered_by", ja: "回答した人", en: "Answered by", .text, group: "answer"),
      Field(
        "remote_line",
        ja: "院内につながる回線がある",
        en: "Has a line into the hospital",
        .yesNoUnknown,
        group: "answer",
        weight: .essential
      ),
      Field("lines", ja: "回線の数", en: "Lines", .number, group: "answer"),
      Field(
        "went_online",
        ja: "訪問から遠隔に変わったものがある",
        en: "On-site work that went online",
        .yesNoUnknown,
        group: "answer",
        weight: .essential
      ),
      Field("subcontracts", ja: "再委託がある", en: "Subcontracts", .yesNoUnknown, group: "answer"),
      Field("data_taken", ja: "データを持ち出している", en: "Takes data away", .yesNoUnknown, group: "answer"),
      Field("details", ja: "回答の内容", en: "Answer", .multiline, group: "answer"),
      Field(
        "closed_on",
        ja: "締め切った日",
        en: "Closed on",
        .date,
        group: "answer",
        weight: .extra,
        help: Localized(ja: "回答を待つのを終えた日です。", en: "From then on nobody waits for an answer.")
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "answer",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Comment"
      ),
    ],
    titleFields: ["year"],
    identities: [["vendor", "year"]],
    defaultSort: [Sort("year")],
    listed: ["vendor", "year", "due_on", "answered_on", "remote_line"],
    reach: .everyone,
    traits: KindTraits(namedAfter: ["vendor"], importName: "vendor_enquiries")
  )
}
