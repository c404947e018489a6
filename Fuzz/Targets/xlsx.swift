import Tabular

func fuzz(_ bytes: [UInt8]) throws {
  var limits = ReadLimits()
  limits.inflatedBytes = 32 << 20
  limits.sharedBytes = 8 << 20
  limits.cells = 200_000
  _ = try TableReader.read(bytes, name: "a.xlsx", options: ReadOptions(limits: limits))
}
