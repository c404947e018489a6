import Support
import Testing

@testable import Advisories

/// Damaged files of every kind: whatever the bytes, a reader answers or refuses, and never stops the program. The seeds
/// are those of `Tests/Corpus/advisories`, which `Fuzz/run` extends.
@Suite struct `Feed readers and damaged bytes` {
  private static let cases = UInt64(0)..<20
  private static let perCase = LongTests.areOn ? 5000 : 100

  private static let formats = FeedFormat.allCases.filter { $0 != .archive }

  @Test(arguments: formats, cases) func `every reader`(format: FeedFormat, seed: UInt64) throws {
    let corpus = try Samples.files(of: format).map { ($0.name, try $0.wholeContent()) }
    #expect(!corpus.isEmpty)
    var random = SplitMix64(seed: seed)
    for _ in 0..<Self.perCase {
      var (name, bytes) = corpus.randomElement(using: &random) ?? ("", [])
      Damage.apply(to: &bytes, corpus.map(\.1), &random)
      let source = FeedSource(name: name, bytes: bytes)
      do { try Self.read(source, format) } catch is FeedError {} catch { Issue.record("threw \(error)") }
    }
  }

  @Test(arguments: cases) func `the sniffer`(seed: UInt64) throws {
    let corpus = try Self.formats.flatMap { try Samples.files(of: $0).map { try $0.wholeContent() } }
    var random = SplitMix64(seed: seed)
    for _ in 0..<Self.perCase {
      var bytes = corpus.randomElement(using: &random) ?? []
      Damage.apply(to: &bytes, corpus, &random)
      let source = FeedSource(name: "x", bytes: Bool.random(using: &random) ? Gzip.pack(bytes) : bytes)
      do { _ = try FeedSniffer.format(of: source) } catch is FeedError {} catch { Issue.record("threw \(error)") }
    }
  }

  private static func read(_ source: FeedSource, _ format: FeedFormat) throws {
    var limits = FeedLimits()
    limits.recordBytes = 1 << 20
    limits.documentBytes = 4 << 20
    if let reader = format.reader {
      _ = try reader.read(source, limits: limits) { record in
        if case .advisory(let advisory) = record { _ = advisory.configurations.decoded() }
      }
      return
    }
    switch format {
    case .billOfMaterials: _ = try MaterialsReader.read(source, limits: limits)
    case .disclosure: _ = try DisclosureReader.read(source, limits: limits)
    case .windowsInventory: _ = try WindowsInventoryReader.read(source, limits: limits)
    case .digests: _ = try PublishedDigest.read(source, limits: limits)
    default: break
    }
  }
}
