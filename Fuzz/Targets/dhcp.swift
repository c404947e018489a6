import Tabular

func fuzz(_ bytes: [UInt8]) throws { _ = try NetworkFiles.dhcpLeases(bytes) }
