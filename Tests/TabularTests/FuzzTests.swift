import Support
import Testing
import Text

@testable import Tabular

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Damaged files of every kind: whatever the bytes, a reader answers or refuses, and never stops the program.
/// The seeds are those of `Tests/Corpus/tabular`, which `Fuzz/run` extends.
@Suite struct `Readers and damaged bytes` {
  private static let cases = UInt64(0)..<20
  /// Twenty times this many a reader; `YAGURA_LONG_TESTS=1` makes it 100,000.
  private static let perCase = LongTests.areOn ? 5000 : 100

  @Test(arguments: cases) func `text tables`(seed: UInt64) {
    damage(seed, "csv") { _ = try CSVReader.read($0, name: "x") }
  }

  @Test(arguments: cases) func `nmap reports`(seed: UInt64) { damage(seed, "nmap") { _ = try NetworkFiles.nmap($0) } }

  @Test(arguments: cases) func `leases`(seed: UInt64) { damage(seed, "dhcp") { _ = try NetworkFiles.dhcpLeases($0) } }

  @Test(arguments: cases) func `neighbours`(seed: UInt64) { damage(seed, "arp") { _ = try NetworkFiles.arpTable($0) } }

  @Test(arguments: cases) func `whole workbooks`(seed: UInt64) {
    damage(seed, "xlsx") { _ = try TableReader.read($0, name: "x.xlsx", options: Self.small) }
  }

  /// Behind the checksum, where damage to the ZIP file does not reach.
  @Test(arguments: cases) func `the XML of a sheet`(seed: UInt64) {
    damage(seed, "sheet") { bytes in
      var book = BookBuilder()
      book.sharedStrings = "<si><t>a</t></si>"
      book.styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
      var zip = book.zip
      let last = zip.parts.count - 1
      zip.parts[last].content = bytes
      _ = try XLSXReader(zip.bytes(), limits: Self.small.limits).readAll()
    }
  }

  private static var small: ReadOptions {
    var limits = ReadLimits()
    limits.cells = 100_000
    limits.inflatedBytes = 16 << 20
    limits.sharedBytes = 1 << 20
    return ReadOptions(limits: limits)
  }

  private func damage(_ seed: UInt64, _ kind: String, _ read: ([UInt8]) throws -> Void) {
    let corpus = Corpus.files(kind)
    #expect(!corpus.isEmpty)
    var random = SplitMix64(seed: seed)
    for _ in 0..<Self.perCase {
      var bytes = corpus.randomElement(using: &random) ?? []
      Damage.apply(to: &bytes, corpus, &random)
      // Refused is as good as read.
      do { try read(bytes) } catch is TabularError {} catch { Issue.record("threw \(error)") }
    }
  }
}

/// Kept inputs: made by us, and what fuzzing found.
enum Corpus {
  static func files(_ kind: String) -> [[UInt8]] {
    let root = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Corpus/tabular/" + kind
    guard let folder = opendir(root) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().compactMap { try? TableReader.fileBytes(root + "/" + $0, limit: 1 << 20) }
  }
}
