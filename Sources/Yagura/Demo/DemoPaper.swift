import Text

/// A form on one page of A4, as PDF: the title and ruled lines. The font is the reader's own (a CID font that is named and
/// not embedded, ISO 32000-1 §9.7.5.2).
struct DemoPaper {
  let title: String

  var bytes: [UInt8] {
    let text = title.utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: true)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
    var page = "BT /F1 20 Tf 60 770 Td <\(text)> Tj ET\n0.5 w\n"
    for line in 0..<22 { page += "60 \(720 - line * 30) m 535 \(720 - line * 30) l S\n" }
    let objects = [
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 7 0 R>>",
      "<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UCS2-H/DescendantFonts[5 0 R]>>",
      "<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)"
        + "/Supplement 2>>/FontDescriptor 6 0 R>>",
      "<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800"
        + "/Descent -200/CapHeight 700/StemV 80>>",
      "<</Length \(page.utf8.count)>>stream\n\(page)endstream",
    ]
    var file = "%PDF-1.4\n"
    var places: [Int] = []
    for (number, object) in objects.enumerated() {
      places.append(file.utf8.count)
      file += "\(number + 1) 0 obj\(object)endobj\n"
    }
    let table = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places { file += "\(digits(place, 10)) 00000 n \n" }
    file += "trailer<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(table)\n%%EOF\n"
    return Array(file.utf8)
  }
}
