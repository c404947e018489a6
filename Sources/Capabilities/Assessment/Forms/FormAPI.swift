import Nouns
import Tabular
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}`: forms as workbooks, there and back, and the ministry's own workbook.
struct FormAPI: Sendable {
  let assessment: Assessment

  private static let kind = EndpointParameter.query(
    "kind",
    .choice(["own", "official"]),
    Localized(
      ja: "own は Yagura の様式、official は取り込んだ公式の様式に記入したもの。なければ own",
      en: "own is Yagura's form, official the loaded official workbook filled in; own without"
    )
  )
  private static let name = EndpointParameter.query(
    "name",
    .text(upTo: 200, from: 1),
    Localized(ja: "ファイル名", en: "The file's name"),
    isRequired: true
  )
  private static func flag(_ name: String, _ about: Localized) -> EndpointParameter {
    .query(name, .choice(["true", "false"]), about)
  }

  private static let outcome = Schema.object([
    .always("new", .count), .always("changed", .count), .always("same", .count), .always("differing", .count),
    .always("kept", .count), .always("newer", .list(.text)),
  ])

  private static let answer = EndpointAnswer.file([FormFile.type], Localized(ja: "様式（xlsx）", en: "The form (xlsx)"))
  private static let body = EndpointBody.file(["application/octet-stream", "text/csv", FormFile.type])

  var routes: [Route] { giving + taking + official }

  // MARK: Out

  private var giving: [Route] {
    [
      .api(
        .get,
        "/assessments/:pack/form",
        ReadLedger.self,
        Endpoint(
          "getForm",
          AssessmentAPI.group,
          Localized(ja: "いまの回の様式", en: "The form of the round of today"),
          parameters: [AssessmentAPI.pack, Self.kind],
          answers: [Self.answer]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
        let standing = try await assessment.standing(checklist, scope.facility)
        let hospital = try await assessment.facilityName(scope.facility)
        let file = Assessment.file(standing, hospital: hospital, language: call.language)
        return try await given(call, file) { try await assessment.filledForm(standing, hospital: hospital) }
      },
      .api(
        .get,
        "/assessments/:pack/vendors/:vendor/form",
        ReadLedger.self,
        Endpoint(
          "getVendorFormFile",
          AssessmentAPI.group,
          Localized(
            ja: "事業者の様式。病院の点検表なら、その事業者に頼んだ項目",
            en: "The form of a vendor; of a hospital's checklist the items that the vendor is asked for"
          ),
          parameters: [AssessmentAPI.pack, VendorAPI.vendor, Self.kind],
          answers: [Self.answer]
        )
      ) { call, scope in
        if let items = try await items(call, scope.facility) {
          let hospital = try await assessment.facilityName(scope.facility)
          let file = Assessment.file(items, hospital: hospital, language: call.language)
          return try await given(call, file) { nil }
        }
        let (checklist, round, line) = try await VendorAPI(assessment: assessment).found(call, scope.facility)
        let file = Assessment.vendorFile(
          checklist,
          line,
          of: round,
          hospital: try await assessment.facilityName(scope.facility),
          language: call.language
        )
        return try await given(call, file) { try await assessment.filledForm(checklist, line, scope.facility) }
      },
    ]
  }

  /// What a vendor is asked for of the hospital's own checklist; nil for a checklist that vendors answer.
  private func items(_ call: APICall, _ facility: FacilityID) async throws -> Assessment.VendorItems? {
    let checklist = try await assessment.asked(call["pack"], facility)
    guard checklist.respondent == .hospital else { return nil }
    let standing = try await assessment.standing(checklist, facility)
    guard let items = try await assessment.items(of: call["vendor"], standing) else {
      throw WebError.notFound(Localized(ja: "この事業者に頼んだ項目", en: "Items for this vendor"))
    }
    return items
  }

  private func given(
    _ call: APICall,
    _ file: FormFile,
    official: () async throws -> [UInt8]?
  ) async throws -> WebResponse {
    let bytes: [UInt8]
    if call.query("kind") == "official" {
      guard let filled = try await Self.told(call, official) else {
        throw WebError.notFound(Localized(ja: "取り込んだ公式の様式", en: "A loaded official form"))
      }
      bytes = filled
    } else {
      bytes = try file.workbook(at: call.now)
    }
    return .file(bytes, name: SheetWriter.fileName(file.name, at: call.now, ending: "xlsx"), type: FormFile.type)
  }

  // MARK: In

  private var taking: [Route] {
    let reason = EndpointParameter.query(
      "reason",
      .text(upTo: AnswerCheck.longest),
      Localized(ja: "記録と違う答えにする理由", en: "Why answers differ from the records")
    )
    let options = [
      Self.name,
      Self.flag(
        "overwrite",
        Localized(ja: "ファイルを作った後に保存された答えも置き換える", en: "Replace answers stored since the file was made, too")
      ), Self.flag("check", Localized(ja: "取り込まずに、結果だけ確かめる", en: "Only tell what would happen")),
    ]
    let answers = [EndpointAnswer.json(Self.outcome, Localized(ja: "取り込んだ結果", en: "What was taken"))]
    return [
      .api(
        .post,
        "/assessments/:pack/form",
        AnswerChecks.self,
        Endpoint(
          "takeForm",
          AssessmentAPI.group,
          Localized(
            ja: "記入した様式から答えを取り込む。誤りがあれば何も取り込みません",
            en: "Take answers from a filled-in form; with a mistake nothing is taken"
          ),
          parameters: [AssessmentAPI.pack] + options + [reason],
          body: Self.body,
          answers: answers,
          problems: [409, 422]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
        let outcome = try await Self.told(call) {
          try await assessment.take(
            call.request.body,
            name: call.query("name") ?? "",
            into: try await assessment.standing(checklist, scope.facility),
            reason: call.query("reason") ?? "",
            overwriting: call.query("overwrite") == "true",
            isDry: call.query("check") == "true",
            in: scope
          )
        }
        return try Self.answer(call, outcome)
      },
      .api(
        .post,
        "/assessments/:pack/vendors/:vendor/form",
        AnswerChecks.self,
        Endpoint(
          "takeVendorForm",
          AssessmentAPI.group,
          Localized(
            ja: "事業者から返ってきた様式を取り込む。病院の点検表なら、その事業者に頼んだ項目の答え。誤りがあれば何も取り込みません",
            en:
              "Take answers from the form that came back, of a hospital's checklist those to the items that the vendor is asked for; with a mistake nothing is taken"
          ),
          parameters: [AssessmentAPI.pack, VendorAPI.vendor] + options + [reason],
          body: Self.body,
          answers: answers,
          problems: [409, 422]
        )
      ) { call, scope in
        if let items = try await items(call, scope.facility) {
          let outcome = try await Self.told(call) {
            try await assessment.take(
              call.request.body,
              name: call.query("name") ?? "",
              into: items.standing,
              asked: items,
              reason: call.query("reason") ?? "",
              overwriting: call.query("overwrite") == "true",
              isDry: call.query("check") == "true",
              in: scope
            )
          }
          return try Self.answer(call, outcome)
        }
        let (checklist, _, line) = try await VendorAPI(assessment: assessment).found(call, scope.facility)
        let outcome = try await Self.told(call) {
          try await assessment.take(
            call.request.body,
            name: call.query("name") ?? "",
            of: line,
            checklist,
            overwriting: call.query("overwrite") == "true",
            isDry: call.query("check") == "true",
            in: scope
          )
        }
        return try Self.answer(call, outcome)
      },
    ]
  }

  private static func answer(_ call: APICall, _ outcome: FormOutcome) throws -> WebResponse {
    guard outcome.problems.isEmpty else {
      throw WebError.invalid(outcome.problems.map { (pointer: "", reason: $0.text) }, call.language)
    }
    return call.answer { writer in
      writer.member("new", outcome.new)
      writer.member("changed", outcome.changed)
      writer.member("same", outcome.same)
      writer.member("differing", outcome.differing)
      writer.member("kept", outcome.kept)
      writer.member("newer", texts: outcome.newer)
    }
  }

  // MARK: The ministry's own

  private var official: [Route] {
    [
      .api(
        .put,
        "/assessments/:pack/official",
        AnswerChecks.self,
        Endpoint(
          "loadOfficialForm",
          AssessmentAPI.group,
          Localized(
            ja: "公式の様式（xlsx）を取り込む。公表されたファイルと違えば、certain=true でなければ断ります",
            en: "Load the official form (xlsx). One that is not the published file is refused without certain=true"
          ),
          parameters: [
            AssessmentAPI.pack, Self.name,
            Self.flag("certain", Localized(ja: "違いを確かめたので取り込む", en: "Load it though it differs")),
          ],
          body: Self.body,
          answers: [
            .json(
              .object([
                .always("sha256", .text), .always("items", .count),
                .always(
                  "absentColumns",
                  .list(.text),
                  Localized(ja: "様式に見つからない欄", en: "Columns that are not in the form")
                ),
              ]),
              Localized(ja: "取り込んだ様式", en: "What was loaded")
            )
          ],
          problems: [422]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], scope.facility)
        let form = try await Self.told(call) {
          try await assessment.load(
            call.request.body,
            name: call.query("name") ?? "",
            for: checklist,
            isCertain: call.query("certain") == "true",
            in: scope
          )
        }
        return call.answer { writer in
          writer.member("sha256", form.hash)
          writer.member("items", form.wording.count)
          writer.member("absentColumns", texts: form.absentColumns.map { $0[call.language] })
        }
      },
      .api(
        .delete,
        "/assessments/:pack/official",
        AnswerChecks.self,
        Endpoint(
          "removeOfficialForm",
          AssessmentAPI.group,
          Localized(ja: "取り込んだ公式の様式を外す。答えは残ります", en: "Remove the loaded official form; answers stay"),
          parameters: [AssessmentAPI.pack],
          answers: [.nothing(Localized(ja: "外した", en: "It is removed"))]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], scope.facility)
        try await assessment.officialForms.remove(checklist, in: scope)
        return WebResponse(status: 204)
      },
    ]
  }

  /// Does something with a file and tells what is wrong with it as problems.
  private static func told<Value>(_ call: APICall, _ body: () async throws -> Value) async throws -> Value {
    do {
      return try await AssessmentAPI.told(call, AssessmentAPI.again, body)
    } catch let error as TabularError {
      throw WebError.invalid([(pointer: "", reason: error.text)], call.language)
    } catch let doubt as OfficialDoubt {
      throw WebError.invalid(doubt.reasons.map { (pointer: "", reason: $0.text) }, call.language)
    }
  }
}
