import Text

/// The kinds of file that are read here.
package enum FeedFormat: String, Sendable, Hashable, CaseIterable {
  case nvd, nvdOverlay, cve, kev, epss
  case jvnRSS, jvnDetail, jvnProducts, myJVN
  case news, alertPage
  case csaf, cvrf, cisco
  case windowsUpdates, endOfLife
  case recog
  case nmap, nessus, greenbone
  case billOfMaterials, disclosure, windowsInventory
  /// What publishers say of their files (`PublishedDigest`).
  case digests
  /// A ZIP file whose members are to be looked at one by one.
  case archive

  /// Who reads it as a feed; nil for what is no feed but of one device, machine or file.
  package var reader: (any FeedReader.Type)? {
    switch self {
    case .nvd: NVDReader.self
    case .nvdOverlay: OverlayReader.self
    case .cve: CVEReader.self
    case .kev: ExploitedReader.self
    case .epss: ProbabilityReader.self
    case .jvnRSS: JVNListReader.self
    case .jvnDetail: JVNDetailReader.self
    case .jvnProducts: JVNProductReader.self
    case .myJVN: MyJVNReader.self
    case .news: NewsReader.self
    case .alertPage: AlertPageReader.self
    case .csaf: CSAFReader.self
    case .cvrf: CVRFReader.self
    case .cisco: CiscoReader.self
    case .windowsUpdates: WindowsUpdatesReader.self
    case .endOfLife: SupportCycleReader.self
    case .recog: FingerprintReader.self
    case .nmap: NmapScanReader.self
    case .nessus: NessusReader.self
    case .greenbone: GreenboneReader.self
    case .billOfMaterials, .disclosure, .windowsInventory, .digests, .archive: nil
    }
  }

  package var title: Localized {
    switch self {
    case .nvd: Localized(ja: "NVDの脆弱性情報", en: "NVD")
    case .nvdOverlay: Localized(ja: "NVDの補足データ", en: "overlays for NVD")
    case .cve: Localized(ja: "CVEレコード", en: "CVE records")
    case .kev: Localized(ja: "悪用確認済み脆弱性一覧（KEV）", en: "known exploited vulnerabilities (KEV)")
    case .epss: Localized(ja: "悪用される確率（EPSS）", en: "exploit probabilities (EPSS)")
    case .jvnRSS: Localized(ja: "JVN iPediaの一覧", en: "list of JVN iPedia")
    case .jvnDetail: Localized(ja: "JVN iPediaの詳細情報", en: "details of JVN iPedia")
    case .jvnProducts: Localized(ja: "JVNの製品一覧", en: "products of JVN")
    case .myJVN: Localized(ja: "MyJVN（4.0）の一覧", en: "list of MyJVN 4.0")
    case .news: Localized(ja: "JPCERT/CC・IPAの新着情報", en: "news of JPCERT/CC or IPA")
    case .alertPage: Localized(ja: "JPCERT/CCの注意喚起", en: "alert of JPCERT/CC")
    case .csaf: Localized(ja: "製造元の勧告（CSAF・VEX）", en: "advisory of a supplier (CSAF, VEX)")
    case .cvrf: Localized(ja: "製造元の勧告（CVRF）", en: "advisory of a supplier (CVRF)")
    case .cisco: Localized(ja: "Ciscoの勧告一覧", en: "advisories of Cisco")
    case .windowsUpdates: Localized(ja: "Windows更新プログラムの表", en: "table of Windows updates")
    case .endOfLife: Localized(ja: "サポート終了日（endoflife.date）", en: "ends of support (endoflife.date)")
    case .recog: Localized(ja: "応答の特徴の辞書（recog）", en: "fingerprints of banners (recog)")
    case .nmap: Localized(ja: "nmapの結果", en: "report of nmap")
    case .nessus: Localized(ja: "Nessusの結果", en: "report of Nessus")
    case .greenbone: Localized(ja: "Greenbone（OpenVAS）の結果", en: "report of Greenbone (OpenVAS)")
    case .billOfMaterials: Localized(ja: "ソフトウェア部品表（SBOM）", en: "software bill of materials")
    case .disclosure: Localized(ja: "医療機器のセキュリティ開示書（MDS2）", en: "disclosure for a medical device (MDS2)")
    case .windowsInventory: Localized(ja: "Windowsの構成情報", en: "inventory of Windows")
    case .digests: Localized(ja: "発行元の検査値", en: "check sums of a publisher")
    case .archive: Localized(ja: "ZIPファイル", en: "ZIP file")
    }
  }
}
