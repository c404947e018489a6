import Advisories

/// A build of Windows with its line, the 17763 of `10.0.17763.8146`. Revisions count within one line only (vuln.md 4.6): by
/// what another line is mended says nothing of this one, though the numbers have an order.
struct WindowsBuild: Sendable, Hashable {
  let line: Int
  /// The UBR; nil where only the line is written.
  let revision: Int?

  /// Nil where the text is no build: `10.0.0` is only where Windows 10 begins.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    let span = VersionSpan(bytes, rule: .windows)
    guard span.isReadable, let numbers = NumbersOrder.windows(VersionCursor(bytes, span)), numbers.count > 2 else {
      return nil
    }
    let isTen = numbers[0] == 10 && numbers[1] == 0 && numbers[2] >= 10_240
    guard isTen || (numbers[0] == 6 && (6_000...9_999).contains(numbers[2])) else { return nil }
    line = numbers[2]
    revision = numbers.count > 3 ? numbers[3] : nil
  }

  init?(_ version: Version) {
    guard let build = version.bytes.withUnsafeBufferPointer({ WindowsBuild($0) }) else { return nil }
    self = build
  }

  init?(_ bound: VersionBound?) {
    guard let bound else { return nil }
    self.init(Version(bound.version))
  }
}
