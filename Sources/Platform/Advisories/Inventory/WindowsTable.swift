/// Tables of machines: builds from the registry, one row a machine, or a report of updates (WSUS), one row for each
/// machine and update.
enum WindowsTable {
  private enum Column { case host, product, build, revision, release, architecture, update, status, version }

  private static let names: [String: Column] = [
    "computername": .host, "computer": .host, "hostname": .host, "host": .host, "name": .host, "pscomputername": .host,
    "fulldomainname": .host, "コンピューター名": .host, "コンピュータ名": .host, "ホスト名": .host, "端末名": .host, "pc名": .host,
    "機器名": .host, "csname": .host, "productname": .product, "os": .product, "osname": .product,
    "operatingsystem": .product, "osdescription": .product, "os名": .product, "オペレーティングシステム": .product,
    "caption": .product, "currentbuild": .build, "currentbuildnumber": .build, "build": .build, "osbuild": .build,
    "buildnumber": .build, "ビルド": .build, "ビルド番号": .build, "osビルド": .build, "ubr": .revision,
    "displayversion": .release,
    "releaseid": .release, "リリース": .release, "architecture": .architecture, "osarchitecture": .architecture,
    "アーキテクチャ": .architecture, "アーキテクチャー": .architecture, "kb": .update, "kbarticle": .update, "hotfixid": .update,
    "updatetitle": .update, "title": .update, "update": .update, "kbnumber": .update, "更新プログラム": .update,
    "更新プログラム名": .update, "タイトル": .update, "kb番号": .update, "status": .status, "state": .status,
    "installationstate": .status, "updateinstallationstate": .status, "状態": .status, "インストール状態": .status,
    "インストールの状態": .status, "状況": .status, "version": .version, "osversion": .version, "バージョン": .version,
    "osバージョン": .version,
  ]

  static func isHeader(_ line: String) -> Bool {
    let cells = line.split { ",\t;".contains($0) }.compactMap { column(String($0)) }
    return cells.contains(.host) && (cells.contains(.build) || cells.contains(.update) || cells.contains(.revision))
  }

  private static func column(_ name: String) -> Column? {
    names[name.lowercased().filter { !$0.isWhitespace && !"\"_-\u{FEFF}".contains($0) }]
  }

  static func read(_ source: FeedSource, _ limits: FeedLimits) throws(FeedError) -> [WindowsInventory] {
    var rows = try CSVRows.open(source, limits)
    guard try rows.next() else { throw .empty }
    var columns: [Column: Int] = [:]
    for index in 0..<rows.fieldCount {
      if let column = column(rows.text(index)), columns[column] == nil { columns[column] = index }
    }
    var order: [String] = []
    var machines: [String: WindowsInventory] = [:]
    while try rows.next() {
      guard let host = rows.filled(columns[.host]) else { continue }
      if machines[host] == nil { order.append(host) }
      var machine = machines[host] ?? WindowsInventory()
      machine.hostName = host
      fill(&machine, rows, columns)
      machines[host] = machine
    }
    guard !order.isEmpty else { throw WindowsInventoryReader.notOne }
    return order.compactMap { machines[$0] }
  }

  private static func fill(_ machine: inout WindowsInventory, _ rows: borrowing CSVRows, _ columns: [Column: Int]) {
    machine.product = rows.filled(columns[.product]) ?? machine.product
    machine.release = rows.filled(columns[.release]) ?? machine.release
    if let text = rows.filled(columns[.revision]) { machine.revision = KeyedText.number(text) ?? machine.revision }
    if let text = rows.filled(columns[.architecture]) {
      machine.architecture = SystemInfoText.architecture(text) ?? machine.architecture
    }
    if let text = rows.filled(columns[.version]) ?? rows.filled(columns[.build]) { set(text, &machine) }
    guard let update = rows.filled(columns[.update]) else { return }
    if let status = rows.filled(columns[.status]), !isInstalled(status) { return }
    let numbers = UpdateNumbers.all(in: update)
    for number in numbers.isEmpty && update.allSatisfy(\.isNumber) ? [update] : numbers {
      machine.updates.addOnce(number)
    }
  }

  /// `19045`, `19045.4170`, `10.0.19045` or `10.0.19045.4170`.
  private static func set(_ text: String, _ machine: inout WindowsInventory) {
    let parts = text.split(separator: ".").compactMap { Int($0) }
    switch parts.count {
    case 1 where parts[0] >= 2600: machine.version = machine.version ?? "\(major(parts[0])).\(parts[0])"
    case 2 where parts[0] >= 2600:
      machine.version = "\(major(parts[0])).\(parts[0])"
      machine.revision = parts[1]
    case 3: machine.version = text
    case 4:
      machine.version = parts.dropLast().map(String.init).joined(separator: ".")
      machine.revision = parts[3]
    default: break
    }
  }

  /// Builds before Windows 10 belong to other lines.
  private static func major(_ build: Int) -> String {
    switch build {
    case ..<6000: "5.1"
    case ..<7600: "6.0"
    case ..<9200: "6.1"
    case ..<9600: "6.2"
    case ..<10_240: "6.3"
    default: "10.0"
    }
  }

  private static func isInstalled(_ status: String) -> Bool {
    let folded = status.lowercased()
    if folded.contains("not") || folded.contains("未") || folded.contains("失敗") { return false }
    return folded.contains("installed") || folded.contains("インストール済") || folded.contains("適用済")
  }
}
