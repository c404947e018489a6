import Design
import Records
import SQL
import Text
import Time

/// What the records prove of borrowed devices, disposals, the first hour's papers, walks under way and what a leak would
/// reach: each as so many of so many.
extension Measures {
  /// A device goes back, or its loan is made longer, before its last month is over.
  static let returnDays = 30

  /// Recorded and known.
  private static func known(_ column: SQL) -> SQL { "(\(column) IS NOT NULL AND \(column) <> '?')" }

  static func loans(today: LocalDate) -> [Measure] {
    let borrowed: SQL = "\(assetKept) AND procurement IN ('loan', 'rental')"
    let soon = today.adding(days: returnDays).iso
    return [
      Measure(
        "ledger.assets.loansEnding",
        ja: "返却期限の近い借用機器",
        en: "Borrowed devices to go back",
        of: borrowed,
        where: """
          \(borrowed) AND ((procurement = 'loan' AND \(open("contract_ends_on")))
            OR (\(known("contract_ends_on")) AND contract_ends_on <= \(soon)))
          """,
        link: "/ledger/asset?f.procurement=loan&f.procurement=rental&sort=contract_ends_on"
      ) { value, of in
        value == 0
          ? Localized(
            ja: "借用・デモ・レンタルの機器\(of.grouped)台に、期限の近いものはありません。",
            en: "None of \(of.grouped) borrowed or rented devices is due to go back soon."
          )
          : Localized(
            ja: "借用・デモ・レンタルの機器\(of.grouped)台のうち\(value.grouped)台は、期限が過ぎたか\(returnDays)日以内に来るか、期限の記録がありません。",
            en:
              "Of \(of.grouped) borrowed or rented devices, \(value.english("is overdue, ends within \(returnDays) days or has no last day", "are overdue, end within \(returnDays) days or have no last day"))."
          )
      }
    ]
  }

  static let disposals = [
    Measure(
      "ledger.disposals.open",
      ja: "片付いていない廃棄・返却",
      en: "Disposals left open",
      of: "1 = 1",
      where: """
        (erasure IS NULL OR erasure <> 'no_storage') AND (certificate IS NULL OR certificate <> 'yes')
        OR accounts_closed IS NULL OR accounts_closed NOT IN ('yes', 'na')
        OR lines_closed IS NULL OR lines_closed NOT IN ('yes', 'na')
        """,
      link: "/ledger/disposal"
    ) { value, of in
      value == 0
        ? Localized(ja: "廃棄・返却の記録\(of.grouped)件は、すべて片付いています。", en: "All \(of.grouped) disposals are settled.")
        : Localized(
          ja: "廃棄・返却\(of.grouped)件のうち\(value.grouped)件は、消去証明書がないか、アカウントや回線が止まっていません。",
          en:
            "Of \(of.grouped) disposals, \(value.english("lacks an erasure certificate or has", "lack an erasure certificate or have")) accounts or lines open."
        )
    }
  ]

  /// What left the house and still stands in the ledger as if it were there: its accounts, lines and weaknesses go on being
  /// counted.
  static func gone(today: LocalDate) -> Measure {
    let done: SQL = "\(known("done_on")) AND done_on <= \(today.iso)"
    return Measure(
      "ledger.disposals.stillListed",
      ja: "処分したのに使用中のままの機器",
      en: "Disposed devices still listed as in use",
      of: done,
      where: """
        \(done) AND EXISTS (SELECT 1 FROM asset a WHERE a.facility = disposal.facility AND a.id = disposal.asset_id
          AND a.archived_at IS NULL AND (a.state IS NULL OR a.state <> 'disposed'))
        """,
      link: "/ledger/disposal"
    ) { value, of in
      value == 0
        ? Localized(
          ja: "処分日の過ぎた機器\(of.grouped)台は、すべて台帳でも「廃棄済」です。",
          en: "All \(of.grouped) devices past their disposal are listed as disposed."
        )
        : Localized(
          ja: "処分日の過ぎた機器\(of.grouped)台のうち\(value.grouped)台は、台帳のステータスが「廃棄済」になっていません。",
          en: "Of \(of.grouped) devices past their disposal, \(value.english("is", "are")) not listed as disposed."
        )
    }
  }

  /// As `Evidence.isComplete` decides it for one; a test holds the two together.
  static let evidence: Measure = {
    let needed: SQL = "(has_connection IS NULL OR has_connection NOT IN ('no', 'na'))"
    let own: [SQL] = [
      "b.firmware_on", "b.configuration_hash", "b.configuration_on", "b.support_number", "b.support_phone",
      "b.sign_ins",
      "b.how_to_cut",
    ].map(known)
    return Measure(
      "ledger.evidence.incomplete",
      ja: "控えのそろわない接点",
      en: "Boundary sheets not complete",
      of: needed,
      where: """
        \(needed) AND NOT EXISTS (
          SELECT 1 FROM boundary_evidence b LEFT JOIN asset a
            ON a.facility = connection.facility AND a.id = connection.boundary_asset_id
          WHERE b.facility = connection.facility AND b.connection_id = connection.id AND b.archived_at IS NULL
            AND \(own.joined(separator: " AND "))
            AND (\(known("b.model")) OR \(known("a.model")) OR \(known("connection.boundary_device")))
            AND (\(known("b.firmware")) OR \(known("connection.firmware")) OR \(known("a.os")))
            AND (\(known("b.log_place")) OR \(known("connection.log_place"))))
        """,
      link: EvidenceRoutes.path
    ) { value, of in
      Localized(
        ja: "外部接続\(of.grouped)件のうち、最初の1時間に要る控えがそろっているのは\((of - value).grouped)件です。",
        en:
          "Of \(of.grouped) connections, \((of - value).english("has", "have")) everything at hand for the first hour."
      )
    }
  }()

  /// How far the walks that are under way have come, by place.
  static func places(today: LocalDate) -> [Measure] {
    let walking: SQL = """
      s.archived_at IS NULL AND \(known("s.starts_on")) AND s.starts_on <= \(today.iso)
      AND (s.ends_on IS NULL OR s.ends_on = '?' OR s.ends_on >= \(today.iso))
      """
    let any: SQL = "EXISTS (SELECT 1 FROM survey s WHERE s.facility = location.facility AND \(walking))"
    return [
      Measure(
        "ledger.surveys.unvisited",
        ja: "現地調査で回っていない場所",
        en: "Places a survey has not been to",
        of: any,
        where: """
          \(any) AND NOT EXISTS (
            SELECT 1 FROM survey_find f JOIN survey s ON s.facility = f.facility AND s.id = f.survey_id
            WHERE f.facility = location.facility AND f.location_id = location.id AND f.archived_at IS NULL AND \(walking))
          """,
        isWorry: false,
        link: "/ledger/survey"
      ) { value, of in
        of == 0
          ? Localized(ja: "いま進めている現地調査はありません。", en: "No survey is under way.")
          : Localized(
            ja: "いま進めている現地調査では、\(of.grouped)か所のうち\((of - value).grouped)か所を回りました。",
            en: "The surveys under way have been to \((of - value).grouped) of \(of.grouped) places."
          )
      }
    ]
  }

  /// What a survey by a contractor needs on paper: before it, request, procedure, pledge and hours; after it, who worked how
  /// long, and the review.
  static func contractors(today: LocalDate) -> [Measure] {
    let before: [SQL] = ["requested_on", "procedure", "pledged_on", "hours"].map(open)
    let after: [SQL] = ["workers", "person_hours", "reviewed_on", "reviewer"].map(open)
    return [
      Measure(
        "ledger.surveys.withoutPapers",
        ja: "書類のそろわない外部の調査",
        en: "Contractors' surveys without papers",
        of: known("contractor"),
        where: """
          \(known("contractor")) AND (\(before.joined(separator: " OR "))
            OR (\(known("ends_on")) AND ends_on < \(today.iso) AND (\(after.joined(separator: " OR ")))))
          """,
        link: "/ledger/survey"
      ) { value, of in
        of == 0
          ? Localized(ja: "事業者に頼んだ現地調査はありません。", en: "No survey was given to a contractor.")
          : value == 0
            ? Localized(
              ja: "事業者に頼んだ現地調査\(of.grouped)件は、すべて書類がそろっています。",
              en: "All \(of.grouped) surveys by contractors have their papers."
            )
            : Localized(
              ja:
                "事業者に頼んだ現地調査\(of.grouped)件のうち\(value.grouped)件は、依頼日、手順、誓約書、時間帯か、終わったあとの人数・時間・技術面の確認が記録されていません。",
              en:
                "Of \(of.grouped) surveys by contractors, \(value.english("lacks", "lack")) request, procedure, pledge or hours, or afterwards people, hours of work or review."
            )
      }
    ]
  }

  static let unchecked = Measure(
    "ledger.finds.unchecked",
    ja: "2人目が確かめていない発見",
    en: "Finds without a second person's check",
    of: "what IS NULL OR what <> 'nothing'",
    where: "(what IS NULL OR what <> 'nothing') AND \(open("checked_by"))",
    link: "/ledger/survey_find?f.checked_by=!"
  ) { value, of in
    value == 0
      ? Localized(ja: "現地調査で見つけたものは、すべて2人目が確かめています。", en: "A second person has checked every find.")
      : Localized(
        ja: "現地調査で見つけた\(of.grouped)件のうち\(value.grouped)件は、2人目がまだ確かめていません。",
        en: "Of \(of.grouped) finds of surveys, \(value.english("was", "were")) not checked by a second person."
      )
  }

  static let information = [
    Measure(
      "ledger.information.incomplete",
      ja: "漏えいの規模が分からない情報",
      en: "Information whose leak cannot be sized",
      of: "1 = 1",
      where: """
        \(open("contents")) OR \(open("classification")) OR \(open("head_count")) OR \(open("retention"))
        OR (\(open("owner")) AND \(open("department")))
        """,
      link: "/ledger/information_asset"
    ) { value, of in
      Localized(
        ja: "情報資産\(of.grouped)件のうち、内容、区分、人数、保存期間、管理者がそろっているのは\((of - value).grouped)件です。",
        en:
          "Of \(of.grouped) kinds of information, \((of - value).english("has", "have")) contents, class, head count, retention and owner."
      )
    }
  ]

  static let clouds = [
    Measure(
      "ledger.clouds.withoutExit",
      ja: "やめ方の決まっていないクラウド",
      en: "Cloud services without an exit",
      of: "1 = 1",
      where: "\(open("exit_plan"))",
      link: "/ledger/cloud_service?f.exit_plan=!"
    ) { value, of in
      value == 0
        ? Localized(ja: "クラウドサービス\(of.grouped)件は、すべてやめ方が決まっています。", en: "All \(of.grouped) cloud services have an exit.")
        : Localized(
          ja: "クラウドサービス\(of.grouped)件のうち\(value.grouped)件は、やめるときのデータの引き取り方が決まっていません。",
          en: "Of \(of.grouped) cloud services, \(value.english("has", "have")) no plan for getting the data back."
        )
    }
  ]

  static func entries(today: LocalDate) -> [Measure] {
    [
      Measure(
        "ledger.entryRights.expired",
        ja: "期限の切れた入室の権利",
        en: "Rights to enter past their day",
        of: known("valid_until"),
        where: "\(known("valid_until")) AND valid_until < \(today.iso)",
        link: "/ledger/entry_right?sort=valid_until"
      ) { value, of in
        value == 0
          ? Localized(ja: "期限の切れた入室の権利はありません。", en: "No right to enter is past its day.")
          : Localized(
            ja: "期限のある入室の権利\(of.grouped)件のうち\(value.grouped)件は、期限が過ぎています。カードや鍵を返してもらいます。",
            en:
              "Of \(of.grouped) rights to enter with a last day, \(value.english("has", "have")) passed it. Take cards and keys back."
          )
      }
    ]
  }
}
