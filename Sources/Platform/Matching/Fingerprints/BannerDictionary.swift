import Advisories
import Synchronization

/// The fingerprints by which texts are read that a device says of itself: what SNMP, SSH or a web server answers, copied into
/// a ledger. The patterns are made ready when the first text asks for them.
package final class BannerDictionary: Sendable {
  /// What is held against the texts of ledgers, in this order.
  package static let subjects = [
    "snmp.sys_description", "operating_system.name", "ssh.banner", "http_header.server", "ftp.banner",
    "sip_header.server", "telnet",
  ]

  private let fingerprints: [Fingerprint]
  private let ready = Mutex<FingerprintSet?>(nil)

  package init(_ fingerprints: [Fingerprint]) { self.fingerprints = fingerprints }

  /// The products that a text of a device speaks of; none is certain. Short texts are names and no banners.
  func candidates(_ text: String) -> [NameCandidate] {
    guard !fingerprints.isEmpty, text.utf8.count >= 16, text.contains(where: { $0 == " " || $0 == "_" }) else {
      return []
    }
    let set = ready.withLock { ready in
      let set = ready ?? FingerprintSet(fingerprints)
      ready = set
      return set
    }
    for subject in Self.subjects {
      let found = set.candidates(text, subject: subject)
      if !found.isEmpty { return found }
    }
    return []
  }
}
