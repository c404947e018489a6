import Sealing

/// A directory of people: finds somebody by the typed name and lets the directory itself check the password.
package struct Directory: Sendable {
  /// Somebody the directory knows.
  package struct Person: Sendable, Hashable {
    /// The distinguished name.
    package let name: String
    /// As others see it; the typed name where the directory has none.
    package let shownName: String
    /// The distinguished names of the groups, as the directory writes them.
    package let groups: [String]
  }

  private let settings: DirectorySettings

  package init(_ settings: DirectorySettings) { self.settings = settings }

  /// Blocks on threads of its own: four sign-ins at once, forty may wait.
  private static let work = BoundedWork(label: "yagura.directory", width: 4, limit: 40)

  /// Throws `DirectoryError`: `.wrong` for an unknown person and a wrong password alike.
  package func signIn(_ user: String, _ password: String) async throws -> Person {
    // Before anything is sent: an empty password would be let in by many directories.
    guard !user.isEmpty, user.utf8.count <= 256, !password.isEmpty, password.utf8.count <= 1024 else {
      throw DirectoryError.wrong
    }
    return try await Self.work.run {
      let person = try find(user)
      let connection = try DirectoryConnection(settings)
      defer { connection.close() }
      try connection.bind(person.name, password)
      return person
    }
  }

  /// Finds somebody without a password, for the settings page. Throws `DirectoryError`.
  package func look(up user: String) async throws -> Person { try await Self.work.run { try find(user) } }

  private func find(_ user: String) throws(DirectoryError) -> Person {
    let connection = try DirectoryConnection(settings)
    defer { connection.close() }
    do throws(DirectoryError) {
      try connection.bind(settings.serviceName, settings.servicePassword)
    } catch {
      throw error == .wrong ? .wrongService : error
    }
    let wanted = [settings.nameAttribute] + (settings.groupAttribute.isEmpty ? [] : [settings.groupAttribute])
    let found = try connection.search(settings.base, settings.filter(user: user), wanted, most: 2)
    guard found.count <= 1 else { throw .ambiguous }
    guard let entry = found.first else { throw .wrong }
    var groups = entry.values[settings.groupAttribute.lowercased()] ?? []
    if !settings.groupBase.isEmpty {
      let filter = settings.groupFilter(name: entry.name)
      groups += try connection.search(settings.groupBase, filter, ["cn"], most: 500).map(\.name)
    }
    let name = entry.values[settings.nameAttribute.lowercased()]?.first ?? ""
    return Person(name: entry.name, shownName: name.isEmpty ? user : name, groups: groups)
  }
}
