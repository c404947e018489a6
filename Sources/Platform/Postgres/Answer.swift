internal import CPostgres
import SQL

/// A result of libpq, read into our values.
final class Answer {
  private let result: OpaquePointer

  init(_ result: OpaquePointer) { self.result = result }

  deinit { PQclear(result) }

  /// The command as it was carried out: `INSERT 0 3`, `COMMIT`, `ROLLBACK`.
  var command: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

  /// Rows that an INSERT, UPDATE or DELETE changed; 0 for everything else.
  var changes: Int {
    guard ["INSERT", "UPDATE", "DELETE"].contains(where: command.hasPrefix) else { return 0 }
    return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  var count: Int { Int(PQntuples(result)) }

  var columns: ColumnNames {
    ColumnNames((0..<PQnfields(result)).map { column in PQfname(result, column).map { String(cString: $0) } ?? "" })
  }

  var rows: [Row] {
    let columns = columns
    return (0..<count).map { row($0, columns) }
  }

  func row(_ number: Int, _ columns: ColumnNames) -> Row {
    var values: [SQLValue] = []
    values.reserveCapacity(columns.names.count)
    for column in 0..<columns.names.count { values.append(value(Int32(number), Int32(column))) }
    return Row(columns: columns, values: values)
  }

  /// The rows as text, NULL as the empty one, for the driver's own questions.
  var texts: [[String]] {
    (0..<PQntuples(result)).map { row in
      (0..<PQnfields(result)).map { column in PQgetvalue(result, row, column).map { String(cString: $0) } ?? "" }
    }
  }

  private func value(_ row: Int32, _ column: Int32) -> SQLValue {
    guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
    let bytes = UnsafeBufferPointer(
      start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self),
      count: Int(PQgetlength(result, row, column))
    )
    switch PQftype(result, column) {
    case TypeOID.bool: return .bool(bytes.first == 0x74)
    case TypeOID.int2, TypeOID.int4, TypeOID.int8, TypeOID.oid: return .integer(integer(bytes) ?? 0)
    case TypeOID.float4, TypeOID.float8: return .double(Double(String(decoding: bytes, as: UTF8.self)) ?? .nan)
    case TypeOID.numeric:
      // What a sum of 64-bit integers comes as.
      if let number = integer(bytes) { return .integer(number) }
      return .double(Double(String(decoding: bytes, as: UTF8.self)) ?? .nan)
    case TypeOID.bytes: return .bytes(hexadecimal(bytes))
    default: return .text(String(decoding: bytes, as: UTF8.self))
    }
  }
}

private func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
  let isNegative = bytes.first == 0x2d
  guard bytes.count > (isNegative ? 1 : 0), bytes.count <= 20 else { return nil }
  var value: Int64 = 0
  for byte in bytes.dropFirst(isNegative ? 1 : 0) {
    guard byte >= 48, byte <= 57 else { return nil }
    let (product, over) = value.multipliedReportingOverflow(by: 10)
    // Downwards, for the smallest number has no positive counterpart.
    let (next, under) = product.subtractingReportingOverflow(Int64(byte - 48))
    guard !over, !under else { return nil }
    value = next
  }
  guard !isNegative else { return value }
  return value == .min ? nil : -value
}

/// `\x00ff`, the only form that `bytea_output = hex` gives.
private func hexadecimal(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  func digit(_ byte: UInt8) -> UInt8 { byte <= 57 ? byte &- 48 : (byte | 32) &- 87 }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count / 2)
  var index = 2
  while index + 1 < text.count {
    bytes.append(digit(text[index]) << 4 | digit(text[index + 1]))
    index += 2
  }
  return bytes
}
