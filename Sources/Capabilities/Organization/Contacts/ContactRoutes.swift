import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// 外部連絡先: the sheet (付録3), what the pack offers, 「確かめた」 with one press, and what is out of date.
struct ContactRoutes: Sendable {
  let records: RecordStore
  let papers: PaperStore

  /// A number is right for half a year.
  static let verifiedDays = 183

  var routes: [Route] {
    [
      .get(OrganizationPath.contactSheet, ReadLedger.self, printed),
      .get(OrganizationPath.contactPack, EditLedger.self, pack),
      .post(OrganizationPath.contactPack, EditLedger.self, take),
      .get(OrganizationPath.verify, ReadLedger.self, open),
      .post(OrganizationPath.verify, EditLedger.self, verify),
    ]
  }

  static func read(_ store: RecordStore, _ scope: Scope<ReadLedger>) async throws -> [Record] {
    try await store.all(.contact, limit: 1_000, in: scope).records
  }

  /// Whether somebody made sure within half a year, and the entry is still meant to hold.
  static func isVerified(_ contact: Record, on today: LocalDate) -> Bool {
    guard !isOver(contact, on: today), let day = contact.date("verified_on") else { return false }
    return today.days(since: day) <= verifiedDays
  }

  /// The day until which the entry was meant to hold has passed.
  static func isOver(_ contact: Record, on today: LocalDate) -> Bool {
    contact.date("valid_until").map { $0 < today } ?? false
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let contacts = try await Self.read(records, scope)
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    let doubtful = contacts.count { !Self.isVerified($0, on: request.now.day) }
    return .sheet(
      PrintSheet(
        say("外部連絡先一覧", "Outside contacts"),
        subtitle: say(
          "\(contacts.count)件のうち未検証\(doubtful)件",
          "\(doubtful) of \(contacts.count) not verified"
        ),
        printed: request.printedBy,
        stamps: PaperStamps.usual(request.language),
        orientation: .landscape,
        backAddress: RecordPath.list(Kind.contact.key),
        contents: ContactTable(contacts: contacts, request: request).html
      )
    )
  }

  // MARK: The pack

  @Sendable func pack(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let known = try await Self.known(records, scope.reading)
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    let language = request.language
    let choices = ContactPack.all.enumerated().filter { !known.contains($1.foldedName) }.map { index, contact in
      Design.Choice(
        String(index),
        "\(contact.name[language])\(contact.phone.map { "　\($0)" } ?? "")",
        support: "\(contact.purpose[language])　\(say("状態：", "State: "))\(contact.state[language])"
      )
    }
    let main: HTML
    if choices.isEmpty {
      main = EmptyState(
        say("ひな形の連絡先は、すべて登録されています。", "Everything of the pack is recorded."),
        say("番号は、半年ごとに確かめます。", "Verify the numbers every half year.")
      ).html(language)
    } else {
      main = FormFrame(
        action: OrganizationPath.contactPack,
        csrf: request.csrf,
        fields: [
          FormField(
            "pick",
            say("追加する連絡先", "Contacts to add"),
            .checkboxes(choices, chosen: Set(choices.map(\.value)), across: false)
          )
        ],
        buttons: Button.submit(say("追加", "Add"))
      ).html(language)
    }
    return .page(
      Page(
        say("ひな形から連絡先を追加", "Add contacts from the pack"),
        lead: HTML(
          text: say(
            "番号はどれも未検証です。追加したあと、電話するか公式の案内と見比べて、「確かめた」を記録してください。",
            "No number is verified. After adding, ring or compare with the official notice and record it."
          )
        ),
        crumbs: [Crumb(Kind.contact.plural[language], RecordPath.list(Kind.contact.key))],
        main: "\(main)\(PackNote(ContactPack.pack, language: language).html)"
      ),
      current: "ledger.contact"
    )
  }

  /// The folded names of the contacts that are there.
  static func known(_ records: RecordStore, _ scope: Scope<ReadLedger>) async throws -> Set<String> {
    Set(try await read(records, scope).compactMap { $0.known("name").map { Fold.key($0) } })
  }

  /// Adds contacts of the pack by their place in it, except those that are there. Answers how many, and the change set.
  static func take(
    _ places: [Int],
    _ records: RecordStore,
    _ scope: Scope<EditLedger>
  ) async throws -> (count: Int, set: String?) {
    let known = try await known(records, scope.reading)
    let new = places.filter { !known.contains(ContactPack.all[$0].foldedName) }
      .map { ContactPack.all[$0].values(position: $0 + 1) }
    let set = try await records.keep(
      .contact,
      new: new,
      changed: [],
      title: Localized(ja: "外部連絡先のひな形の追加", en: "Contacts from the pack"),
      in: scope
    )
    return (new.count, set)
  }

  @Sendable func take(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let picked = try request.form().all("pick").compactMap(Int.init).filter { ContactPack.all.indices.contains($0) }
    let (count, set) = try await Self.take(picked, records, scope)
    return .redirect(
      to: RecordPath.list(Kind.contact.key),
      flash: .done(
        Localized(ja: "\(count)件を追加しました。番号を確かめてください。", en: "\(count) added. Verify the numbers."),
        action: set.map { ChangeRoutes.undoAction($0) }
      )
    )
  }

  // MARK: Verifying

  @Sendable func open(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let today = request.now.day
    let contacts = try await Self.read(records, scope).filter { !Self.isVerified($0, on: today) }
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    let language = request.language
    let main: HTML
    if contacts.isEmpty {
      main = EmptyState(
        say("半年以内に確かめていない連絡先はありません。", "Every contact was verified within half a year."),
        say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
      ).html(language)
    } else {
      let over = contacts.filter { Self.isOver($0, on: today) }.map { contact -> HTML in
        let until = contact.date("valid_until").map { request.dates.day($0) } ?? ""
        return """
          <li><a href="\(RecordPath.edit(Kind.contact.key, contact.id))">\(contact.title)</a>\
          <span class="sub">\(say("有効期限：", "Valid until: "))\(until)</span></li>
          """
      }
      let ended: HTML? =
        over.isEmpty
        ? nil
        : "<h2>\(say("有効期限の過ぎた連絡先", "Past their last day"))</h2><p>\(say("今の連絡先と期限に書き直すか、廃止してください。", "Enter the present contact and term, or retire it."))</p><ul class=\"log\">\(over)</ul>"
      let choices = contacts.filter { !Self.isOver($0, on: today) }.map { contact in
        Design.Choice(
          contact.id,
          "\(contact.title)　\(contact.known("phone") ?? say("番号なし", "no number"))",
          support: contact.known("source")
        )
      }
      let form: HTML? =
        choices.isEmpty
        ? nil
        : FormFrame(
          action: OrganizationPath.verify,
          csrf: request.csrf,
          fields: [
            FormField("id", say("確かめた連絡先", "Verified contacts"), .checkboxes(choices, chosen: [], across: false))
          ],
          buttons: Button.submit(say("確かめた", "Verified"))
        ).html(language)
      main = "\(form)\(ended)"
    }
    return .page(
      Page(
        say("連絡先を確かめる", "Verify contacts"),
        lead: HTML(
          text: say(
            "電話するか、公式の案内と見比べて、正しかったものに印を付けます。今日の日付とあなたの名前を記録します。",
            "Ring, or compare with the official notice, and tick what is right. Today and your name are recorded."
          )
        ),
        crumbs: [Crumb(Kind.contact.plural[language], RecordPath.list(Kind.contact.key))],
        main: main
      ),
      current: "ledger.contact"
    )
  }

  /// Notes that the numbers were verified by whoever asks. Answers how many, and the change set.
  static func verify(
    _ ids: [String],
    on today: LocalDate,
    _ records: RecordStore,
    _ scope: Scope<EditLedger>
  ) async throws -> (count: Int, set: String?) {
    let outcome = try await found {
      try await records.bulkChange(
        .contact,
        .ids(ids),
        ["verified_on": today.iso, "verified_by": scope.actor.name],
        reason: "番号を確かめた",
        in: scope
      )
    }
    return (outcome.changed, outcome.set)
  }

  @Sendable func verify(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let ids = try request.form().all("id")
    guard !ids.isEmpty else {
      return .redirect(
        to: OrganizationPath.verify,
        flash: Flash(.problem, Localized(ja: "確かめた連絡先を選んでください。", en: "Tick what you verified."))
      )
    }
    let (count, set) = try await Self.verify(ids, on: request.now.day, records, scope)
    return .redirect(
      to: OrganizationPath.verify,
      flash: .done(
        Localized(ja: "\(count)件を確かめたと記録しました。", en: "\(count) recorded as verified."),
        action: set.map { ChangeRoutes.undoAction($0) }
      )
    )
  }
}

/// 付録3 as a table, on screen and paper.
struct ContactTable {
  let contacts: [Record]
  let request: WebRequest

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }

  var html: HTML {
    let heads = [
      say("組織", "Organisation"), say("連絡する内容", "What for"), say("電話", "Telephone"), say("FAX", "Fax"),
      say("住所・メール", "Address, e-mail"), say("有効期限", "Valid until"), say("確認", "Verified"),
    ]
    let rows = contacts.map { contact -> HTML in
      let section = contact.known("section").map { "<span class=\"sub\">\($0)</span>" as HTML }
      let night = contact.known("phone_night").map {
        "<span class=\"sub\">\(say("夜間", "Out of hours")) \(PhoneText.html($0))</span>" as HTML
      }
      let reach = [contact.known("address"), contact.known("email")].compactMap { $0 }.joined(separator: " ")
      let until = contact.date("valid_until").map { request.dates.short($0) } ?? ""
      let data = zip(
        heads.dropFirst(),
        [
          HTML(text: contact.known("purpose") ?? ""),
          "\(contact.known("phone").map(PhoneText.html))\(night)",
          "<span class=\"nb\">\(contact.known("fax") ?? "")</span>", HTML(text: reach), HTML(text: until),
          verification(contact),
        ] as [HTML]
      ).map { "<td data-h=\"\($0)\">\($1)</td>" as HTML }
      return "<tr><th scope=\"row\">\(contact.title)\(section)</th>\(data)</tr>"
    }
    guard !rows.isEmpty else { return "<p>\(say("まだ登録されていません。", "Not recorded yet."))</p>" }
    return """
      <div class="table"><table class="dense cards"><caption class="vh">\(say("外部連絡先", "Outside contacts"))</caption>\
      <thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func verification(_ contact: Record) -> HTML {
    if ContactRoutes.isOver(contact, on: request.now.day) {
      return "<b>\(say("有効期限切れ", "Past its last day"))</b>"
    }
    guard let day = contact.date("verified_on") else { return "<b>\(say("未検証", "Not verified"))</b>" }
    let text = "\(request.dates.short(day)) \(contact.known("verified_by") ?? "")"
    return ContactRoutes.isVerified(contact, on: request.now.day)
      ? HTML(text: text) : "<b>\(say("確認が古い", "Out of date"))</b> \(text)"
  }
}
