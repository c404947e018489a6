import CSimdjson
import Text

/// Reads one JSON text after another with simdjson.
package struct JSONParser: ~Copyable {
  /// Bytes that must be readable behind a text; what they hold does not matter.
  static let padding = Int(YJ_PADDING)

  private let parser: OpaquePointer
  private let limits: FeedLimits

  package init(_ limits: FeedLimits = FeedLimits()) throws(FeedError) {
    guard let parser = yj_new(limits.recordBytes, limits.depth) else {
      throw FeedError(
        .tooLarge,
        reason: Localized(ja: "メモリーが足りません。", en: "There is not enough memory."),
        remedy: Localized(ja: "ほかの処理が終わってからやり直してください。", en: "Try again when other work is done.")
      )
    }
    self.parser = parser
    self.limits = limits
  }

  deinit { yj_free(parser) }

  /// The value of a whole text. `bytes` must have `padding` readable bytes behind its end. The value is good until the
  /// next call.
  ///
  /// - Throws: `FeedError` with the place of the first wrong byte.
  @inline(__always)
  func parse(padded bytes: UnsafeBufferPointer<UInt8>, at offset: Int = 0) throws(FeedError) -> JSONValue {
    let code = yj_parse(parser, bytes.baseAddress, bytes.count)
    guard code == 0, let tape = yj_tape(parser), let strings = yj_strings(parser) else {
      throw failure(code, bytes, offset)
    }
    return JSONValue(tape, strings, 1)
  }

  /// Hands the value of a text to `body`.
  package func withValue<Result>(
    of text: [UInt8],
    _ body: (JSONValue) throws -> Result
  ) throws -> Result {
    guard text.count <= limits.recordBytes else { throw Self.tooLong(limits, 0) }
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count + Self.padding)
    defer { room.deallocate() }
    room.initialize(repeating: 0, count: text.count + Self.padding)
    text.withUnsafeBufferPointer { if let base = $0.baseAddress { room.update(from: base, count: text.count) } }
    var start = 0
    if text.starts(with: [0xef, 0xbb, 0xbf]) { start = 3 }
    return try body(
      parse(padded: UnsafeBufferPointer(start: room + start, count: text.count - start), at: start)
    )
  }

  static func tooLong(_ limits: FeedLimits, _ offset: Int) -> FeedError {
    let size = limits.recordBytes >= 1 << 20 ? "\(limits.recordBytes >> 20) MB" : "\(limits.recordBytes) B"
    return .tooLarge("1件が\(size)を超えています", "one record is longer than \(size)", at: offset)
  }

  private func failure(_ code: Int32, _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> FeedError {
    if code == yj_code_capacity() { return Self.tooLong(limits, offset) }
    if code == yj_code_depth() {
      return .suspicious("JSONの入れ子が深すぎます", "its JSON is nested too deeply")
    }
    guard let fault = JSONFault(in: bytes) else {
      let message = String(cString: yj_message(code))
      return .damaged("JSONとして読めません", "its JSON is unreadable: \(message)", at: offset)
    }
    return .damaged(fault.reason.ja, fault.reason.en, at: offset + fault.offset)
  }
}
