import Nouns
import Records
import Text
import Time
import Web

/// `/api/v1/audits`: all that the pages of audits do, evidence in `AuditEvidenceAPI`.
struct AuditAPI: Sendable {
  let assessment: Assessment

  static let group = EndpointGroup("audits", Localized(ja: "監査", en: "Audits"))

  private var store: AuditStore { assessment.audits }

  // MARK: Shapes

  private static let summary = Schema.object([
    .always("id", .text), .always("name", .text), .always("kind", .choice(Audit.Kind.allCases.map(\.rawValue))),
    .always("state", .choice(Audit.State.allCases.map(\.rawValue))), .always("version", .count),
    .always("purpose", .text), .always("pack", .optional(.text)), .always("edition", .optional(.count)),
    .always("round", .optional(.text)), .always("startsOn", .optional(.day)), .always("endsOn", .optional(.day)),
    .always("seed", .optional(.text)), .always("rule", .optional(.text)), .always("conclusion", .optional(.text)),
    .always("closedOn", .optional(.day)), .always("items", .count), .always("unchecked", .count),
    .always("findings", .count), .always("open", .count),
  ])

  private static let auditor = Schema.object([
    .always("id", .text), .always("account", .optional(.text)), .always("name", .text),
    .always("organisation", .text),
  ])

  private static let item = Schema.object([
    .always("id", .text), .always("item", .text), .always("title", .text),
    .always("way", .choice(["drawn", "picked"])),
    .always("result", .optional(.choice(SampledItem.Result.allCases.map(\.rawValue)))),
    .always("seen", .optional(.text)), .always("note", .optional(.text)), .always("checkedOn", .optional(.day)),
    .always("auditor", .optional(.text)), .always("version", .count),
  ])

  private static let finding = Schema.object([
    .always("id", .text), .always("item", .text), .always("title", .text), .always("what", .text),
    .always("grade", .optional(.choice(["minor", "major"]))),
    .always("stage", .choice(AuditFinding.Stage.allCases.map(\.rawValue))), .always("cause", .optional(.text)),
    .always("action", .optional(.text)), .always("owner", .optional(.text)), .always("ownerName", .optional(.text)),
    .always("dueOn", .optional(.day)), .always("doneOn", .optional(.day)), .always("doneNote", .optional(.text)),
    .always("verifiedOn", .optional(.day)), .always("verifiedBy", .optional(.text)),
    .always("verifiedNote", .optional(.text)), .always("acceptedOn", .optional(.day)),
    .always("acceptedBy", .optional(.text)), .always("acceptedReason", .optional(.text)),
    .always("withdrawnOn", .optional(.day)), .always("withdrawnBy", .optional(.text)),
    .always("withdrawnReason", .optional(.text)), .always("version", .count),
  ])

  private static let plan = Schema.object([
    .always("name", .text(upTo: 200, from: 1)), .always("kind", .choice(Audit.Kind.allCases.map(\.rawValue))),
    .maybe("purpose", .text(upTo: 2_000)), .maybe("pack", .optional(.text(upTo: 100))),
    .maybe("round", .optional(.text(upTo: 7))), .maybe("startsOn", .optional(.day)), .always("endsOn", .day),
    .maybe("version", .optional(.integer(1...Int(Int32.max)))),
  ])

  static let done = Schema.object([.always("changeSet", .optional(.text)), .always("id", .text)])

  private static let long = Schema.text(upTo: 2_000)

  static let id = EndpointParameter.path("id", .id, Localized(ja: "監査の番号", en: "The audit's id"))
  static let part = EndpointParameter.path(
    "item",
    .id,
    Localized(ja: "項目の番号", en: "The id of what is looked at")
  )
  private static let one = EndpointParameter.path("finding", .id, Localized(ja: "指摘の番号", en: "The finding's id"))

  // MARK: Routes

  var routes: [Route] { reading + planning + looking + correcting }

  private var reading: [Route] {
    [
      .api(
        .get,
        "/audits",
        ReadLedger.self,
        Endpoint(
          "listAudits",
          Self.group,
          Localized(ja: "監査と、進み具合", en: "Audits and how far they are"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.summary, total: true), Localized(ja: "監査", en: "The audits"))]
        )
      ) { call, scope in
        try call.page(of: try await store.all(scope.facility)) { audit, writer in
          writer.object { Self.write(audit, to: &$0) }
        }
      },
      .api(
        .get,
        "/audits/:id",
        ReadLedger.self,
        Endpoint(
          "getAudit",
          Self.group,
          Localized(ja: "監査の計画、監査人、見る項目と結果、指摘", en: "Plan, auditors, items with results, and findings of an audit"),
          parameters: [Self.id],
          answers: [
            .json(
              .object([
                .always("audit", Self.summary), .always("auditors", .list(Self.auditor)),
                .always("items", .list(Self.item)), .always("findings", .list(Self.finding)),
              ]),
              Localized(ja: "監査", en: "The audit")
            )
          ],
          problems: [404]
        )
      ) { call, scope in
        let audit = try await KeptError.told(call) { try await store.find(call["id"], scope.facility) }
        let checklist = try await assessment.auditChecklist(audit, scope.facility)
        return call.answer { writer in
          writer.object("audit") { Self.write(audit, to: &$0) }
          writer.array("auditors") { writer in for auditor in audit.auditors { Self.write(auditor, to: &writer) } }
          writer.array("items") { writer in
            for item in audit.sample {
              Self.write(item, title: audit.title(of: item, in: checklist)[call.language], to: &writer)
            }
          }
          writer.array("findings") { writer in
            for finding in audit.findings {
              Self.write(finding, title: audit.title(of: finding, in: checklist)[call.language], to: &writer)
            }
          }
        }
      },
    ]
  }

  private func change<P: Permit>(
    by permit: P.Type,
    _ method: WebMethod,
    _ path: String,
    _ name: String,
    _ about: Localized,
    with more: [EndpointParameter] = [],
    _ body: Schema,
    _ act: @escaping @Sendable (APICall, Scope<P>) async throws -> String?
  ) -> Route {
    .api(
      method,
      "/audits/:id" + path,
      permit,
      Endpoint(
        name,
        Self.group,
        about,
        parameters: [Self.id] + more,
        body: .json(body),
        answers: [.json(Self.done, Localized(ja: "した変更", en: "What was changed"))],
        problems: [404, 409, 422]
      )
    ) { call, scope in
      let set = try await KeptError.told(call) { try await act(call, scope) }
      return call.answer { writer in
        writer.member("changeSet", set)
        writer.member("id", call["id"])
      }
    }
  }

  private var planning: [Route] {
    [
      .api(
        .post,
        "/audits",
        AnswerChecks.self,
        Endpoint(
          "planAudit",
          Self.group,
          Localized(ja: "監査を計画する", en: "Plan an audit"),
          body: .json(Self.plan),
          answers: [.json(Self.done, Localized(ja: "監査の番号", en: "The audit's id"))],
          problems: [422]
        )
      ) { call, scope in
        let made = try await KeptError.told(call) {
          try await store.plan(try await plan(call, scope.facility), in: scope)
        }
        return call.answer { writer in
          writer.member("changeSet", made.set)
          writer.member("id", made.id)
        }
      },
      change(
        by: AnswerChecks.self,
        .put,
        "",
        "changeAudit",
        Localized(ja: "監査の計画を変える", en: "Change the plan of an audit"),
        Self.plan
      ) {
        call,
        scope in
        let version = call.json["version"]?.integer
        return try await store.change(call["id"], version: version, try await plan(call, scope.facility), in: scope)
      },
      change(
        by: AnswerChecks.self,
        .post,
        "/auditors",
        "addAuditor",
        Localized(ja: "監査人を加える。院内の人は account、外部の人は name", en: "Name an auditor: account, or name for somebody outside"),
        .object([
          .maybe("account", .text(upTo: 100)), .maybe("name", .text(upTo: 100)),
          .maybe("organisation", .text(upTo: 100)),
        ])
      ) { call, scope in
        let account = call.json["account"]?.text
        let person = try await assessment.needs.people(scope.facility).first { $0.id == account }
        return try await store.addAuditor(
          call["id"],
          account: person?.id,
          name: account == nil ? call.json["name"]?.text ?? "" : person?.name ?? "",
          organisation: call.json["organisation"]?.text ?? "",
          in: scope
        )
      },
      change(
        by: AnswerChecks.self,
        .post,
        "/close",
        "closeAudit",
        Localized(ja: "監査を終了する", en: "Close an audit"),
        .object([.always("conclusion", .text(upTo: 5_000, from: 1))])
      ) { call, scope in
        try await assessment.closeAudit(call["id"], conclusion: text(call, "conclusion"), in: scope)
      },
      change(
        by: AnswerChecks.self,
        .post,
        "/state",
        "setAuditState",
        Localized(ja: "理由を付けて取りやめる、開き直す", en: "Withdraw or reopen an audit with a reason"),
        .object([.always("state", .choice(["open", "withdrawn"])), .always("reason", .text(upTo: 500, from: 1))])
      ) { call, scope in
        let state = Audit.State(rawValue: text(call, "state")) ?? .open
        return try await store.set(state, call["id"], reason: text(call, "reason"), in: scope)
      },
    ]
  }

  private var looking: [Route] {
    [
      change(
        by: AnswerChecks.self,
        .post,
        "/draw",
        "drawAuditItems",
        Localized(ja: "見る項目を抽出する。種を送らなければ作る", en: "Draw what is looked at; a seed is made where none is sent"),
        .object([.always("count", .integer(1...AuditStore.most)), .maybe("seed", .text(upTo: 100, from: 1))])
      ) { call, scope in
        try await assessment.drawAudit(
          call["id"],
          count: call.json["count"]?.integer ?? 0,
          seed: call.json["seed"]?.text ?? store.kept.ids.next(),
          in: scope
        )
      },
      change(
        by: AnswerChecks.self,
        .post,
        "/items",
        "pickAuditItems",
        Localized(ja: "見る項目（番号）や記録（場所）を加える", en: "Add items by number or records by address"),
        .object([.always("items", .list(.text(upTo: 500, from: 1), upTo: AuditStore.most))])
      ) { call, scope in
        let audit = try await store.find(call["id"], scope.facility)
        let chosen = call.json["items"]?.array?.compactMap(\.text) ?? []
        return try await store.pick(
          audit.id,
          try await assessment.auditChoice(chosen, of: audit, in: scope),
          from: try await assessment.auditItems(audit, scope.facility),
          in: scope
        )
      },
      change(
        by: ReadLedger.self,
        .put,
        "/items/:item",
        "recordAuditResult",
        Localized(
          ja: "結果を記録する。この監査の監査人は、自分の結果を記録できる。当事者は監査できない",
          en: "Record a result; auditors of this audit record their own. Nobody audits their own work"
        ),
        with: [Self.part],
        .object([
          .always("auditor", .id), .always("result", .choice(SampledItem.Result.allCases.map(\.rawValue))),
          .always("seen", Self.long), .maybe("note", Self.long),
          .maybe("withdrawnReason", Self.long), .maybe("version", .optional(.integer(1...Int(Int32.max)))),
        ])
      ) { call, scope in
        var outcome = AuditStore.Outcome()
        outcome.auditor = text(call, "auditor")
        outcome.result = SampledItem.Result(rawValue: text(call, "result"))
        (outcome.seen, outcome.note) = (text(call, "seen"), text(call, "note"))
        outcome.withdrawal = text(call, "withdrawnReason")
        outcome.version = call.json["version"]?.integer
        return try await assessment.recordAudit(outcome, call["item"], of: call["id"], in: scope)
      },
    ]
  }

  private var correcting: [Route] {
    [
      change(
        by: AnswerChecks.self,
        .put,
        "/findings/:finding",
        "planCorrectiveAction",
        Localized(ja: "是正処置を決める", en: "Plan corrective action"),
        with: [Self.one],
        .object([
          .always("cause", Self.long), .always("action", Self.long), .always("owner", .text(upTo: 100)),
          .always("dueOn", .day), .maybe("version", .optional(.integer(1...Int(Int32.max)))),
        ])
      ) { call, scope in
        var action = AuditStore.Action()
        (action.cause, action.action) = (text(call, "cause"), text(call, "action"))
        action.owner = try await assessment.needs.people(scope.facility).first { $0.id == text(call, "owner") }
          .map { ($0.id, $0.name) }
        action.dueOn = LocalDate(iso: text(call, "dueOn"))
        action.version = call.json["version"]?.integer
        return try await store.plan(action, call["finding"], of: call["id"], in: scope)
      },
      change(
        by: AnswerChecks.self,
        .post,
        "/findings/:finding/done",
        "finishCorrectiveAction",
        Localized(ja: "是正処置の完了を記録する", en: "Record that the action is done"),
        with: [Self.one],
        .object([.always("note", Self.long)])
      ) { call, scope in
        try await store.finish(call["finding"], of: call["id"], note: text(call, "note"), in: scope)
      },
      change(
        by: AnswerChecks.self,
        .post,
        "/findings/:finding/verify",
        "verifyCorrectiveAction",
        Localized(ja: "是正処置を監査人が確かめる", en: "An auditor verifies the action"),
        with: [Self.one],
        .object([.always("auditor", .id), .always("effective", .boolean), .always("verifiedNote", Self.long)])
      ) { call, scope in
        try await store.verify(
          call["finding"],
          of: call["id"],
          auditor: text(call, "auditor"),
          isEffective: call.json["effective"]?.bool ?? false,
          note: text(call, "verifiedNote"),
          in: scope
        )
      },
      change(
        by: AnswerChecks.self,
        .post,
        "/findings/:finding/accept",
        "acceptFinding",
        Localized(ja: "理由を付けて指摘を受け入れる", en: "Accept a finding with a reason"),
        with: [Self.one],
        .object([.always("acceptedReason", Self.long)])
      ) { call, scope in
        try await store.accept(call["finding"], of: call["id"], reason: text(call, "acceptedReason"), in: scope)
      },
    ]
  }

  // MARK: Reading and writing

  private func text(_ call: APICall, _ name: String) -> String { call.json[name]?.text ?? "" }

  private func plan(_ call: APICall, _ facility: FacilityID) async throws -> AuditStore.Plan {
    var plan = AuditStore.Plan()
    plan.name = text(call, "name")
    plan.kind = Audit.Kind(rawValue: text(call, "kind")) ?? .internal
    plan.purpose = text(call, "purpose")
    plan.startsOn = LocalDate(iso: text(call, "startsOn"))
    plan.endsOn = LocalDate(iso: text(call, "endsOn"))
    plan.scope = try await assessment.auditScope(text(call, "pack"), round: call.json["round"]?.text, facility)
    return plan
  }

  private static func write(_ audit: Audit, to writer: inout JSONWriter) {
    let row = audit.row
    writer.member("id", audit.id)
    writer.member("name", audit.name)
    writer.member("kind", audit.kind.rawValue)
    writer.member("state", audit.state.rawValue)
    writer.member("version", row.version)
    writer.member("purpose", row.text("purpose"))
    writer.member("pack", row["pack"])
    writer.member("edition", row.number("edition"))
    writer.member("round", row["round"])
    writer.member("startsOn", audit.startsOn)
    writer.member("endsOn", audit.endsOn)
    writer.member("seed", row["seed"])
    writer.member("rule", row["rule"])
    writer.member("conclusion", row["conclusion"])
    writer.member("closedOn", row.day("closed_on"))
    writer.member("items", audit.sample.count)
    writer.member("unchecked", audit.unchecked)
    writer.member("findings", audit.findings.count)
    writer.member("open", audit.findings.count(where: \.isOpen))
  }

  private static func write(_ auditor: Auditor, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", auditor.id)
      writer.member("account", auditor.account)
      writer.member("name", auditor.name)
      writer.member("organisation", auditor.organisation)
    }
  }

  private static func write(_ item: SampledItem, title: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", item.id)
      writer.member("item", item.item)
      writer.member("title", title)
      writer.member("way", item.row.text("way"))
      writer.member("result", item.row["result"])
      writer.member("seen", item.row["seen"])
      writer.member("note", item.row["note"])
      writer.member("checkedOn", item.row.day("checked_on"))
      writer.member("auditor", item.row["auditor"])
      writer.member("version", item.row.version)
    }
  }

  private static func write(_ finding: AuditFinding, title: String, to writer: inout JSONWriter) {
    let row = finding.row
    writer.object { writer in
      writer.member("id", finding.id)
      writer.member("item", row.text("sample"))
      writer.member("title", title)
      writer.member("what", row.text("what"))
      writer.member("grade", finding.grade?.rawValue)
      writer.member("stage", finding.stage.rawValue)
      for (name, column) in [
        ("cause", "cause"), ("action", "action"), ("owner", "owner"), ("ownerName", "owner_name"),
        ("doneNote", "done_note"), ("verifiedBy", "verified_by"), ("verifiedNote", "verified_note"),
        ("acceptedBy", "accepted_by"), ("acceptedReason", "accepted_reason"),
        ("withdrawnBy", "withdrawn_by"), ("withdrawnReason", "withdrawn_reason"),
      ] { writer.member(name, row[column]) }
      for (name, column) in [
        ("dueOn", "due_on"), ("doneOn", "done_on"), ("verifiedOn", "verified_on"), ("acceptedOn", "accepted_on"),
        ("withdrawnOn", "withdrawn_on"),
      ] { writer.member(name, row.day(column)) }
      writer.member("version", row.version)
    }
  }
}
