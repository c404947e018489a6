import Advisories
import Foundation
import Matching
import Support
import Testing
import Text

@Suite struct NameTests {
  /// `certain o:fortinet:fortios 7.2.8`, one for each part, `+` before the hardware and other names beside it.
  static func shown(_ reading: NameReading) -> String {
    let parts = reading.parts.map { part in
      guard let best = part.candidates.first else { return "nothing" }
      let name = best.component.name.product
      var version = ""
      if case .value(let text) = best.component.name.version { version = " " + text }
      return "\(best.confidence) \(name.part.letter):\(name.vendor):\(name.product)\(version)"
    }
    return "\(reading.outcome): " + parts.joined(separator: " | ")
  }

  static let texts: [(ProductText, String)] = [
    (
      ProductText("FortiGate-60F ／ FortiOS v7.2.8 build1639"),
      "identified: certain o:fortinet:fortios | certain o:fortinet:fortios 7.2.8"
    ),
    (
      ProductText("FortiOS 6.4.5", model: "FortiGate 60F", maker: "Fortinet"),
      "identified: certain o:fortinet:fortios 6.4.5 | certain h:fortinet:fortigate-60f"
    ),
    (
      ProductText("FortiOS 6.4.5", model: "フォーティゲート 60F", maker: "フォーティネット"),
      "identified: certain o:fortinet:fortios 6.4.5 | certain h:fortinet:fortigate-60f"
    ),
    (ProductText("ＦｏｒｔｉＯＳ ｖ７．２．８ ｂｕｉｌｄ１６３９", maker: "フォーティネット"), "identified: certain o:fortinet:fortios 7.2.8"),
    (
      ProductText("syngo / Windows 10 IoT", maker: "シーメンス"),
      "ask: likely a:siemens:syngo | likely o:microsoft:windows_10"
    ),
    (ProductText("Windows Server 2019 Standard (1809)"), "identified: certain o:microsoft:windows_server_2019"),
    (ProductText("RTX1210 Rev.14.01.42"), "identified: certain o:yamaha:rtx1210 14.01.42"),
    (ProductText("ヤマハ RTX830 Rev.15.02.29"), "identified: certain o:yamaha:rtx830 15.02.29"),
    (ProductText("マイクロソフト Windows 10 Pro 22H2"), "identified: certain o:microsoft:windows_10_22h2"),
    (ProductText("ﾏｲｸﾛｿﾌﾄ Windows 11 Enterprise 24H2"), "identified: certain o:microsoft:windows_11_24h2"),
    (ProductText("Win10"), "ask: likely o:microsoft:windows_10"),
    (ProductText("Windows 10 Pro 19045.4170"), "identified: certain o:microsoft:windows_10_22h2 10.0.19045.4170"),
    (ProductText("Windows 10/11"), "ask: likely o:microsoft:windows_10"),
    (ProductText("Windows 10 と Windows 11 22H2"), "ask: likely o:microsoft:windows_11_22h2"),
    (ProductText("Windows 10 Enterprise LTSC"), "ask: likely o:microsoft:windows_10"),
    (ProductText("Windows 10 IoT Enterprise LTSC 2021"), "identified: certain o:microsoft:windows_10_21h2"),
    (ProductText("Windows Server 2012 R2 Standard"), "identified: certain o:microsoft:windows_server_2012 r2"),
    (
      ProductText("Microsoft Windows 10 Pro", version: "10.0.22631.4460"),
      "identified: certain o:microsoft:windows_11_23h2 10.0.22631.4460"
    ),
    (
      ProductText("Microsoft Windows 11 Pro", version: "10.0.17763.6414"),
      "ask: likely o:microsoft:windows_10_1809 10.0.17763.6414"
    ),
    (
      ProductText("Microsoft Windows 10 Enterprise LTSC", version: "10.0.17763.6414"),
      "identified: certain o:microsoft:windows_10_1809 10.0.17763.6414"
    ),
    (
      ProductText("IOS 15.2(7)E4", model: "Catalyst 2960X", maker: "Cisco"), "identified: certain o:cisco:ios 15.2(7)e4"
    ),
    (ProductText("IOS 15.2(7)E4"), "ask: likely o:cisco:ios 15.2(7)e4"),
    (ProductText("iOS 17.2", maker: "Apple"), "identified: certain o:apple:iphone_os 17.2"),
    (
      ProductText("ASA 9.8(4)", maker: "シスコ"), "identified: certain o:cisco:adaptive_security_appliance_software 9.8(4)"
    ),
    (ProductText("PAN-OS 10.2.9-h1", maker: "パロアルト"), "identified: certain o:paloaltonetworks:pan-os 10.2.9-h1"),
    (ProductText("SonicOS 6.5.4.4-44n"), "identified: certain o:sonicwall:sonicos 6.5.4.4-44n"),
    (ProductText("Ivanti Connect Secure 22.7R2.5"), "identified: certain a:ivanti:connect_secure 22.7r2.5"),
    (
      ProductText("NetScaler ADC 13.1-51.15"),
      "identified: certain a:citrix:netscaler_application_delivery_controller 13.1-51.15"
    ),
    (ProductText("VMware ESXi 7.0 Update 3"), "identified: certain o:vmware:esxi 7.0 update 3"),
    (ProductText("Red Hat Enterprise Linux 7.9"), "identified: certain o:redhat:enterprise_linux 7.9"),
    (ProductText("Ubuntu 22.04 LTS"), "identified: certain o:canonical:ubuntu_linux 22.04"),
    (ProductText("CentOS Linux release 7.9.2009"), "identified: certain o:centos:centos 7.9.2009"),
    (ProductText("Oracle Database 19c"), "identified: certain a:oracle:database_server 19c.x"),
    (ProductText("PostgreSQL 15.4"), "identified: certain a:postgresql:postgresql 15.4"),
    (ProductText("Apache Tomcat 9.0.65"), "identified: certain a:apache:tomcat 9.0.65"),
    (ProductText("Java 8 Update 391"), "ask: likely a:oracle:jre"),
    (ProductText("Apex One"), "identified: certain a:trendmicro:apex_one"),
    (ProductText("Microsoft SQL Server 2019 Standard"), "identified: certain a:microsoft:sql_server 2019.x"),
    (ProductText("Microsoft Exchange Server 2016 CU23"), "ask: likely a:microsoft:exchange_server 2016.x"),
    (
      ProductText("UNIVERGE IX2215 Ver.10.7.18", maker: "日本電気株式会社"),
      "ask: likely o:nec:univerge_ix2215_firmware 10.7.18"
    ),
    (ProductText("Check Point R81.10"), "unknown: nothing"),
    (ProductText("Gaia R81.10"), "identified: certain o:checkpoint:gaia_os 81.10"),
    (ProductText("不明"), "nothing: "), (ProductText("－"), "nothing: "), (ProductText(""), "nothing: "),
    (ProductText("謎のシステム 3.1"), "unknown: nothing"), (ProductText("Apache"), "ask: likely a:apache:http_server"),
    (ProductText("FortiGate 60E (FortiOS 6.2.15)"), "identified: certain o:fortinet:fortios 6.2.15"),
    (ProductText("FortiOS 7.0.12-build0523"), "identified: certain o:fortinet:fortios 7.0.12"),
    (ProductText("FG-100F", maker: "フォーティネットジャパン合同会社"), "identified: certain o:fortinet:fortios"),
    (ProductText("PA-440 PAN-OS 10.2.9"), "identified: certain o:paloaltonetworks:pan-os 10.2.9"),
    (ProductText("Win11 Pro 23H2"), "identified: certain o:microsoft:windows_11_23h2"),
    (ProductText("WindowsServer2019"), "identified: certain o:microsoft:windows_server_2019"),
    (ProductText("ウィンドウズ10"), "ask: likely o:microsoft:windows_10"),
    (ProductText("Windows XP SP3"), "identified: certain o:microsoft:windows_xp"),
    (ProductText("Windows Server 2008 R2 Service Pack 1"), "identified: certain o:microsoft:windows_server_2008 r2"),
    (ProductText("Windows 10 Pro バージョン 22H2 64ビット"), "identified: certain o:microsoft:windows_10_22h2"),
    (ProductText("Windows 10 Pro 22H2 → 11へ更新予定"), "ask: likely o:microsoft:windows_10_22h2"),
    (ProductText("VMware ESXi 6.7.0 build-15160138"), "identified: certain o:vmware:esxi 6.7.0"),
    (ProductText("macOS Sonoma 14.5"), "ask: likely o:apple:macos"),
    (ProductText("RHEL8.6"), "identified: certain o:redhat:enterprise_linux 8.6"),
    (ProductText("Cisco IOS XE 17.9.4a"), "identified: certain o:cisco:ios_xe 17.9.4a"),
    (
      ProductText("Microsoft Windows Server 2019 Standard", version: "10.0.17763.5458"),
      "identified: certain o:microsoft:windows_server_2019 10.0.17763.5458"
    ),
    (
      ProductText("Aquilion ONE / Windows 10 IoT", maker: "キヤノンメディカルシステムズ"),
      "ask: nothing | likely o:microsoft:windows_10"
    ),
    (ProductText("Windows Embedded Standard 7"), "ask: likely o:microsoft:windows"),
    (ProductText("Windows CE 6.0"), "ask: likely o:microsoft:windows"),
    (ProductText("Linux"), "ask: likely o:linux:linux_kernel"),
    (ProductText("VxWorks"), "unknown: nothing"), (ProductText("TRON"), "unknown: nothing"),
    (ProductText("Apache Tomcat 9"), "identified: certain a:apache:tomcat 9.x"),
    (ProductText("FortiOS 7.4.x"), "identified: certain o:fortinet:fortios 7.4.x"),
    (ProductText("ESXi 6.7"), "identified: certain o:vmware:esxi 6.7.x"),
    (ProductText("FortiOS VM 管理用 7.2"), "ask: likely o:fortinet:fortios"),
  ]

  @Test(arguments: texts) func readsNames(_ text: ProductText, _ expected: String) {
    #expect(Self.shown(NameReader().read(text)) == expected, "\(text)")
  }

  /// Firmware that is named twice, or whose version stands in the column beside the model, has that version.
  @Test(arguments: [
    ProductText("FortiGate-60F ／ FortiOS v7.2.8 build1639"),
    ProductText("FortiGate-60F / FortiOS 7.2.8", maker: "フォーティネット"),
    ProductText("v7.2.8", model: "FG-60F", maker: "Fortinet"), ProductText("FortiOS 7.2.8 / FortiGate-60F"),
  ])
  func aVersionSaidOnceIsTheVersion(_ text: ProductText) {
    let read = NameReader().read(text).components.map { "\($0.name.product.product) \($0.name.version)" }
    #expect(read.filter { $0.hasPrefix("fortios") } == ["fortios value(\"7.2.8\")"])
    #expect(read.contains { $0.hasPrefix("fortigate-60f") })
  }

  /// A version shorter than those of the product is a branch, in the column beside the model, too.
  @Test(arguments: [
    ("7.2", "FG-60F", "Fortinet", "fortios value(\"7.2.x\")"),
    ("v7.2", "FortiGate-60F", "Fortinet", "fortios value(\"7.2.x\")"),
    ("7.2.6", "FortiGate-60F", "Fortinet", "fortios value(\"7.2.6\")"),
    ("7.0.1", "TZ 370", "SonicWall", "sonicos value(\"7.0.1.x\")"),
  ])
  func aShortVersionBesideAModelIsABranch(_ version: String, _ model: String, _ maker: String, _ expected: String) {
    let read = NameReader().read(ProductText(version, model: model, maker: maker)).components
    let shown = read.filter { $0.name.product.part == .operatingSystem }.map { component in
      "\(component.name.product.product) \(component.name.version)"
    }
    #expect(shown == [expected], "\(read)")
    guard expected.contains("7.2.x") else { return }
    let fortios = ProductName(.operatingSystem, vendor: "fortinet", product: "fortios")
    let range = VersionRange(lower: .init("7.2.0", isIncluded: true), upper: .init("7.2.6", isIncluded: true))
    let configurations = CompactConfigurations([
      Configuration(.or, [CriteriaNode(.or, [Criterion(CPEName(fortios), range: range)])])
    ])
    #expect(AssetComponents(read).certainty(configurations) == .conditional)
  }

  @Test func eachReadingSaysWhy() throws {
    let reading = NameReader().read(ProductText("FortiOS VM 管理用 7.2"))
    let reason = try #require(reading.parts.first?.candidates.first?.reason)
    #expect(reason.ja.contains("「VM 管理用"))
    #expect(reason.ja.contains("意味が分かりません"))
    let trap = NameReader().read(ProductText("Microsoft Windows 10 Pro", version: "10.0.22631.4460"))
    #expect(trap.parts.first?.candidates.first?.reason.ja.contains("Windows 11です") == true)
  }

  @Test func aDictionaryHelpsWhereNoRuleDoes() {
    let camera = ProductName(.hardware, vendor: "panasonic", product: "wv-s1131")
    let viewer = ProductName(.application, vendor: "acme", product: "viewer")
    let japanese = DictionaryProduct(
      vendor: "サイボウズ",
      product: "サイボウズ Office",
      name: ProductName(.application, vendor: "cybozu", product: "office"),
      source: "jvn"
    )
    let dictionary = ProductDictionary([camera, viewer], dictionary: [japanese])
    let reader = NameReader(lookup: dictionary)
    #expect(dictionary.resolve("ｻｲﾎﾞｳｽﾞ", "サイボウズ　Ｏｆｆｉｃｅ").map(\.product) == ["office"])
    #expect(dictionary.resolve("別の会社", "サイボウズ Office").isEmpty)
    #expect(
      Self.shown(reader.read(ProductText("", model: "WV-S1131", maker: "パナソニック")))
        == "identified: certain h:panasonic:wv-s1131"
    )
    #expect(Self.shown(reader.read(ProductText("Viewer 3.1"))) == "ask: guess a:acme:viewer 3.1")
  }
}
