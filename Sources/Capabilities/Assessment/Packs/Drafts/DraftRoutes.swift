import Design
import HTML
import Nouns
import Packs
import Text
import Time
import Web

/// `/checklists/drafts`: making, editing, publishing and discarding drafts.
struct DraftRoutes: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    let one = DraftPath.list + "/:draft"
    return [
      .post(DraftPath.list, AnswerChecks.self, make),
      .get(one, ReadLedger.self, show),
      .get(one + "/preview", ReadLedger.self, preview),
      .get(one + "/file", ReadLedger.self, file),
      .post(one + "/move", AnswerChecks.self, move),
      .post(one + "/remove", AnswerChecks.self, remove),
      .post(one + "/publish", AnswerChecks.self, publish),
      .post(one + "/discard", AnswerChecks.self, discard),
      .get(one + "/:part/:id", AnswerChecks.self, part),
      .post(one + "/:part/:id", AnswerChecks.self, keep),
    ]
  }

  private var store: ChecklistDraftStore { assessment.drafts }

  private func found(_ request: WebRequest, _ facility: FacilityID) async throws -> KeptDraft {
    try await assessment.keptDraft(request["draft"], facility)
  }

  private static func part(_ path: String) -> ChecklistDraft.Part? {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count == 2, let id = Int(parts[1]), id >= 0, String(id) == parts[1] else { return nil }
    switch parts[0] {
    case "head": return id == 0 ? .head : nil
    case "sections": return .section(id)
    case "items": return .item(id)
    case "topics": return .topic(id)
    default: return nil
    }
  }

  // MARK: Making

  @Sendable func make(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let form = try request.form()
    do {
      let id = try await assessment.makeDraft(from: form.text("from"), in: scope)
      let isNew = form.text("from").isEmpty
      return .redirect(
        to: isNew ? DraftPath.part(id, .head) : DraftPath.draft(id),
        flash: .done(
          Localized(
            ja: "下書きを作りました。公開するまでは、点検に使われません。",
            en: "The draft is made. It is not used until it is published."
          )
        )
      )
    } catch let conflict as DraftConflict {
      return .redirect(to: PackPath.list, flash: Flash(.problem, conflict.text))
    } catch let problem as OwnChecklistProblem {
      return .redirect(to: PackPath.list, flash: Flash(.problem, problem.text))
    }
  }

  // MARK: Looking

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(request, found(request, scope.facility), nil, scope.facility)
  }

  private func page(
    _ request: WebRequest,
    _ kept: KeptDraft,
    _ conflict: Localized?,
    _ facility: FacilityID
  ) async throws -> WebResponse {
    let edition = try await assessment.packs.nextEdition(kept.draft.head.pack, facility)
    return DraftPage(kept: kept, edition: edition, request: request, conflict: conflict).response
  }

  @Sendable func preview(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kept = try await found(request, scope.facility)
    let checklist: Result<Checklist, PackError>
    do {
      checklist = .success(try OwnChecklist.read(kept.draft.yaml(edition: 1), file: kept.draft.head.pack))
    } catch {
      checklist = .failure(error)
    }
    return DraftPreviewPage(kept: kept, checklist: checklist, request: request).response
  }

  @Sendable func file(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await file(found(request, scope.facility), scope.facility)
  }

  /// The YAML of a draft, as it would be published.
  func file(_ kept: KeptDraft, _ facility: FacilityID) async throws -> WebResponse {
    let edition = try await assessment.packs.nextEdition(kept.draft.head.pack, facility)
    let name = OwnChecklist.id(kept.draft.head.pack, edition)
    return .file(Array(kept.draft.yaml(edition: edition).utf8), name: "\(name).yaml", type: "application/yaml")
  }

  // MARK: Editing

  private func asked(_ request: WebRequest) throws -> ChecklistDraft.Part {
    guard let part = Self.part("\(request["part"])/\(request["id"])") else {
      throw WebError.notFound(Localized(ja: "この部分", en: "This part"))
    }
    return part
  }

  @Sendable func part(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (kept, part) = (try await found(request, scope.facility), try asked(request))
    guard part.isThere(in: kept.draft) else { throw WebError.notFound(Localized(ja: "この部分", en: "This part")) }
    return DraftPartPage(
      kept: kept,
      part: part,
      section: request.query["section"].flatMap { Int($0) },
      facts: try await facts(scope.facility),
      isTold: request.query[DraftPath.told] != nil,
      request: request
    ).response
  }

  /// What the records prove now, for the list of facts.
  private func facts(_ facility: FacilityID) async throws -> [(key: String, label: Localized)] {
    try await assessment.known(facility).values.map { ($0.key, $0.label) }.sorted { $0.key < $1.key }
  }

  @Sendable func keep(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (kept, part) = (try await found(request, scope.facility), try asked(request))
    let form = try request.form()
    let (typing, was) = (DraftTyping(form: form, today: assessment.today), form.text("was"))
    do {
      let now = try await store.change(kept.id, in: scope) { draft, kept in
        if part.isThere(in: draft), part.isOld, ChecklistDraftStore.mark(part, draft) != was {
          throw DraftConflict.changed(by: kept.changedBy)
        }
        _ = try typing.apply(part, to: &draft)
      }
      return done(request, part, now)
    } catch DraftConflict.removed {
      return .redirect(to: DraftPath.draft(kept.id), flash: Flash(.problem, DraftConflict.removed.text))
    } catch let conflict as DraftConflict {
      guard let now = try await store.find(kept.id, scope.facility) else {
        return .redirect(to: PackPath.list, flash: Flash(.problem, conflict.text))
      }
      var page = DraftPartPage(
        kept: now,
        part: part,
        section: request.query["section"].flatMap { Int($0) },
        facts: try await facts(scope.facility),
        request: request
      )
      var typed = now.draft
      _ = try typing.apply(part, to: &typed)
      page.typed = typed
      page.conflict = conflict
      return page.response
    }
  }

  /// Back to the draft, or to the part where something is left to mend.
  private func done(_ request: WebRequest, _ part: ChecklistDraft.Part, _ now: KeptDraft) -> WebResponse {
    let part = part.isOld ? part : now.draft.newest(like: part)
    let problems = now.draft.problems(of: part)
    guard problems.isEmpty else {
      return .redirect(
        to: DraftPath.part(now.id, part) + (now.draft.head.isBlank ? "?\(DraftPath.told)=yes" : ""),
        flash: Flash(
          .notice,
          Localized(
            ja: "下書きに保存しました。直すところが\(problems.count)件あります。",
            en: "It is kept in the draft. \(problems.count) things are left to mend."
          )
        )
      )
    }
    return .redirect(
      to: DraftPath.draft(now.id),
      flash: .done(Localized(ja: "下書きに保存しました。", en: "It is kept in the draft."))
    )
  }

  private static func nothing(_ kept: KeptDraft) -> WebResponse {
    .redirect(
      to: DraftPath.draft(kept.id),
      flash: Flash(
        .problem,
        Localized(ja: "動かすか外す項目を、下書きの中で選んでください。", en: "Choose in the draft what to move or remove.")
      )
    )
  }

  @Sendable func move(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let kept = try await found(request, scope.facility)
    guard let part = Self.part(request.query["part"] ?? ""), ["up", "down"].contains(request.query["way"]) else {
      return Self.nothing(kept)
    }
    let isUp = request.query["way"] == "up"
    do {
      try await store.change(kept.id, in: scope) { draft, _ in draft.move(part, up: isUp) }
    } catch let conflict as DraftConflict {
      return .redirect(to: PackPath.list, flash: Flash(.problem, conflict.text))
    }
    return .redirect(to: DraftPath.draft(kept.id))
  }

  @Sendable func remove(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let kept = try await found(request, scope.facility)
    guard let part = Self.part(request.query["part"] ?? ""), part != .head else { return Self.nothing(kept) }
    let was = request.query["was"] ?? ""
    do {
      try await store.change(kept.id, in: scope) { draft, kept in
        guard part.isThere(in: draft) else { return }
        guard ChecklistDraftStore.mark(part, draft) == was else { throw DraftConflict.changed(by: kept.changedBy) }
        draft.remove(part)
      }
    } catch let conflict as DraftConflict {
      return .redirect(to: DraftPath.draft(kept.id), flash: Flash(.problem, conflict.text))
    }
    return .redirect(to: DraftPath.draft(kept.id), flash: .done(Localized(ja: "外しました。", en: "It is removed.")))
  }

  // MARK: The end

  @Sendable func publish(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let kept = try await found(request, scope.facility)
    let version = Int(try request.form().text("version")) ?? 0
    do {
      let checklist = try await store.publish(kept.id, version: version, in: scope)
      return .redirect(
        to: PackPath.pack(checklist.id),
        flash: .done(
          Localized(
            ja: "第\(checklist.pack.edition)版として公開しました。人が出典と照らして確認するまでは「未検証」です。",
            en: "It is published as edition \(checklist.pack.edition), and “not verified” until a person confirms it."
          )
        )
      )
    } catch let conflict as DraftConflict {
      return try await again(request, kept.id, conflict.text, scope.facility)
    } catch let problem as OwnChecklistProblem {
      return try await again(request, kept.id, problem.text, scope.facility)
    }
  }

  @Sendable func discard(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let kept = try await found(request, scope.facility)
    do {
      try await store.discard(kept.id, version: Int(try request.form().text("version")) ?? 0, in: scope)
    } catch let conflict as DraftConflict {
      return try await again(request, kept.id, conflict.text, scope.facility)
    }
    return .redirect(
      to: PackPath.list,
      flash: .done(Localized(ja: "下書きを破棄しました。", en: "The draft is discarded."))
    )
  }

  private func again(
    _ request: WebRequest,
    _ id: String,
    _ text: Localized,
    _ facility: FacilityID
  ) async throws -> WebResponse {
    guard let now = try await store.find(id, facility) else {
      return .redirect(to: PackPath.list, flash: Flash(.problem, text))
    }
    return try await page(request, now, text, facility)
  }
}

extension ChecklistDraft.Part {
  /// Whether it is in the draft already; a new one has no id yet.
  var isOld: Bool {
    switch self {
    case .section(0), .item(0), .topic(0): false
    default: true
    }
  }

  /// Whether the draft has it, or may get it: a new one has the id 0.
  func isThere(in draft: ChecklistDraft) -> Bool {
    switch self {
    case .whole: false
    case .head, .section(0), .item(0), .topic(0): true
    case .section(let id): draft.section(id) != nil
    case .item(let id): draft.item(id) != nil
    case .topic(let id): draft.topic(id) != nil
    }
  }

  /// Its number in the draft, 0 of the head.
  var number: Int {
    switch self {
    case .whole, .head: 0
    case .section(let id), .item(let id), .topic(let id): id
    }
  }
}

extension ChecklistDraft {
  /// The part of a kind that was added last.
  func newest(like part: Part) -> Part {
    switch part {
    case .section: .section(sections.map(\.id).max() ?? 0)
    case .item: .item(items.map(\.id).max() ?? 0)
    case .topic: .topic(topics.map(\.id).max() ?? 0)
    case .head, .whole: part
    }
  }
}
