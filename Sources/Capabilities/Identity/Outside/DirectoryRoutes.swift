import Design
import Directory
import HTML
import Nouns
import Text
import Time
import Web

/// `/settings/directory`: LDAP or Active Directory, which groups have which roles, and a try.
struct DirectoryRoutes: Sendable {
  let identity: Identity

  var routes: [Route] {
    [
      .get("/settings/directory", ManageSettings.self, show),
      .post("/settings/directory", ManageSettings.self, save),
      Route.post("/settings/directory/test", ManageSettings.self, test).within(.seconds(60)),
    ]
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let choice = try await identity.directory(scope.facility)
    return page(request, choice ?? DirectoryChoice(), stored: choice)
  }

  @Sendable func save(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let form = try request.form()
    let choice = Self.choice(form)
    do {
      try await identity.save(choice, in: scope, visit: Visit(request))
      return .redirect(
        to: Self.path,
        flash: .done(
          Localized(ja: "ディレクトリーの設定を保存しました。下で試してください。", en: "Saved. Try it below.")
        )
      )
    } catch let problems as Problems {
      let stored = try await identity.directory(scope.facility)
      return page(request, choice, stored: stored, errors: problems.errors(request.language))
    } catch is SettingsConflict {
      let stored = try await identity.directory(scope.facility)
      let error = FieldError("", SettingsConflict.message[request.language])
      return page(request, choice, stored: stored, errors: [error], status: 409)
    }
  }

  /// Looks somebody up as a sign-in would, without a password.
  @Sendable func test(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let form = try request.form()
    let language = request.language
    guard let choice = try await identity.directory(scope.facility) else {
      let text = Localized(ja: "先に設定を保存してください。", en: "Save the settings first.")
      return page(request, DirectoryChoice(), stored: nil, errors: [FieldError("", text[language])])
    }
    do {
      let person = try await Directory(choice.settings).look(up: form.text("user"))
      return page(request, choice, stored: choice, found: person)
    } catch let error as DirectoryError {
      return page(request, choice, stored: choice, errors: [FieldError("", error.message[language])])
    }
  }

  private static let path = "/settings/directory"

  static let roles: [Role] = [.director, .safetyManager, .administrator, .departmentHead, .staff]

  private static func choice(_ form: WebForm) -> DirectoryChoice {
    var choice = DirectoryChoice()
    choice.isOn = form.text("isOn") == "yes"
    choice.version = Int(form.text("version")) ?? 0
    choice.settings = DirectorySettings(
      host: Width.halved(form.text("host")),
      port: Int(Width.halved(form.text("port"))) ?? 0,
      security: DirectorySettings.Security(rawValue: form.text("security")) ?? .tls,
      serviceName: form.text("serviceName"),
      servicePassword: form["password"] ?? "",
      base: form.text("base"),
      filter: form.text("filter"),
      nameAttribute: form.text("nameAttribute"),
      groupAttribute: form.text("groupAttribute"),
      groupBase: form.text("groupBase"),
      groupFilter: form.text("groupFilter"),
      authorityFile: form.text("authorityFile")
    )
    for role in roles {
      let lines = form.text("group-\(role.rawValue)").split(whereSeparator: \.isNewline)
      choice.groups[role] = lines.map { Width.trimmed(String($0)) }.filter { !$0.isEmpty }
    }
    return choice
  }

  private func page(
    _ request: WebRequest,
    _ choice: DirectoryChoice,
    stored: DirectoryChoice?,
    errors: [FieldError] = [],
    found: Directory.Person? = nil,
    status: Int? = nil
  ) -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let fields = Self.fields(choice, hasPassword: stored?.hasPassword ?? false, language)
    let frame = FormFrame(
      action: Self.path,
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) } + [.hidden("version", String(stored?.version ?? 0))],
      buttons: Button.submit(say("保存", "Save"))
    )
    let test = FormFrame(
      action: "\(Self.path)/test",
      csrf: request.csrf,
      fields: [.text("user", say("ユーザー名", "User name"), required: true)],
      buttons: Button.submit(say("試す", "Try"), look: .secondary)
    )
    let result: HTML? = found.map { person in
      let roles = choice.roles(of: person.groups)
      let words = Role.allCases.filter(roles.contains).map { $0.label[language] }
      return Banner(
        words.isEmpty ? .warning : .success,
        say("「\(person.shownName)」が見つかりました。", "Found “\(person.shownName)”."),
        detail: KeyValues([
          .init(say("名前（DN）", "Name (DN)"), text: person.name),
          .init(
            say("グループ", "Groups"),
            text: person.groups.isEmpty ? say("なし", "none") : person.groups.joined(separator: " / ")
          ),
          .init(
            say("櫓での役割", "Roles here"),
            text: words.isEmpty ? say("なし（サインインできません）", "none, so no sign-in") : words.joined(separator: say("、", ", "))
          ),
        ]).html
      ).html(language)
    }
    return .page(
      Page(
        say("ディレクトリー（LDAP・AD）", "Directory (LDAP, AD)"),
        lead: HTML(
          text: say(
            "院内のActive DirectoryやLDAPのパスワードで、櫓にサインインできるようにします。櫓にパスワードを持つアカウントは、これまでどおりサインインできます。",
            "Lets people sign in with their password of Active Directory or LDAP. Accounts with a password here go on as before."
          )
        ),
        errors: errors,
        main: """
          \(ProviderRoutes.tabs(current: Self.path, language))\(result)\(frame.html(language))\
          <section><h2>\(say("試す", "Try it"))</h2>\
          <p>\(say("パスワードなしで、見つかるかどうかと役割を確かめます。", "Looks somebody up without a password and shows the roles."))</p>\
          \(test.html(language))</section>
          """
      ),
      current: "identity.outside",
      status: status
    )
  }

  private static func fields(_ choice: DirectoryChoice, hasPassword: Bool, _ language: Language) -> [FormField] {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let settings = choice.settings
    var password = FormField.password(
      "password",
      say("検索用アカウントのパスワード", "Its password"),
      autocomplete: "off",
      support: hasPassword
        ? say("保存されています。替えるときだけ入力します。", "One is stored. Enter it only to change it.")
        : say("暗号化して保存します。", "Stored encrypted.")
    )
    password.required = false
    let securities = [
      Choice("tls", say("TLS（ldaps、ポート636）", "TLS (ldaps, port 636)")),
      Choice("startTLS", say("StartTLS（ポート389）", "StartTLS (port 389)")),
    ]
    return [
      .radios(
        "isOn",
        say("ディレクトリー", "Directory"),
        [Choice("yes", say("使う", "On")), Choice("no", say("使わない", "Off"))],
        chosen: choice.isOn ? "yes" : "no",
        across: true
      ),
      text("host", say("サーバー", "Server"), settings.host, required: true),
      .number("port", say("ポート番号", "Port"), value: String(settings.port), required: true),
      .radios("security", say("暗号化", "Encryption"), securities, chosen: settings.security.rawValue),
      text(
        "authorityFile",
        say("認証局の証明書ファイル", "Authority file"),
        settings.authorityFile,
        say("院内の認証局を使うときの、この機械にあるPEMファイル", "A PEM file on this machine, where the hospital has an authority of its own")
      ),
      text(
        "serviceName",
        say("検索用アカウント（DN）", "Look-up account (DN)"),
        settings.serviceName,
        "cn=yagura,ou=services,dc=hospital,dc=local",
        required: true
      ),
      password,
    ] + search(settings, language)
      + roles.map { role in
        FormField.lines(
          "group-\(role.rawValue)",
          say("「\(role.label.ja)」のグループ", "Groups of “\(role.label.en)”"),
          value: (choice.groups[role] ?? []).joined(separator: "\n"),
          rows: 2
        )
      }
  }

  /// Where people and groups are found.
  private static func search(_ settings: DirectorySettings, _ language: Language) -> [FormField] {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    return [
      text(
        "base",
        say("利用者のいる場所（DN）", "Where people are (DN)"),
        settings.base,
        "ou=people,dc=hospital,dc=local",
        required: true
      ),
      text(
        "filter",
        say("検索フィルター", "Filter"),
        settings.filter,
        say("{user} に、入力されたユーザー名が入ります。", "{user} is what was typed."),
        required: true
      ),
      text("nameAttribute", say("氏名の属性", "Attribute of the name"), settings.nameAttribute),
      text(
        "groupAttribute",
        say("グループの属性", "Attribute of the groups"),
        settings.groupAttribute,
        say("ADでは memberOf。グループの側に人が並ぶときは空にします。", "memberOf in AD; empty where groups list their members.")
      ),
      text(
        "groupBase",
        say("グループのいる場所（DN）", "Where groups are (DN)"),
        settings.groupBase,
        say("グループの側に人が並ぶときだけ入力します。", "Only where groups list their members.")
      ),
      text("groupFilter", say("グループの検索フィルター", "Filter of groups"), settings.groupFilter),
    ]
  }

  private static func text(
    _ name: String,
    _ label: String,
    _ value: String,
    _ support: String? = nil,
    required: Bool = false
  ) -> FormField {
    .text(name, label, value: value, required: required, support: support, width: .full)
  }
}
