import SQL
import Sealing

/// How many rows a table has and one number for all of them, the same on both engines and in whatever order they come:
/// the sum of each row's SHA-256, modulo 2^256. A row lost, added, doubled or changed makes another sum.
struct TableDigest: Sendable, Hashable {
  private(set) var count = 0
  private var sum = [UInt8](repeating: 0, count: 32)

  var text: String { Hex.encode(sum) }

  static func of(_ table: TableOutline, _ condition: SQL, in tx: any Transaction) throws -> TableDigest {
    var digest = TableDigest()
    let columns = table.columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
    try tx.each("SELECT \(columns) FROM \(name: table.name) WHERE 1 = 1\(condition)") { digest.add($0.values) }
    return digest
  }

  mutating func add(_ row: [SQLValue]) {
    var bytes: [UInt8] = []
    for value in row { Self.write(value, to: &bytes) }
    var carry = 0
    for (index, byte) in Hash.sha256(bytes).enumerated().reversed() {
      let total = Int(sum[index]) + Int(byte) + carry
      sum[index] = UInt8(total & 255)
      carry = total >> 8
    }
    count += 1
  }

  /// Booleans are 0 and 1 on one engine, so they count as numbers.
  private static func write(_ value: SQLValue, to bytes: inout [UInt8]) {
    func append(_ mark: UInt8, _ content: some Collection<UInt8>) {
      bytes.append(mark)
      withUnsafeBytes(of: UInt64(content.count).bigEndian) { bytes += $0 }
      bytes += content
    }
    switch value {
    case .null: append(0, [])
    case .text(let text): append(1, Array(text.utf8))
    case .integer(let number): append(2, withUnsafeBytes(of: number.bigEndian) { Array($0) })
    case .bool(let flag): append(2, withUnsafeBytes(of: Int64(flag ? 1 : 0).bigEndian) { Array($0) })
    case .double(let number): append(3, withUnsafeBytes(of: number.bitPattern.bigEndian) { Array($0) })
    case .bytes(let content): append(4, content)
    }
  }
}
