import Records
import SQL

/// The organization's tables beside those of departments and people, which the ledger's first step made.
enum OrganizationMigrations {
  static let records = Migration(
    "organization-1-records",
    facilityTables: tables.map(\.table),
    tables.flatMap(\.statements)
  )

  static let own = Migration(
    "organization-2-own",
    facilityTables: ["read_confirmation", "paper_print", "problem_report"],
    [
      """
      CREATE TABLE read_confirmation (
        facility \(.text) NOT NULL, regulation \(.text) NOT NULL, version \(.text) NOT NULL, account \(.text) NOT NULL,
        name \(.text) NOT NULL, confirmed_at \(.instant) NOT NULL,
        PRIMARY KEY (facility, regulation, version, account)) \(.strict)
      """,
      """
      CREATE TABLE paper_print (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, paper \(.text) NOT NULL, printed_at \(.instant) NOT NULL,
        printed_by \(.text) NOT NULL, open_points \(.integer) NOT NULL, PRIMARY KEY (facility, id)) \(.strict)
      """,
      "CREATE INDEX paper_print_by_time ON paper_print (facility, paper, printed_at)",
      """
      CREATE TABLE problem_report (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, reported_at \(.instant) NOT NULL, what \(.text) NOT NULL,
        details \(.text) NOT NULL, place \(.text) NOT NULL, since \(.text) NOT NULL, touched \(.text) NOT NULL,
        reporter \(.text) NOT NULL, call_back \(.text) NOT NULL, photo \(.text), photo_type \(.text),
        address \(.text) NOT NULL, account \(.text), seen_at \(.instant), seen_by \(.text), closed_at \(.instant),
        closed_by \(.text), outcome \(.text), PRIMARY KEY (facility, id)) \(.strict)
      """,
      "CREATE INDEX problem_report_by_time ON problem_report (facility, reported_at)",
      "CREATE INDEX problem_report_unseen ON problem_report (facility, reported_at) WHERE seen_at IS NULL",
      "CREATE INDEX problem_report_by_address ON problem_report (facility, address, reported_at)",
    ]
  )

  /// Files of forms and regulations; the bytes lie in `blob`.
  static let files = Migration(
    "organization-3-files",
    facilityTables: ["document_file"],
    [
      """
      CREATE TABLE document_file (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, kind \(.text) NOT NULL, record \(.text) NOT NULL,
        use \(.text) NOT NULL CHECK (use IN ('original', 'master')), version \(.integer) NOT NULL,
        name \(.text) NOT NULL, type \(.text) NOT NULL, size \(.integer) NOT NULL, hash \(.text) NOT NULL,
        note \(.text) NOT NULL, added_at \(.instant) NOT NULL, added_by \(.text) NOT NULL,
        PRIMARY KEY (facility, id), UNIQUE (facility, kind, record, use, version),
        FOREIGN KEY (facility, hash) REFERENCES blob (facility, hash)) \(.strict)
      """
    ]
  )

  /// What was asked for, granted and spent.
  static let budget = Migration(
    "organization-4-budget",
    facilityTables: [budgetTable.table],
    budgetTable.statements
  )

  /// Requests to take data out.
  static let media = Migration(
    "organization-5-media",
    facilityTables: ["media_request"],
    [
      """
      CREATE TABLE media_request (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, requested_at \(.instant) NOT NULL, account \(.text) NOT NULL,
        name \(.text) NOT NULL, department \(.text), medium \(.text) NOT NULL, label \(.text) NOT NULL,
        contents \(.text) NOT NULL CHECK (contents <> ''),
        has_personal \(.text) NOT NULL CHECK (has_personal IN ('yes', 'no')), head_count \(.integer),
        purpose \(.text) NOT NULL, destination \(.text) NOT NULL,
        from_day \(.text) NOT NULL CHECK (length(from_day) = 10),
        until_day \(.text) NOT NULL CHECK (length(until_day) = 10), protection \(.text) NOT NULL,
        state \(.text) NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'returned', 'withdrawn')),
        decided_at \(.instant), decided_by \(.text), note \(.text) NOT NULL, ended_at \(.instant), ended_by \(.text),
        PRIMARY KEY (facility, id)) \(.strict)
      """,
      "CREATE INDEX media_request_by_state ON media_request (facility, state, requested_at)",
      "CREATE INDEX media_request_by_account ON media_request (facility, account, requested_at)",
    ]
  )

  /// Which vendor an account belongs to.
  static let vendorAccounts = Migration(
    "organization-6-vendor-accounts",
    facilityTables: ["vendor_account"],
    [
      """
      CREATE TABLE vendor_account (
        facility \(.text) NOT NULL, account \(.text) NOT NULL, vendor \(.text) NOT NULL, set_at \(.instant) NOT NULL,
        set_by \(.text) NOT NULL, PRIMARY KEY (facility, account)) \(.strict)
      """
    ]
  )

  private static let budgetTable = TableSketch(
    table: "budget_item",
    columns: [
      .required("name"), .required("fiscal_year"), .reference("department", to: "department"), .text("category"),
      .text("reason"), .text("requested"), .date("requested_on"), .text("approved"), .date("decided_on"),
      .text("spent"), .date("spent_as_of"), .text("remarks"),
    ],
    keyed: ["fiscal_year"]
  )

  private static let tables = [
    TableSketch(
      table: "responsibility",
      columns: [
        .required("role"), .reference("person", to: "person"), .reference("deputy", to: "person"),
        .reference("department", to: "department"), .date("appointed_on"), .date("until"), .text("phone"),
        .text("phone_night"), .text("decides"), .text("remarks"),
      ],
      keyed: ["role"]
    ),
    TableSketch(
      table: "qualification",
      columns: [
        .required("name"), .requiredReference("person", to: "person"), .text("number"), .date("acquired_on"),
        .date("valid_until"), .text("remarks"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "contact",
      columns: [
        .required("name"), .text("section"), .text("purpose"), .text("position"), .text("phone"), .text("phone_night"),
        .text("fax"), .text("email"), .text("address"), .reference("vendor", to: "vendor"), .date("valid_until"),
        .date("verified_on"), .text("verified_by"), .text("source"), .text("remarks"),
      ],
      keyed: ["position", "name"]
    ),
    TableSketch(
      table: "cut_step",
      columns: [
        .required("stage"), .text("position"), .required("name"), .text("how"), .text("place"), .text("who"),
        .text("effect"), .reference("connection", to: "connection"), .reference("entered_by", to: "person"),
        .reference("approved_by", to: "person"), .date("approved_on"), .text("remarks"),
      ],
      keyed: ["stage", "position"]
    ),
    TableSketch(
      table: "committee",
      columns: [
        .required("name"), .reference("chair", to: "person"), .reference("secretary", to: "person"), .text("members"),
        .text("cycle"), .text("task"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "meeting",
      columns: [
        .required("name"), .requiredReference("committee", to: "committee"), .date("held_on"), .text("place"),
        .text("agenda"), .text("materials"), .text("attendees"), .text("minutes"),
        .reference("approved_by", to: "person"), .date("approved_on"),
      ],
      keyed: ["held_on"]
    ),
    TableSketch(
      table: "action_item",
      columns: [
        .required("name"), .reference("meeting", to: "meeting"), .text("type"), .reference("owner", to: "person"),
        .date("due_on"), .date("done_on"), .text("result"),
      ],
      keyed: ["due_on"]
    ),
    TableSketch(
      table: "regulation",
      columns: [
        .required("name"), .text("number"), .text("category"), .reference("department", to: "department"),
        .text("contents"), .text("place"), .text("version"), .date("effective_on"),
        .reference("approver", to: "person"), .date("approved_on"), .date("review_due_on"), .yesNo("must_read"),
        .text("remarks"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "regulation_topic",
      columns: [
        .required("name"), .requiredReference("regulation", to: "regulation"), .text("article"), .text("wording"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "form_original",
      columns: [
        .required("name"), .reference("department", to: "department"), .text("used_for"), .text("version"),
        .text("offline_place"), .date("offline_on"), .text("master_place"), .text("stock"), .text("file_hash"),
        .text("remarks"),
      ],
      keyed: ["name"]
    ),
  ]
}
