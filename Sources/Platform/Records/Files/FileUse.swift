import Text

/// One thing that cites a file.
package struct FileUse: Sendable, Hashable {
  /// 根拠, 書類の原本, 現地調査の写真 …
  package let what: Localized
  /// What the file is called there.
  package let name: String
  /// The page that shows it.
  package let link: String
  /// What the journal files its history under.
  package let subjectType: String
  package let subjectID: String

  package init(what: Localized, name: String, link: String, subjectType: String, subjectID: String) {
    self.what = what
    self.name = name
    self.link = link
    self.subjectType = subjectType
    self.subjectID = subjectID
  }
}
