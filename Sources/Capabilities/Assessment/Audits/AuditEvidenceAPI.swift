import Blobs
import Nouns
import Records
import Text
import Time
import Web

/// `/api/v1/audits/{id}/evidence`: what auditors saw, handed in and fetched; and what is taken off an audit again.
struct AuditEvidenceAPI: Sendable {
  let assessment: Assessment

  private static let auditor = EndpointParameter.path("auditor", .id, Localized(ja: "監査人の番号", en: "The auditor's id"))
  /// Evidence of an audit shows what was seen on a day: it has no topic and does not age.
  private static let shape = JSONShape<Attachment>(
    AttachmentAPI.shape.members.filter { !["topic", "goodUntil"].contains($0.name) }
  )

  var routes: [Route] { reading + attaching + removing }

  private var reading: [Route] {
    [
      .api(
        .get,
        "/audits/:id/evidence",
        ReadLedger.self,
        Endpoint(
          "listAuditEvidence",
          AuditAPI.group,
          Localized(ja: "監査で確認した根拠（item は見る項目の番号）", en: "The evidence that was seen; item is what was looked at"),
          parameters: [AuditAPI.id, .limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "根拠", en: "The evidence"))]
        )
      ) { call, scope in
        let audit = try await KeptError.told(call) { try await assessment.audits.find(call["id"], scope.facility) }
        return try call.page(of: try await assessment.evidence(ofAudit: audit.id, scope.facility), as: Self.shape)
      },
      .api(
        .get,
        "/audits/:id/evidence/:evidence",
        ReadLedger.self,
        Endpoint(
          "getAuditEvidence",
          AuditAPI.group,
          Localized(ja: "根拠のファイルそのもの", en: "The bytes of a file that was attached"),
          parameters: [AuditAPI.id, AttachmentAPI.one],
          answers: [.file(AttachmentAPI.types, Localized(ja: "ファイル", en: "The file"))]
        )
      ) { call, scope in
        guard let found = try await assessment.attachments.find(call["evidence"], scope.facility),
          found.pack == AttachmentPlace.audit, found.period == call["id"]
        else { throw WebError.notFound(Localized(ja: "この根拠", en: "This evidence")) }
        return try await AttachmentAPI.file(found, assessment, scope.facility)
      },
    ]
  }

  private var attaching: [Route] {
    AttachmentAPI.attaching(
      "/audits/:id/items/:item",
      AuditAPI.group,
      [AuditAPI.id, AuditAPI.part],
      Self.shape,
      file: ("attachAuditEvidence", Localized(ja: "見たものに、根拠のファイルを付ける", en: "Attach a file to what was looked at")),
      record: (
        "attachAuditRecord",
        Localized(ja: "見たものに、台帳の記録をいまの内容と一緒に付ける", en: "Attach a record with what it says now")
      ),
      // Whether they are an auditor of this audit is asked there.
      needs: ReadLedger.self
    ) { evidence, call, scope in
      try await KeptError.told(call) {
        try await assessment.attach(evidence, toSampled: call["item"], of: call["id"], in: scope)
      }
    }
  }

  private func removing(
    _ path: String,
    _ name: String,
    _ about: Localized,
    _ part: EndpointParameter,
    _ act: @escaping @Sendable (APICall, Scope<AnswerChecks>) async throws -> String?
  ) -> Route {
    .api(
      .delete,
      "/audits/:id" + path,
      AnswerChecks.self,
      Endpoint(
        name,
        AuditAPI.group,
        about,
        parameters: [AuditAPI.id, part],
        answers: [.json(AuditAPI.done, Localized(ja: "した変更", en: "What was changed"))],
        problems: [409, 422]
      )
    ) { call, scope in
      let set = try await KeptError.told(call) { try await act(call, scope) }
      return call.answer { writer in
        writer.member("changeSet", set)
        writer.member("id", call["id"])
      }
    }
  }

  private var removing: [Route] {
    [
      removing(
        "/items/:item",
        "dropAuditItem",
        Localized(ja: "選んで加えた項目を、結果を記録する前に外す", en: "Take an item off that was chosen and has no result"),
        AuditAPI.part
      ) { call, scope in try await assessment.audits.drop(call["item"], of: call["id"], in: scope) },
      removing(
        "/auditors/:auditor",
        "removeAuditor",
        Localized(ja: "結果を記録していない監査人を外す", en: "Take an auditor off who has recorded nothing"),
        Self.auditor
      ) { call, scope in try await assessment.audits.removeAuditor(call["auditor"], of: call["id"], in: scope) },
    ]
  }
}
