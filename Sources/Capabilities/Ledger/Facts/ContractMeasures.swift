import Design
import Records
import SQL
import Text
import Time

/// What systems, contracts, enquiries, disposals and surveys prove.
extension Measures {
  /// A contract is settled or ended before its notice runs out; without a notice three months ahead.
  static let noticeDays = 90

  static func systems() -> [Measure] {
    [
      Measure(
        "ledger.systems.withoutLine",
        ja: "保守回線の記録がないシステム",
        en: "Systems without a recorded line",
        of: "1 = 1",
        where: RecordStore.silentSystems(),
        link: AbsenceRoutes.path
      ) { value, of in
        Localized(
          ja: "\(of.grouped)のシステムのうち\(value.grouped)には、保守回線の有無が記録されていません。ないのではなく、まだ確かめていません。",
          en:
            "Of \(of.grouped) systems, \(value.english("has", "have")) no record of a line. That is a question, not a no."
        )
      }
    ] + signOn + systemPapers
  }

  /// Whether a vendor answers for the updates of a server stands in a contract in force that covers it or its system
  /// (guideline 7.0 asks this before it says which of its books apply).
  static func servers(today: LocalDate) -> Measure {
    let kept: SQL = "\(assetKept) AND category = 'server'"
    return Measure(
      "ledger.servers.withoutUpdateContract",
      ja: "更新の契約が記録されていないサーバ",
      en: "Servers without a recorded contract for updates",
      of: kept,
      where: """
        \(kept) AND NOT EXISTS (SELECT 1 FROM contract_cover v JOIN contract c ON c.facility = v.facility
          AND c.id = v.contract_id AND c.archived_at IS NULL WHERE v.facility = asset.facility
          AND v.archived_at IS NULL AND (v.asset_id = asset.id OR v.system_id = asset.system_id)
          AND c.security_updates = 'yes' AND (\(contractInForce(today))))
        """,
      link: "/ledger/asset?f.category=server"
    ) { value, of in
      guard of > 0 else { return Localized(ja: "サーバは台帳にありません。", en: "The ledger holds no server.") }
      return value == 0
        ? Localized(
          ja: "サーバ\(of.grouped)台すべてに、セキュリティ更新を事業者が行うと定めた契約が記録されています。",
          en: "Each of the \(of.grouped) servers is under a contract by which a vendor answers for security updates."
        )
        : Localized(
          ja: "サーバ\(of.grouped)台のうち\(value.grouped)台は、セキュリティ更新を事業者が行うと定めた契約が記録されていません。",
          en: "Of \(of.grouped) servers, \(value.grouped) have no recorded contract that obliges a vendor to updates."
        )
    }
  }

  /// Of a contract `c`.
  private static func contractInForce(_ today: LocalDate) -> SQL {
    "c.ends_on IS NULL OR c.ends_on = '?' OR c.ends_on >= \(today.iso) OR c.renewal = 'automatic'"
  }

  static func modalities() -> [Measure] {
    [
      Measure(
        "ledger.assets.withoutLine",
        ja: "保守回線の記録がない医療機器",
        en: "Medical devices without a recorded line",
        of: "category = 'medical' AND (state IS NULL OR state NOT IN ('disposed', 'stored'))",
        where: RecordStore.silentModalities(),
        link: AbsenceRoutes.path
      ) { value, of in
        Localized(
          ja: "医療機器\(of.grouped)台のうち\(value.grouped)台には、保守回線の有無が記録されていません。",
          en: "Of \(of.grouped) medical devices, \(value.english("has", "have")) no record of a line."
        )
      },
      Measure(
        "ledger.assets.disposedWithoutProof",
        ja: "証明のない廃棄機器",
        en: "Disposed devices without proof",
        of: "state = 'disposed'",
        where: """
          state = 'disposed' AND NOT EXISTS (SELECT 1 FROM disposal d WHERE d.facility = asset.facility
            AND d.asset_id = asset.id AND d.archived_at IS NULL AND (d.certificate = 'yes' OR d.erasure = 'no_storage')
            AND d.accounts_closed IN ('yes', 'na') AND d.lines_closed IN ('yes', 'na'))
          """,
        link: "/ledger/asset?f.state=disposed"
      ) { value, of in
        value == 0
          ? Localized(ja: "証明のそろわない廃棄はありません。", en: "Every disposal is proved.")
          : Localized(
            ja: "廃棄した\(of.grouped)台のうち\(value.grouped)台は、消去証明、アカウントの停止、回線の停止のどれかが記録されていません。",
            en:
              "Of \(of.grouped) disposed devices, \(value.english("lacks", "lack")) a certificate or closed accounts and lines."
          )
      },
    ]
  }

  static func contracts(today: LocalDate) -> [Measure] {
    let soon = today.adding(days: noticeDays).iso
    let known: SQL = "ends_on IS NOT NULL AND ends_on <> '?' AND (renewal IS NULL OR renewal <> 'automatic')"
    let needed = ContractClause.all.filter(\.isNeeded).map(\.key)
    return [
      Measure(
        "ledger.contracts.expiring",
        ja: "期限の近い契約",
        en: "Contracts about to end",
        of: known,
        where: "\(known) AND ends_on <= \(soon) AND ends_on >= \(today.adding(days: -365).iso)",
        link: "/ledger/contract?f.ends_on=%3C\(soon)&sort=ends_on"
      ) { value, of in
        value == 0
          ? Localized(ja: "期限の近い契約はありません。", en: "No contract is about to end.")
          : Localized(
            ja: "自動更新でない契約\(of.grouped)件のうち\(value.grouped)件は、終了したか、\(noticeDays)日以内に終わります。",
            en:
              "Of \(of.grouped) contracts that do not renew themselves, \(value.english("has ended or ends within \(noticeDays) days", "have ended or end within \(noticeDays) days"))."
          )
      },
      Measure(
        "ledger.contracts.gaps",
        ja: "責任分界に穴のある契約",
        en: "Contracts with boundary gaps",
        of: "1 = 1",
        where: """
          EXISTS (SELECT 1 FROM contract_clause c WHERE c.facility = contract.facility AND c.contract_id = contract.id
            AND c.archived_at IS NULL AND c.owner = 'unwritten' AND c.clause IN (\(list: needed)))
          """,
        link: BoundaryRoutes.overviewPath
      ) { value, of in
        value == 0
          ? Localized(ja: "責任分界に穴のある契約はありません。", en: "No contract leaves open what must be settled.")
          : Localized(
            ja: "契約\(of.grouped)件のうち\(value.grouped)件は、必ず決めておく事柄に「記載なし」があります。",
            en: "Of \(of.grouped) contracts, \(value.english("leaves", "leave")) open what must be settled."
          )
      },
      Measure(
        "ledger.contracts.unknownData",
        ja: "持ち出すデータの分からない契約",
        en: "Contracts whose data is unknown",
        of: "data_taken = 'yes'",
        where: "data_taken = 'yes' AND \(open("data_sent"))",
        link: "/ledger/contract?f.data_taken=yes&f.data_sent=!"
      ) { value, of in
        value == 0
          ? Localized(ja: "持ち出すデータの分からない契約はありません。", en: "Every contract that takes data says what is sent.")
          : Localized(
            ja: "データの持ち出しがある契約\(of.grouped)件のうち\(value.grouped)件は、実際に送られるものが分かりません。",
            en: "Of \(of.grouped) contracts that take data, \(value.english("does", "do")) not say what is really sent."
          )
      },
    ]
  }

  static func enquiries(today: LocalDate) -> [Measure] {
    let waiting: SQL = "\(open("answered_on")) AND \(open("closed_on"))"
    let lines: SQL = """
      (SELECT count(*) FROM connection c WHERE c.facility = vendor_enquiry.facility AND c.archived_at IS NULL
        AND c.vendor_id = vendor_enquiry.vendor_id
        AND (c.has_connection IS NULL OR c.has_connection NOT IN ('no', 'na')))
      """
    let fresh: SQL = "answered_on >= \(today.adding(days: -365).iso) AND answered_on <> '?'"
    return [
      Measure(
        "ledger.enquiries.overdue",
        ja: "回答のない照会",
        en: "Enquiries without an answer",
        of: "1 = 1",
        where: "\(waiting) AND due_on IS NOT NULL AND due_on <> '?' AND due_on < \(today.iso)",
        link: EnquiryRoutes.path
      ) { value, of in
        value == 0
          ? Localized(ja: "期限を過ぎた照会はありません。", en: "No enquiry is overdue.")
          : Localized(
            ja: "事業者への照会\(of.grouped)件のうち\(value.grouped)件は、期限を過ぎても回答がありません。",
            en: "Of \(of.grouped) enquiries, \(value.english("is", "are")) overdue."
          )
      },
      Measure(
        "ledger.enquiries.differing",
        ja: "台帳と違う事業者の回答",
        en: "Answers of vendors against the ledger",
        of: fresh,
        where: """
          \(fresh) AND ((remote_line = 'no' AND \(lines) > 0) OR (remote_line = 'yes' AND (\(lines) = 0
            OR (lines IS NOT NULL AND lines <> '?' AND lines <> CAST(\(lines) AS \(.text))))))
          """,
        link: EnquiryRoutes.path
      ) { value, of in
        value == 0
          ? Localized(ja: "台帳と食い違う事業者の回答はありません。", en: "No vendor's answer differs from the ledger.")
          : Localized(
            ja: "この1年の事業者の回答\(of.grouped)件のうち\(value.grouped)件は、院内につながる回線が台帳と食い違います。",
            en: "Of \(of.grouped) answers of the last year, \(value.grouped) differ from the lines in the ledger."
          )
      },
      Measure(
        "ledger.enquiries.forgotten",
        ja: "締め切っていない照会",
        en: "Enquiries not closed",
        of: "1 = 1",
        where: """
          \(open("closed_on")) AND due_on IS NOT NULL AND due_on <> '?'
            AND due_on < \(today.adding(days: -EnquiryRound.closingDays).iso)
          """,
        link: EnquiryRoutes.path
      ) { value, of in
        value == 0
          ? Localized(ja: "締め切りを忘れた照会はありません。", en: "No round was left open.")
          : Localized(
            ja: "期限から\(EnquiryRound.closingDays)日を過ぎても締め切っていない照会が\(value.grouped)件あります。",
            en: "\(value.grouped) enquiries are still open \(EnquiryRound.closingDays) days after their day."
          )
      },
    ]
  }

  /// Whom nobody asked for a year: on the table of vendors.
  static func unasked(today: LocalDate) -> Measure {
    Measure(
      "ledger.vendors.unasked",
      ja: "1年以上照会していない事業者",
      en: "Vendors not asked for a year",
      of: "1 = 1",
      where: """
        NOT EXISTS (SELECT 1 FROM vendor_enquiry e WHERE e.facility = vendor.facility AND e.vendor_id = vendor.id
          AND e.archived_at IS NULL AND e.asked_on <> '?' AND e.asked_on >= \(today.adding(days: -365).iso))
        """,
      link: EnquiryRoutes.path
    ) { value, of in
      value == 0
        ? Localized(ja: "すべての事業者に、この1年のうちに照会しました。", en: "Every vendor was asked within a year.")
        : Localized(
          ja: "事業者\(of.grouped)社のうち\(value.grouped)社には、院内につながる回線を1年以上聞いていません。",
          en: "Of \(of.grouped) vendors, \(value.english("was", "were")) not asked about their lines for a year."
        )
    }
  }

  static let finds = [
    Measure(
      "ledger.finds.open",
      ja: "台帳に反映していない発見",
      en: "Finds not in the ledger",
      of: "what IS NULL OR what <> 'nothing'",
      where: "(what IS NULL OR what <> 'nothing') AND asset IS NULL AND connection IS NULL",
      link: "/ledger/survey_find?f.asset=!"
    ) { value, of in
      value == 0
        ? Localized(ja: "台帳に反映していない発見はありません。", en: "Every find of a survey is in the ledger.")
        : Localized(
          ja: "現地調査で見つけた\(of.grouped)件のうち\(value.grouped)件は、まだ台帳にありません。",
          en: "Of \(of.grouped) finds of surveys, \(value.english("is", "are")) not in the ledger yet."
        )
    }
  ]
}
