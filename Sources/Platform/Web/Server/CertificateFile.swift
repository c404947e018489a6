import FoundationEssentials
import SwiftASN1
import Time
import X509

/// A certificate as it lies on disk, for whoever looks after the installation.
package enum CertificateFile {
  /// Until when the first certificate of a PEM file is valid; nil where the file cannot be read as one.
  package static func validUntil(_ path: String) -> Instant? {
    // Nil is what the caller reports.
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    let mark = "-----END CERTIFICATE-----"
    let text = String(decoding: data, as: UTF8.self)
    guard let end = text.firstRange(of: mark), let start = text.firstRange(of: "-----BEGIN CERTIFICATE-----"),
      // What cannot be read has no end, which the caller reports.
      let certificate = try? Certificate(pemEncoded: String(text[start.lowerBound..<end.upperBound]))
    else { return nil }
    return Instant(milliseconds: Int64(certificate.notValidAfter.timeIntervalSince1970 * 1000))
  }
}
