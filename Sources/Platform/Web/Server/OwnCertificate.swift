import Crypto
import FoundationEssentials
import Sealing
import SwiftASN1
import Text
import Time
import X509

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A certificate made by the program itself, for installations without an authority of their own. Kept, so that browsers
/// and people meet the same fingerprint again; made anew with the same key when it nears its end or names are missing.
struct OwnCertificate: Sendable {
  let certificate: String
  let key: String
  /// SHA-256 in pairs with colons, as browsers show it.
  let fingerprint: String

  /// Browsers accept at most 825 days for certificates the user trusts by hand.
  static let days = 820
  static let renewalDays = 30

  static func inFolder(_ folder: String, names: [String], clock: Clock) throws(ListeningError) -> OwnCertificate {
    let certificatePath = "\(folder)/tls-certificate.pem"
    let keyPath = "\(folder)/tls-key.pem"
    let wanted = Array(Set(names.filter { !["0.0.0.0", "::", ""].contains($0) })).sorted()
    var key: P256.Signing.PrivateKey
    if TextFile.exists(keyPath) {
      key = try reading(keyPath) { try P256.Signing.PrivateKey(pemRepresentation: $0) }
      if TextFile.exists(certificatePath) {
        let kept = try reading(certificatePath) { try Certificate(pemEncoded: $0) }
        if isGood(kept, for: key, names: wanted, at: clock.now()) {
          return try pack(certificatePath) { (kept, key) }
        }
      }
    } else {
      key = P256.Signing.PrivateKey()
      try TextFile.write(key.pemRepresentation + "\n", to: keyPath, mode: 0o600)
    }
    let made = try pack(certificatePath) { (try make(key, names: wanted, at: clock.now()), key) }
    try TextFile.write(made.certificate, to: certificatePath, mode: 0o644)
    return made
  }

  private static func make(
    _ key: P256.Signing.PrivateKey,
    names: [String],
    at now: Instant
  ) throws -> Certificate {
    let name = try DistinguishedName {
      CommonName(names.first { $0 != "localhost" } ?? "localhost")
      OrganizationName("Yagura")
    }
    // An hour back, for clocks that are a little behind.
    let start = Date(timeIntervalSince1970: Double(now.milliseconds / 1000 - 3600))
    let end = Date(timeIntervalSince1970: Double(now.adding(days: days).milliseconds / 1000))
    return try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PublicKey(key.publicKey),
      notValidBefore: start,
      notValidAfter: end,
      issuer: name,
      subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(names.map(generalName))
      },
      issuerPrivateKey: Certificate.PrivateKey(key)
    )
  }

  private static func generalName(_ name: String) -> GeneralName {
    // 4 bytes of IPv4 or 16 of IPv6, in the network's order.
    for (family, length) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: length)
      if inet_pton(family, name, &bytes) == 1 { return .ipAddress(ASN1OctetString(contentBytes: bytes[...])) }
    }
    return .dnsName(name)
  }

  private static func isGood(
    _ certificate: Certificate,
    for key: P256.Signing.PrivateKey,
    names: [String],
    at now: Instant
  ) -> Bool {
    let limit = Date(timeIntervalSince1970: Double(now.adding(days: renewalDays).milliseconds / 1000))
    guard certificate.publicKey == Certificate.PublicKey(key.publicKey), certificate.notValidAfter > limit,
      // A broken extension is as good as none: the certificate is made anew.
      let held = try? certificate.extensions.subjectAlternativeNames
    else { return false }
    return Set(names.map(generalName)).isSubset(of: held)
  }

  private static func pack(
    _ path: String,
    _ make: () throws -> (Certificate, P256.Signing.PrivateKey)
  ) throws(ListeningError) -> OwnCertificate {
    do {
      let (certificate, key) = try make()
      let document = try certificate.serializeAsPEM()
      let digits = Hash.sha256Hex(document.derBytes).uppercased()
      let pairs = stride(from: 0, to: digits.count, by: 2).map { String(digits.dropFirst($0).prefix(2)) }
      return OwnCertificate(
        certificate: document.pemString + "\n",
        key: key.pemRepresentation,
        fingerprint: pairs.joined(separator: ":")
      )
    } catch {
      throw broken(path, error)
    }
  }

  private static func reading<T>(_ path: String, _ parse: (String) throws -> T) throws(ListeningError) -> T {
    let text = try TextFile.read(path)
    do {
      return try parse(text)
    } catch {
      throw broken(path, error)
    }
  }

  private static func broken(_ path: String, _ error: any Error) -> ListeningError {
    ListeningError(
      Localized(
        ja: "TLSの証明書または鍵 \(path) を使えません（\(error)）。消すと、次の起動で作り直します。",
        en:
          "The TLS certificate or key \(path) cannot be used (\(error)). If you remove it, the next start makes a new one."
      )
    )
  }
}
