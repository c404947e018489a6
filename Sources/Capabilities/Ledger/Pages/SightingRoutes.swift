import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/unlisted` and `/ledger/unseen`: what the network shows and the ledger does not, and the reverse.
struct SightingRoutes: Sendable {
  let sightings: SightingStore
  let store: RecordStore

  var routes: [Route] {
    [
      .get("/ledger/unlisted", ReadLedger.self, unlisted), .post("/ledger/unlisted", EditLedger.self, decide),
      .get("/ledger/unseen", ReadLedger.self, unseen),
    ]
  }

  @Sendable func unlisted(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let state = Sighting.State(rawValue: request.query["state"] ?? "") ?? .open
    return UnlistedPage(
      things: try await sightings.unlisted(state, in: scope),
      state: state,
      problem: nil,
      request: request
    ).response
  }

  @Sendable func unseen(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    UnseenPage(unseen: try await sightings.unseen(in: scope), request: request).response
  }

  /// One decision for one device, or the same for those that were ticked.
  @Sendable func decide(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    let state = Sighting.State(rawValue: form.text("state")) ?? .open
    let things = try await sightings.unlisted(state, in: scope.reading)
    let chosen = things.filter { form.all("row").contains($0.id) }
    guard !chosen.isEmpty else {
      return .redirect(
        to: LedgerPath.unlisted,
        flash: Flash(.problem, Localized(ja: "機器を選んでから、もう一度押してください。", en: "Choose devices first."))
      )
    }
    let ids = chosen.flatMap { $0.sightings.map(\.id) }
    switch form.text("action") {
    case "accept":
      for thing in chosen {
        _ = try await sightings.accept(
          thing.sightings.map(\.id),
          typed: ["name": thing.title],
          reason: "ネットワークで見つかった",
          in: scope
        )
      }
      return done(ja: "\(chosen.count)台を台帳に加えました。", en: "\(chosen.count) added to the ledger.")
    case "ignore":
      let reason = form.text("reason")
      guard !reason.isEmpty else {
        return try await again(state, "対象外にする理由を入力してください。", "Say why they are left out.", request, scope)
      }
      try await sightings.ignore(ids, reason: reason, in: scope)
      return done(ja: "\(chosen.count)台を対象外にしました。", en: "\(chosen.count) left out.")
    case "link":
      let text = form.text("asset")
      guard chosen.count == 1, !text.isEmpty else {
        return try await again(
          state,
          "結び付けるときは、1台だけ選び、台帳の機器の名前か管理番号を入力してください。",
          "To link, choose one and type the asset's name or number.",
          request,
          scope
        )
      }
      switch try await ReferenceEntry.resolve(text, .asset, store: store, in: scope.reading) {
      case .success(let asset):
        try await sightings.link(ids, to: asset, in: scope)
        return done(ja: "台帳の機器に結び付けました。", en: "Linked to the asset.")
      case .failure(let unclear): return try await again(state, unclear.text.ja, unclear.text.en, request, scope)
      }
    case "reopen":
      try await sightings.reopen(ids, in: scope)
      return done(ja: "\(chosen.count)台を一覧に戻しました。", en: "\(chosen.count) put back on the list.")
    default: return .redirect(to: LedgerPath.unlisted)
    }
  }

  private func done(ja: String, en: String) -> WebResponse {
    .redirect(to: LedgerPath.unlisted, flash: .done(Localized(ja: ja, en: en)))
  }

  private func again(
    _ state: Sighting.State,
    _ ja: String,
    _ en: String,
    _ request: WebRequest,
    _ scope: Scope<EditLedger>
  ) async throws -> WebResponse {
    UnlistedPage(
      things: try await sightings.unlisted(state, in: scope.reading),
      state: state,
      problem: Localized(ja: ja, en: en),
      request: request
    ).response
  }
}

struct UnlistedPage {
  let things: [UnlistedThing]
  let state: Sighting.State
  let problem: Localized?
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    var table = DataTable<UnlistedThing>(
      id: "unlisted",
      caption: say("台帳にない機器", "Found but not listed"),
      address: Address(LedgerPath.unlisted),
      columns: columns,
      rows: Array(things.prefix(500)),
      rowID: \.id,
      rowName: \.title
    )
    table.empty = EmptyState(
      say("ありません。", "None."),
      say(
        "最終確認 \(request.dates.brief(request.now, today: request.now.day))。資産管理ツールや nmap の結果を取り込むと、台帳と突き合わせます。",
        "Checked \(request.dates.brief(request.now, today: request.now.day)). Import the asset tool's list or nmap results to compare."
      ),
      actions: request.may(.importLedger)
        ? Button.link(say("取り込む", "Import"), RecordPath.imports + "?kind=inventory", look: .secondary) : nil
    )
    table.isDense = true
    let tabs = Tabs(
      say("状態", "State"),
      [
        Design.MenuEntry(say("未対応", "Open"), LedgerPath.unlisted, isCurrent: state == .open),
        Design.MenuEntry(say("対象外", "Left out"), LedgerPath.unlisted + "?state=ignored", isCurrent: state == .ignored),
      ]
    )
    let counted: HTML =
      "<p class=\"note\">\(Unit(ja: "台", one: "device", many: "devices").count(things.count, language))</p>"
    let main: HTML =
      request.may(.editLedger) && !things.isEmpty
      ? "<form method=\"post\" action=\"\(LedgerPath.unlisted)\">\(request.csrf)\(choice)\(table.html(language))</form>"
      : table.html(language)
    return .page(
      Page(
        say("台帳にない機器", "Found but not listed"),
        lead: HTML(
          text: say(
            "ネットワークや資産管理ツールには現れたのに、台帳のどの機器とも一致しないものです。1台ずつ、台帳に加えるか、既存の機器に結び付けるか、対象外にするかを決めてください。",
            "Seen on the network or by a tool, and matching no asset. For each: add it, link it, or leave it out with a reason."
          )
        ),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger")],
        errors: problem.map { [FieldError("", $0[language])] } ?? [],
        main: "\(tabs.html)\(counted)\(main)"
      ),
      current: "ledger.unlisted"
    )
  }

  private var choice: HTML {
    guard state == .open else {
      return """
        <input type="hidden" name="state" value="ignored"><div class="btns">\
        \(Button.submit(say("一覧に戻す", "Put back"), name: "action", value: "reopen", look: .secondary, size: .small))</div>
        """
    }
    return """
      <div class="bar"><div>\(Button.submit(say("選んだ機器を台帳に加える", "Add the chosen"), name: "action", value: "accept", size: .small))</div>\
      <div><label for="link-asset">\(say("結び付ける機器（名前・管理番号）", "Asset to link (name or number)"))</label>\
      <input type="text" id="link-asset" name="asset" autocomplete="off"></div>\
      <div>\(Button.submit(say("結び付ける", "Link"), name: "action", value: "link", look: .secondary, size: .small))</div>\
      <div><label for="ignore-reason">\(say("対象外にする理由", "Why it is left out"))</label>\
      <input type="text" id="ignore-reason" name="reason" autocomplete="off"></div>\
      <div>\(Button.submit(say("対象外にする", "Leave out"), name: "action", value: "ignore", look: .secondary, size: .small))</div></div>
      """
  }

  private var columns: [DataTable<UnlistedThing>.Column] {
    [
      .init("name", say("見つかった機器", "Device")) { thing in
        guard request.may(.editLedger) else { return HTML(text: thing.title) }
        return """
          <label class="choice"><input type="checkbox" name="row" value="\(thing.id)"><span>\(thing.title)</span></label>
          """
      }, .init("address", say("IPアドレス", "IP address")) { HTML(text: first($0, \.ipAddress)) },
      .init("mac", say("MACアドレス", "MAC address")) { HTML(text: first($0, \.macAddress)) },
      .init("os", "OS") { HTML(text: first($0, \.os)) },
      .init("user", say("利用者", "User")) { HTML(text: first($0, \.user)) },
      .init("source", say("見つけたもの", "Seen by")) { thing in
        HTML(text: Set(thing.sightings.map { $0.source.label[language] }).sorted().joined(separator: "、"))
      },
      .init("at", say("最後に見た日時", "Last seen")) { thing in
        guard let at = thing.sightings.map(\.seen.seenAt).max() else { return .empty }
        return "<span class=\"nb\">\(request.dates.brief(at, today: request.now.day))</span>"
      },
    ]
  }

  private func first(_ thing: UnlistedThing, _ path: KeyPath<Seen, String?>) -> String {
    thing.sightings.lazy.compactMap { $0.seen[keyPath: path] }.first ?? ""
  }
}

struct UnseenPage {
  let unseen: UnseenAssets?
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
        address: Address(LedgerPath.unseen),
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
      main = """
        <p class="note">\(say("\(unseen.total)台（見えるはずの\(unseen.population)台のうち）", "\(unseen.total) of \(unseen.population) that should be seen"))</p>\
        \(table.html(language))
        """
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
            "台帳では使用中で住所（IPアドレスやホスト名）もあるのに、この\(days)日間どの記録にも現れない機器です。廃棄・移動・故障を確かめてください。",
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
