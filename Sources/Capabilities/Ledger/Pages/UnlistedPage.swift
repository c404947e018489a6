import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// 「台帳にない機器」: what is to be decided, a part at a time.
struct UnlistedPage {
  let things: [UnlistedThing]
  let list: UnlistedList
  let request: WebRequest
  var problem: Localized?
  /// What was typed and ticked before a problem came up.
  var typed: [String: String] = [:]
  var chosen: Set<String> = []

  init(things: [UnlistedThing], list: UnlistedList, request: WebRequest) {
    self.things = things
    self.list = list
    self.request = request
  }

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let pager = list.pager(total: things.count)
    var table = DataTable<UnlistedThing>(
      id: "unlisted",
      caption: say("台帳にない機器", "Found but not listed"),
      address: list.address,
      columns: columns,
      rows: pager.part(of: things),
      rowID: \.id,
      rowName: \.title,
      pager: pager,
      filter: filter
    )
    table.bulk = request.may(.editLedger) ? bulk : nil
    table.empty = empty
    table.isDense = true
    let state = list.query.state
    let tabs = Tabs(
      say("状態", "State"),
      [
        Design.MenuEntry(say("未対応", "Open"), LedgerPath.unlisted, isCurrent: state == .open),
        Design.MenuEntry(say("対象外", "Left out"), LedgerPath.unlisted + "?state=ignored", isCurrent: state == .ignored),
      ]
    )
    return .page(
      Page(
        say("台帳にない機器", "Found but not listed"),
        lead: HTML(
          text: say(
            "ネットワークや資産管理ツールには現れたのに、台帳のどの機器とも一致しないものです。台帳に加えるか、既存の機器に結び付けるか、対象外にするかを決めてください。",
            "Seen on the network or by a tool, and matching no asset. For each: add it, link it, or leave it out with a reason."
          )
        ),
        actions: Button.print(language),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger")],
        errors: problem.map { [FieldError("", $0[language])] } ?? [],
        main: "\(tabs.html)\(table.html(language))"
      ),
      current: "ledger.unlisted"
    )
  }

  private var filter: FilterBar {
    let all = Choice("", say("すべて", "All"))
    return FilterBar(
      address: list.address,
      fields: [
        .text(name: "q", label: say("ことばで絞る", "Filter by words"), value: list.query.text),
        .select(
          name: "source",
          label: say("見つけたもの", "Seen by"),
          choices: [all] + Sighting.Source.allCases.map { Choice($0.rawValue, $0.label[language]) },
          chosen: list.query.source?.rawValue ?? ""
        ),
      ]
    )
  }

  private var bulk: Bulk {
    let isOpen = list.query.state == .open
    var bulk = Bulk(
      address: LedgerPath.unlisted,
      csrf: request.csrf,
      actions: isOpen
        ? [
          Bulk.Action("accept", say("台帳に加える", "Add to the ledger")),
          Bulk.Action(
            "link",
            say("結び付ける", "Link"),
            asks: Bulk.Field("asset", say("結び付ける機器", "Asset to link"), value: typed["asset"] ?? "")
          ),
          Bulk.Action(
            "ignore",
            say("対象外にする", "Leave out"),
            asks: Bulk.Field("reason", say("理由", "Reason"), value: typed["reason"] ?? "")
          ),
        ] : [Bulk.Action("reopen", say("一覧に戻す", "Put back"))],
      noun: say("機器", "devices"),
      unit: UnlistedList.unit
    )
    bulk.chosen = chosen
    return bulk
  }

  private var empty: EmptyState {
    let checked = request.dates.brief(request.now, today: request.now.day)
    guard list.query == UnlistedQuery(list.query.state) else {
      return EmptyState(
        say("条件に合う機器はありません。", "No device matches."),
        say("「条件を外す」を押すと、すべて表示します。", "Clear the filters to see all.")
      )
    }
    return EmptyState(
      say("ありません。", "None."),
      say(
        "最終確認 \(checked)。資産管理ツールや nmap の結果を取り込むと、台帳と突き合わせます。",
        "Checked \(checked). Import the asset tool's list or nmap results to compare."
      ),
      actions: request.may(.importLedger)
        ? Button.link(say("取り込む", "Import"), RecordPath.imports + "?kind=inventory", look: .secondary) : nil
    )
  }

  private var columns: [DataTable<UnlistedThing>.Column] {
    [
      .init("name", say("見つかった機器", "Device")) { HTML(text: $0.title) },
      .init("address", say("IPアドレス", "IP address")) { HTML(text: first($0, \.ipAddress)) },
      .init("mac", say("MACアドレス", "MAC address")) { HTML(text: first($0, \.macAddress)) },
      .init("os", "OS") { HTML(text: first($0, \.os)) },
      .init("user", say("利用者", "User")) { HTML(text: first($0, \.user)) },
      .init("source", say("見つけたもの", "Seen by")) { thing in
        HTML(text: Set(thing.sightings.map { $0.source.label[language] }).sorted().joined(separator: "、"))
      },
      .init("at", say("最後に見た日時", "Last seen")) { thing in
        guard let at = thing.seenAt else { return .empty }
        return "<span class=\"nb\">\(request.dates.brief(at, today: request.now.day))</span>"
      },
    ]
  }

  private func first(_ thing: UnlistedThing, _ path: KeyPath<Seen, String?>) -> String {
    thing.sightings.lazy.compactMap { $0.seen[keyPath: path] }.first ?? ""
  }
}
