import Packs
import Testing
import Time

@Suite("Rule packs")
struct PackTests {
  static let good = """
    pack: test.pack
    edition: 2
    title: {ja: 試験, en: Test}
    valid: {from: 2026-04-01, to: 2027-03-31}
    publisher: Yagura
    source: {title: 出典}
    verification: unverified
    entries:
      - {name: 一, count: 1}
    """

  @Test("every embedded pack reads, and says who published it and from where", arguments: Packs.paths)
  func embedded(path: String) throws {
    let pack = try Packs.pack(path)
    #expect(!pack.entries.isEmpty)
    #expect(!pack.publisher.isEmpty)
    #expect(!pack.source.title.isEmpty)
    #expect(pack.id == path.dropLast(5).replacing("/", with: "."))
    #expect(LocalDate(iso: pack.validFrom) != nil)
  }

  @Test("the packs that the calendar needs are there")
  func calendar() {
    #expect(Era.all.map(\.letter) == ["M", "T", "S", "H", "R"])
    #expect(HolidayCalendar.published.count > 80)
  }

  @Test("a pack's head is read as written")
  func head() throws {
    let pack = try Pack(reading: Self.good, file: "test.yaml")
    #expect(pack.id == "test.pack")
    #expect(pack.edition == 2)
    #expect(pack.title == PackWords(ja: "試験", en: "Test"))
    #expect(pack.isValid(on: "2027-03-31"))
    #expect(!pack.isValid(on: "2027-04-01"))
    #expect(pack.verification == .unverified)
    #expect(try pack.entries[0].number("count") == 1)
    let verified = Self.good.replacing("verification: unverified", with: "verification: {by: 山田, on: 2026-11-01}")
    #expect(try Pack(reading: verified, file: "").verification == .verified(by: "山田", on: "2026-11-01"))
  }

  @Test(
    "an error names the line and the reason",
    arguments: [
      ("edition: 2", "edition: two", 2, "整数"), ("edition: 2", "edition: 0", 2, "1以上"),
      ("publisher: Yagura", "publishr: Yagura", 5, "publishr"), ("publisher: Yagura", "publisher:", 1, "publisher"),
      ("from: 2026-04-01", "from: 2026/4/1", 4, "2026-11-21 の形"), ("to: 2027-03-31", "to: 2025-03-31", 4, "始まりより前"),
      ("verification: unverified", "verification: yes", 7, "unverified"),
      ("verification: unverified", "verification: {by: 山田}", 7, "on"),
      ("title: {ja: 試験, en: Test}", "title: 試験", 3, "組"),
      ("  - {name: 一, count: 1}", "  - 一", 8, "組"),
      ("source: {title: 出典}", "source: {title: &a 出典, address: *a}", 6, "別名"),
      ("valid: {from", "valid: {{from", 5, "YAML"),
    ]
  )
  func errors(old: String, new: String, line: Int, reason: String) throws {
    let error = try #require(throws: PackError.self) {
      try Pack(reading: Self.good.replacing(old, with: new), file: "test.yaml")
    }
    #expect(error.line == line, "\(error.japanese)")
    #expect(error.reason.ja.contains(reason), "\(error.japanese)")
    #expect(error.description.hasPrefix("test.yaml:\(line): "))
    #expect(!error.reason.en.isEmpty)
  }

  @Test("a pack that is not in the program is an error")
  func unknown() {
    #expect(throws: PackError.self) { try Packs.pack("calendar/nothing.yaml") }
  }

  @Test("a damaged pack is refused or read, never fatal", arguments: UInt64(0)..<300)
  func damaged(seed: UInt64) {
    var random = Seeded(seed)
    var bytes = Array(Self.good.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      default: bytes.insert(contentsOf: Array("{[&*:-\n ".utf8).shuffled(using: &random).prefix(2), at: place)
      }
    }
    do {
      _ = try Pack(reading: String(decoding: bytes, as: UTF8.self), file: "test.yaml")
    } catch {
      #expect(!error.reason.ja.isEmpty)
    }
  }
}

/// SplitMix64: the same seed gives the same case.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
