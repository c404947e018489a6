import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/asset/check`: the devices to confirm, some at a time, all answered with one press.
struct DeviceCheckRoutes: Sendable {
  let check: DeviceCheck

  private var store: RecordStore { check.records }

  static let path = "/ledger/asset/check"

  /// As many as are answered in three minutes.
  static let size = 20

  var routes: [Route] { [.get(Self.path, EditLedger.self, list), .post(Self.path, EditLedger.self, keep)] }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    try await page([:], [:], nil, request, scope.reading)
  }

  /// `typed` and `errors` are by the name of the field.
  private func page(
    _ typed: [String: String],
    _ errors: [String: Localized],
    _ problem: Localized?,
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> WebResponse {
    let waiting = try await check.waiting(limit: Self.size, in: scope)
    return DeviceCheckPage(
      devices: waiting.devices,
      titles: waiting.titles,
      total: waiting.total,
      places: try await store.choices(.location, limit: 500, in: scope).map(\.title),
      typed: typed,
      errors: errors,
      problem: problem,
      request: request
    ).response
  }

  @Sendable func keep(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    let isAll = form.text("rest") == DeviceCheck.Outcome.here.rawValue
    var typed: [String: String] = [:]
    var errors: [String: Localized] = [:]
    var answers: [DeviceCheck.Answer] = []
    for device in form.all("device").prefix(Self.size) {
      let chosen = DeviceCheckPage.outcome(device)
      let place = DeviceCheckPage.place(device)
      typed[chosen] = form.text(chosen)
      typed[place] = form.text(place)
      guard let outcome = DeviceCheck.Outcome(rawValue: form.text(chosen)) ?? (isAll ? .here : nil) else { continue }
      var answer = DeviceCheck.Answer(device, version: Int(form.text(DeviceCheckPage.version(device))), outcome)
      if outcome == .moved, !form.text(place).isEmpty {
        switch try await ReferenceEntry.resolve(form.text(place), .location, store: store, in: scope.reading) {
        case .success(let id): answer.place = id
        case .failure(let reason): errors[place] = reason.text
        }
      }
      answers.append(answer)
    }
    guard errors.isEmpty else { return try await page(typed, errors, nil, request, scope.reading) }
    guard !answers.isEmpty else {
      let nothing = Localized(ja: "機器を1台以上選んでから、もう一度押してください。", en: "Answer for one device at least.")
      return try await page(typed, [:], nothing, request, scope.reading)
    }
    do {
      let outcome = try await found { try await check.settle(answers, in: scope) }
      return .redirect(
        to: Self.path,
        flash: .done(
          Localized(ja: "\(outcome.count)台を記録しました。", en: "\(outcome.count) devices recorded."),
          action: outcome.set.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch let error as DeviceCheck.Placeless {
      for device in error.devices { errors[DeviceCheckPage.place(device)] = DeviceCheck.Placeless.message }
      return try await page(typed, errors, nil, request, scope.reading)
    } catch let error as RecordError {
      return try await page(typed, [:], error.message, request, scope.reading)
    }
  }
}

struct DeviceCheckPage {
  let devices: [Record]
  let titles: [String: String]
  let total: Int
  let places: [String]
  let typed: [String: String]
  let errors: [String: Localized]
  let problem: Localized?
  let request: WebRequest

  static func outcome(_ device: String) -> String { "outcome-\(device)" }
  static func place(_ device: String) -> String { "place-\(device)" }
  static func version(_ device: String) -> String { "version-\(device)" }

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let fields = devices.flatMap(self.fields)
    let main: HTML =
      devices.isEmpty
      ? EmptyState(
        say("確かめる機器はありません。", "There is no device to confirm."),
        say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)"),
        actions: Button.link(say("機器の一覧を見る", "See all devices"), RecordPath.list(Kind.asset.key), look: .secondary)
      ).html(language) : form(fields)
    return .page(
      Page(
        say("機器の確認", "Check of devices"),
        lead: HTML(
          text: say(
            "この1年に確かめた記録のない機器です。見に行って、まだあるか、移動したか、見当たらないかを選びます。分からないものは選ばずに残せます。",
            "Devices without a record of being seen within a year. Say whether each is still here, has moved or cannot be found. Leave out what you cannot tell."
          )
        ),
        crumbs: [
          Crumb(say("台帳", "Registers"), "/ledger"), Crumb(Kind.asset.plural[language], RecordPath.list(Kind.asset.key)),
        ],
        errors: (problem.map { [FieldError("", $0[language])] } ?? []) + fields.errors,
        main: main
      ),
      current: "ledger.asset"
    )
  }

  private func form(_ fields: [FormField]) -> HTML {
    let rest = total - devices.count
    let more =
      rest > 0
      ? say(
        "\(total.grouped)台のうち、\(devices.count)台を出しています。記録すると、次の機器が出ます。",
        "\(devices.count) of \(total.grouped) are shown. The next ones follow once these are recorded."
      )
      : say("\(total.grouped)台あります。", "\(total.grouped) in all.")
    let form = FormFrame(
      action: DeviceCheckRoutes.path,
      csrf: request.csrf,
      fields: fields,
      more: "<datalist id=\"places\">\(each: places, { "<option value=\"\($0)\"></option>" })</datalist>",
      buttons: Button.submit(say("選んだものを記録する", "Record what is chosen"))
        + Button.submit(
          say("選んでいないものは「まだある」で記録する", "Record, all others as still here"),
          name: "rest",
          value: DeviceCheck.Outcome.here.rawValue,
          look: .secondary
        )
    )
    return "<p>\(more)</p>\(form.html(language))"
  }

  private func fields(_ device: Record) -> [FormField] {
    let (outcome, place) = (Self.outcome(device.id), Self.place(device.id))
    var chosen = FormField.radios(
      outcome,
      device.title(language),
      DeviceCheck.Outcome.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
      chosen: typed[outcome],
      across: true,
      support: about(device)
    )
    chosen.error = errors[outcome]?[language]
    var moved = FormField.text(
      place,
      say("「\(device.title(.ja))」の移動した先", "Where “\(device.title(.en))” moved to"),
      value: typed[place] ?? "",
      support: say("「移動した」を選んだときだけ入力します。", "Only where it moved.")
    )
    moved.list = "places"
    moved.error = errors[place]?[language]
    return [
      .hidden("device", device.id), .hidden(Self.version(device.id), String(device.version)), chosen, moved,
    ]
  }

  /// Number, place, and when it was last seen, so that it is found.
  private func about(_ device: Record) -> String {
    let number = ["asset_number", "model"].compactMap { device.known($0) }
    let place = device.known("location").flatMap { titles[$0] }.map { Record.shown(title: $0, language) }
    let seen =
      device.date("last_seen_on").map { say("最終確認 \(request.dates.short($0))", "last seen \(request.dates.short($0))") }
      ?? say("確認した記録なし", "never confirmed")
    let missing = device["state"] == "missing" ? [say("所在不明", "missing")] : []
    return (number + [place].compactMap(\.self) + [seen] + missing).joined(separator: say("、", ", "))
  }
}
