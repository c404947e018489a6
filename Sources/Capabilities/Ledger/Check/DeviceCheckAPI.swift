import Nouns
import Records
import Text
import Web

/// Devices to confirm and what was found of them, for programs: a hand-held reader, a round with a list.
struct DeviceCheckAPI: Sendable {
  let check: DeviceCheck

  private static let group = EndpointGroup("device-checks", Localized(ja: "機器の確認", en: "Check of devices"))

  private static let answer = Schema.object([
    .always("device", .id), .always("outcome", .choice(DeviceCheck.Outcome.allCases.map(\.rawValue))),
    .maybe(
      "place",
      .text(upTo: FieldRule.longestIdentifier, from: 1),
      Localized(ja: "移動した先の場所の番号か ?", en: "For what moved: the id of the location, or ?")
    ), .maybe("version", .integer(1...Int(Int32.max))),
  ])

  private static let outcome = Schema.object([.always("count", .count), .always("changeSet", .optional(.text))])

  /// As many as one call may carry.
  private static let most = 500

  var routes: [Route] {
    [
      .api(
        .get,
        "/device-checks",
        ReadLedger.self,
        Endpoint(
          "listDevicesToCheck",
          Self.group,
          Localized(ja: "この1年に確かめた記録のない機器", en: "Devices without a record of being seen within a year"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: .named("Record"), total: true), Localized(ja: "機器", en: "The devices"))]
        ),
        list
      ),
      .api(
        .post,
        "/device-checks",
        EditLedger.self,
        Endpoint(
          "keepDeviceChecks",
          Self.group,
          Localized(
            ja: "まだある（here）・移動した（moved）・見当たらない（missing）を、まとめて1つの変更として記録する",
            en: "Say of devices whether they are here, moved or missing, as one change, all or none"
          ),
          body: .json(.object([.always("answers", .list(Self.answer, upTo: Self.most))])),
          answers: [.json(Self.outcome, Localized(ja: "何台か", en: "How many devices"))],
          problems: [409]
        ),
        keep
      ),
    ]
  }

  @Sendable private func list(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var start = 0
    if let cursor = try call.cursor() {
      guard cursor.parts.count == 2, cursor.parts[0] == "d", let place = Int(cursor.parts[1]),
        (0...10_000_000).contains(place)
      else { throw WebError.brokenCursor }
      start = place
    }
    let waiting = try await check.waiting(from: start, limit: call.limit, in: scope)
    let end = start + waiting.devices.count
    return call.page(
      waiting.devices,
      next: end < waiting.total && !waiting.devices.isEmpty ? Cursor(["d", String(end)]) : nil,
      total: waiting.total
    ) {
      RecordJSON.write($0, .asset, waiting.titles, call.language, to: &$1)
    }
  }

  @Sendable private func keep(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let answers = (call.json["answers"]?.array ?? []).compactMap { line -> DeviceCheck.Answer? in
      guard let device = line["device"]?.text,
        let outcome = line["outcome"]?.text.flatMap(DeviceCheck.Outcome.init(rawValue:))
      else { return nil }
      return DeviceCheck.Answer(device, version: line["version"]?.integer, outcome, place: line["place"]?.text ?? "")
    }
    let ids = answers.map(\.device)
    if let twice = ids.indices.first(where: { ids[..<$0].contains(ids[$0]) }) {
      throw invalid(twice, "device", Localized(ja: "同じ機器が2回あります。", en: "This device stands twice."), call)
    }
    do {
      let outcome = try await RecordError.told(call) { try await check.settle(answers, in: scope) }
      return call.answer { writer in
        writer.member("count", outcome.count)
        writer.member("changeSet", outcome.set)
      }
    } catch let error as DeviceCheck.Placeless {
      let index = ids.firstIndex { error.devices.contains($0) } ?? 0
      throw invalid(index, "place", DeviceCheck.Placeless.message, call)
    }
  }

  private func invalid(_ index: Int, _ member: String, _ reason: Localized, _ call: APICall) -> WebError {
    .invalid([(pointer: "/answers/\(index)/\(member)", reason: reason)], call.language)
  }
}
