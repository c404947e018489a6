/// What CPE calls a part: an application, an operating system (firmware included), or hardware.
package enum Part: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  case application = 0x61
  case operatingSystem = 0x6F
  case hardware = 0x68

  package static func < (left: Part, right: Part) -> Bool { left.rawValue < right.rawValue }

  /// `a`, `o`, `h`.
  package var letter: String { String(UnicodeScalar(rawValue)) }

  package init?(letter: some StringProtocol) {
    guard letter.utf8.count == 1, let byte = letter.utf8.first, let part = Part(rawValue: byte) else { return nil }
    self = part
  }
}

/// A product as CPE and the dictionaries name it: part, vendor, product. Vendor and product are lower-case, unescaped.
package struct ProductName: Sendable, Hashable, Comparable {
  package let part: Part
  package let vendor: String
  package let product: String

  package init(_ part: Part, vendor: String, product: String) {
    self.part = part
    self.vendor = vendor
    self.product = product
  }

  package static func < (left: ProductName, right: ProductName) -> Bool {
    (left.vendor, left.product, left.part) < (right.vendor, right.product, right.part)
  }
}
