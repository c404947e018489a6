import Nouns
import Records
import Text

extension Kind {
  /// 研修: what staff are taught, for whom and until when, with the material they read.
  package static let training = Kind(
    key: "training",
    label: Localized(ja: "研修", en: "Training"),
    plural: Localized(ja: "研修の計画と資料", en: "Trainings"),
    groups: [
      FieldGroup("basic", ja: "研修", en: "Training"), FieldGroup("plan", ja: "時期と対象", en: "When and for whom"),
      FieldGroup("material", ja: "資料", en: "Material"),
    ],
    fields: trainingBasics + trainingPlan + trainingMaterial,
    titleFields: ["name"],
    identities: [["fiscal_year", "name"]],
    defaultSort: [Sort("fiscal_year", isDescending: true)],
    listed: ["name", "fiscal_year", "category", "starts_on", "due_on", "audience", "way"],
    menuOrder: 11,
    reach: .everyone,
    traits: KindTraits(
      isNewestMeant: true,
      lead: Localized(
        ja: "研修を登録すると、対象の職員の「研修を受ける」に出ます。だれが受けたかは「研修の状況」で見ます。",
        en:
          "Staff who are asked find a training under “Take a training”; who has taken it stands under “Training so far”."
      ),
      views: [(Localized(ja: "研修の状況", en: "Training so far"), OrganizationPath.trainings)],
      files: Localized(ja: "研修計画、研修の一覧", en: "Plans and lists of trainings"),
      home: OrganizationPath.home
    )
  )

  private static let trainingBasics = [
    Field(
      "name",
      ja: "研修名",
      en: "Title",
      .text,
      group: "basic",
      weight: .essential,
      isRequired: true,
      synonyms: "研修の名称|研修名称|題名|件名|講座名|Training|Course"
    ),
    Field(
      "category",
      ja: "種類",
      en: "Type",
      .choice([
        Choice("newcomer", ja: "新採用時", en: "For new staff", synonyms: "新採用|新人|入職時|新入職員|採用時"),
        Choice("yearly", ja: "年次", en: "Yearly", synonyms: "定期|年1回|毎年|全職員"),
        Choice("mail", ja: "標的型メールなどの注意", en: "Warning of attacks", synonyms: "標的型メール|注意喚起|メール訓練"),
        Choice("manager", ja: "管理者向け", en: "For managers", synonyms: "管理職|責任者向け|経営層"),
        Choice("other", ja: "その他", en: "Other"),
      ]),
      group: "basic",
      weight: .essential,
      synonyms: "区分|研修の種類|研修区分"
    ),
    Field(
      "fiscal_year",
      ja: "年度",
      en: "Fiscal year",
      .identifier,
      group: "basic",
      weight: .essential,
      isRequired: true,
      help: Localized(ja: "例：2026、令和8年度", en: "As 2026 or FY2026: the year in which it begins."),
      synonyms: "実施年度|会計年度"
    ),
    Field("purpose", ja: "ねらい", en: "Purpose", .multiline, group: "basic", synonyms: "目的|研修の目的|趣旨"),
  ]

  private static let trainingPlan = [
    Field(
      "starts_on",
      ja: "開始日",
      en: "From",
      .date,
      group: "plan",
      weight: .essential,
      help: Localized(ja: "空のときは、年度の初日からです。", en: "Empty: from the first day of the fiscal year."),
      synonyms: "受講開始日|期間開始"
    ),
    Field(
      "due_on",
      ja: "受講期限",
      en: "Until",
      .date,
      group: "plan",
      weight: .essential,
      help: Localized(ja: "空のときは、年度の末日までです。", en: "Empty: until the last day of the fiscal year."),
      synonyms: "期限|締切|受講終了日|期間終了"
    ),
    Field(
      "audience",
      ja: "対象",
      en: "For",
      .choice([
        Choice("everyone", ja: "全職員", en: "All staff", synonyms: "全員|全職員対象"),
        Choice("newcomers", ja: "今年度に採用された職員", en: "Staff who joined this year", synonyms: "新採用者|新入職員|新人"),
        Choice("listed", ja: "下に書いた部署・職種など", en: "The groups below", synonyms: "指定|部署指定"),
      ]),
      group: "plan",
      weight: .essential,
      help: Localized(ja: "選ばないときは、全職員です。", en: "Not chosen: all staff."),
      synonyms: "対象者|受講対象"
    ),
    Field(
      "targets",
      ja: "対象の部署・職種・役職・雇用区分",
      en: "Departments, occupations, posts or employments",
      .multiline,
      group: "plan",
      help: Localized(
        ja: "1行に1つ、名簿にあるとおりに書きます。部署は、下の部署も含みます。",
        en: "One a line, as the roster has them. A department stands for those below it, too."
      ),
      synonyms: "対象部署|対象職種"
    ),
    Field(
      "way",
      ja: "受け方",
      en: "How",
      .choice([
        Choice("screen", ja: "画面で読む", en: "Read on screen", synonyms: "画面|eラーニング|オンライン|資料閲覧"),
        Choice("class", ja: "集合研修", en: "In class", synonyms: "集合|講義|対面|講演会"),
      ]),
      group: "plan",
      weight: .essential,
      synonyms: "実施方法|形式|方法"
    ),
    Field("held_on", ja: "開催日", en: "Held on", .date, group: "plan", synonyms: "実施日|開催年月日"),
    Field(
      "place",
      ja: "時刻と場所",
      en: "Time and place",
      .text,
      group: "plan",
      help: Localized(ja: "例：17時30分から 大会議室", en: "As: 17:30, large meeting room"),
      synonyms: "場所|会場|開催場所"
    ),
  ]

  private static let trainingMaterial = [
    Field(
      "contents",
      ja: "読む内容",
      en: "Text",
      .multiline,
      group: "material",
      help: Localized(
        ja: "「■」で始めた行は見出しになります。ファイルは、登録した後の画面で預けます。",
        en: "A line that begins with ■ or # is a heading. Files are added on the page of the training."
      ),
      synonyms: "本文|内容|研修内容"
    ),
    Field(
      "document",
      ja: "資料のある場所",
      en: "Where the material is",
      .text,
      group: "material",
      help: Localized(
        ja: "院内のページのアドレスや、共有フォルダーの場所です。",
        en: "The address of a page in the house, or of a shared folder."
      ),
      synonyms: "資料|URL|資料の場所|アドレス"
    ),
    Field(
      "regulation",
      ja: "読む規程",
      en: "Regulation to read",
      .reference("regulation"),
      group: "material",
      synonyms: "規程"
    ),
    Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "material", weight: .extra, synonyms: "摘要|メモ|Notes"),
  ]

  /// 受講の記録: who took which training, when and how, and how many questions were answered right.
  package static let trainingAttendance = Kind(
    key: "training_attendance",
    label: Localized(ja: "受講の記録", en: "Training record"),
    plural: Localized(ja: "受講の記録", en: "Training records"),
    groups: [FieldGroup("basic", ja: "受講", en: "Taken")],
    fields: [
      Field(
        "training",
        ja: "研修",
        en: "Training",
        .reference("training"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "研修名|研修名称|講座名|受講した研修"
      ),
      Field(
        "person",
        ja: "職員",
        en: "Person",
        .reference("person"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        // A number tells two of one name apart, so it goes first where a list has both.
        synonyms: "職員番号|職員ID|職員コード|社員番号|Staff number|氏名|受講者|受講者名|出席者|参加者|職員名|名前|Name"
      ),
      Field(
        "done_on",
        ja: "受講日",
        en: "Taken on",
        .date,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "受講年月日|参加日|出席日|修了日|完了日|実施日"
      ),
      Field(
        "way",
        ja: "受け方",
        en: "How",
        .choice([
          Choice("screen", ja: "画面で受講", en: "On screen", synonyms: "画面|eラーニング|オンライン"),
          Choice("class", ja: "集合研修に出席", en: "In class", synonyms: "集合|出席|講義|対面"),
          Choice("paper", ja: "紙の資料で受講", en: "On paper", synonyms: "紙|資料|回覧"),
          Choice("outside", ja: "外部の研修", en: "Outside the house", synonyms: "外部|院外|MIST"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "受講方法|方法|形式"
      ),
      Field("correct", ja: "正解した数", en: "Right answers", .number, group: "basic", synonyms: "正解数|得点|点数"),
      Field("asked", ja: "問題の数", en: "Questions", .number, group: "basic", synonyms: "問題数|満点"),
      Field(
        "answers",
        ja: "選んだ答え",
        en: "Answers given",
        .multiline,
        group: "basic",
        weight: .extra,
        help: Localized(
          ja: "画面で受けたときに残ります。1行に1問、問題番号と、選んだ答えが上から何番目か。",
          en: "Kept when it is taken on screen: a line a question, its number and which choice from the top."
        ),
        synonyms: "回答内容"
      ),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "basic", weight: .extra, synonyms: "摘要|メモ|Notes"),
    ],
    titleFields: ["done_on"],
    identities: [["training", "person"]],
    defaultSort: [Sort("done_on", isDescending: true)],
    listed: ["training", "person", "done_on", "way", "correct", "asked"],
    menuOrder: 12,
    reach: .parent("person"),
    traits: KindTraits(
      namedAfter: ["person"],
      lead: Localized(
        ja: "出席名簿や外部の研修の一覧は、ここへ取り込めます。まだ受けていない人は「研修の状況」で見ます。",
        en:
          "Lists of those who attended are imported here. Who has not taken a training stands under “Training so far”."
      ),
      files: Localized(ja: "受講者名簿、出席の一覧、外部の研修の修了者一覧", en: "Attendance lists, lists of outside trainings"),
      isOnce: true,
      home: OrganizationPath.home
    )
  )

  /// 確認の問題: one question of a training. Whoever takes trainings must not read the answers here beforehand, so its
  /// list is for those alone who look after all records.
  package static let trainingQuestion = Kind(
    key: "training_question",
    label: Localized(ja: "確認の問題", en: "Check question"),
    plural: Localized(ja: "研修の確認の問題", en: "Check questions"),
    groups: [FieldGroup("basic", ja: "問題", en: "Question")],
    fields: [
      Field(
        "training",
        ja: "研修",
        en: "Training",
        .reference("training"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "研修名"
      ),
      Field(
        "position",
        ja: "問題番号",
        en: "Question no.",
        .identifier,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "問番号|設問番号"
      ),
      Field(
        "question",
        ja: "問い",
        en: "Question",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "問題|設問|問題文"
      ),
      Field(
        "choices",
        ja: "選択肢",
        en: "Choices",
        .multiline,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(ja: "1行に1つ書きます。", en: "One a line."),
        synonyms: "選択肢一覧|答えの候補"
      ),
      Field(
        "answer",
        ja: "正解（上から何番目か）",
        en: "Right one, counted from the top",
        .number,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "正解|正答|答え"
      ),
      Field("explanation", ja: "説明", en: "Explanation", .text, group: "basic", synonyms: "解説|理由"),
    ],
    titleFields: ["question"],
    identities: [["training", "position"]],
    defaultSort: [Sort("position")],
    listed: ["question", "training", "position", "explanation"],
    reach: .everyone,
    traits: KindTraits(readers: .importLedger, home: OrganizationPath.home)
  )
}
