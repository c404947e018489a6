import Records
import SQL

/// The tables of audits. The first columns are never edited once released.
enum AuditTable {
  /// An audit with its plan. `pack`, `edition` and `round` say what is looked at; empty where items are only picked.
  static let audit = KeptTable(
    name: "assessment_audit",
    columns: [
      .required("name"), .required("kind"), .text("purpose"), .text("pack"), .number("edition"), .text("round"),
      .day("starts_on"), .day("ends_on"), .text("seed"), .text("rule"), .required("state"), .text("conclusion"),
      .day("closed_on"), .text("closed_by"), .text("reason"),
    ],
    titleColumns: ["name"]
  )

  /// Who audits: an account, or somebody from outside by name.
  static let auditor = KeptTable(
    name: "assessment_auditor",
    columns: [.required("audit"), .text("account"), .required("name"), .text("organisation")],
    titleColumns: ["name", "organisation"]
  )

  /// What is looked at: an item of the checklist, or a record by its address; with what was found.
  static let sample = KeptTable(
    name: "assessment_audit_sample",
    columns: [
      .required("audit"), .number("place"), .required("item"), .required("title"), .required("way"), .text("result"),
      .text("seen"), .text("note"), .day("checked_on"), .text("auditor"), .text("auditor_name"),
    ],
    titleColumns: ["title"]
  )

  /// What does not conform, what is done about it, and who has looked whether it helped.
  static let finding = KeptTable(
    name: "assessment_audit_finding",
    columns: [
      .required("audit"), .required("sample"), .required("title"), .required("what"), .text("cause"), .text("action"),
      .text("owner"), .text("owner_name"), .day("due_on"), .day("done_on"), .text("done_note"), .text("done_id"),
      .day("verified_on"), .text("verified_by"), .text("verified_note"), .day("accepted_on"), .text("accepted_by"),
      .text("accepted_reason"), .day("withdrawn_on"), .text("withdrawn_by"), .text("withdrawn_reason"),
      .text("grade"),
    ],
    titleColumns: ["title"]
  )

  /// As the first migration makes it.
  private static let firstFinding = KeptTable(
    name: finding.name,
    columns: Array(finding.columns.prefix { $0.name != "withdrawn_on" }),
    titleColumns: finding.titleColumns
  )

  static let all = [audit, auditor, sample, finding]

  static let migrations = [
    Migration(
      "assessment-audits-1",
      facilityTables: all.map(\.name),
      [audit, auditor, sample, firstFinding].map(\.creation) + [
        audit.index("state", "ends_on"), auditor.index("audit"), sample.index("audit", "place"),
        sample.index("audit", "item", unique: true), finding.index("audit"), finding.index("sample", unique: true),
        // Who confirmed an answer was known by name only.
        "ALTER TABLE assessment_confirmation ADD COLUMN confirmed_id \(.text)",
      ]
    ),
    // A finding whose result was corrected went without a trace in the report.
    Migration(
      "assessment-audits-2-withdrawn",
      [
        """
        ALTER TABLE \(name: finding.name) ADD COLUMN withdrawn_on \(.text)
        CONSTRAINT assessment_audit_finding_withdrawn_on CHECK (length(withdrawn_on) = 10)
        """,
        "ALTER TABLE \(name: finding.name) ADD COLUMN withdrawn_by \(.text)",
        "ALTER TABLE \(name: finding.name) ADD COLUMN withdrawn_reason \(.text)",
      ]
    ),
    // What was withdrawn stays as it was: its grade is its own, and another nonconformity of the item is another finding.
    Migration(
      "assessment-audits-3-grades",
      [
        "ALTER TABLE \(name: finding.name) ADD COLUMN grade \(.text)",
        """
        UPDATE assessment_audit_finding SET grade = (
          SELECT s.result FROM assessment_audit_sample s WHERE s.facility = assessment_audit_finding.facility
            AND s.id = assessment_audit_finding.sample AND s.result IN ('minor', 'major')
        )
        """,
        "DROP INDEX \(name: "\(finding.name)_by_sample")",
        """
        CREATE UNIQUE INDEX \(name: "\(finding.name)_standing") ON \(name: finding.name) (facility, sample)
        WHERE withdrawn_on IS NULL
        """,
      ]
    ),
  ]
}
