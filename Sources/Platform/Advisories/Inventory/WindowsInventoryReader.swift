import Text

/// Reads what Windows tells of itself: `systeminfo` in any language, `wmic qfe` and `Get-HotFix`, `Get-ComputerInfo`,
/// `reg query`, and tables with builds or installed updates (registry exports, WSUS reports).
package enum WindowsInventoryReader {
  package enum Kind: String, Sendable, CaseIterable {
    case systemInfo, hotfixes, computerInfo, registry, table
  }

  /// One entry for each machine; commands that do not name their machine yield one without a name.
  ///
  /// - Throws: `FeedError` where nothing in the file reads as any of these.
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits()
  ) throws(FeedError) -> [WindowsInventory] {
    let bytes = try source.wholeContent(limits)
    let encoding = TextEncoding.detect(bytes)
    let text = encoding.decode(bytes).text
    switch kind(of: text) {
    case .systemInfo: return [SystemInfoText.read(text, isLegible: isLegible(text, encoding))]
    case .hotfixes: return HotfixText.read(text)
    case .computerInfo: return [KeyedText.computerInfo(text)]
    case .registry: return [KeyedText.registry(text)]
    case .table: return try WindowsTable.read(FeedSource(name: source.name, bytes: Array(text.utf8)), limits)
    case nil: throw notOne
    }
  }

  /// What kind of output a text is, nil if it is none of them.
  package static func kind(of text: String) -> Kind? {
    let beginning = text.prefix(64 << 10)
    let lines = beginning.split(whereSeparator: \.isNewline)
    if beginning.contains("REG_SZ"), beginning.contains("CurrentBuild") { return .registry }
    if lines.contains(where: { KeyedText.name($0)?.lowercased() == "osversion" }) { return .computerInfo }
    if lines.contains(where: { SystemInfoText.version($0) != nil }), beginning.contains("-based PC") {
      return .systemInfo
    }
    if lines.contains(where: { HotfixText.isHeader($0) }) { return .hotfixes }
    return lines.first.map { WindowsTable.isHeader(String($0)) } ?? false ? .table : nil
  }

  /// Bytes that are neither UTF-8 nor UTF-16 are taken for CP932. Where the text itself names another language, its
  /// letters beyond ASCII are not to be trusted.
  private static func isLegible(_ text: String, _ encoding: TextEncoding) -> Bool {
    guard encoding == .cp932 || encoding == .eucJP else { return true }
    return text.contains("ja;") || text.contains("ja-JP") || text.contains("ホスト名")
  }

  static let notOne = FeedError.notA(
    "Windowsの構成情報（systeminfo・Get-HotFix・レジストリ・WSUSなど）",
    "an inventory of Windows (systeminfo, Get-HotFix, registry, WSUS …)"
  )
}
