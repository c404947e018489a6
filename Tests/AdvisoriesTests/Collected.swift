import Advisories
import Foundation
import Support

/// What a reader handed over, kept for looking at.
final class Collected {
  var records: [FeedRecord] = []

  func take(_ record: FeedRecord) { records.append(record) }

  var advisories: [Advisory] {
    records.compactMap { if case .advisory(let advisory) = $0 { advisory } else { nil } }
  }

  var exploited: [ExploitedEntry] {
    records.compactMap { if case .exploited(let entry) = $0 { entry } else { nil } }
  }

  func advisory(_ id: String) -> Advisory? { advisories.first { $0.id == id } }
}

/// Files of the collection of real feeds.
enum VulnData {
  static func path(_ name: String) -> String { TestData.path + "/vuln/" + name }

  static func source(_ name: String) -> FeedSource { FeedSource(path: path(name)) }

  static let years =
    (2002...2012).map { "nvd-bulk/nvdcve-2.0-\($0).json.gz" }
    + (2013...2016).map { "nvd/nvdcve-2.0-\($0).json.gz" }

  static func read<Reader: FeedReader>(_ reader: Reader.Type, _ name: String) throws -> (FeedReading, Collected) {
    let collected = Collected()
    let reading = try Reader.read(source(name), limits: FeedLimits(), into: collected.take)
    return (reading, collected)
  }

  static func read<Reader: FeedReader>(
    _ reader: Reader.Type,
    text: String,
    name: String = "x"
  ) throws -> (FeedReading, Collected) {
    let collected = Collected()
    let source = FeedSource(name: name, bytes: Array(text.utf8))
    let reading = try Reader.read(source, limits: FeedLimits(), into: collected.take)
    return (reading, collected)
  }
}
