import Assessment
import Identity
import Ledger
import Nouns
import Organization
import Records
import Text
import Time

/// What an inspection is given of the organization and the registers.
extension House {
  var inspectionNeeds: InspectionNeeds {
    let (identity, organization, ledger) = (identity, organization, ledger)
    return InspectionNeeds(
      facilityName: { facility in
        try await identity.facilities().first { $0.id == facility }?.name ?? ""
      },
      records: { facility, language in
        let scope = Scope<ReadLedger>.operatorOf(facility, as: .system, request: "inspection")
        return InspectionRecords(
          contactChart: [
            try await Self.posts(organization, scope, language),
            try await Self.table(.contact, organization.records, scope, language),
          ],
          regulations: try await Self.table(.regulation, organization.records, scope, language),
          registers: [
            try await Self.table(.asset, ledger.records, scope, language),
            try await Self.table(.connection, ledger.records, scope, language),
            try await Self.table(.system, ledger.records, scope, language),
            try await Self.table(.vendor, ledger.records, scope, language),
            try await Self.table(.contract, ledger.records, scope, language),
          ]
        )
      }
    )
  }

  private static func posts(
    _ organization: Organization,
    _ scope: Scope<ReadLedger>,
    _ language: Language
  ) async throws -> InspectionTable {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let nobody = say("未定", "Nobody yet")
    return InspectionTable(
      title: say("院内の体制", "Inside the hospital"),
      heads: [
        say("役割", "Role"), say("部署", "Department"), say("担当", "Holder"), say("代行", "Deputy"), say("電話", "Telephone"),
        say("夜間・休日", "Out of hours"),
      ],
      rows: try await organization.contactChart(in: scope).map { line in
        [line.role[language], line.department, line.holder ?? nobody, line.deputy ?? "", line.phone, line.nightPhone]
      }
    )
  }

  /// The columns of a register's own list, in the order of its own list.
  private static func table(
    _ kind: Kind,
    _ store: RecordStore,
    _ scope: Scope<ReadLedger>,
    _ language: Language
  ) async throws -> InspectionTable {
    let page = try await store.all(kind, limit: 100_000, in: scope)
    let fields = kind.listed.compactMap { key in kind.fields.first { $0.key == key } }
    return InspectionTable(
      title: kind.plural[language],
      heads: fields.map { $0.label[language] },
      rows: page.records.map { record in
        fields.map { FieldRule.shown($0, record[$0.key], titles: page.titles, in: language) }
      }
    )
  }
}
