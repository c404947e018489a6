#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Walks through an XML document, element by element, over a window of bytes that slides along: the whole document is
/// never in memory. It knows what Office and nmap write and refuses the rest: no DTD, no entities of one's own.
///
/// Names are seen without their prefix. Whether closing names match the opening ones is not checked, only that there
/// are as many: a part that passed the checksum was written as it is.
package struct XMLScanner: ~Copyable {
  package enum Event {
    case open, close, text, end
  }

  private struct Attribute {
    var name: Range<Int>
    var value: Range<Int>
  }

  private enum Step {
    case event(Event)
    case nothing
    /// The window ends within the token.
    case needsMore
  }

  private static let attributeLimit = 64
  private static let depthLimit = 100
  private static let windowLimit = 8 << 20

  private var source: PartStream?
  /// Where the bytes come from if not from a part of a workbook.
  private let more: ((UnsafeMutableRawBufferPointer) throws(TabularError) -> Int)?
  private var window: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var filled: Int
  private var position = 0
  /// Where the search for the end of a text may go on after the window was filled up.
  private var searched = 0
  private var pendingClose = false
  private var allowsDoctype = false
  private let attributes: UnsafeMutablePointer<Attribute>
  private var attributeCount = 0
  private var name = 0..<0
  private var content = 0..<0
  private var isLiteral = false
  /// How many elements are open.
  package private(set) var depth = 0
  /// The line the next token begins on, from 1, where counting was asked for.
  package private(set) var line = 1
  private let countsLines: Bool

  /// A part of a workbook, read piece by piece.
  init(_ source: consuming PartStream) throws(TabularError) {
    self.source = consume source
    more = nil
    capacity = 128 << 10
    window = .allocate(capacity: capacity)
    filled = 0
    attributes = .allocate(capacity: Self.attributeLimit)
    countsLines = false
    guard try refill() else { return }
    try skipMark()
  }

  /// A document in memory. `allowsDoctype` admits `<!DOCTYPE name>` without definitions, as nmap writes it.
  package init(_ bytes: [UInt8], allowsDoctype: Bool) throws(TabularError) {
    let window = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    bytes.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { window.initialize(from: base, count: buffer.count) }
    }
    self.window = window
    more = nil
    capacity = max(bytes.count, 1)
    filled = bytes.count
    attributes = .allocate(capacity: Self.attributeLimit)
    countsLines = true
    self.allowsDoctype = allowsDoctype
    try skipMark()
  }

  /// A document of any length. `more` fills as much of the room as it can, and answers 0 at the end.
  package init(
    allowsDoctype: Bool,
    more: @escaping (UnsafeMutableRawBufferPointer) throws(TabularError) -> Int
  ) throws(TabularError) {
    self.more = more
    capacity = 128 << 10
    window = .allocate(capacity: capacity)
    filled = 0
    attributes = .allocate(capacity: Self.attributeLimit)
    countsLines = true
    self.allowsDoctype = allowsDoctype
    guard try refill() else { return }
    try skipMark()
  }

  deinit {
    window.deallocate()
    attributes.deallocate()
  }

  /// The next element, its end, or a text. What the accessors below tell holds until the next call.
  package mutating func next() throws(TabularError) -> Event {
    if pendingClose {
      pendingClose = false
      depth -= 1
      return .close
    }
    while true {
      if position == filled, try !refill() {
        guard depth == 0 else { throw Self.cutOff }
        try source?.finish()
        return .end
      }
      switch try window[position] == UInt8(ascii: "<") ? markup() : text() {
      case .event(let event): return event
      case .nothing: continue
      case .needsMore: guard try refill() else { throw Self.cutOff }
      }
    }
  }

  /// Whether the element just opened or closed has this local name.
  @inline(__always)
  func isNamed(_ expected: StaticString) -> Bool {
    name.count == expected.utf8CodeUnitCount && memcmp(window + name.lowerBound, expected.utf8Start, name.count) == 0
  }

  /// The raw value of an attribute of the element just opened, entities not yet resolved.
  @inline(__always)
  func attribute(_ expected: StaticString) -> UnsafeBufferPointer<UInt8>? {
    for index in 0..<attributeCount {
      let attribute = attributes[index]
      if attribute.name.count == expected.utf8CodeUnitCount,
        memcmp(window + attribute.name.lowerBound, expected.utf8Start, attribute.name.count) == 0
      {
        return UnsafeBufferPointer(start: window + attribute.value.lowerBound, count: attribute.value.count)
      }
    }
    return nil
  }

  /// The same for names of one letter, which most of a sheet is made of.
  @inline(__always)
  func isNamed(letter: UInt8) -> Bool { name.count == 1 && window[name.lowerBound] == letter }

  @inline(__always)
  func attribute(letter: UInt8) -> UnsafeBufferPointer<UInt8>? {
    for index in 0..<attributeCount {
      let attribute = attributes[index]
      if attribute.name.count == 1, window[attribute.name.lowerBound] == letter {
        return UnsafeBufferPointer(start: window + attribute.value.lowerBound, count: attribute.value.count)
      }
    }
    return nil
  }

  /// The raw text of `<c …><v>text</v></c>`, of which the first tag was just opened, and stands behind its end. Nil
  /// when anything else is there; then nothing has changed. Nearly all cells of a workbook look so, and this saves
  /// four steps for each.
  @inline(__always)
  mutating func takeValueOfCell() -> UnsafeBufferPointer<UInt8>? {
    guard !pendingClose, !countsLines, position + 12 <= filled, window[position] == UInt8(ascii: "<"),
      window[position + 1] == UInt8(ascii: "v"), window[position + 2] == UInt8(ascii: ">")
    else { return nil }
    let start = position + 3
    var end = start
    while end < filled, window[end] != UInt8(ascii: "<") { end += 1 }
    guard end + 8 <= filled, memcmp(window + end, "</v></c>", 8) == 0 else { return nil }
    position = end + 8
    depth -= 1
    return UnsafeBufferPointer(start: window + start, count: end - start)
  }

  /// The local name of the element just opened.
  package var elementName: String {
    String(decoding: UnsafeBufferPointer(start: window + name.lowerBound, count: name.count), as: UTF8.self)
  }

  /// Hands over the attributes of the element just opened, entities resolved; declarations of namespaces are left out.
  package func forEachAttribute(_ body: (_ name: String, _ value: String) -> Void) throws(TabularError) {
    let declaration: StaticString = "xmlns:"
    for index in 0..<attributeCount {
      let attribute = attributes[index]
      let start = attribute.name.lowerBound
      if start >= 6, memcmp(window + start - 6, declaration.utf8Start, 6) == 0 { continue }
      let raw = UnsafeBufferPointer(start: window + attribute.value.lowerBound, count: attribute.value.count)
      var decoded: [UInt8] = []
      try XMLText.append(raw, to: &decoded)
      body(
        String(decoding: UnsafeBufferPointer(start: window + start, count: attribute.name.count), as: UTF8.self),
        String(decoding: decoded, as: UTF8.self)
      )
    }
  }

  /// The value of an attribute as text.
  func string(_ expected: StaticString) throws(TabularError) -> String? {
    guard let raw = attribute(expected) else { return nil }
    var decoded: [UInt8] = []
    try XMLText.append(raw, to: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// The value of an attribute that is a whole number of at most nine digits.
  func integer(_ expected: StaticString) -> Int? { attribute(expected).flatMap { NumberText.integer($0) } }

  /// Adds the text just met to `target`, entities resolved.
  @inline(__always)
  package func appendText(to target: inout [UInt8]) throws(TabularError) {
    let raw = UnsafeBufferPointer(start: window + content.lowerBound, count: content.count)
    if isLiteral { target.append(contentsOf: raw) } else { try XMLText.append(raw, to: &target) }
  }

  /// Gathers the text of the element just opened, of its descendants too, and stands behind its end.
  mutating func gatherText(into target: inout [UInt8], limit: Int) throws(TabularError) {
    let outside = depth - 1
    while true {
      switch try next() {
      case .open: continue
      case .text:
        try appendText(to: &target)
        guard target.count <= limit else {
          throw .tooLarge("1つのセルの文字が多すぎます", "a cell holds too much text")
        }
      case .close: if depth == outside { return }
      case .end: throw Self.cutOff
      }
    }
  }

  /// Passes over the element just opened and all in it.
  mutating func skipElement() throws(TabularError) {
    let outside = depth - 1
    while depth > outside {
      guard try next() != .end else { throw Self.cutOff }
    }
  }
}

// MARK: - The window

extension XMLScanner {
  package static var cutOff: TabularError { .damaged("XMLが途中で切れています", "its XML is cut off") }

  private static var malformed: TabularError { .damaged("XMLの書き方が正しくありません", "its XML is not well-formed") }

  /// Moves what is not used yet to the front and reads more behind it. False at the end of the document.
  private mutating func refill() throws(TabularError) -> Bool {
    guard source != nil || more != nil else { return false }
    let kept = filled - position
    if position > 0 {
      memmove(window, window + position, kept)
      searched = max(0, searched - position)
      position = 0
      filled = kept
    } else if kept == capacity {
      guard capacity < Self.windowLimit else {
        throw .tooLarge("1つの要素が大きすぎます", "one element is too long")
      }
      let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
      wider.initialize(from: window, count: kept)
      window.deallocate()
      window = wider
      capacity *= 2
    }
    let room = UnsafeMutableRawBufferPointer(start: window + kept, count: capacity - kept)
    let got = if let more { try more(room) } else { try source?.read(into: room) ?? 0 }
    filled += got
    return got > 0
  }

  private mutating func skipMark() throws(TabularError) {
    while filled < 3, try refill() {}
    guard filled >= 2 else { return }
    guard !(window[0] == 0xff && window[1] == 0xfe), !(window[0] == 0xfe && window[1] == 0xff) else {
      throw .damaged("XMLの文字コードがUTF-8ではありません", "its XML is not in UTF-8")
    }
    if filled >= 3, window[0] == 0xef, window[1] == 0xbb, window[2] == 0xbf { position = 3 }
  }

  private mutating func advance(to end: Int) {
    if countsLines {
      for index in position..<end where window[index] == 10 { line += 1 }
    }
    position = end
  }

  @inline(__always)
  private func find(_ byte: UInt8, from start: Int) -> Int? {
    guard start < filled, let found = memchr(window + start, Int32(byte), filled - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(window)
  }
}

// MARK: - Tokens

extension XMLScanner {
  private mutating func text() throws(TabularError) -> Step {
    guard let end = find(UInt8(ascii: "<"), from: max(position, searched)) else {
      searched = filled
      if try refill() { return .nothing }
      guard depth == 0 else { throw Self.cutOff }
      position = filled
      return .nothing
    }
    content = position..<end
    isLiteral = false
    try checkEntities(content)
    advance(to: end)
    return depth == 0 ? .nothing : .event(.text)
  }

  private mutating func markup() throws(TabularError) -> Step {
    guard position + 1 < filled else { return .needsMore }
    switch window[position + 1] {
    case UInt8(ascii: "/"): return try closingTag()
    case UInt8(ascii: "?"): return try instruction()
    case UInt8(ascii: "!"): return try declaration()
    default: return try openingTag()
    }
  }

  private mutating func closingTag() throws(TabularError) -> Step {
    guard let end = find(UInt8(ascii: ">"), from: position + 2) else { return .needsMore }
    guard depth > 0 else { throw Self.malformed }
    name = localName(position + 2, end)
    advance(to: end + 1)
    depth -= 1
    return .event(.close)
  }

  private mutating func openingTag() throws(TabularError) -> Step {
    var at = position + 1
    var nameStart = at
    while at < filled, !Self.endsName(window[at]) {
      if window[at] == UInt8(ascii: ":") { nameStart = at + 1 }
      at += 1
    }
    guard at < filled else { return .needsMore }
    guard at > nameStart else { throw Self.malformed }
    name = nameStart..<at
    attributeCount = 0
    while true {
      while at < filled, Self.isSpace(window[at]) { at += 1 }
      guard at < filled else { return .needsMore }
      switch window[at] {
      case UInt8(ascii: ">"):
        return try opened(end: at + 1, isClosed: false)
      case UInt8(ascii: "/"):
        guard at + 1 < filled else { return .needsMore }
        guard window[at + 1] == UInt8(ascii: ">") else { throw Self.malformed }
        return try opened(end: at + 2, isClosed: true)
      default:
        guard let end = try attributeEnd(at) else { return .needsMore }
        at = end
      }
    }
  }

  private mutating func opened(end: Int, isClosed: Bool) throws(TabularError) -> Step {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw .suspicious("XMLの入れ子が深すぎます", "its XML is nested too deeply")
    }
    pendingClose = isClosed
    advance(to: end)
    return .event(.open)
  }

  /// Reads one attribute; where it ends, or nil if the window ends first.
  private mutating func attributeEnd(_ start: Int) throws(TabularError) -> Int? {
    var at = start
    var nameStart = start
    while at < filled, !Self.endsName(window[at]) {
      if window[at] == UInt8(ascii: ":") { nameStart = at + 1 }
      at += 1
    }
    let nameEnd = at
    while at < filled, Self.isSpace(window[at]) { at += 1 }
    guard at < filled else { return nil }
    guard window[at] == UInt8(ascii: "="), nameEnd > nameStart else { throw Self.malformed }
    at += 1
    while at < filled, Self.isSpace(window[at]) { at += 1 }
    guard at < filled else { return nil }
    let quote = window[at]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw Self.malformed }
    // Values are short: a loop beats the call of memchr.
    var end = at + 1
    while end < filled, window[end] != quote { end += 1 }
    guard end < filled else { return nil }
    guard attributeCount < Self.attributeLimit else { throw Self.malformed }
    try checkEntities((at + 1)..<end)
    attributes[attributeCount] = Attribute(name: nameStart..<nameEnd, value: (at + 1)..<end)
    attributeCount += 1
    return end + 1
  }

  /// In documents from outside Office every entity must be a known one, also where nobody looks at the value. (The
  /// parts of a workbook are only checked where they are read: nothing is ever expanded elsewhere.)
  private func checkEntities(_ range: Range<Int>) throws(TabularError) {
    guard countsLines, memchr(window + range.lowerBound, Int32(UInt8(ascii: "&")), range.count) != nil else { return }
    var ignored: [UInt8] = []
    try XMLText.append(UnsafeBufferPointer(start: window + range.lowerBound, count: range.count), to: &ignored)
  }

  private mutating func instruction() throws(TabularError) -> Step {
    guard let end = try find("?>") else { return .needsMore }
    let body = UnsafeBufferPointer(start: window + position, count: end - position)
    if let encoding = Self.encoding(of: body) {
      guard ["utf-8", "utf8", "us-ascii"].contains(encoding.asciiLowercased) else {
        throw .damaged("XMLの文字コード \(encoding) には対応していません", "its XML is in \(encoding), not UTF-8")
      }
    }
    advance(to: end + 2)
    return .nothing
  }

  private mutating func declaration() throws(TabularError) -> Step {
    guard position + 9 <= filled else { return .needsMore }
    if starts("<!--") {
      guard let end = try find("-->", from: 4) else { return .needsMore }
      advance(to: end + 3)
      return .nothing
    }
    if starts("<![CDATA[") {
      guard depth > 0 else { throw Self.malformed }
      guard let end = try find("]]>", from: 9) else { return .needsMore }
      content = (position + 9)..<end
      isLiteral = true
      advance(to: end + 3)
      return .event(.text)
    }
    guard allowsDoctype, depth == 0, starts("<!DOCTYPE"), let end = find(UInt8(ascii: ">"), from: position),
      memchr(window + position, Int32(UInt8(ascii: "[")), end - position) == nil
    else { throw .suspicious("XMLに定義（DOCTYPE）があります", "its XML brings definitions of its own (DOCTYPE)") }
    allowsDoctype = false
    advance(to: end + 1)
    return .nothing
  }
}

// MARK: - Bytes

extension XMLScanner {
  private func localName(_ start: Int, _ end: Int) -> Range<Int> {
    var last = end
    while last > start, Self.isSpace(window[last - 1]) { last -= 1 }
    var at = start
    while at < last {
      if window[at] == UInt8(ascii: ":") { return (at + 1)..<last }
      at += 1
    }
    return start..<last
  }

  private func starts(_ expected: StaticString) -> Bool {
    position + expected.utf8CodeUnitCount <= filled
      && memcmp(window + position, expected.utf8Start, expected.utf8CodeUnitCount) == 0
  }

  /// Where `end` begins, looked for from `skipped` bytes behind the position.
  private func find(_ end: StaticString, from skipped: Int = 2) throws(TabularError) -> Int? {
    let count = end.utf8CodeUnitCount
    var at = position + skipped
    while let found = find(end.utf8Start.pointee, from: at), found + count <= filled {
      if memcmp(window + found, end.utf8Start, count) == 0 { return found }
      at = found + 1
    }
    return nil
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }

  @inline(__always)
  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
  }

  /// `<?xml version="1.0" encoding="UTF-8"?>`: what stands in the quotes.
  private static func encoding(of instruction: UnsafeBufferPointer<UInt8>) -> String? {
    let text = String(decoding: instruction, as: UTF8.self)
    guard text.hasPrefix("<?xml "), let key = text.firstRange(of: "encoding") else { return nil }
    let parts = text[key.upperBound...].split(omittingEmptySubsequences: false) { $0 == "\"" || $0 == "'" }
    return parts.count >= 2 ? String(parts[1]) : nil
  }
}
