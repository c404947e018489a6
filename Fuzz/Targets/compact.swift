import Advisories

/// Bytes as a damaged database would give them.
func fuzz(_ bytes: [UInt8]) throws { _ = CompactConfigurations(bytes: bytes).decoded() }
