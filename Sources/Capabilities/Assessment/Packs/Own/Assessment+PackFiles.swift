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

  /// A bundle of the facility's own packs. Throws `OwnChecklistProblem.notFound`.
  package func bundle(_ ids: [String], maker: String, _ facility: FacilityID) async throws -> [UInt8] {
    var chosen: [OwnChecklist] = []
    for id in ids {
      guard let own = try await packs.find(id, facility) else { throw OwnChecklistProblem.notFound(id) }
      if !chosen.contains(where: { $0.checklist.id == own.checklist.id }) { chosen.append(own) }
    }
    return try ChecklistBundle.write(chosen, maker: maker, key: needs.key, at: schedule.clock.now())
  }
}
