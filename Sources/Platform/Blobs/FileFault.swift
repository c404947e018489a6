import Text

/// What is wrong with a file that records cite.
package struct FileFault: Sendable, Hashable {
  package enum Kind: String, Sendable {
    /// It is cited and not there.
    case missing
    /// Its content is not what its name says: somebody or something changed it.
    case altered
  }

  package let facility: String
  package let hash: String
  /// As whoever cites it calls it; empty where nothing does.
  package let name: String
  package let kind: Kind

  package init(facility: String, hash: String, name: String, kind: Kind) {
    self.facility = facility
    self.hash = hash
    self.name = name
    self.kind = kind
  }

  package var message: Localized {
    let title = name.isEmpty ? hash : "\(name)（\(hash.prefix(12))…）"
    return switch kind {
    case .missing:
      Localized(ja: "付けたファイル「\(title)」の内容がありません。", en: "The file “\(title)” is cited and missing.")
    case .altered:
      Localized(
        ja: "付けたファイル「\(title)」の内容が、付けたときと違います。",
        en: "The file “\(title)” is not what was attached: its content was changed."
      )
    }
  }
}
