import Advisories

/// A product of Microsoft's list of updates taken apart: `Windows 10 Version 22H2 for x64-based Systems`. Nil for what is not
/// an operating system by itself (`.NET Framework 4.8 on Windows 7 …`).
struct WindowsProductKey: Sendable, Hashable {
  /// `windows 10 version 22h2`
  let base: String
  let architecture: WindowsInventory.Architecture?
  let servicePack: Int?
  let isItanium: Bool

  init?(_ product: String) {
    var text = product.lowercased().split(separator: " ").joined(separator: " ")
    func cut(_ part: String) -> Bool {
      guard let range = text.firstRange(of: part) else { return false }
      text.removeSubrange(range)
      return true
    }
    if text.contains(" on windows") || text.contains(" on microsoft") || text.contains("installed on") { return nil }
    _ = cut("(server core installation)")
    isItanium = cut("for itanium-based systems")
    architecture =
      cut("for x64-based systems") || cut("x64 edition")
      ? .x64 : cut("for arm64-based systems") ? .arm64 : cut("for 32-bit systems") ? .x86 : nil
    var pack: Int?
    if let range = text.firstRange(of: "service pack ") {
      pack = text[range.upperBound...].prefix { $0.isNumber }.first.flatMap { $0.wholeNumberValue }
      text = String(text[..<range.lowerBound]) + text[range.upperBound...].drop { $0.isNumber }
    }
    servicePack = pack
    if text.hasPrefix("microsoft ") { text.removeFirst(10) }
    base = text.split(separator: " ").joined(separator: " ")
    guard base.hasPrefix("windows") else { return nil }
  }

  /// Whether updates for this product are meant for the machine. What the product does not say fits all.
  func fits(_ machine: WindowsMachine) -> Bool {
    guard base == machine.base, !isItanium else { return false }
    if let architecture, let given = machine.architecture, architecture != given { return false }
    if let servicePack, let given = machine.servicePack, servicePack != given { return false }
    // XP x64 and the like are products of their own.
    return !(architecture == nil && machine.architecture == .x64 && base == "windows xp")
  }
}
