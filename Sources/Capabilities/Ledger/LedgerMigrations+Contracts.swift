import Records
import SQL

extension LedgerMigrations {
  /// Contracts with their clauses, information and cloud services, and the records that prove them.
  static let contracts = Migration(
    "ledger-10-contracts",
    facilityTables: contractTables.map(\.table),
    contractTables.flatMap(\.statements)
  )

  private static let contractTables = [
    TableSketch(
      table: "contract",
      columns: [
        .required("name"), .text("contract_number"), .requiredReference("vendor", to: "vendor"),
        .reference("department", to: "department"), .text("category"), .date("starts_on"), .date("ends_on"),
        .text("renewal"), .text("notice_days"), .text("maintenance_way"), .date("remote_since"), .text("hours"),
        .text("support_phone"), .yesNo("security_updates"), .yesNo("restore_support"), .yesNo("boundary_written"),
        .text("disclaimers"), .text("document_place"), .yesNo("data_taken"), .text("data_sent"),
        .text("subcontractors"), .yesNo("subcontract_consent"), .text("remarks"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "contract_cover",
      columns: [
        .requiredReference("contract", to: "contract"), .reference("system", to: "system"),
        .reference("asset", to: "asset"), .reference("connection", to: "connection"), .required("name"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "contract_clause",
      columns: [.requiredReference("contract", to: "contract"), .required("clause"), .text("owner"), .text("wording")],
      keyed: ["clause"]
    ),
    TableSketch(
      table: "information_asset",
      columns: [
        .required("name"), .text("contents"), .text("classification"), .text("head_count"),
        .reference("department", to: "department"), .reference("owner", to: "person"),
        .reference("system", to: "system"), .reference("asset", to: "asset"), .text("form"), .text("place"),
        .text("retention"), .yesNo("encrypted"), .date("confirmed_on"), .text("remarks"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "cloud_service",
      columns: [
        .required("name"), .reference("department", to: "department"), .text("purpose"),
        .reference("vendor", to: "vendor"), .reference("contract", to: "contract"), .text("address"), .text("approval"),
        .text("sign_in"), .text("users"), .text("data"), .yesNo("patient_data"), .text("country"), .yesNo("backup"),
        .date("starts_on"), .date("ends_on"), .text("exit_plan"), .text("remarks"),
      ],
      keyed: ["name"]
    ),
    TableSketch(
      table: "boundary_evidence",
      columns: [
        .requiredReference("connection", to: "connection"), .text("model"), .text("serial_number"), .text("firmware"),
        .date("firmware_on"), .text("configuration_hash"), .date("configuration_on"), .text("configuration_place"),
        .text("support_number"), .text("support_phone"), .text("sign_ins"), .text("log_place"), .text("how_to_cut"),
        .text("remarks"),
      ],
      keyed: ["model"]
    ),
    TableSketch(
      table: "disposal",
      columns: [
        .requiredReference("asset", to: "asset"), .text("way"), .date("done_on"), .reference("vendor", to: "vendor"),
        .text("erasure"), .yesNo("certificate"), .text("certificate_number"), .yesNo("accounts_closed"),
        .yesNo("lines_closed"), .reference("confirmed_by", to: "person"), .text("remarks"),
      ],
      keyed: ["done_on"]
    ),
    TableSketch(
      table: "entry_right",
      columns: [
        .requiredReference("location", to: "location"), .reference("person", to: "person"),
        .reference("vendor", to: "vendor"), .text("holder"), .text("way"), .date("valid_until"), .text("reason"),
        .text("remarks"),
      ],
      keyed: ["valid_until"]
    ),
    TableSketch(
      table: "vendor_enquiry",
      columns: [
        .requiredReference("vendor", to: "vendor"), .required("year"), .date("asked_on"), .text("way"), .date("due_on"),
        .date("answered_on"), .text("answered_by"), .yesNo("remote_line"), .text("lines"), .yesNo("went_online"),
        .yesNo("subcontracts"), .yesNo("data_taken"), .text("details"), .text("remarks"),
      ],
      keyed: ["year"]
    ),
  ]
}
