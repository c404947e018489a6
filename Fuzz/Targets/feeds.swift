import Advisories

/// Whatever it is, by the reader that the sniffer chooses.
func fuzz(_ bytes: [UInt8]) throws {
  let source = FeedSource(name: "x", bytes: bytes)
  _ = try FeedSniffer.format(of: source).reader?.read(source, limits: FeedLimits()) { _ in }
}
