import Blobs
import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}/evidence`: what is attached to the answers of the round of today.
struct AttachmentAPI: Sendable {
  let assessment: Assessment

  static let shape = JSONShape<Attachment>([
    .text("id") { $0.id }, .text("item") { $0.item }, .text("topic") { $0.topic },
    .choice("kind", Attachment.Kind.allCases.map(\.rawValue)) { $0.kind.rawValue }, .text("title") { $0.title },
    .maybe("type") { $0.type?.rawValue }, .count("size") { $0.size }, .text("sha256") { $0.hash },
    .maybe("link") { $0.link }, .maybe("note") { $0.note }, .day("datedOn") { $0.datedOn },
    .day("goodUntil") { $0.goodUntil(keeps: $0.keeps) }, .instant("addedAt") { $0.addedAt },
    .text("addedBy") { $0.addedBy }, .maybe("withdrawnAt") { $0.withdrawnAt?.iso },
  ])

  static let types = MediaKind.allCases.map(\.rawValue)

  /// What is sent beside the bytes of a file.
  static let about: [EndpointParameter] = [
    .query("name", .text(upTo: 200, from: 1), Localized(ja: "ファイル名", en: "The file's name"), isRequired: true),
    .query(
      "kind",
      .choice(Attachment.Kind.allCases.filter { $0 != .page }.map(\.rawValue)),
      Localized(ja: "種類。指定しなければ document", en: "What it is; document unless told otherwise")
    ),
    .query(
      "datedOn",
      .day,
      Localized(ja: "根拠の日付。この日から古くなります。なければ今日", en: "The day it speaks of, from which it ages; today without")
    ),
    .query("note", .text(upTo: AttachmentDraft.longestNote), Localized(ja: "説明", en: "A note")),
  ]

  /// A record instead of a file.
  static let recordBody = Schema.object([
    .always("link", .text(upTo: 500, from: 1)), .maybe("datedOn", .optional(.day)),
    .maybe("note", .text(upTo: AttachmentDraft.longestNote)),
  ])

  static let one = EndpointParameter.path(
    "evidence",
    .id,
    Localized(ja: "根拠の番号", en: "The id of the evidence")
  )

  var routes: [Route] { reading + attaching + [removing] }

  private var reading: [Route] {
    [
      .api(
        .get,
        "/assessments/:pack/evidence",
        ReadLedger.self,
        Endpoint(
          "listAssessmentEvidence",
          AssessmentAPI.group,
          Localized(ja: "いまの回の答えに付けた根拠", en: "What is attached to the answers of the round of today"),
          parameters: [AssessmentAPI.pack, .limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "根拠", en: "The evidence"))]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], scope.facility)
        let all = try await assessment.evidence(checklist, scope.facility)
        return try call.page(of: all) { Self.shape.write($0, call.language, to: &$1) }
      },
      .api(
        .get,
        "/assessments/:pack/evidence/:evidence",
        ReadLedger.self,
        Endpoint(
          "getAssessmentEvidence",
          AssessmentAPI.group,
          Localized(ja: "根拠のファイルそのもの", en: "The bytes of a file that was attached"),
          parameters: [AssessmentAPI.pack, Self.one],
          answers: [.file(Self.types, Localized(ja: "ファイル", en: "The file"))]
        )
      ) { call, scope in
        let (_, attachment) = try await found(call, scope.facility)
        return try await Self.file(attachment, assessment, scope.facility)
      },
    ]
  }

  private var attaching: [Route] {
    Self.attaching(
      "/assessments/:pack/items/:item",
      AssessmentAPI.group,
      [AssessmentAPI.pack, AssessmentAPI.item],
      Self.shape,
      file: (
        "attachEvidence",
        Localized(
          ja: "いまの回の答えに、根拠のファイルを付ける（20MBまで。中身の SHA-256 と一緒に残ります）",
          en: "Attach a file of at most 20 MB to an answer of the round of today; it is kept with its SHA-256"
        )
      ),
      record: (
        "attachRecord",
        Localized(
          ja: "台帳の記録を、いまの内容と一緒に根拠として付ける",
          en: "Attach a record of the registers with what it says now"
        )
      ),
      needs: AnswerChecks.self
    ) { evidence, call, scope in
      let checklist = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
      guard let item = checklist[call["item"]] else {
        throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
      }
      return try await assessment.attach(evidence, to: item, of: checklist, in: scope)
    }
  }

  /// The two ways to hand evidence in, under the address of what it is of: as a file, and as a record.
  static func attaching<P: Permit>(
    _ address: String,
    _ group: EndpointGroup,
    _ parameters: [EndpointParameter],
    _ shape: JSONShape<Attachment>,
    file: (name: String, about: Localized),
    record: (name: String, about: Localized),
    needs permit: P.Type,
    _ attach: @escaping @Sendable (Assessment.Evidence, APICall, Scope<P>) async throws -> Attachment
  ) -> [Route] {
    func route(
      _ path: String,
      _ words: (name: String, about: Localized),
      _ more: [EndpointParameter],
      _ body: EndpointBody,
      _ read: @escaping @Sendable (APICall) -> Assessment.Evidence
    ) -> Route {
      .api(
        .post,
        "\(address)/\(path)",
        permit,
        Endpoint(
          words.name,
          group,
          words.about,
          parameters: parameters + more,
          body: body,
          answers: [.one(shape, Localized(ja: "付けた根拠", en: "What was attached"), status: 201)],
          problems: [409, 422],
          takesKey: true
        )
      ) { call, scope in
        call.answer(try await told(call) { try await attach(read(call), call, scope) }, as: shape, status: 201)
      }
    }
    return [
      route("evidence", file, about, .file(["application/octet-stream"] + types), Self.file),
      route("records", record, [], .json(recordBody), Self.record),
    ]
  }

  private var removing: Route {
    .api(
      .delete,
      "/assessments/:pack/evidence/:evidence",
      AnswerChecks.self,
      Endpoint(
        "detachEvidence",
        AssessmentAPI.group,
        Localized(ja: "根拠を外す。付けたことは記録に残ります", en: "Take evidence off; that it was attached stays on record"),
        parameters: [AssessmentAPI.pack, Self.one],
        answers: [.nothing(Localized(ja: "外した", en: "It is off"))],
        problems: [409]
      )
    ) { call, scope in
      let (checklist, attachment) = try await found(call, scope.facility)
      try await AssessmentAPI.told(call, AssessmentAPI.reopen) {
        try await assessment.attachments.remove(attachment, of: checklist, in: scope)
      }
      return WebResponse(status: 204)
    }
  }

  /// The file that a call carries.
  static func file(_ call: APICall) -> Assessment.Evidence {
    Assessment.Evidence(
      call.query("kind").flatMap(Attachment.Kind.init(rawValue:)) ?? .document,
      file: (call.request.body, call.query("name") ?? ""),
      datedOn: call.query("datedOn").flatMap(LocalDate.init(iso:)),
      note: call.query("note") ?? ""
    )
  }

  /// The record that a call names.
  static func record(_ call: APICall) -> Assessment.Evidence {
    Assessment.Evidence(
      .page,
      link: call.json["link"]?.text ?? "",
      datedOn: call.json["datedOn"]?.text.flatMap(LocalDate.init(iso:)),
      note: call.json["note"]?.text ?? ""
    )
  }

  /// Does something with evidence and tells what is wrong with it as problems.
  private static func told<T>(_ call: APICall, _ body: () async throws -> T) async throws -> T {
    do {
      return try await AssessmentAPI.told(
        call,
        AssessmentAPI.reopen,
        pointers: ["file": "", "dated": call.json.isNull ? "?datedOn" : "/datedOn"],
        body
      )
    } catch let again as WithdrawnAgain {
      throw WebError.invalid([(pointer: "", reason: again.message)], call.language)
    }
  }

  private func found(_ call: APICall, _ facility: FacilityID) async throws -> (Checklist, Attachment) {
    let checklist = try await assessment.asked(call["pack"], facility)
    guard let found = try await assessment.attachments.find(call["evidence"], facility), found.pack == checklist.id
    else { throw WebError.notFound(Localized(ja: "この根拠", en: "This evidence")) }
    return (checklist, found)
  }

  /// The bytes of an attachment. Throws that there are none for a record, and who withdrew what was withdrawn.
  static func file(
    _ attachment: Attachment,
    _ assessment: Assessment,
    _ facility: FacilityID
  ) async throws -> WebResponse {
    if attachment.withdrawnAt != nil { throw try await assessment.attachments.withdrawal(of: attachment, facility) }
    guard let type = attachment.type, let bytes = try await assessment.attachments.bytes(of: attachment, facility)
    else { throw WebError.notFound(Localized(ja: "この根拠のファイル", en: "A file of this evidence")) }
    return .file(bytes, name: type.downloadName(attachment.title), type: type.rawValue)
  }
}
