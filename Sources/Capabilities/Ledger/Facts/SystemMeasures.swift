import Design
import Records
import SQL
import Text

/// What is on record of systems beside their lines: the disclosure statements of their vendors (MDS/SDS; checklist of the
/// ministry, R8 2-③), and how much each matters.
extension Measures {
  static let systemPapers = [
    Measure(
      "ledger.systems.withoutDisclosure",
      ja: "開示書（MDS/SDS）の受領記録がないシステム",
      en: "Systems without a disclosure statement on record",
      of: "disclosure IS NULL OR disclosure <> 'not_needed'",
      where: "disclosure IS NULL OR disclosure NOT IN ('submitted', 'not_needed')",
      link: disclosures("f.disclosure=not_submitted&f.disclosure=%3F&f.disclosure=!&")
    ) { value, of in
      value == 0
        ? Localized(
          ja: "開示書（MDS/SDS）が要るシステム\(of.grouped)件は、すべて受け取った記録があります。",
          en:
            "A disclosure statement (MDS/SDS) is on record for \(of == 1 ? "the one system" : "all \(of.grouped) systems")."
        )
        : Localized(
          ja: "開示書（MDS/SDS）が要るシステム\(of.grouped)件のうち\(value.grouped)件は、受け取った記録がありません。",
          en:
            "Of \(of.english("system", "systems")), \(value.english("has", "have")) no disclosure statement (MDS/SDS) on record."
        )
    },
    Measure(
      "ledger.systems.disclosureOwed",
      ja: "開示書（MDS/SDS）が未提出のシステム",
      en: "Systems whose disclosure statement is not handed in",
      of: "disclosure IN ('submitted', 'not_submitted')",
      where: "disclosure = 'not_submitted'",
      link: disclosures("f.disclosure=not_submitted&")
    ) { value, of in
      Localized(
        ja: "開示書（MDS/SDS）を求めたシステム\(of.grouped)件のうち\(value.grouped)件は、事業者がまだ提出していません。",
        en:
          "Of \(of.english("system", "systems")) whose disclosure statement was asked for, \(value.english("is", "are")) still without it."
      )
    },
    Measure(
      "ledger.systems.withoutImportance",
      ja: "重要度の決まっていないシステム",
      en: "Systems without an importance",
      of: "1 = 1",
      where: open("importance"),
      link: "/ledger/system?f.importance=%3F&f.importance=!"
    ) { value, of in
      value == 0
        ? Localized(
          ja: "システム\(of.grouped)件は、すべて重要度が決まっています。",
          en: "An importance is set for \(of == 1 ? "the one system" : "all \(of.grouped) systems")."
        )
        : Localized(
          ja: "システム\(of.grouped)件のうち\(value.grouped)件は、重要度が決まっていません。",
          en: "Of \(of.english("system", "systems")), \(value.english("has", "have")) no importance set."
        )
    },
  ]

  private static func disclosures(_ filter: String) -> String {
    "/ledger/system?\(filter)column=vendor&column=disclosure&column=disclosure_on"
  }
}
