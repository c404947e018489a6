import Nouns
import Text
import Time

extension Assessment {
  var vendorForms: VendorForms { schedule.vendorForms }

  /// The round of a vendors' form: which year, and how far each vendor is.
  package struct VendorRound: Sendable {
    package let period: String
    package let name: Localized
    package let year: FiscalYear
    package let lines: [VendorStanding]
    /// Official wording by the key of the item, where the facility loaded the official form.
    package let wording: [String: String]
  }

  package func vendorRound(_ checklist: Checklist, _ facility: FacilityID) async throws -> VendorRound {
    let start = try await schedule.fiscalYearStart(facility)
    let period = checklist.period(on: today, fiscalYearStart: start)
    let year = FiscalYear(startYear: Int(period) ?? today.year, startMonth: start)
    return VendorRound(
      period: period,
      name: Localized(ja: year.eraLabel, en: year.english),
      year: year,
      lines: try await vendorForms.standings(checklist, period, today: today, facility),
      wording: try await officialForms.loaded(checklist, facility)?.wording ?? [:]
    )
  }

  /// Notes that the form was handed over, to come back within the usual time.
  package func handOver(_ checklist: Checklist, to vendor: SuppliedVendor, in scope: Scope<AnswerChecks>) async throws {
    let round = try await vendorRound(checklist, scope.facility)
    let due = today.adding(days: VendorForms.usualDays)
    try await vendorForms.store.send(to: vendor, checklist, round.period, due: due, in: scope)
  }

  /// A vendor's answers beside the hospital's own of the same year.
  package func comparison(
    _ checklist: Checklist,
    _ period: String,
    _ form: VendorForm?,
    _ facility: FacilityID
  ) async throws -> VendorComparison {
    var own: Round?
    if let hospital = Checklists.hospital(of: checklist) { own = try await rounds.round(hospital, period, facility) }
    return VendorComparison(checklist, form, own: own)
  }

  /// How often the hospital's yes meets the no of each vendor.
  package func contradictions(
    _ checklist: Checklist,
    _ round: VendorRound,
    _ facility: FacilityID
  ) async throws -> [String: Int] {
    guard let hospital = Checklists.hospital(of: checklist) else { return [:] }
    let own = try await rounds.round(hospital, round.period, facility)
    return Dictionary(
      round.lines.map { ($0.vendor.id, VendorComparison(checklist, $0.form, own: own).count(.contradicts)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The form of a vendor as a workbook; `hospital` is the facility's name.
  package static func vendorFile(
    _ checklist: Checklist,
    _ line: VendorStanding,
    of round: VendorRound,
    hospital: String,
    language: Language
  ) -> FormFile {
    FormFile(
      checklist: checklist,
      period: round.period,
      periodName: round.name,
      vendor: (line.vendor.id, line.vendor.name),
      facility: hospital,
      systems: line.form?.sentOn == nil ? line.vendor.systems : line.form?.systems ?? [],
      answers: line.form?.answers.mapValues(\.answer) ?? [:],
      versions: line.form?.answers.mapValues(\.version) ?? [:],
      wording: round.wording,
      language: language
    )
  }
}
