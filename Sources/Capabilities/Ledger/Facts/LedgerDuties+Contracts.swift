import Nouns
import Text

extension LedgerDuties {
  /// What follows from contracts, enquiries, disposals and surveys.
  static let contractRules = [
    Rule(
      fact: "ledger.systems.withoutLine",
      owner: .administrator,
      days: 30,
      rank: 3,
      title: { Localized(ja: "保守回線の有無を確かめる（システム\($0)件）", en: "Ask about lines of systems (\($0))") },
      action: Localized(ja: "記録がないものを見る", en: "See them"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.assets.withoutLine",
      owner: .departmentHead,
      days: 30,
      rank: 4,
      title: { Localized(ja: "保守回線の有無を確かめる（医療機器\($0)台）", en: "Ask about lines of devices (\($0))") },
      action: Localized(ja: "記録がないものを見る", en: "See them"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.assets.disposedWithoutProof",
      owner: .administrator,
      days: 30,
      rank: 4,
      title: { Localized(ja: "廃棄した機器の証明をそろえる（\($0)台）", en: "Complete the proofs of disposal (\($0))") },
      action: Localized(ja: "廃棄した機器を見る", en: "See them")
    ),
    Rule(
      fact: "ledger.contracts.expiring",
      owner: .administrator,
      days: 30,
      rank: 3,
      title: { Localized(ja: "契約の更新か終了を決める（\($0)件）", en: "Renew or end contracts (\($0))") },
      action: Localized(ja: "契約を見る", en: "See the contracts"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.contracts.gaps",
      owner: .safetyManager,
      days: 60,
      rank: 4,
      title: { Localized(ja: "契約の責任分界の穴をふさぐ（\($0)件）", en: "Close boundary gaps of contracts (\($0))") },
      action: Localized(ja: "責任分界の表を見る", en: "See the table"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.contracts.unknownData",
      owner: .safetyManager,
      days: 30,
      rank: 3,
      title: { Localized(ja: "事業者に送られるデータを確かめる（\($0)件）", en: "Find out what vendors are sent (\($0))") },
      action: Localized(ja: "契約を見る", en: "See the contracts")
    ),
    Rule(
      fact: "ledger.enquiries.overdue",
      owner: .administrator,
      days: 7,
      rank: 4,
      title: { Localized(ja: "事業者に回答を督促する（\($0)件）", en: "Remind vendors (\($0))") },
      action: Localized(ja: "照会を見る", en: "See the enquiry")
    ),
    Rule(
      fact: "ledger.enquiries.differing",
      owner: .administrator,
      days: 60,
      rank: 3,
      title: { Localized(ja: "台帳と違う事業者の回答を確かめる（\($0)件）", en: "Settle answers that differ from the ledger (\($0))") },
      action: Localized(ja: "回答を見る", en: "See the answers"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.enquiries.forgotten",
      owner: .administrator,
      days: 60,
      rank: 5,
      title: { Localized(ja: "事業者への照会を締め切る（\($0)件）", en: "Close the enquiry to vendors (\($0))") },
      action: Localized(ja: "照会を見る", en: "See the enquiry"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.vendors.unasked",
      owner: .administrator,
      days: 60,
      rank: 5,
      title: { Localized(ja: "事業者に院内への回線を照会する（\($0)社）", en: "Ask vendors about their lines (\($0))") },
      action: Localized(ja: "照会を作る", en: "Make the enquiries"),
      isMonthly: true
    ),
    Rule(
      fact: "ledger.finds.open",
      owner: .administrator,
      days: 14,
      rank: 3,
      title: { Localized(ja: "現地調査で見つけたものを台帳に入れる（\($0)件）", en: "Add finds to the ledger (\($0))") },
      action: Localized(ja: "見つけたものを見る", en: "See the finds")
    ),
  ]
}
