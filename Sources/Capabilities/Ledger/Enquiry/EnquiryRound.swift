import Nouns
import Records
import Text
import Time

/// The yearly enquiry: each vendor is asked once in a fiscal year.
package struct EnquiryRound: Sendable {
  package let records: RecordStore
  package let year: FiscalYear

  package init(records: RecordStore, year: FiscalYear) {
    self.records = records
    self.year = year
  }

  /// Vendors have a month to answer.
  package static let answerDays = 30

  /// Everybody there is to ask, and what has been asked this year.
  package func read(in scope: Scope<ReadLedger>) async throws -> (vendors: [Record], enquiries: [Record]) {
    let vendors = try await records.all(.vendor, limit: 5_000, in: scope).records
    let enquiries = try await records.all(
      .vendorEnquiry,
      ListQuery(filters: ["year": [.value(String(year.startYear))]]),
      limit: 5_000,
      in: scope
    ).records
    return (vendors, enquiries)
  }

  /// Asks all who were not asked yet, as one change. Answers how many, and the set to undo it.
  package func begin(on today: LocalDate, in scope: Scope<EditLedger>) async throws -> (count: Int, set: String?) {
    let (vendors, enquiries) = try await read(in: scope.reading)
    let asked = Set(enquiries.compactMap { $0.known("vendor") })
    let new = vendors.filter { !asked.contains($0.id) }.map { vendor in
      [
        "vendor": vendor.id, "year": String(year.startYear), "asked_on": today.iso, "way": "form",
        "due_on": today.adding(days: Self.answerDays).iso,
      ]
    }
    let set = try await records.keep(
      .vendorEnquiry,
      new: new,
      changed: [],
      title: Localized(
        ja: "事業者への照会（\(year.startYear)年度）",
        en: "Enquiry to vendors, fiscal \(year.startYear)"
      ),
      in: scope
    )
    return (new.count, set)
  }
}
