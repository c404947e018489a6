import Advisories

func fuzz(_ bytes: [UInt8]) throws { _ = try CSAFReader.read(FeedSource(name: "x", bytes: bytes)) { _ in } }
