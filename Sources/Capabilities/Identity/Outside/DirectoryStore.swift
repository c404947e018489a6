import Directory
import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Web

/// A facility's directory, whether it is used, and which groups mean which roles.
struct DirectoryChoice: Sendable, Hashable {
  var isOn = false
  var settings = DirectorySettings()
  /// Groups by role: distinguished names, or their first part's value alone.
  var groups: [Role: [String]] = [:]
  var version = 0
  /// Whether a password is stored; it is never shown.
  var hasPassword = false

  /// The roles of somebody in these groups.
  func roles(of memberships: [String]) -> Set<Role> {
    let held = Set(memberships.map { $0.lowercased() } + memberships.map(Self.firstValue))
    return Set(groups.filter { _, names in names.contains { held.contains($0.lowercased()) } }.keys)
  }

  /// `it` of `cn=it,ou=groups,dc=hospital`; commas behind a backslash belong to the value.
  static func firstValue(_ name: String) -> String {
    var value = ""
    var isEscaped = false
    for character in name {
      if isEscaped {
        value.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "," {
        break
      } else {
        value.append(character)
      }
    }
    return value.split(separator: "=", maxSplits: 1).last.map { $0.lowercased() } ?? ""
  }

  /// Throws every problem at once.
  func check() throws(Problems) {
    var problems: [Problem] = []
    func add(_ field: String, _ ja: String, _ en: String) { problems.append(Problem(field, Localized(ja: ja, en: en))) }
    if !DirectorySettings.isHost(settings.host) {
      add("host", "サーバーの名前かIPアドレスを入力してください。", "Enter the server's name or IP address.")
    }
    if !(1...65535).contains(settings.port) {
      add("port", "ポート番号は1から65535までの数字です。", "The port is a number from 1 to 65535.")
    }
    if settings.security == .none, !settings.isLocal {
      add("security", "パスワードを送るため、暗号化が必要です。TLS か StartTLS を選んでください。", "Passwords are sent: choose TLS or StartTLS.")
    }
    if settings.serviceName.isEmpty {
      add("serviceName", "検索用アカウントの名前（DN）を入力してください。", "Enter the look-up account's name (DN).")
    }
    if settings.base.isEmpty { add("base", "利用者のいる場所（DN）を入力してください。", "Enter where people are (DN).") }
    if !settings.filter.contains("{user}") || !settings.filter.hasPrefix("(") {
      add("filter", "フィルターは (uid={user}) のように、{user} を入れて書きます。", "Write the filter with {user}, such as (uid={user}).")
    }
    if !settings.groupBase.isEmpty, !settings.groupFilter.contains("{dn}") {
      add("groupFilter", "グループのフィルターには {dn} を入れます。", "The filter of groups holds {dn}.")
    }
    if !settings.authorityFile.isEmpty, !settings.authorityFile.hasPrefix("/") {
      add("authorityFile", "証明書のファイルは「/」から始まるパスで入力してください。", "Enter the file's full path from “/”.")
    }
    if isOn, groups.allSatisfy({ $0.value.isEmpty }) {
      add("group-administrator", "どのグループがどの役割かを、少なくとも1つ決めてください。", "Say for at least one group which role it has.")
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }
}

extension Identity {
  func directory(_ facility: FacilityID) async throws -> DirectoryChoice? {
    let found = try await database.read(.facility(facility.rawValue)) { tx -> (Row, [Row])? in
      guard let row = try tx.row("SELECT * FROM directory WHERE facility = \(facility.rawValue)") else { return nil }
      let groups = try tx.rows(
        "SELECT role, name FROM directory_group WHERE facility = \(facility.rawValue) ORDER BY role, name"
      )
      return (row, groups)
    }
    guard let (row, groups) = found else { return nil }
    var choice = DirectoryChoice()
    choice.isOn = try row.bool("is_on")
    choice.version = try row.integer("version")
    let sealed = try row.optionalBytes("sealed_password")
    choice.hasPassword = sealed != nil
    choice.settings = DirectorySettings(
      host: try row.text("host"),
      port: try row.integer("port"),
      security: DirectorySettings.Security(rawValue: try row.text("security")) ?? .tls,
      serviceName: try row.text("service_name"),
      servicePassword: try sealed.map {
        String(decoding: try seal.open($0, for: Self.directoryPurpose(facility)), as: UTF8.self)
      } ?? "",
      base: try row.text("base"),
      filter: try row.text("filter"),
      nameAttribute: try row.text("name_attribute"),
      groupAttribute: try row.text("group_attribute"),
      groupBase: try row.text("group_base"),
      groupFilter: try row.text("group_filter"),
      authorityFile: try row.text("authority_file")
    )
    for group in groups {
      guard let role = Role(rawValue: try group.text("role")) else { continue }
      choice.groups[role, default: []].append(try group.text("name"))
    }
    return choice
  }

  func activeDirectory(_ facility: FacilityID) async throws -> DirectoryChoice? {
    try await directory(facility).flatMap { $0.isOn ? $0 : nil }
  }

  /// An empty password keeps the one that is stored. Throws `Problems`, `Conflict`.
  func save(_ choice: DirectoryChoice, in scope: Scope<ManageSettings>, visit: Visit) async throws {
    try choice.check()
    let facility = scope.facility
    let old = try await directory(facility)
    guard choice.version == old?.version ?? 0 else { throw SettingsConflict() }
    let settings = choice.settings
    let isNewPassword = !settings.servicePassword.isEmpty
    let password = isNewPassword ? settings.servicePassword : old?.settings.servicePassword ?? ""
    let sealed = password.isEmpty ? nil : try seal.close(password, for: Self.directoryPurpose(facility))
    let before = old.map(Self.fields) ?? [:]
    var changes = Self.fields(choice).sorted { $0.key < $1.key }.compactMap { name, value in
      before[name] == value ? nil : (name, before[name], value as String?)
    }
    if isNewPassword { changes.append(("password", nil, "••••")) }
    guard !changes.isEmpty else { return }
    let entry = note(
      "directory.changed",
      (type: "directory", id: facility.rawValue, title: settings.host),
      in: facility,
      by: scope.actor,
      visit,
      changes: changes
    )
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run("DELETE FROM directory WHERE facility = \(facility.rawValue)")
      try tx.run(
        """
        INSERT INTO directory (facility, is_on, host, port, security, service_name, sealed_password, base, filter,
          name_attribute, group_attribute, group_base, group_filter, authority_file, version)
        VALUES (\(facility.rawValue), \(choice.isOn), \(settings.host), \(settings.port), \(settings.security.rawValue),
          \(settings.serviceName), \(sealed), \(settings.base), \(settings.filter), \(settings.nameAttribute),
          \(settings.groupAttribute), \(settings.groupBase), \(settings.groupFilter), \(settings.authorityFile),
          \(choice.version + 1))
        """
      )
      try tx.run("DELETE FROM directory_group WHERE facility = \(facility.rawValue)")
      for (role, names) in choice.groups {
        for name in Set(names) {
          try tx.run(
            """
            INSERT INTO directory_group (facility, role, name) VALUES (\(facility.rawValue), \(role.rawValue), \(name))
            """
          )
        }
      }
      try tx.record([entry])
    }
  }

  /// For the journal, without the password.
  private static func fields(_ choice: DirectoryChoice) -> [String: String] {
    let settings = choice.settings
    var fields = [
      "isOn": String(choice.isOn), "host": settings.host, "port": String(settings.port),
      "security": settings.security.rawValue, "serviceName": settings.serviceName, "base": settings.base,
      "filter": settings.filter, "nameAttribute": settings.nameAttribute, "groupAttribute": settings.groupAttribute,
      "groupBase": settings.groupBase, "groupFilter": settings.groupFilter, "authorityFile": settings.authorityFile,
    ]
    for (role, names) in choice.groups { fields["group.\(role.rawValue)"] = names.sorted().joined(separator: "; ") }
    return fields
  }

  static func resealDirectories(_ work: inout Resealing, in tx: any Transaction) throws {
    for row in try tx.rows("SELECT facility, sealed_password FROM directory WHERE sealed_password IS NOT NULL") {
      let facility = FacilityID(rawValue: try row.text("facility"))
      guard let sealed = try work.renew(try row.bytes("sealed_password"), for: directoryPurpose(facility)) else {
        continue
      }
      try tx.run("UPDATE directory SET sealed_password = \(sealed) WHERE facility = \(facility.rawValue)")
    }
  }

  private static func directoryPurpose(_ facility: FacilityID) -> String {
    "identity.directory.password/\(facility.rawValue)"
  }
}

/// Somebody else saved the same settings first.
struct SettingsConflict: Error, Sendable {
  static let message = Localized(
    ja: "ほかの人が先に変更したため、保存しませんでした。いまの内容を確かめてから、もう一度入力してください。",
    en: "Somebody else saved first, so nothing was stored. Look at it as it is now and enter it again."
  )
}
