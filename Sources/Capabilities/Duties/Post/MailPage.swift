import Design
import HTML
import Nouns
import Text
import Time
import Transfer
import Web

/// `/settings/mail`.
struct MailPage {
  let settings: RelaySettings
  let stored: RelaySettings?
  /// What is shown comes from `yagura.yaml`.
  let isUsual: Bool
  let letters: [Letter]
  let recipient: String
  let request: WebRequest
  let problems: DutyProblems

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  func response(_ status: Int?) -> WebResponse {
    let errors = problems.errors(language)
    let frame = FormFrame(
      action: "/settings/mail",
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) } + [.hidden("version", String(stored?.version ?? 0))],
      buttons: Button.submit(say("保存", "Save"))
    )
    let usual: HTML =
      isUsual
      ? Banner(
        .info,
        say("いまは yagura.yaml の設定を使っています。", "The settings of yagura.yaml are in use."),
        detail: HTML(text: say("ここで保存すると、この施設ではその値を使います。", "What is saved here takes their place in this facility."))
      ).html(language) : .empty
    let test = FormFrame(
      action: "/settings/mail/test",
      csrf: request.csrf,
      fields: [
        FormField.email("recipient", say("宛先", "To"), value: recipient, required: true).withError(from: errors)
      ],
      buttons: Button.submit(say("試しに送る", "Send a test mail"), look: .secondary)
    )
    return .page(
      Page(
        say("メール", "Mail"),
        lead: HTML(
          text: say(
            "病院のメールサーバーを通して、急ぎの知らせと1日1通までのまとめを送ります。使わなくても、お知らせは画面で読めます。",
            "Urgent messages and at most one summary a day go out through the hospital's mail server. Without it messages are read on these pages."
          )
        ),
        errors: errors,
        main: """
          \(usual)\(frame.html(language))\
          <section><h2>\(say("試しに送る", "Test"))</h2>\(test.html(language))</section>\
          <section><h2>\(say("送れていないメール", "Not sent"))</h2>\(waiting)</section>
          """
      ),
      current: "duties.mail",
      status: status
    )
  }

  private var fields: [FormField] {
    let securities = [
      Choice(SMTPTransfer.Security.startTLS.rawValue, say("STARTTLS（ポート587など）", "STARTTLS (port 587)")),
      Choice(SMTPTransfer.Security.tls.rawValue, say("TLS（ポート465など）", "TLS (port 465)")),
      Choice(
        SMTPTransfer.Security.none.rawValue,
        say("暗号化しない", "None"),
        support: say("院内のサーバーで、ほかに方法がないときだけ使います。", "Only inside the hospital and where there is no other way.")
      ),
    ]
    let kept = stored?.password != nil
    var password = FormField.password(
      "password",
      say("パスワード", "Password"),
      autocomplete: "off",
      support: kept
        ? say("保存されています。替えるときだけ入力します。", "One is stored. Enter it only to change it.")
        : say("暗号化して保存します。", "Stored encrypted.")
    )
    password.required = false
    return [
      .radios(
        "isOn",
        say("メール", "Mail"),
        [Choice("yes", say("使う", "On")), Choice("no", say("使わない", "Off"))],
        chosen: settings.isOn ? "yes" : "no",
        across: true
      ),
      .text("host", say("メールサーバー", "Mail server"), value: settings.host, required: true),
      .number("port", say("ポート番号", "Port"), value: String(settings.port), required: true),
      .radios("security", say("暗号化", "Encryption"), securities, chosen: settings.security.rawValue),
      .text("user", say("ユーザー名", "User name"), value: settings.user, autocomplete: "off"),
      password,
      .text(
        "authorityFile",
        say("認証局の証明書ファイル", "Authority file"),
        value: settings.authorityFile,
        support: say(
          "院内の認証局を使うときに、この機械にあるPEMファイルの場所を入力します。",
          "A PEM file on this machine, where the hospital has an authority of its own."
        )
      ),
      .email("sender", say("差出人のアドレス", "Sender"), value: settings.sender, required: true),
      .text(
        "address",
        say("この画面のアドレス", "Address of these pages"),
        value: settings.address,
        support: say(
          "メールのリンクに使います。例：https://yagura.hospital.local",
          "For links in mails, such as https://yagura.hospital.local."
        ),
        type: "url"
      ),
      .number(
        "digestHour",
        say("まとめを送る時刻（時）", "Hour of the summary"),
        value: String(settings.digestHour),
        support: say("0から23まで", "0 to 23")
      ),
    ]
  }

  private var waiting: HTML {
    if letters.isEmpty { return "<p>\(say("ありません。", "None."))</p>" }
    return DataTable<Letter>(
      id: "letters",
      caption: say("送れていないメール", "Mails not sent"),
      address: Address("/settings/mail"),
      columns: [
        .init("at", say("作った時刻", "Made")) {
          DateText.html(request.dates.brief($0.createdAt, today: request.now.day), machine: $0.createdAt.iso)
        },
        .init("to", say("宛先", "To")) { HTML(text: $0.recipient) },
        .init("subject", say("件名", "Subject")) { HTML(text: $0.subject) },
        .init("state", say("状態", "State"), isLong: true) { letter in
          "\(chip(letter.state)) <span class=\"sub\">\(letter.problem[language])</span>"
        },
        .init("again", say("操作", "Action"), isAction: true) { letter in
          [.failed, .unknown].contains(letter.state)
            ? Button.post(
              say("もう一度送る", "Send again"),
              "/settings/mail/letters/\(letter.id)/again",
              csrf: request.csrf,
              look: .secondary,
              size: .small,
              context: letter.subject
            )
            : HTML(
              text: say("次は \(letter.nextTryAt.clock)", "Next at \(letter.nextTryAt.clock)")
            )
        },
      ],
      rows: letters,
      rowID: \.id,
      rowName: \.subject
    ).html(language)
  }

  private func chip(_ state: Letter.State) -> HTML {
    switch state {
    case .waiting: Chip(say("送信待ち", "Waiting"), .yellow).html
    case .sending: Chip(say("送信中", "Sending"), .blue).html
    case .sent: Chip(say("送信済み", "Sent"), .green).html
    case .failed: Chip(say("送れませんでした", "Not sent"), .red).html
    case .unknown: Chip(say("届いたか不明", "Unknown"), .red).html
    }
  }
}
