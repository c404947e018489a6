import Records
import SQL

extension LedgerMigrations {
  /// Who was let in over which line, from when to when.
  static let sessions = Migration(
    "ledger-14-sessions",
    facilityTables: [sessionTable.table],
    sessionTable.statements
  )

  private static let sessionTable = TableSketch(
    table: "connection_session",
    columns: [
      .requiredReference("connection", to: "connection"), .required("visitor"), .text("purpose"),
      .date("started_on"), .text("started_time"), .text("admitted_by"), .date("ended_on"), .text("ended_time"),
      .text("ended_by"), .text("result"),
    ],
    keyed: ["started_on"]
  )
}
