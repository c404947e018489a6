import Design
import HTML
import Nouns
import Records
import Text
import Web

/// `/settings/vendor-accounts`: which vendor each account of a vendor belongs to; over `/api/v1/vendor-accounts` too.
struct VendorAccountRoutes: Sendable {
  let accounts: VendorAccounts
  let suppliers: Suppliers
  let needs: OrganizationNeeds

  static let path = "/settings/vendor-accounts"

  var routes: [Route] {
    [.get(Self.path, ManageUsers.self, show), .post(Self.path, ManageUsers.self, keep)] + interface
  }

  /// An account of a vendor with the vendor it belongs to.
  struct Line: Sendable {
    let account: OrganizationAccount
    let vendor: String?
    let vendorName: String
  }

  private static func field(_ account: String) -> String { "vendor-\(account)" }

  private static func names(_ vendors: [(id: String, title: String)]) -> [String: String] {
    Dictionary(vendors.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
  }

  private func lines(
    _ scope: Scope<ManageUsers>,
    _ vendors: [(id: String, title: String)]
  ) async throws -> [Line] {
    let names = Self.names(vendors)
    let known = try await accounts.all(in: scope)
    return try await needs.accounts(scope.facility).filter { !$0.isStaff }.map { account in
      // A vendor that was retired or merged away is nobody's.
      let vendor = known[account.id].flatMap { names[$0] == nil ? nil : $0 }
      return Line(account: account, vendor: vendor, vendorName: vendor.flatMap { names[$0] } ?? "")
    }
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let vendors = try await suppliers.all(in: scope)
    let lines = try await lines(scope, vendors)
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let none = Design.Choice("", say("決めていません", "Not said"))
    let fields = lines.map { line in
      FormField.select(
        Self.field(line.account.id),
        line.account.name + language.aside(line.account.userName),
        [none] + vendors.map { Design.Choice($0.id, $0.title) },
        chosen: line.vendor ?? ""
      )
    }
    let form = FormFrame(
      action: Self.path,
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("保存する", "Save"))
    )
    let main: HTML =
      lines.isEmpty
      ? EmptyState(
        say("事業者のアカウントはありません。", "There is no vendor's account."),
        say("「利用者」で「事業者」の役割を付けると、ここに出ます。", "Accounts with the role of a vendor appear here."),
        actions: Button.link(say("利用者を見る", "See the users"), "/settings/users", look: .secondary)
      ).html(language) : form.html(language)
    return .page(
      Page(
        say("事業者のアカウント", "Vendors' accounts"),
        lead: HTML(
          text: say(
            "アカウントがどの事業者のものかを決めると、その人のホームに、自社が保守する機器と、お願いしていることだけが出ます。",
            "Say which vendor an account belongs to. Its home then shows the devices they maintain and what you ask of them, and nothing else."
          )
        ),
        main: main
      ),
      current: "organization.vendorAccounts"
    )
  }

  @Sendable func keep(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let form = try request.form()
    let vendors = try await suppliers.all(in: scope)
    let names = Self.names(vendors)
    var changed = 0
    for line in try await lines(scope, vendors) where form.contains(Self.field(line.account.id)) {
      let chosen = form.text(Self.field(line.account.id))
      guard chosen.isEmpty || names[chosen] != nil else { continue }
      let isNew = try await accounts.set(
        line.account.id,
        to: chosen.isEmpty ? nil : chosen,
        names: (line.account.name, names[chosen] ?? ""),
        in: scope
      )
      if isNew { changed += 1 }
    }
    return .redirect(
      to: Self.path,
      flash: .done(
        changed == 0
          ? Localized(ja: "変更はありません。", en: "Nothing was different.")
          : Localized(ja: "\(changed)件を保存しました。", en: "\(changed) saved.")
      )
    )
  }

  // MARK: Programs

  private static let group = EndpointGroup("vendor-accounts", Localized(ja: "事業者のアカウント", en: "Vendors' accounts"))

  private static let shape = JSONShape<Line>([
    .text("account") { $0.account.id }, .text("userName") { $0.account.userName }, .text("name") { $0.account.name },
    .maybe("vendor") { $0.vendor }, .maybe("vendorName") { $0.vendorName },
  ])

  private var interface: [Route] {
    [
      .api(
        .get,
        "/vendor-accounts",
        ManageUsers.self,
        Endpoint(
          "listVendorAccounts",
          Self.group,
          Localized(ja: "事業者のアカウントと、その事業者", en: "Vendors' accounts and whose they are"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "アカウント", en: "The accounts"))]
        )
      ) { call, scope in try call.page(of: try await lines(scope, try await suppliers.all(in: scope)), as: Self.shape)
      },
      .api(
        .put,
        "/vendor-accounts/:account",
        ManageUsers.self,
        Endpoint(
          "keepVendorAccount",
          Self.group,
          Localized(ja: "アカウントがどの事業者のものかを決める（nullで外す）", en: "Say whose an account is; null for nobody's"),
          parameters: [.path("account", .id, Localized(ja: "利用者の番号", en: "The account's id"))],
          body: .json(.object([.always("vendor", .optional(.id))])),
          answers: [.one(Self.shape, Localized(ja: "アカウント", en: "The account"))]
        ),
        put
      ),
    ]
  }

  @Sendable private func put(_ call: APICall, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let vendors = try await suppliers.all(in: scope)
    guard let line = try await lines(scope, vendors).first(where: { $0.account.id == call["account"] }) else {
      throw WebError.notFound(Localized(ja: "この事業者のアカウント", en: "This vendor's account"))
    }
    let vendor = call.json["vendor"]?.text
    let name = vendors.first { $0.id == vendor }?.title
    guard vendor == nil || name != nil else {
      let reason = Localized(ja: "この事業者は登録されていません。", en: "There is no such vendor.")
      throw WebError.invalid([(pointer: "/vendor", reason: reason)], call.language)
    }
    try await accounts.set(line.account.id, to: vendor, names: (line.account.name, name ?? ""), in: scope)
    return call.answer(Line(account: line.account, vendor: vendor, vendorName: name ?? ""), as: Self.shape)
  }
}
