/// A file of recog: what its fingerprints are held against, and they in their rank.
package struct FingerprintFile: Sendable, Hashable {
  /// `snmp.sys_description`; where the file does not say, the protocol: `telnet`.
  package let subject: String
  package let fingerprints: [Fingerprint]

  package init(subject: String, fingerprints: [Fingerprint]) {
    self.subject = subject
    self.fingerprints = fingerprints
  }
}
