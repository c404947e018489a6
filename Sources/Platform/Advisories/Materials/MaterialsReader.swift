import Tabular
import Text

/// Reads bills of materials: CycloneDX (JSON, XML; 1.2 to 1.6), SPDX (2.2, 2.3 JSON and tag-value; 3.0 JSON-LD), SWID
/// tags, and tables (xlsx, CSV) as the guidance of MHLW for medical devices shows them.
package enum MaterialsReader {
  /// - Throws: `FeedError` where the file is none of these, or damaged.
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits()
  ) throws -> BillOfMaterials {
    let beginning = try source.beginning(4096, limits)
    guard !beginning.isEmpty else { throw FeedError.empty }
    if beginning.starts(with: [0x50, 0x4b]) { return try MaterialsTable.read(source, limits) }
    let text = TextEncoding.detect(beginning).decode(beginning).text
    switch text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) {
    case "{": return try readJSON(source, limits)
    case "<": return try readXML(source, limits)
    default: break
    }
    if text.contains("SPDXVersion:") { return SPDXText.read(try source.wholeText(limits), limits) }
    return try MaterialsTable.read(source, limits)
  }

  private static func readJSON(_ source: FeedSource, _ limits: FeedLimits) throws -> BillOfMaterials {
    var whole = limits
    whole.recordBytes = limits.documentBytes
    let parser = try JSONParser(whole)
    return try parser.withValue(of: source.wholeContent(limits)) { value in
      if value["bomFormat"]?.isEqual("CycloneDX") ?? false { return CycloneDXFields.read(value, limits) }
      if value["spdxVersion"] != nil { return SPDXFields.read(value, limits) }
      if value["@graph"] != nil { return SPDXGraph.read(value, limits) }
      throw notOne
    }
  }

  private static func readXML(_ source: FeedSource, _ limits: FeedLimits) throws -> BillOfMaterials {
    var stream = try XMLStream.open(source, limits)
    var bill: BillOfMaterials?
    try stream.read(
      isRecord: { $0 == "bom" || $0 == "SoftwareIdentity" },
      root: { _ in },
      record: { node in
        guard bill == nil else { return }
        bill = node.name == "bom" ? CycloneDXDocument.read(node, limits) : SWIDTag.read(node, limits)
      }
    )
    guard let bill else { throw notOne }
    return bill
  }

  static var notOne: FeedError {
    .notA("SBOM（CycloneDX・SPDX・SWID・表）", "a bill of materials (CycloneDX, SPDX, SWID, a table)")
  }
}
