/// Outputs with a name and a value a line: `Get-ComputerInfo`, `reg query`.
enum KeyedText {
  /// `OsVersion` of `OsVersion    : 10.0.19045`.
  static func name(_ line: Substring) -> String? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = line[..<colon].trimmed
    return name.flatMap { $0.utf8.allSatisfy { $0 < 128 && $0 > 32 } ? $0 : nil }
  }

  static func computerInfo(_ text: String) -> WindowsInventory {
    var inventory = WindowsInventory()
    for line in text.split(whereSeparator: \.isNewline) {
      guard let name = name(line), let colon = line.firstIndex(of: ":"),
        let value = line[line.index(after: colon)...].trimmed
      else { continue }
      switch name.lowercased() {
      case "csname", "csdnshostname": if inventory.hostName == nil { inventory.hostName = value }
      case "osname": inventory.product = value
      case "windowsproductname": if inventory.product == nil { inventory.product = value }
      case "osversion": inventory.version = value
      case "osdisplayversion": inventory.release = value
      case "windowsubr", "ubr": inventory.revision = Int(value)
      case "osarchitecture", "cssystemtype":
        if inventory.architecture == nil { inventory.architecture = SystemInfoText.architecture(value) }
      default: break
      }
    }
    inventory.updates = UpdateNumbers.all(in: text)
    inventory.listsAllUpdates = !inventory.updates.isEmpty
    return inventory
  }

  /// `UBR    REG_DWORD    0x1103` under `HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion`.
  static func registry(_ text: String) -> WindowsInventory {
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let type = line.firstRange(of: "REG_"), let name = line[..<type.lowerBound].trimmed else { continue }
      let rest = line[type.lowerBound...].drop { !$0.isWhitespace }
      if let value = rest.trimmed { values[name.lowercased()] = value }
    }
    var inventory = WindowsInventory()
    inventory.hostName = values["computername"] ?? values["hostname"]
    inventory.product = values["productname"]
    inventory.release = values["displayversion"] ?? values["releaseid"]
    inventory.revision = values["ubr"].flatMap { number($0) }
    inventory.architecture =
      (values["processor_architecture"] ?? values["buildlabex"]).flatMap { SystemInfoText.architecture($0) }
    if let build = values["currentbuild"] ?? values["currentbuildnumber"] {
      let major = values["currentmajorversionnumber"].flatMap { number($0) }.map { "\($0).0" }
      inventory.version = "\(major ?? values["currentversion"] ?? "10.0").\(build)"
    }
    return inventory
  }

  /// `0x1103` or `4355`.
  static func number(_ text: String) -> Int? {
    text.lowercased().hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
  }
}
