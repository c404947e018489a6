import Advisories

func fuzz(_ bytes: [UInt8]) throws {
  _ = try FingerprintReader.read(FeedSource(name: "x", bytes: bytes), limits: FeedLimits()) { _ in }
}
