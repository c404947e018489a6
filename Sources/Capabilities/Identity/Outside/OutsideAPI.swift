import Directory
import Nouns
import OpenID
import Text
import Time
import Web

/// Sign-in by the hospital's directory or provider: the settings without their secrets, and a try, as `/settings/directory`
/// and `/settings/provider` for people. A secret is taken and never given out.
struct OutsideAPI: Sendable {
  let identity: Identity

  private static let group = EndpointGroup(
    "single-sign-on",
    Localized(ja: "院内の認証（LDAP・AD、OpenID Connect）", en: "Sign-in by directory or provider")
  )

  private static func words(_ ja: String, _ en: String) -> Localized { Localized(ja: ja, en: en) }

  private static let remedy = words("GET で読み直してから、送り直してください。", "Read it again with GET and send it again.")

  private static let both = words(
    "だれがサインインできるかを決めるため、manageUsers の権限も要ります。",
    "It decides who may sign in, so that manageUsers is needed, too."
  )

  private static let tried = Schema.object([
    .always("ok", .boolean),
    .always("problem", .optional(.text), words("うまくいかなかった理由と直し方", "What is wrong and what to do")),
  ])

  var routes: [Route] { directory + provider }

  // MARK: The directory

  private static let directoryShape = JSONShape<DirectoryChoice>([
    .flag("isOn") { $0.isOn }, .text("host") { $0.settings.host }, .number("port") { $0.settings.port },
    .choice("security", DirectorySettings.Security.allCases.map(\.rawValue)) { $0.settings.security.rawValue },
    .text("serviceName") { $0.settings.serviceName }, .flag("hasPassword") { $0.hasPassword },
    .text("base") { $0.settings.base }, .text("filter") { $0.settings.filter },
    .text("nameAttribute") { $0.settings.nameAttribute }, .text("groupAttribute") { $0.settings.groupAttribute },
    .text("groupBase") { $0.settings.groupBase }, .text("groupFilter") { $0.settings.groupFilter },
    .text("authorityFile") { $0.settings.authorityFile },
    .list(
      "groups",
      JSONShape<(role: Role, name: String)>([
        .choice("role", DirectoryRoutes.roles.map(\.rawValue)) { $0.role.rawValue }, .text("name") { $0.name },
      ])
    ) { choice in
      DirectoryRoutes.roles.flatMap { role in (choice.groups[role] ?? []).sorted().map { (role, $0) } }
    }, .number("version") { $0.version },
  ])

  private static let directoryBody = Schema.object([
    .always("isOn", .boolean), .always("host", .text(upTo: 253)), .always("port", .integer(1...65535)),
    .always("security", .choice(DirectorySettings.Security.allCases.map(\.rawValue))),
    .always("serviceName", .text(upTo: 500)),
    .maybe("password", .text(upTo: 500), words("なければ、保存してあるものを使い続ける", "Without it the stored one stays")),
    .always("base", .text(upTo: 500)), .maybe("filter", .text(upTo: 500)), .maybe("nameAttribute", .text(upTo: 100)),
    .maybe("groupAttribute", .text(upTo: 100)), .maybe("groupBase", .text(upTo: 500)),
    .maybe("groupFilter", .text(upTo: 500)), .maybe("authorityFile", .text(upTo: 500)),
    .always(
      "groups",
      .list(
        .object([
          .always("role", .choice(DirectoryRoutes.roles.map(\.rawValue))), .always("name", .text(upTo: 500, from: 1)),
        ]),
        upTo: 200
      )
    ), .maybe("version", .count, words("読んだときの版。はじめは 0", "The version that was read, 0 for the first time")),
  ])

  private var directory: [Route] {
    let one = EndpointAnswer.one(
      Self.directoryShape,
      Self.words("ディレクトリーの設定", "The settings of the directory"),
      headers: ["ETag"]
    )
    return [
      .api(
        .get,
        "/directory",
        ManageSettings.self,
        Endpoint(
          "getDirectory",
          Self.group,
          Self.words("ディレクトリー（LDAP・AD）の設定", "The settings of LDAP or Active Directory"),
          answers: [one]
        )
      ) { call, scope in try await answer(call, scope) },
      .api(
        .put,
        "/directory",
        ManageSettings.self,
        Endpoint(
          "keepDirectory",
          Self.group,
          Self.words("ディレクトリーの設定を保存する", "Keep the settings of the directory"),
          detail: Self.both,
          parameters: [.ifMatch],
          body: .json(Self.directoryBody),
          answers: [one],
          problems: [409, 412, 428]
        ),
        keep
      ),
      .api(
        .post,
        "/directory/test",
        ManageSettings.self,
        Endpoint(
          "testDirectory",
          Self.group,
          Self.words("ユーザー名を1つ調べる。パスワードは使わない", "Look somebody up as a sign-in would, without a password"),
          body: .json(.object([.always("user", .text(upTo: 100, from: 1))])),
          answers: [
            .json(
              .object([
                .always("ok", .boolean), .always("problem", .optional(.text)), .always("name", .optional(.text)),
                .always("shownName", .optional(.text)), .always("groups", .list(.text)),
                .always("roles", .list(.choice(DirectoryRoutes.roles.map(\.rawValue)))),
              ]),
              Self.words("見つかった人と、櫓での役割", "Who was found, and the roles here")
            )
          ],
          problems: [409]
        ),
        look
      ).within(.seconds(60)),
    ]
  }

  private func answer(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let choice = try await identity.directory(scope.facility) ?? DirectoryChoice()
    return call.answer(choice, as: Self.directoryShape, version: choice.version)
  }

  /// Who decides how people sign in decides who signs in: a token needs both permissions.
  private func mayDecide(_ call: APICall) throws(Denied) {
    guard call.request.may(.manageUsers) else { throw Denied(permission: .manageUsers) }
  }

  @Sendable private func keep(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    try mayDecide(call)
    let usual = DirectorySettings()
    func text(_ name: String, _ usual: String = "") -> String { call.json[name]?.text ?? usual }
    var choice = DirectoryChoice()
    choice.isOn = call.json["isOn"]?.bool ?? false
    choice.settings = DirectorySettings(
      host: Width.halved(text("host")),
      port: call.json["port"]?.integer ?? 0,
      security: DirectorySettings.Security(rawValue: text("security")) ?? .tls,
      serviceName: text("serviceName"),
      servicePassword: text("password"),
      base: text("base"),
      filter: text("filter", usual.filter),
      nameAttribute: text("nameAttribute", usual.nameAttribute),
      groupAttribute: text("groupAttribute", usual.groupAttribute),
      groupBase: text("groupBase"),
      groupFilter: text("groupFilter", usual.groupFilter),
      authorityFile: text("authorityFile")
    )
    for pair in call.json["groups"]?.array ?? [] {
      guard let role = pair["role"]?.text.flatMap(Role.init), let name = pair["name"]?.text.map(Width.trimmed),
        !name.isEmpty
      else { continue }
      choice.groups[role, default: []].append(name)
    }
    try await saved(call) { version in
      choice.version = version
      try await identity.save(choice, in: scope, visit: Visit(call.request))
    }
    return try await answer(call, scope)
  }

  /// Keeps settings that were read at a version, with the errors of the interface.
  private func saved(_ call: APICall, _ save: (Int) async throws -> Void) async throws {
    let version = try call.version()
    do {
      try await save(version.number)
    } catch let problems as Problems {
      throw WebError.invalid(
        problems.list.map { (pointer: $0.field.hasPrefix("group-") ? "/groups" : "/\($0.field)", reason: $0.message) },
        call.language
      )
    } catch is SettingsConflict {
      throw version.isHeader ? WebError.outdated : WebError.conflict(SettingsConflict.message, remedy: Self.remedy)
    }
  }

  @Sendable private func look(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    guard let choice = try await identity.directory(scope.facility) else { throw Self.unset }
    let person: Directory.Person?
    let problem: String?
    do {
      (person, problem) = (try await Directory(choice.settings).look(up: call.json["user"]?.text ?? ""), nil)
    } catch let error as DirectoryError {
      (person, problem) = (nil, error.message[call.language])
    }
    let roles = person.map { choice.roles(of: $0.groups) } ?? []
    return call.answer { writer in
      writer.member("ok", person != nil)
      writer.member("problem", problem)
      writer.member("name", person?.name)
      writer.member("shownName", person?.shownName)
      writer.member("groups", texts: person?.groups ?? [])
      writer.member("roles", texts: DirectoryRoutes.roles.filter(roles.contains).map(\.rawValue))
    }
  }

  private static let unset = WebError.conflict(
    words("まだ設定されていません。", "Nothing is set yet."),
    remedy: words("先に設定を保存してください。", "Keep the settings first.")
  )

  // MARK: The provider

  private static let providerShape = JSONShape<ProviderChoice>([
    .flag("isOn") { $0.isOn }, .text("label") { $0.label }, .text("issuer") { $0.settings.issuer },
    .text("client") { $0.settings.clientID }, .flag("hasSecret") { $0.hasSecret }, .text("address") { $0.address },
    .text("redirect", words("認証サーバーに登録する戻り先", "To register with the provider")) { $0.redirect },
    .text("authorityFile") { $0.settings.authorityFile }, .number("version") { $0.version },
  ])

  private static let providerBody = Schema.object([
    .always("isOn", .boolean), .always("label", .text(upTo: 40)), .always("issuer", .text(upTo: 500)),
    .always("client", .text(upTo: 200)),
    .maybe("secret", .text(upTo: 500), words("なければ、保存してあるものを使い続ける", "Without it the stored one stays")),
    .always("address", .text(upTo: 500)), .maybe("authorityFile", .text(upTo: 500)), .maybe("version", .count),
  ])

  private var provider: [Route] {
    let one = EndpointAnswer.one(
      Self.providerShape,
      Self.words("OpenID Connect の設定", "The settings of OpenID Connect"),
      headers: ["ETag"]
    )
    return [
      .api(
        .get,
        "/provider",
        ManageSettings.self,
        Endpoint(
          "getProvider",
          Self.group,
          Self.words("OpenID Connect の設定", "The settings of OpenID Connect"),
          answers: [one]
        )
      ) { call, scope in try await answerProvider(call, scope) },
      .api(
        .put,
        "/provider",
        ManageSettings.self,
        Endpoint(
          "keepProvider",
          Self.group,
          Self.words("OpenID Connect の設定を保存する", "Keep the settings of OpenID Connect"),
          detail: Self.both,
          parameters: [.ifMatch],
          body: .json(Self.providerBody),
          answers: [one],
          problems: [409, 412, 428]
        ),
        keepProvider
      ),
      .api(
        .post,
        "/provider/test",
        ManageSettings.self,
        Endpoint(
          "testProvider",
          Self.group,
          Self.words("認証サーバーの設定と鍵を読めるか試す", "Whether the provider's description and keys can be read"),
          answers: [.json(Self.tried, Self.words("結果", "The outcome"))],
          problems: [409]
        )
      ) { call, scope in
        guard let choice = try await identity.provider(scope.facility) else { throw Self.unset }
        var problem: String?
        do {
          _ = try await OpenIDProvider(choice.settings, clock: identity.clock).discovery()
        } catch let error as OpenIDError {
          problem = error.message[call.language]
        }
        return call.answer { writer in
          writer.member("ok", problem == nil)
          writer.member("problem", problem)
        }
      }.within(.seconds(60)),
    ]
  }

  private func answerProvider(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let choice = try await identity.provider(scope.facility) ?? ProviderChoice()
    return call.answer(choice, as: Self.providerShape, version: choice.version)
  }

  @Sendable private func keepProvider(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    try mayDecide(call)
    func text(_ name: String) -> String { call.json[name]?.text ?? "" }
    try await saved(call) { version in
      let choice = ProviderChoice(
        isOn: call.json["isOn"]?.bool ?? false,
        label: text("label"),
        settings: OpenIDSettings(
          issuer: text("issuer"),
          clientID: text("client"),
          clientSecret: text("secret"),
          authorityFile: text("authorityFile")
        ),
        address: text("address"),
        version: version
      )
      try await identity.save(choice, in: scope, visit: Visit(call.request))
    }
    return try await answerProvider(call, scope)
  }
}
