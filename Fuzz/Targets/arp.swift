import Tabular

func fuzz(_ bytes: [UInt8]) throws {
  _ = NetworkFiles.kind(of: bytes)
  _ = try NetworkFiles.arpTable(bytes)
}
