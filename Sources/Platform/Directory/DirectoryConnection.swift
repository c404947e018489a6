import CLDAP

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One connection to a directory. Blocks while it works: only `Directory` uses it, on threads of its own, and each piece
/// of work makes and closes its own.
final class DirectoryConnection {
  private let handle: OpaquePointer
  private let settings: DirectorySettings
  private let watch: DirectoryWatch

  struct Entry {
    let name: String
    let values: [String: [String]]
  }

  init(_ settings: DirectorySettings) throws(DirectoryError) {
    guard DirectorySettings.isHost(settings.host), (1...65535).contains(settings.port) else {
      throw .settings("host")
    }
    guard settings.security != .none || settings.isLocal else { throw .untrusted("no encryption") }
    let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
    let scheme = settings.security == .tls ? "ldaps" : "ldap"
    var made: OpaquePointer?
    guard ldap_initialize(&made, "\(scheme)://\(host):\(settings.port)") == LDAP_SUCCESS, let made else {
      throw .settings("host")
    }
    handle = made
    self.settings = settings
    // Twice the wait of one step: a connection makes two or three, each of which answers at once where all is well.
    watch = DirectoryWatch(made, milliseconds: 2 * settings.timeoutMilliseconds)
    do throws(DirectoryError) {
      try prepare()
    } catch {
      close()
      throw error
    }
  }

  func close() {
    watch.end()
    ldap_unbind_ext_s(handle, nil, nil)
  }

  private func prepare() throws(DirectoryError) {
    let wait = settings.timeoutMilliseconds
    try set(yagura_ldap_set_number(handle, LDAP_OPT_PROTOCOL_VERSION, 3))
    try set(yagura_ldap_set_milliseconds(handle, LDAP_OPT_NETWORK_TIMEOUT, wait))
    try set(yagura_ldap_set_milliseconds(handle, LDAP_OPT_TIMEOUT, wait))
    try set(yagura_ldap_follow_no_referrals(handle))
    guard settings.security != .none else { return }
    // The certificate must be trusted and made for this host.
    try set(yagura_ldap_set_number(handle, LDAP_OPT_X_TLS_REQUIRE_CERT, Int32(LDAP_OPT_X_TLS_DEMAND)))
    if !settings.authorityFile.isEmpty {
      guard yagura_ldap_set_text(handle, LDAP_OPT_X_TLS_CACERTFILE, settings.authorityFile) == LDAP_SUCCESS else {
        throw .untrusted("authority file")
      }
    }
    guard yagura_ldap_set_number(handle, LDAP_OPT_X_TLS_NEWCTX, 0) == LDAP_SUCCESS else {
      throw .untrusted("authority file")
    }
    if settings.security == .startTLS {
      let code = ldap_start_tls_s(handle, nil, nil)
      guard code == LDAP_SUCCESS else { throw failure(code, isTLS: true) }
    }
  }

  /// An empty password would be taken as no password at all, and succeed (RFC 4513 §5.1.2).
  func bind(_ name: String, _ password: String) throws(DirectoryError) {
    guard !name.isEmpty, !password.isEmpty, !name.utf8.contains(0), !password.utf8.contains(0) else { throw .wrong }
    let code = yagura_ldap_bind(handle, name, password, password.utf8.count)
    switch code {
    case LDAP_SUCCESS: return
    case LDAP_INVALID_CREDENTIALS, LDAP_NO_SUCH_OBJECT, LDAP_INVALID_DN_SYNTAX, LDAP_INAPPROPRIATE_AUTH,
      LDAP_UNWILLING_TO_PERFORM:
      throw .wrong
    default: throw failure(code, isTLS: settings.security == .tls)
    }
  }

  func search(_ base: String, _ filter: String, _ attributes: [String], most: Int) throws(DirectoryError) -> [Entry] {
    guard !base.utf8.contains(0), !filter.utf8.contains(0) else { throw .settings("zero byte") }
    var names: [UnsafeMutablePointer<CChar>?] = attributes.map { strdup($0) } + [nil]
    defer { for name in names { free(name) } }
    var answer: OpaquePointer?
    let code = yagura_ldap_search(handle, base, filter, &names, settings.timeoutMilliseconds, Int32(most), &answer)
    defer { if let answer { ldap_msgfree(answer) } }
    switch code {
    case LDAP_SUCCESS, LDAP_SIZELIMIT_EXCEEDED: break
    case LDAP_NO_SUCH_OBJECT, LDAP_FILTER_ERROR, LDAP_INVALID_DN_SYNTAX, LDAP_INSUFFICIENT_ACCESS, LDAP_REFERRAL:
      throw .settings(Self.words(code))
    default: throw failure(code, isTLS: settings.security == .tls)
    }
    var entries: [Entry] = []
    var entry = answer.flatMap { ldap_first_entry(handle, $0) }
    while let current = entry {
      guard let name = ldap_get_dn(handle, current) else { break }
      defer { ldap_memfree(name) }
      var values: [String: [String]] = [:]
      for attribute in attributes { values[attribute.lowercased()] = self.values(attribute, of: current) }
      entries.append(Entry(name: String(cString: name), values: values))
      entry = ldap_next_entry(handle, current)
    }
    return entries
  }

  private func values(_ attribute: String, of entry: OpaquePointer) -> [String] {
    guard let list = ldap_get_values_len(handle, entry, attribute) else { return [] }
    defer { ldap_value_free_len(list) }
    return (0..<Int(ldap_count_values_len(list))).compactMap { index in
      list[index].map { value in
        let bytes = UnsafeRawBufferPointer(start: value.pointee.bv_val, count: Int(value.pointee.bv_len))
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  private func set(_ code: Int32) throws(DirectoryError) {
    guard code == LDAP_SUCCESS else { throw .settings(Self.words(code)) }
  }

  private func failure(_ code: Int32, isTLS: Bool) -> DirectoryError {
    var text: UnsafeMutablePointer<CChar>?
    ldap_get_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text)
    let words = text.map { String(cString: $0) } ?? ""
    if let text { ldap_memfree(text) }
    // A refused certificate is reported as a server that is down, with what TLS said of it; GnuTLS, which Debian's libldap
    // uses, has no words for some of it.
    let isCertificate = ["certificate", "TLS", "hostname", "issuer", "unknown error code"].contains {
      words.contains($0)
    }
    if isTLS, isCertificate || code == LDAP_CONNECT_ERROR || code == LDAP_PROTOCOL_ERROR {
      let hasWords = !words.isEmpty && !words.contains("unknown error code")
      return .untrusted(hasWords ? words : Self.words(code))
    }
    return .unreachable(words.isEmpty ? Self.words(code) : words)
  }

  private static func words(_ code: Int32) -> String { ldap_err2string(code).map { String(cString: $0) } ?? "\(code)" }
}
