import Foundation
import Matching
import Support
import Tabular
import Testing
import Text

/// Every distinct writing in the ledgers of hospital A, with what a person says it is.
@Suite struct LedgerNameTests {
  static func rows() throws -> [ProductText] {
    let ledger = try TableReader.read(path: TestData.ledger("機器管理台帳.xlsx"))
    var rows: [ProductText] = []
    for row in ledger.sheets.first?.rows.dropFirst(4) ?? [] where !row[0].text.isEmpty {
      rows.append(ProductText(row[3].text, model: row[4].text, maker: row[5].text))
    }
    let tool = try TableReader.read(path: TestData.ledger("端末一覧_資産管理ツール.csv"))
    for row in tool.sheets.first?.rows.dropFirst() ?? [] where !row[0].text.isEmpty {
      rows.append(ProductText(row[4].text, version: row[5].text))
    }
    return rows
  }

  /// Text, and build where it stands in a column of its own, against the reading.
  static let expected: [String: String] = [
    "":
      "nothing: ",
    "-":
      "nothing: ",
    "ASA 9.8(4)":
      "identified: certain o:cisco:adaptive_security_appliance_software 9.8(4)",
    "FortiOS 6.4.5":
      "identified: certain o:fortinet:fortios 6.4.5 | certain h:fortinet:fortigate-60f",
    "FortiOS v7.2.8 build1639":
      "identified: certain o:fortinet:fortios 7.2.8 | certain h:fortinet:fortigate-100f",
    "IOS 15.2(7)E4":
      "identified: certain o:cisco:ios 15.2(7)e4",
    "Linux 組込":
      "ask: likely o:linux:linux_kernel",
    "Microsoft Windows 10 Enterprise LTSC @ 10.0.17763.6414":
      "identified: certain o:microsoft:windows_10_1809 10.0.17763.6414",
    "Microsoft Windows 10 Enterprise LTSC @ 10.0.19044.1288":
      "identified: certain o:microsoft:windows_10_21h2 10.0.19044.1288",
    "Microsoft Windows 10 Enterprise LTSC @ 10.0.19045.5131":
      "ask: likely o:microsoft:windows_10_22h2 10.0.19045.5131",
    "Microsoft Windows 10 Enterprise LTSC @ 10.0.22631.4460":
      "ask: likely o:microsoft:windows_11_23h2 10.0.22631.4460",
    "Microsoft Windows 10 Pro @ 10.0.17763.6414":
      "identified: certain o:microsoft:windows_10_1809 10.0.17763.6414",
    "Microsoft Windows 10 Pro @ 10.0.19044.1288":
      "identified: certain o:microsoft:windows_10_21h2 10.0.19044.1288",
    "Microsoft Windows 10 Pro @ 10.0.19045.5131":
      "identified: certain o:microsoft:windows_10_22h2 10.0.19045.5131",
    "Microsoft Windows 10 Pro @ 10.0.22631.4460":
      "identified: certain o:microsoft:windows_11_23h2 10.0.22631.4460",
    "Microsoft Windows 11 Pro @ 10.0.17763.6414":
      "ask: likely o:microsoft:windows_10_1809 10.0.17763.6414",
    "Microsoft Windows 11 Pro @ 10.0.19044.1288":
      "ask: likely o:microsoft:windows_10_21h2 10.0.19044.1288",
    "Microsoft Windows 11 Pro @ 10.0.19045.5131":
      "ask: likely o:microsoft:windows_10_22h2 10.0.19045.5131",
    "Microsoft Windows 11 Pro @ 10.0.22631.4460":
      "identified: certain o:microsoft:windows_11_23h2 10.0.22631.4460",
    "Red Hat Enterprise Linux 7.9":
      "identified: certain o:redhat:enterprise_linux 7.9",
    "Windows 10 Enterprise LTSC 2019":
      "identified: certain o:microsoft:windows_10_1809",
    "Windows 10 Pro 22H2":
      "identified: certain o:microsoft:windows_10_22h2",
    "Windows 11 Pro 23H2":
      "identified: certain o:microsoft:windows_11_23h2",
    "Windows Server 2016":
      "identified: certain o:microsoft:windows_server_2016",
    "Windows Server 2019 Standard":
      "identified: certain o:microsoft:windows_server_2019",
    "Windows XP Embedded":
      "ask: likely o:microsoft:windows_xp",
    "Windows7 Professional":
      "identified: certain o:microsoft:windows_7",
    "syngo / Windows 10 IoT":
      "ask: likely a:siemens:syngo | likely o:microsoft:windows_10",
    "不明":
      "nothing: ",
  ]

  @Test(.enabled(if: TestData.isPresent)) func everyWritingIsReadAsAPersonDoes() throws {
    let rows = try Self.rows()
    #expect(rows.count > 1_500)
    let reader = NameReader()
    var counts: [NameReading.Outcome: Int] = [:]
    for row in rows {
      let reading = reader.read(row)
      counts[reading.outcome, default: 0] += 1
      let text = Width.halved(row.text).replacing(" ／ ", with: " / ")
      let key = row.version.isEmpty ? text : "\(text) @ \(row.version)"
      #expect(NameTests.shown(reading) == Self.expected[key], "\(key)")
    }
    print("identified, ask, unknown, nothing:", counts)
    #expect(counts[.unknown] == nil)
    #expect(counts[.identified, default: 0] > counts[.ask, default: 0])
  }
}
