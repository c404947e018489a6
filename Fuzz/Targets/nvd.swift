import Advisories

func fuzz(_ bytes: [UInt8]) throws {
  _ = try NVDReader.read(FeedSource(name: "x", bytes: bytes)) { record in
    if case .advisory(let advisory) = record { _ = advisory.configurations.decoded() }
  }
}
