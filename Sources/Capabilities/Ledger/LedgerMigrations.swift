import SQL

/// The ledger's tables. Steps are never edited once released; a new field is a new step and a line in the catalogue, and a
/// test holds both together.
package enum LedgerMigrations {
  package static let all: [Migration] = [
    Migration(
      "ledger-1-records",
      facilityTables: [
        "department", "vendor", "vendor_alias", "location", "zone", "person", "system", "asset", "software",
        "interface",
        "connection",
      ],
      registers + assets + connections
    ),
    Migration("ledger-2-sightings", facilityTables: ["sighting"], sightings),
    Migration("ledger-3-views", facilityTables: ["saved_view", "remembered_mapping"], views),
    contracts,
  ]

  /// Most devices name no owner and no system: what is not named needs no place in an index. A search for a name uses it
  /// all the same, as no name equals NULL.
  static let leanIndexes = Migration(
    "ledger-5-lean-indexes",
    ["department", "location", "owner", "system", "maintenance_vendor"].flatMap { field -> [SQL] in
      [
        "DROP INDEX \(name: "asset_of_" + field)",
        """
        CREATE INDEX \(name: "asset_of_" + field) ON asset (facility, \(name: field + "_id"))
          WHERE \(name: field + "_id") IS NOT NULL
        """,
      ]
    }
  )

  /// Departments, vendors, places, people and systems, to which the rest points.
  private static let registers: [SQL] = [
    """
    CREATE TABLE department (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), name \(.text) NOT NULL CHECK (name <> ''), code \(.text) CHECK (code <> ''),
      reading \(.text) CHECK (reading <> ''), short_name \(.text) CHECK (short_name <> ''),
      parent \(.text) CHECK (parent <> ''), parent_id \(.text) GENERATED ALWAYS AS (nullif(parent, '?')) STORED,
      extension \(.text) CHECK (extension <> ''), remarks \(.text) CHECK (remarks <> ''),
      folded \(.text) NOT NULL, name_key \(.text) NOT NULL, PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, parent_id) REFERENCES department (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX department_of_parent ON department (facility, parent_id)",
    "CREATE INDEX department_by_name ON department (facility, name_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE vendor (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), name \(.text) NOT NULL CHECK (name <> ''), reading \(.text) CHECK (reading <> ''),
      corporate_number \(.text) CHECK (corporate_number <> ''), contact_name \(.text) CHECK (contact_name <> ''),
      phone \(.text) CHECK (phone <> ''), emergency_phone \(.text) CHECK (emergency_phone <> ''),
      email \(.text) CHECK (email <> ''), address \(.text) CHECK (address <> ''),
      contract_number \(.text) CHECK (contract_number <> ''),
      contract_ends_on \(.text) CHECK (contract_ends_on = '?' OR length(contract_ends_on) = 10),
      boundary_agreed \(.text) CHECK (boundary_agreed IN ('yes', 'no', 'na', '?')),
      remarks \(.text) CHECK (remarks <> ''), folded \(.text) NOT NULL, name_key \(.text) NOT NULL,
      PRIMARY KEY (facility, id)) \(.strict)
    """,
    "CREATE INDEX vendor_by_name ON vendor (facility, name_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE vendor_alias (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), name \(.text) NOT NULL CHECK (name <> ''),
      vendor \(.text) NOT NULL CHECK (vendor <> ''),
      vendor_id \(.text) GENERATED ALWAYS AS (nullif(vendor, '?')) STORED, folded \(.text) NOT NULL,
      name_key \(.text) NOT NULL, PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, vendor_id) REFERENCES vendor (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX vendor_alias_of_vendor ON vendor_alias (facility, vendor_id)",
    "CREATE INDEX vendor_alias_by_name ON vendor_alias (facility, name_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE location (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), name \(.text) NOT NULL CHECK (name <> ''), building \(.text) CHECK (building <> ''),
      floor \(.text) CHECK (floor <> ''), room \(.text) CHECK (room <> ''),
      locked \(.text) CHECK (locked IN ('yes', 'no', 'na', '?')), remarks \(.text) CHECK (remarks <> ''),
      folded \(.text) NOT NULL, name_key \(.text) NOT NULL, PRIMARY KEY (facility, id)) \(.strict)
    """,
    "CREATE INDEX location_by_name ON location (facility, name_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE zone (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), name \(.text) NOT NULL CHECK (name <> ''),
      address_range \(.text) CHECK (address_range <> ''), vlan \(.text) CHECK (vlan <> ''),
      internet \(.text) CHECK (internet IN ('yes', 'no', 'na', '?')), purpose \(.text) CHECK (purpose <> ''),
      remarks \(.text) CHECK (remarks <> ''), folded \(.text) NOT NULL, name_key \(.text) NOT NULL,
      PRIMARY KEY (facility, id)) \(.strict)
    """,
    "CREATE INDEX zone_by_name ON zone (facility, name_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE person (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), staff_number \(.text) CHECK (staff_number <> ''),
      name \(.text) NOT NULL CHECK (name <> ''), reading \(.text) CHECK (reading <> ''),
      department \(.text) CHECK (department <> ''),
      department_id \(.text) GENERATED ALWAYS AS (nullif(department, '?')) STORED,
      occupation \(.text) CHECK (occupation <> ''), post \(.text) CHECK (post <> ''),
      employment \(.text) CHECK (employment <> ''),
      joined_on \(.text) CHECK (joined_on = '?' OR length(joined_on) = 10),
      left_on \(.text) CHECK (left_on = '?' OR length(left_on) = 10), email \(.text) CHECK (email <> ''),
      phone \(.text) CHECK (phone <> ''), remarks \(.text) CHECK (remarks <> ''), folded \(.text) NOT NULL,
      reading_key \(.text) NOT NULL, staff_number_key \(.text) NOT NULL, PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, department_id) REFERENCES department (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX person_of_department ON person (facility, department_id)",
    "CREATE INDEX person_by_reading ON person (facility, reading_key, id) WHERE archived_at IS NULL",
    "CREATE INDEX person_by_staff_number ON person (facility, staff_number_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE system (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), name \(.text) NOT NULL CHECK (name <> ''), category \(.text) CHECK (category <> ''),
      department \(.text) CHECK (department <> ''),
      department_id \(.text) GENERATED ALWAYS AS (nullif(department, '?')) STORED,
      owner \(.text) CHECK (owner <> ''), owner_id \(.text) GENERATED ALWAYS AS (nullif(owner, '?')) STORED,
      importance \(.text) CHECK (importance <> ''),
      patient_data \(.text) CHECK (patient_data IN ('yes', 'no', 'na', '?')),
      version \(.text) CHECK (version <> ''), vendor \(.text) CHECK (vendor <> ''),
      vendor_id \(.text) GENERATED ALWAYS AS (nullif(vendor, '?')) STORED,
      started_on \(.text) CHECK (started_on = '?' OR length(started_on) = 10),
      contract_ends_on \(.text) CHECK (contract_ends_on = '?' OR length(contract_ends_on) = 10),
      remarks \(.text) CHECK (remarks <> ''), folded \(.text) NOT NULL, name_key \(.text) NOT NULL,
      PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, department_id) REFERENCES department (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, owner_id) REFERENCES person (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, vendor_id) REFERENCES vendor (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX system_of_department ON system (facility, department_id)",
    "CREATE INDEX system_of_owner ON system (facility, owner_id)",
    "CREATE INDEX system_of_vendor ON system (facility, vendor_id)",
    "CREATE INDEX system_by_name ON system (facility, name_key, id) WHERE archived_at IS NULL",
  ]

  /// Assets and their parts.
  private static let assets: [SQL] = [
    """
    CREATE TABLE asset (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), asset_number \(.text) CHECK (asset_number <> ''),
      category \(.text) CHECK (category <> ''), name \(.text) CHECK (name <> ''),
      host_name \(.text) CHECK (host_name <> ''), manufacturer \(.text) CHECK (manufacturer <> ''),
      model \(.text) CHECK (model <> ''), serial_number \(.text) CHECK (serial_number <> ''),
      os \(.text) CHECK (os <> ''),
      support_ends_on \(.text) CHECK (support_ends_on = '?' OR length(support_ends_on) = 10),
      antivirus \(.text) CHECK (antivirus <> ''),
      last_patched_on \(.text) CHECK (last_patched_on = '?' OR length(last_patched_on) = 10),
      ip_address \(.text) CHECK (ip_address <> ''), mac_address \(.text) CHECK (mac_address <> ''),
      department \(.text) CHECK (department <> ''),
      department_id \(.text) GENERATED ALWAYS AS (nullif(department, '?')) STORED,
      location \(.text) CHECK (location <> ''),
      location_id \(.text) GENERATED ALWAYS AS (nullif(location, '?')) STORED,
      owner \(.text) CHECK (owner <> ''), owner_id \(.text) GENERATED ALWAYS AS (nullif(owner, '?')) STORED,
      system \(.text) CHECK (system <> ''), system_id \(.text) GENERATED ALWAYS AS (nullif(system, '?')) STORED,
      usage \(.text) CHECK (usage <> ''), state \(.text) CHECK (state <> ''),
      maintenance_vendor \(.text) CHECK (maintenance_vendor <> ''),
      maintenance_vendor_id \(.text) GENERATED ALWAYS AS (nullif(maintenance_vendor, '?')) STORED,
      installed_on \(.text) CHECK (installed_on = '?' OR length(installed_on) = 10),
      procurement \(.text) CHECK (procurement <> ''),
      contract_ends_on \(.text) CHECK (contract_ends_on = '?' OR length(contract_ends_on) = 10),
      last_seen_on \(.text) CHECK (last_seen_on = '?' OR length(last_seen_on) = 10),
      remarks \(.text) CHECK (remarks <> ''), folded \(.text) NOT NULL, asset_number_key \(.text) NOT NULL,
      name_key \(.text) NOT NULL, ip_address_key \(.text) NOT NULL, PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, department_id) REFERENCES department (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, location_id) REFERENCES location (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, owner_id) REFERENCES person (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, system_id) REFERENCES system (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, maintenance_vendor_id) REFERENCES vendor (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX asset_of_department ON asset (facility, department_id)",
    "CREATE INDEX asset_of_location ON asset (facility, location_id)",
    "CREATE INDEX asset_of_owner ON asset (facility, owner_id)",
    "CREATE INDEX asset_of_system ON asset (facility, system_id)",
    "CREATE INDEX asset_of_maintenance_vendor ON asset (facility, maintenance_vendor_id)",
    "CREATE INDEX asset_by_asset_number ON asset (facility, asset_number_key, id) WHERE archived_at IS NULL",
    "CREATE INDEX asset_by_name ON asset (facility, name_key, id) WHERE archived_at IS NULL",
    "CREATE INDEX asset_by_ip_address ON asset (facility, ip_address_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE software (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), asset \(.text) NOT NULL CHECK (asset <> ''),
      asset_id \(.text) GENERATED ALWAYS AS (nullif(asset, '?')) STORED,
      name \(.text) NOT NULL CHECK (name <> ''), version \(.text) CHECK (version <> ''),
      publisher \(.text) CHECK (publisher <> ''),
      installed_on \(.text) CHECK (installed_on = '?' OR length(installed_on) = 10),
      support_ends_on \(.text) CHECK (support_ends_on = '?' OR length(support_ends_on) = 10),
      licence \(.text) CHECK (licence <> ''), folded \(.text) NOT NULL, name_key \(.text) NOT NULL,
      PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, asset_id) REFERENCES asset (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX software_of_asset ON software (facility, asset_id)",
    "CREATE INDEX software_by_name ON software (facility, name_key, id) WHERE archived_at IS NULL",
    """
    CREATE TABLE interface (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), asset \(.text) NOT NULL CHECK (asset <> ''),
      asset_id \(.text) GENERATED ALWAYS AS (nullif(asset, '?')) STORED, name \(.text) CHECK (name <> ''),
      ip_address \(.text) CHECK (ip_address <> ''), mac_address \(.text) CHECK (mac_address <> ''),
      zone \(.text) CHECK (zone <> ''), zone_id \(.text) GENERATED ALWAYS AS (nullif(zone, '?')) STORED,
      remarks \(.text) CHECK (remarks <> ''), folded \(.text) NOT NULL, name_key \(.text) NOT NULL,
      PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, asset_id) REFERENCES asset (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, zone_id) REFERENCES zone (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX interface_of_asset ON interface (facility, asset_id)",
    "CREATE INDEX interface_of_zone ON interface (facility, zone_id)",
    "CREATE INDEX interface_by_name ON interface (facility, name_key, id) WHERE archived_at IS NULL",
  ]

  /// External connections.
  private static let connections: [SQL] = [
    """
    CREATE TABLE connection (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), connection_number \(.text) CHECK (connection_number <> ''),
      system_name \(.text) CHECK (system_name <> ''), system \(.text) CHECK (system <> ''),
      system_id \(.text) GENERATED ALWAYS AS (nullif(system, '?')) STORED,
      department \(.text) CHECK (department <> ''),
      department_id \(.text) GENERATED ALWAYS AS (nullif(department, '?')) STORED,
      vendor \(.text) CHECK (vendor <> ''), vendor_id \(.text) GENERATED ALWAYS AS (nullif(vendor, '?')) STORED,
      has_connection \(.text) CHECK (has_connection IN ('yes', 'no', 'na', '?')),
      purpose \(.text) CHECK (purpose <> ''), mode \(.text) CHECK (mode <> ''),
      line_type \(.text) CHECK (line_type <> ''), mechanism \(.text) CHECK (mechanism <> ''),
      encrypted \(.text) CHECK (encrypted IN ('yes', 'no', 'na', '?')),
      boundary_device \(.text) CHECK (boundary_device <> ''),
      boundary_asset \(.text) CHECK (boundary_asset <> ''),
      boundary_asset_id \(.text) GENERATED ALWAYS AS (nullif(boundary_asset, '?')) STORED,
      firmware \(.text) CHECK (firmware <> ''),
      firmware_support_ends_on \(.text) CHECK (firmware_support_ends_on = '?' OR length(firmware_support_ends_on) = 10),
      place \(.text) CHECK (place <> ''),
      source_restriction \(.text) CHECK (source_restriction IN ('yes', 'no', 'na', '?')),
      authentication \(.text) CHECK (authentication <> ''), destination \(.text) CHECK (destination <> ''),
      destination_ports \(.text) CHECK (destination_ports <> ''), log_place \(.text) CHECK (log_place <> ''),
      other_protection \(.text) CHECK (other_protection <> ''), patch_state \(.text) CHECK (patch_state <> ''),
      vulnerability_state \(.text) CHECK (vulnerability_state <> ''),
      diagram \(.text) CHECK (diagram IN ('yes', 'no', 'na', '?')),
      terminal_list \(.text) CHECK (terminal_list IN ('yes', 'no', 'na', '?')),
      checklist_state \(.text) CHECK (checklist_state <> ''),
      last_confirmed_on \(.text) CHECK (last_confirmed_on = '?' OR length(last_confirmed_on) = 10),
      contract_ends_on \(.text) CHECK (contract_ends_on = '?' OR length(contract_ends_on) = 10),
      remarks \(.text) CHECK (remarks <> ''), folded \(.text) NOT NULL, system_name_key \(.text) NOT NULL,
      PRIMARY KEY (facility, id),
      FOREIGN KEY (facility, system_id) REFERENCES system (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, department_id) REFERENCES department (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, vendor_id) REFERENCES vendor (facility, id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (facility, boundary_asset_id) REFERENCES asset (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE INDEX connection_of_system ON connection (facility, system_id)",
    "CREATE INDEX connection_of_department ON connection (facility, department_id)",
    "CREATE INDEX connection_of_vendor ON connection (facility, vendor_id)",
    "CREATE INDEX connection_of_boundary_asset ON connection (facility, boundary_asset_id)",
    "CREATE INDEX connection_by_system_name ON connection (facility, system_name_key, id) WHERE archived_at IS NULL",
  ]

  /// What the network and tools saw, one row for each thing seen and source.
  private static let sightings: [SQL] = [
    """
    CREATE TABLE sighting (
      facility \(.text) NOT NULL, id \(.text) NOT NULL,
      source \(.text) NOT NULL CHECK (source IN ('inventory', 'nmap', 'dhcp', 'arp')),
      seen_key \(.text) NOT NULL CHECK (seen_key <> ''), ip_address \(.text), mac_address \(.text), host_name \(.text),
      serial_number \(.text), os \(.text), user_name \(.text), maker \(.text), details \(.text) NOT NULL,
      seen_at \(.instant) NOT NULL, import_set \(.text), asset \(.text),
      matched_by \(.text) CHECK (matched_by IN ('serial_number', 'mac_address', 'host_name', 'hand')),
      hint \(.text), state \(.text) NOT NULL CHECK (state IN ('open', 'accepted', 'ignored')), reason \(.text),
      folded \(.text) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      PRIMARY KEY (facility, id), CHECK ((asset IS NULL) = (matched_by IS NULL)),
      FOREIGN KEY (facility, asset) REFERENCES asset (facility, id) DEFERRABLE INITIALLY DEFERRED) \(.strict)
    """,
    "CREATE UNIQUE INDEX sighting_once ON sighting (facility, source, seen_key)",
    "CREATE INDEX sighting_of_asset ON sighting (facility, asset, seen_at)",
    "CREATE INDEX sighting_unlisted ON sighting (facility, state, seen_at) WHERE asset IS NULL",
  ]

  /// Lists that somebody named, and which column of a file was which field the last time.
  private static let views: [SQL] = [
    """
    CREATE TABLE saved_view (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, owner \(.text), kind \(.text) NOT NULL,
      name \(.text) NOT NULL CHECK (name <> ''), query \(.text) NOT NULL, created_at \(.instant) NOT NULL,
      PRIMARY KEY (facility, id)) \(.strict)
    """,
    "CREATE INDEX saved_view_of_kind ON saved_view (facility, kind, owner)",
    """
    CREATE TABLE remembered_mapping (
      facility \(.text) NOT NULL, kind \(.text) NOT NULL, header_set \(.text) NOT NULL, mapping \(.text) NOT NULL,
      used_at \(.instant) NOT NULL, PRIMARY KEY (facility, kind, header_set)) \(.strict)
    """,
  ]
}
