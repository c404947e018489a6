import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// 「見えない機器」: assets in use that no source saw lately.
struct UnseenPage {
  let unseen: UnseenAssets?
  let pager: Pager
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let days = SightingStore.freshDays
    let main: HTML
    if let unseen, !unseen.records.isEmpty {
      let values = ValueText(titles: [:], dates: request.dates)
      var table = DataTable<Record>(
        id: "unseen",
        caption: say("見えない機器", "Listed but not seen"),
        address: pager.address,
        columns: [
          .init("name", Kind.asset.label[language]) { record in
            "<a href=\"\(RecordPath.record("asset", record.id))\">\(record.title(language))</a>"
          }
        ]
          + ["asset_number", "host_name", "ip_address", "os", "last_seen_on"].compactMap { key in
            Kind.asset[field: key].map { field in .init(key, field.label[language]) { values.html($0, field) } }
          },
        rows: unseen.records,
        rowID: \.id,
        rowName: { $0.title(language) }
      )
      table.isDense = true
      table.pager = pager
      let warning: HTML? =
        unseen.isWithoutMatch
        ? Banner(
          .warning,
          say("取り込んだ記録は、台帳の機器と1台も一致していません。", "Not one of the imported records matches an asset."),
          detail: HTML(
            text: say(
              "製造番号・MACアドレス・ホスト名で突き合わせます。台帳のこれらの欄が記録と合っているかを、先に確かめてください。",
              "They are compared by serial number, MAC address and host name. Check these columns of the ledger first."
            )
          ),
          actions: Button.link(
            say("台帳にない機器を見る", "Found but not listed"),
            LedgerPath.unlisted,
            look: .secondary,
            size: .small
          )
        ).html(language) : nil
      let counted = say(
        "見えるはずの\(unseen.population.grouped)台のうち、\(unseen.total.grouped)台です。",
        "\(unseen.total.grouped) of \(unseen.population.grouped) that should be seen."
      )
      main = "\(warning)<p class=\"note\">\(counted)</p>\(table.html(language))"
    } else {
      let detail =
        unseen == nil
        ? say(
          "この\(days)日間、ネットワークの記録が1つも取り込まれていないので、判断できません。",
          "No network records were imported in the last \(days) days, so nothing can be said."
        )
        : say(
          "最終確認 \(request.dates.brief(request.now, today: request.now.day))",
          "Checked \(request.dates.brief(request.now, today: request.now.day))"
        )
      main = EmptyState(
        unseen == nil ? say("まだわかりません。", "Not known yet.") : say("ありません。", "None."),
        detail,
        actions: request.may(.importLedger)
          ? Button.link(
            say("ネットワークの記録を取り込む", "Import network records"),
            RecordPath.imports + "?kind=inventory",
            look: .secondary
          ) : nil
      ).html(language)
    }
    return .page(
      Page(
        say("見えない機器", "Listed but not seen"),
        lead: HTML(
          text: say(
            "台帳では使用中で、アドレスやホスト名もあるのに、この\(days)日間どの記録にも現れない機器です。廃棄・移動・故障を確かめてください。",
            "In use and addressed according to the ledger, yet in no record of the last \(days) days. Disposed of, moved, broken?"
          )
        ),
        actions: Button.print(language),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger")],
        main: main
      ),
      current: "ledger.unseen"
    )
  }
}
