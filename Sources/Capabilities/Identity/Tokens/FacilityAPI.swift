import Nouns
import Text
import Time
import Web

/// `/api/v1/facility`: what the facility says of itself.
struct FacilityAPI: Sendable {
  let identity: Identity

  private static let group = EndpointGroup("facility", Localized(ja: "施設", en: "The facility"))

  private static let schema = Schema.object([
    .always("id", .id), .always("version", .count), .always("name", .text),
    .always("kind", .choice(Facility.Kind.allCases.map(\.rawValue))), .always("beds", .optional(.integer(0...9999))),
    .always("prefecture", .text), .always("address", .text), .always("telephone", .text),
    .always("fiscalYearStart", .integer(1...12)),
    .always(
      "secondFactor",
      .boolean,
      Localized(ja: "管理する人に2段階認証を必須にする", en: "Those who manage must sign in in two steps")
    ),
  ])

  private static let change = Schema.object([
    .maybe("version", .integer(1...1_000_000_000)), .maybe("name", .text(upTo: 100, from: 1)),
    .maybe("kind", .choice(Facility.Kind.allCases.map(\.rawValue))), .maybe("beds", .optional(.integer(0...9999))),
    .maybe("prefecture", .text(upTo: 20)), .maybe("address", .text(upTo: 200)), .maybe("telephone", .text(upTo: 30)),
    .maybe("fiscalYearStart", .integer(1...12)), .maybe("secondFactor", .boolean),
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/facility",
        ManageSettings.self,
        Endpoint(
          "getFacility",
          Self.group,
          Localized(ja: "施設の設定", en: "The facility's settings"),
          answers: [.json(Self.schema, Localized(ja: "施設", en: "The facility"), headers: ["ETag"])]
        )
      ) { call, scope in answer(call, try await identity.facility(in: scope)) },
      .api(
        .patch,
        "/facility",
        ManageSettings.self,
        Endpoint(
          "changeFacility",
          Self.group,
          Localized(ja: "施設の設定の変更", en: "Change the facility's settings"),
          parameters: [.ifMatch],
          body: .json(Self.change),
          answers: [.json(Self.schema, Localized(ja: "変更後の施設", en: "The facility as it is now"), headers: ["ETag"])],
          problems: [409, 412, 428]
        ),
        change
      ),
      .api(
        .post,
        "/facility/changes/:id/undo",
        ManageSettings.self,
        Endpoint(
          "undoFacilityChange",
          Self.group,
          Localized(ja: "施設の設定の変更を元に戻す", en: "Take a change of the settings back"),
          parameters: [.path("id", .id, Localized(ja: "変更の番号", en: "The change's id, of the journal"))],
          answers: [
            .json(
              .object([.always("restored", .count), .always("left", .count)]),
              Localized(ja: "何項目か", en: "How many fields")
            )
          ],
          problems: [409, 422]
        ),
        undo
      ),
    ]
  }

  @Sendable private func undo(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    do {
      let (restored, left) = try await identity.undoFacilityChange(call["id"], in: scope, visit: Visit(call.request))
      return call.answer { writer in
        writer.member("restored", restored)
        writer.member("left", left)
      }
    } catch let problems as Problems {
      throw WebError.invalid(problems.list.map { (pointer: "", reason: $0.message) }, call.language)
    } catch is FacilityConflict {
      throw WebError.conflict(
        Localized(ja: "ほかの人が同時に変更しました。", en: "Somebody changed it at the same time."),
        remedy: Localized(ja: "もう一度送ってください。", en: "Send it again.")
      )
    } catch is Identity.Missing {
      throw WebError.notFound(Localized(ja: "この変更", en: "This change"))
    }
  }

  @Sendable private func change(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let header = try call.expectedVersion()
    guard let version = header ?? call.json["version"]?.integer else { throw WebError.versionMissing }
    let current = try await identity.facility(in: scope)
    var values = Dictionary(uniqueKeysWithValues: Facility.Field.allCases.map { ($0, current.value($0)) })
    for field in Facility.Field.allCases {
      switch call.json[field.rawValue] {
      case .text(let text): values[field] = text
      case .integer(let number): values[field] = String(number)
      case .bool(let flag): values[field] = flag ? "yes" : ""
      case .null: values[field] = ""
      default: break
      }
    }
    do {
      try await identity.save(try FacilityDraft(values), version: version, in: scope, visit: Visit(call.request))
    } catch let problems as Problems {
      throw WebError.invalid(problems.list.map { (pointer: "/\($0.field)", reason: $0.message) }, call.language)
    } catch let conflict as FacilityConflict {
      throw Self.conflict(conflict.current, values, isHeader: header != nil)
    }
    return answer(call, try await identity.facility(in: scope))
  }

  /// Both values of each field in dispute.
  private static func conflict(_ current: Facility, _ wanted: [Facility.Field: String], isHeader: Bool) -> WebError {
    var error =
      isHeader
      ? WebError.outdated
      : .conflict(
        Localized(ja: "ほかの人が先に変更しました。まだ何も変わっていません。", en: "Somebody else changed it first. Nothing has changed."),
        remedy: Localized(
          ja: "両方の値を見比べ、新しい版を指定して送り直してください。",
          en: "Compare both values and send it with the new version."
        )
      )
    let fields = Facility.Field.allCases.filter { current.value($0) != wanted[$0] ?? "" }
    error.members["conflicts"] = [
      [
        "record": .text(current.id.rawValue), "title": .text(current.name), "currentVersion": .integer(current.version),
        "fields": .array(
          fields.map {
            ["field": .text($0.rawValue), "theirs": .text(current.value($0)), "mine": .text(wanted[$0] ?? "")]
          }
        ),
      ]
    ]
    return error
  }

  private func answer(_ call: APICall, _ facility: Facility) -> WebResponse {
    call.answer(headers: ["ETag": "\"\(facility.version)\""]) { writer in
      writer.member("id", facility.id.rawValue)
      writer.member("version", facility.version)
      writer.member("name", facility.name)
      writer.member("kind", facility.kind.rawValue)
      writer.member("beds", facility.beds)
      writer.member("prefecture", facility.prefecture)
      writer.member("address", facility.address)
      writer.member("telephone", facility.telephone)
      writer.member("fiscalYearStart", facility.fiscalYearStart)
      writer.member("secondFactor", facility.wantsSecondFactor)
    }
  }
}
