import Tabular
import Text

/// Why a feed or file could not be read, in words for the person who carried it in.
package struct FeedError: Error, Sendable, Hashable {
  /// What went wrong with the whole, for code that decides.
  package enum Kind: Sendable, Hashable { case unreadable, damaged, tooLarge, suspicious, unknown, empty }

  package let kind: Kind
  /// Bytes from the front of the (inflated) file, where that helps.
  package let offset: Int?
  package let reason: Localized
  /// What the person can do about it.
  package let remedy: Localized

  package init(_ kind: Kind, offset: Int? = nil, reason: Localized, remedy: Localized) {
    self.kind = kind
    self.offset = offset
    self.reason = reason
    self.remedy = remedy
  }

  /// Place, reason and remedy in one line, for messages and logs.
  package func message(_ language: Language) -> String {
    switch language {
    case .ja: (offset.map { "先頭から\($0)バイト目：" } ?? "") + reason.ja + remedy.ja
    case .en: (offset.map { "At byte \($0): " } ?? "") + reason.en + " " + remedy.en
    }
  }
}

// The refusals that several readers share. One place, so that the wording stays the same.
extension FeedError {
  static let fetchAgain = Localized(
    ja: "発行元から入手し直し、展開や編集をせずにそのまま取り込んでください。",
    en: "Fetch it from its publisher again and import it as it is, neither unpacked nor edited."
  )

  static func damaged(_ ja: String, _ en: String, at offset: Int? = nil) -> FeedError {
    FeedError(
      .damaged,
      offset: offset,
      reason: Localized(ja: "ファイルが壊れています（\(ja)）。", en: "The file is damaged (\(en))."),
      remedy: fetchAgain
    )
  }

  static func cutOff(at offset: Int? = nil) -> FeedError {
    damaged("途中で切れています", "it is cut off", at: offset)
  }

  static func tooLarge(_ ja: String, _ en: String, at offset: Int? = nil) -> FeedError {
    FeedError(
      .tooLarge,
      offset: offset,
      reason: Localized(ja: "大きすぎて読めません（\(ja)）。", en: "It is too large to read (\(en))."),
      remedy: Localized(
        ja: "ファイルの種類が正しいか、発行元のものかを確かめてください。",
        en: "Check that it is the right kind of file and comes from its publisher."
      )
    )
  }

  static func suspicious(_ ja: String, _ en: String) -> FeedError {
    FeedError(
      .suspicious,
      reason: Localized(ja: "安全のため読みませんでした（\(ja)）。", en: "It was refused for safety (\(en))."),
      remedy: Localized(
        ja: "入手元を確かめ、発行元から入手し直してください。",
        en: "Check where the file came from and fetch it from its publisher again."
      )
    )
  }

  static func notA(_ ja: String, _ en: String) -> FeedError {
    FeedError(
      .unknown,
      reason: Localized(ja: "\(ja)ではありません。", en: "It is not \(en)."),
      remedy: Localized(
        ja: "ファイルの種類を確かめ、正しいものを選んでください。",
        en: "Check what kind of file it is and choose the right one."
      )
    )
  }

  static func unreadable(_ path: String) -> FeedError {
    FeedError(
      .unreadable,
      reason: Localized(ja: "ファイル \(path) を開けません。", en: "The file \(path) cannot be opened."),
      remedy: Localized(
        ja: "場所と読み取りの権限を確かめてください。",
        en: "Check that it is there and may be read."
      )
    )
  }

  static let empty = FeedError(
    .empty,
    reason: Localized(ja: "ファイルが空です。", en: "The file is empty."),
    remedy: fetchAgain
  )

  /// What the readers of tables, XML and ZIP say, with the advice for a feed in place of that for a workbook.
  init(_ error: TabularError) {
    self.init(.damaged, reason: error.reason, remedy: Self.fetchAgain)
  }
}
