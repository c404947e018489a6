import Nouns
import Records
import SQL
import Text
import Time

/// The yearly enquiry: each vendor is asked once in a fiscal year, reminded, and the round is closed.
package struct EnquiryRound: Sendable {
  package let records: RecordStore
  package let year: FiscalYear

  package init(records: RecordStore, year: FiscalYear) {
    self.records = records
    self.year = year
  }

  /// Vendors have a month to answer.
  package static let answerDays = 30

  /// A round that is not closed so long after its last day has been forgotten.
  package static let closingDays = 30

  /// Everybody there is to ask, and what has been asked this year.
  package func read(in scope: Scope<ReadLedger>) async throws -> (vendors: [Record], enquiries: [Record]) {
    let (vendors, enquiries) = try await pages(in: scope)
    return (vendors.records, enquiries.records)
  }

  private func pages(in scope: Scope<ReadLedger>) async throws -> (vendors: ListPage, enquiries: ListPage) {
    let vendors = try await records.all(.vendor, limit: 5_000, in: scope)
    let enquiries = try await records.all(
      .vendorEnquiry,
      ListQuery(filters: ["year": [.value(String(year.startYear))]]),
      limit: 5_000,
      in: scope
    )
    return (vendors, enquiries)
  }

  /// Where the round stands, beside what the ledger knows of the vendors' lines.
  package func standing(on today: LocalDate, in scope: Scope<ReadLedger>) async throws -> EnquiryStanding {
    let (vendors, enquiries) = try await pages(in: scope)
    let facility = scope.facility.rawValue
    let recorded = try await records.database.read(scope.reach) { tx in
      try tx.rows(
        """
        SELECT vendor_id, count(*) AS n FROM connection
        WHERE facility = \(facility) AND archived_at IS NULL AND vendor_id IS NOT NULL AND \(Measures.connected)
        GROUP BY vendor_id
        """
      ).map { (try $0.text("vendor_id"), try $0.integer("n")) }
    }
    return EnquiryStanding(
      year: year,
      vendors: vendors.records,
      enquiries: enquiries.records,
      names: enquiries.titles,
      recorded: Dictionary(recorded, uniquingKeysWith: +),
      today: today
    )
  }

  /// The years in which anybody was asked, the newest first.
  package func years(in scope: Scope<ReadLedger>) async throws -> [Int] {
    let facility = scope.facility.rawValue
    return try await records.database.read(scope.reach) { tx in
      try tx.rows(
        "SELECT DISTINCT year FROM vendor_enquiry WHERE facility = \(facility) AND archived_at IS NULL"
      ).compactMap { Int(try $0.text("year")) }.sorted(by: >)
    }
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

  /// Notes that those who have not answered were reminded today: all of them, or the `chosen` enquiries. Once a day is once.
  package func remind(
    _ chosen: Set<String>? = nil,
    on today: LocalDate,
    in scope: Scope<EditLedger>
  ) async throws -> (count: Int, set: String?) {
    let open = try await standing(on: today, in: scope.reading).open
      .filter { chosen?.contains($0.enquiry.id) ?? true && $0.enquiry.date("reminded_on") != today }
    guard !open.isEmpty else { return (0, nil) }
    let outcome = try await records.change(
      .vendorEnquiry,
      open.map { line in
        RecordEdit(
          id: line.enquiry.id,
          expectedVersion: line.enquiry.version,
          changes: ["reminded_on": today.iso, "reminders": String(line.reminders + 1)]
        )
      },
      title: Localized(ja: "事業者への督促（\(open.count)社）", en: "Reminders to \(open.count) vendors"),
      in: scope
    )
    return (open.count, outcome.set)
  }

  /// Ends the round. What was not answered stays unanswered; `reason` says what follows for those. Throws
  /// `RecordError.invalid` where somebody has not answered and no reason is given.
  package func close(
    reason: String,
    on today: LocalDate,
    in scope: Scope<EditLedger>
  ) async throws -> (silent: Int, set: String?) {
    let standing = try await standing(on: today, in: scope.reading)
    let silent = standing.open.count
    let isBlank = reason.allSatisfy(\.isWhitespace)
    guard silent == 0 || !isBlank else {
      throw RecordError.invalid([
        FieldProblem(
          field: "reason",
          value: "",
          reason: Localized(
            ja: "回答のない事業者が\(silent)社あります。どう扱うかを入力してください。",
            en: "\(silent) vendors have not answered. Say what follows for them."
          )
        )
      ])
    }
    let edits = standing.lines.filter { $0.enquiry.date("closed_on") == nil }.map {
      RecordEdit(id: $0.enquiry.id, expectedVersion: $0.enquiry.version, changes: ["closed_on": today.iso])
    }
    guard !edits.isEmpty else { return (0, nil) }
    let outcome = try await records.change(
      .vendorEnquiry,
      edits,
      title: Localized(
        ja: "\(year.startYear)年度の照会の締め切り（回答なし\(silent)社）",
        en: "Enquiry of fiscal \(year.startYear) closed, \(silent) without an answer"
      ),
      reason: isBlank ? nil : reason,
      in: scope
    )
    return (silent, outcome.set)
  }

  /// Opens a closed round again, for an answer that came after all.
  package func reopen(on today: LocalDate, in scope: Scope<EditLedger>) async throws -> String? {
    let closed = try await standing(on: today, in: scope.reading).lines.filter { $0.enquiry.date("closed_on") != nil }
    guard !closed.isEmpty else { return nil }
    return try await records.change(
      .vendorEnquiry,
      closed.map {
        RecordEdit(id: $0.enquiry.id, expectedVersion: $0.enquiry.version, changes: ["closed_on": ""])
      },
      title: Localized(
        ja: "\(year.startYear)年度の照会の再開",
        en: "Enquiry of fiscal \(year.startYear) opened again"
      ),
      in: scope
    ).set
  }
}
