import Foundation
import Support
import Testing

@testable import Pictures

/// Codes are read from photographs as people take them (`Tests/Corpus/pictures`, drawn by `make.py` there with another
/// program's codes), and no file, however damaged, does more than fail.
@Suite struct PhotographTests {
  private static func picture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Corpus/pictures/\(name)")))
  }

  private static let walk = "http://10.20.0.5:8080/ledger/survey/0192f3a1-7c55-7d20-9d3e-5f1f0a7b9c01/walk?sheet_line="

  @Test(arguments: [
    ("straight.jpg", 3), ("rotated.jpg", 4), ("upside-down.jpg", 5), ("blurred.jpg", 6), ("perspective.jpg", 7),
    ("small-and-dark.jpg", 8), ("noisy.jpg", 9), ("progressive.jpg", 10), ("straight.png", 11),
    ("grey-alpha.png", 12),
  ])
  func aCodeIsReadAsItWasPhotographed(_ name: String, _ line: Int) throws {
    let codes = try Photograph.codes(in: Self.picture(name))
    #expect(codes.map(\.text) == [Self.walk + String(line)])
  }

  @Test func ofSeveralCodesTheLargestComesFirst() throws {
    let codes = try Photograph.codes(in: Self.picture("two.jpg"))
    #expect(codes.map(\.text) == [Self.walk + "1", Self.walk + "2"])
    #expect((codes.first?.size ?? 0) > (codes.last?.size ?? 1_000))
  }

  @Test func aPictureWithoutACodeHasNone() throws {
    #expect(try Photograph.codes(in: Self.picture("none.jpg")).isEmpty)
  }

  @Test func theCamerasClockIsRead() throws {
    let taken = try TakenAt(jpeg: Self.picture("straight.jpg"))
    #expect(taken?.day == "2026-11-20" && taken?.time == "14:05")
    #expect(try TakenAt(jpeg: Self.picture("blurred.jpg")) == nil)
    #expect(TakenAt(jpeg: try Self.picture("straight.png")) == nil)
  }

  /// A picture says its size in its head: 60,000 × 60,000 squares are refused before they are unpacked.
  @Test(arguments: ["straight.jpg", "straight.png"]) func aBombIsRefusedByItsHead(_ name: String) throws {
    var bytes = try Self.picture(name)
    if name.hasSuffix("png") {
      bytes.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
      // The header's checksum, as any other tool would write it.
      bytes.replaceSubrange(29..<33, with: Self.checksum(bytes[12..<29]))
    } else {
      let frame = try #require(
        (2..<bytes.count - 9).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 && bytes[$0 + 2] == 0 }
      )
      bytes.replaceSubrange((frame + 5)..<(frame + 9), with: [0xEA, 0x60, 0xEA, 0x60])
    }
    #expect(throws: Photograph.Failure.tooLarge) { try Photograph.codes(in: bytes) }
  }

  @Test func whatIsNoPictureIsSaid() {
    for bytes in [[], [0xFF], Array("%PDF-1.7 hello world".utf8), [UInt8](repeating: 0xFF, count: 4_000)] {
      #expect(throws: Photograph.Failure.unreadable) { try Photograph.codes(in: bytes) }
    }
  }

  /// Cut and overwritten in a thousand ways, by a seed: an answer or a refusal, never a crash.
  @Test(arguments: ["straight.jpg", "progressive.jpg", "straight.png", "grey-alpha.png"])
  func damagedFilesDoNoHarm(_ name: String) throws {
    let whole = try Self.picture(name)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<250 {
      var bytes = whole
      if next(4) == 0 { bytes.removeLast(next(bytes.count)) }
      // Mostly in the head, where lengths and offsets stand.
      for _ in 0..<1 + next(8) where !bytes.isEmpty {
        bytes[next(next(2) == 0 ? min(700, bytes.count) : bytes.count)] = UInt8(truncatingIfNeeded: next(256))
      }
      _ = TakenAt(jpeg: bytes)
      do { _ = try Photograph.codes(in: bytes) } catch {}
    }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    let sum = ~crc
    return [UInt8(sum >> 24), UInt8(sum >> 16 & 0xFF), UInt8(sum >> 8 & 0xFF), UInt8(sum & 0xFF)]
  }
}
