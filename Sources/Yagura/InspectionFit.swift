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
    let desk = TrainingDesk(
      trainings: organization.trainings,
      needs: Capabilities.needs(identity, ledger, vulnerability)
    )
    return InspectionNeeds(
      facilityName: { facility in
        try await identity.facilities().first { $0.id == facility }?.name ?? ""
      },
      records: { facility, dates in
        let scope = Scope<ReadLedger>.operatorOf(facility, as: .system, request: "inspection")
        return InspectionRecords(
          contactChart: [
            try await Self.posts(organization, scope, dates),
            try await Self.table(.contact, organization.records, scope, dates),
          ],
          regulations: try await Self.table(.regulation, organization.records, scope, dates),
          registers: [
            try await Self.table(.asset, ledger.records, scope, dates),
            try await Self.table(.connection, ledger.records, scope, dates),
            try await Self.table(.system, ledger.records, scope, dates),
            try await Self.table(.vendor, ledger.records, scope, dates),
            try await Self.table(.contract, ledger.records, scope, dates),
            try await Self.table(.trainingAttendance, organization.records, scope, dates),
          ],
          training: try await Self.training(desk, scope, dates)
        )
      },
      titles: { facility, ids in
        let scope = Scope<ReadLedger>.operatorOf(facility, as: .system, request: "inspection")
        return try await Self.titles(ids, ledger.records, scope)
      }
    )
  }

  /// A fact does not say of which kind its records are; an id stands in one register only, and is looked for in the next
  /// where it was not found.
  private static func titles(
    _ ids: [String],
    _ store: RecordStore,
    _ scope: Scope<ReadLedger>
  ) async throws -> [String: String] {
    var (titles, open): ([String: String], [String]) = ([:], ids)
    for kind in Capabilities.catalogue.kinds where !open.isEmpty {
      titles.merge(try await store.titles([kind.key: open], in: scope)) { first, _ in first }
      open.removeAll { titles[$0] != nil }
    }
    return titles
  }

  /// The trainings of this fiscal year that have begun, with how many took each; what is missing is told beside it.
  private static func training(
    _ desk: TrainingDesk,
    _ scope: Scope<ReadLedger>,
    _ dates: ShownDates
  ) async throws -> InspectionTraining {
    let language = dates.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let year = try await desk.year(scope.facility)
    let standing = try await desk.standing(of: year, in: scope)
    let late = standing.late.open.count
    let missing: String? =
      standing.begun.isEmpty
      ? say("今年度に始まった研修の記録がありません。", "No training of this fiscal year has begun.")
      : late > 0
        ? say("期限を過ぎても受けていない職員が\(late)人います。", "\(late) staff are late.") : nil
    let name = dates.fiscalYear(year)
    return InspectionTraining(
      table: InspectionTable(
        title: say("\(name)の研修", "Trainings of \(name)"),
        heads: [
          say("研修", "Training"), say("種類", "Type"), say("開始日", "From"), say("受講期限", "Until"), say("対象（人）", "Asked"),
          say("受講（人）", "Taken by"),
        ],
        rows: standing.begun.map { line in
          let type = line.training.record.known("category")
          let label = Kind.training[field: "category"]?.choices.first { $0.key == type }?.label[language] ?? ""
          return [
            line.training.title, label, dates.short(line.training.starts), dates.short(line.training.due),
            String(line.asked.count),
            String(line.done.count),
          ]
        },
        days: [2: standing.begun.map(\.training.starts), 3: standing.begun.map(\.training.due)]
      ),
      missing: missing,
      link: "/trainings"
    )
  }

  private static func posts(
    _ organization: Organization,
    _ scope: Scope<ReadLedger>,
    _ dates: ShownDates
  ) async throws -> InspectionTable {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[dates.language] }
    let nobody = say("未定", "Nobody yet")
    return InspectionTable(
      title: say("院内の体制", "Inside the hospital"),
      heads: [
        say("役割", "Role"), say("部署", "Department"), say("担当", "Holder"), say("代行", "Deputy"), say("電話", "Telephone"),
        say("夜間・休日", "Out of hours"),
      ],
      rows: try await organization.contactChart(in: scope).map { line in
        [
          line.role[dates.language], line.department, line.holder ?? nobody, line.deputy ?? "", line.phone,
          line.nightPhone,
        ]
      }
    )
  }

  /// The columns of a register's own list, in the order of its own list.
  private static func table(
    _ kind: Kind,
    _ store: RecordStore,
    _ scope: Scope<ReadLedger>,
    _ dates: ShownDates
  ) async throws -> InspectionTable {
    let page = try await store.all(kind, limit: 100_000, in: scope)
    let values = ValueText(titles: page.titles, dates: dates)
    let fields = kind.listed.compactMap { key in kind.fields.first { $0.key == key } }
    return InspectionTable(
      title: kind.plural[dates.language],
      heads: fields.map { $0.label[dates.language] },
      rows: page.records.map { record in fields.map { values.text($0, record[$0.key]) } },
      kind: kind.key,
      days: Dictionary(
        uniqueKeysWithValues: fields.enumerated().filter { $0.element.type == .date }.map { place, field in
          (place, page.records.map { $0.date(field.key) })
        }
      )
    )
  }
}
