import Nouns
import Packs
import Tabular
import Sealing
import Text
import Time

extension Assessment {
  /// A file of packs, at most.
  package static let packFileBytes = 8 << 20

  /// Takes a YAML file, or a bundle that a registered key signed, all of it or nothing. Throws `PackError`, `TabularError` and
  /// `OwnChecklistProblem`.
  @discardableResult
  package func load(
    _ bytes: [UInt8],
    name: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> [(checklist: Checklist, isNew: Bool)] {
    guard ChecklistBundle.isOne(bytes) else {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw PackError(
          file: name,
          line: nil,
          reason: PackWords(ja: "UTF-8 の文字として読めません。", en: "it is not text in UTF-8")
        )
      }
      return try await packs.load([OwnChecklistStore.Arrival(source: text, fileName: name)], in: scope)
    }
    let bundle = try ChecklistBundle(bytes)
    let print = bundle.key.fingerprint
    let sender = "\(try bundle.owner(try await needs.signer(print)))（\(print)）"
    return try await packs.load(
      bundle.files.map { OwnChecklistStore.Arrival(source: $0.text, fileName: $0.name, sender: sender) },
      in: scope
    )
  }

  /// The YAML of a checklist, the facility's own as it was given or one of the program, with its id. Throws
  /// `OwnChecklistProblem.notFound`.
  package func packFile(_ id: String, _ facility: FacilityID) async throws -> (id: String, text: String) {
    if let own = try await packs.find(id, facility) { return (own.checklist.id, own.source) }
    guard let text = Checklists.text(id) else { throw OwnChecklistProblem.notFound(id) }
    return (id, text)
  }

  /// A bundle of the facility's own packs; those of the program are everywhere. Throws `OwnChecklistProblem`.
  package func bundle(_ ids: [String], maker: String, _ facility: FacilityID) async throws -> [UInt8] {
    var chosen: [OwnChecklist] = []
    for id in ids {
      guard let own = try await packs.find(id, facility) else {
        throw Checklists.checklist(id) == nil ? OwnChecklistProblem.notFound(id) : .shipped(id)
      }
      if !chosen.contains(where: { $0.checklist.id == own.checklist.id }) { chosen.append(own) }
    }
    return try ChecklistBundle.write(chosen, maker: maker, key: needs.key, at: schedule.clock.now())
  }
}
