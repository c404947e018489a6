import Advisories
import Matching
import Testing

/// Names that are easily taken for another product, and short ways of writing that ledgers use.
@Suite struct NameTrapTests {
  /// The more specific rule goes first, wherever it stands in the pack.
  static let specific: [(ProductText, String)] = [
    (ProductText("2.14.1", model: "Apache Log4j 2", maker: "自作"), "identified: certain a:apache:log4j 2.14.1"),
    (ProductText("Apache Log4j 2", version: "2.14.1"), "identified: certain a:apache:log4j 2.14.1"),
    (ProductText("Apache Log4j"), "identified: certain a:apache:log4j"),
    (ProductText("Log4j 2.17.1 (Apache)"), "identified: certain a:apache:log4j 2.17.1"),
    (ProductText("Apache Struts 2.5.10"), "identified: certain a:apache:struts 2.5.10"),
    (ProductText("Apache HTTP Server 2.4.49"), "identified: certain a:apache:http_server 2.4.49"),
    (ProductText("Apache 2.4.49"), "ask: likely a:apache:http_server 2.4.49"),
    (ProductText("Apache ActiveMQ 5.15.9"), "ask: guess a:apache:http_server"),
    (ProductText("NetScaler Gateway 13.1-51.15"), "identified: certain a:citrix:netscaler_gateway 13.1-51.15"),
    (
      ProductText("FortiClient EMS 7.2.2"),
      "identified: certain a:fortinet:forticlient_enterprise_management_server 7.2.2"
    ),
    (
      ProductText("Symantec Endpoint Protection Manager"),
      "identified: certain a:symantec:endpoint_protection_manager"
    ),
    (ProductText("Office 10", maker: "サイボウズ"), "identified: certain a:cybozu:office 10.x"),
    (ProductText("サイボウズ Office 10.8.5"), "identified: certain a:cybozu:office 10.8.5"),
    (ProductText("Office", maker: "日本マイクロソフト"), "identified: certain a:microsoft:office"),
    (ProductText("Apple iOS 17.2"), "identified: certain o:apple:iphone_os 17.2"),
  ]

  static let short: [(ProductText, String)] = [
    (ProductText("Win Server 2019"), "identified: certain o:microsoft:windows_server_2019"),
    (ProductText("Win Server 2012 R2 Std"), "identified: certain o:microsoft:windows_server_2012 r2"),
    (ProductText("Win Svr 2016"), "identified: certain o:microsoft:windows_server_2016"),
    (ProductText("W10 Pro 22H2"), "identified: certain o:microsoft:windows_10_22h2"),
    (ProductText("Ｗ１０ Pro"), "ask: likely o:microsoft:windows_10"), (ProductText("LX-W10"), "unknown: nothing"),
    (ProductText("WinXP"), "identified: certain o:microsoft:windows_xp"),
    (ProductText("WinXP Embedded"), "ask: likely o:microsoft:windows_xp"),
    (
      ProductText("AW+ 5.5.3", maker: "アライドテレシス"), "identified: certain o:alliedtelesis:alliedware_plus 5.5.3"
    ),
    (
      ProductText("AlliedWare+", maker: "Allied Telesis"), "identified: certain o:alliedtelesis:alliedware_plus"
    ),
    (
      ProductText("SMA 200 10.2.1.7-50sv", maker: "SonicWall"),
      "identified: certain o:sonicwall:sma_200_firmware 10.2.1.7-50sv"
    ),
    (
      ProductText("10.2.1.7-50sv", model: "SMA 200", maker: "ソニックウォール"),
      "identified: certain o:sonicwall:sma_200_firmware 10.2.1.7-50sv"
    ),
    (
      ProductText("5.35", model: "USG FLEX 100", maker: "Zyxel"),
      "identified: certain o:zyxel:usg_flex_100_firmware 5.35"
    ),
    (
      ProductText("2.53", model: "ProLiant DL380 Gen9 iLO4", maker: "HPE"),
      "ask: likely o:hp:integrated_lights-out_4_firmware 2.53"
    ),
    (
      ProductText("3.30.30.30", model: "PowerEdge R640 iDRAC9", maker: "Dell"),
      "ask: likely o:dell:idrac9_firmware 3.30.30.30"
    ),
    (
      ProductText("AireOS 8.10.185.0", model: "AIR-CT3504", maker: "Cisco"),
      "identified: certain o:cisco:wireless_lan_controller_software 8.10.185.0"
    ),
    (
      ProductText("ArrayOS AG 9.4.0.481", model: "AG1000v5", maker: "アレイ・ネットワークス"),
      "identified: certain o:arraynetworks:arrayos_ag 9.4.0.481"
    ),
    (
      ProductText("ウイルスバスター コーポレートエディション", maker: "トレンドマイクロ"),
      "identified: certain a:trendmicro:officescan"
    ),
  ]

  @Test(arguments: specific + short) func readsNames(_ text: ProductText, _ expected: String) {
    #expect(NameTests.shown(NameReader().read(text)) == expected, "\(text)")
  }

  /// What feeds call products, malformed names among them.
  static let dictionary = ProductDictionary([
    ProductName(.application, vendor: "avamar_virtual_edition", product: "7.0.12"),
    ProductName(.application, vendor: "avamar_virtual_edition", product: "6.0"),
    ProductName(.hardware, vendor: "intellian", product: "v60"),
    ProductName(.application, vendor: "express", product: "express"),
    ProductName(.application, vendor: "apache", product: "activemq"),
    ProductName(.application, vendor: "atlassian", product: "confluence_server"),
    ProductName(.application, vendor: "zabbix", product: "zabbix"),
    ProductName(.application, vendor: "veeam", product: "veeam_backup_&_replication"),
    ProductName(.application, vendor: "arcserve", product: "udp"),
    ProductName(.application, vendor: "kubo_soft", product: "kanri"),
    ProductName(.application, vendor: "other", product: "kanri"),
  ])

  @Test(arguments: [
    // A version is no name.
    (
      ProductText("7.0.12", model: "FG-60F", maker: "フォーティネット"), "identified: certain o:fortinet:fortios 7.0.12"
    ),
    (ProductText("7.0.12"), "unknown: nothing"), (ProductText("Fortinet 7.0.12"), "unknown: nothing"),
    (ProductText("V6.0", model: "desknet's NEO", maker: "ネオジャパン"), "unknown: nothing"),
    (ProductText("", model: "V60", maker: "Intellian"), "identified: certain h:intellian:v60"),
    // Part of a name is nobody else's product.
    (
      ProductText("Windows Server 2012R2", model: "Express5800/R120h", maker: "ＮＥＣ"),
      "identified: certain o:microsoft:windows_server_2012 r2"
    ),
    (ProductText("Apache ActiveMQ 5.15.9"), "identified: certain a:apache:activemq 5.15.9"),
    // A maker's column that says the vendor of CPE, in Japanese or with the form of its company.
    (
      ProductText("7.13.0", model: "Confluence Server", maker: "アトラシアン"),
      "identified: certain a:atlassian:confluence_server 7.13.0"
    ),
    (ProductText("Confluence Server", version: "7.13.0"), "ask: guess a:atlassian:confluence_server 7.13.0"),
    (ProductText("5.0.10", model: "Zabbix", maker: "ZABBIX"), "identified: certain a:zabbix:zabbix 5.0.10"),
    (
      ProductText("11.0.1.1261", model: "Veeam Backup & Replication", maker: "Veeam"),
      "identified: certain a:veeam:veeam_backup_&_replication 11.0.1.1261"
    ),
    (
      ProductText("11.0.1.1261", model: "Backup & Replication", maker: "Veeam Software"),
      "identified: certain a:veeam:veeam_backup_&_replication 11.0.1.1261"
    ),
    (ProductText("7.0", model: "UDP", maker: "Arcserve"), "identified: certain a:arcserve:udp 7.0"),
    (ProductText("Kanri 2.1", maker: "Kubo Soft Co., Ltd."), "identified: certain a:kubo_soft:kanri 2.1"),
  ]) func readsNamesWithADictionary(_ text: ProductText, _ expected: String) {
    #expect(NameTests.shown(NameReader(lookup: Self.dictionary).read(text)) == expected, "\(text)")
  }
}
