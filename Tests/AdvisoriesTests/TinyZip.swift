import CZlib

/// A ZIP file with one stored member (APPNOTE.TXT 4.3).
enum TinyZip {
  static func bytes(name: String, _ content: [UInt8], claimedSize: Int? = nil) -> [UInt8] {
    let sum = content.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
    let size = UInt32(claimedSize ?? content.count)
    let common =
      short(0) + short(0) + short(0) + short(0) + long(sum) + long(size) + long(size) + short(name.utf8.count)
    let local = [0x50, 0x4b, 3, 4] + short(20) + common + short(0) + Array(name.utf8) + content
    let entry =
      [0x50, 0x4b, 1, 2] + short(20) + short(20) + common + short(0) + short(0) + short(0) + short(0) + long(0)
      + long(0) + Array(name.utf8)
    let end =
      [0x50, 0x4b, 5, 6] + short(0) + short(0) + short(1) + short(1) + long(UInt32(entry.count))
      + long(UInt32(local.count)) + short(0)
    return local + entry + end
  }

  private static func short(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }

  private static func long(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
}
