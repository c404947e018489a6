/// FNV-1a over vendor and product.
enum ProductHash {
  static func of(_ vendor: UnsafeBufferPointer<UInt8>, _ product: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in vendor { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ 0x1f) &* 0x100_0000_01b3
    for byte in product { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  static func of(_ vendor: String, _ product: String) -> UInt64 {
    var vendor = vendor
    var product = product
    return vendor.withUTF8 { one in product.withUTF8 { other in of(one, other) } }
  }
}
