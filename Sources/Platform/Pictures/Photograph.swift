import CPictures

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A photograph as far as its QR codes matter: grey and not too large. Reads JPEG and PNG from bytes that nobody vouches for.
package struct Photograph: Sendable {
  /// Pictures of more squares are not unpacked: 64 million is what large telephones take, 64 MB in memory.
  package static let mostPixels = 64_000_000
  /// Squares of the longer side that are looked at. A code of a printed sheet that is a fifteenth of the picture still has
  /// four squares for each of its modules.
  static let longest = 3_200
  /// Codes in one photograph; a sheet has twelve.
  static let mostCodes = 32

  /// Why there is nothing to look at.
  package enum Failure: Error, Sendable, Hashable {
    /// Neither JPEG nor PNG, or damaged.
    case unreadable
    case tooLarge
  }

  /// A code that stands in the picture.
  package struct Code: Sendable, Hashable {
    package let text: String
    /// The middle, in thousandths of width and height.
    package let x: Int
    package let y: Int
    /// The longer side in thousandths of the picture's.
    package let size: Int

    package init(text: String, x: Int, y: Int, size: Int) {
      self.text = text
      self.x = x
      self.y = y
      self.size = size
    }
  }

  /// The codes, each text once, the largest first. Throws where the picture cannot be unpacked.
  package static func codes(in bytes: [UInt8]) throws(Failure) -> [Code] {
    var picture = try read(bytes)
    defer { yp_free(&picture) }
    // What is out of focus is often read once it is smaller.
    var found = codes(in: picture)
    for _ in 0..<3 where found.isEmpty && min(picture.width, picture.height) > 300 {
      var half = yp_picture()
      guard yp_halve(&picture, &half) == Int32(yp_ok) else { break }
      yp_free(&picture)
      picture = half
      found = codes(in: picture)
    }
    var seen: Set<String> = []
    return found.sorted { ($1.size, $0.text) < ($0.size, $1.text) }.filter { seen.insert($0.text).inserted }
  }

  /// Squares of the longer side of a preview.
  static let previewSide = 480

  /// A small grey PNG of it, for lists of many photographs.
  package static func preview(of bytes: [UInt8]) throws(Failure) -> [UInt8] {
    var picture = try read(bytes)
    defer { yp_free(&picture) }
    guard let small = png(&picture, longest: previewSide) else { throw .unreadable }
    return small
  }

  /// Shades of grey row by row as a PNG; nil where they are not as many as the sides say.
  package static func png(grey: [UInt8], width: Int, height: Int) -> [UInt8]? {
    guard width > 0, height > 0, grey.count == width * height, grey.count <= mostPixels else { return nil }
    var shades = grey
    return shades.withUnsafeMutableBufferPointer { shades in
      var picture = yp_picture(width: Int32(width), height: Int32(height), grey: shades.baseAddress)
      return png(&picture, longest: max(width, height))
    }
  }

  private static func png(_ picture: inout yp_picture, longest: Int) -> [UInt8]? {
    var start: UnsafeMutablePointer<UInt8>?
    var count = 0
    guard yp_write_png(&picture, Int32(longest), &start, &count) == Int32(yp_ok), let start else { return nil }
    defer { free(start) }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }

  private static func read(_ bytes: [UInt8]) throws(Failure) -> yp_picture {
    var picture = yp_picture()
    let result: Int32 = bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress, bytes.count > 8 else { return Int32(yp_broken) }
      let isPNG = bytes[0] == 0x89
      let read = isPNG ? yp_read_png : yp_read_jpeg
      return read(start, bytes.count, Int64(mostPixels), Int32(longest), &picture)
    }
    switch Int(result) {
    case Int(yp_ok): return picture
    case Int(yp_too_large): throw .tooLarge
    default:
      yp_free(&picture)
      throw .unreadable
    }
  }

  private static func codes(in picture: yp_picture) -> [Code] {
    var picture = picture
    var found = [yp_code](repeating: yp_code(), count: mostCodes)
    let count = Int(yp_find_codes(&picture, &found, Int32(mostCodes)))
    return found.prefix(count).map { code in
      let text = withUnsafeBytes(of: code.text) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      return Code(text: text, x: Int(code.x), y: Int(code.y), size: Int(code.size))
    }
  }
}
