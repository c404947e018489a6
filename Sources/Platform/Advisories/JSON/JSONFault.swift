import Text

/// Where a text stops being JSON (RFC 8259). simdjson says only that it is none; this slow second look at a text
/// already refused finds the place.
struct JSONFault {
  let offset: Int
  let reason: Localized

  init?(in bytes: UnsafeBufferPointer<UInt8>) {
    var walk = Walk(bytes)
    guard let fault = walk.document() else { return nil }
    offset = fault
    let isEnd = fault >= bytes.count
    reason =
      isEnd
      ? Localized(ja: "JSONが途中で切れています", en: "its JSON is cut off")
      : Localized(ja: "JSONの書き方が正しくありません", en: "its JSON is not well-formed")
  }
}

/// Each function stands behind what it read, or answers the place of the first wrong byte.
private struct Walk {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var open: [UInt8] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() -> Int? {
    var expectsValue = true
    while true {
      skipSpace()
      if expectsValue {
        switch value() {
        case .opened: continue
        case .done: expectsValue = false
        case .wrong(let place): return place
        }
      }
      guard let bracket = open.last else {
        skipSpace()
        return at < bytes.count ? at : nil
      }
      skipSpace()
      guard let byte = current else { return at }
      if byte == bracket {
        at += 1
        open.removeLast()
      } else if byte == UInt8(ascii: ",") {
        at += 1
        if bracket == UInt8(ascii: "}"), let wrong = name() { return wrong }
        expectsValue = true
      } else {
        return at
      }
    }
  }

  private enum Step { case opened, done, wrong(Int) }

  private mutating func value() -> Step {
    guard let byte = current else { return .wrong(at) }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let close = byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
      at += 1
      skipSpace()
      if current == close {
        at += 1
        return .done
      }
      open.append(close)
      if close == UInt8(ascii: "}"), let wrong = name() { return .wrong(wrong) }
      return .opened
    case UInt8(ascii: "\""): return string().map { .wrong($0) } ?? .done
    default: return scalar().map { .wrong($0) } ?? .done
    }
  }

  private mutating func name() -> Int? {
    skipSpace()
    guard current == UInt8(ascii: "\"") else { return at }
    if let wrong = string() { return wrong }
    skipSpace()
    guard current == UInt8(ascii: ":") else { return at }
    at += 1
    return nil
  }

  private mutating func string() -> Int? {
    at += 1
    let start = at
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        let text = UnsafeBufferPointer(rebasing: bytes[start..<at])
        at += 1
        return String(validating: text, as: UTF8.self) == nil ? Self.firstInvalid(text) + start : nil
      case UInt8(ascii: "\\"):
        guard at + 1 < bytes.count else { return bytes.count }
        guard "\"\\/bfnrtu".utf8.contains(bytes[at + 1]) else { return at }
        at += 2
      case ..<0x20: return at
      default: at += 1
      }
    }
    return at
  }

  private mutating func scalar() -> Int? {
    let start = at
    while let byte = current, !",]}\r\n\t :[{\"".utf8.contains(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if ["true", "false", "null"].contains(text) { return nil }
    let isNumber = Double(text) != nil && text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    return isNumber ? nil : start
  }

  private static func firstInvalid(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let decoded = TextEncoding.utf8.decode(Array(text))
    return decoded.problems.first?.offset ?? 0
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 32 || byte == 10 || byte == 13 || byte == 9 { at += 1 }
  }
}
