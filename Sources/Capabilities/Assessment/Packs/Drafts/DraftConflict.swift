import Text

/// Why a draft was not changed, published or discarded.
package enum DraftConflict: Error, Sendable, Hashable {
  /// It was published or discarded meanwhile, or was never there.
  case gone
  /// Somebody else changed the same part, or the draft, since it was read.
  case changed(by: String)
  /// A part was removed meanwhile.
  case removed
  /// It has problems.
  case unfinished(Int)
  /// The facility has as many as it may.
  case tooMany
  /// What it grew to is no longer a pack.
  case tooLarge

  package var text: Localized {
    switch self {
    case .gone:
      Localized(ja: "この下書きはもうありません。公開されたか、破棄されています。", en: "This draft is gone: it was published or discarded.")
    case .changed(let name):
      Localized(
        ja: "\(name)さんが先に変更しました。いまの内容を確かめて、もう一度押してください。",
        en: "\(name) was faster. Look at it as it is now and press again."
      )
    case .removed:
      Localized(ja: "ほかの人が先に外したため、保存しませんでした。", en: "Somebody removed it meanwhile, so nothing was kept.")
    case .unfinished(let count):
      Localized(
        ja: "直すところが\(count)件あるため、公開しませんでした。それぞれを直してから、もう一度押してください。",
        en: "Not published: \(count) things are wrong. Mend them and press again."
      )
    case .tooMany:
      Localized(
        ja: "下書きは\(ChecklistDraftStore.most)件までです。使わないものを破棄してください。",
        en: "There are at most \(ChecklistDraftStore.most) drafts. Discard some."
      )
    case .tooLarge:
      Localized(
        ja: "点検表は\(OwnChecklist.mostBytes >> 10)KBまでです。文を短くするか、2つに分けてください。",
        en: "A checklist has at most \(OwnChecklist.mostBytes >> 10) KB. Shorten it or make two."
      )
    }
  }
}
