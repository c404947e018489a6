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
        "「点検表の管理」で、似た点検表を開き、「YAML を保存する」で手元に置きます。",
        "Under Checklist packs open one that is similar and save its YAML."
      ),
      text(
        "名前（pack）を own- で始まるものに、版（edition）を1にして、項目を書き換えます。記録で決まる項目は、話題（topic）をそのまま使います。",
        "Give it a name (pack) that begins with own-, edition 1, and your items. Keep the topic of items that records decide."
      ),
      text(
        "「取り込む」で読み込みます。誤りがあれば、行と理由を出し、何も取り込みません。",
        "Load it. A mistake is shown with its line and reason, and nothing is loaded."
      ),
      text(
        "出典と照らした人が「出典と照らして確認した」を押すまで、「未検証」と表示されます。",
        "It is shown as not verified until somebody has compared it with its source and says so."
      ),
      text(
        "直すときは、版の番号を1つ上げて取り込みます。答えは話題ごとに引き継がれます。",
        "To change it, load it with the next edition. Answers carry over by topic."
      ),
    ],
    troubles: [
      .init(
        text("ほかの病院にも渡したい", "Another hospital wants it, too"),
        text(
          "「搬送ファイルに書き出す」で、署名付きのファイルにします。受け取った病院では、改めて確認するまで「未検証」です。",
          "Export a bundle, which is signed. The hospital that loads it verifies it anew."
        )
      )
    ],
    pages: ["/checklists"]
  )
}
