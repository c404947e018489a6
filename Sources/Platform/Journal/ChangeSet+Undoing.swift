import Text

extension ChangeSet {
  /// 「…の取り消し」; taken back in its turn 「…のやり直し」, and so on, never one inside the other.
  package static func undoing(_ title: Localized, isUndo: Bool) -> Localized {
    let (undo, redo) = ("の取り消し", "のやり直し")
    let (undoEnglish, redoEnglish) = ("Undoing of ", "Redoing of ")
    guard isUndo else { return Localized(ja: title.ja + undo, en: undoEnglish + title.en) }
    let wasUndo = title.ja.hasSuffix(undo)
    let japanese = wasUndo || title.ja.hasSuffix(redo) ? String(title.ja.dropLast(undo.count)) : title.ja
    let isEnglish = title.en.hasPrefix(undoEnglish) || title.en.hasPrefix(redoEnglish)
    let english = isEnglish ? String(title.en.dropFirst(undoEnglish.count)) : title.en
    return Localized(
      ja: japanese + (wasUndo ? redo : undo),
      en: (wasUndo ? redoEnglish : undoEnglish) + english
    )
  }
}
