import Pictures
import Sealing

/// A photograph of the sample hospital: a rack, and the codes of the printed sheet beside it.
struct DemoPicture {
  let codes: [QRCode]
  /// Makes pictures without codes differ.
  let name: String

  private static let width = 960
  private static let height = 640

  var png: [UInt8]? {
    var grey = [UInt8](repeating: 118, count: Self.width * Self.height)
    func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ shade: UInt8) {
      for row in max(y, 0)..<min(y + height, Self.height) {
        for column in max(x, 0)..<min(x + width, Self.width) { grey[row * Self.width + column] = shade }
      }
    }
    var random = DemoRandom(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    for box in 0..<9 {
      fill(30, 20 + box * 68, 900, 58, UInt8(random.number(70...105)))
      for lamp in 0..<14 { fill(50 + lamp * 62, 40 + box * 68, 14, 12, UInt8(random.number(30...190))) }
    }
    for (number, code) in codes.enumerated() {
      let square = 6
      let (left, top) = (60 + number * 440, 140)
      fill(left, top, code.side * square, code.side * square, 245)
      for row in 0..<code.size {
        for column in 0..<code.size where code.modules[row * code.size + column] {
          fill(left + (column + QRCode.margin) * square, top + (row + QRCode.margin) * square, square, square, 25)
        }
      }
    }
    return Photograph.png(grey: grey, width: Self.width, height: Self.height)
  }
}
