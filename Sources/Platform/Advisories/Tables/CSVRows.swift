import Tabular
import Text

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Walks through the rows of a text table of any length (RFC 4180), in a window that slides along. Fields are told as
/// bytes of UTF-8 that are good until the next row.
struct CSVRows: ~Copyable {
  private let source: ByteStream
  private let limits: FeedLimits
  private var window: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var filled = 0
  private var position = 0
  private var fields: [Range<Int>] = []
  private let separator: UInt8
  /// The row last read, from 1. Blank ones count.
  private(set) var row = 0

  /// Text in another encoding than UTF-8 is read whole first; its separator is found out.
  static func open(_ file: FeedSource, _ limits: FeedLimits) throws(FeedError) -> CSVRows {
    let (stream, separator) = try prepare(file, limits)
    var rows = CSVRows(stream, separator, limits)
    try rows.skipMark()
    return rows
  }

  private mutating func skipMark() throws(FeedError) {
    while filled < 3, try refill() {}
    if filled >= 3, window[0] == 0xef, window[1] == 0xbb, window[2] == 0xbf { position = 3 }
  }

  private init(_ source: ByteStream, _ separator: UInt8, _ limits: FeedLimits) {
    self.source = source
    self.separator = separator
    self.limits = limits
    capacity = 256 << 10
    window = .allocate(capacity: capacity)
  }

  private static func prepare(
    _ file: FeedSource,
    _ limits: FeedLimits
  ) throws(FeedError) -> (stream: ByteStream, separator: UInt8) {
    let beginning = try file.beginning(64 << 10, limits)
    guard !beginning.isEmpty else { throw .empty }
    // A character cut in two at the end of the sample must not count against UTF-8.
    let encoding = TextEncoding.detect(cutAtLine(beginning))
    if encoding == .utf8 || encoding == .utf8BOM { return (try file.open(limits), separator(beginning)) }
    let text = FeedSource(name: file.name, bytes: Array(encoding.decode(try file.wholeContent(limits)).text.utf8))
    return (try text.open(limits), separator(try text.beginning(64 << 10, limits)))
  }

  deinit { window.deallocate() }

  var fieldCount: Int { fields.count }

  /// Whether the source came out of gzip, whose check sum was then right at the end.
  var bytes: ByteStream { source }

  /// A field of the row, from 0; empty beyond its end.
  subscript(_ index: Int?) -> UnsafeBufferPointer<UInt8> {
    guard let index, fields.indices.contains(index) else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: window + fields[index].lowerBound, count: fields[index].count)
  }

  func text(_ index: Int?) -> String { String(decoding: self[index], as: UTF8.self) }

  /// Without spaces around it, nil where nothing is left.
  func filled(_ index: Int?) -> String? { text(index).trimmed }

  /// Stands on the next row that is not blank; false at the end.
  mutating func next() throws(FeedError) -> Bool {
    while let end = try endOfRow() {
      row += 1
      let start = position
      position = min(end + 1, filled)
      var last = end
      while last > start, window[last - 1] == 13 { last -= 1 }
      guard last > start else { continue }
      split(start, last)
      return true
    }
    return false
  }

  /// The columns of the row just read by their names, in lower case without spaces, quotation marks or line breaks.
  func header() -> [String: Int] {
    var columns: [String: Int] = [:]
    for index in fields.indices {
      let name = text(index).lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
      if columns[name] == nil { columns[name] = index }
    }
    return columns
  }

  // MARK: - Rows

  /// Where the line break of the row stands that begins here, or the end of the file.
  private mutating func endOfRow() throws(FeedError) -> Int? {
    var at = position
    var isQuoted = false
    while true {
      while at < filled {
        let byte = window[at]
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if byte == 10, !isQuoted { return at }
        at += 1
      }
      let seen = at - position
      guard try refill() else { return position < filled ? filled : nil }
      at = position + seen
    }
  }

  /// Quotation marks are taken away where they stand: what is left is never longer.
  private mutating func split(_ start: Int, _ end: Int) {
    fields.removeAll(keepingCapacity: true)
    var at = start
    while true {
      let first = at
      var target = at
      if at < end, window[at] == UInt8(ascii: "\"") {
        at += 1
        while at < end {
          if window[at] == UInt8(ascii: "\"") {
            guard at + 1 < end, window[at + 1] == UInt8(ascii: "\"") else { break }
            at += 1
          }
          window[target] = window[at]
          target += 1
          at += 1
        }
        at += 1
      }
      while at < end, window[at] != separator {
        window[target] = window[at]
        target += 1
        at += 1
      }
      fields.append(first..<target)
      guard at < end, fields.count < 4096 else { return }
      at += 1
      if at == end {
        fields.append(end..<end)
        return
      }
    }
  }

  private mutating func refill() throws(FeedError) -> Bool {
    let kept = filled - position
    if position > 0 {
      memmove(window, window + position, kept)
      position = 0
      filled = kept
    } else if kept == capacity {
      guard capacity < limits.recordBytes else { throw JSONParser.tooLong(limits, source.count - kept) }
      let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
      wider.update(from: window, count: kept)
      window.deallocate()
      window = wider
      capacity *= 2
    }
    let got = try source.read(into: UnsafeMutableRawBufferPointer(start: window + kept, count: capacity - kept))
    filled += got
    return got > 0
  }

  /// The sign that stands most often in the first line.
  private static func separator(_ beginning: [UInt8]) -> UInt8 {
    let line = beginning.drop { $0 == UInt8(ascii: "#") }.prefix { $0 != 10 }
    var best = (sign: UInt8(ascii: ","), count: 0)
    for sign in [UInt8(ascii: ","), 9, UInt8(ascii: ";")] {
      let count = line.count { $0 == sign }
      if count > best.count { best = (sign, count) }
    }
    return best.sign
  }

  private static func cutAtLine(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 60 << 10, let last = bytes.lastIndex(of: 10) else { return bytes }
    return Array(bytes[..<last])
  }
}
