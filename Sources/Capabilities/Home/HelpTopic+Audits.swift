import Text

// Who looks at the hospital's answers, and checklists of its own.
extension HelpTopic {
  static let audits = HelpTopic(
    key: "audits",
    title: text("監査を計画し、是正まで見届ける", "Plan an audit and see it through"),
    lead: text(
      "答えや記録を、当事者でない人が確かめます。指摘は、是正を監査人が確かめるまで残ります。",
      "People who had no part in them look at answers and records. A finding stays until an auditor has seen its correction."
    ),
    steps: [
      text(
        "「監査」の「監査を計画」で、内部か外部か、目的、対象の点検表、終える日を決めます。",
        "Under Audits choose Plan an audit: internal or external, its purpose, the checklist and the day it ends."
      ),
      text(
        "監査人を加えます。アカウントのある人か、外部の人の名前です。",
        "Name the auditors: people with an account, or somebody from outside."
      ),
      text(
        "見る項目を抽出するか、選びます。抽出に使った種も残るので、だれが引いても同じ項目になります。台帳の記録も選べます。",
        "Draw the items or choose them. The seed of the draw is kept, so that anybody draws the same. Records of the ledger can be chosen, too."
      ),
      text(
        "項目ごとに、何を見たか、適合しているかを書き、根拠のファイルを付けます。不適合は指摘になります。",
        "For each item write what was seen and whether it conforms, and attach the evidence. A nonconformity becomes a finding."
      ),
      text(
        "指摘に原因、是正処置、担当者、期限を決めます。期限は「やること」に出ます。",
        "Give a finding its cause, its action, an owner and a day. It stands among the things to do."
      ),
      text(
        "終わったら監査人が確かめ、すべて片づいたら監査を終了します。報告書はA4で印刷でき、押印欄が付きます。",
        "An auditor looks when it is done; when all is settled the audit is closed. The report prints on A4 with approval boxes."
      ),
    ],
    troubles: [
      .init(
        text("「見られる監査人がいません」と出る", "It says that no auditor may look"),
        text(
          "その項目に答えた人、確認した人、担当する人は監査できません。ほかの監査人を加えてください。",
          "Whoever answered, confirmed or owns an item cannot audit it. Name another auditor."
        )
      ),
      .init(
        text("監査を終了できない", "The audit cannot be closed"),
        text(
          "結果のない項目か、確かめていない指摘が残っています。指摘は、理由を付けて受け入れることもできます。",
          "Items have no result yet, or findings are not settled. A finding can also be accepted with a reason."
        )
      ),
    ],
    pages: ["/audits"]
  )

  static let ownChecklists = HelpTopic(
    key: "own-checklists",
    title: text("病院の点検表を加える", "Add checklists of your own"),
    lead: text(
      "院内の規程に合わせた点検表を、ほかの点検表と同じように使えます。",
      "Checklists that follow your own rules are used like all others."
    ),
    steps: [
      text(
        "「点検表の管理」の「点検表を作る」で、白紙か、似た点検表の写しから下書きを作ります。下書きは保存され、あとで続けられます。",
        "Under Checklist packs make a draft, empty or from a checklist that is similar. It is kept, and you can go on later."
      ),
      text(
        "区分と項目を加え、答え方（はい・いいえ、レベル、選択肢、数、日付、文章）と話題を選びます。記録で決まる話題を選ぶと、答えの案が出ます。",
        "Add sections and items; choose how each is answered and its topic. Topics that records decide suggest answers."
      ),
      text(
        "親の項目を選ぶと、その答えによって尋ねるかどうかを決められます。直すところは、欄ごとに示します。",
        "With a parent, an item is asked only for some of its answers. What is to mend is named at its field."
      ),
      text(
        "「公開する」で版になり、内容は変わらなくなります。直すときは「次の版」の下書きを作ります。答えは話題ごとに引き継がれます。",
        "Publish it: it becomes an edition that never changes. To change it, draft the next; answers carry over by topic."
      ),
      text(
        "出典と照らした人が「出典と照らして確認した」を押すまで、「未検証」と表示されます。",
        "It is shown as not verified until somebody has compared it with its source and says so."
      ),
    ],
    troubles: [
      .init(
        text("ほかの人も同じ下書きを直している", "Somebody else edits the same draft"),
        text(
          "別の項目なら、両方が残ります。同じ欄を先に変えられたときは、いまの内容と、あなたが入力したものを並べて示します。",
          "Different items are both kept. Where somebody was faster, you see what stands there beside what you typed."
        )
      ),
      .init(
        text("YAML のファイルで渡された", "You were given a YAML file"),
        text(
          "「取り込む」で読み込みます。誤りがあれば、行と理由を出し、何も取り込みません。",
          "Load it. A mistake is shown with its line and reason, and nothing is loaded."
        )
      ),
      .init(
        text("ほかの病院にも渡したい", "Another hospital wants it, too"),
        text(
          "「搬送ファイルに書き出す」で、署名付きのファイルにします。受け取る病院は、送り主の鍵を先に「搬送ファイルの鍵」へ登録します。改めて確認するまで「未検証」です。",
          "Export a bundle, which is signed. The hospital that loads it registers your key under “Keys of bundles” first, and verifies the checklist anew."
        )
      ),
    ],
    pages: ["/checklists"]
  )
}
