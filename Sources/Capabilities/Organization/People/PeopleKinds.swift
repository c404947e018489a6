import Records
import Text

/// Those who own, use and look after what the hospital has.
extension Kind {
  package static let department = Kind(
    key: "department",
    label: Localized(ja: "部署", en: "Department"),
    plural: Localized(ja: "部署", en: "Departments"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "部署名",
        en: "Department",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms:
          "部署|部門|部門名|所属|所属名|所属名称|所属部署|科名|診療科|診療科名|課名|病棟|病棟名|名称|組織名|組織|係名|室名|Department Name|Dept|Division|Section|Unit|Name"
      ),
      Field(
        "code",
        ja: "部署コード",
        en: "Code",
        .identifier,
        group: "basic",
        weight: .extra,
        synonyms: "部門コード|所属コード|所属CD|部署CD|部門CD|組織コード|診療科コード|科コード|部署番号|部署ID|Department Code|Dept Code|Department ID|Code"
      ),
      Field(
        "reading",
        ja: "フリガナ",
        en: "Reading",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "ふりがな|カナ|部署名カナ|部門名カナ|部署カナ|読み|よみ|ヨミ|Kana|Reading"
      ),
      Field(
        "short_name",
        ja: "略称",
        en: "Short name",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "略名|部署略称|部門略称|所属略称|省略名|Short Name|Abbreviation|Abbr"
      ),
      Field(
        "parent",
        ja: "上位部署",
        en: "Belongs to",
        .reference("department"),
        group: "basic",
        weight: .extra,
        synonyms: "上位組織|親部署|上位部門|所属部|部|局|Parent|Parent Department|Belongs To"
      ),
      Field(
        "extension",
        ja: "内線",
        en: "Extension",
        .phone,
        group: "basic",
        synonyms: "内線番号|電話|電話番号|連絡先|PHS|Extension|Ext|Phone|Tel"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["code"], ["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "code", "parent", "extension"],
    menuOrder: 6,
    reach: .itself,
    traits: KindTraits(isMadeByName: true)
  )

  package static let person = Kind(
    key: "person",
    label: Localized(ja: "職員", en: "Person"),
    plural: Localized(ja: "職員", en: "People"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("work", ja: "所属", en: "Work")],
    fields: [
      Field(
        "staff_number",
        ja: "職員番号",
        en: "Staff number",
        .identifier,
        group: "basic",
        weight: .essential,
        synonyms:
          "職員No|職員No.|職員ID|職員コード|職員CD|社員番号|社員ID|社員コード|従業員番号|従業員コード|従業員No|個人番号(職員)|個人コード|個人ID|個人CD|人事番号|利用者ID|"
          + "利用者番号|ユーザーID|ユーザID|ログインID|スタッフ番号|スタッフID|Staff No|Staff Number|Staff ID|Employee ID|Employee No|Employee Number|Personnel No|"
          + "User ID"
      ),
      Field(
        "name",
        ja: "氏名",
        en: "Name",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "名前|職員名|職員氏名|社員名|従業員名|従業員氏名|利用者名|利用者氏名|漢字氏名|氏名（漢字）|氏名(漢字)|氏名漢字|姓名|フルネーム|ユーザー名|ユーザ名|スタッフ名|担当者名|Name|"
          + "Full Name|Staff Name|Employee Name|Person|Display Name"
      ),
      Field(
        "reading",
        ja: "フリガナ",
        en: "Reading",
        .text,
        group: "basic",
        synonyms: "ふりがな|カナ|カナ氏名|氏名カナ|氏名（カナ）|氏名(カナ)|氏名フリガナ|氏名ふりがな|職員名カナ|カナ名|かな|よみ|ヨミ|ヨミガナ|よみがな|読み仮名|読み|ﾌﾘｶﾞﾅ|ｶﾅ氏名|Kana|"
          + "Furigana|Reading|Name Kana|Phonetic"
      ),
      Field(
        "department",
        ja: "所属",
        en: "Department",
        .reference("department"),
        group: "work",
        weight: .essential,
        synonyms:
          "所属部署|所属名|所属名称|部署|部署名|部門|部門名|所属部門|配属|配属先|配属部署|勤務部署|勤務先|勤務場所|診療科|科|科名|病棟|所属科|所属課|課|Department|Dept|Division|"
          + "Section|Unit|Affiliation|Ward"
      ),
      Field(
        "occupation",
        ja: "職種",
        en: "Occupation",
        .text,
        group: "work",
        synonyms: "職種名|職種名称|職名|職業|職種区分|職員区分|Occupation|Job|Job Type|Profession|Job Category"
      ),
      Field(
        "post",
        ja: "役職",
        en: "Post",
        .text,
        group: "work",
        weight: .extra,
        synonyms: "役職名|職位|役職名称|職階|肩書|肩書き|Post|Position|Title|Job Title|Rank"
      ),
      Field(
        "employment",
        ja: "雇用区分",
        en: "Employment",
        .text,
        group: "work",
        weight: .extra,
        synonyms:
          "雇用形態|勤務形態|勤務区分|常勤区分|常勤・非常勤|常勤/非常勤|採用区分|任用形態|契約形態|身分|Employment|Employment Type|Contract|Full-time/Part-time"
      ),
      Field(
        "joined_on",
        ja: "採用日",
        en: "Joined on",
        .date,
        group: "work",
        synonyms:
          "採用年月日|入職日|入職年月日|入社日|入社年月日|就職日|着任日|赴任日|勤務開始日|雇用開始日|任用開始日|在籍開始日|Joined|Joined On|Hire Date|Hired|"
          + "Start Date|Date of Joining|Employed From"
      ),
      Field(
        "left_on",
        ja: "退職日",
        en: "Left on",
        .date,
        group: "work",
        synonyms: "退職年月日|退職予定日|退職予定年月日|離職日|退社日|退社年月日|離任日|転出日|勤務終了日|雇用終了日|任用終了日|在籍終了日|任期満了日|Left|Left On|"
          + "Leaving Date|Termination Date|End Date|Retired On|Resignation Date|Employed Until"
      ),
      Field(
        "email",
        ja: "メール",
        en: "E-mail",
        .email,
        group: "basic",
        weight: .extra,
        synonyms:
          "メールアドレス|E-mail|Eメール|ｅメール|e-mailアドレス|Mail|メアド|電子メール|連絡先メール|MailAddress|Email|Email Address|Mail Address"
      ),
      Field(
        "user_name",
        ja: "ログイン名",
        en: "Signs in as",
        .identifier,
        group: "basic",
        weight: .extra,
        help: Localized(
          ja: "この画面に入るときのユーザー名です。空のときは、職員番号と同じユーザー名の人を本人とみなします。",
          en:
            "The user name here. Where it is empty, whoever signs in under the staff number is taken to be this person."
        ),
        synonyms: "サインイン名"
      ),
      Field(
        "phone",
        ja: "電話・内線",
        en: "Telephone",
        .phone,
        group: "basic",
        weight: .extra,
        synonyms: "電話|電話番号|内線|内線番号|PHS|PHS番号|連絡先|携帯|携帯電話|携帯番号|TEL|Phone|Extension|Mobile|Telephone|Tel No"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "work",
        weight: .extra,
        synonyms: "摘要|メモ|特記事項|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name", "staff_number"],
    identities: [["staff_number"], ["email"]],
    defaultSort: [Sort("reading"), Sort("staff_number")],
    listed: ["staff_number", "name", "reading", "department", "occupation", "post", "left_on"],
    menuOrder: 5,
    reach: .field("department"),
    traits: KindTraits(
      files: Localized(ja: "職員名簿、人事システムの出力", en: "Rosters, exports of the HR system"),
      importName: "people"
    )
  )
}
