import Web

/// The addresses of drafts.
enum DraftPath {
  static let list = "\(PackPath.list)/drafts"

  static func draft(_ id: String) -> String { "\(list)/\(Percent.encode(id))" }
  static func verb(_ id: String, _ verb: String) -> String { "\(draft(id))/\(verb)" }

  /// What the address of a part ends with where it was saved and is not all right.
  static let told = "told"

  /// The page of one part; of a new one with id 0.
  static func part(_ id: String, _ part: ChecklistDraft.Part, in section: Int? = nil) -> String {
    "\(draft(id))/\(part.path)" + (section.map { "?section=\($0)" } ?? "")
  }
}
