import Journal
import Nouns
import Records
import Text
import Web

/// How the list of all changes tells of files about the network, and takes them back.
extension SightingStore {
  package var changes: OtherChanges {
    OtherChanges(
      label: { $0 == "sighting" ? Localized(ja: "ネットワークの記録", en: "Network records") : nil },
      link: { _ in LedgerPath.unlisted },
      lines: { entry, request in
        entry.lines(request.language, named: { Self.labels[$0] }) { _, value in
          Sighting.Source(rawValue: value)?.label[request.language] ?? value
        }
      },
      undo: { try await undo($0, in: try $1.scope(EditLedger.self)) }
    )
  }

  private static let labels: [String: Localized] = [
    "source": Localized(ja: "見つけたもの", en: "Seen by"), "new": Localized(ja: "新しい", en: "New"),
    "changed": Localized(ja: "変わった", en: "Changed"), "removed": Localized(ja: "除いた", en: "Removed"),
    "restored": Localized(ja: "前に戻した", en: "Put back"),
  ]
}
