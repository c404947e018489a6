/// The output of `systeminfo`. Its labels come in the language of Windows, so lines are known by their values: that of
/// the version stands behind those of host and product.
enum SystemInfoText {
  static func read(_ text: String, isLegible: Bool) -> WindowsInventory {
    var inventory = WindowsInventory()
    var before: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      if inventory.version == nil {
        if let (version, rest) = version(line) {
          inventory.version = version
          inventory.servicePack = servicePack(rest)
          inventory.product = before.last.flatMap { isLegible ? $0 : ascii($0) }
          inventory.hostName = before.dropLast().last
        } else if let value = value(line) {
          before.append(value)
        }
      } else if inventory.architecture == nil {
        inventory.architecture = architecture(line)
      }
    }
    inventory.updates = UpdateNumbers.all(in: text)
    inventory.listsAllUpdates = announced(text).map { $0 <= inventory.updates.count } ?? false
    return inventory
  }

  /// How many updates the command counts, in the line above the first: it breaks the list off after some 250, within a
  /// line, without a word. Nil where none is listed.
  private static func announced(_ text: String) -> Int? {
    var above: Substring = ""
    for line in text.split(whereSeparator: \.isNewline) {
      if line.contains("]: KB") { return value(above)?.split { !$0.isNumber }.first.flatMap { Int($0) } }
      above = line
    }
    return nil
  }

  /// `10.0.19045` and what stands behind it, where this is the line of the version.
  static func version(_ line: Substring) -> (version: String, rest: Substring)? {
    guard let value = value(line) else { return nil }
    let version = value.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }), (4...5).contains(parts[2].utf8.count),
      value.hasSuffix(String(parts[2])), value.count > version.count
    else { return nil }
    return (String(version), Substring(value.dropFirst(version.count)))
  }

  private static func value(_ line: Substring) -> String? {
    guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }), let first = line.first, !first.isWhitespace
    else { return nil }
    return line[line.index(after: colon)...].trimmed
  }

  private static func servicePack(_ text: Substring) -> Int? {
    guard let range = text.firstRange(of: "Service Pack ") else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber })
  }

  static func architecture(_ text: some StringProtocol) -> WindowsInventory.Architecture? {
    let folded = text.lowercased()
    if folded.contains("arm64") { return .arm64 }
    if folded.contains("x64-based") || folded.contains("amd64") || folded.contains("64-bit")
      || folded.contains("64 ビット")
      || folded.contains("64ビット") || folded.trimmed == "x64"
    {
      return .x64
    }
    if folded.contains("x86") || folded.contains("32-bit") || folded.contains("32 ビット") || folded.contains("32ビット") {
      return .x86
    }
    return nil
  }

  /// The words that are ASCII.
  private static func ascii(_ text: String) -> String? {
    text.split(separator: " ").filter { $0.utf8.allSatisfy { $0 < 128 } }.joined(separator: " ").trimmed
  }
}
