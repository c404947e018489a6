import Text
import Time

/// A small set of feeds for the sample hospital, in the real formats. The numbers of the vulnerabilities, their products,
/// versions and listing dates are public facts; every text is our own. Far too few to work with: a hospital loads the whole
/// feeds.
struct DemoFeeds {
  let today: LocalDate
  /// The sticks of the months before held the update of Windows 11 only; all else came with the latest.
  var isPast = false

  private var weaknesses: [Weakness] {
    guard isPast else { return Self.weaknesses }
    return Self.weaknesses.filter { $0.id == "CVE-2025-62215" }.map {
      var weakness = $0
      weakness.criteria = weakness.criteria.filter { $0.cpe.contains("windows_11") }
      return weakness
    }
  }

  private struct Weakness {
    let id: String
    let published: String
    let title: String
    let summary: String
    /// 98 is CVSS 9.8.
    let tenths: Int
    let vector: String
    let weakness: String
    /// CPE of the product up to the version, with the ranges that are affected.
    var criteria: [Range]
    /// When CISA listed it, nil where it did not.
    let listed: String?
    let isRansomware: Bool
    /// `0.94`.
    let probability: String
  }

  private struct Range {
    let cpe: String
    let from: String?
    let before: String?

    init(_ cpe: String, _ from: String? = nil, before: String? = nil) {
      self.cpe = cpe
      self.from = from
      self.before = before
    }
  }

  private static let fortios = "cpe:2.3:o:fortinet:fortios"
  private static let iosxe = "cpe:2.3:o:cisco:ios_xe"
  private static let remote = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"

  private static let weaknesses: [Weakness] = [
    Weakness(
      id: "CVE-2024-21762",
      published: "2024-02-09",
      title: "FortiOS の SSL-VPN における領域外書き込み",
      summary: "A specially made HTTP request to the SSL VPN runs code before anybody has signed in.",
      tenths: 98,
      vector: remote,
      weakness: "CWE-787",
      criteria: [
        Range(fortios, "6.0.0", before: "6.2.16"), Range(fortios, "6.4.0", before: "6.4.15"),
        Range(fortios, "7.0.0", before: "7.0.14"), Range(fortios, "7.2.0", before: "7.2.7"),
        Range(fortios, "7.4.0", before: "7.4.3"),
      ],
      listed: "2024-02-09",
      isRansomware: true,
      probability: "0.93"
    ),
    Weakness(
      id: "CVE-2023-27997",
      published: "2023-06-13",
      title: "FortiOS の SSL-VPN におけるヒープの破壊",
      summary: "The SSL VPN overwrites its heap; an attacker from outside may run code.",
      tenths: 98,
      vector: remote,
      weakness: "CWE-787",
      criteria: [
        Range(fortios, "6.0.0", before: "6.0.17"), Range(fortios, "6.2.0", before: "6.2.14"),
        Range(fortios, "6.4.0", before: "6.4.13"), Range(fortios, "7.0.0", before: "7.0.12"),
        Range(fortios, "7.2.0", before: "7.2.5"),
      ],
      listed: "2023-06-13",
      isRansomware: true,
      probability: "0.91"
    ),
    Weakness(
      id: "CVE-2022-42475",
      published: "2023-01-02",
      title: "FortiOS の SSL-VPN における遠隔からのコード実行",
      summary: "A heap overflow in the SSL VPN lets an attacker from outside run commands.",
      tenths: 98,
      vector: remote,
      weakness: "CWE-787",
      criteria: [
        Range(fortios, "6.2.0", before: "6.2.12"), Range(fortios, "6.4.0", before: "6.4.11"),
        Range(fortios, "7.0.0", before: "7.0.9"), Range(fortios, "7.2.0", before: "7.2.3"),
      ],
      listed: "2022-12-13",
      isRansomware: true,
      probability: "0.94"
    ),
    Weakness(
      id: "CVE-2023-20198",
      published: "2023-10-16",
      title: "Cisco IOS XE の管理画面における権限の奪取",
      summary: "The web interface lets anybody make an account with all rights.",
      tenths: 100,
      vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
      weakness: "CWE-420",
      criteria: [
        Range(iosxe, "16.12.0", before: "16.12.10a"), Range(iosxe, "17.3.0", before: "17.3.8a"),
        Range(iosxe, "17.6.0", before: "17.6.6a"), Range(iosxe, "17.9.0", before: "17.9.4a"),
      ],
      listed: "2023-10-16",
      isRansomware: false,
      probability: "0.94"
    ),
    Weakness(
      id: "CVE-2023-20273",
      published: "2023-10-25",
      title: "Cisco IOS XE の管理画面におけるコマンドの実行",
      summary: "Somebody signed in to the web interface runs commands as the system.",
      tenths: 72,
      vector: "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H",
      weakness: "CWE-78",
      criteria: [Range(iosxe, "17.6.0", before: "17.6.6a"), Range(iosxe, "17.9.0", before: "17.9.4a")],
      listed: "2023-10-23",
      isRansomware: false,
      probability: "0.92"
    ),
    Weakness(
      id: "CVE-2025-62215",
      published: "2025-11-11",
      title: "Windows カーネルにおける権限の昇格",
      summary: "A race in the kernel gives somebody signed in the rights of the system.",
      tenths: 70,
      vector: "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H",
      weakness: "CWE-362",
      criteria: [
        Range("cpe:2.3:o:microsoft:windows_10_1809", before: "10.0.17763.8027"),
        Range("cpe:2.3:o:microsoft:windows_10_21h2", before: "10.0.19044.6575"),
        Range("cpe:2.3:o:microsoft:windows_10_22h2", before: "10.0.19045.6575"),
        Range("cpe:2.3:o:microsoft:windows_11_24h2", before: "10.0.26100.7171"),
        Range("cpe:2.3:o:microsoft:windows_11_25h2", before: "10.0.26200.7171"),
      ],
      listed: "2025-11-12",
      isRansomware: false,
      probability: "0.02"
    ),
    Weakness(
      id: "CVE-2021-20718",
      published: "2021-05-20",
      title: "確認用：台帳にない製品",
      summary: "A product that the sample hospital does not have.",
      tenths: 75,
      vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
      weakness: "CWE-400",
      criteria: [Range("cpe:2.3:a:openidc:mod_auth_openidc", "2.4.0", before: "2.4.8")],
      listed: nil,
      isRansomware: false,
      probability: "0.01"
    ),
  ]

  /// The files as they lie on the stick, each with its name.
  var files: [(name: String, bytes: [UInt8])] {
    [
      ("nvdcve-2.0-modified.json", Array(vulnerabilities.utf8)),
      ("known_exploited_vulnerabilities.json", Array(exploited.utf8)),
      ("epss_scores-\(day(2).iso).csv", Array(probabilities.utf8)),
      ("CVEs_\(day(4).iso.filter { $0 != "-" }).csv", Array(updates.utf8)),
    ]
  }

  private func day(_ ago: Int) -> LocalDate { today.adding(days: -ago) }

  private var vulnerabilities: String {
    let records = weaknesses.map { weakness -> String in
      let matches = weakness.criteria.enumerated().map { index, range -> String in
        let from = range.from.map { ",\"versionStartIncluding\":\"\($0)\"" } ?? ""
        let before = range.before.map { ",\"versionEndExcluding\":\"\($0)\"" } ?? ""
        return
          "{\"vulnerable\":true,\"criteria\":\"\(range.cpe):*:*:*:*:*:*:*:*\"\(from)\(before),\"matchCriteriaId\":\"00000000-0000-4000-8000-\(digits(index, 12))\"}"
      }.joined(separator: ",")
      return """
        {"cve":{"id":"\(weakness.id)","sourceIdentifier":"demo@yagura.example","published":"\(weakness.published)T09:15:00.000",\
        "lastModified":"\(weakness.published)T09:15:00.000","vulnStatus":"Analyzed","cveTags":[],\
        "descriptions":[{"lang":"en","value":"\(weakness.summary)"},{"lang":"ja","value":"\(weakness.title)"}],\
        "metrics":{"cvssMetricV31":[{"source":"nvd@nist.gov","type":"Primary","cvssData":{"version":"3.1",\
        "vectorString":"\(weakness.vector)","baseScore":\(weakness.tenths / 10).\(weakness.tenths % 10),\
        "baseSeverity":"\(weakness.tenths >= 90 ? "CRITICAL" : "HIGH")"}}]},\
        "weaknesses":[{"source":"nvd@nist.gov","type":"Primary","description":[{"lang":"en","value":"\(weakness.weakness)"}]}],\
        "configurations":[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[\(matches)]}]}],\
        "references":[{"url":"https://nvd.nist.gov/vuln/detail/\(weakness.id)","source":"nvd@nist.gov"}]}}
        """
    }
    return """
      {"resultsPerPage":\(records.count),"startIndex":0,"totalResults":\(records.count),"format":"NVD_CVE","version":"2.0",\
      "timestamp":"\(day(3).iso)T04:00:00.000","vulnerabilities":[\(records.joined(separator: ","))]}
      """
  }

  private var exploited: String {
    let listed = weaknesses.compactMap { weakness -> String? in
      guard let date = weakness.listed else { return nil }
      let product = Self.maker(weakness.criteria[0].cpe)
      return """
        {"cveID":"\(weakness.id)","vendorProject":"\(product.0)","product":"\(product.1)",\
        "vulnerabilityName":"\(product.1) weakness","dateAdded":"\(date)","shortDescription":"\(weakness.summary)",\
        "requiredAction":"Update as the vendor says, or take it off the network.","dueDate":"\(date)",\
        "knownRansomwareCampaignUse":"\(weakness.isRansomware ? "Known" : "Unknown")","notes":"","cwes":["\(weakness.weakness)"]}
        """
    }
    return """
      {"title":"CISA Catalog of Known Exploited Vulnerabilities","catalogVersion":"\(day(1).iso)",\
      "dateReleased":"\(day(1).iso)T12:00:00.000Z","count":\(listed.count),\
      "vulnerabilities":[\(listed.joined(separator: ","))]}
      """
  }

  private static func maker(_ cpe: String) -> (String, String) {
    if cpe.hasPrefix(fortios) { return ("Fortinet", "FortiOS") }
    return cpe.hasPrefix(iosxe) ? ("Cisco", "IOS XE") : ("Microsoft", "Windows")
  }

  private var probabilities: String {
    let rows = weaknesses.map { "\($0.id),\($0.probability),0.99" }.joined(separator: "\n")
    return "#model_version:v2025.03.14,score_date:\(day(2).iso)T00:00:00+0000\ncve,epss,percentile\n\(rows)\n"
  }

  /// Which update of Windows brings the correction, and which month before it replaces.
  private static let windowsUpdates: [(kb: String, replaces: String, products: [String])] = [
    (
      "5068861", "5066835",
      ["Windows 11 Version 24H2 for x64-based Systems", "Windows 11 Version 25H2 for x64-based Systems"]
    ),
    (
      "5068781", "5066791",
      ["Windows 10 Version 21H2 for x64-based Systems", "Windows 10 Version 22H2 for x64-based Systems"]
    ), ("5068791", "5066586", ["Windows 10 Version 1809 for x64-based Systems"]),
  ]

  private var updates: String {
    let rows = Self.windowsUpdates.flatMap { update in
      update.products.map { product in
        "20251111,CVE-2025-62215,\(update.kb),Windows Kernel Elevation of Privilege,\(product),,Important,"
          + "Elevation of Privilege,\(update.replaces),"
      }
    }
    return "DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits\n"
      + rows.joined(separator: "\n") + "\n"
  }
}
