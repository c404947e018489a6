import Design
import Records
import SQL
import Text
import Time

extension Measures {
  /// Who is recorded as connected now, and what of it has been on since an earlier day.
  static func sessions(today: LocalDate) -> [Measure] {
    let isOn: SQL = "ended_on IS NULL"
    return [
      Measure(
        "ledger.sessions.open",
        ja: "接続中の保守",
        en: "Maintenance connected now",
        of: nil,
        where: isOn,
        isWorry: false,
        link: SessionRoutes.path
      ) { value, _ in
        value == 0
          ? Localized(ja: "接続中と記録された保守はありません。", en: "No maintenance is recorded as connected.")
          : Localized(
            ja: "\(value.grouped)件の保守が、いま接続中と記録されています。",
            en: "\(value.grouped) maintenance sessions are recorded as connected now."
          )
      },
      Measure(
        "ledger.sessions.left",
        ja: "前の日からつないだままの保守",
        en: "Maintenance left connected",
        of: isOn,
        where: "\(isOn) AND (\(open("started_on")) OR started_on < \(today.iso))",
        link: SessionRoutes.path
      ) { value, of in
        value == 0
          ? Localized(ja: "前の日からつないだままの保守はありません。", en: "No session has been on since an earlier day.")
          : Localized(
            ja: "接続中の保守\(of.grouped)件のうち\(value.grouped)件は、前の日からつないだままか、始めた日の記録がありません。",
            en:
              "Of \(of.english("session that is", "sessions that are")) on, \(value.english("began on an earlier day or does", "began on an earlier day or do")) not say when."
          )
      },
    ]
  }
}
