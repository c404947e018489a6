import Records
import SQL

/// The table of vendors' requests for work. Its columns are never edited once released.
enum WorkTable {
  /// As it was made.
  private static let released = KeptTable(
    name: "vendor_work",
    columns: [
      .required("vendor"), .required("vendor_name"), .required("asset"), .required("asset_name"), .text("asset_number"),
      .text("department"), .required("source"), .required("asked_by"), .required("asked_name"), .required("kind"),
      .required("what"), .day("work_on"), .number("window_from"), .number("window_until"), .required("stops"),
      .text("stop_note"), .required("way"), .required("workers"), .required("origin"), .text("subcontractor"),
      .text("equipment"), .text("phone"), .required("state"), .number("decided_at"), .text("decided_by"), .text("note"),
      .text("door"), .number("began_at"), .text("began_by"), .number("ended_at"), .text("ended_by"), .text("outcome"),
      .text("report"), .text("report_workers"), .text("report_equipment"), .text("remains"), .number("reported_at"),
      .text("reported_by"), .number("confirmed_at"), .text("confirmed_by"), .text("confirm_note"),
    ],
    titleColumns: ["vendor_name", "asset_name"]
  )

  static let request = KeptTable(
    name: released.name,
    columns: released.columns + [.number("photos"), .text("report_os")],
    titleColumns: released.titleColumns
  )

  static let all = [request]

  static let migration = Migration(
    "organization-7-works",
    facilityTables: [released.name],
    [
      released.creation, released.index("state", "work_on"), released.index("vendor", "work_on"),
      released.index("work_on"),
    ]
  )
}
