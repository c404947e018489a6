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
    let list = UnlistedList(request.address(LedgerPath.unlisted))
    return UnlistedPage(things: try await sightings.unlisted(list.query, in: scope), list: list, request: request)
      .response
  }

  @Sendable func unseen(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let address = request.address(LedgerPath.unseen)
    let size = UnlistedList.size(address)
    let number = min(max(1, Int(address["page"] ?? "") ?? 1), 1_000_000)
    var unseen = try await sightings.unseen(from: (number - 1) * size, limit: size, in: scope)
    let pager = Pager(address: address, number: number, size: size, total: unseen?.total ?? 0, unit: UnlistedList.unit)
    if pager.number != number {
      unseen = try await sightings.unseen(from: (pager.number - 1) * size, limit: size, in: scope)
    }
    return UnseenPage(unseen: unseen, pager: pager, request: request).response
  }

  /// One decision for those that were ticked, or for all the list shows.
  @Sendable func decide(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    let query = try Fields(query: form.text("query")).fields
    let list = UnlistedList(Address(LedgerPath.unlisted, query.map { ($0.name, $0.value) }))
    let things = try await sightings.unlisted(list.query, in: scope.reading)
    let rows = Set(form.all("row"))
    let chosen = form.text("all") == "1" ? things : things.filter { rows.contains($0.id) }
    func again(_ ja: String, _ en: String) -> WebResponse {
      var page = UnlistedPage(things: things, list: list, request: request)
      page.problem = Localized(ja: ja, en: en)
      page.typed = ["asset": form.text("asset"), "reason": form.text("reason")]
      page.chosen = Set(chosen.map(\.id))
      return page.response
    }
    func done(_ ja: String, _ en: String, undo set: String? = nil) -> WebResponse {
      let action = set.map { ChangeRoutes.undoAction($0) }
      return .redirect(to: list.address.text, flash: .done(Localized(ja: ja, en: en), action: action))
    }
    guard !chosen.isEmpty else { return again("機器を選んでから、もう一度押してください。", "Choose devices first.") }
    let ids = chosen.flatMap { $0.sightings.map(\.id) }
    let count = chosen.count.grouped
    switch form.text("action") {
    case "accept":
      let made = try await sightings.accept(
        chosen.map { ($0.sightings.map(\.id), ["name": $0.title]) },
        reason: "ネットワークで見つかった",
        in: scope
      )
      return done("\(count)台を台帳に加えました。", "\(count) added to the ledger.", undo: made.first?.lastSet)
    case "ignore":
      let reason = form.text("reason")
      guard !reason.isEmpty else { return again("対象外にする理由を入力してください。", "Say why they are left out.") }
      try await sightings.ignore(ids, reason: reason, in: scope)
      return done("\(count)台を対象外にしました。", "\(count) left out.")
    case "link":
      let text = form.text("asset")
      guard chosen.count == 1, !text.isEmpty else {
        return again(
          "結び付けるときは、1台だけ選び、台帳の機器の名前か管理番号を入力してください。",
          "To link, choose one and type the asset's name or number."
        )
      }
      switch try await ReferenceEntry.resolve(text, .asset, store: store, in: scope.reading) {
      case .success(let asset):
        try await sightings.link(ids, to: asset, in: scope)
        return done("台帳の機器に結び付けました。", "Linked to the asset.")
      case .failure(let unclear): return again(unclear.text.ja, unclear.text.en)
      }
    case "reopen":
      try await sightings.reopen(ids, in: scope)
      return done("\(count)台を一覧に戻しました。", "\(count) put back on the list.")
    default: return .redirect(to: list.address.text)
    }
  }
}
