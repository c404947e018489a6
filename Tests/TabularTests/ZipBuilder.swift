import CZlib

@testable import Tabular

/// Makes ZIP files by hand, whole ones and broken ones. Parts are stored unless asked otherwise.
struct ZipBuilder {
  struct Part {
    var name: String
    var content: [UInt8]
    var isDeflated = false
    /// How large the directory claims it is.
    var claimedSize: Int?
    /// Where the directory claims it lies.
    var claimedOffset: Int?
    var flags = 0
  }

  var parts: [Part] = []

  mutating func add(_ name: String, _ text: String, deflated: Bool = false) {
    parts.append(Part(name: name, content: Array(text.utf8), isDeflated: deflated))
  }

  func bytes() -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let stored = part.isDeflated ? Self.deflate(part.content) : part.content
      let checksum = Int(crc32(0, part.content, UInt32(part.content.count)))
      let method = part.isDeflated ? 8 : 0
      let size = part.claimedSize ?? part.content.count
      let name = Array(part.name.utf8)
      let common =
        Self.number(20, 2) + Self.number(part.flags, 2) + Self.number(method, 2) + Self.number(0, 4)
        + Self.number(checksum, 4) + Self.number(stored.count, 4) + Self.number(size, 4) + Self.number(name.count, 2)
        + Self.number(0, 2)
      directory += Self.number(0x0201_4b50, 4) + Self.number(20, 2) + common
      directory += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4)
      directory += Self.number(part.claimedOffset ?? file.count, 4) + name
      file += Self.number(0x0403_4b50, 4) + common + name + stored
    }
    let count = Self.number(parts.count, 2)
    let end =
      Self.number(0x0605_4b50, 4) + Self.number(0, 4) + count + count + Self.number(directory.count, 4)
      + Self.number(file.count, 4) + Self.number(0, 2)
    return file + directory + end
  }

  static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  static func deflate(_ content: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream,
      9,
      Z_DEFLATED,
      -15,
      9,
      Z_DEFAULT_STRATEGY,
      ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)
    )
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(compressBound(UInt(content.count))) + 16)
    var input = content
    let written = input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        stream.next_in = from.baseAddress
        stream.avail_in = UInt32(from.count)
        stream.next_out = to.baseAddress
        stream.avail_out = UInt32(to.count)
        CZlib.deflate(&stream, Z_FINISH)
        return Int(stream.total_out)
      }
    }
    return Array(output[..<written])
  }
}

/// A workbook of hand-written XML.
struct BookBuilder {
  var sheets: [(name: String, state: String, xml: String)] = []
  var sharedStrings: String?
  var styles: String?
  var workbookProperties = "<workbookPr/>"
  var extra: [(name: String, content: String)] = []
  var contentTypes = "<Types/>"
  var isDeflated = false

  /// One sheet with these rows between `<sheetData>` and its end; `after` follows it.
  init(_ rows: String = "", before: String = "", after: String = "", name: String = "台帳") {
    sheets = [(name, "visible", Self.sheet(rows, before: before, after: after))]
  }

  static func sheet(_ rows: String, before: String = "", after: String = "") -> String {
    """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\(before)<sheetData>\(rows)\
    </sheetData>\(after)</worksheet>
    """
  }

  var zip: ZipBuilder {
    var zip = ZipBuilder()
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var list = ""
    var relations = ""
    for (index, sheet) in sheets.enumerated() {
      list +=
        "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" state=\"\(sheet.state)\" r:id=\"rId\(index + 1)\"/>"
      relations +=
        "<Relationship Id=\"rId\(index + 1)\" Type=\"\(namespace)/worksheet\" Target=\"worksheets/sheet\(index + 1).xml\"/>"
    }
    if let sharedStrings {
      relations += "<Relationship Id=\"s\" Type=\"\(namespace)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
      zip.add("xl/sharedStrings.xml", "<sst>\(sharedStrings)</sst>", deflated: isDeflated)
    }
    if let styles {
      relations += "<Relationship Id=\"t\" Type=\"\(namespace)/styles\" Target=\"styles.xml\"/>"
      zip.add("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>", deflated: isDeflated)
    }
    zip.add("[Content_Types].xml", contentTypes)
    zip.add(
      "_rels/.rels",
      "<Relationships><Relationship Id=\"r\" Type=\"\(namespace)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    )
    zip.add(
      "xl/workbook.xml",
      "<workbook xmlns:r=\"\(namespace)\">\(workbookProperties)<sheets>\(list)</sheets></workbook>",
      deflated: isDeflated
    )
    zip.add("xl/_rels/workbook.xml.rels", "<Relationships>\(relations)</Relationships>")
    for (index, sheet) in sheets.enumerated() {
      zip.add("xl/worksheets/sheet\(index + 1).xml", sheet.xml, deflated: isDeflated)
    }
    for (name, content) in extra { zip.add(name, content) }
    return zip
  }

  func bytes() -> [UInt8] { zip.bytes() }

  /// Read as one sheet.
  func read() throws -> Sheet { try XLSXReader(bytes()).readAll().sheets[0] }
}
