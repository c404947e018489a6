extension Checklist {
  /// Refuses answers to children whose parent, with what is kept along with them, is not answered so. `latest` is what
  /// stands there now.
  func checkAsked(
    _ lines: [(item: ChecklistItem, value: AnswerValue)],
    _ latest: (String) -> AnswerValue?
  ) throws(AnswerProblems) {
    var problems = AnswerProblems()
    for item in unasked(lines, latest) { problems.add(notAsked: item, of: self) }
    if !problems.list.isEmpty { throw problems }
  }

  /// The children among them whose parent is not answered so.
  func unasked(
    _ lines: [(item: ChecklistItem, value: AnswerValue)],
    _ latest: (String) -> AnswerValue?
  ) -> [ChecklistItem] {
    guard lines.contains(where: { $0.item.parent != nil }) else { return [] }
    let new = Dictionary(lines.map { ($0.item.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    let asked = Set(asked { new[$0] ?? latest($0) }.map(\.key))
    return lines.map(\.item).filter { $0.parent != nil && !asked.contains($0.key) }
  }
}
