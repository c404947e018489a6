import Journal
import Nouns
import Records
import SQL
import Sealing
import Text
import Time

/// The links with which vendors answer at a terminal inside. Making one and taking it back are lines in the journal. The
/// token itself is handed over once, when it is made, and kept as a hash.
package struct VendorLinkStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker
  var entropy = Entropy.system

  static let migrations = [
    Migration(
      "assessment-vendor-links-1",
      facilityTables: ["assessment_vendor_link"],
      [
        """
        CREATE TABLE assessment_vendor_link (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, vendor \(.text) NOT NULL,
          token \(.text) NOT NULL, made_at \(.instant) NOT NULL, made_by \(.text) NOT NULL,
          PRIMARY KEY (facility, pack, period, vendor)
        ) \(.strict)
        """,
        "CREATE UNIQUE INDEX assessment_vendor_link_token ON assessment_vendor_link (token)",
      ]
    ),
    // Tokens could be read here until now. A database makes no hash of them, so links that are out are made anew.
    Migration(
      "assessment-vendor-links-2",
      facilityTables: ["assessment_vendor_link"],
      [
        "DROP TABLE assessment_vendor_link",
        """
        CREATE TABLE assessment_vendor_link (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, vendor \(.text) NOT NULL,
          token_hash \(.text) NOT NULL, made_at \(.instant) NOT NULL, made_by \(.text) NOT NULL,
          PRIMARY KEY (facility, pack, period, vendor)
        ) \(.strict)
        """,
        "CREATE UNIQUE INDEX assessment_vendor_link_hash ON assessment_vendor_link (token_hash)",
      ]
    ),
  ]

  private static let columns: SQL = "facility, pack, period, vendor, made_at, made_by"

  private static func hash(_ token: String) -> String { Hash.sha256Hex(Array(token.utf8)) }

  /// Whoever holds a link has no facility yet: the whole installation is searched for it.
  func find(_ token: String) async throws -> VendorLink? {
    try await database.read(.everyFacility) { tx in
      try tx.row(
        "SELECT \(Self.columns) FROM assessment_vendor_link WHERE token_hash = \(Self.hash(token))"
      ).map(Self.link)
    }
  }

  package func link(
    _ pack: String,
    _ period: String,
    _ vendor: String,
    _ facility: FacilityID
  ) async throws -> VendorLink? {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.row(
        """
        SELECT \(Self.columns) FROM assessment_vendor_link
        WHERE facility = \(key) AND pack = \(pack) AND period = \(period) AND vendor = \(vendor)
        """
      ).map(Self.link)
    }
  }

  private static func link(_ row: Row) throws -> VendorLink {
    VendorLink(
      facility: FacilityID(rawValue: try row.text("facility")),
      pack: try row.text("pack"),
      period: try row.text("period"),
      vendor: try row.text("vendor"),
      madeAt: try row.instant("made_at"),
      madeBy: try row.text("made_by")
    )
  }

  /// Makes a link and answers it with its token, which is told here and nowhere else; one that was there opens nothing any
  /// more.
  package func make(
    for vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> (link: VendorLink, token: String) {
    let (key, now, token) = (scope.facility.rawValue, clock.now(), entropy.linkToken())
    let entry = entry("assessment.vendor.linked", vendor, checklist, period, scope)
    try await database.write(.facility(key)) { tx in
      try tx.run(
        """
        INSERT INTO assessment_vendor_link (facility, pack, period, vendor, token_hash, made_at, made_by)
        VALUES (\(key), \(checklist.id), \(period), \(vendor.id), \(Self.hash(token)), \(now), \(scope.actor.name))
        ON CONFLICT (facility, pack, period, vendor) DO UPDATE SET token_hash = excluded.token_hash,
          made_at = excluded.made_at, made_by = excluded.made_by
        """
      )
      try tx.record([entry])
    }
    let link = VendorLink(
      facility: scope.facility,
      pack: checklist.id,
      period: period,
      vendor: vendor.id,
      madeAt: now,
      madeBy: scope.actor.name
    )
    return (link, token)
  }

  /// The link opens nothing any more.
  package func end(
    for vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let key = scope.facility.rawValue
    let entry = entry("assessment.vendor.unlinked", vendor, checklist, period, scope)
    try await database.write(.facility(key)) { tx in
      let gone = try tx.run(
        """
        DELETE FROM assessment_vendor_link
        WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) AND vendor = \(vendor.id)
        """
      )
      if gone > 0 { try tx.record([entry]) }
    }
  }

  private func entry(
    _ kind: String,
    _ vendor: SuppliedVendor,
    _ checklist: Checklist,
    _ period: String,
    _ scope: Scope<AnswerChecks>
  ) -> JournalEntry {
    JournalEntry(
      by: scope,
      id: ids.next(),
      at: clock.now(),
      kind: kind,
      of: ("assessment", "\(checklist.id)/\(period)/vendors/\(vendor.id)", "\(checklist.title.ja) \(vendor.name)"),
      changes: []
    )
  }
}

extension Entropy {
  /// 130 bits of chance in letters and digits that nobody mistakes for one another.
  func linkToken() -> String {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
    return String(decoding: bytes(26).map { letters[Int($0 & 31)] }, as: UTF8.self)
  }
}
