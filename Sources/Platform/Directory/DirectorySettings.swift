/// Where a directory (LDAP, Active Directory) is and how people are found in it.
package struct DirectorySettings: Sendable, Hashable {
  package enum Security: String, Sendable, CaseIterable {
    /// Encrypted from the first byte (port 636).
    case tls
    /// Encrypted after StartTLS (port 389); without it nothing is sent.
    case startTLS
    /// Only to this machine itself.
    case none
  }

  package var host: String
  package var port: Int
  package var security: Security
  /// The account that looks people up.
  package var serviceName: String
  package var servicePassword: String
  /// Below which people are: `ou=people,dc=hospital,dc=local`.
  package var base: String
  /// A filter with `{user}` where the typed name stands: `(&(objectClass=user)(sAMAccountName={user}))`.
  package var filter: String
  /// Which attribute holds the person's name: `displayName`.
  package var nameAttribute: String
  /// Which attribute of the person names the groups, `memberOf`; empty where the groups name their members.
  package var groupAttribute: String
  /// Below which groups are, for directories whose groups name their members; with `{dn}` for the person.
  package var groupBase: String
  package var groupFilter: String
  /// A PEM file of the authority to trust instead of the machine's own, or empty.
  package var authorityFile: String
  package var timeoutMilliseconds: Int

  package init(
    host: String = "",
    port: Int = 636,
    security: Security = .tls,
    serviceName: String = "",
    servicePassword: String = "",
    base: String = "",
    filter: String = "(&(objectClass=user)(sAMAccountName={user}))",
    nameAttribute: String = "displayName",
    groupAttribute: String = "memberOf",
    groupBase: String = "",
    groupFilter: String = "(member={dn})",
    authorityFile: String = "",
    timeoutMilliseconds: Int = 5_000
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.serviceName = serviceName
    self.servicePassword = servicePassword
    self.base = base
    self.filter = filter
    self.nameAttribute = nameAttribute
    self.groupAttribute = groupAttribute
    self.groupBase = groupBase
    self.groupFilter = groupFilter
    self.authorityFile = authorityFile
    self.timeoutMilliseconds = timeoutMilliseconds
  }

  /// Letters, digits, dots, hyphens, or an address of IPv6: nothing that could end the host in a URL.
  package static func isHost(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 253 && !text.hasPrefix("-")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 58: true
        default: false
        }
      }
  }

  package var isLocal: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }

  /// The filter with what somebody typed in it, every byte escaped that could mean something (RFC 4515 §3).
  func filter(user: String) -> String { filter.replacing("{user}", with: Self.escaped(user)) }

  func groupFilter(name: String) -> String { groupFilter.replacing("{dn}", with: Self.escaped(name)) }

  package static func escaped(_ text: String) -> String {
    let digits = Array("0123456789abcdef")
    var answer = ""
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 32, 44, 45, 46, 61, 64, 95: answer.unicodeScalars.append(Unicode.Scalar(byte))
      default: answer += "\\\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return answer
  }
}
