import Advisories

func fuzz(_ bytes: [UInt8]) throws { _ = try DisclosureReader.read(FeedSource(name: "x", bytes: bytes)) }
