import Foundation
import Testing
import Text
import Time

/// Inputs that once broke something, and the files of a hospital where they are at hand.
@Suite("Corpus")
struct CorpusTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  static let found: [URL] = files(in: root.appendingPathComponent("Corpus/text"))

  static let data =
    ProcessInfo.processInfo.environment["YAGURA_TEST_DATA"].map { URL(fileURLWithPath: $0) }
    ?? root.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")

  static let hasData =
    FileManager.default.fileExists(atPath: data.appendingPathComponent("ledgers").path)
    || ProcessInfo.processInfo.environment["YAGURA_REQUIRE_DATA"] == "1"

  static func files(in folder: URL) -> [URL] {
    // An absent folder has no files.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { folder.appendingPathComponent($0) }
  }

  @Test("finds pass through every reader", arguments: found)
  func finds(file: URL) throws {
    let bytes = Array(try Data(contentsOf: file))
    for encoding in TextEncoding.allCases {
      let text = encoding.decode(bytes).text
      #expect(Fold.key(Fold.key(text)) == Fold.key(text))
      _ = CP932.encode(text)  // these only have to answer
      _ = JapaneseDate.readMoment(text, today: LocalDate(dayNumber: 20_778))
      _ = (IPAddress(reading: text), MACAddress(reading: text), EndOfSupport.match(text), FiscalYear.read(text))
      _ = (NaturalOrder.key(text), ReadingOrder.key(text), PrivateUse.positions(in: text), WorkWindow(reading: text))
    }
  }

  @Test(
    "the files of a hospital are read without loss",
    .enabled(if: hasData),
    arguments: [("外部接続一覧.csv", TextEncoding.cp932, "VPN"), ("端末一覧_資産管理ツール.csv", .utf16LE, "コンピューター名")]
  )
  func hospital(name: String, encoding: TextEncoding, holds: String) throws {
    let bytes = Array(try Data(contentsOf: Self.data.appendingPathComponent("ledgers/hospital-a/\(name)")))
    #expect(TextEncoding.detect(bytes) == encoding)
    let decoded = encoding.decode(bytes)
    #expect(decoded.problems.isEmpty)
    #expect(decoded.text.contains(holds))
    let written = encoding.encode(decoded.text)
    #expect(written.unwritable.isEmpty)
    #expect(written.bytes == bytes)
  }
}
