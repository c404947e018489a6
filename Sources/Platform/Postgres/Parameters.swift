internal import CPostgres
import SQL

/// The values of a statement as libpq wants them. Integers, doubles and booleans travel as text with their type named,
/// for PostgreSQL cannot tell what `$1 + $2` adds; bytes travel as they are; text is left untyped and takes the type of
/// what stands beside it.
struct Parameters {
  let types: [Oid]
  /// One letter a value: statements prepared for other types are other statements.
  let signature: String
  private var bytes: [UInt8] = []
  private var places: [(start: Int, count: Int)?] = []

  init(_ printed: PrintedSQL) throws(PostgresFailure) {
    var types: [Oid] = []
    var signature = ""
    for (value, standsAlone) in zip(printed.values, printed.standsAlone) {
      let type = standsAlone && value.oid == 0 ? TypeOID.text : value.oid
      types.append(type)
      signature += "\(type) "
    }
    self.types = types
    self.signature = signature
    for value in printed.values {
      let start = bytes.count
      switch value {
      case .null:
        places.append(nil)
        continue
      case .text(let text):
        bytes += text.utf8
        guard !bytes[start...].contains(0) else { throw PostgresFailure(.nul) }
      case .integer(let number): bytes += String(number).utf8
      case .double(let number): bytes += String(number).utf8
      case .bool(let flag): bytes.append(flag ? 0x74 : 0x66)
      case .bytes(let raw): bytes += raw
      }
      places.append((start, bytes.count - start))
      bytes.append(0)
    }
  }

  func withPointers<T>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
  ) -> T {
    let lengths = places.map { Int32(clamping: $0?.count ?? 0) }
    let formats = types.map { Int32($0 == TypeOID.bytes ? 1 : 0) }
    return bytes.withUnsafeBytes { buffer in
      let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = places.map { place in place.flatMap { place in base.map { $0 + place.start } } }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress, lengths, formats) }
    }
  }
}

/// The type numbers of PostgreSQL's catalogue that never change.
enum TypeOID {
  static let bool: Oid = 16
  static let bytes: Oid = 17
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let text: Oid = 25
  static let oid: Oid = 26
  static let float4: Oid = 700
  static let float8: Oid = 701
  static let numeric: Oid = 1700
}

extension SQLValue {
  fileprivate var oid: Oid {
    switch self {
    case .null, .text: 0
    case .integer: TypeOID.int8
    case .double: TypeOID.float8
    case .bool: TypeOID.bool
    case .bytes: TypeOID.bytes
    }
  }
}
