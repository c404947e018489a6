import Tabular
import Text

/// Walks through an XML file of any length and hands over the elements that are records. Neither entities of its own
/// nor anything outside the file is looked at: the scanner refuses them.
struct XMLStream: ~Copyable {
  private var scanner: XMLScanner
  private let source: Source
  private let limits: FeedLimits
  private var gathered = 0

  /// Keeps what the bytes said when the scanner can only be told that they ended badly.
  private final class Source {
    let stream: ByteStream?
    var failure: FeedError?

    init(_ stream: ByteStream?) { self.stream = stream }

    func read(_ room: UnsafeMutableRawBufferPointer) throws(TabularError) -> Int {
      do throws(FeedError) { return try stream?.read(into: room) ?? 0 } catch {
        failure = error
        throw TabularError(reason: error.reason, remedy: error.remedy)
      }
    }
  }

  static func open(
    _ file: FeedSource,
    _ limits: FeedLimits,
    allowsDoctype: Bool = false
  ) throws(FeedError) -> XMLStream {
    let beginning = try file.beginning(1024, limits)
    guard !beginning.isEmpty else { throw .empty }
    let encoding = encoding(beginning)
    if encoding == .utf8 { return try XMLStream(opened: file.open(limits), limits, allowsDoctype) }
    let bytes = try file.wholeContent(limits)
    return try XMLStream(text: encoding.decode(bytes).text, limits, allowsDoctype)
  }

  private init(opened stream: ByteStream, _ limits: FeedLimits, _ allowsDoctype: Bool) throws(FeedError) {
    self.limits = limits
    let source = Source(stream)
    self.source = source
    do throws(TabularError) {
      scanner = try XMLScanner(allowsDoctype: allowsDoctype) { (room) throws(TabularError) in try source.read(room) }
    } catch { throw source.failure ?? FeedError(error) }
  }

  /// What the first line says of the encoding is no longer true, so it goes.
  private init(text: String, _ limits: FeedLimits, _ allowsDoctype: Bool) throws(FeedError) {
    self.limits = limits
    source = Source(nil)
    var rest = text[...]
    if rest.hasPrefix("<?xml"), let end = rest.firstRange(of: "?>") { rest = rest[end.upperBound...] }
    do throws(TabularError) { scanner = try XMLScanner(Array(rest.utf8), allowsDoctype: allowsDoctype) } catch {
      throw FeedError(error)
    }
  }

  /// Calls `root` with the outermost element (without what is in it), then `record` with every outermost element that
  /// `isRecord` chooses.
  mutating func read(
    isRecord: (String) -> Bool,
    root: (XMLNode) throws -> Void,
    record: (XMLNode) throws -> Void
  ) throws {
    while true {
      switch try next() {
      case .open:
        let name = scanner.elementName
        if scanner.depth == 1 { try root(node(name)) }
        if isRecord(name) {
          gathered = 0
          try record(tree(name))
        }
      case .close, .text: continue
      case .end: return
      }
    }
  }

  /// The element just opened, with everything in it; stands behind its end.
  private mutating func tree(_ name: String) throws -> XMLNode {
    let outside = scanner.depth - 1
    var open = [try node(name)]
    var text: [[UInt8]] = [[]]
    while true {
      switch try next() {
      case .open:
        open.append(try node(scanner.elementName))
        text.append([])
      case .text:
        try convert { scanner throws(TabularError) in try scanner.appendText(to: &text[text.count - 1]) }
        try check()
      case .close:
        guard var done = open.popLast(), let bytes = text.popLast() else { throw FeedError.cutOff() }
        gathered += bytes.count
        try check()
        // Words in another encoding than the file says would take the place of good ones.
        guard let words = String(validating: bytes, as: UTF8.self) else {
          throw FeedError.damaged(
            "文字コードが、ファイルに書かれたものと違います。\(scanner.line)行目",
            "its text is not in the encoding that it names, line \(scanner.line)"
          )
        }
        done.text = words
        guard scanner.depth > outside, !open.isEmpty else { return done }
        open[open.count - 1].children.append(done)
      case .end: throw FeedError.cutOff()
      }
    }
  }

  private mutating func node(_ name: String) throws -> XMLNode {
    var attributes: [(name: String, value: String)] = []
    try convert { scanner throws(TabularError) in
      try scanner.forEachAttribute { attributes.append((name: $0, value: $1)) }
    }
    // What a node takes beside its texts.
    gathered += 100 + attributes.reduce(0) { $0 + $1.value.utf8.count + 32 }
    return XMLNode(name: name, attributes: attributes, line: scanner.line)
  }

  private func check() throws(FeedError) {
    guard gathered <= limits.recordBytes else { throw JSONParser.tooLong(limits, 0) }
  }

  private mutating func next() throws -> XMLScanner.Event {
    do throws(TabularError) { return try scanner.next() } catch { throw source.failure ?? FeedError(error) }
  }

  private func convert(_ body: (borrowing XMLScanner) throws(TabularError) -> Void) throws(FeedError) {
    do throws(TabularError) { try body(scanner) } catch { throw FeedError(error) }
  }

  /// By the mark in front, else by what the first line says.
  private static func encoding(_ beginning: [UInt8]) -> TextEncoding {
    let guessed = TextEncoding.detect(Array(beginning.prefix(256)))
    if guessed == .utf16LE || guessed == .utf16BE { return guessed }
    let line = String(decoding: beginning.prefix(200).prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self).lowercased()
    guard line.contains("encoding") else { return .utf8 }
    if line.contains("shift_jis") || line.contains("windows-31j") || line.contains("cp932") { return .cp932 }
    if line.contains("euc-jp") { return .eucJP }
    return .utf8
  }
}
