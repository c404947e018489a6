#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A value of the JSON text that a `JSONParser` read last: a place on simdjson's tape. Only good until the parser is
/// given the next text, which is why readers get it inside a closure and turn it into values of their own.
///
/// The tape (simdjson, doc/tape.md): a word of 64 bits for each value, the kind in its upper byte; objects and arrays
/// carry the place behind their end, strings the place of their bytes, numbers take a second word.
package struct JSONValue {
  package enum Kind: UInt8 {
    case object = 0x7B
    case array = 0x5B
    case string = 0x22
    case integer = 0x6C
    case natural = 0x75
    case double = 0x64
    case yes = 0x74
    case no = 0x66
    case null = 0x6E
  }

  let tape: UnsafePointer<UInt64>
  let strings: UnsafePointer<UInt8>
  let place: Int

  @inline(__always)
  init(_ tape: UnsafePointer<UInt64>, _ strings: UnsafePointer<UInt8>, _ place: Int) {
    self.tape = tape
    self.strings = strings
    self.place = place
  }

  @inline(__always)
  private var tag: UInt8 { UInt8(truncatingIfNeeded: tape[place] >> 56) }

  @inline(__always)
  private var payload: Int { Int(tape[place] & 0x00ff_ffff_ffff_ffff) }

  package var kind: Kind { Kind(rawValue: tag) ?? .null }

  package var isNull: Bool { tag == Kind.null.rawValue }

  /// The place behind this value on the tape.
  @inline(__always)
  var next: Int {
    switch tag {
    case Kind.object.rawValue, Kind.array.rawValue: Int(tape[place] & 0xffff_ffff)
    case Kind.integer.rawValue, Kind.natural.rawValue, Kind.double.rawValue: place + 2
    default: place + 1
    }
  }

  /// The bytes of a string, escapes resolved, valid UTF-8; nil for anything else.
  @inline(__always)
  package var bytes: UnsafeBufferPointer<UInt8>? {
    guard tag == Kind.string.rawValue else { return nil }
    let start = strings + payload
    let count = Int(start[0]) | Int(start[1]) << 8 | Int(start[2]) << 16 | Int(start[3]) << 24
    return UnsafeBufferPointer(start: start + 4, count: count)
  }

  package var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  /// A string that is not empty.
  package var filled: String? {
    guard let bytes, !bytes.isEmpty else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  package var bool: Bool? {
    switch tag {
    case Kind.yes.rawValue: true
    case Kind.no.rawValue: false
    default: nil
    }
  }

  package var int: Int? {
    switch tag {
    case Kind.integer.rawValue: Int(Int64(bitPattern: tape[place + 1]))
    case Kind.natural.rawValue: Int(exactly: tape[place + 1])
    case Kind.double.rawValue: Int(exactly: Double(bitPattern: tape[place + 1]))
    default: nil
    }
  }

  package var double: Double? {
    switch tag {
    case Kind.integer.rawValue: Double(Int64(bitPattern: tape[place + 1]))
    case Kind.natural.rawValue: Double(tape[place + 1])
    case Kind.double.rawValue: Double(bitPattern: tape[place + 1])
    default: nil
    }
  }

  /// The member of an object with this name, nil where there is none or this is no object.
  @inline(__always)
  package subscript(_ name: StaticString) -> JSONValue? {
    guard tag == Kind.object.rawValue else { return nil }
    let end = next - 1
    var at = place + 1
    while at < end {
      let key = JSONValue(tape, strings, at)
      let value = JSONValue(tape, strings, at + 1)
      if key.isEqual(name) { return value }
      at = value.next
    }
    return nil
  }

  /// The values of an array; nothing for anything else.
  package var elements: JSONElements {
    tag == Kind.array.rawValue
      ? JSONElements(tape, strings, place + 1, next - 1) : JSONElements(tape, strings, place, place)
  }

  /// The members of an object; nothing for anything else.
  package var members: JSONMembers {
    tag == Kind.object.rawValue
      ? JSONMembers(tape, strings, place + 1, next - 1) : JSONMembers(tape, strings, place, place)
  }

  /// Whether this is a string of exactly these bytes.
  @inline(__always)
  package func isEqual(_ text: StaticString) -> Bool {
    guard let bytes, let start = bytes.baseAddress, bytes.count == text.utf8CodeUnitCount else { return false }
    return memcmp(start, text.utf8Start, bytes.count) == 0
  }
}
