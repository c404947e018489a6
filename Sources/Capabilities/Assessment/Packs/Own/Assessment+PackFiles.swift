import Nouns
import Packs
import Tabular
import Sealing
import Text
import Time

extension Assessment {
  /// A file of packs, at most.
  package static let packFileBytes = 8 << 20

  /// Takes a YAML file or a signed bundle, all of it or nothing. Throws `PackError`, `TabularError` and
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
    let sender = try await sender(bundle)
    return try await packs.load(
      bundle.files.map { OwnChecklistStore.Arrival(source: $0.text, fileName: $0.name, sender: sender) },
      in: scope
    )
  }

  /// Who signed it, by the keys of bundles that the installation knows. A key that nobody registered is taken, and said
  /// to be unknown: a pack is text that a person reads, and stays 未検証 until one confirmed it. Throws `TabularError` for
  /// a key that was removed.
  private func sender(_ bundle: ChecklistBundle) async throws -> String {
    let print = bundle.key.fingerprint
    switch try await needs.signer(print) {
    case .trusted(let name): return "\(name)（\(print)）"
    case .unknown: return "\(bundle.manifest.maker)（未登録の鍵 unknown key \(print)）"
    case .removed(let name):
      throw TabularError(
        reason: Localized(
          ja: "登録を取り消した「\(name)」の鍵で署名されています。何も取り込みませんでした。",
          en: "It is signed with the key of “\(name)”, which was removed. Nothing was imported."
        ),
        remedy: Localized(ja: "送り主に新しい鍵を確かめてください。", en: "Ask the sender for a new key.")
      )
    }
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
