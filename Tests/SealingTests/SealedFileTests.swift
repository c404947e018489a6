import Foundation
import Sealing
import Support
import Testing

@Suite struct SealedFileTests {
  @Test(arguments: [0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])
  func comesBackAsItWas(size: Int) throws {
    let folder = try TemporaryFolder()
    let plain = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try plain.write(to: URL(filePath: folder.file("plain")))
    try SealedFile.close(folder.file("plain"), to: folder.file("sealed"), passphrase: "correct horse")
    try SealedFile.open(folder.file("sealed"), to: folder.file("back"), passphrase: "correct horse")
    #expect(try Data(contentsOf: URL(filePath: folder.file("back"))) == plain)
    #expect(throws: (any Error).self) {
      try SealedFile.open(folder.file("sealed"), to: folder.file("wrong"), passphrase: "correct house")
    }
  }

  /// Pieces left out at the end, swapped or changed.
  @Test func whatWasTamperedWithDoesNotOpen() throws {
    let folder = try TemporaryFolder()
    try Data(count: 3 << 20).write(to: URL(filePath: folder.file("plain")))
    try SealedFile.close(folder.file("plain"), to: folder.file("sealed"), passphrase: "correct horse")
    let whole = [UInt8](try Data(contentsOf: URL(filePath: folder.file("sealed"))))
    let start = try #require(whole.firstIndex(of: 10)) + 1
    let piece = whole[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } + 4
    var changed = whole
    changed[start + 100] ^= 1
    let swapped =
      Array(whole[..<start]) + whole[(start + piece)..<(start + 2 * piece)] + whole[start..<(start + piece)]
      + whole[(start + 2 * piece)...]
    let variants: [[UInt8]] = [
      changed, swapped, Array(whole[..<(start + 2 * piece)]), Array(whole.dropLast()), Array(whole[..<start]), [],
    ]
    for (index, bytes) in variants.enumerated() {
      try Data(bytes).write(to: URL(filePath: folder.file("bad")))
      #expect(throws: (any Error).self, "variant \(index)") {
        try SealedFile.open(folder.file("bad"), to: folder.file("out"), passphrase: "correct horse")
      }
    }
  }
}
