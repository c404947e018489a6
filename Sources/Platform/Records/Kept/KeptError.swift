import Text

/// Why a kept table was not changed as asked. Nothing was changed.
package enum KeptError: Error, Sendable, Hashable {
  case notFound
  /// Somebody else changed it in the meantime.
  case changedSince(by: String)
  /// Fields of a form with what is wrong with each.
  case wrong([FieldTrouble])
  case cannotUndo(Localized)

  package struct FieldTrouble: Sendable, Hashable {
    package let field: String
    package let message: Localized

    package init(_ field: String, ja: String, en: String) {
      self.field = field
      message = Localized(ja: ja, en: en)
    }
  }

  package var message: Localized {
    switch self {
    case .notFound:
      Localized(ja: "その記録はもうありません。一覧を開き直してください。", en: "That record no longer exists. Open the list again.")
    case .changedSince(let name):
      Localized(
        ja: "開いている間に\(name)さんが変更しました。いまの内容を確かめてから、もう一度入力してください。",
        en: "\(name) changed this in the meantime. Look at it as it is now and enter your change again."
      )
    case .wrong(let troubles):
      Localized(
        ja: troubles.map(\.message.ja).joined(),
        en: troubles.map(\.message.en).joined(separator: " ")
      )
    case .cannotUndo(let reason): reason
    }
  }
}
