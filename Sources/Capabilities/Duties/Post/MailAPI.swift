import Mail
import Nouns
import Text
import Time
import Transfer
import Web

/// The facility's mail relay without its password, a mail to try it, and the mails that did not go, as `/settings/mail` for
/// people.
struct MailAPI: Sendable {
  let duties: Duties

  private static func words(_ ja: String, _ en: String) -> Localized { Localized(ja: ja, en: en) }

  private static let group = EndpointGroup("mail", words("メール", "Mail"))
  private static let securities = SMTPTransfer.Security.allCases.map(\.rawValue)

  private static let relay = JSONShape<RelaySettings>([
    .flag("isOn") { $0.isOn }, .text("host") { $0.host }, .number("port") { $0.port },
    .choice("security", securities) { $0.security.rawValue }, .text("user") { $0.user },
    .flag("hasPassword") { $0.password != nil }, .text("authorityFile") { $0.authorityFile },
    .text("sender") { $0.sender }, .text("address") { $0.address }, .number("digestHour") { $0.digestHour },
    .number("version") { $0.version },
  ])

  private static let body = Schema.object([
    .always("isOn", .boolean), .always("host", .text(upTo: 253)), .always("port", .integer(1...65535)),
    .always("security", .choice(securities)), .maybe("user", .text(upTo: 200)),
    .maybe("password", .text(upTo: 500), words("なければ、保存してあるものを使い続ける", "Without it the stored one stays")),
    .maybe("authorityFile", .text(upTo: 500)), .always("sender", .text(upTo: 254)),
    .maybe("address", .text(upTo: 500), words("この画面のアドレス", "Under which address people reach the pages")),
    .maybe("digestHour", .integer(0...23)), .maybe("version", .count),
  ])

  private static let letter = JSONShape<Letter>([
    .text("id") { $0.id }, .text("recipient") { $0.recipient }, .text("subject") { $0.subject },
    .choice("state", Letter.State.allCases.map(\.rawValue)) { $0.state.rawValue },
    .instant("createdAt") { $0.createdAt },
    .instant("nextTryAt") { $0.nextTryAt }, .number("attempts") { $0.attempts }, .words("problem") { $0.problem },
  ])

  var routes: [Route] { settings + letters }

  private var settings: [Route] {
    let one = EndpointAnswer.one(Self.relay, Self.words("メールの設定", "The settings of mail"), headers: ["ETag"])
    return [
      .api(
        .get,
        "/mail-settings",
        ManageSettings.self,
        Endpoint("getMailSettings", Self.group, Self.words("メールサーバーの設定", "The relay that takes mails"), answers: [one])
      ) { call, scope in try await answer(call, scope) },
      .api(
        .put,
        "/mail-settings",
        ManageSettings.self,
        Endpoint(
          "keepMailSettings",
          Self.group,
          Self.words("メールサーバーの設定を保存する", "Keep the settings of the relay"),
          parameters: [.ifMatch],
          body: .json(Self.body),
          answers: [one],
          problems: [409, 412, 428]
        ),
        keep
      ),
      .api(
        .post,
        "/mail-settings/test",
        ManageSettings.self,
        Endpoint(
          "testMail",
          Self.group,
          Self.words("試しのメールをすぐに送る", "Send a mail to try it, at once"),
          body: .json(.object([.always("recipient", .text(upTo: 254, from: 1))])),
          answers: [
            .json(
              .object([
                .always("ok", .boolean),
                .always("answer", .optional(.text), Self.words("メールサーバーの返事", "What the relay said")),
                .always("problem", .optional(.text)),
              ]),
              Self.words("結果", "The outcome")
            )
          ],
          problems: [409]
        ),
        test
      ).within(.seconds(60)),
    ]
  }

  private var letters: [Route] {
    [
      .api(
        .get,
        "/mail-letters",
        ManageSettings.self,
        Endpoint(
          "listLetters",
          Self.group,
          Self.words("まだ送れていないメール（新しい順、100通まで）", "Mails that have not gone, the newest first, at most 100"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.letter, Self.words("メール", "The mails"))]
        )
      ) { call, scope in
        try call.page(of: try await duties.letters(scope.facility, limit: MailRoutes.shownLetters), as: Self.letter)
      },
      .api(
        .post,
        "/mail-letters/:id/again",
        ManageSettings.self,
        Endpoint(
          "sendLetterAgain",
          Self.group,
          Self.words("送れなかったメールを、もう一度送る列に入れる", "Put a mail that failed in line again"),
          parameters: [.path("id", .id, Self.words("メールの番号", "The mail's id"))],
          answers: [.nothing(Self.words("列に入れた", "It is in line"))]
        )
      ) { call, scope in
        guard try await duties.sendAgain(call["id"], in: scope) else {
          throw WebError.notFound(Self.words("このメール", "This mail"))
        }
        return .noContent
      },
    ]
  }

  private func answer(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let settings = try await duties.ownRelay(scope.facility) ?? duties.usualRelay ?? RelaySettings(isOn: false)
    return call.answer(settings, as: Self.relay, version: settings.version)
  }

  @Sendable private func keep(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    func text(_ name: String) -> String { call.json[name]?.text ?? "" }
    let version = try call.version()
    let settings = RelaySettings(
      host: text("host"),
      port: call.json["port"]?.integer ?? 0,
      security: SMTPTransfer.Security(rawValue: text("security")) ?? .startTLS,
      user: text("user"),
      password: call.json["password"]?.text.flatMap { $0.isEmpty ? nil : $0 },
      authorityFile: text("authorityFile"),
      sender: text("sender"),
      address: MailRoutes.trimmedAddress(text("address")),
      digestHour: call.json["digestHour"]?.integer ?? 8,
      isOn: call.json["isOn"]?.bool ?? false,
      version: version.number
    )
    try await DutyAPI.told(call, byHeader: version.isHeader) { try await duties.save(settings, in: scope) }
    return try await answer(call, scope)
  }

  @Sendable private func test(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    guard let settings = try await duties.relay(scope.facility) else {
      throw WebError.conflict(
        Self.words("メールサーバーが設定されていないか、「使わない」になっています。", "There is no mail server, or it is switched off."),
        remedy: Self.words("先に設定して isOn を true にしてください。", "Set it and switch isOn first.")
      )
    }
    var outcome: (answer: String?, problem: String?)
    do {
      outcome = (try await duties.tryMail(to: call.json["recipient"]?.text ?? "", by: settings), nil)
    } catch let problem as MailProblem {
      throw WebError.invalid([("/recipient", problem.message)], call.language)
    } catch let error as SMTPError {
      outcome = (nil, error.message[call.language])
    }
    return call.answer { writer in
      writer.member("ok", outcome.problem == nil)
      writer.member("answer", outcome.answer)
      writer.member("problem", outcome.problem)
    }
  }
}

extension Duties {
  /// Sends a mail at once and answers what the relay said. Throws `MailProblem` for the address, `SMTPError`.
  func tryMail(to recipient: String, by settings: RelaySettings) async throws -> String {
    let message = try MailMessage(
      id: ids.next(),
      sender: MailAddress(settings.sender, name: MailText.senderName),
      recipient: MailAddress(recipient),
      subject: "【櫓】試しのメール",
      text: "このメールが読めれば、メールの設定は正しくできています。\n\nSent from Yagura to try the mail settings.",
      at: clock.now()
    )
    return try await settings.relay.send(message)
  }
}
