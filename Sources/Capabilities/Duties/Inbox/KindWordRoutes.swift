import Design
import HTML
import Nouns
import Text
import Web

/// `/inbox/word`: a short word of thanks to those who do the work; over `/api/v1/words` too.
struct KindWordRoutes: Sendable {
  let duties: Duties

  static let path = "/inbox/word"

  var routes: [Route] {
    [.get(Self.path, ManageDuties.self, form), .post(Self.path, ManageDuties.self, send), interface]
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> WebResponse {
    try await page(KindWord("", to: []), [], request, scope)
  }

  @Sendable func send(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> WebResponse {
    let form = try request.form()
    let word = KindWord(form.text("text"), to: form.all("to"))
    do {
      let count = try await duties.send(word, in: scope)
      return .redirect(
        to: "/",
        flash: .done(Localized(ja: "\(count)人にひとことを送りました。", en: "Sent to \(count) people."))
      )
    } catch let problems as DutyProblems {
      return try await page(word, problems.errors(request.language), request, scope)
    }
  }

  private func page(
    _ word: KindWord,
    _ errors: [FieldError],
    _ request: WebRequest,
    _ scope: Scope<ManageDuties>
  ) async throws -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let people = try await duties.thanked(by: scope.actor.id, scope.facility)
    let choices = people.map { person in
      let held = Set(person.grants.map(\.role))
      let shown = Role.allCases.filter(held.contains).map { $0.label[language] }
      return Design.Choice(person.account, person.name, support: shown.joined(separator: say("、", ", ")))
    }
    let fields: [FormField] = [
      .lines(
        "text",
        say("ひとこと", "Your word"),
        value: word.text,
        rows: 3,
        required: true,
        support: say(
          "\(KindWord.longest)文字まで。例：今月の点検、ありがとうございました。助かっています。",
          "At most \(KindWord.longest) characters. As: Thank you for this month's check."
        )
      ).withError(from: errors),
      .checkboxes(
        "to",
        say("送る相手", "For"),
        choices,
        chosen: Set(word.recipients),
        required: true
      ).withError(from: errors),
    ]
    let form = FormFrame(
      action: Self.path,
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("送る", "Send"))
        + Button.link(say("ホームに戻る", "Back to home"), "/", look: .text)
    )
    let main: HTML =
      people.isEmpty
      ? EmptyState(
        say("送れる相手がいません。", "There is nobody to send to."),
        say("管理者や部門責任者のアカウントを作ると、ここに出ます。", "Accounts of administrators and department heads appear here."),
        actions: Button.link(say("ホームに戻る", "Back to home"), "/", look: .secondary)
      ).html(language) : form.html(language)
    return .page(
      Page(
        say("ひとこと送る", "Send a word"),
        lead: HTML(
          text: say(
            "日ごろ支えてくれている人に、短いことばを送ります。相手の「お知らせ」に、あなたの名前で届きます。",
            "A short word to those who do the work. It arrives in their inbox under your name."
          )
        ),
        crumbs: [Crumb(say("お知らせ", "Inbox"), "/inbox")],
        errors: fields.errors,
        main: main
      ),
      current: "duties.inbox"
    )
  }

  private var interface: Route {
    .api(
      .post,
      "/words",
      ManageDuties.self,
      Endpoint(
        "sendWord",
        DutyAPI.group,
        Localized(ja: "ひとことを、選んだ人のお知らせに届ける", en: "A short word into the inboxes of those chosen"),
        body: .json(
          .object([
            .always("text", .text(upTo: KindWord.longest, from: 1)),
            .always(
              "to",
              .list(.text(upTo: 64, from: 1), upTo: KindWord.most),
              Localized(ja: "利用者の番号", en: "Accounts")
            ),
          ])
        ),
        answers: [
          .json(.object([.always("count", .count)]), Localized(ja: "何人に届けたか", en: "How many got it"))
        ]
      )
    ) { call, scope in
      let word = KindWord(call.json["text"]?.text ?? "", to: (call.json["to"]?.array ?? []).compactMap(\.text))
      do {
        let count = try await duties.send(word, in: scope)
        return call.answer { $0.member("count", count) }
      } catch let problems as DutyProblems {
        throw WebError.invalid(problems.list.map { ("/\($0.field)", $0.message) }, call.language)
      }
    }
  }
}
