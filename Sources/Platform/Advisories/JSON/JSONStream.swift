import CSimdjson
import Text

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Walks through a file of JSON of any length, a record at a time, in a window that slides along. Only the walk over
/// the brackets is made here; each record is then read by simdjson where it stands.
///
/// A record that is no JSON inside its brackets is handed to `bad` and the walk goes on.
struct JSONStream: ~Copyable {
  /// What the outermost value is.
  enum Shape {
    /// An object whose named arrays hold the records: NVD, KEV.
    case object(arrays: [String])
    /// Records one after another (JSON lines), or in one array.
    case values
  }

  typealias Field = (_ name: String, _ value: JSONValue) throws -> Void
  typealias Record = (_ value: JSONValue, _ offset: Int) throws -> Void
  typealias Bad = (_ error: FeedError) throws -> Void

  private let source: ByteStream
  private let limits: FeedLimits
  private let parser: JSONParser
  private var window: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var filled = 0
  private var position = 0
  /// Bytes of the file before the window.
  private var passed = 0

  init(_ source: ByteStream, _ limits: FeedLimits) throws(FeedError) {
    self.source = source
    self.limits = limits
    parser = try JSONParser(limits)
    capacity = 256 << 10
    window = .allocate(capacity: capacity + JSONParser.padding)
    window.initialize(repeating: 0, count: capacity + JSONParser.padding)
  }

  deinit { window.deallocate() }

  mutating func read(_ shape: Shape, field: Field = { _, _ in }, record: Record, bad: Bad) throws {
    guard try refill() else { throw FeedError.empty }
    while filled < 3, try refill() {}
    if filled >= 3, window[0] == 0xef, window[1] == 0xbb, window[2] == 0xbf { position = 3 }
    guard let first = try firstByte() else { throw FeedError.empty }
    switch (shape, first) {
    case (.object(let arrays), UInt8(ascii: "{")): try readObject(arrays, field, record, bad)
    case (.values, UInt8(ascii: "[")): try readArray(record, bad)
    case (.values, UInt8(ascii: "{")): try readValues(record, bad)
    default:
      throw FeedError.damaged("JSONの先頭が正しくありません", "it does not begin as JSON", at: passed + position)
    }
    while try firstByte() != nil {
      guard case .values = shape else { throw wrong() }
      try readValue(record, bad)
    }
  }

  // MARK: - The outer walk

  private mutating func readValues(_ record: Record, _ bad: Bad) throws {
    while try firstByte() != nil { try readValue(record, bad) }
  }

  private mutating func readObject(_ arrays: [String], _ field: Field, _ record: Record, _ bad: Bad) throws {
    position += 1
    if try firstByte() == UInt8(ascii: "}") {
      position += 1
      return
    }
    while true {
      guard try firstByte() == UInt8(ascii: "\"") else { throw wrong() }
      let name = try takeName()
      guard try firstByte() == UInt8(ascii: ":") else { throw wrong() }
      position += 1
      guard let first = try firstByte() else { throw cutOff() }
      if first == UInt8(ascii: "["), arrays.contains(name) {
        try readArray(record, bad)
      } else {
        try readValue({ value, _ in try field(name, value) }, bad)
      }
      switch try firstByte() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return
      case nil: throw cutOff()
      default: throw wrong()
      }
    }
  }

  private mutating func readArray(_ record: Record, _ bad: Bad) throws {
    position += 1
    if try firstByte() == UInt8(ascii: "]") {
      position += 1
      return
    }
    while true {
      try readValue(record, bad)
      switch try firstByte() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return
      case nil: throw cutOff()
      default: throw wrong()
      }
    }
  }

  /// Finds the end of the value that begins here and hands it over.
  private mutating func readValue(_ record: Record, _ bad: Bad) throws {
    guard let first = try firstByte() else { throw cutOff() }
    let length: Int
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): length = try bracketLength()
    case UInt8(ascii: "\""): length = try stringLength()
    default: length = try scalarLength()
    }
    let text = UnsafeBufferPointer(start: window + position, count: length)
    let offset = passed + position
    var value: JSONValue?
    do throws(FeedError) { value = try parser.parse(padded: text, at: offset) } catch { try bad(error) }
    if let value { try record(value, offset) }
    position += length
  }

  private mutating func bracketLength() throws -> Int {
    var walk = yj_walk()
    var seen = 0
    while true {
      let got = yj_walk_value(&walk, window + position + seen, filled - position - seen)
      if got > 0 { return seen + got }
      seen = filled - position
      guard Int(walk.depth) <= limits.depth * 4 else {
        throw FeedError.suspicious("JSONの入れ子が深すぎます", "its JSON is nested too deeply")
      }
      guard try refill() else { throw cutOff() }
    }
  }

  private mutating func stringLength() throws -> Int {
    var at = 1
    while true {
      while position + at < filled {
        let byte = window[position + at]
        if byte == UInt8(ascii: "\"") { return at + 1 }
        at += byte == UInt8(ascii: "\\") ? 2 : 1
      }
      guard try refill() else { throw cutOff() }
    }
  }

  private mutating func scalarLength() throws -> Int {
    var at = 0
    while true {
      while position + at < filled {
        switch window[position + at] {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 32, 9, 10, 13:
          guard at > 0 else { throw wrong() }
          return at
        default: at += 1
        }
      }
      guard at <= 64 else { throw wrong() }
      guard try refill() else {
        guard at > 0 else { throw cutOff() }
        return at
      }
    }
  }

  private mutating func takeName() throws -> String {
    let length = try stringLength()
    let name = String(
      decoding: UnsafeBufferPointer(start: window + position + 1, count: max(0, length - 2)),
      as: UTF8.self
    )
    position += length
    return name
  }

  /// The next byte that is no space, nil at the end.
  private mutating func firstByte() throws -> UInt8? {
    while true {
      while position < filled {
        let byte = window[position]
        guard byte == 32 || byte == 10 || byte == 13 || byte == 9 else { return byte }
        position += 1
      }
      guard try refill() else { return nil }
    }
  }

  // MARK: - The window

  /// Moves what is not used yet to the front and reads more behind it. False at the end of the file.
  private mutating func refill() throws(FeedError) -> Bool {
    let kept = filled - position
    if position > 0 {
      memmove(window, window + position, kept)
      passed += position
      position = 0
      filled = kept
    } else if kept == capacity {
      guard capacity < limits.recordBytes else { throw JSONParser.tooLong(limits, passed) }
      let wider = min(capacity * 2, limits.recordBytes)
      let room = UnsafeMutablePointer<UInt8>.allocate(capacity: wider + JSONParser.padding)
      room.initialize(repeating: 0, count: wider + JSONParser.padding)
      room.update(from: window, count: kept)
      window.deallocate()
      window = room
      capacity = wider
    }
    let got = try source.read(into: UnsafeMutableRawBufferPointer(start: window + kept, count: capacity - kept))
    filled += got
    return got > 0
  }

  private func wrong() -> FeedError {
    .damaged("JSONの書き方が正しくありません", "its JSON is not well-formed", at: passed + position)
  }

  private func cutOff() -> FeedError { .cutOff(at: passed + filled) }
}
