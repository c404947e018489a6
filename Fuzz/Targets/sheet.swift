import Tabular

/// The XML of a sheet behind its checksum, which random damage hardly ever passes.
func fuzz(_ bytes: [UInt8]) throws {
  var limits = ReadLimits()
  limits.cells = 200_000
  _ = try XLSXReader(workbook(sheet: bytes), limits: limits).readAll()
}

private func workbook(sheet: [UInt8]) -> [UInt8] {
  let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  let parts: [(String, [UInt8])] = [
    ("xl/workbook.xml", Array("<workbook><sheets><sheet name=\"a\" id=\"a\"/></sheets></workbook>".utf8)),
    (
      "xl/_rels/workbook.xml.rels",
      Array(
        """
        <a><Relationship Id="a" Type="\(office)/worksheet" Target="s.xml"/>\
        <Relationship Id="b" Type="\(office)/styles" Target="t.xml"/>\
        <Relationship Id="c" Type="\(office)/sharedStrings" Target="u.xml"/></a>
        """.utf8
      )
    ),
    (
      "xl/t.xml", Array("<a><cellXfs><xf numFmtId=\"22\"/><xf numFmtId=\"46\"/><xf numFmtId=\"9\"/></cellXfs></a>".utf8)
    ),
    ("xl/u.xml", Array("<sst><si><t>a</t></si><si><t>b</t></si></sst>".utf8)),
    ("xl/s.xml", sheet),
  ]
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, content) in parts {
    let common =
      number(20, 2) + number(0, 4) + number(0, 4) + number(checksum(content), 4) + number(content.count, 4)
      + number(content.count, 4) + number(name.utf8.count, 2) + number(0, 2)
    directory += number(0x0201_4b50, 4) + number(20, 2) + common + number(0, 10) + number(file.count, 4) + name.utf8
    file += number(0x0403_4b50, 4) + common + name.utf8 + content
  }
  let end =
    number(0x0605_4b50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
    + number(directory.count, 4) + number(file.count, 4) + number(0, 2)
  return file + directory + end
}

private func number(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (min($0, 7) * 8)) }
}

/// CRC-32 of ISO 3309, bit by bit.
private func checksum(_ bytes: [UInt8]) -> Int {
  var crc: UInt32 = 0xffff_ffff
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
  }
  return Int(~crc)
}
