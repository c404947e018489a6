import Advisories

func fuzz(_ bytes: [UInt8]) throws {
  _ = try GreenboneReader.read(FeedSource(name: "x", bytes: bytes), limits: FeedLimits()) { _ in }
}
