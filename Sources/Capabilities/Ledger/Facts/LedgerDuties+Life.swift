import Nouns
import Text

extension LedgerDuties {
  /// What follows from the life of devices, the papers for the first hour, surveys and information.
  static let lifeRules = [
    Rule(
      fact: "ledger.assets.loansEnding",
      owner: .administrator,
      days: 14,
      rank: 3,
      title: { Localized(ja: "借りている機器の返却か延長を決める（\($0)台）", en: "Return borrowed devices or prolong (\($0))") },
      action: Localized(ja: "借りている機器を見る", en: "See the devices"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.disposals.open",
      owner: .administrator,
      days: 30,
      rank: 3,
      title: { Localized(ja: "廃棄・返却の後始末を終える（\($0)件）", en: "Settle open disposals (\($0))") },
      action: Localized(ja: "廃棄・返却を見る", en: "See the disposals")
    ),
    Rule(
      fact: "ledger.disposals.stillListed",
      owner: .administrator,
      days: 30,
      rank: 5,
      title: { Localized(ja: "処分した機器を台帳でも「廃棄済」にする（\($0)台）", en: "List disposed devices as disposed (\($0))") },
      action: Localized(ja: "廃棄・返却を見る", en: "See the disposals")
    ),
    Rule(
      fact: "ledger.evidence.incomplete",
      owner: .administrator,
      days: 60,
      rank: 4,
      title: { Localized(ja: "接点の控えをそろえる（残り\($0)件）", en: "Complete the boundary sheets (\($0) left)") },
      action: Localized(ja: "控えを見る", en: "See the sheets"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.finds.unchecked",
      owner: .safetyManager,
      days: 14,
      rank: 5,
      title: { Localized(ja: "現地調査の発見を2人目が確かめる（\($0)件）", en: "Check finds as a second person (\($0))") },
      action: Localized(ja: "見つけたものを見る", en: "See the finds")
    ),
    Rule(
      fact: "ledger.surveys.withoutPapers",
      owner: .administrator,
      days: 14,
      rank: 4,
      title: { Localized(ja: "現地調査を頼む書類をそろえる（\($0)件）", en: "Complete the papers of surveys (\($0))") },
      action: Localized(ja: "調査を見る", en: "See the surveys"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.information.incomplete",
      owner: .safetyManager,
      days: 60,
      rank: 6,
      title: { Localized(ja: "情報資産の空いている項目を埋める（\($0)件）", en: "Complete information assets (\($0))") },
      action: Localized(ja: "情報資産を見る", en: "See them"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.clouds.withoutExit",
      owner: .safetyManager,
      days: 60,
      rank: 6,
      title: { Localized(ja: "クラウドのやめ方を決める（\($0)件）", en: "Plan the exit of cloud services (\($0))") },
      action: Localized(ja: "クラウドサービスを見る", en: "See them"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.entryRights.expired",
      owner: .administrator,
      days: 7,
      rank: 4,
      title: { Localized(ja: "期限の切れた入室の権利を片付ける（\($0)件）", en: "Take back expired rights to enter (\($0))") },
      action: Localized(ja: "入室の権利を見る", en: "See them")
    ),
    Rule(
      fact: "ledger.sessions.left",
      owner: .administrator,
      days: 1,
      rank: 1,
      title: { Localized(ja: "前の日からつないだままの保守を確かめる（\($0)件）", en: "Look at maintenance left connected (\($0))") },
      action: Localized(ja: "接続中の保守を見る", en: "See who is connected")
    ),
  ]
}
