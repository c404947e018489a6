import Text

/// One of the answers there are to choose from. It is its key: what it is called may be corrected in the next edition.
package struct AnswerChoice: Sendable, Hashable {
  package let key: String
  package let label: Localized

  package init(key: String, label: Localized) {
    self.key = key
    self.label = label
  }

  package static func == (left: AnswerChoice, right: AnswerChoice) -> Bool { left.key == right.key }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Lower-case letters, digits and hyphens, at most 40.
  package static func isKey(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 40
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}
