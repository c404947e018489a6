import Records
import Text

/// Who supplies and maintains.
extension Kind {
  package static let vendor = Kind(
    key: "vendor",
    label: Localized(ja: "事業者", en: "Vendor"),
    plural: Localized(ja: "事業者", en: "Vendors"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("contact", ja: "連絡先", en: "Contact"),
      FieldGroup("contract", ja: "契約", en: "Contract"),
    ],
    fields: [
      Field(
        "name",
        ja: "事業者名",
        en: "Vendor",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "会社名|業者名|企業名|ベンダ名|ベンダー名|ベンダ|ベンダー|業者|事業者|取引先|取引先名|取引先名称|社名|名称|法人名|正式名称|保守業者|保守会社|委託先|委託先名|Company|"
          + "Company Name|Vendor Name|Supplier|Supplier Name|Name"
      ),
      Field(
        "reading",
        ja: "フリガナ",
        en: "Reading",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "ふりがな|カナ|会社名カナ|業者名カナ|事業者名カナ|ヨミ|読み|Kana|Reading"
      ),
      Field(
        "corporate_number",
        ja: "法人番号",
        en: "Corporate number",
        .identifier,
        group: "basic",
        weight: .extra,
        synonyms:
          "法人No|国税庁法人番号|適格請求書発行事業者登録番号|Corporate Number"
      ),
      Field(
        "contact_name",
        ja: "担当者",
        en: "Contact person",
        .text,
        group: "contact",
        synonyms:
          "担当者名|担当|先方担当者|営業担当|営業担当者|保守担当|保守担当者|窓口|窓口担当者|連絡担当者|担当部署・氏名|Contact|Contact Name|Contact Person|Representative"
      ),
      Field(
        "phone",
        ja: "電話番号",
        en: "Telephone",
        .phone,
        group: "contact",
        weight: .essential,
        synonyms:
          "電話|TEL|ＴＥＬ|連絡先|連絡先電話番号|代表電話|代表番号|電話番号(代表)|担当者電話|携帯|携帯電話|Phone|Telephone|Tel|Phone Number|Contact Number"
      ),
      Field(
        "emergency_phone",
        ja: "夜間・休日の連絡先",
        en: "Out-of-hours telephone",
        .phone,
        group: "contact",
        weight: .essential,
        synonyms:
          "緊急連絡先|緊急時連絡先|夜間連絡先|夜間休日連絡先|休日連絡先|時間外連絡先|障害連絡先|障害時連絡先|コールセンター|サポートセンター|保守窓口|24時間窓口|Emergency|Emergency Contact|"
          + "Emergency Phone|Out of Hours|Support Phone|Hotline"
      ),
      Field(
        "email",
        ja: "メール",
        en: "E-mail",
        .email,
        group: "contact",
        synonyms: "メールアドレス|E-mail|Eメール|連絡先メール|担当者メール|電子メール|Mail|Email|Email Address"
      ),
      Field(
        "address",
        ja: "住所",
        en: "Address",
        .text,
        group: "contact",
        weight: .extra,
        synonyms: "所在地|住所地|本社所在地|会社住所|営業所住所|所在|Address|Location"
      ),
      Field(
        "contract_number",
        ja: "契約番号",
        en: "Contract number",
        .identifier,
        group: "contract",
        weight: .extra,
        synonyms: "保守契約番号|契約No|契約ID|契約書番号|Contract No|Contract Number"
      ),
      Field(
        "contract_ends_on",
        ja: "契約終了日",
        en: "Contract ends on",
        .date,
        group: "contract",
        synonyms: "契約期限|契約満了日|契約終了|保守契約終了日|保守契約期限|契約満了|保守期限|Contract End|Contract Expiry|Contract Ends|Expiry"
      ),
      Field(
        "boundary_agreed",
        ja: "責任分界の取り決め",
        en: "Responsibility agreed",
        .yesNoUnknown,
        group: "contract",
        synonyms: "責任分界|責任分界点|責任分界の有無|役割分担|役割分担の合意|責任分界点の明記|SLA|Responsibility Boundary|Responsibility Agreed"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "contract",
        weight: .extra,
        synonyms: "摘要|メモ|特記事項|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["corporate_number"], ["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "contact_name", "phone", "emergency_phone", "email", "contract_ends_on"],
    menuOrder: 4,
    reach: .everyone,
    traits: KindTraits(
      aliases: "vendor_alias",
      isMadeByName: true,
      views: [(Localized(ja: "年に一度の照会", en: "Yearly enquiry"), "/ledger/vendor_enquiry/round")],
      files: Localized(ja: "取引事業者、保守業者の一覧", en: "Lists of vendors")
    )
  )

  /// 別名: the same vendor is spelled five ways.
  package static let vendorAlias = Kind(
    key: "vendor_alias",
    label: Localized(ja: "事業者の別名", en: "Vendor alias"),
    plural: Localized(ja: "事業者の別名", en: "Vendor aliases"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "別名",
        en: "Alias",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "別称|通称|略称|表記|旧社名|旧名称|Alias|Also Known As|Other Name"
      ),
      Field(
        "vendor",
        ja: "事業者",
        en: "Vendor",
        .reference("vendor"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "正式名称|事業者名|会社名|Vendor Name"
      ),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "vendor"],
    reach: .everyone,
    traits: KindTraits(importName: "vendor_aliases")
  )
}
