import Advisories

func fuzz(_ bytes: [UInt8]) throws { _ = try WindowsInventoryReader.read(FeedSource(name: "x", bytes: bytes)) }
