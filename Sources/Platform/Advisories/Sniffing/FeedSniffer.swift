#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Text

/// Tells from the bytes of a file (and where they do not tell, from its name) which reader it is for.
package enum FeedSniffer {
  /// How much of a file is looked at first. Where marks can stand at the end of a document, all of it is.
  private static let sample = 64 << 10

  /// - Throws: `FeedError` that says what the file is, if not one of ours, and what is accepted.
  package static func format(of source: FeedSource, limits: FeedLimits = FeedLimits()) throws -> FeedFormat {
    let beginning = try source.beginning(sample, limits)
    guard !beginning.isEmpty else { throw FeedError.empty }
    if beginning.starts(with: [0x50, 0x4b]) { return try zip(source, limits) }
    if beginning.starts(with: Array("%PDF".utf8)) { throw unknown("PDFファイルです", "it is a PDF file") }
    if beginning.starts(with: [0xff, 0xfe]) || beginning.starts(with: [0xfe, 0xff]), Self.isJSON(utf16: beginning) {
      throw FeedError.damaged(
        "文字コードがUTF-16です。PowerShellの「>」で保存すると変わります",
        "it is in UTF-16, as PowerShell's “>” saves files"
      )
    }
    let text = TextEncoding.detect(beginning).decode(beginning).text
    let found: FeedFormat? =
      switch text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) {
      case "<": markup(text)
      case "{", "[": try json(beginning, source, limits)
      default: try table(text, source, limits)
      }
    if let found { return found }
    switch text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) {
    case "<": throw unknown("知らない種類のXMLかHTMLです", "it is XML or HTML of another kind")
    case "{", "[": throw unknown("知らない種類のJSONです", "it is JSON of another kind")
    default: throw unknown("知らない種類のファイルです", "it is a file of another kind")
    }
  }

  /// The files of a source that are to be read: those inside a ZIP file, or itself.
  package static func files(in source: FeedSource, limits: FeedLimits = FeedLimits()) throws -> [FeedSource] {
    guard try format(of: source, limits: limits) == .archive else { return [source] }
    return try source.members(limits) ?? [source]
  }

  /// JSON is UTF-8 (RFC 8259 §8.1); tables of people's own may be anything.
  private static func isJSON(utf16 bytes: [UInt8]) -> Bool {
    bytes.dropFirst(2).first { $0 > 32 }.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? false
  }

  private static func unknown(_ ja: String, _ en: String) -> FeedError {
    FeedError(
      .unknown,
      reason: Localized(ja: "読める種類のファイルではありません（\(ja)）。", en: "It is not a kind of file that can be read (\(en))."),
      remedy: Localized(
        ja: "発行元の形式のままのファイルを選んでください。探したもの：\(sought(.ja))。",
        en: "Choose a file as its publisher made it. Looked for: \(sought(.en))."
      )
    )
  }

  /// Everything that is recognised, in words.
  private static func sought(_ language: Language) -> String {
    FeedFormat.allCases.filter { $0 != .archive && $0 != .digests }.map { $0.title[language] }
      .joined(separator: language == .ja ? "、" : ", ")
  }

  // MARK: - By shape

  private static func zip(_ source: FeedSource, _ limits: FeedLimits) throws -> FeedFormat {
    let members = try source.members(limits) ?? []
    let names = members.map { $0.name.lowercased() }
    if names.contains("[content_types].xml") {
      guard names.contains("workbook.xml") else { throw unknown("Excel以外のOffice文書です", "it is a document of Office") }
      return try workbook(source, limits)
    }
    if names.contains(where: { $0.hasPrefix("cves_") && $0.hasSuffix(".csv") }) { return .windowsUpdates }
    guard !members.isEmpty else { throw unknown("中身のないZIPファイルです", "it is an empty ZIP file") }
    return .archive
  }

  private static func workbook(_ source: FeedSource, _ limits: FeedLimits) throws(FeedError) -> FeedFormat {
    do throws(FeedError) { _ = try DisclosureReader.read(source, limits: limits) } catch {
      guard error.kind == .unknown else { throw error }
      _ = try MaterialsTable.read(source, limits)
      return .billOfMaterials
    }
    return .disclosure
  }

  /// By the name of the outermost element.
  private static func markup(_ text: String) -> FeedFormat? {
    guard let root = root(text) else { return nil }
    switch root.split(separator: ":").last.map({ $0.lowercased() }) ?? "" {
    case "rdf":
      return text.contains("mod_sec") || text.contains("sec:identifier")
        ? .jvnRSS : text.contains("rss/1.0") ? .news : nil
    case "feed": return text.contains("jvndb.jvn.jp") ? .news : nil
    case "vuldef-document": return .jvnDetail
    case "result": return text.contains("jvndb.jvn.jp") ? .jvnProducts : nil
    case "cvrfdoc": return .cvrf
    case "fingerprints": return text.contains("<fingerprint ") ? .recog : nil
    case "nmaprun": return .nmap
    case "nessusclientdata_v2": return .nessus
    case "report", "get_reports_response": return .greenbone
    case "bom", "softwareidentity": return .billOfMaterials
    case "html": return text.contains("jpcert.or.jp") || text.contains("JPCERT") ? .alertPage : nil
    default: return nil
    }
  }

  private static func root(_ text: String) -> Substring? {
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      if rest.hasPrefix("!--") {
        guard let end = rest.firstRange(of: "-->") else { return nil }
        rest = rest[end.upperBound...]
        continue
      }
      guard let first = rest.first, first != "?", first != "!" else { continue }
      return rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
    }
    return nil
  }

  private static let marks: [(format: FeedFormat, all: [String])] = [
    (.nvd, ["\"NVD_CVE\""]), (.nvdOverlay, ["\"_annotation\"", "\"cve_id\""]), (.cve, ["\"CVE_RECORD\""]),
    (.kev, ["\"catalogVersion\""]), (.billOfMaterials, ["\"bomFormat\""]), (.billOfMaterials, ["\"spdxVersion\""]),
    (.billOfMaterials, ["\"@graph\"", "spdx"]), (.csaf, ["\"csaf_version\""]), (.csaf, ["\"VULDEF-Document\""]),
    (.myJVN, ["myjvn_feed"]), (.myJVN, ["\"feed\"", "\"entry\"", "JVNDB-"]),
    (.jvnProducts, ["\"jvn-product-dictionary\""]), (.jvnProducts, ["\"jvn_product_dictionary\""]),
    (.cisco, ["\"advisories\"", "\"advisoryId\""]), (.digests, ["\"filename\"", "\"sha256\""]),
    (.endOfLife, ["\"result\"", "\"releases\""]), (.cve, ["\"cveMetadata\""]),
  ]

  private static func json(_ beginning: [UInt8], _ source: FeedSource, _ limits: FeedLimits) throws -> FeedFormat? {
    if let found = mark(beginning) { return found }
    // Writers that sort their keys put `dataType` behind `containers`, `spdxVersion` behind `packages`.
    guard beginning.count == sample else { return nil }
    return mark(try source.beginning(limits.documentBytes, limits))
  }

  private static func mark(_ bytes: [UInt8]) -> FeedFormat? {
    // The schema of a feed names all its keys.
    if holds(bytes.prefix(512), "json-schema.org/") { return nil }
    return marks.first { entry in entry.all.allSatisfy { holds(bytes[...], $0) } }?.format
  }

  private static func holds(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    var text = text
    return text.withUTF8 { needle in
      bytes.withUnsafeBytes { hay in
        guard let start = hay.baseAddress, let mark = needle.baseAddress else { return false }
        var at = 0
        while at + needle.count <= hay.count,
          let found = memchr(start + at, Int32(mark.pointee), hay.count - needle.count - at + 1)
        {
          if memcmp(found, mark, needle.count) == 0 { return true }
          at = UnsafeRawPointer(found) - start + 1
        }
        return false
      }
    }
  }

  private static func table(_ text: String, _ source: FeedSource, _ limits: FeedLimits) throws -> FeedFormat? {
    let lines = text.split(maxSplits: 20, whereSeparator: \.isNewline)
    let first = lines.first.map { $0.lowercased() } ?? ""
    if first.hasPrefix("#model_version") || first.hasPrefix("cve,epss") { return .epss }
    if first.contains("cveid"), first.contains("vendorproject") { return .kev }
    if first.contains("bulletinkb"), first.contains("supersedes") { return .windowsUpdates }
    if first.contains("nvt name"), first.contains("cves") { return .greenbone }
    if text.hasPrefix("lastModifiedDate:"), text.contains("sha256:") { return .digests }
    if text.contains("SPDXVersion:") { return .billOfMaterials }
    if WindowsInventoryReader.kind(of: text) != nil { return .windowsInventory }
    // Descriptions hold tables too.
    if source.name.lowercased().hasSuffix(".md") { return nil }
    // What is left may be a table that a person made; only reading tells.
    do throws(FeedError) { return try workbook(source, limits) } catch {
      guard error.kind != .tooLarge else { throw error }
      return nil
    }
  }
}
