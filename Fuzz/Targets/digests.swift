import Advisories

func fuzz(_ bytes: [UInt8]) throws { _ = try PublishedDigest.read(FeedSource(name: "x", bytes: bytes)) }
