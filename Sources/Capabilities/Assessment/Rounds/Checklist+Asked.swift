extension Checklist {
  /// Refuses answers to children whose parent, with what is kept along with them, is not answered so. `latest` is what
  /// stands there now.
  func checkAsked(
    _ lines: [(item: ChecklistItem, value: AnswerValue)],
    _ latest: (String) -> AnswerValue?
  ) throws(AnswerProblems) {
    guard lines.contains(where: { $0.item.parent != nil }) else { return }
    let new = Dictionary(lines.map { ($0.item.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    let asked = Set(asked { new[$0] ?? latest($0) }.map(\.key))
    var problems = AnswerProblems()
    for line in lines where line.item.parent != nil && !asked.contains(line.item.key) {
      problems.add(notAsked: line.item, of: self)
    }
    if !problems.list.isEmpty { throw problems }
  }
}
