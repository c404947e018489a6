import Advisories

func fuzz(_ bytes: [UInt8]) throws { _ = try MaterialsReader.read(FeedSource(name: "x", bytes: bytes)) }
